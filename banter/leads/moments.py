"""How a moment is written for the team: in one named zone, short, and the same on every machine. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Clock:
    """Writes moments in `zone`; `now` decides what is today."""

    zone: ZoneInfo
    now: datetime

    @property
    def name(self) -> str:
        """`Europe/London`, as people read it."""
        return self.zone.key.replace("_", " ")

    def day(self, at: datetime) -> str:
        """`today`, `Tue 24 Nov`, or `Tue 24 Nov 2027` in another year."""
        day, today = at.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        near = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((day - today).days)
        return near or say_date(day, year=day.year != today.year, weekday=True)

    def time(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%H:%M}"

    def moment(self, at: datetime) -> str:
        return f"{self.day(at)}, {self.time(at)}"

    def dated(self, at: datetime) -> str:
        """As `moment`, with the date even when it is today: for a page that may be printed."""
        day, today = at.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()
        return f"{say_date(day, year=day.year != today.year, weekday=True)}, {self.time(at)}"

    def full(self, at: datetime) -> str:
        """With day, year and zone, e.g. `Tue 24 Nov 2026, 14:00 GMT`: for what is read later or elsewhere."""
        local = at.astimezone(self.zone)
        return f"{say_date(local.date(), weekday=True)}, {local:%H:%M} {_abbreviation(local)}"


def iso(at: datetime) -> str:
    """For machines: UTC with a Z, whole seconds."""
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def say_date(day: date, *, year: bool = True, weekday: bool = False) -> str:
    """`Tue 24 Nov 2026`."""
    said = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{_DAYS[day.weekday()] + ' ' if weekday else ''}{said}{f' {day.year}' if year else ''}"


def _abbreviation(local: datetime) -> str:
    """`GMT`, `CET`; zones that have no letters are `UTC+05:45`."""
    name = local.tzname() or ""
    if name.isalpha():
        return name
    offset = f"{local:%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}" if offset else "UTC"
