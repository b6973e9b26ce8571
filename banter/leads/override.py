"""The team's own judgement of where a lead belongs, beside what the rubric made of it and never over it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scoring.model import RouteName

MOST_REASON = 500
NURTURED: tuple[RouteName, ...] = ("nurture_warm", "nurture_cold")


@dataclass(frozen=True)
class Override:
    """Where somebody says that a lead belongs, and why. `route` None: what was said before is taken back. `by` is who
    as the channel knows them, `name` as people do."""

    lead: str
    route: RouteName | None
    reason: str
    by: str
    at: datetime
    name: str | None = None


def silences_mails(override: Override | None) -> bool:
    """Whether nurture mails would contradict it: somebody who is to be called, or turned away, gets none."""
    return override is not None and override.route is not None and override.route not in NURTURED
