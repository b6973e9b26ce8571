"""What the use cases need from the outside world. One contract suite runs against every implementation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from banter.leads.model import Booking, Lead, Message, OutboxItem, Slot
from banter.leads.reading import TimeWish
from scoring.model import Dimension


class DialogueDown(Exception):
    """A turn failed or took too long. The inbox keeps the message, so it is answered later or when sent again."""


class SlotTaken(Exception):
    """Somebody else has that time already. The transaction goes on; nothing of the attempt is left in it."""


class LeadStore(Protocol):
    def get(self, lead_id: str) -> Lead | None: ...
    def of_conversation(self, conversation: str) -> Lead | None: ...
    def save(self, lead: Lead) -> None:
        """Insert or replace by id."""
        ...

    def page(
        self,
        *,
        conversation: str | None = None,
        route: str | None = None,
        since: datetime | None = None,
        page: int = 1,
        size: int = 50,
    ) -> Sequence[Lead]:
        """Newest first; `page` counts from 1; `since` is compared with `updated_at`. Test leads are left out."""
        ...


class Calendar(Protocol):
    """Which times are taken, and by whom. Bookings of one rep never overlap, buffers included: the database says so."""

    def busy(
        self, rep: str, start: datetime, end: datetime, *, now: datetime | None = None
    ) -> Sequence[tuple[datetime, datetime]]:
        """What is held or confirmed between `start` and `end`, buffer included, by start. With `now`, holds that ran
        out by then do not count."""
        ...

    def hold(self, lead: str, slot: Slot, *, buffer_minutes: int, until: datetime, now: datetime) -> Booking:
        """Take `slot` for `lead` until it is confirmed or `until` passes, giving back any other time the lead holds.
        Raises SlotTaken. Holds of others that ran out before `now` do not count."""
        ...

    def confirm(self, booking: str) -> Booking:
        """A held booking becomes a confirmed one; a confirmed one stays as it is. Raises SlotTaken when the hold ran
        out and somebody else took the time."""
        ...

    def move(self, booking: str, slot: Slot, *, buffer_minutes: int, now: datetime) -> Booking:
        """Another time for a confirmed booking, `sequence` one higher. Raises SlotTaken and changes nothing."""
        ...

    def cancel(self, booking: str) -> Booking: ...
    def of_lead(self, lead: str) -> Booking | None:
        """The lead's held or confirmed booking, else the last cancelled one."""
        ...

    def by_key(self, key: str) -> Booking | None: ...


class Outbox(Protocol):
    def put(self, key: str, kind: str, payload: Mapping[str, Any], *, due_at: datetime, lead: str | None) -> None:
        """Queue something to be sent at `due_at`. The same key again does nothing."""
        ...

    def cancel(self, lead: str, kind: str) -> int:
        """Take back what is still queued for this lead; returns how many."""
        ...

    def of_lead(self, lead: str) -> Sequence[OutboxItem]:
        """By due date."""
        ...


class Transcript(Protocol):
    def add(self, message: Message, *, inbox: int | None = None) -> None:
        """`inbox` is the row of the visitor's message that this one belongs to or answers."""
        ...

    def of_conversation(self, conversation: str, *, after: str | None = None) -> Sequence[Message]: ...


class Transaction(Protocol):
    """One transaction's view of everything stored."""

    @property
    def leads(self) -> LeadStore: ...
    @property
    def calendar(self) -> Calendar: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def transcript(self) -> Transcript: ...


class Store(Protocol):
    def begin(self) -> AbstractContextManager[Transaction]:
        """A transaction: committed at the end of the `with`, undone by an exception."""
        ...


class Choice(Protocol):
    """What a visitor's words pick. `reason`: chosen, none_then, none_fit, unclear."""

    @property
    def slot(self) -> Slot | None: ...
    @property
    def alternatives(self) -> tuple[Slot, ...]: ...
    @property
    def reason(self) -> str: ...


class Diary(Protocol):
    """The team's free times and this transaction's bookings of them."""

    def times(self, lead: Lead, now: datetime) -> tuple[Slot, ...]:
        """Times to offer, soonest first; empty when nobody is free within the horizon."""
        ...

    def choose(self, lead: Lead, text: str, wish: TimeWish, now: datetime) -> Choice: ...
    def take(self, lead: Lead, slot: Slot, now: datetime) -> Booking:
        """Hold `slot` for the lead. Raises SlotTaken."""
        ...

    def confirm(self, lead: Lead, now: datetime) -> Booking:
        """The held time becomes a call and the invitation is queued. Raises SlotTaken when the hold ran out and
        somebody else was faster."""
        ...

    def release(self, lead: Lead) -> None: ...
    def send_again(self, lead: Lead, now: datetime) -> None:
        """The invitation once more, to the address that the lead has now. Nothing while no call is confirmed."""
        ...

    def title(self, slot: Slot, lead: Lead, now: datetime) -> str:
        """How the time is said to this visitor, in their zone, inside a sentence."""
        ...

    def zone(self, moment: datetime, lead: Lead) -> str:
        """The name of the clock by which the visitor's times are said: "GMT", "Dubai time"."""
        ...

    def link(self, lead: Lead) -> str | None:
        """Where the visitor moves or cancels the call; None while there is none."""
        ...

    def button(self, slot: Slot, lead: Lead, now: datetime) -> str:
        """The same, short; typed or pressed, `choose` knows it again."""
        ...


class Nurturing(Protocol):
    def enrol(self, lead: Lead, now: datetime) -> None:
        """Queue the steps of the sequence of the lead's route. Repeatable."""
        ...

    def stop(self, lead: Lead) -> None: ...
    def reason(self, lead: Lead) -> Dimension | None:
        """The answer for which the lead is not ready yet; None where nothing that was said is the reason."""
        ...


class Alerts(Protocol):
    def tell(self, lead: Lead, kind: str, now: datetime) -> None:
        """Tell the team, once per kind: `hot` (qualified), `support`, `callback` (a call-back is booked), `erase`
        (wants all that is known of them deleted), `back` (back on the website, and to be thought about again); once an
        hour at most: `person` (wants to talk to somebody), `contact` (such a visitor has said how to reach them),
        `stopped` (who is hot or waits for a person wants no more)."""
        ...


class Timers(Protocol):
    """What the bot does by itself at a later time. It runs as a turn of the conversation, so it sees all that was said
    until then, and at most once however often the process dies."""

    def set(self, lead: Lead, name: str, due_at: datetime) -> None:
        """Run `name` (a key of `banter.leads.timed.TIMED`) at `due_at`; an earlier one of that name is replaced."""
        ...

    def cancel(self, lead: Lead, name: str) -> None: ...


class Services(Protocol):
    """What a turn may do in the world, all inside its transaction."""

    @property
    def diary(self) -> Diary: ...
    @property
    def nurturing(self) -> Nurturing: ...
    @property
    def alerts(self) -> Alerts: ...
    @property
    def timers(self) -> Timers: ...
