"""Which times are taken. The primary key of `booked_ticks` makes overlapping bookings impossible, whoever writes them.

A booking takes every five minutes from its start to the end of the buffer after it; a time that does not begin or end
on whole five minutes takes the whole ones around it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError

from banter.leads.model import Booking, Slot
from banter.leads.ports import SlotTaken
from banter.store.tables import booked_ticks, bookings
from banter.store.types import to_utc

TICK = timedelta(minutes=5)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_STANDING = ("held", "confirmed")

_BY_ID = select(bookings).where(bookings.c.id == bindparam("booking")).with_for_update()
_BY_KEY = select(bookings).where(bookings.c.key == bindparam("key"))
_BUSY = (
    select(bookings.c.first_tick, bookings.c.end_tick, bookings.c.held_until)
    .where(
        bookings.c.rep == bindparam("rep"),
        bookings.c.taken.is_(True),
        bookings.c.first_tick < bindparam("until"),
        bookings.c.end_tick > bindparam("since"),
    )
    .order_by(bookings.c.first_tick)
)
_OF_LEAD = select(bookings).where(bookings.c.lead == bindparam("lead")).order_by(bookings.c.number.desc())
_HELD_BY = (
    select(bookings)
    .where(bookings.c.lead == bindparam("lead"), bookings.c.status == "held")
    .order_by(bookings.c.number)
    .with_for_update()
)
_RAN_OUT = (
    select(bookings.c.id)
    .where(bookings.c.status == "held", bookings.c.taken.is_(True), bookings.c.held_until <= bindparam("now"))
    .order_by(bookings.c.id)
    # Whoever has a lock on one is sweeping, confirming or moving it at this moment: leave it to them.
    .with_for_update(skip_locked=True)
)


class SqlCalendar:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def busy(
        self, rep: str, start: datetime, end: datetime, *, now: datetime | None = None
    ) -> Sequence[tuple[datetime, datetime]]:
        """What is held or confirmed between `start` and `end`, buffer included, by start.

        With `now`, holds that ran out by then do not count; without, they do until `sweep` or the next `hold`.
        """
        since, until = _ticks(start, end)
        rows = self._connection.execute(_BUSY, {"rep": rep, "since": since, "until": until})
        return [
            (_EPOCH + row.first_tick * TICK, _EPOCH + row.end_tick * TICK)
            for row in rows
            if now is None or row.held_until is None or row.held_until > now
        ]

    def hold(self, lead: str, slot: Slot, *, buffer_minutes: int, until: datetime, now: datetime) -> Booking:
        """Take `slot` for `lead` until it is confirmed or `until` passes, giving back any other time the lead holds.

        Raises SlotTaken, also when it overlaps a confirmed call of this lead's own: that one is moved, not held.
        Holding the same slot again makes the hold last until `until`.
        """
        ticks = _ticks(slot.starts_at, slot.ends_at, buffer_minutes)
        with self._attempt(slot):
            self.sweep(now)
            same = None
            for row in self._connection.execute(_HELD_BY, {"lead": lead}).all():
                if same is None and _is(row, slot):
                    same = row
                else:
                    self._change(row.id, status="cancelled")
                self._free(row.id)
            if same is not None:
                found = self._change(same.id, held_until=until, first_tick=ticks[0], end_tick=ticks[1], taken=True)
            else:
                booking = f"b_{secrets.token_urlsafe(16)}"
                row_of = {
                    "id": booking,
                    "lead": lead,
                    "rep": slot.rep,
                    "starts_at": slot.starts_at,
                    "ends_at": slot.ends_at,
                    "status": "held",
                    "key": secrets.token_urlsafe(24),
                    "held_until": until,
                    "sequence": 0,
                    "first_tick": ticks[0],
                    "end_tick": ticks[1],
                    "taken": True,
                }
                self._connection.execute(bookings.insert(), row_of)
                found = self._get(booking)
            self._take(found.id, slot.rep, ticks)
        return found

    def confirm(self, booking: str) -> Booking:
        """A held booking becomes a confirmed one; a confirmed one stays as it is. Raises SlotTaken when the hold ran
        out and somebody else took the time, or when it was given back."""
        row = self._row(booking)
        if row.status == "confirmed":
            return _booking(row)
        slot = Slot(row.starts_at, row.ends_at, row.rep)
        if row.status == "cancelled":
            raise _taken(slot)
        with self._attempt(slot):
            if not row.taken:
                self._take(row.id, row.rep, (row.first_tick, row.end_tick))
            return self._change(row.id, status="confirmed", held_until=None, taken=True)

    def move(self, booking: str, slot: Slot, *, buffer_minutes: int, now: datetime) -> Booking:
        """Another time for a held or confirmed booking, `sequence` one higher. Raises SlotTaken and changes nothing,
        also when the booking was cancelled meanwhile."""
        row = self._row(booking)
        if row.status == "cancelled":
            raise _taken(slot)
        ticks = _ticks(slot.starts_at, slot.ends_at, buffer_minutes)
        with self._attempt(slot):
            self._free(row.id)
            self.sweep(now)
            self._take(row.id, slot.rep, ticks)
            return self._change(
                row.id,
                rep=slot.rep,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                sequence=row.sequence + 1,
                first_tick=ticks[0],
                end_tick=ticks[1],
                taken=True,
            )

    def cancel(self, booking: str) -> Booking:
        """Give the time back, `sequence` one higher. A cancelled one stays as it is."""
        row = self._row(booking)
        if row.status == "cancelled":
            return _booking(row)
        self._free(row.id)
        return self._change(row.id, status="cancelled", held_until=None, sequence=row.sequence + 1, taken=False)

    def of_lead(self, lead: str) -> Booking | None:
        """The lead's held or confirmed booking, else the last cancelled one."""
        rows = self._connection.execute(_OF_LEAD, {"lead": lead}).all()
        rows.sort(key=lambda row: row.status not in _STANDING)
        return _booking(rows[0]) if rows else None

    def give(self, booking: str, lead: str) -> None:
        """It is that lead's from now on."""
        self._change(booking, lead=lead)

    def by_key(self, key: str) -> Booking | None:
        row = self._connection.execute(_BY_KEY, {"key": key}).first()
        return None if row is None else _booking(row)

    def sweep(self, now: datetime) -> int:
        """Free the times of holds that ran out by `now`; returns how many. Such a hold can still be confirmed while
        nobody else takes its time."""
        ids = list(self._connection.execute(_RAN_OUT, {"now": now}).scalars())
        for booking in ids:
            self._free(booking)
        return len(ids)

    def _attempt(self, slot: Slot) -> _Attempt:
        return _Attempt(self._connection, slot)

    def _take(self, booking: str, rep: str, ticks: tuple[int, int]) -> None:
        # In one order for everybody: two who want overlapping times wait for each other at the first, not in a ring.
        self._connection.execute(
            booked_ticks.insert(), [{"rep": rep, "tick": tick, "booking": booking} for tick in range(*ticks)]
        )
        # Holds that had run out and whose time is hereby gone for good.
        self._connection.execute(
            update(bookings)
            .where(
                bookings.c.rep == rep,
                bookings.c.taken.is_(False),
                bookings.c.first_tick < ticks[1],
                bookings.c.end_tick > ticks[0],
                bookings.c.status == "held",
                bookings.c.id != booking,
            )
            .values(status="cancelled")
        )

    def _free(self, booking: str) -> None:
        self._connection.execute(delete(booked_ticks).where(booked_ticks.c.booking == booking))
        self._connection.execute(update(bookings).where(bookings.c.id == booking).values(taken=False))

    def _change(self, booking: str, **values: Any) -> Booking:
        self._connection.execute(update(bookings).where(bookings.c.id == booking).values(**values))
        return self._get(booking)

    def _get(self, booking: str) -> Booking:
        return _booking(self._row(booking))

    def _row(self, booking: str) -> Any:
        row = self._connection.execute(_BY_ID, {"booking": booking}).first()
        if row is None:
            raise KeyError(f"There is no booking {booking}.")
        return row


class _Attempt:
    """A savepoint in which a time is taken: all of it or, with SlotTaken, nothing."""

    def __init__(self, connection: Connection, slot: Slot) -> None:
        self._savepoint = connection.begin_nested()
        self._slot = slot

    def __enter__(self) -> None:
        self._savepoint.__enter__()

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        self._savepoint.__exit__(kind, error, trace)
        if isinstance(error, IntegrityError):
            raise _taken(self._slot) from error


def _taken(slot: Slot) -> SlotTaken:
    return SlotTaken(f"{slot.rep} at {slot.starts_at.isoformat()}")


def _ticks(start: datetime, end: datetime, buffer_minutes: int = 0) -> tuple[int, int]:
    """The first tick, and the one after the last."""
    first = (to_utc(start) - _EPOCH) // TICK
    return first, -((_EPOCH - to_utc(end) - timedelta(minutes=buffer_minutes)) // TICK)


def _is(row: Any, slot: Slot) -> bool:
    return (row.rep, row.starts_at, row.ends_at) == (slot.rep, slot.starts_at, slot.ends_at)


def _booking(row: Any) -> Booking:
    return Booking(
        row.id, row.lead, row.rep, row.starts_at, row.ends_at, row.status, row.key, row.held_until, row.sequence
    )
