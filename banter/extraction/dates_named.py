"""Days and periods that have a name: "31/10", "Oct 31st", "Q3", "FY27", "next Friday", "the summer", "EOM"."""

from __future__ import annotations

import re
from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_words import Source, Time

_DETERMINERS = frozenset({"the", "on", "by", "before", "until", "till", "this", "next"})
_YEAR_BEFORE = frozenset(
    "in by of year from since until till before after end early mid late during to and for".split()
)
_HALVES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "last": 2, "latter": 2}


def named(source: Source, i: int) -> Time | None:
    """The longest named day or period that begins at word `i`, or None."""
    start = i + (source.word(i) == "the")
    found = [read(source, start) for read in (_numeric, _of_month, _month, _quarter, _year, _relative, _day, _weekday)]
    found += [read(source, start) for read in (_week_of, _holiday, _season, _fiscal)]
    found.append(_end(source, i) or _end(source, start))
    best = None
    for time in found:
        if time is not None and (best is None or time.next > best.next):
            best = time
    return best


def the_unit(source: Source, i: int) -> Time | None:
    """ "the year", "month": the current one. Only right behind "end of", "within" and their like."""
    start = i + (source.word(i) in {"the", "our", "calendar"})
    start += source.word(start) == "calendar"
    unit = source.unit(start)
    if unit is None or unit[0] not in {"day", "week", "month", "quarter", "year"} or source.word(start).endswith("s"):
        return None
    return Time(cal.current(unit[0], source.today), unit[1], "point" if unit[0] == "day" else "range")


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
    if short and j <= i + 1 and (value := source.whole(j, 10, 99)) is not None and len(source.word(j)) == 2:
        if not source.has("unit", j + 1) and source.word(j + 1) not in {":", "%", "people", "to", "-", "am", "pm"}:
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


def _numeric(source: Source, i: int) -> Time | None:
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
    if any(not part.isdecimal() or len(part) > 4 for part in parts):
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
    if mark == "-" and not after_weekday or values == [24, 7] or max(map(len, parts)) > 2:
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


def _of_month(source: Source, i: int) -> Time | None:
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
    if not (
        before in _DETERMINERS if digits else before in {"the", "on"} and source.word(i - 2) in {"on", "by", "the", ""}
    ):
        if not (digits and i == 0 and j == len(source.words)):
            return None
    follower = source.word(j)
    if j < len(source.words) and source.words[j].kind == "word" and not source.has("follows", j):
        return None
    if not digits and (follower not in {"", ".", "!"} or not (before == "on" or source.word(i - 2) == "on")):
        return None
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


def _month(source: Source, i: int) -> Time | None:
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
        if source.word(j) in {"-", "–", "to"} and (other := _day_number(source, j + 1)) and other[0] > first:
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


def _quarter(source: Source, i: int) -> Time | None:
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


def _fiscal(source: Source, i: int) -> Time | None:
    """FY27, fiscal 2027, the next fiscal year, fiscal Q2."""
    found = _fiscal_year(source, i)
    if found is not None:
        return Time(cal.whole_year(found[0], source.fiscal_start), found[1])
    current = cal.next_of(lambda y: cal.whole_year(y, source.fiscal_start), source.today)
    relative = source.match("this", i)
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


def _year(source: Source, i: int) -> Time | None:
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
        if follower and follower.kind == "word" and (not follower.gap or before in {"of", "for", "and", "to"}):
            plural = follower.text.endswith("s") and not source.has("follows", found[1])
            if plural or not follower.gap:
                return None
        return Time(cal.whole_year(found[0]), found[1])
    return None


def _relative(source: Source, i: int) -> Time | None:
    """This week, next month, the coming quarter, last year, next summer, next week Wednesday."""
    found = source.match("this", i)
    if found is None:
        return None
    by, j = int(found[0]), found[1]
    nearest = "coming" in source.text[source.words[i].start : source.words[j - 1].end].lower()
    j += source.word(j) == "calendar"
    weekday = source.weekday(j)
    if weekday is not None:
        with_date = _weekday(source, j)
        if with_date is not None and with_date.next > weekday[1]:
            return with_date
        ahead = (weekday[0] - source.today.weekday()) % 7
        if by < 0:
            return Time(one_day(cal.shift(source.today, ahead - 7)), weekday[1], "past")
        if by and not nearest:
            return Time(one_day(cal.shift(cal.week_of(source.today).first, 7 + weekday[0])), weekday[1], "point")
        return Time(one_day(cal.shift(source.today, ahead or (7 if by else 0))), weekday[1], "point")
    if source.word(j) in {"weekend", "wknd"}:
        monday = cal.shift(cal.week_of(source.today).first, 7 * (0 if nearest else by))
        return Time(Period(cal.shift(monday, 5), cal.shift(monday, 6), "span"), j + 1)
    unit = source.unit(j)
    if (
        unit is not None
        and unit[0] in {"day", "week", "fortnight", "month", "quarter", "year"}
        and not _plural(source, j)
    ):
        return _unit(source, i, j, by, unit[0], unit[1])
    inner = (
        _season(source, j) or _holiday(source, j) or _month(source, j) or _quarter(source, j) or _of_month(source, j)
    )
    if inner is None or inner.period is None:
        return None
    if by < 0:
        gone = cal.shift(inner.period.last, -365) >= source.today or inner.period.last >= source.today
        return Time(_year_before(source, inner) if gone else inner.period, inner.next, "past")
    if by > 0 and inner.period.first <= source.today and inner.period.grain != "day":
        return Time(_year_after(source, inner), inner.next)
    return inner


def _plural(source: Source, i: int) -> bool:
    return source.word(i).endswith("s") and not source.word(i).endswith("'s")


def _unit(source: Source, i: int, j: int, by: int, unit: str, end: int) -> Time | None:
    period = cal.step(unit, source.today, by)
    after = end + (source.word(end) in {"-", ",", "on", "'s"})
    weekday = source.weekday(after)
    if unit == "week" and weekday is not None:  # "next week Wednesday"
        day = one_day(cal.shift(period.first, weekday[0]))
        return Time(day, weekday[1], "past" if by < 0 else "point")
    if by < 0:
        return Time(period, end, "past")
    the = source.word(i - 1) == "the" or source.word(i) == "the"
    before = source.word(i - 2) if source.word(i - 1) == "the" else source.word(i - 1)
    rolling = before in {"within", "over", "inside", "during"} or (before == "in" and the and unit != "quarter")
    if by > 0 and rolling:
        last = cal.counted(source.today, 1, unit)
        return Time(Period(cal.shift(source.today, 1), last, "span"), end, "duration")
    if unit == "year" and by > 0 and before != "before":
        return Time(None, end, "undated")
    return Time(period, end, "point" if unit == "day" else "range")


def _year_before(source: Source, time: Time) -> Period:
    assert time.period is not None
    return Period(cal.add_months(time.period.first, -12), cal.add_months(time.period.last, -12), time.period.grain)


def _year_after(source: Source, time: Time) -> Period:
    assert time.period is not None
    return Period(cal.add_months(time.period.first, 12), cal.add_months(time.period.last, 12), time.period.grain)


def _day(source: Source, i: int) -> Time | None:
    found = source.match("day", i)
    if found is None:
        return None
    by, end = int(found[0]), found[1]
    return Time(one_day(cal.shift(source.today, by)), end, "past" if by < 0 else "point")


def _weekday(source: Source, i: int) -> Time | None:
    """Friday, Friday the 13th, Monday, Feb 18, Wednesday of next week, Friday week."""
    found = source.weekday(i)
    if found is None or source.word(i - 1) in {"every", "each"}:
        return None
    number, end = found
    j = end + (source.word(end) == ",")
    j += source.word(j) == "the"
    for read in (_of_month, _month, _numeric):
        dated = read(source, j)
        if dated is not None and dated.period is not None and dated.kind == "point":
            alone = read is _of_month and source.ordinal(j) is not None and dated.next == source.ordinal(j)[1]  # type: ignore[index]
            if alone:
                break
            return dated
    ordinal = source.ordinal(j)
    if ordinal is not None and ordinal[0] <= 31:
        for days in range(0, 1200):
            day = cal.shift(source.today, days)
            if day.day == ordinal[0] and day.weekday() == number:
                return Time(one_day(day), ordinal[1], "point")
    j = end + (source.word(end) in {"of", "in"})
    week = source.match("this", j)
    if week is not None and source.word(week[1]) == "week":
        monday = cal.shift(cal.week_of(source.today).first, 7 * int(week[0]))
        return Time(one_day(cal.shift(monday, number)), week[1] + 1, "past" if int(week[0]) < 0 else "point")
    ahead = (number - source.today.weekday()) % 7 or 7
    if source.word(end) == "week":
        return Time(one_day(cal.shift(source.today, ahead + 7)), end + 1, "point")
    return Time(one_day(cal.shift(source.today, ahead)), end, "point")


def _week_of(source: Source, i: int) -> Time | None:
    """The week of October 7th, first week of March, first Tuesday of October, third month of 2027."""
    if source.word(i) in {"week", "wk"} and source.word(i + 1) in {
        "of",
        "commencing",
        "starting",
        "beginning",
        "ending",
    }:
        inner = named(source, i + 2)
        if inner is not None and inner.period is not None and inner.period.grain == "day":
            return Time(cal.week_of(inner.period.first), inner.next)
        return None
    ordinal = (-1, i + 1) if source.word(i) in {"last", "final"} else source.ordinal(i)
    if ordinal is None or ordinal[0] > 53:
        return None
    nth, j = ordinal
    weekday = source.weekday(j)
    what = "weekday" if weekday else source.word(j)
    end = weekday[1] if weekday else j + 1
    if what not in {"week", "month", "weekday"} or source.word(end) not in {"of", "in"}:
        return None
    inner = named(source, end + 1) or the_unit(source, end + 1)
    if inner is not None and inner.period is None and inner.kind == "undated":  # next year
        inner = Time(cal.step("year", source.today, 1), inner.next)
    if inner is None or inner.period is None or inner.period.grain == "day":
        return None
    period = inner.period
    if what == "month":
        return (
            Time(cal.month(period.first.year, nth), inner.next) if period.grain == "year" and 1 <= nth <= 12 else None
        )
    if weekday:
        days = [cal.shift(period.first, k) for k in range(min(400, (period.last - period.first).days + 1))]
        days = [day for day in days if day.weekday() == weekday[0]]
        return Time(one_day(days[nth if nth < 0 else nth - 1]), inner.next, "point") if nth <= len(days) else None
    weeks = cal.weeks_inside(period)
    return Time(weeks[nth if nth < 0 else nth - 1], inner.next) if nth <= len(weeks) else None


def _holiday(source: Source, i: int) -> Time | None:
    found = source.match("holiday", i)
    if found is None:
        return None
    rule, end = found
    if (
        source.word(i) in {"holidays", "new"}
        and source.word(i) == "holidays"
        and source.word(i - 1) not in {"the", "before"}
    ):
        return None
    year = year_ref(source, end)
    period = cal.holiday(rule, year[0]) if year else cal.next_of(lambda y: cal.holiday(rule, y), source.today)
    return Time(period, year[1] if year else end, "point" if period.grain == "day" else "range")


def _season(source: Source, i: int) -> Time | None:
    found = source.match("season", i)
    if found is None:
        return None
    name, end = found
    if source.word(i) in {"fall", "spring"} and source.word(i - 1) in {
        "we",
        "to",
        "they",
        "i",
        "can",
        "things",
        "numbers",
    }:
        return None
    year = year_ref(source, end)
    if year is not None:
        return Time(cal.season(year[0], name), year[1])
    return Time(cal.next_of(lambda y: cal.season(y, name), source.today), end)


def _end(source: Source, i: int) -> Time | None:
    """EOM, year-end, the end of the quarter: its last day."""
    found = source.match("end", i)
    if found is None or source.has("blocks_end", found[1]) or source.word(i - 1) in {"every", "each", "at", "a", "per"}:
        return None
    unit, end = found
    if unit == "fiscal":
        period = cal.next_of(lambda y: cal.whole_year(y, source.fiscal_start), source.today)
    else:
        period = cal.current(unit, source.today)
    year = year_ref(source, end) if unit in {"year", "fiscal"} else None
    if year is not None:
        period = cal.whole_year(year[0], source.fiscal_start if unit == "fiscal" else 1)
    return Time(one_day(period.last), year[1] if year else end, "point")
