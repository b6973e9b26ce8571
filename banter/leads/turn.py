"""What a turn of a conversation works with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from banter.leads.playbook import Playbook
from banter.leads.ports import Services
from banter.leads.reading import Reader


@dataclass(frozen=True)
class Turn:
    """Everything a turn may ask and do, and the time it is (UTC)."""

    reader: Reader
    services: Services
    playbook: Playbook
    now: datetime
