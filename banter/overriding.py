"""Overriding where a lead goes: what follows from it, wherever it is done.

The rubric's result stays as it is, and so does what the bot says in the conversation. No message is sent because of an
override; what would contradict it is taken back, and is not sent later either (`contradicts`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from banter.leads.model import OutboxItem
from banter.leads.override import MOST_REASON, Override, silences_mails

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

NURTURE = "nurture"
NO_REASON = "Please write why: who reads it later was not there."
TOO_LONG = f"The reason is longer than {MOST_REASON} characters. Please shorten it."
A_TEST = "This is a test: it counts nowhere, so there is nothing to override."
NOTHING_STANDS = "Nothing was overridden, so there is nothing to take back."
ALREADY = "That is what stands there already. Nothing was changed."


def wrong_reason(reason: str) -> str | None:
    """What is wrong with a reason; None where nothing is."""
    if not reason.strip() or "\x00" in reason:
        return NO_REASON
    return TOO_LONG if len(reason) > MOST_REASON else None


def override(tx: SqlTransaction, wanted: Override) -> str | None:
    """Do it; or say why nothing was changed. The lead's conversation has to be locked."""
    lead = tx.leads.get(wanted.lead)
    if lead is not None and lead.test:
        return A_TEST
    standing = tx.overrides.of_lead(wanted.lead)
    if wanted.route is None and standing is None:
        return NOTHING_STANDS
    if standing is not None and (standing.route, standing.reason) == (wanted.route, wanted.reason):
        return ALREADY
    tx.overrides.add(wanted)
    if silences_mails(wanted):
        tx.outbox.cancel(wanted.lead, NURTURE)
    return None


def contradicts(item: OutboxItem, tx: SqlTransaction) -> bool:
    """Whether this mail would say something else than the team decided: looked at just before it leaves."""
    if item.kind != NURTURE or item.lead is None:
        return False
    lead = tx.leads.get(item.lead)
    return lead is not None and silences_mails(tx.overrides.of_lead(lead.id))
