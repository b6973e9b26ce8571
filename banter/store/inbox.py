"""What came in and has to be answered, in the order received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.engine import Connection

from banter.store.tables import inbox, repeats
from banter.store.upsert import put_once

_BY_ID = select(inbox).where(inbox.c.id == bindparam("row"))
_BY_PROVIDER_ID = select(inbox).where(
    inbox.c.provider == bindparam("provider"), inbox.c.provider_id == bindparam("provider_id")
)
_NEXT = (
    select(inbox)
    .where(inbox.c.conversation == bindparam("conversation"), inbox.c.done_at.is_(None))
    .order_by(inbox.c.id)
    .limit(1)
)
_WAITING = (
    select(inbox.c.conversation)
    .where(inbox.c.done_at.is_(None), inbox.c.received_at <= bindparam("older_than"))
    .group_by(inbox.c.conversation)
    .order_by(func.min(inbox.c.id))
    .limit(bindparam("limit"))
)
_DONE = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(done_at=bindparam("now"), error=bindparam("why"), awaiting=bindparam("asked"), status=bindparam("stands"))
)
_FAILED = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"), inbox.c.done_at.is_(None))
    .values(attempts=inbox.c.attempts + 1, error=bindparam("why"))
)
_IN_LINE = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")


@dataclass(frozen=True)
class InboxRow:
    """`kind` is start, message, resume or timer. Finished when `done_at` is set; given up when it has an `error` too.

    `awaiting` and `status` are the lead's after the turn; `status` None: nobody said.
    """

    id: int
    provider: str
    provider_id: str
    conversation: str
    kind: str
    text: str
    received_at: datetime
    attempts: int = 0
    done_at: datetime | None = None
    error: str | None = None
    awaiting: str | None = None
    status: str | None = None


class SqlInbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self, provider: str, provider_id: str, conversation: str, kind: str, said: str, now: datetime
    ) -> tuple[InboxRow, bool]:
        """The row, and whether it is new. The same id of the same provider again gives what is stored already."""
        values = {
            "provider": provider,
            "provider_id": provider_id,
            "conversation": conversation,
            "kind": kind,
            "text": said,
            "received_at": now,
            "attempts": 0,
        }
        if self._connection.dialect.name == "postgresql":
            # Numbers are drawn before the commit: without this, what is committed first could have the later number
            # and be answered before the other. Whoever writes to another conversation waits for nobody.
            self._connection.execute(_IN_LINE, {"name": f"inbox:{conversation}"})
        new = put_once(self._connection, inbox, ("provider", "provider_id"), values)
        found = self._connection.execute(_BY_PROVIDER_ID, {"provider": provider, "provider_id": provider_id}).one()
        return InboxRow(**found._mapping), new

    def is_repeat(self, provider: str, token: str, now: datetime) -> bool:
        """Whether `provider` has marked an earlier delivery with this token; from now on it has."""
        return not put_once(
            self._connection, repeats, ("provider", "token"), {"provider": provider, "token": token, "at": now}
        )

    def known(self, provider: str, provider_id: str) -> InboxRow | None:
        """The row of a message that came before."""
        row = self._connection.execute(_BY_PROVIDER_ID, {"provider": provider, "provider_id": provider_id}).first()
        return None if row is None else InboxRow(**row._mapping)

    def get(self, row_id: int) -> InboxRow | None:
        row = self._connection.execute(_BY_ID, {"row": row_id}).first()
        return None if row is None else InboxRow(**row._mapping)

    def next(self, conversation: str) -> InboxRow | None:
        """The oldest that is not finished."""
        row = self._connection.execute(_NEXT, {"conversation": conversation}).first()
        return None if row is None else InboxRow(**row._mapping)

    def done(self, row_id: int, now: datetime, *, awaiting: str | None = None, status: str | None = None) -> None:
        values = {"row": row_id, "now": now, "why": None, "asked": awaiting, "stands": status}
        self._connection.execute(_DONE, values)

    def failed(self, row_id: int, error: str, now: datetime) -> None:
        """One more attempt came to nothing; the row stays to be tried again."""
        self._connection.execute(_FAILED, {"row": row_id, "why": error})

    def give_up(self, row_id: int, error: str, now: datetime) -> None:
        """No further attempt. The row stays as finished, with its error."""
        self._connection.execute(_FAILED, {"row": row_id, "why": error})
        values = {"row": row_id, "now": now, "why": error, "asked": None, "stands": None}
        self._connection.execute(_DONE, values)

    def waiting(self, older_than: datetime, limit: int) -> list[str]:
        """Conversations with a row from `older_than` or before that is not finished, the longest waiting first."""
        return list(self._connection.execute(_WAITING, {"older_than": older_than, "limit": limit}).scalars())
