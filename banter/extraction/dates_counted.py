"""Time that is counted: "in 6 weeks or so", "next 30-60 days", "a month or two", "two weeks from Monday"."""

from __future__ import annotations

from typing import NamedTuple

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_named import named
from banter.extraction.dates_words import Source, Time

_COUNTS_FROM_NOW = frozenset({"in", "within", "inside", "w/in", "withing"})
_RECURS = frozenset({"a", "per", "each", "every", "/", "of", "old", "long", "delivery", "sprint", "contract", "notice"})
_MEASURE_WORDS = frozenset(
    {"daily", "weekly", "monthly", "experience", "worth", "late", "behind", "earlier", "overdue"}
)
_ENDS = frozenset({"max", "tops", "minimum", "maximum", "probably", "maybe", "hopefully", "ideally", "from"})


class Amount(NamedTuple):
    """An amount of time: from `low` to `high` units, and the index after it."""

    low: float
    high: float
    unit: str
    next: int
    exact: bool


def amount(source: Source, i: int, *, nested: bool = False) -> Amount | None:
    """ "6 weeks", "3 to 4 months", "a couple of months", "a year and a half", "half a year", "a fortnight"."""
    if not source.may_begin(i) or (source.glued(i) and source.words[i - 1].kind == "word"):
        return None
    if source.word(i) == "half":
        j = i + 1 + (source.word(i + 1) in {"a", "an"})
        unit = source.unit(j)
        return Amount(0.5, 0.5, unit[0], unit[1], True) if unit and unit[0] in {"year", "month"} else None
    if (part := _part_of_a_year(source, i)) is not None:
        return part
    number = source.number(i)
    if number is not None:
        low = high = number.value
        exact, j = number.exact, number.next
        if source.word(j) in {"-", "–", "to", "or"} and (other := source.number(j + 1)) is not None:
            low, high, exact, j = min(low, other.value), max(low, other.value), other.exact, other.next
    elif source.word(i) in {"a", "an"}:
        low = high = 1.0
        exact, j = True, i + 1
    else:
        return None
    j += source.word(j) in {"more", "-", "full", "good", "whole", "calendar", "short"}
    j += source.word(j) == "of"
    unit = source.unit(j)
    if unit is None:
        return None
    if unit[0] == "day" and source.word(i) in {"a", "an"} and source.word(unit[1]) in {"and", "off", "job"}:
        return None
    j = unit[1]
    tail = [source.word(j + k) for k in range(3)]
    if tail == ["and", "a", "half"]:
        low, high, j = low + 0.5, high + 0.5, j + 3
    elif (
        tail[0] == "or"
        and (more := source.number(j + 1)) is not None
        and low == high
        and (source.unit(more.next) is None or source.unit(more.next) == (unit[0], more.next + 1))
    ):
        if more.value > 12:
            return Amount(low, high, unit[0], j, exact)
        if source.unit(more.next) is None and source.word(more.next) not in {"%"}:  # "a month or two"
            high, j = max(high, more.value), more.next
        elif (same := source.unit(more.next)) is not None and same[0] == unit[0]:
            high, j = max(high, more.value), same[1]
    elif tail[0] in {"to", "-", "or", "–"} and low == high:  # "6 weeks to 2 months"
        other_end = None if nested else amount(source, j + 1, nested=True)
        if other_end is not None and cal.counted(source.today, other_end.high, other_end.unit) > cal.counted(
            source.today, high, unit[0]
        ):
            first = cal.counted(source.today, low, unit[0]).toordinal() - source.today.toordinal()
            last = cal.counted(source.today, other_end.high, other_end.unit).toordinal() - source.today.toordinal()
            return Amount(first, last, "day", other_end.next, True)
    return Amount(low, high, unit[0], j, exact)


def _part_of_a_year(source: Source, i: int) -> Amount | None:
    """ "a quarter of a year", "three quarters of a year", "3/4 of a year", in months."""
    many = {"a": 3, "one": 3, "three": 9, "3": 9}.get(source.word(i))
    if many is None:
        return None
    if source.word(i + 1) == "/" and source.word(i + 2) == "4":
        j = i + 3
    elif source.word(i + 1) in {"quarter", "quarters"}:
        j = i + 2
    else:
        return None
    if [source.word(j + k) for k in range(3)] in (["of", "a", "year"], ["of", "the", "year"]):
        return Amount(many, many, "month", j + 3, True)
    return None


def counted(source: Source, i: int) -> Time | None:
    """A day or days reached by counting, from word `i` on; a bare "6 weeks" only where nothing else is meant by it."""
    if not source.may_begin(i):
        return None
    relative = source.match("this", i)
    if relative is not None:
        return _next_some(source, i, int(relative[0]), relative[1])
    number = source.number(i)
    if number is not None:
        weekdays = source.match("weekday", number.next)
        after = weekdays[1] if weekdays else 0
        if weekdays and source.word(after) == "from" and source.word(after + 1) in {"now", "today"}:
            ahead = (weekdays[0] - source.today.weekday()) % 7 or 7
            day = cal.shift(source.today, ahead + 7 * (int(min(number.value, 5000)) - 1))
            return Time(one_day(day), after + 2, "point")
    span = amount(source, i + (source.word(i) in {"another", "the"} and source.number(i + 1) is not None))
    if span is None and source.word(i) == "another" and (unit := source.unit(i + 1)):
        span = Amount(1, 1, unit[0], unit[1], True)
    if span is None:
        return None
    j = span.next
    j += source.word(j) in {"'", "’"}
    j += source.word(j) == "s" and source.glued(j)
    j += source.word(j) == "time"
    tail, end = source.word(j), j
    before = source.word(i - 1)
    if tail == "ago" or (tail in {"back", "earlier"} and before != "in"):
        return Time(one_day(cal.counted(source.today, -span.high, span.unit)), j + 1, "past")
    if before in {"last", "past"} or source.word(i - 2) in {"last", "past"}:
        return None
    if tail in {"from", "after", "before", "following", "past"} or (
        tail == "on" and span.unit in {"week", "fortnight"}
    ):
        anchored = _anchored(source, span, j, tail)
        if anchored is not None:
            return anchored
        if tail != "from" or source.word(j + 1) not in {"now", "today"}:
            return None  # "30 days after signing"
    if tail in {"from", "of"} and source.word(j + 1) in {"now", "today"}:
        return _from_today(source, span, j + 2)
    marked = before in _COUNTS_FROM_NOW or source.word(j - 1) == "time" or tail in {"out", "away", "hence", "max"}
    if tail in {"out", "away", "hence"}:
        end = j + 1
    marked = marked or (source.word(i) == "another" and before in {"for", ""})  # "not for another 6 months"
    if tail in _RECURS or tail in _MEASURE_WORDS:
        return None
    if marked and tail != "of":
        return _from_today(source, span, end)
    return _from_today(source, span, end) if _alone(source, i, end) else None


def _next_some(source: Source, i: int, by: int, j: int) -> Time | None:
    """The next 30-60 days, the next few weeks, the past two quarters."""
    j += source.word(j) in {"a", "of"}
    vague = source.word(j) in {"couple", "few", "several", "handful"}
    span = amount(source, j)
    if span is None and source.word(j) == "half" and (unit := source.unit(j + 1)):
        span = Amount(0.5, 0.5, unit[0], unit[1], True)
    units = source.unit(j)
    if span is None and by > 0 and units is not None and source.word(j).endswith("s"):
        span = Amount(3, 3, units[0], units[1], False)  # "in the coming weeks"
    if span is None or by == 0:
        return None
    whole = span.unit == "quarter" and span.high == int(span.high)
    if by < 0:
        if whole:
            first = cal.step("quarter", source.today, -int(min(span.high, 400))).first
            return Time(Period(first, cal.step("quarter", source.today, -1).last, "span"), span.next, "past")
        first = cal.counted(source.today, -span.high, span.unit)
        return Time(Period(first, cal.shift(source.today, -1), "span"), span.next, "past")
    if whole:
        last = cal.step("quarter", source.today, int(min(span.high, 400))).last
        return Time(Period(cal.step("quarter", source.today, 1).first, last, "span"), span.next, "duration")
    last = cal.counted(source.today, span.high, span.unit)
    return Time(Period(cal.shift(source.today, 1), last, "span", span.exact and not vague), span.next, "duration")


def _from_today(source: Source, span: Amount, end: int) -> Time:
    first = cal.counted(source.today, span.low, span.unit)
    last = cal.counted(source.today, span.high, span.unit)
    return Time(Period(first, last, "day", span.exact), end, "duration")


def _anchored(source: Source, span: Amount, j: int, tail: str) -> Time | None:
    """ "two weeks from Monday", "three months after Easter", "5 days before new year"."""
    inner = named(source, j + 1)
    if inner is None or inner.period is None or (inner.kind == "past" and inner.period.grain != "day"):
        return None
    back = tail == "before"
    anchor = inner.period.first if back else inner.period.last
    today = anchor == source.today
    sign = -1 if back else 1
    days = [cal.counted(anchor, sign * n, span.unit, by_calendar=not today) for n in (span.low, span.high)]
    past = max(days) < source.today
    kind = "past" if past else "duration" if today else "point"
    return Time(Period(min(days), max(days), "day"), inner.next, kind)


def _alone(source: Source, i: int, end: int) -> bool:
    """True when nothing but fillers stands between the start of the clause and `i`, and nothing is counted after it."""
    follower = source.words[end] if end < len(source.words) else None
    counts_on = follower is not None and follower.kind == "word" and not source.has("follows", end)
    if counts_on and source.word(end) not in _ENDS:
        return False
    unit = source.unit(end - 1)
    if unit is not None and unit[0] == "hour":
        return False
    for k in range(i - 1, max(-1, i - 12), -1):
        if source.words[k].kind == "mark" and source.words[k].text in {",", ".", "!", "?", ";", ":", "(", "-", "–"}:
            return True
        if not source.has("filler", k) and source.words[k].kind != "mark":
            return False
    return True
