"""What is said to somebody who may be two leads: one text message or mail, and the page behind its link. The texts come
from texts/joining. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from banter.leads.model import Lead

#: What each text may hold.
HOLES: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "month"),
    "web": ("day",),
    "sms": ("day",),
    "text": ("company", "link"),
    "subject": ("company",),
    "body": ("company", "one", "other", "link", "sender"),
    "ask_title": ("company",),
    "ask": ("company", "one", "other"),
    "ask_more": ("company",),
    "yes": (),
    "no": (),
    **{f"{state}_title": ("company",) for state in ("same", "other", "used", "old", "unknown")},
    **dict.fromkeys(("same", "other", "used", "old", "unknown"), ("company", "email")),
}
#: Without these a text says nothing.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "day": ("day", "month"),
    "text": ("link",),
    "body": ("link", "one", "other"),
    "ask": ("one", "other"),
}


@dataclass(frozen=True)
class JoiningWords:
    """`texts` are those of HOLES, `months` their names from January on."""

    texts: Mapping[str, str]
    months: Sequence[str]

    def say(self, name: str, **values: str) -> str:
        """The text with its holes filled, in one go: what fills one is never looked into for another."""
        return self.texts[name].format_map(values)

    def places(self, leads: Sequence[Lead], zone: ZoneInfo) -> tuple[str, ...]:
        """Where and on which day each began, the first one first, by the clock of `zone`."""
        ordered = sorted(leads, key=lambda lead: (lead.created_at, lead.id))
        return tuple(self.say(lead.channel, day=self._day(lead.created_at.astimezone(zone).date())) for lead in ordered)

    def _day(self, day: date) -> str:
        return self.say("day", day=str(day.day), month=self.months[day.month - 1])
