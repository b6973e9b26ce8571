"""The `Nurturing` of one transaction: `enrol` and `stop`, bound to what they work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.ports import Transaction
from banter.nurture.enrol import enrol, stop
from banter.nurture.track import costliest
from scoring.model import Dimension


@dataclass(frozen=True)
class MailNurturing:
    """`banter.leads.ports.Nurturing` by mail. `public_url` has no slash at its end; `secret` signs the way out."""

    tx: Transaction
    playbook: Playbook
    public_url: str
    secret: str = field(repr=False)

    def enrol(self, lead: Lead, now: datetime) -> None:
        if lead.route is not None:
            enrol(self.tx, self.playbook, lead, lead.route.name, now, self.public_url, secret=self.secret)

    def stop(self, lead: Lead) -> None:
        stop(self.tx, lead.id)

    def reason(self, lead: Lead) -> Dimension | None:
        return costliest(lead.answers, self.playbook.rubric)
