"""In-memory stand-ins for the ports of `banter.leads.ports`, for use-case tests.

    store = FakeStore()
    with store.begin() as tx:
        tx.leads.save(lead)

An exception inside `begin()` undoes everything that was done in it. One transaction at a time: others wait their turn.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from banter.leads.model import Booking, Lead, Message, OutboxItem, Slot
from banter.leads.ports import SlotTaken


@dataclass
class FakeState:
    """Everything stored. The values are frozen, so copying the containers is a snapshot."""

    leads: dict[str, Lead] = field(default_factory=dict)
    bookings: dict[str, Booking] = field(default_factory=dict)
    blocked_until: dict[str, datetime] = field(default_factory=dict)  # booking id -> its end, buffer included
    outbox: dict[int, OutboxItem] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    inbox_of: dict[str, int] = field(default_factory=dict)  # message id -> inbox row

    def copy(self) -> FakeState:
        return FakeState(*(type(part)(part) for part in vars(self).values()))


class FakeLeadStore:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def get(self, lead_id: str) -> Lead | None:
        return self._state.leads.get(lead_id)

    def of_conversation(self, conversation: str) -> Lead | None:
        return next((lead for lead in self._state.leads.values() if lead.conversation == conversation), None)

    def save(self, lead: Lead) -> None:
        self._state.leads[lead.id] = lead

    def page(
        self,
        *,
        conversation: str | None = None,
        route: str | None = None,
        since: datetime | None = None,
        page: int = 1,
        size: int = 50,
    ) -> Sequence[Lead]:
        wanted = [
            lead
            for lead in self._state.leads.values()
            if not lead.test
            and conversation in (None, lead.conversation)
            and (route is None or (lead.route is not None and lead.route.name == route))
            and (since is None or lead.updated_at >= since)
        ]
        wanted.sort(key=lambda lead: (lead.created_at, lead.id), reverse=True)
        return tuple(wanted[(page - 1) * size : page * size])


class FakeCalendar:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def busy(
        self, rep: str, start: datetime, end: datetime, *, now: datetime | None = None
    ) -> Sequence[tuple[datetime, datetime]]:
        taken = [
            (booking.starts_at, self._state.blocked_until[booking.id])
            for booking in self._of_rep(rep)
            if now is None or not _ran_out(booking, now)
        ]
        return sorted((begins, ends) for begins, ends in taken if begins < end and ends > start)

    def hold(self, lead: str, slot: Slot, *, buffer_minutes: int, until: datetime, now: datetime) -> Booking:
        blocked = slot.ends_at + timedelta(minutes=buffer_minutes)
        in_the_way = self._in_the_way(slot, blocked)
        if any(other.lead != lead and not _ran_out(other, now) for other in in_the_way):
            raise SlotTaken(f"{slot.rep} at {slot.starts_at.isoformat()}")
        if any(other.lead == lead and other.status == "confirmed" for other in in_the_way):
            raise SlotTaken(f"{slot.rep} at {slot.starts_at.isoformat()} is the lead's own call")
        same = next((other for other in self._held_by(lead) if _is(other, slot)), None)
        if same is not None:
            return self._put(replace(same, held_until=until), blocked)
        for booking in list(self._state.bookings.values()):
            if booking.status == "held" and (booking.lead == lead or booking in in_the_way):
                self._state.bookings[booking.id] = replace(booking, status="cancelled")
        number = len(self._state.bookings) + 1
        booking = Booking(
            id=f"b_{number}",
            lead=lead,
            rep=slot.rep,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            status="held",
            key=f"key-{number}",
            held_until=until,
        )
        return self._put(booking, blocked)

    def confirm(self, booking: str) -> Booking:
        found = self._state.bookings[booking]
        if found.status == "cancelled":
            raise SlotTaken(f"{found.rep} at {found.starts_at.isoformat()}")
        return self._put(replace(found, status="confirmed", held_until=None))

    def move(self, booking: str, slot: Slot, *, buffer_minutes: int, now: datetime) -> Booking:
        found = self._state.bookings[booking]
        if found.status == "cancelled":
            raise ValueError(f"Booking {booking} is cancelled: hold a new time instead of moving it.")
        blocked = slot.ends_at + timedelta(minutes=buffer_minutes)
        in_the_way = [other for other in self._in_the_way(slot, blocked) if other.id != booking]
        if any(not _ran_out(other, now) for other in in_the_way):
            raise SlotTaken(f"{slot.rep} at {slot.starts_at.isoformat()}")
        for other in in_the_way:
            self._state.bookings[other.id] = replace(other, status="cancelled")
        moved = replace(
            found, rep=slot.rep, starts_at=slot.starts_at, ends_at=slot.ends_at, sequence=found.sequence + 1
        )
        return self._put(moved, blocked)

    def cancel(self, booking: str) -> Booking:
        found = self._state.bookings[booking]
        if found.status == "cancelled":
            return found
        return self._put(replace(found, status="cancelled", held_until=None, sequence=found.sequence + 1))

    def of_lead(self, lead: str) -> Booking | None:
        of_lead = [booking for booking in self._state.bookings.values() if booking.lead == lead]
        standing = [booking for booking in of_lead if booking.status != "cancelled"]
        return (standing or of_lead or [None])[-1]

    def by_key(self, key: str) -> Booking | None:
        return next((booking for booking in self._state.bookings.values() if booking.key == key), None)

    def _of_rep(self, rep: str) -> list[Booking]:
        return [b for b in self._state.bookings.values() if b.rep == rep and b.status != "cancelled"]

    def _held_by(self, lead: str) -> list[Booking]:
        return [b for b in self._state.bookings.values() if (b.lead, b.status) == (lead, "held")]

    def _in_the_way(self, slot: Slot, blocked: datetime) -> list[Booking]:
        return [
            other
            for other in self._of_rep(slot.rep)
            if other.starts_at < blocked and self._state.blocked_until[other.id] > slot.starts_at
        ]

    def _put(self, booking: Booking, blocked: datetime | None = None) -> Booking:
        self._state.bookings[booking.id] = booking
        if blocked is not None:
            self._state.blocked_until[booking.id] = blocked
        return booking


class FakeOutbox:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def put(self, key: str, kind: str, payload: Mapping[str, Any], *, due_at: datetime, lead: str | None) -> None:
        if any(item.key == key for item in self._state.outbox.values()):
            return
        number = len(self._state.outbox) + 1
        self._state.outbox[number] = OutboxItem(number, key, kind, lead, dict(payload), due_at, "queued")

    def cancel(self, lead: str, kind: str) -> int:
        queued = [i for i in self._state.outbox.values() if (i.lead, i.kind, i.status) == (lead, kind, "queued")]
        for item in queued:
            self._state.outbox[item.id] = replace(item, status="cancelled")
        return len(queued)

    def of_lead(self, lead: str) -> Sequence[OutboxItem]:
        return sorted((i for i in self._state.outbox.values() if i.lead == lead), key=lambda i: (i.due_at, i.id))


class FakeTranscript:
    def __init__(self, state: FakeState) -> None:
        self._state = state

    def add(self, message: Message, *, inbox: int | None = None) -> None:
        self._state.messages.append(message)
        if inbox is not None:
            self._state.inbox_of[message.id] = inbox

    def of_conversation(self, conversation: str, *, after: str | None = None) -> Sequence[Message]:
        lines = [message for message in self._state.messages if message.conversation == conversation]
        ids = [message.id for message in lines]
        return tuple(lines[ids.index(after) + 1 :] if after in ids else lines)


@dataclass(frozen=True)
class FakeTransaction:
    leads: FakeLeadStore
    calendar: FakeCalendar
    outbox: FakeOutbox
    transcript: FakeTranscript


class FakeStore:
    """`Store` in memory. `state` may be looked into by tests, for example `store.state.outbox`."""

    def __init__(self) -> None:
        self.state = FakeState()
        self._turn = threading.Lock()

    @contextmanager
    def begin(self) -> Iterator[FakeTransaction]:
        with self._turn:
            working = self.state.copy()
            yield FakeTransaction(
                FakeLeadStore(working), FakeCalendar(working), FakeOutbox(working), FakeTranscript(working)
            )
            self.state = working


def _is(booking: Booking, slot: Slot) -> bool:
    return (booking.rep, booking.starts_at, booking.ends_at) == (slot.rep, slot.starts_at, slot.ends_at)


def _ran_out(booking: Booking, now: datetime) -> bool:
    return booking.status == "held" and booking.held_until is not None and booking.held_until <= now
