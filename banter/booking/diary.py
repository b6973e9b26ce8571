"""The `Diary` of one transaction: the use cases of `book`, bound to what they work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from banter.booking import book, words
from banter.booking.choose import Choice, choose, offer
from banter.leads.model import Booking, Lead, Slot
from banter.leads.playbook import Playbook
from banter.leads.ports import SlotTaken, Transaction
from banter.leads.reading import TimeWish
from banter.leads.texting import NUMBERED


@dataclass(frozen=True)
class TeamDiary:
    """`banter.leads.ports.Diary` over the built-in calendar. `public_url` has no slash at its end; `secret` signs the
    link to the conversation in mails.

    A test lead sees the real times and takes none of them: what it holds and confirms is stored nowhere.
    """

    tx: Transaction
    playbook: Playbook
    public_url: str
    secret: str | None = field(default=None, repr=False)

    def times(self, lead: Lead, now: datetime) -> tuple[Slot, ...]:
        free = book.times_for(self.tx, self.playbook, lead, now)
        return offer(free, now=now, timezone=ZoneInfo(lead.timezone), count=self.playbook.team.offered)

    def choose(self, lead: Lead, text: str, wish: TimeWish, now: datetime) -> Choice:
        """A button's title says exactly which time; other words are read as `wish`."""
        free = book.times_for(self.tx, self.playbook, lead, now)
        if wish.none_fit:
            free = tuple(slot for slot in free if slot.starts_at not in lead.turned_down) or free
        offered = lead.offered
        pressed = self._pressed(" ".join(text.split()).casefold(), (*offered, *free), lead)
        if pressed is not None:
            wish, offered = TimeWish(ordinals=(1,)), (pressed,)
        return choose(wish, offered, free, timezone=ZoneInfo(lead.timezone), now=now)

    def take(self, lead: Lead, slot: Slot, now: datetime) -> Booking:
        if lead.test:
            return _pretended(lead, slot, "held")
        return book.take(self.tx, self.playbook, lead, slot, now)

    def confirm(self, lead: Lead, now: datetime) -> Booking:
        if lead.test:
            if lead.slot is None:
                raise SlotTaken(f"lead {lead.id} holds no time")
            return _pretended(lead, lead.slot, "confirmed")
        return book.confirm(self.tx, self.playbook, lead, now, self.public_url, secret=self.secret)

    def release(self, lead: Lead) -> None:
        book.release(self.tx, lead)

    def send_again(self, lead: Lead, now: datetime) -> None:
        book.send_again(self.tx, self.playbook, lead, now, self.public_url, secret=self.secret)

    def link(self, lead: Lead) -> str | None:
        if lead.test:  # leads to a page that says there is no such call
            return f"{self.public_url}/booking/test" if lead.status == "booked" else None
        booking = self.tx.calendar.of_lead(lead.id)
        return f"{self.public_url}/booking/{booking.key}" if booking and booking.status == "confirmed" else None

    def title(self, slot: Slot, lead: Lead, now: datetime) -> str:
        """`tomorrow, Tuesday 24 November, 15:30 (GMT)`: inside a sentence, and never in doubt about the zone."""
        locale = self.playbook.company.locale
        return words.say_moment(slot.starts_at, now=now, timezone=ZoneInfo(lead.timezone), locale=locale)

    def zone(self, moment: datetime, lead: Lead) -> str:
        """`GMT`, or `Dubai time`: the clock of this visitor's times."""
        return words.zone_name(moment, ZoneInfo(lead.timezone), self.playbook.company.locale)

    def button(self, slot: Slot, lead: Lead, now: datetime) -> str:
        """`Tomorrow, Tue 24 Nov, 15:30`: on a button, by SMS `Tue 24 Nov 15:30`; typed or pressed, `choose` knows it
        again."""
        return self._said(words.brief if lead.channel in NUMBERED else words.button, slot, lead, now)

    def _said(self, how: words.How, slot: Slot, lead: Lead, now: datetime) -> str:
        company = self.playbook.company
        return how(slot, now=now, timezone=ZoneInfo(lead.timezone), company=company.timezone, locale=company.locale)

    def _pressed(self, typed: str, slots: tuple[Slot, ...], lead: Lead) -> Slot | None:
        """The time whose title this is, as it read on any day: an older button may still be on the screen."""
        zone = ZoneInfo(lead.timezone)
        for slot in slots:
            if f"{slot.starts_at.astimezone(zone):%H:%M}" in typed:
                days = (slot.starts_at - timedelta(hours=hours) for hours in (0, 20, 24, 24 * 30))
                titles = {how(slot, lead, day).casefold() for day in days for how in (self.title, self.button)}
                if typed in titles:
                    return slot
        return None


def _pretended(lead: Lead, slot: Slot, status: str) -> Booking:
    """What a test lead is told it has."""
    return Booking(f"b_test_{lead.id}", lead.id, slot.rep, slot.starts_at, slot.ends_at, status, key="test")
