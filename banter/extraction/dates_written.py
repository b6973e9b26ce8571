"""Days of a month as they are written: "31/10", "Oct 31st", "10-15 March", "the 15th"."""

from __future__ import annotations

import re
from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_periods import century, year_ref
from banter.extraction.dates_words import Source, Time

_COUNTED = frozenset(
    {"the", "our", "my", "all", "them", "us", "it", "these", "those", "that", "customers", "people", "a"}
)
_TO = frozenset({"-", "–", "to", "till", "until", "thru", "through"})
_APART = frozenset({"", ":", ",", "(", ")", "!", "?"})
_DETERMINERS = frozenset({"the", "on", "by", "before", "until", "till", "this", "next"})


def _full_year(written: str, today: date) -> int | None:
    if len(written) == 4:
        return int(written)
    return century(int(written), today) if len(written) == 2 else None


def numeric(source: Source, i: int) -> Time | None:
    """2026-12-01, 1.12.2026, 12/1/26, 31/10, 2/2027, 2027-02."""
    if not source.is_number(i) or (source.glued(i) and source.words[i - 1].kind == "word"):
        return None
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", source.word(i))
    if dotted:
        return _day_month(source, int(dotted[1]), int(dotted[2]), _full_year(dotted[3], source.today), i + 1, True)
    short = re.fullmatch(r"(\d{1,2})\.(\d{1,2})", source.word(i))
    if (
        short
        and source.word(i + 1) == "."
        and source.glued(i + 1)
        and (source.asked or source.word(i - 1) in _DETERMINERS)
    ):
        return _day_month(source, int(short[1]), int(short[2]), None, i + 2, True)  # "15.01."
    apart = source.word(i - 1) in _DETERMINERS | _APART and source.word(i + 1) in _APART
    if short and apart and source.asked and len(source.word(i)) == len("12.10"):
        return _day_month(source, int(short[1]), int(short[2]), None, i + 1, True)  # "before inspection, 12.10"
    parts, j, mark = [source.word(i)], i + 1, source.word(i + 1)
    if mark in {"/", "-"} and len(parts[0]) == 4 and (month := source.month(i + 2)) and source.word(month[1]) == mark:
        day = cal.safe_date(int(parts[0]), month[0], source.whole(month[1] + 1, 1, 31) or 0)  # 2026-aug-01
        return Time(one_day(day), month[1] + 2, "point") if day else None
    if mark not in {"/", "-"} or (i > 0 and source.word(i - 1) == "/" and source.glued(i)):
        return None
    while len(parts) < 3 and source.word(j) == mark and source.is_number(j + 1):
        if mark == "-" and (source.glued(j) != source.glued(j + 1)):
            return None
        parts.append(source.word(j + 1))
        j += 2
    if any(not part.isdecimal() or len(part) > 4 for part in parts) or (
        source.word(j) == "/" and source.is_number(j + 1)
    ):
        return None
    values = [int(part) for part in parts]
    if len(parts) == 3:
        if len(parts[0]) == 4:
            day = cal.safe_date(*values)
            return Time(one_day(day), j, "point") if day else None
        return _day_month(source, values[0], values[1], _full_year(parts[2], source.today), j, source.day_first)
    if len(parts) != 2 or source.has("unit", j):
        return None
    for year, number in ((0, 1), (1, 0)):
        if (
            len(parts[year]) == 4
            and len(parts[number]) < 3
            and 1 <= values[number] <= 12
            and 1900 <= values[year] <= 2200
        ):
            return Time(cal.month(values[year], values[number]), j)
    after_weekday = source.has("weekday", i - 1) or source.has("weekday", i - 2)
    if source.word(j) == "of" and source.word(j + 1) in _COUNTED:
        return None  # "1/3 of our orders"
    alone = source.asked and len(source.words) == 3 and max(values) > 12  # "2-15" and nothing else
    if (mark == "-" and not after_weekday and not alone) or values == [24, 7] or max(map(len, parts)) > 2:
        return None
    said = year_ref(source, j) if source.word(j) in {",", "of"} else None
    return _day_month(source, values[0], values[1], said[0] if said else None, said[1] if said else j, source.day_first)


def _day_month(source: Source, one: int, two: int, year: int | None, end: int, day_first: bool) -> Time | None:
    """Two numbers as day and month in the order of the visitor's country, or the other where that is no date."""
    for day, number in ((one, two), (two, one)) if day_first else ((two, one), (one, two)):
        if not 1 <= number <= 12:
            continue
        found = cal.safe_date(year, number, day) if year else _next_day(source, number, day)
        if found:
            return Time(one_day(found), end, "point")
    return None


def _next_day(source: Source, number: int, day: int) -> date | None:
    """The next such day of the year that is not before today (29 February may take eight years)."""
    for year in range(source.today.year, source.today.year + 9):
        found = cal.safe_date(year, number, day)
        if found and found >= source.today:
            return found
    return None


def _day_number(source: Source, i: int) -> tuple[int, int, bool] | None:
    """A day of a month, the index after it, and whether it is an ordinal."""
    ordinal = source.ordinal(i)
    if ordinal is not None:
        return (ordinal[0], ordinal[1], True) if ordinal[0] <= 31 else None
    number = source.number(i)
    if number is None or number.value != int(number.value) or not 1 <= number.value <= 31 or not number.exact:
        return None
    if number.digits and not source.word(i).isdecimal():
        return None
    return int(number.value), number.next, False


def of_month(source: Source, i: int) -> Time | None:
    """15 March, the 15th of next month, 10-15 March 2027, the 15th."""
    day = _day_number(source, i)
    if day is None or (source.glued(i) and source.words[i - 1].kind == "word"):
        return None
    first, j, is_ordinal = day
    last = first
    other = (
        _day_number(source, j + 1 + (source.word(j + 1) == "the")) if source.word(j) in _TO | {"and", "or"} else None
    )
    if other is not None and other[0] != first:
        probe = _month_after(source, other[1], other[2])
        if probe is not None:
            last, j, is_ordinal = other
    found = _month_after(source, j, is_ordinal)
    if found is not None:
        return _days_of(source, found[0], found[1], (first, last), found[2])
    bare = source.asked and source.word(i - 1) in {"the", "by"} and j == len(source.words) and source.is_number(i)
    if (not is_ordinal and not bare) or last != first:
        return None
    return _day_alone(source, i, first, j)


def _days_of(source: Source, number: int, year: int | None, days: tuple[int, int], end: int) -> Time | None:
    """One day of a month or a range of them; "the 27th to the 3rd of April" begins in the month before."""
    stop = cal.safe_date(year, number, days[1]) if year else _next_day(source, number, days[1])
    if days[0] == days[1]:
        return Time(one_day(stop), end, "point") if stop else None
    if year is None and days[0] < days[1]:  # the 10th to 15th, said on the 12th, has begun
        stop = cal.safe_date(source.today.year, number, days[1])
        if stop is None or stop < source.today:
            stop = _next_day(source, number, days[1])
    if stop is None:
        return None
    there = cal.add_months(stop.replace(day=1), -(days[0] > days[1]))
    start = cal.safe_date(there.year, there.month, days[0])
    return Time(Period(start, stop, "span"), end, "range", closing=stop) if start else None


def _day_alone(source: Source, i: int, first: int, j: int) -> Time | None:
    """ "The 15th", "on the first": the next such day."""
    digits = source.is_number(i)
    before = source.word(i - 1)
    led = before in _DETERMINERS if digits else before in {"the", "on"}
    if not led and not (digits and i == 0 and j == len(source.words)):
        return None
    follower = source.word(j)
    if j < len(source.words) and source.words[j].kind == "word" and not source.has("follows", j):
        return None
    if not digits and (follower not in {"", ".", "!"} or not (before == "on" or source.word(i - 2) == "on")):
        return None
    if [source.word(j + k) for k in range(3)] == ["of", "the", "month"]:
        j += 3
    for months in range(12):
        there = cal.add_months(source.today.replace(day=1), months)
        candidate = cal.safe_date(there.year, there.month, first)
        if candidate and candidate >= source.today:
            return Time(one_day(candidate), j, "point")
    return None


def _month_after(source: Source, i: int, is_ordinal: bool) -> tuple[int, int | None, int] | None:
    """ "of March 2027", "day of next month", "this month": month, year where said, and the index after it."""
    j = i + (source.word(i) == "day")
    separated = source.word(j) in {"of", "-", "/", "in"}
    j += separated
    j += source.word(j) == "the"
    month = source.month(j)
    if month is not None:
        year = year_ref(source, month[1], short=True)
        return month[0], year[0] if year else None, year[1] if year else month[1]
    found = source.match("this", j)
    if found is not None and source.word(found[1]) == "month" and (separated or is_ordinal):
        period = cal.step("month", source.today, int(found[0]))
        return period.first.month, period.first.year, found[1] + 1
    if separated and source.word(j) == "month" and source.word(j - 1) == "the":
        return None
    return None


def month_day(source: Source, i: int) -> Time | None:
    """March, March 2027, March 15th, March 10-15, mid-March is read by its part."""
    found = source.month(i)
    if found is None:
        return None
    number, j = found
    k = j + (source.word(j) in {"the", ","})
    year = year_ref(source, j)
    day = None if year is not None and source.whole(k, 1700, 2200) else _day_number(source, k)
    if day is not None and not source.has("unit", day[1]) and source.word(day[1]) not in {":", "%", "people"}:
        first, j, _ = day
        last, later = first, False
        at = j + 1 + (source.word(j + 1) == "the")
        other = _day_number(source, at) if source.word(j) in _TO | {"and"} else None
        if other is not None and not source.has("unit", other[1]) and _month_after(source, other[1], other[2]) is None:
            later = other[0] < first and other[2]  # "April 27th to the 3rd"
            if other[0] > first or later:
                last, j = other[0], other[1]
        year = year_ref(source, j) if source.word(j) != "in" or source.is_number(j + 1) else None
        if later:
            number = number % 12 + 1
        found_days = _days_of(source, number, year[0] if year else None, (first, last), year[1] if year else j)
        if found_days is not None:
            return found_days
        number = found[0]
    year = year_ref(source, found[1]) or (
        year_ref(source, found[1], short=True) if source.word(found[1]) == "of" else None
    )
    if year is not None:
        return Time(cal.month(year[0], number), year[1])
    period, end = cal.next_of(lambda y: cal.month(y, number), source.today), found[1]
    if source.word(end) == "in" and (years := _years(source, end + 1)):  # "March in two years"
        period, end = cal.month(period.first.year + years[0], number), years[1]
    return Time(period, end)


def _years(source: Source, i: int) -> tuple[int, int] | None:
    """ "A year", "two years": how many, and the index after them."""
    number = source.number(i)
    count, j = (1, i + 1) if source.word(i) == "a" else (int(number.value), number.next) if number else (0, i)
    unit = source.unit(j)
    return (count, unit[1]) if unit and unit[0] == "year" and 0 < count < 100 else None
