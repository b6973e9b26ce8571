"""One lead's page, ready to be written: who else they may be, and what they are sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from banter.dashboard import words
from banter.dashboard.listing import UNSUBSCRIBED
from banter.leads.joining import Question
from banter.leads.model import Booking, Lead, OutboxItem
from banter.leads.plain import who
from banter.leads.playbook import Playbook

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


@dataclass(frozen=True)
class Perhaps:
    """Another lead that may be the same person: they were asked, and have not answered."""

    lead: str
    who: str
    question: Question


def perhaps(tx: SqlTransaction, lead: Lead) -> list[Perhaps]:
    """Who else this lead may be."""
    found = []
    for question in tx.joinings.unanswered(lead.id):
        other = tx.leads.get(question.second if question.first == lead.id else question.first)
        if other is not None and other.id != lead.id:
            found.append(Perhaps(other.id, who(other), question))
    return found


@dataclass(frozen=True)
class Step:
    """A nurture mail."""

    item: OutboxItem
    subject: str
    status: str


def nurture_steps(items: Sequence[OutboxItem]) -> tuple[Step, ...]:
    """The sequence that was begun last, each step once: a lead who came back has older rows that were taken back."""
    mails = [item for item in items if item.kind == "nurture" and item.payload.get("step")]
    if not mails:
        return ()
    sequence = max(mails, key=lambda item: item.id).payload.get("sequence")
    newest = {
        item.payload["step"]: item
        for item in sorted(mails, key=lambda item: item.id)
        if item.payload.get("sequence") == sequence
    }
    return tuple(
        Step(item, str(item.payload.get("subject", "")), words.OUTBOX.get(item.status, item.status))
        for item in sorted(newest.values(), key=lambda item: item.due_at)
    )


def opted_out(items: Sequence[OutboxItem]) -> OutboxItem | None:
    """The mark of a lead who asked for no more mails."""
    return next((item for item in items if item.kind == "nurture" and item.key.endswith(UNSUBSCRIBED)), None)


def rep_name(booking: Booking, playbook: Playbook) -> str:
    """A rep who has left the team is shown by key."""
    return next((rep.name for rep in playbook.team.reps if rep.key == booking.rep), booking.rep)


def mailto(address: str) -> str:
    return f"mailto:{quote(address, safe='@+')}"
