"""What is known of a lead beside the four answers: facts about their business, and what they did. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

#: What a profile can ask for. Figures are compared with ranges, all else with names.
TRAITS = ("industry", "size", "region", "title", "current_tool", "use_case", "budget_range")
#: What rules may ask for beside.
SIGNS = ("mail", "objection", "urgency", "competitor")
FIGURES = ("size", "budget_range")
#: What a visitor can have done. The last two are of somebody who uses the product already.
EVENTS = (
    *("visit", "return", "page", "pricing_page", "download", "email_click", "demo_request", "booked_call"),
    *("trial_started", "feature_used"),
)


@dataclass(frozen=True)
class Fact:
    """One thing known: by `names` (all that it goes by, in small letters) or as a figure from `least` to `most`."""

    names: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    words: tuple[str, ...] = ()
    source: str = "said"
    at: date | None = None

    @property
    def plain(self) -> str:
        """`legal or finance`, `42`, `20-500`, `20+` or `up to 19`."""
        if self.names:
            return " or ".join(self.names)
        if self.least is None:
            return "not known" if self.most is None else f"up to {self.most:,.0f}"
        if self.most is None:
            return f"{self.least:,.0f}+"
        return f"{self.least:,.0f}" + ("" if self.least == self.most else f"-{self.most:,.0f}")


@dataclass(frozen=True)
class Event:
    """One thing a visitor did, `kind` of EVENTS; `what` is the page's address or the file's."""

    kind: str
    at: datetime
    what: str = ""


@dataclass(frozen=True)
class Known:
    """Facts by what they are about, of TRAITS and SIGNS, and events as they stand at `now` (None: they do not age)."""

    facts: Mapping[str, tuple[Fact, ...]] = field(default_factory=lambda: MappingProxyType({}))
    events: tuple[Event, ...] = ()
    now: datetime | None = None

    def about(self, name: str) -> tuple[Fact, ...]:
        return self.facts.get(name, ())


NOTHING = Known()
