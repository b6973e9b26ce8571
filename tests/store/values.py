"""Things to store."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from banter.leads.model import Lead, Message, Slot
from banter.store.conversations import Conversation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)


def conversation(id: str = "c_1") -> Conversation:
    return Conversation(id, "web", "en", "Europe/Berlin", "https://shop.example/", None, NOW)


def lead(id: str = "l_1", **changes: Any) -> Lead:
    values = {
        "conversation": f"c_of_{id}",
        "channel": "web",
        "timezone": "Europe/Berlin",
        "created_at": NOW,
        "updated_at": NOW,
        "opener": "sales",
    }
    return Lead(id=id, **{**values, **changes})


def slot(minutes: int = 0, length: int = 30, rep: str = "ada") -> Slot:
    start = NOW + timedelta(days=1, minutes=minutes)
    return Slot(start, start + timedelta(minutes=length), rep)


def message(id: str, text: str = "Hello", sender: str = "bot", conversation: str = "c_1") -> Message:
    return Message(id, conversation, sender, text, NOW)
