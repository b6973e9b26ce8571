"""A timer that is due becomes an inbox row, and so a turn of its conversation."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from banter.leads.model import OutboxItem

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

log = logging.getLogger(__name__)

#: The inbox's name for them; the outbox item's key is the row's id, so that one timer is one row.
PROVIDER = "timer"


def is_timer(item: OutboxItem) -> bool:
    return item.kind.startswith("timer_")


def ring(item: OutboxItem, transaction: SqlTransaction, now: datetime) -> None:
    """Put a claimed timer into the inbox and mark it as done, in the transaction that claimed it: whatever is killed,
    it is neither lost nor doubled. A turn that takes it back meanwhile waits, and decides by how things stand."""
    conversation, name = item.payload.get("conversation"), item.payload.get("name")
    if not isinstance(name, str) or conversation is None or transaction.conversations.get(conversation) is None:
        log.error("Outbox item %d (%s) failed: its conversation is gone", item.id, item.kind)
        transaction.outbox.fail(item.id, "Its conversation is gone.")
        return
    transaction.inbox.put(PROVIDER, item.key, conversation, "timer", name, now)
    transaction.outbox.sent(item.id, now)
