"""A thread in Slack is a conversation: a rep plays the visitor in it, so it never counts."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from banter.leads.playbook import Company
from banter.store.conversations import Conversation

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

CHANNEL = "slack"
#: The inbox's name for what comes from Slack.
PROVIDER = "slack"
_ID = re.compile(r"[A-Z0-9]{2,30}")
_STAMP = re.compile(r"[0-9]{1,12}\.[0-9]{1,8}")


def address(team: str, channel: str, stamp: str) -> str | None:
    """`T1/C1/1700000000.000100`; None where these are no ids of Slack's."""
    if not (_ID.fullmatch(team) and _ID.fullmatch(channel) and _STAMP.fullmatch(stamp)):
        return None
    return f"{team}/{channel}/{stamp}"


def begin(tx: SqlTransaction, company: Company, at: str, now: datetime) -> Conversation:
    """The conversation of the thread at that address, begun now unless it was: the bot greets first."""
    begun = tx.conversations.begin_at(
        Conversation(
            f"c_{secrets.token_urlsafe(16)}",
            CHANNEL,
            company.locale,
            company.timezone.key,
            None,
            None,
            now,
            test=True,
            address=at,
        )
    )
    tx.inbox.put(PROVIDER, f"start:{at}", begun.id, "start", "", now)
    return begun
