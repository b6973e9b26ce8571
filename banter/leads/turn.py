"""What a turn of a conversation works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from banter.leads.facts import Facts
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.ports import Services
from banter.leads.reading import Reader
from scoring.model import DIMENSIONS


@dataclass(frozen=True)
class Turn:
    """Everything a turn may ask and do, and the time it is (UTC)."""

    reader: Reader
    services: Services
    playbook: Playbook
    now: datetime
    imported: Callable[[Lead], Facts] = lambda lead: lead.imported  # what an import from a CRM tells of the lead

    @property
    def today(self) -> date:
        """The day it is where the company is."""
        return self.now.astimezone(self.playbook.company.timezone).date()


def worded(lead: Lead, question: str) -> Lead:
    """The lead with the words in which the open question was put; what answers it is read by them."""
    asked = dict(lead.worded)
    if lead.awaiting in DIMENSIONS and question:
        asked.setdefault(lead.awaiting, question)
    return replace(lead, question=question, worded=asked)
