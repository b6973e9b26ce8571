"""Ranges: what "to", "and", "or" and a dash join to the period before them."""

from __future__ import annotations

from collections.abc import Callable

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period
from banter.extraction.dates_periods import year_said
from banter.extraction.dates_words import Source, Time

_JOINTS = frozenset({"to", "-", "–", "—", "~", "until", "till", "through", "thru"})
_CHOICES = frozenset({"or", "/"})
_NOW = frozenset({"now", "present", "date"})


def until(source: Source, i: int, time: Time, between: bool, core: Callable[[Source, int], Time | None]) -> Time:
    """The range that `time`, read from word `i` on, begins; `time` itself where none follows. `core` reads a period."""
    joint, j = source.word(time.next), time.next + 1
    period = time.period
    assert period is not None
    if joint == "to" and time.kind in {"deadline", "duration"}:
        return time
    joints = _JOINTS | ({"and", "&"} if between else set())
    if joint in {"or", "/", "and"} and period.grain != "day" and joint not in joints:
        joints = joints | _CHOICES
    if joint not in joints or (joint == "~" and not between and not source.is_number(j)):
        return time
    if source.word(j) in _NOW:
        first = period.first if period.first <= source.today else cal.add_months(period.first, -12)
        return Time(Period(first, source.today, "span"), j + 1, "past", closing=source.today)
    lead = source.match("in", j)
    j = lead[1] if lead else j
    if joint in {"or", "and"} and source.match("deadline", j):
        return time
    second = core(source, j)
    if second is None or second.period is None or second.kind == "duration":
        return time
    if joint in _CHOICES and (second.period.grain == "day") != (period.grain == "day"):
        return time
    if second.kind == "past" and (joint in _CHOICES or second.period.last < period.first):
        return time
    return _joined(source, (i, j), (time, second), joint, core)


def _joined(
    source: Source,
    starts: tuple[int, int],
    times: tuple[Time, Time],
    joint: str,
    core: Callable[[Source, int], Time | None],
) -> Time:
    """Both ends as one range, with the year that only one of them names."""
    time, second = times
    assert time.period is not None
    assert second.period is not None
    first, last, closing = time.period.first, second.period.last, second.period.first
    years = [year_said(source, start, t.next) for start, t in zip(starts, times, strict=True)]
    fixed = any(source.has("this", k) or source.has("weekday", k) for k in range(starts[0], time.next))
    if years[1] and not years[0] and not fixed and last.year != first.year:  # "Nov to Feb 2027"
        first = cal.add_months(first, -12 * max(0, first.year - closing.year))
        first = first if first <= closing else cal.add_months(first, -12)
        first = cal.add_months(
            first, 12 * max(0, closing.year - first.year - (closing < first.replace(year=closing.year)))
        )
    elif last < time.period.last:
        if joint in _CHOICES:
            return _later_choice(source, starts[1], time, second, core)
        again = core(source.on(cal.shift(first, 1)), starts[1]) if years[0] or source.weekday(starts[1]) else None
        # "Monday to Friday", "Dec 20 2026 to Jan 5"
        if again is not None and again.period is not None and not years[1]:
            last, closing = again.period.last, again.period.first
        elif cal.shift(last, 366) > time.period.last:
            first = cal.add_months(first, -12)
        if first > last:
            return time
    ends = (source.match("part", starts[1]) or ("",))[0] == "end" or source.has("end", starts[1])
    span = Period(first, last, "span", time.period.precise and second.period.precise)
    gone = time.kind == "past" and last < source.today
    return Time(span, second.next, "past" if gone else "range", closing=None if joint in _CHOICES or ends else closing)


def _later_choice(source: Source, i: int, time: Time, second: Time, core: Callable[[Source, int], Time | None]) -> Time:
    """ "Q3 or Q4", said in Q4: the Q4 after that Q3. Only of quarters and halves, where nobody counts backwards."""
    assert time.period is not None
    assert second.period is not None
    again = core(source.on(cal.shift(time.period.last, 1)), i)
    if second.period.grain not in {"quarter", "half"} or again is None or again.period is None:
        return time
    if year_said(source, i, second.next) or time.period.grain != second.period.grain:
        return time
    return Time(Period(time.period.first, again.period.last, "span"), again.next)
