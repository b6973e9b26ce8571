"""Days and periods by name: "next Friday", "the summer", "EOM", "Easter", "first week of March"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_words import Source, Time
from banter.extraction.dates_written import (
    fiscal_period,
    month_day,
    numeric,
    of_month,
    quarter_or_half,
    year_alone,
    year_ref,
)

#: The new year or Easter of another calendar is another day, and "the tax new year" none at all.
_OTHER_CALENDARS = frozenset(
    {"chinese", "lunar", "islamic", "jewish", "persian", "orthodox", "tax", "fiscal", "school"}
)


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
    readers: tuple[Callable[[Source, int], Time | None], ...] = (of_month, quarter_or_half, year_alone)
    if source.is_number(start):
        found = [read(source, start) for read in (numeric, *readers)]
    else:
        readers += (month_day, _relative, _day, _weekday, _holiday, _season, fiscal_period)
        found = [read(source, start) for read in readers]
        found.append(_end(source, i) or _end(source, start))
    found.append(_numbered_week(source, start))
    if not nested:
        found.append(_week_of(source, start))
    best = None
    for time in found:
        if time is not None and (best is None or time.next > best.next):
            best = time
    return best


def _on(source: Source, today: date) -> Source:
    """The same message as if it were said on another day."""
    return replace(source, today=today, seen={}, numbers={})


def the_unit(source: Source, i: int) -> Time | None:
    """ "the year", "month": the current one. Only right behind "end of", "within" and their like."""
    start = i + (source.word(i) in {"the", "our", "calendar"})
    start += source.word(start) == "calendar"
    unit = source.unit(start)
    if unit is None or unit[0] not in {"day", "week", "month", "quarter", "year"} or source.word(start).endswith("s"):
        return None
    return Time(cal.current(unit[0], source.today), unit[1], "point" if unit[0] == "day" else "range")


def _relative(source: Source, i: int) -> Time | None:
    """This week, next month, the coming quarter, last year, next summer, next week Wednesday."""
    unit = source.unit(i)
    if unit is not None and source.word(unit[1]) == "after" and source.word(unit[1] + 1) == "next":
        return Time(cal.step(unit[0], source.today, 2), unit[1] + 2)
    found = source.match("this", i)
    if found is None:
        return None
    by, j = int(found[0]), found[1]
    if source.word(i) == "this" and source.word(i + 1) == "time" and source.word(i + 2) == "next":
        unit = source.unit(i + 3)
        return Time(one_day(cal.counted(source.today, 1, unit[0])), unit[1], "point") if unit else None
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
        _season(source, j)
        or _holiday(source, j)
        or month_day(source, j)
        or quarter_or_half(source, j)
        or of_month(source, j)
    )
    if inner is None or inner.period is None:
        return None
    if by < 0 and inner.period.last >= source.today:
        earlier = named(_on(source, cal.shift(source.today, -365)), j)
        return Time(earlier.period if earlier else None, inner.next, "past")
    if by > 0 and inner.period.first <= source.today and inner.period.grain != "day":
        return named(_on(source, cal.shift(inner.period.last, 1)), j)
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


def _day(source: Source, i: int) -> Time | None:
    found = source.match("day", i)
    if found is None:
        return None
    by, end = int(found[0]), found[1]
    if by == 0 and source.word(i) in {"eod", "cob", "end", "close"}:  # "EOD Friday"
        inner = named(source, end + (source.word(end) in {"on", "of"}), nested=True)
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
            return dated
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
    if source.word(end) == "week":
        return Time(one_day(cal.shift(source.today, ahead + 7)), end + 1, "point")
    return Time(one_day(cal.shift(source.today, ahead)), end, "point")


def _numbered_week(source: Source, i: int) -> Time | None:
    """Week 50, CW 7: the next week of that number in the calendar (ISO 8601)."""
    j = i + (source.word(i) == "calendar")
    if source.word(j) not in {"week", "wk", "cw", "kw"}:
        return None
    j += 1 + (source.word(j + 1) in {"number", "no", "nr", "#"})
    number = source.number(j)
    if number is None or number.value != int(number.value) or not 1 <= number.value <= 53:
        return None
    if source.word(number.next) in {"of", "to", "-", "or", "%"} or source.unit(number.next):
        return None
    for year in (source.today.year, source.today.year + 1):
        monday = cal.shift(cal.week_of(date(year, 1, 4)).first, 7 * (int(number.value) - 1))
        if cal.shift(monday, 6) >= source.today:
            return Time(cal.week_of(monday), number.next)
    return None


def _week_of(source: Source, i: int) -> Time | None:
    """The week of October 7th, first week of March, first Tuesday of October, third month of 2027."""
    if source.word(i) in {"week", "wk"} and source.word(i + 1) in {
        "of",
        "commencing",
        "starting",
        "beginning",
        "ending",
    }:
        inner = named(source, i + 2, nested=True)
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
    inner = named(source, end + 1, nested=True) or the_unit(source, end + 1)
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
    if source.word(i - 1) in _OTHER_CALENDARS:
        return None
    if (
        source.word(i) in {"holidays", "new"}
        and source.word(i) == "holidays"
        and source.word(i - 1) not in {"the", "before"}
    ):
        return None
    year = year_ref(source, end)
    if (
        source.word(i) == "new"
        and rule == "01-01"
        and source.word(i - 1) == "the"
        and source.word(i - 2) in {"in", "into"}
    ):
        january = cal.next_of(lambda y: cal.month(y, 1), cal.shift(source.today, 31))
        return Time(january._replace(precise=False), end)
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
    # "In the fall" in the last days of one means the next.
    soon = source.today if source.has("this", i - 1) else cal.shift(source.today, 14)
    return Time(cal.next_of(lambda y: cal.season(y, name), soon), end)


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
