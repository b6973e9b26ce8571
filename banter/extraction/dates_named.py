"""Days and periods by name: "next Friday", "the summer", "EOM", "Easter", "first week of March"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_feasts import read_holiday, read_season
from banter.extraction.dates_periods import (
    decade,
    fiscal_period,
    of_a_years,
    quarter_or_half,
    year_alone,
    year_ref,
    year_said,
)
from banter.extraction.dates_weeks import Inner, after_next, closest, counted_inside, numbered_week, weekend
from banter.extraction.dates_words import Source, Time
from banter.extraction.dates_written import month_day, numeric, of_month


def named(source: Source, i: int, *, nested: bool = False) -> Time | None:
    """The longest named day or period that begins at word `i`, or None; `nested`: inside "first week of"."""
    if not source.may_begin(i):
        return None
    key = (i, nested)
    if key not in source.seen:
        source.seen[key] = _longest(source, i, nested)
    return source.seen[key]


def _longest(source: Source, i: int, nested: bool) -> Time | None:
    start = i + (source.word(i) == "the")
    readers: tuple[Callable[[Source, int], Time | None], ...] = (of_month, quarter_or_half, year_alone, decade)
    if source.is_number(start):
        found = [read(source, start) for read in (numeric, *readers)]
        found.append(of_a_years(source, start, _whole_or_part))
    else:
        readers += (month_day, _relative, _day, _weekday, read_holiday, read_season, fiscal_period, _beginning)
        found = [read(source, start) for read in readers]
        found += [_end(source, i) or _end(source, start), of_a_years(source, start, _whole_or_part)]
    found += [numbered_week(source, start), after_next(source, start), weekend(source, start, 0)]
    if not nested:
        found += [counted_inside(source, start, _INNER), closest(source, start, _INNER)]
    best = None
    for time in found:
        if time is not None and (best is None or time.next > best.next):
            best = time
    return _with_weekday(source, start, best) if best is not None else None


def _with_weekday(source: Source, start: int, time: Time) -> Time:
    """ "18 July, Friday" is one day, and of the year in which it is one."""
    if time.kind != "point" or time.period is None or source.has("weekday", start) or not _dated(source, start):
        return time
    weekday = source.weekday(time.next + (source.word(time.next) in {",", "("}))
    if weekday is None or source.word(weekday[1]) == "or":
        return time
    right = _on_weekday(time.period.first, weekday[0])
    if right is None or (right != time.period.first and year_said(source, start, time.next)):
        return time
    return time._replace(period=one_day(right), next=weekday[1])


def _dated(source: Source, i: int) -> bool:
    return source.has("month", i) or source.is_number(i) or source.ordinal(i) is not None


def _on_weekday(day: date, weekday: int) -> date | None:
    """The day itself, or a year later where only then it is such a weekday."""
    later = cal.safe_date(day.year + 1, day.month, day.day)
    return next((found for found in (day, later) if found and found.weekday() == weekday), None)


def the_unit(source: Source, i: int) -> Time | None:
    """ "the year", "month": the current one. Only right behind "end of", "within" and their like."""
    start = i + (source.word(i) in {"the", "our", "calendar"})
    start += source.word(start) == "calendar"
    unit = source.unit(start)
    if (
        unit is None
        or unit[0] not in {"day", "week", "workweek", "month", "quarter", "year"}
        or source.word(start).endswith("s")
    ):
        return None
    return Time(cal.current(unit[0], source.today), unit[1], "point" if unit[0] == "day" else "range")


def _relative(source: Source, i: int) -> Time | None:
    """This week, next month, the coming quarter, last year, next summer, next week Wednesday."""
    unit = source.unit(i)
    if unit is not None and source.word(unit[1]) == "after" and source.word(unit[1] + 1) == "next":
        return Time(cal.step(unit[0], source.today, 2), unit[1] + 2)
    if source.word(i) in {"this", "same"} and source.word(i + 1) == "time" and source.word(i + 2) == "next":
        unit = source.unit(i + 3)
        return Time(one_day(source.count(source.today, 1, unit[0])), unit[1], "point") if unit else None
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
    if source.has("weekend", j):
        return weekend(source, j, 0 if nearest else by)
    unit = source.unit(j)
    if (
        unit is not None
        and unit[0] in {"day", "week", "fortnight", "month", "quarter", "year"}
        and not _plural(source, j)
    ):
        return _unit(source, i, j, by, unit[0], unit[1])
    if unit is not None and unit[0] == "workweek":
        return Time(cal.step("workweek", source.today, by), unit[1], "past" if by < 0 else "range")
    inner = (
        read_season(source, j)
        or read_holiday(source, j)
        or month_day(source, j)
        or quarter_or_half(source, j)
        or of_month(source, j)
    )
    if inner is None or inner.period is None:
        return None
    if by < 0 and inner.period.last >= source.today:
        earlier = named(source.on(cal.shift(source.today, -365)), j)
        return Time(earlier.period if earlier else None, inner.next, "past")
    if by > 0 and inner.period.first <= source.today and inner.period.grain != "day":
        return named(source.on(cal.shift(inner.period.last, 1)), j)
    return inner._replace(kind="past") if by < 0 else inner


def _plural(source: Source, i: int) -> bool:
    return source.word(i).endswith("s") and not source.word(i).endswith("'s")


def _unit(source: Source, i: int, j: int, by: int, unit: str, end: int) -> Time | None:
    period = cal.step(unit, source.today, by)
    after = end + (source.word(end) in {"-", ",", "on", "'s"})
    weekday = source.weekday(after)
    if unit == "week" and weekday is not None:  # "next week Wednesday"
        day = one_day(cal.shift(period.first, weekday[0]))
        return Time(day, weekday[1], "past" if by < 0 else "point")
    if source.word(end - 1).endswith("'s") and end < len(source.words) and source.words[end].kind == "word":
        return None  # "this year's budget"
    if by < 0:
        return Time(period, end, "past")
    the = source.word(i - 1) == "the" or source.word(i) == "the"
    before = source.word(i - 2) if source.word(i - 1) == "the" else source.word(i - 1)
    rolling = before in {"within", "over", "inside", "during"} or (before == "in" and the and unit != "quarter")
    if by > 0 and rolling:
        last = source.count(source.today, 1, unit)
        return Time(Period(cal.shift(source.today, 1), last, "span"), end, "duration")
    if unit == "fortnight" and by > 0:
        last = source.count(source.today, 1, unit)
        return Time(Period(cal.shift(source.today, 1), last, "span"), end, "duration")
    if unit == "year" and by > 0 and before != "before" and source.convention.next_year_undated:
        return Time(None, end, "undated")
    return Time(period, end, "point" if unit == "day" else "range")


def _beginning(source: Source, i: int) -> Time | None:
    """BOY, which only in capitals is no boy: as the start of the year is counted."""
    found = source.match("beginning", i)
    if found is None or not source.text[source.words[i].start : source.words[found[1] - 1].end].isupper():
        return None
    period = cal.current(found[0], source.today)
    chosen = source.convention.part(period, "start")
    if chosen is None:
        chosen = cal.part_of(period, "start", source.today)
        if chosen.last < source.today:
            chosen = cal.part_of(cal.step(found[0], source.today, 1), "start", source.today)
    return Time(chosen, found[1])


def _day(source: Source, i: int) -> Time | None:
    found = source.match("day", i)
    if found is None:
        return None
    by, end = int(found[0]), found[1]
    if (
        source.word(i) == "end"
        and source.word(i + 2) == "the"
        and source.word(i - 1 - (source.word(i - 1) == "the")) == "at"
    ):
        return None  # "at the end of the day it's about price"
    if by == 0 and source.word(i) in {"eod", "cob", "end", "close"}:  # "EOD Friday"
        j = end + (source.word(end) in {"on", "of"})
        again = source.match("day", j)
        inner = None if again is not None and int(again[0]) == 0 else named(source, j, nested=True)
        if inner is not None and inner.period is not None and inner.period.grain == "day":
            return inner
    return Time(one_day(cal.shift(source.today, by)), end, "past" if by < 0 else "point")


def _weekday(source: Source, i: int) -> Time | None:
    """Friday, Friday the 13th, Monday, Feb 18, Wednesday of next week, Friday week."""
    found = source.weekday(i)
    if found is None or source.word(i - 1) in {"every", "each"}:
        return None
    number, end = found
    j = end + (source.word(end) == ",")
    j += source.word(j) == "the"
    for read in (of_month, month_day, numeric):
        dated = read(source, j)
        if dated is not None and dated.period is not None and dated.kind == "point":
            alone = read is of_month and source.ordinal(j) is not None and dated.next == source.ordinal(j)[1]  # type: ignore[index]
            if alone:
                break
            right = None if year_said(source, j, dated.next) else _on_weekday(dated.period.first, number)
            return dated._replace(period=one_day(right)) if right else dated
    ordinal = source.ordinal(j)
    if ordinal is not None and ordinal[0] <= 31:
        for days in range(1200):
            day = cal.shift(source.today, days)
            if day.day == ordinal[0] and day.weekday() == number:
                return Time(one_day(day), ordinal[1], "point")
    j = end + (source.word(end) in {"of", "in"})
    week = source.match("this", j)
    if week is not None and source.word(week[1]) == "week":
        monday = cal.shift(cal.week_of(source.today).first, 7 * int(week[0]))
        return Time(one_day(cal.shift(monday, number)), week[1] + 1, "past" if int(week[0]) < 0 else "point")
    ahead = (number - source.today.weekday()) % 7 or 7
    if source.word(end) in {"week", "wk", "fortnight"}:  # "Tuesday week"
        later = 14 if source.word(end) == "fortnight" else 7
        return Time(one_day(cal.shift(source.today, ahead + later)), end + 1, "point")
    return Time(one_day(cal.shift(source.today, ahead)), end, "point")


def _end(source: Source, i: int) -> Time | None:
    """EOM, year-end, the end of the quarter: its last day."""
    found = source.match("end", i)
    if found is None or source.has("blocks_end", found[1]) or source.word(i - 1) in {"every", "each", "a", "per"}:
        return None
    if source.word(i - 1) == "at" and not source.asked:
        return None
    unit, end = found
    if unit == "fiscal":
        period = cal.next_of(lambda y: cal.whole_year(y, source.fiscal_start), source.today)
    else:
        period = cal.current(unit, source.today)
    year = year_ref(source, end) if unit in {"year", "fiscal"} else None
    if year is not None:
        period = cal.whole_year(year[0], source.fiscal_start if unit == "fiscal" else 1)
    end = year[1] if year else end
    chosen = source.convention.part(period, "end", by_number=year is not None)
    return Time(chosen, end) if chosen else Time(one_day(period.last), end, "point")


def _whole_or_part(source: Source, i: int) -> Time | None:
    """A named period inside a year, or the year's own half or end: "first half", "end"."""
    half = source.match("half_of_year", i)
    if half is not None:
        return Time(cal.half(source.today.year, int(half[0])), half[1])
    if source.word(i) == "end":
        return Time(one_day(date(source.today.year, 12, 31)), i + 1, "point")
    return named(source, i, nested=True)


_INNER = Inner(lambda source, i: named(source, i, nested=True), the_unit)
