"""Whether an item may leave for Slack now: a thread is written in order, and a message is changed once it is there."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from banter.leads.model import OutboxItem
from banter.worker.outcome import Later, TakenBack, Verdict

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

_SOON = timedelta(seconds=2)
_GONE = ("cancelled", "failed", "shown")


def slack_gate(item: OutboxItem, tx: SqlTransaction, now: datetime) -> Verdict:
    """Waiting counts as no try: what comes before may itself be tried again for a day."""
    others = [o for o in tx.outbox.of_lead(item.lead) if o.kind == item.kind] if item.lead is not None else []
    changed = item.payload.get("of")
    if changed is not None:
        if any(other.payload.get("of") == changed and other.id > item.id for other in others):
            return TakenBack("A later change of the same message goes in its place.")
        first = tx.outbox.by_key(changed)
        if first is None or first.status in _GONE:
            return TakenBack("The message that it changes was never written.")
        return True if first.receipt is not None else Later(max(now + _SOON, first.due_at))
    to = item.payload.get("to")
    for other in others:
        if other.id < item.id and other.status == "queued" and other.payload.get("to") == to and _writes(other):
            return Later(max(now + _SOON, other.due_at))
    return True


def _writes(item: OutboxItem) -> bool:
    """Neither changes a message nor is seen by one person only."""
    return "of" not in item.payload and "user" not in item.payload
