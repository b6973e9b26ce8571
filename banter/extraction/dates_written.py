"""Days and periods as they are written: "31/10", "Oct 31st", "10-15 March", "Q3 FY27", "2027"."""

from __future__ import annotations

import re
from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_words import Source, Time

_DETERMINERS = frozenset({"the", "on", "by", "before", "until", "till", "this", "next"})
_YEAR_BEFORE = frozenset(
    ["in", "by", "of", "year", "from", "since", "until", "till", "before", "after", "end", "early", "mid", "late"]
) | {"during", "to", "and", "for"}
_STRICT_YEAR_BEFORE = _YEAR_BEFORE - {"of", "for", "and", "to", "end"}
_HALVES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "last": 2, "latter": 2}


def year_ref(source: Source, i: int, *, short: bool = False) -> tuple[int, int] | None:
    """A year that belongs to what stands before it: "2027", ", 2027", "of next year", "'27"; `short`: "27" too."""
    j = i
    while source.word(j) in {",", "of", "in", "/", "-", "the", "year", "."} and j < i + 3:
        j += 1
    value = source.whole(j, 1700, 2200)
    if value is not None and len(source.word(j)) == 4 and not source.has("unit", j + 1):
        j += 1
        if source.word(j) in {"a", "ad"} and source.word(j + 1) in {".", "d"}:
            j += 1
        return value, j
    found = source.match("this", j)
    if found is not None and source.word(found[1]) == "year":
        return source.today.year + int(found[0]), found[1] + 1
    if j - i <= 2 and source.word(j) in {"'", "’"} and (value := source.whole(j + 1, 0, 99)) is not None:
        return _century(value, source.today), j + 2
    counts = source.has("unit", j + 1) or source.word(j + 1) in {":", "%", "people", "to", "-", "am", "pm"}
    if short and not counts and j <= i + 1 and (value := source.whole(j, 10, 99)) is not None:
        return _century(value, source.today), j + 1
    number = source.number(j)
    if number is not None and not number.digits and 1700 <= number.value <= 2200:
        return int(number.value), number.next
    return None


def _century(two_digits: int, today: date) -> int:
    century = today.year // 100 * 100
    return century + two_digits - (100 if century + two_digits > today.year + 50 else 0)


def _full_year(written: str, today: date) -> int | None:
    if len(written) == 4:
        return int(written)
    return _century(int(written), today) if len(written) == 2 else None


def numeric(source: Source, i: int) -> Time | None:
    """2026-12-01, 1.12.2026, 12/1/26, 31/10, 2/2027, 2027-02."""
    if not source.is_number(i) or (source.glued(i) and source.words[i - 1].kind == "word"):
        return None
    dotted = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", source.word(i))
    if dotted:
        return _day_month(source, int(dotted[1]), int(dotted[2]), _full_year(dotted[3], source.today), i + 1, True)
    parts, j, mark = [source.word(i)], i + 1, source.word(i + 1)
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
    if (mark == "-" and not after_weekday) or values == [24, 7] or max(map(len, parts)) > 2:
        return None
    return _day_month(source, values[0], values[1], None, j, source.day_first)


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
    if source.word(j) in {"-", "–", "to", "and", "or"} and (other := _day_number(source, j + 1)) and other[0] > first:
        probe = _month_after(source, other[1])
        if probe is not None:
            last, j, is_ordinal = other[0], other[1], other[2]
    found = _month_after(source, j)
    if found is not None:
        number, year, end = found
        start = cal.safe_date(year, number, first) if year else _next_day(source, number, first)
        stop = cal.safe_date(start.year, number, last) if start else None
        if start is None or stop is None:
            return None
        return Time(
            one_day(stop) if last == first else Period(start, stop, "span"), end, "point" if last == first else "range"
        )
    if not is_ordinal or last != first:
        return None
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


def _month_after(source: Source, i: int) -> tuple[int, int | None, int] | None:
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
    if found is not None and source.word(found[1]) == "month":
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
        last = first
        if (
            source.word(j) in {"-", "–", "to", "thru", "through", "and"}
            and (other := _day_number(source, j + 1))
            and other[0] > first
        ):
            last, j = other[0], other[1]
        year = year_ref(source, j) if source.word(j) != "in" or source.is_number(j + 1) else None
        start = cal.safe_date(year[0], number, first) if year else _next_day(source, number, first)
        stop = cal.safe_date(start.year, number, last) if start else None
        if start and stop:
            return Time(
                Period(start, stop, "day" if first == last else "span"),
                year[1] if year else j,
                "point" if first == last else "range",
            )
    year = year_ref(source, found[1]) or (
        year_ref(source, found[1], short=True) if source.word(found[1]) == "of" else None
    )
    if year is not None:
        return Time(cal.month(year[0], number), year[1])
    return Time(cal.next_of(lambda y: cal.month(y, number), source.today), found[1])


def quarter_or_half(source: Source, i: int) -> Time | None:
    """Q3, Q1 next year, 2027-Q1, 3Q27, third quarter, H2, first half of 2027."""
    leading, j, word = None, i, source.word(i)
    if source.whole(i, 1900, 2200) and source.word(i + 1 + (source.word(i + 1) == "-")) in {"q", "h"}:
        leading, j = source.whole(i, 1900, 2200), i + 1 + (source.word(i + 1) == "-")
        word = source.word(j)
    number, end = None, j
    name = "quarter"
    if word in {"q", "h"} and source.is_number(j + 1) and source.glued(j + 1):
        digits = re.fullmatch(r"([1-4])(?:['’](\d{2}))?", source.word(j + 1))
        if digits and not (word == "h" and int(digits[1]) > 2):
            number, end, name = int(digits[1]), j + 2, "quarter" if word == "q" else "half"
            leading = _century(int(digits[2]), source.today) if digits[2] else leading
    elif source.whole(j, 1, 4) and source.word(j + 1) in {"q", "h"} and source.glued(j + 1):
        number, end, name = source.whole(j, 1, 4), j + 2, "quarter" if source.word(j + 1) == "q" else "half"
        if name == "half" and number and number > 2:
            return None
    elif word in {"quarter", "qtr"} and (value := source.number(j + 1)) and value.value in {1, 2, 3, 4}:
        number, end = int(value.value), value.next
        if source.has("unit", end):
            return None
    elif (ordinal := source.ordinal(j)) is not None or word == "last":
        value_at, after = ordinal or (4, j + 1)
        if source.word(after) in {"quarter", "qtr"} and value_at <= 4:
            number, end = value_at, after + 1
            if word == "last" and year_ref(source, end) is None and source.word(end + 1) != "the":
                return None
        elif source.word(after) == "half" and word in _HALVES and source.word(after + 1) != "hour":
            number, end, name = _HALVES[word], after + 1, "half"
            if not (year_ref(source, end) or source.word(end) in {"", ".", ",", "of"}):
                return None
    if number is None:
        return None
    make = cal.quarter if name == "quarter" else cal.half
    fiscal = _fiscal_year(source, end + (source.word(end) in {"of", "-", "/"}))
    if fiscal is not None:
        return Time(make(fiscal[0], number, source.fiscal_start), fiscal[1])
    year = (
        year_ref(source, end, short=source.glued(end) or source.word(end) == "-") if leading is None else (leading, end)
    )
    if year is not None:
        return Time(make(year[0], number), year[1])
    for there in ("of the year", "of the calendar year"):
        if " ".join(source.word(end + k) for k in range(len(there.split()))) == there:
            end += len(there.split())
    return Time(cal.next_of(lambda y: make(y, number), source.today), end)


def _fiscal_year(source: Source, i: int) -> tuple[int, int] | None:
    found = source.match("fiscal", i)
    if found is None:
        return None
    j = found[1] + (source.word(found[1]) in {"'", "’", "-"})
    j += source.word(j) == "year"
    value = source.whole(j, 0, 2200)
    if value is None or len(source.word(j)) not in {2, 4}:
        return None
    end = j + 1
    if source.word(end) in {"/", "-"} and source.whole(end + 1, 0, 99) is not None:  # FY26/27
        value, end = source.whole(end + 1, 0, 99) or 0, end + 2
    return (value if value > 99 else 2000 + value), end


def fiscal_period(source: Source, i: int) -> Time | None:
    """FY27, fiscal 2027, the next fiscal year, fiscal Q2."""
    found = _fiscal_year(source, i)
    if found is not None:
        return Time(cal.whole_year(found[0], source.fiscal_start), found[1])
    relative = source.match("this", i)
    if relative is None and not source.has("fiscal", i):
        return None
    current = cal.next_of(lambda y: cal.whole_year(y, source.fiscal_start), source.today)
    if relative is not None and (name := source.match("fiscal", relative[1])) is not None:
        year = cal.add_months(current.last, 12 * int(relative[0])).year
        return Time(cal.whole_year(year, source.fiscal_start), name[1])
    name = source.match("fiscal", i)
    if name is not None and source.word(name[1]) == "q" and (number := source.whole(name[1] + 1, 1, 4)):
        period = cal.next_of(lambda y: cal.quarter(y, number, source.fiscal_start), source.today)
        return Time(period, name[1] + 2)
    if name is not None and source.word(i) != "fiscal":
        return Time(current, name[1]) if source.word(i - 1) in {"the", "our", "of", "this"} else None
    return None


def year_alone(source: Source, i: int) -> Time | None:
    """2027, in 2027, the year 2027, in two thousand and twenty."""
    j = i + (source.word(i) == "year")
    j += source.word(j) == "of" and j > i
    before = source.word(i - 1) if j == i else "year"
    found = (
        year_ref(source, j) if source.word(j) not in {",", "of", "in", "/", "-", "the", "year", ".", "'", "’"} else None
    )
    if found is None or source.has("this", j):
        return None
    if source.glued(j) and source.word(j - 1) not in {"-", "(", "/", "–"}:
        return None
    if source.words[found[1] - 1].end < len(source.text) and source.text[source.words[found[1] - 1].end] in "%$€£":
        return None
    if before in _YEAR_BEFORE or (source.is_number(j) and 2020 <= found[0] <= 2039):
        follower = source.words[found[1]] if found[1] < len(source.words) else None
        if follower and follower.kind == "word" and (not follower.gap or before not in _STRICT_YEAR_BEFORE):
            plural = follower.text.endswith("s") and not source.has("follows", found[1])
            if plural or not follower.gap:
                return None
        return Time(cal.whole_year(found[0]), found[1])
    return None
