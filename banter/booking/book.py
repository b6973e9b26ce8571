"""Taking, confirming, moving and cancelling a call, each inside the caller's transaction.

`take`, `confirm` and `release` are steps of a conversation, whose turn saves the lead; `reschedule` and `cancel` come
from the booking's page and save the lead themselves. `secret` signs the link to the conversation that stands in mails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from banter.booking.invitation import Call, cancellation, change, invitation, notice
from banter.booking.slots import free_slots
from banter.leads.model import Booking, Lead, Slot
from banter.leads.playbook import Playbook, Rep
from banter.leads.ports import SlotTaken, Transaction

Mail = Callable[[Call, datetime], dict[str, Any]]


class NoCall(Exception):
    """There is no call to move or cancel under that key: unknown, cancelled, or begun."""


def times_for(tx: Transaction, playbook: Playbook, lead: Lead, now: datetime) -> tuple[Slot, ...]:
    """Every time that somebody could take this lead's call, in order. What the lead has taken itself counts as free:
    its own hold or call never stands in the way of another time."""
    team = playbook.team
    end = now + team.horizon + team.call + team.buffer
    own = tx.calendar.of_lead(lead.id)
    busy = {}
    for rep in team.reps:
        taken = tx.calendar.busy(rep.key, now, end, now=now)
        if own is not None and own.status != "cancelled" and own.rep == rep.key:
            taken = [interval for interval in taken if not interval[0] <= own.starts_at < interval[1]]
        busy[rep.key] = taken
    return tuple(free_slots(team, busy, now=now, days_off=playbook.company.days_off))


def times_to_move(tx: Transaction, playbook: Playbook, booking: Booking, lead: Lead, now: datetime) -> tuple[Slot, ...]:
    """Other times for a call, with the same rep wherever they are free, so that the lead keeps who they know."""
    team = playbook.team
    same = tuple(rep for rep in team.reps if rep.key == booking.rep)
    found = {slot.starts_at: slot for slot in times_for(tx, playbook, lead, now)}
    with_same = times_for(tx, replace(playbook, team=replace(team, reps=same)), lead, now)
    found.update({slot.starts_at: slot for slot in with_same})
    found.pop(booking.starts_at, None)
    return tuple(found[start] for start in sorted(found))


def take(tx: Transaction, playbook: Playbook, lead: Lead, slot: Slot, now: datetime) -> Booking:
    """Hold `slot` while the lead gives an address. Raises SlotTaken, also for a lead whose call is confirmed already:
    that one is moved with `reschedule`."""
    booking = tx.calendar.of_lead(lead.id)
    if booking is not None and booking.status == "confirmed":
        raise SlotTaken(f"lead {lead.id} has a call already: move it instead")
    return tx.calendar.hold(lead.id, slot, buffer_minutes=_buffer(playbook), until=now + playbook.team.hold, now=now)


def confirm(
    tx: Transaction, playbook: Playbook, lead: Lead, now: datetime, public_url: str, *, secret: str | None = None
) -> Booking:
    """The held time becomes a call: invitation to the lead, notice to the rep, no more nurture mails. Repeatable.

    Raises SlotTaken when the hold ran out and somebody else was faster, or there is none. A lead without an address
    gets no mail; the rep's notice says so.
    """
    held = tx.calendar.of_lead(lead.id)
    if held is None or held.status == "cancelled":
        raise SlotTaken(f"lead {lead.id} holds no time")
    booking = tx.calendar.confirm(held.id)
    tx.outbox.cancel(lead.id, "nurture")
    call = _call(playbook, booking, lead, public_url, secret)
    _post(tx, call, "invitation", now, invitation, "booked")
    return booking


def release(tx: Transaction, lead: Lead) -> None:
    """Give back the time that the lead holds. A confirmed call stays."""
    booking = tx.calendar.of_lead(lead.id)
    if booking is not None and booking.status == "held":
        tx.calendar.cancel(booking.id)


def send_again(
    tx: Transaction, playbook: Playbook, lead: Lead, now: datetime, public_url: str, *, secret: str | None = None
) -> None:
    """The invitation to the address that the lead has now, once for each change. Nothing while no call stands."""
    booking = tx.calendar.of_lead(lead.id)
    if booking is None or booking.status != "confirmed" or not lead.contact.email:
        return
    call = _call(playbook, booking, lead, public_url, secret)
    key = f"{_key('invitation', booking, 'lead')}:{lead.told.count('address')}"
    tx.outbox.put(key, "invitation", invitation(call, now), due_at=now, lead=lead.id)


def reschedule(
    tx: Transaction,
    playbook: Playbook,
    booking_key: str,
    slot: Slot,
    now: datetime,
    public_url: str,
    *,
    secret: str | None = None,
) -> Booking:
    """Move the call to `slot`, tell lead and rep, save the lead. Raises NoCall and SlotTaken, changing nothing."""
    before, lead = call_of(tx, booking_key, now)
    if (before.rep, before.starts_at, before.ends_at) == (slot.rep, slot.starts_at, slot.ends_at):
        return before
    booking = tx.calendar.move(before.id, slot, buffer_minutes=_buffer(playbook), now=now)
    tx.outbox.cancel(lead.id, "invitation")  # one that has not left yet would tell the old time
    lead = replace(lead, slot=slot, updated_at=now)
    call = _call(playbook, booking, lead, public_url, secret)
    _post(tx, call, "invitation", now, change, "moved")
    if before.rep != booking.rep:
        gone = replace(before, status="cancelled", sequence=booking.sequence)
        told = notice(_call(playbook, gone, lead, public_url, secret), now, what="cancelled")
        tx.outbox.put(_key("cancellation", booking, "old-rep"), "cancellation", told, due_at=now, lead=lead.id)
    tx.leads.save(lead)
    return booking


def cancel(
    tx: Transaction, playbook: Playbook, booking_key: str, now: datetime, public_url: str, *, secret: str | None = None
) -> Booking:
    """Cancel the call, tell lead and rep; the lead is open again, with no time chosen, and saved. Raises NoCall."""
    before, lead = call_of(tx, booking_key, now)
    booking = tx.calendar.cancel(before.id)
    tx.outbox.cancel(lead.id, "invitation")
    call = _call(playbook, booking, lead, public_url, secret)
    _post(tx, call, "cancellation", now, cancellation, "cancelled")
    tx.leads.save(replace(lead, slot=None, offered=(), status="open", awaiting=None, updated_at=now))
    return booking


def call_of(tx: Transaction, booking_key: str, now: datetime) -> tuple[Booking, Lead]:
    """The confirmed call still to come under `booking_key`, and whose it is. Raises NoCall."""
    booking = tx.calendar.by_key(booking_key)
    lead = tx.leads.get(booking.lead) if booking is not None else None
    if booking is None or lead is None or booking.status == "held":
        raise NoCall("There is no call under this address.")
    if booking.status == "cancelled":
        raise NoCall("This call is cancelled.")
    if booking.starts_at <= now:
        raise NoCall("This call has begun or is over.")
    return booking, lead


def rep_of(playbook: Playbook, key: str) -> Rep:
    """Who takes the call; the company itself for somebody who has left the team."""
    company = playbook.company
    absent = Rep(key, company.name, company.email, (), (), company.timezone)
    return next((rep for rep in playbook.team.reps if rep.key == key), absent)


def _call(playbook: Playbook, booking: Booking, lead: Lead, public_url: str, secret: str | None) -> Call:
    return Call(booking, lead, rep_of(playbook, booking.rep), playbook.company, public_url.rstrip("/"), secret)


def _post(tx: Transaction, call: Call, kind: str, now: datetime, mail: Mail, what: str) -> None:
    if call.lead.contact.email:
        tx.outbox.put(_key(kind, call.booking, "lead"), kind, mail(call, now), due_at=now, lead=call.lead.id)
    told = notice(call, now, what=what)
    tx.outbox.put(_key(kind, call.booking, "rep"), kind, told, due_at=now, lead=call.lead.id)


def _key(kind: str, booking: Booking, whom: str) -> str:
    return f"{kind}:{booking.id}:{booking.sequence}:{whom}"


def _buffer(playbook: Playbook) -> int:
    return round(playbook.team.buffer.total_seconds() / 60)
