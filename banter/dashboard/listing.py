"""The list of leads, ready to be written: a row each, with what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from banter.dashboard import words
from banter.explaining.stored import edition_of
from banter.leads.model import Lead, OutboxItem
from banter.leads.plain import who
from banter.leads.playbook import Playbook
from banter.leads.requalifying import is_back_cold

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

#: A visitor who wrote this recently is probably still there.
TALKING = timedelta(minutes=30)
UNSUBSCRIBED = ":unsubscribed"
_GLIMPSE = 96  # characters


@dataclass(frozen=True)
class Next:
    """What happens next, and when where there is a time for it. `todo`: somebody has to do something."""

    text: str
    at: datetime | None = None
    todo: bool = False


@dataclass(frozen=True)
class Row:
    lead: Lead
    who: str
    glimpse: str  # the beginning of what they said they need
    total: int
    most: int | None  # None: the rubric was not kept, and nobody knows of how many any more
    route: str | None
    override: str | None  # where the team says that it belongs
    status: str
    next: Next
    waits: bool  # in the chat, for a person
    back: bool  # cold, fits well, and on the website again


def most_by_rubric(tx: SqlTransaction, leads: Iterable[Lead], playbook: Playbook) -> dict[str | None, int | None]:
    """By the rubrics that these leads were scored by, the most that each could give, as their pages say it."""
    one_of_each = {_stamp(lead): lead for lead in leads}
    made = {stamp: edition_of(tx, lead, playbook) for stamp, lead in one_of_each.items()}
    return {stamp: edition.rubric.most if edition.rubric_kept else None for stamp, edition in made.items()}


def _stamp(lead: Lead) -> str | None:
    return lead.score.rubric if lead.score else None


def row(tx: SqlTransaction, lead: Lead, most_of: Mapping[str | None, int | None], now: datetime) -> Row:
    """One lead's row; `most_of` is of `most_by_rubric`. Looks up the call or the mails only where they say what is
    next."""
    need = lead.answers.get("need")
    total, most = lead.score.total if lead.score else 0, most_of[_stamp(lead)]
    return Row(
        lead=lead,
        who=who(lead),
        glimpse=shortened(need.text) if need is not None and need.said else "",
        total=total,
        most=None if most is None else max(total, most),
        route=lead.route.name if lead.route else None,
        override=standing.route if (standing := tx.overrides.of_lead(lead.id)) else None,
        status=words.STATUSES.get(lead.status, lead.status),
        next=what_is_next(tx, lead, now),
        waits=lead.aside == "waiting",
        back=is_back_cold(lead),
    )


def shortened(text: str, most: int = _GLIMPSE) -> str:
    """On one line, cut between words."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return f"{line[:most].rpartition(' ')[0] or line[:most]} …"


def what_is_next(tx: SqlTransaction, lead: Lead, now: datetime) -> Next:
    if lead.aside == "waiting":
        return Next("Waits in the chat for a person, last heard", lead.heard_at or lead.updated_at, todo=True)
    if lead.aside == "joined":
        return Next("Talks with the team", todo=True)
    if lead.test and lead.status in ("booked", "nurture", "handed_over"):
        return Next("Nothing: a test holds no time, is sent nothing and counts nowhere")
    if lead.opted_out is not None and lead.status != "booked":
        return Next("Wants no more messages, since", lead.opted_out.at)
    if lead.status == "booked":
        booking = tx.calendar.of_lead(lead.id)
        if booking is None or booking.status == "cancelled":
            return Next("The call was cancelled: write to them", todo=True)
        if booking.ends_at <= now:
            return Next("Call was", booking.starts_at)
        return Next("Call", booking.starts_at, todo=True)
    if lead.status == "nurture":
        return _next_mail(tx.outbox.of_lead(lead.id))
    if lead.status == "handed_over":
        if lead.elsewhere == "support":
            return Next("A customer who needs help", todo=True)
        if lead.elsewhere == "handover":
            return Next("Wants to talk to a person", todo=True)
        return Next("Write to them: no time was agreed", todo=True)
    if lead.status == "open":
        question = words.QUESTIONS.get(lead.awaiting or "")
        if now - lead.updated_at <= TALKING:
            return Next(f"Still talking{f' about {question}' if question else ''}")
        return Next(f"No answer about {question} since" if question else "Went quiet", lead.updated_at)
    return Next("Nothing more")


def _next_mail(items: Sequence[OutboxItem]) -> Next:
    mails = [item for item in items if item.kind == "nurture"]
    if any(item.key.endswith(UNSUBSCRIBED) for item in mails):
        return Next("Asked for no more mails")
    waiting = [item for item in mails if item.status == "queued"]
    return Next("Next mail", min(item.due_at for item in waiting)) if waiting else Next("All mails are through")
