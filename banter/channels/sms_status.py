"""What became of a text message of ours, as the carrier tells.
https://www.twilio.com/docs/messaging/guides/track-outbound-message-status"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from banter.store.consents import note_opt_out

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

CHANNEL = "sms"
#: "Attempt to send to unsubscribed recipient": they told the network to stop, not us.
OPTED_OUT = "21610"
#: In the order they come about; what comes late never takes back what is known.
_STAGES: tuple[str, ...] = (
    "accepted",
    "scheduled",
    "queued",
    "sending",
    "sent",
    "delivered",
    "undelivered",
    "failed",
    "read",
)
_FINAL = ("delivered", "undelivered", "failed", "read")


def note_status(tx: SqlTransaction, *, key: str, fields: Mapping[str, str], secret: str, now: datetime) -> None:
    """Write down what became of the outbox item `key`. What we do not know, or know better, changes nothing."""
    status, code = fields.get("MessageStatus", ""), fields.get("ErrorCode", "")
    code = code if re.fullmatch(r"[0-9]{1,6}", code) else ""
    item = tx.outbox.by_key(key) if key and key.isprintable() else None
    if item is None or item.kind != CHANNEL or status not in _STAGES:
        return
    number = str(item.payload.get("to"))
    if code == OPTED_OUT:
        note_opt_out(tx, CHANNEL, number, secret=secret, source=f"twilio {code}", now=now)
    before = item.delivery
    if before in _FINAL or (before is not None and _STAGES.index(before) >= _STAGES.index(status)):
        return
    failed = status in ("undelivered", "failed")
    why = f"The carrier could not deliver it ({code or 'no reason given'})." if failed else None
    tx.outbox.delivered(item.id, status, why)
