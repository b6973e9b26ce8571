"""Accept, Reject and Call back later on the lead's page: the same as the buttons in Slack, and who was first decides,
wherever they pressed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from banter.dashboard import post
from banter.leads.model import Disposition, Lead, OutboxItem
from banter.leads.playbook import Playbook
from banter.slack.alert import OF_TEAM, SOMEBODY, duration, told_late
from banter.slack.outgoing import SlackPost
from banter.slack.words import WORDS

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

NOBODY = "Please choose who you are, so that the others see who took it."
NO_REASON = "Please choose a reason for the rejection."
NO_DEED = "This form was incomplete, so nothing was changed. Please load the page again."
A_TEST = "This is a test: it counts nowhere, so there is nothing to take."
_STATUSES = ("accepted", "rejected", "later")


@dataclass(frozen=True)
class Choice:
    """The form: who chose what, and why that does nothing."""

    by: str = ""
    status: str = ""
    reason: str = ""
    problem: str | None = None


def people(playbook: Playbook) -> dict[str, str]:
    """Who may be chosen, by the form's value: one login serves all, so everybody says who they are."""
    return {rep.key: rep.name for rep in playbook.team.reps} | {SOMEBODY.removeprefix(OF_TEAM): WORDS["somebody"]}


def empty(playbook: Playbook) -> Choice:
    """A form to begin with. A team of one need not choose."""
    reps = playbook.team.reps
    return Choice(by=reps[0].key if len(reps) == 1 else "")


def read_choice(form: dict[str, str], playbook: Playbook) -> Choice:
    """The form as it was sent, with what is wrong with it."""
    by, status, reason = form.get("by", ""), form.get("status", ""), form.get("reason", "")
    if status not in _STATUSES:
        return Choice(problem=NO_DEED)
    if by not in people(playbook):
        return Choice("", status, reason, NOBODY)
    if status == "rejected" and reason not in WORDS.reasons:
        return Choice(by, status, "", NO_REASON)
    return Choice(by, status, reason if status == "rejected" else "")


def take(tx: SqlTransaction, lead: Lead, choice: Choice, slack: SlackPost) -> str | None:
    """None, and every alert in Slack then says who took it; or why nothing was changed."""
    name = people(slack.playbook)[choice.by]
    wanted = Disposition(lead.id, choice.status, OF_TEAM + choice.by, slack.now, choice.reason or None, name)
    standing, new = slack.take(lead, wanted)
    if new:
        return None
    return told_late(standing, told_at(tx.outbox.of_lead(lead.id)), wanted.by, name=standing.name or standing.by)


def told_at(items: Sequence[OutboxItem]) -> datetime | None:
    """When the team was first told of the lead; None where it was not."""
    return min((item.due_at for item in items if post.is_told(item)), default=None)


def after(disposition: Disposition | None, items: Sequence[OutboxItem]) -> str | None:
    """How long after that somebody took it, `42 s`."""
    told = told_at(items)
    return None if disposition is None or told is None or disposition.at < told else duration(disposition.at - told)
