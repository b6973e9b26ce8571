"""What the dialogue keeps of each conversation. What is in it is the dialogue's business."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from banter.store.tables import trackers
from banter.store.upsert import put

_STATE = select(trackers.c.state).where(trackers.c.conversation == bindparam("conversation"))


class SqlTrackers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, conversation: str) -> dict[str, Any] | None:
        return self._connection.execute(_STATE, {"conversation": conversation}).scalar()  # type: ignore[no-any-return]

    def save(self, conversation: str, state: dict[str, Any]) -> None:
        """Insert or replace. `state` is plain JSON data."""
        put(self._connection, trackers, "conversation", {"conversation": conversation, "state": state})
