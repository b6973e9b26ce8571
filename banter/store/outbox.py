"""What is to go out. Workers claim it for a while, so that what a crashed one had in hand comes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.engine import Connection

from banter.leads.model import OutboxItem
from banter.store.tables import outbox
from banter.store.upsert import put_once

#: The columns of an OutboxItem.
FIELDS = (
    "id",
    "key",
    "kind",
    "lead",
    "payload",
    "due_at",
    "status",
    "attempts",
    "last_error",
    "sent_at",
    "delivery",
    "receipt",
)
_ITEMS = select(*(outbox.c[name] for name in FIELDS))
_BY_ID = _ITEMS.where(outbox.c.id == bindparam("item"))
_BY_KEY = _ITEMS.where(outbox.c.key == bindparam("key"))
_OF_LEAD = _ITEMS.where(outbox.c.lead == bindparam("lead")).order_by(outbox.c.due_at, outbox.c.id)
_FREE = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= bindparam("now"))
_WAITING = select(outbox.c.id, outbox.c.payload).where(outbox.c.status == "queued", outbox.c.kind == bindparam("kind"))
_queued = select(func.min(outbox.c.due_at)).where(outbox.c.status == "queued", outbox.c.leased_until.is_(None))
_in_hand = select(func.min(outbox.c.leased_until)).where(
    outbox.c.status == "queued", outbox.c.leased_until.is_not(None)
)


@dataclass(frozen=True)
class Lane:
    """Kinds of items that one worker sends: `only` these, or all `but` those."""

    only: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


EVERYTHING = Lane()


@cache
def _due(lane: Lane) -> Any:
    """Ids of what is due at `now`, the longest due first. Made once for each lane."""
    query = select(outbox.c.id).where(outbox.c.status == "queued", outbox.c.due_at <= bindparam("now"), _FREE)
    if lane.only:
        query = query.where(outbox.c.kind.in_(lane.only))
    if lane.but:
        query = query.where(outbox.c.kind.not_in(lane.but))
    return query.order_by(outbox.c.due_at, outbox.c.id).limit(bindparam("limit"))


class SqlOutbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, key: str, kind: str, payload: Mapping[str, Any], *, due_at: datetime, lead: str | None) -> None:
        """Queue something to be sent at `due_at`. The same key again does nothing."""
        row = {
            "key": key,
            "kind": kind,
            "lead": lead,
            "payload": dict(payload),
            "due_at": due_at,
            "status": "queued",
            "attempts": 0,
        }
        put_once(self._connection, outbox, ("key",), row)

    def cancel(self, lead: str, kind: str) -> int:
        """Take back what is still queued for this lead; returns how many."""
        return self._change(
            {"status": "cancelled", "leased_until": None},
            outbox.c.lead == lead,
            outbox.c.kind == kind,
            outbox.c.status == "queued",
        )

    def cancel_to(self, address: str, kind: str) -> int:
        """Take back what is still queued for this address, whoever it is for; returns how many."""
        waiting = self._connection.execute(_WAITING, {"kind": kind})
        ids = [row.id for row in waiting if row.payload.get("to") == address]
        cancelled = {"status": "cancelled", "leased_until": None}
        return self._change(cancelled, outbox.c.id.in_(ids), outbox.c.status == "queued") if ids else 0

    def cancel_timers(self, lead: str) -> int:
        """Take back whatever the bot was about to do by itself for this lead; returns how many."""
        cancelled = {"status": "cancelled", "leased_until": None}
        timers = outbox.c.kind.startswith("timer_", autoescape=True)
        return self._change(cancelled, outbox.c.lead == lead, timers, outbox.c.status == "queued")

    def give(self, lead: str, to: str) -> None:
        """What was for the one lead is the other's, whatever became of it."""
        self._change({"lead": to}, outbox.c.lead == lead)

    def get(self, item_id: int) -> OutboxItem | None:
        return next(iter(_items(self._connection.execute(_BY_ID, {"item": item_id}))), None)

    def by_key(self, key: str) -> OutboxItem | None:
        return next(iter(_items(self._connection.execute(_BY_KEY, {"key": key}))), None)

    def has_receipt(self, receipt: str) -> bool:
        """Whether something that was sent is known to the receiver under this id."""
        query = select(outbox.c.id).where(outbox.c.receipt == receipt).limit(1)
        return self._connection.execute(query).first() is not None

    def of_lead(self, lead: str) -> Sequence[OutboxItem]:
        """By due date."""
        return _items(self._connection.execute(_OF_LEAD, {"lead": lead}))

    def is_due(self, now: datetime, lane: Lane = EVERYTHING) -> bool:
        """Whether `claim` would find something."""
        return self._connection.execute(_due(lane), {"now": now, "limit": 1}).first() is not None

    def claim(self, now: datetime, limit: int, lease: timedelta, lane: Lane = EVERYTHING) -> list[OutboxItem]:
        """Up to `limit` items that are due, for this worker alone until `now + lease`. Claiming counts as an attempt,
        so that an item which brings every worker down is seen to do so."""
        free = _due(lane).with_for_update(skip_locked=True)
        ids = list(self._connection.execute(free, {"now": now, "limit": limit}).scalars())
        if not ids:
            return []
        self._change({"leased_until": now + lease, "attempts": outbox.c.attempts + 1}, outbox.c.id.in_(ids))
        query = _ITEMS.where(outbox.c.id.in_(ids)).order_by(outbox.c.due_at, outbox.c.id)
        return _items(self._connection.execute(query))

    def sent(self, item_id: int, now: datetime, receipt: str | None = None) -> None:
        """It went out, even if somebody cancelled it meanwhile. `receipt` is the receiver's own id of it."""
        values = {"status": "sent", "sent_at": now, "leased_until": None, "last_error": None, "receipt": receipt}
        self._change(values, outbox.c.id == item_id)

    def shown(self, item_id: int, now: datetime) -> None:
        """Nothing is configured that could send it: people see it on the outbox page instead."""
        self._change(
            {"status": "shown", "sent_at": now, "leased_until": None, "last_error": None}, outbox.c.id == item_id
        )

    def retry(self, item_id: int, error: str, due_at: datetime) -> None:
        """It did not go out; again at `due_at`. What was cancelled meanwhile stays so."""
        self._change(
            {"due_at": due_at, "last_error": error, "leased_until": None},
            outbox.c.id == item_id,
            outbox.c.status == "queued",
        )

    def postpone(self, item_id: int, due_at: datetime) -> None:
        """It may not go out before `due_at`; that it was looked at counts as no attempt."""
        self._change(
            {"due_at": due_at, "leased_until": None, "attempts": outbox.c.attempts - 1},
            outbox.c.id == item_id,
            outbox.c.status == "queued",
        )

    def take_back(self, item_id: int, why: str) -> None:
        """This one may not go out at all; `why` is shown."""
        self._change(
            {"status": "cancelled", "last_error": why, "leased_until": None},
            outbox.c.id == item_id,
            outbox.c.status == "queued",
        )

    def delivered(self, item_id: int, delivery: str, why: str | None) -> None:
        """What the carrier says became of it, and why it did not arrive."""
        values: dict[str, Any] = {"delivery": delivery, **({"last_error": why} if why else {})}
        self._change(values, outbox.c.id == item_id)

    def fail(self, item_id: int, error: str) -> None:
        """It will not go out any more. What was cancelled meanwhile stays so."""
        self._change(
            {"status": "failed", "last_error": error, "leased_until": None},
            outbox.c.id == item_id,
            outbox.c.status == "queued",
        )

    def page(self, page: int = 1, size: int = 50, status: str | None = None) -> list[OutboxItem]:
        """Newest first; `page` counts from 1."""
        query = _ITEMS.order_by(outbox.c.id.desc()).limit(size).offset((page - 1) * size)
        if status is not None:
            query = query.where(outbox.c.status == status)
        return _items(self._connection.execute(query))

    def next_due(self) -> datetime | None:
        """When `claim` will next have something: the earliest due date, or the end of a lease if that is sooner."""
        times = [self._connection.execute(query).scalar() for query in (_queued, _in_hand)]
        return min((time for time in times if time is not None), default=None)

    def _change(self, values: dict[str, Any], *where: Any) -> int:
        return int(self._connection.execute(update(outbox).where(*where).values(**values)).rowcount)


def _items(rows: Iterable[Any]) -> list[OutboxItem]:
    return [OutboxItem(**row._mapping) for row in rows]
