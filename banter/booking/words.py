"""How a time is said to a visitor. All texts stand in `LANGUAGES`, so that another language is one more entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from banter.leads.model import Slot


@dataclass(frozen=True)
class Words:
    """The words and patterns of one language; `weekdays` begins on Monday, `months` in January."""

    weekdays: tuple[str, ...]
    weekdays_short: tuple[str, ...]
    months: tuple[str, ...]
    months_short: tuple[str, ...]
    today: str
    tomorrow: str
    day: str
    near_day: str  # today and tomorrow, with the date
    moment: str
    zoned: str
    zone_of_city: str
    brief: str
    minutes: str


class How(Protocol):
    """`say` or `button`: a slot on a visitor's clock, in words."""

    def __call__(
        self, slot: Slot, *, now: datetime, timezone: ZoneInfo, company: ZoneInfo, locale: str = "en"
    ) -> str: ...


LANGUAGES: Mapping[str, Words] = {
    "en": Words(
        weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        weekdays_short=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        months_short=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
        today="today",
        tomorrow="tomorrow",
        day="{weekday} {number} {month}",
        near_day="{near}, {day}",
        moment="{day}, {clock}",
        zoned="{moment} ({zone})",
        zone_of_city="{city} time",
        brief="{weekday} {number} {month} {clock}",
        minutes="{number} minutes",
    ),
    "de": Words(
        weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
        weekdays_short=("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"),
        months=(
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ),
        months_short=("Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sept.", "Okt.", "Nov.", "Dez."),
        today="heute",
        tomorrow="morgen",
        day="{weekday}, {number}. {month}",
        near_day="{near}, {day}",
        moment="{day}, {clock}",
        zoned="{moment} ({zone})",
        zone_of_city="Zeit in {city}",
        brief="{weekday} {number}. {month} {clock}",
        minutes="{number} Minuten",
    ),
}


def words(locale: str) -> Words:
    """The words for `locale` ("en-GB"); English where the language is not there yet."""
    return LANGUAGES.get(locale.replace("_", "-").split("-")[0].lower(), LANGUAGES["en"])


def say(slot: Slot, *, now: datetime, timezone: ZoneInfo, company: ZoneInfo, locale: str = "en") -> str:
    """`tomorrow, Tuesday 24 November, 15:30 (EST)` on the visitor's clock.

    The zone is named only where it helps: it is not the company's, or the clock shows that time twice on that day.
    """
    return say_moment(
        slot.starts_at, now=now, timezone=timezone, locale=locale, zone=_name_zone(slot.starts_at, timezone, company)
    )


def say_moment(moment: datetime, *, now: datetime, timezone: ZoneInfo, locale: str = "en", zone: bool = True) -> str:
    """The same for any moment, the zone named unless told otherwise: what mails and pages use."""
    text = words(locale)
    local = moment.astimezone(timezone)
    day = say_day(local.date(), today=now.astimezone(timezone).date(), locale=locale)
    said = text.moment.format(day=day, clock=f"{local:%H:%M}")
    return text.zoned.format(moment=said, zone=zone_name(moment, timezone, locale)) if zone else said


def say_day(day: date, *, today: date, locale: str = "en") -> str:
    """`tomorrow, Tuesday 24 November`, or `Thursday 26 November`."""
    text = words(locale)
    said = text.day.format(weekday=text.weekdays[day.weekday()], number=day.day, month=text.months[day.month - 1])
    near = _near(day, today, text)
    return text.near_day.format(near=near, day=said) if near else said


def button(slot: Slot, *, now: datetime, timezone: ZoneInfo, company: ZoneInfo, locale: str = "en") -> str:
    """The short title of a button: `Tomorrow, Tue 24 Nov, 15:30` or `Thu 26 Nov, 10:00`.

    No two times share one, and the date is always there: a button may be pressed the day after it was shown.
    """
    text = words(locale)
    local = slot.starts_at.astimezone(timezone)
    day = text.day.format(
        weekday=text.weekdays_short[local.weekday()], number=local.day, month=text.months_short[local.month - 1]
    )
    near = _near(local.date(), now.astimezone(timezone).date(), text)
    day = text.near_day.format(near=near, day=day) if near else day
    title = text.moment.format(day=day[:1].upper() + day[1:], clock=f"{local:%H:%M}")
    if _name_zone(slot.starts_at, timezone, company):
        return text.zoned.format(moment=title, zone=zone_name(slot.starts_at, timezone, locale))
    return title


def brief(slot: Slot, *, now: datetime, timezone: ZoneInfo, company: ZoneInfo, locale: str = "en") -> str:
    """`Thu 26 Nov 10:00`, `Thu 26 Nov 05:00 EST`: a choice in a text message, where every character counts. A zone that
    has no short name is told by its distance, `UTC+5:45`."""
    text = words(locale)
    local = slot.starts_at.astimezone(timezone)
    said = text.brief.format(
        weekday=text.weekdays_short[local.weekday()],
        number=local.day,
        month=text.months_short[local.month - 1],
        clock=f"{local:%H:%M}",
    )
    return f"{said} {_brief_zone(local)}" if _name_zone(slot.starts_at, timezone, company) else said


def _brief_zone(local: datetime) -> str:
    name = local.tzname() or "UTC"
    if name.isalpha():
        return name
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}"


def zone_name(moment: datetime, timezone: ZoneInfo, locale: str = "en") -> str:
    """`EST`, or `Dubai time` where the zone has no abbreviation but a number."""
    name = moment.astimezone(timezone).tzname() or "UTC"
    if name.isalpha():
        return name
    return words(locale).zone_of_city.format(city=timezone.key.rsplit("/", 1)[-1].replace("_", " "))


def minutes(length: timedelta, locale: str = "en") -> str:
    """`30 minutes`."""
    return words(locale).minutes.format(number=round(length.total_seconds() / 60))


def _near(day: date, today: date, text: Words) -> str | None:
    return {0: text.today, 1: text.tomorrow}.get((day - today).days)


def _name_zone(moment: datetime, timezone: ZoneInfo, company: ZoneInfo) -> bool:
    local = moment.astimezone(timezone)
    doubled = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return timezone.key != company.key or doubled
