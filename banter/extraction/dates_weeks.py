"""Weeks, days and months inside something larger: "the week of 7 October", "last Friday of March", "week 50"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_periods import year_ref
from banter.extraction.dates_words import Source, Time

_BEGINS = frozenset({"of", "commencing", "starting", "beginning", "ending"})
_LAST = frozenset({"last", "final"})


class Inner(NamedTuple):
    """The readers of what stands inside, given by the caller, who reads these weeks too."""

    named: Callable[[Source, int], Time | None]
    unit: Callable[[Source, int], Time | None]


def numbered_week(source: Source, i: int) -> Time | None:
    """Week 50, CW 7, week 3 of 2027: the next week of that number in the calendar (ISO 8601)."""
    j = i + (source.word(i) == "calendar")
    if source.word(j) not in {"week", "wk", "cw", "kw"}:
        return None
    j += 1 + (source.word(j + 1) in {"number", "no", "nr", "#"})
    number = source.number(j)
    if number is None or number.value != int(number.value) or not 1 <= number.value <= 53:
        return None
    year = year_ref(source, number.next) if source.word(number.next) in {"of", ",", "in"} else None
    if year is not None:
        return Time(_iso_week(year[0], int(number.value)), year[1])
    if source.word(number.next) in {"of", "to", "-", "or", "%"} or source.unit(number.next):
        return None
    for near in (source.today.year, source.today.year + 1):
        week = _iso_week(near, int(number.value))
        if week.last >= source.today:
            return Time(week, number.next)
    return None


def _iso_week(year: int, number: int) -> Period:
    return cal.week_of(cal.shift(cal.week_of(date(max(2, year), 1, 4)).first, 7 * (number - 1)))


def counted_inside(source: Source, i: int, inner: Inner) -> Time | None:
    """The week of October 7th, first week of March, first Tuesday of October, third day of May, w/c 7 December."""
    start = _week_from(source, i)
    if start is not None:
        found = inner.named(source, start)
        if found is not None and found.period is not None and found.period.grain == "day":
            return Time(cal.week_of(found.period.first), found.next)
        return None
    if source.has("weekend", i) and source.word(i + 1) == "of":
        found = inner.named(source, i + 2)
        if found is not None and found.period is not None and found.period.grain == "day":
            return Time(weekend_of(found.period), found.next)
    nth, j = _nth(source, i)
    if nth == 0:
        return None
    weekday = source.weekday(j)
    what = "weekday" if weekday else source.word(j)
    end = weekday[1] if weekday else j + 1
    if weekday and source.word(end) in {"after", "before"} and nth > 0:
        return _weekday_from(source, weekday[0], nth, end, inner)
    if what not in {"week", "month", "weekday", "day"} or source.word(end) not in {"of", "in"}:
        return None
    found = inner.named(source, end + 1) or inner.unit(source, end + 1)
    if found is not None and found.period is None and found.kind == "undated":  # next year
        found = Time(cal.step("year", source.today, 1), found.next)
    if found is None or found.period is None or found.period.grain == "day":
        return None
    return _pick(found.period, what, weekday[0] if weekday else 0, nth, found.next)


def _week_from(source: Source, i: int) -> int | None:
    """The index after "week of", "week commencing", "w/c"."""
    if source.word(i) in {"week", "wk"} and source.word(i + 1) in _BEGINS:
        return i + 2 + (source.word(i + 2) == "on")
    if [source.word(i + k) for k in range(3)] in (["w", "/", "c"], ["w", "/", "e"]):
        return i + 3
    return i + 1 if source.word(i) == "wc" else None


def _nth(source: Source, i: int) -> tuple[int, int]:
    """ "third", "last", "second last": how many from the start, or from the end below zero; 0 where none is said."""
    if source.word(i) in _LAST:
        return -1, i + 1
    ordinal = source.ordinal(i)
    if ordinal is None or ordinal[0] > 366:
        return 0, i
    if source.word(ordinal[1]) in _LAST:
        return -ordinal[0], ordinal[1] + 1
    return ordinal


def _pick(period: Period, what: str, weekday: int, nth: int, end: int) -> Time | None:
    """The nth day, weekday, week or month of a period."""
    at = nth if nth < 0 else nth - 1
    if what == "month":
        months = [cal.step("month", period.first, k) for k in range(12)] if period.grain == "year" else []
        return Time(months[at], end) if -len(months) <= at < len(months) else None
    if what == "week":
        weeks = cal.weeks_inside(period)
        return Time(weeks[at], end) if -len(weeks) <= at < len(weeks) else None
    days = [cal.shift(period.first, k) for k in range(min(400, (period.last - period.first).days + 1))]
    days = [day for day in days if what == "day" or day.weekday() == weekday]
    return Time(one_day(days[at]), end, "point") if -len(days) <= at < len(days) else None


def _weekday_from(source: Source, weekday: int, nth: int, joint: int, inner: Inner) -> Time | None:
    """ "The third Tuesday after Christmas 2014", "the first Monday before Easter"."""
    anchor = inner.named(source, joint + 1)
    if anchor is None or anchor.period is None:
        return None
    if source.word(joint) == "after":
        day = cal.shift(anchor.period.last, (weekday - anchor.period.last.weekday() - 1) % 7 + 1 + 7 * (nth - 1))
    else:
        day = cal.shift(anchor.period.first, -((anchor.period.first.weekday() - weekday - 1) % 7 + 1 + 7 * (nth - 1)))
    return Time(one_day(day), anchor.next, "point")


def after_next(source: Source, i: int) -> Time | None:
    """ "Friday after next", "March after next": the one that follows the next."""
    weekday, month = source.weekday(i), source.month(i)
    end = weekday[1] if weekday else month[1] if month else 0
    if not end or [source.word(end), source.word(end + 1)] != ["after", "next"]:
        return None
    if weekday:
        ahead = (weekday[0] - source.today.weekday()) % 7 or 7
        return Time(one_day(cal.shift(source.today, ahead + 7)), end + 2, "point")
    assert month is not None
    number = month[0]
    following = cal.next_of(lambda y: cal.month(y, number), source.today)
    return Time(cal.month(following.first.year + 1, number), end + 2)


def weekend(source: Source, i: int, by: int) -> Time | None:
    """ "The weekend", "this weekend", "next weekend", "that weekend": Saturday and Sunday."""
    if not source.has("weekend", i) or source.word(i - 1) in {"every", "each", "most", "per", "a"}:
        return None
    monday = cal.shift(cal.week_of(source.today).first, 7 * by)
    period = Period(cal.shift(monday, 5), cal.shift(monday, 6), "span")
    return Time(period, i + 1, "past" if by < 0 else "range")


def weekend_of(holiday: Period) -> Period:
    """The weekend that a holiday makes long: "Labor Day weekend" is Saturday to Monday."""
    day = holiday.first
    saturday = cal.shift(day, (5 - day.weekday()) % 7 if day.weekday() > 1 else -2 - day.weekday())
    saturday = cal.shift(day, -1) if day.weekday() == 6 else saturday
    return Period(min(day, saturday), max(day, cal.shift(saturday, 1)), "span")


def closest(source: Source, i: int, inner: Inner) -> Time | None:
    """ "The closest Monday to 5 October", "the second closest Monday to ..."."""
    ordinal = source.ordinal(i)
    nth, j = ordinal if ordinal else (1, i)
    if source.word(j) not in {"closest", "nearest"} or not 1 <= nth <= 100:
        return None
    weekday = source.weekday(j + 1)
    if weekday is None or source.word(weekday[1]) not in {"to", "after"}:
        return None
    anchor = inner.named(source, weekday[1] + 1)
    if anchor is None or anchor.period is None or anchor.period.grain != "day":
        return None
    day = anchor.period.first
    around = [cal.shift(day, (weekday[0] - day.weekday()) % 7 + 7 * k) for k in range(-nth - 1, nth + 1)]
    return Time(one_day(sorted(around, key=lambda found: abs((found - day).days))[nth - 1]), anchor.next, "point")
