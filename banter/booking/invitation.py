"""The mails of a booking, each with its iCalendar part, as outbox payloads. Pure.

A payload is JSON: `to`, `subject`, `body`, `ics`, `reply_to`, and `headers` for the mail program.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from banter import resume_link
from banter.booking.words import minutes, say_moment
from banter.leads.model import Booking, Lead
from banter.leads.playbook import Company, Rep


@dataclass(frozen=True)
class Call:
    """Everything a mail about a call can say. `public_url` has no slash at its end; `secret` signs the link to the
    conversation, and without one it is the page with the chat."""

    booking: Booking
    lead: Lead
    rep: Rep
    company: Company
    public_url: str
    secret: str | None = field(default=None, repr=False)

    @property
    def manage_url(self) -> str:
        return f"{self.public_url}/booking/{self.booking.key}"

    def resume_url(self, now: datetime) -> str:
        if self.secret is None:
            return f"{self.public_url}/"
        return resume_link.url(self.lead.conversation, now, public_url=self.public_url, secret=self.secret)

    @property
    def lead_name(self) -> str:
        contact = self.lead.contact
        return one_line(contact.name or contact.email or contact.phone or "") or "Visitor"


def invitation(call: Call, now: datetime) -> dict[str, Any]:
    """To the lead: the call is booked."""
    when = _when(call, call.lead.timezone, now)
    return _to_lead(call, now, f"Your call with {call.company.name}: {when}", f"Your call is booked:\n\n  {when}")


def change(call: Call, now: datetime) -> dict[str, Any]:
    """To the lead: the call has another time."""
    when = _when(call, call.lead.timezone, now)
    return _to_lead(
        call, now, f"New time for your call with {call.company.name}: {when}", f"Your call is now:\n\n  {when}"
    )


def cancellation(call: Call, now: datetime) -> dict[str, Any]:
    """To the lead: the call will not take place."""
    when = _when(call, call.lead.timezone, now)
    body = (
        f"{_hello(call)}\n\nYour call with {call.company.name} is cancelled:\n\n  {when}\n\n"
        f"There is nothing you need to do. Should you want to talk after all, come back any time:\n"
        f"{call.resume_url(now)}\n\n"
        f"{_signature(call)}"
    )
    return _payload(call, now, to=str(call.lead.contact.email), subject=f"Cancelled: your call on {when}", body=body)


def notice(call: Call, now: datetime, *, what: str) -> dict[str, Any]:
    """To the rep: a call is `booked`, `moved` or `cancelled`."""
    lead, contact = call.lead, call.lead.contact
    when = _when(call, call.rep.timezone.key, now)
    known = {
        "Name": contact.name,
        "Company": contact.company,
        "E-mail": contact.email,
        "Phone": contact.phone,
        "Score": f"{lead.score.total} points ({lead.score.rubric})" if lead.score else None,
        "Their clock": _when(call, lead.timezone, now) if lead.timezone != call.rep.timezone.key else None,
    }
    lines = [f"{name}: {one_line(value)}" for name, value in known.items() if value]
    said = [f"- {dimension}: {one_line(answer.text)}" for dimension, answer in lead.answers.items() if answer.said]
    if what == "cancelled":
        todo = "The time is free again."
    elif contact.phone:
        todo = f"Please call {contact.phone}."
    else:
        todo = "There is no phone number: please send them a way to join before the call. A reply to this reaches them."
    body = "\n\n".join(
        part
        for part in (
            f"Call {what}:\n\n  {when}, {minutes(call.booking.ends_at - call.booking.starts_at, call.company.locale)}",
            todo,
            "\n".join(lines),
            "In their words:\n" + "\n".join(said) if said else "",
            f"The whole conversation, with a reason for every point:\n{call.public_url}/leads/{lead.id}",
            f"Move or cancel the call:\n{call.manage_url}" if what != "cancelled" else "",
        )
        if part
    )
    return _payload(
        call,
        now,
        to=call.rep.email,
        subject=f"Call {what}: {call.lead_name}, {when}",
        body=body,
        reply_to=contact.email or call.company.email,
    )


def calendar_file(call: Call, now: datetime) -> str:
    """The call as iCalendar: METHOD follows the booking's status, SEQUENCE its changes, all times are UTC."""
    cancelled = call.booking.status == "cancelled"
    calendar = Calendar()
    calendar.add("prodid", "-//Banter//Booking//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "REQUEST")
    event = Event()
    event.add("uid", f"{call.booking.id}@banter")
    event.add("sequence", call.booking.sequence)
    event.add("dtstamp", now.astimezone(timezone.utc).replace(microsecond=0))
    event.add("dtstart", call.booking.starts_at.astimezone(timezone.utc))
    event.add("dtend", call.booking.ends_at.astimezone(timezone.utc))
    event.add("summary", f"Call: {call.company.name} and {call.lead_name}")
    event.add("description", f"{_how(call)}\n\nMove or cancel the call: {call.manage_url}")
    event.add("url", call.manage_url)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _person(call.rep.email, call.rep.name), encode=False)
    if call.lead.contact.email:
        attendee = _person(call.lead.contact.email, call.lead_name)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["PARTSTAT"] = vText("ACCEPTED")  # they chose the time themselves
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text


def one_line(text: str) -> str:
    """What a visitor typed, safe in a subject or a name: no line breaks or other control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _person(email: str, name: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = vText(one_line(name).replace('"', "'"))
    return address


def _to_lead(call: Call, now: datetime, subject: str, opening: str) -> dict[str, Any]:
    length = minutes(call.booking.ends_at - call.booking.starts_at, call.company.locale)
    body = (
        f"{_hello(call)}\n\n{opening}, {length}, with {call.rep.name}\n\n{_how(call)}\n\n"
        f"Another time suits you better, or you can't make it? Move or cancel it here:\n{call.manage_url}\n\n"
        f"Anything to add before the call? Our conversation goes on here, on any device. The link is yours alone:\n"
        f"{call.resume_url(now)}\n\n"
        f"{_signature(call)}"
    )
    return _payload(call, now, to=str(call.lead.contact.email), subject=subject, body=body)


def _payload(
    call: Call, now: datetime, *, to: str, subject: str, body: str, reply_to: str | None = None
) -> dict[str, Any]:
    answer_to = reply_to or call.rep.email
    headers: Mapping[str, str] = {"Reply-To": answer_to}
    return {
        "to": to,
        "subject": one_line(subject),
        "body": f"{body.rstrip()}\n",
        "ics": calendar_file(call, now),
        "reply_to": answer_to,
        "headers": headers,
    }


def _when(call: Call, timezone_name: str, now: datetime) -> str:
    """With the date and the zone, never "today": a mail is read later than it is written."""
    long_ago = datetime(2000, 1, 1, tzinfo=now.tzinfo)
    return say_moment(
        call.booking.starts_at, now=long_ago, timezone=ZoneInfo(timezone_name), locale=call.company.locale
    )


def _hello(call: Call) -> str:
    name = one_line(call.lead.contact.name or "")
    return f"Hello {name}," if name else "Hello,"


def _how(call: Call) -> str:
    phone = call.lead.contact.phone
    if phone:
        return f"{call.rep.name} will call you on {one_line(phone)}."
    return f"{call.rep.name} will write to you before the call with the way to join."


def _signature(call: Call) -> str:
    return f"{call.company.website}\n{sender(call.company)}"


def sender(company: Company) -> str:
    """Name and postal address; the name once, where the address begins with it."""
    return company.address if company.address.startswith(company.name) else f"{company.name}, {company.address}"
