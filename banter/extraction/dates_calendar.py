"""Calendar arithmetic for the grammar of time: periods, parts of periods, holidays. Pure; all days inclusive."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import NamedTuple

#: Last month of each season (northern half of the world).
SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
#: Units that the calendar divides time into, so that "the next 3" of them can be whole ones.
WHOLE = frozenset({"week", "month", "quarter", "year"})
_UNIT_DAYS = {"day": 1, "week": 7, "workweek": 7, "fortnight": 14, "month": 30, "quarter": 90, "half": 180, "year": 365}


class Period(NamedTuple):
    """Days from `first` to `last`; `grain` is what was named: day, week, month, quarter, half, season, year, span."""

    first: date
    last: date
    grain: str
    precise: bool = True


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shift(day: date, days: int) -> date:
    """`day` moved by `days`, held within what a calendar can say."""
    return date.fromordinal(max(1, min(date.max.toordinal(), day.toordinal() + days)))


def one_day(day: date) -> Period:
    return Period(day, day, "day")


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month."""
    index = max(12, min(9999 * 12 - 1, day.year * 12 + day.month - 1 + months))
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=1024)
def months_from(year: int, month: int, count: int, grain: str) -> Period:
    """`count` whole months from a month on; `month` may lie outside 1 to 12."""
    first = add_months(date(max(1, min(9990, year)), 1, 1), month - 1)
    return Period(first, shift(add_months(first, count), -1), grain)


def month(year: int, number: int) -> Period:
    return months_from(year, number, 1, "month")


def quarter(year: int, number: int, start: int = 1) -> Period:
    """Quarter 1 to 4 of the (fiscal) year that ends in `year`; `start` is its first month."""
    return months_from(year - (start > 1), start + 3 * (number - 1), 3, "quarter")


def half(year: int, number: int, start: int = 1) -> Period:
    return months_from(year - (start > 1), start + 6 * (number - 1), 6, "half")


def whole_year(year: int, start: int = 1) -> Period:
    return months_from(year - (start > 1), start, 12, "year")


def season(year: int, name: str) -> Period:
    """The season that ends in `year`."""
    return months_from(year, SEASON_ENDS[name] - 2, 3, "season")


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    monday = shift(day, -day.weekday())
    return Period(monday, shift(monday, 6), "week")


def current(unit: str, today: date) -> Period:
    """The calendar unit that `today` lies in."""
    if unit == "day":
        return one_day(today)
    if unit == "week":
        return week_of(today)
    if unit == "workweek":
        return week_of(today)._replace(last=shift(week_of(today).first, 4))
    if unit == "month":
        return month(today.year, today.month)
    if unit == "quarter":
        return quarter(today.year, (today.month + 2) // 3)
    if unit == "half":
        return half(today.year, 1 + (today.month > 6))
    return whole_year(today.year)


def step(unit: str, today: date, by: int) -> Period:
    """The calendar unit `by` units after the one of `today`."""
    if unit in {"day", "week", "fortnight", "workweek"}:
        return current("week" if unit == "fortnight" else unit, shift(today, by * _UNIT_DAYS[unit]))
    months = {"month": 1, "quarter": 3, "half": 6}.get(unit, 12) * by
    return current(unit, add_months(today.replace(day=1), months))


def counted(day: date, amount: float, unit: str, *, by_calendar: bool = False) -> date:
    """`day` plus an amount of time. Months count 30 days, as the labels say; `by_calendar`: the same day of a month."""
    if by_calendar and unit in {"month", "quarter", "half", "year"} and amount == int(amount):
        return add_months(day, int(amount) * {"month": 1, "quarter": 3, "half": 6}.get(unit, 12))
    if unit == "weekday":
        return working_days(day, int(amount))
    if unit == "hour":
        return shift(day, int(-(-amount // 24)))
    return shift(day, min(4_000_000, round(amount * _UNIT_DAYS[unit])))


def working_days(day: date, count: int) -> date:
    """The day `count` working days (Monday to Friday) later."""
    weeks, rest = divmod(min(count, 100_000), 5)
    day = shift(day, 7 * weeks - max(0, day.weekday() - 4))  # counted from Friday at a weekend
    while rest:
        day = shift(day, 1)
        rest -= day.weekday() < 5
    return day


def part_of(period: Period, part: str, today: date) -> Period:
    """ "early", "mid", "late", "end", "start", "rest", "first half" or "second half" of a period."""
    first, last, grain, _ = period
    length = (last - first).days + 1
    months = {"quarter": 3, "half": 6, "season": 3, "year": 12}.get(grain)
    if part in {"rest", "later"}:
        return Period(max(first, today), last, "span")
    if part == "earlier":
        return Period(first, max(first, min(last, shift(today, -1))), "span", False)
    if part in {"last day", "last working day"}:
        return one_day(last if part == "last day" else shift(last, -max(0, last.weekday() - 4)))
    if part in {"end", "late"}:
        return Period(shift(last, -3 if grain == "week" else -(length // 3) + 1), last, "span", part == "end")
    if part in {"first half", "second half"}:
        middle = shift(first, 14) if grain == "month" else shift(first, length // 2 - 1)
        if months:
            middle = shift(add_months(first, months // 2), -1) if months != 3 else shift(add_months(first, 1), 14)
        return Period(first, middle, "span") if part == "first half" else Period(shift(middle, 1), last, "span")
    if grain == "month":
        return Period(first, shift(first, 9), "span") if part in {"early", "start"} else one_day(shift(first, 14))
    if grain == "week":
        return Period(shift(first, part == "mid"), shift(first, 3 if part == "mid" else 2), "span", False)
    if not months:
        return Period(first, first if part in {"early", "start"} else shift(first, length // 2), "span", False)
    if part == "start":
        return Period(first, shift(add_months(first, 1), -1), "span", False)
    if part == "early":
        return Period(first, shift(add_months(first, max(1, months // 4)), -1), "span", False)
    if months == 3:
        return Period(add_months(first, 1), shift(add_months(first, 1), 14), "span", False)
    return Period(add_months(first, months // 2 - 1), shift(add_months(first, months // 2), -1), "span", False)


def weeks_inside(period: Period) -> list[Period]:
    """The weeks whose Thursday lies in the period, as ISO 8601 counts them."""
    thursday = shift(period.first, (3 - period.first.weekday()) % 7)
    found = []
    while thursday <= period.last:
        found.append(week_of(thursday))
        thursday = shift(thursday, 7)
    return found


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month; -1 is the last."""
    if nth < 0:
        last = month(year, number).last
        return shift(last, -((last.weekday() - weekday) % 7))
    first = date(year, number, 1)
    return shift(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    number, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, number, day + 1)


def holiday(rule: str, year: int) -> Period:
    """The days of a holiday: "12-25", "12-24/01-01" (into the next year), "11 thu 4 1", "easter-2"."""
    if rule.startswith("easter"):
        return one_day(shift(easter(year), int(rule[6:] or 0)))
    if " " in rule:
        number, weekday, nth, *more = rule.split()
        day = nth_weekday(year, int(number), _WEEKDAYS.index(weekday), int(nth))
        return one_day(shift(day, int(more[0]) if more else 0))
    days = [date(year, *map(int, day.split("-"))) for day in rule.split("/")]
    last = days[-1].replace(year=year + 1) if days[-1] < days[0] else days[-1]
    return Period(days[0], last, "day" if len(days) == 1 else "holiday")


def next_of(make: Callable[[int], Period], today: date) -> Period:
    """The first yearly period that has not ended by `today`; `make(year)` gives the one of a year."""
    found = (make(year) for year in range(today.year - 1, today.year + 3))
    return next(period for period in found if period.last >= today)
