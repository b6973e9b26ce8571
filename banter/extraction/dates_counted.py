"""Time that is counted: "in 6 weeks or so", "next 30-60 days", "a month or two", "two weeks from Monday"."""

from __future__ import annotations

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_amounts import Amount, amount
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_named import named
from banter.extraction.dates_words import Source, Time

_COUNTS_FROM_NOW = frozenset({"in", "within", "inside", "w/in", "withing"})
_RECURS = frozenset({"a", "per", "each", "every", "/", "of", "old", "long", "delivery", "sprint", "contract", "notice"})
_MEASURE_WORDS = frozenset(
    {"daily", "weekly", "monthly", "experience", "worth", "late", "behind", "earlier", "overdue"}
)
#: What an amount of time is of, where it is not the time from now on; and what else is counted by time.
_OF_ITS_OWN = frozenset({"notice", "trial", "contract", "ago", "old", "back", "straight", "already", "long", "ahead"})
_RATES = frozenset(
    {"once", "twice", "times", "took", "takes", "lasted", "last", "past", "every", "per", "each", "long"}
)
_ENDS = frozenset(
    {"give", "ish", "or", "max", "tops", "minimum", "maximum", "probably", "maybe", "hopefully", "ideally", "from"}
)


def counted(source: Source, i: int) -> Time | None:
    """A day or days reached by counting, from word `i` on; a bare "6 weeks" only where nothing else is meant by it."""
    if not source.may_begin(i):
        return None
    relative = source.match("this", i)
    if relative is not None:
        return _next_some(source, i, int(relative[0]), relative[1])
    number = source.number(i)
    if number is not None and (relative := source.match("this", number.next)) is not None and int(relative[0]):
        unit = source.unit(relative[1])  # "2 upcoming weeks"
        upcoming = _upcoming(source, number.next, relative[1])
        if unit is None or not (upcoming or source.word(relative[1]).endswith("s")):
            return None
        some = Amount(number.value, number.value, unit[0], unit[1], number.exact)
        return _stretch(source, int(relative[0]), some, upcoming=upcoming)
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
    if span is None and (unit := source.unit(i)) and [source.word(unit[1] + k) for k in (0, 1)] == ["from", "now"]:
        span = Amount(1, 1, unit[0], unit[1], True)  # "year from now"
    if span is None:
        return None
    j = span.next
    j += source.word(j) in {"'", "’"}
    j += source.word(j) == "s" and source.glued(j)
    j += source.word(j) == "time"
    if (started := _starting(source, span, i, j)) is not None:
        return started
    tail, end = source.word(j), j
    before = source.word(i - 1)
    if source.asked and span.unit != "hour" and (tail == "later" or before == "after") and tail not in _RECURS:
        return _from_today(source, span, j + (tail == "later"))  # "4 months later", as an answer to "when?"
    if tail == "ago" or (tail in {"back", "earlier"} and before != "in"):
        return Time(one_day(source.count(source.today, -span.high, span.unit)), j + 1, "past")
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
    weekday = source.weekday(j) if span.unit in {"week", "fortnight"} else None
    if weekday is not None:  # "a week Friday"
        ahead = (weekday[0] - source.today.weekday()) % 7 or 7
        later = source.count(source.today, span.high, span.unit)
        return Time(one_day(cal.shift(later, ahead)), weekday[1], "point")
    if tail in {"today", "tomorrow"} and span.unit in {"week", "fortnight"}:  # "a week tomorrow"
        day = source.count(source.today, span.high, span.unit)
        return Time(one_day(cal.shift(day, tail == "tomorrow")), j + 1, "point")
    if tail in {"from", "of"} and source.word(j + 1) in {"now", "today"}:
        return _from_today(source, span, j + 2)
    marked = (
        before in _COUNTS_FROM_NOW
        or source.word(j - 1) == "time"
        or tail in {"out", "away", "hence", "max"}
        or (tail == "off" and source.asked)
    )
    if tail in {"out", "away", "hence"} or (tail == "off" and source.asked):
        end = j + 1
    marked = marked or (before == "least" and source.word(i - 3) == "for" and source.word(i - 4) == "not")
    marked = marked or (source.word(i) == "another" and before in {"for", ""})  # "not for another 6 months"
    if tail in _RECURS or tail in _MEASURE_WORDS:
        return None
    if marked and tail != "of":
        return _from_today(source, span, end)
    if source.loose and not source.is_number(i - 1) and before not in _RATES and tail not in _OF_ITS_OWN:
        return _from_today(source, span, end) if span.unit != "hour" else None
    return _from_today(source, span, end) if _alone(source, i, end) else None


def _next_some(source: Source, i: int, by: int, j: int) -> Time | None:
    """The next 30-60 days, the next few weeks, the past two quarters."""
    upcoming = _upcoming(source, i, j)
    j += source.word(j) in {"a", "of"}
    vague = source.word(j) in {"couple", "few", "several", "handful"}
    span = amount(source, j)
    if span is None and source.word(j) == "half" and (unit := source.unit(j + 1)):
        span = Amount(0.5, 0.5, unit[0], unit[1], True)
    units = source.unit(j)
    if span is None and by > 0 and units is not None and source.word(j).endswith("s") and "'" not in source.word(j):
        span = Amount(3, 3, units[0], units[1], False)  # "in the coming weeks"
    if span is None or by == 0:
        return None
    return _stretch(source, by, span._replace(exact=span.exact and not vague), upcoming=upcoming)


def _upcoming(source: Source, i: int, j: int) -> bool:
    return any(source.word(k) == "upcoming" for k in range(i, j))


def _stretch(source: Source, by: int, span: Amount, *, upcoming: bool) -> Time:
    """So many units before or after the present one: rolling days, or whole units where the convention has them."""
    count = int(min(span.high, 400))
    whole = span.high == int(span.high) and span.high >= 1
    whole = whole and (span.unit == "quarter" or (source.convention.whole_units and span.unit in cal.WHOLE))
    if by < 0:
        if whole:
            first = cal.step(span.unit, source.today, -count).first
            return Time(Period(first, cal.step(span.unit, source.today, -1).last, "span"), span.next, "past")
        yesterday = cal.shift(source.today, -1)
        first = min(yesterday, source.count(source.today, -span.high, span.unit))
        return Time(Period(first, yesterday, "span"), span.next, "past")
    if whole:
        final = cal.step(span.unit, source.today, count)
        alone = upcoming and source.convention.upcoming_is_last
        first = final.first if alone else cal.step(span.unit, source.today, 1).first
        return Time(Period(first, final.last, "span"), span.next, "duration")
    last = source.count(source.today, span.high, span.unit)
    alone = upcoming and source.convention.upcoming_is_last and span.unit == "day"
    return Time(
        Period(last if alone else min(last, cal.shift(source.today, 1)), last, "span", span.exact),
        span.next,
        "duration",
    )


def first_or_last_some(source: Source, i: int) -> Time | None:
    """ "The last week of July" is named; "the last two weeks of March", "the first ten days of May" are this."""
    start = i + (source.word(i) == "the")
    if source.word(start) not in {"last", "first", "final"}:
        return None
    span = amount(source, start + 1)
    if span is None or source.word(span.next) != "of":
        return None
    inner = named(source, span.next + 1)
    if inner is not None and inner.kind == "undated" and inner.period is None:  # next year
        inner = Time(cal.step("year", source.today, 1), inner.next)
    if inner is None or inner.period is None or inner.period.grain == "day":
        return None
    kind = "past" if inner.kind == "past" else "range"
    period, count = inner.period, int(min(span.high, 400))
    early = source.word(start) == "first"
    if span.unit == "week" and count >= 1:
        weeks = cal.weeks_inside(period)
        chosen = weeks[:count] if early else weeks[-count:]
        return Time(Period(chosen[0].first, chosen[-1].last, "span"), inner.next, kind) if chosen else None
    if early:
        after = source.count(period.first, span.high, span.unit, by_calendar=True)
        return Time(Period(period.first, cal.shift(after, -1), "span"), inner.next, kind)
    before = source.count(cal.shift(period.last, 1), -span.high, span.unit, by_calendar=True)
    return Time(Period(before, period.last, "span"), inner.next, kind)


def lasting(source: Source, time: Time) -> Time:
    """ "18 Dec for 10 days": the days from its first on; `time` itself where no length follows."""
    if time.period is None or time.period.grain != "day" or source.word(time.next) != "for" or time.kind == "past":
        return time
    span = amount(source, time.next + 1)
    if span is None or span.unit == "hour":
        return time
    return _from_day(source, span, time, span.next)


def _from_day(source: Source, span: Amount, start: Time, end: int) -> Time:
    assert start.period is not None
    first = start.period.first
    last = cal.shift(source.count(first, span.high, span.unit), -1)
    return Time(Period(first, max(first, last), "span", span.exact), end, "range")


def _starting(source: Source, span: Amount, i: int, j: int) -> Time | None:
    """ "For 3 days starting next Monday", "for 10 days from 18 December", "2 weeks starting May 20th"."""
    j += source.word(j) == ","
    if source.word(j) not in {"starting", "beginning"} and not (
        source.word(j) == "from" and source.word(i - 1) == "for"
    ):
        return None
    start = named(source, j + 1 + (source.word(j + 1) in {"on", "from"}))
    if start is None or start.period is None or start.period.grain != "day" or start.kind == "past":
        return None
    return _from_day(source, span, start, start.next)


def _from_today(source: Source, span: Amount, end: int) -> Time:
    first = source.count(source.today, span.low, span.unit)
    last = source.count(source.today, span.high, span.unit)
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
    days = [source.count(anchor, sign * n, span.unit, by_calendar=not today) for n in (span.low, span.high)]
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
