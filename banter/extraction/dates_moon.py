"""Holidays that follow the moon: Ramadan, Eid, Passover, Hanukkah, Lunar New Year, Diwali. Pure arithmetic.

The Islamic dates are the tabular calendar's, a day or so from what is announced; the Hebrew ones are exact, by
daylight; Lunar New Year and Diwali come from the moment of the new moon (Meeus, Astronomical Algorithms, chapter 49:
its first terms, right to a few minutes in this century).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from math import radians, sin

from banter.extraction.dates_calendar import Period, shift

_ISLAMIC_EPOCH = 227_015
_HEBREW_EPOCH = -1_373_427
_SYNODIC = 29.530588861
_BEIJING, _DELHI = timedelta(hours=8), timedelta(hours=5.5)
#: Days from the Hebrew new year on; those of spring are counted back from the next one's.
_AFTER_NEW_YEAR = {"rosh hashanah": 0, "yom kippur": 9, "sukkot": 14}
_BEFORE_NEXT = {"purim": 193, "passover": 163, "shavuot": 113}


@lru_cache(maxsize=512)
def moon_holiday(rule: str, year: int) -> Period | None:
    """The days of a holiday in a year: "islamic 9 1 30" (month, day, how many days), "hebrew passover 8", "lunar 1",
    "diwali 1"; None where the year has none or the rule is another kind."""
    kind, *rest = rule.split()
    days = int(rest[-1]) if rest and rest[-1].isdecimal() else 1
    if kind == "islamic":
        first = _islamic(year, int(rest[0]), int(rest[1]))
    elif kind == "hebrew":
        first = _hebrew(year, " ".join(rest[:-1]))
    elif kind == "lunar":
        first = _after_new_moon(date(year, 1, 21), _BEIJING)
    elif kind == "diwali":
        # The evening on which the moon is about to be new: the last six o'clock before the moment.
        first = _after_new_moon(date(year, 10, 17), _DELHI - timedelta(hours=18))
    else:
        return None
    return Period(first, shift(first, days - 1), "day" if days == 1 else "holiday") if first else None


def _islamic(year: int, month: int, day: int) -> date | None:
    """The first such day of the tabular Islamic calendar that lies in a Gregorian year."""
    near = (year - 622) * 33 // 32
    for moon_year in range(max(1, near - 1), near + 4):
        elapsed = 354 * (moon_year - 1) + (3 + 11 * moon_year) // 30 + 29 * (month - 1) + month // 2 + day - 1
        ordinal = _ISLAMIC_EPOCH + elapsed
        if 0 < ordinal <= date.max.toordinal() and date.fromordinal(ordinal).year == year:
            return date.fromordinal(ordinal)
    return None


def _hebrew(year: int, name: str) -> date | None:
    autumn = year + 3761  # the Hebrew year that begins in it
    new_year = _hebrew_new_year(autumn)
    if name in _AFTER_NEW_YEAR:
        ordinal = new_year + _AFTER_NEW_YEAR[name]
    elif name in _BEFORE_NEXT:
        ordinal = new_year - _BEFORE_NEXT[name]
    else:  # Hanukkah: 25 Kislev, after a Heshvan of 29 or 30 days
        long_heshvan = (_hebrew_new_year(autumn + 1) - new_year) % 10 == 5
        ordinal = new_year + 30 + 29 + long_heshvan + 24
    return date.fromordinal(ordinal) if 0 < ordinal <= date.max.toordinal() else None


def _hebrew_new_year(year: int) -> int:
    """The ordinal of 1 Tishri, with its four postponements."""
    return _HEBREW_EPOCH + _elapsed(year) + _length_correction(year)


def _postponed(day: int) -> int:
    return day + (3 * (day + 1) % 7 < 3)


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    return _postponed(29 * months + (12_084 + 13_753 * months) // 25_920)


def _length_correction(year: int) -> int:
    before, this, after = (_elapsed(year + k) for k in (-1, 0, 1))
    return 2 if after - this == 356 else int(this - before == 382)


def _after_new_moon(day: date, offset: timedelta) -> date:
    """The first day from `day` on, by a clock `offset` from Greenwich's, that holds a new moon."""
    lunation = int((day.year + (day.timetuple().tm_yday - 1) / 365.25 - 2000) * 12.3685) - 1
    while True:
        found = (_new_moon(lunation) + offset).date()
        if found >= day:
            return found
        lunation += 1


def _new_moon(lunation: int) -> datetime:
    """The moment of a new moon, about Greenwich time; lunation 0 is of January 2000."""
    t = lunation / 1236.85
    days = 2_451_550.09766 + _SYNODIC * lunation + 0.00015437 * t * t
    sun = radians(2.5534 + 29.1053567 * lunation)
    moon = radians(201.5643 + 385.81693528 * lunation + 0.0107582 * t * t)
    node = radians(160.7108 + 390.67050284 * lunation)
    e = 1 - 0.002516 * t
    days += -0.4072 * sin(moon) + 0.17241 * e * sin(sun) + 0.01608 * sin(2 * moon) + 0.01039 * sin(2 * node)
    days += 0.00739 * e * sin(moon - sun) - 0.00514 * e * sin(moon + sun) + 0.00208 * e * e * sin(2 * sun)
    return datetime(2000, 1, 1, 12) + timedelta(days=days - 2_451_545.0 - 65 / 86_400)
