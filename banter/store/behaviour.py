"""What visitors looked at (`banter.leads.behaviour`), by conversation."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.engine import Connection

from banter.leads.behaviour import MOST, Seen
from banter.store.tables import behaviour
from banter.store.upsert import put_once

_COUNT = select(func.count()).select_from(behaviour).where(behaviour.c.conversation == bindparam("conversation"))
_ALL = (
    select(
        behaviour.c.key, behaviour.c.kind, behaviour.c.page, behaviour.c.at, behaviour.c.referrer, behaviour.c.campaign
    )
    .where(behaviour.c.conversation == bindparam("conversation"))
    .order_by(behaviour.c.at, behaviour.c.number)
)


class SqlBehaviour:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, conversation: str, seen: Sequence[Seen]) -> None:
        """What is there already stays as it is; beyond `MOST` nothing is kept."""
        if not seen:
            return
        room = MOST - int(self._connection.execute(_COUNT, {"conversation": conversation}).scalar() or 0)
        for one in seen[: max(0, room)]:
            row = {
                "conversation": conversation,
                "key": one.key,
                "kind": one.kind,
                "page": one.page,
                "referrer": one.referrer,
                "campaign": dict(one.campaign),
                "at": one.at,
            }
            put_once(self._connection, behaviour, ("conversation", "key"), row)

    def of_conversation(self, conversation: str) -> list[Seen]:
        """Oldest first."""
        rows = self._connection.execute(_ALL, {"conversation": conversation})
        return [Seen(**row._mapping) for row in rows]
