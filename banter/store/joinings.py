"""Whether two leads are the same person: what was asked of the owners of addresses, and what they said."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.engine import Connection

from banter.leads.joining import Question, Verdict, Via
from banter.store.tables import joinings
from banter.store.upsert import put_once

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_COLUMNS: Any = (
    joinings.c.number,
    joinings.c.first,
    joinings.c.second,
    joinings.c.via,
    joinings.c.key,
    joinings.c.asked_at,
    joinings.c.answered_at,
    joinings.c.verdict,
)
_PAIR = select(*_COLUMNS).where(joinings.c.first == bindparam("first"), joinings.c.second == bindparam("second"))
_TO = select(*_COLUMNS).where(joinings.c.key == bindparam("of")).order_by(joinings.c.number)
_UNANSWERED = (
    select(*_COLUMNS)
    .where(
        or_(joinings.c.first == bindparam("lead"), joinings.c.second == bindparam("lead")),
        joinings.c.answered_at.is_(None),
    )
    .order_by(joinings.c.number)
)
_ONE = select(*_COLUMNS).where(joinings.c.number == bindparam("of"))


class SqlJoinings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, lead: str, other: str, via: Via, key: str, now: datetime) -> Question | None:
        """Note that it is asked now. None where these two were asked about before, or that address on this day: also by
        somebody who is about to commit."""
        first, second = sorted((lead, other))
        row = {"first": first, "second": second, "via": via, "key": key}
        row |= {"day": (now - _EPOCH) // timedelta(days=1), "asked_at": now}
        if not put_once(self._connection, joinings, (), row):
            return None
        return self.of_pair(lead, other)

    def of_pair(self, lead: str, other: str) -> Question | None:
        first, second = sorted((lead, other))
        return self._question(_PAIR, first=first, second=second)

    def to(self, key: str) -> list[Question]:
        """All that an address was asked, in order."""
        return [Question(**row._mapping) for row in self._connection.execute(_TO, {"of": key})]

    def unanswered(self, lead: str) -> list[Question]:
        """What was asked about this lead and not answered, in order."""
        return [Question(**row._mapping) for row in self._connection.execute(_UNANSWERED, {"lead": lead})]

    def get(self, number: int) -> Question | None:
        return self._question(_ONE, of=number)

    def answer(self, number: int, verdict: Verdict, now: datetime) -> bool:
        """Note what was said; False where something was said before."""
        still_open = (joinings.c.number == number) & joinings.c.answered_at.is_(None)
        values = {"answered_at": now, "verdict": verdict}
        return bool(self._connection.execute(update(joinings).where(still_open).values(values)).rowcount)

    def _question(self, query: Any, **values: object) -> Question | None:
        row = self._connection.execute(query, values).first()
        return None if row is None else Question(**row._mapping)
