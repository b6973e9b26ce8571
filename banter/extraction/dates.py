"""Dates, periods and deadlines as people write them: what they say, and the latest day that they can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import one_day
from banter.extraction.dates_convention import LABELS, Convention
from banter.extraction.dates_counted import counted, first_or_last_some, lasting
from banter.extraction.dates_named import named, the_unit
from banter.extraction.dates_parts import part_of
from banter.extraction.dates_ranges import until
from banter.extraction.dates_urgent import TALKS_ON, undated_phrase
from banter.extraction.dates_words import Source, Time, spelt
from banter.extraction.text import words

_WITHIN = frozenset(
    ["in", "within", "inside", "for", "during", "over", "throughout", "through", "before", "by", "all", "whole", "till"]
)


@dataclass(frozen=True)
class DateSpan:
    """A time and where it stands: `text == message[start:end]`; days inclusive.

    `kind`: point, range, deadline, duration, past, urgent (asap: no day), undated ("someday", a bare "next year").
    `precise`: False for what has no sharp end ("early next year", "a few weeks").
    `bound`: what the words make of the named days: "before", "until" (and including), "after", "since" (and from then
    on) or None. `closing`: the first day of what a range ends with, 1 May in "March to May"; None for the rest.
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    kind: str
    precise: bool
    bound: str | None = None
    closing: date | None = None


class _Lead(NamedTuple):
    """The small words before a time: the index after them, and what they make of it."""

    next: int
    bound: str | None = None
    deadline: bool = False
    within: bool = False
    between: bool = False


def find_dates(
    text: str,
    today: date,
    *,
    day_first: bool = False,
    fiscal_year_start: int = 1,
    asked: bool = False,
    loose: bool = False,
    convention: Convention = LABELS,
) -> list[DateSpan]:
    """Times in `text` said on `today`, in order, apart from each other; `last` is the latest day meant.

    Counted as docs/labels.md says under Timeline, or by another `convention`. `day_first`: 3/4 is the third of April.
    `fiscal_year_start`: the first month of the year that "FY27" names by the year it ends in. `asked`: the text answers
    "when?", so that "the 24" is a day. `loose`: an amount of time counts from today wherever it stands.
    """
    return list(_found(text, today, day_first, fiscal_year_start, convention, asked, loose))


@lru_cache(maxsize=64)  # several readings ask for the times of one message
def _found(
    text: str,
    today: date,
    day_first: bool,
    fiscal_year_start: int,
    convention: Convention,
    asked: bool,
    loose: bool,
) -> tuple[DateSpan, ...]:
    source = Source(text, spelt(words(text)), today, day_first, fiscal_year_start, convention, asked, loose)
    spans: list[DateSpan] = []
    i = 0
    while i < len(source.words):
        time = (undated_phrase(source, i) or _whole(source, i)) if source.may_begin(i, lead=True) else None
        if time is None:
            i += 1
            continue
        start, end = source.words[i].start, source.words[time.next - 1].end
        first, last = (time.period.first, time.period.last) if time.period else (None, None)
        kind = time.kind
        if kind != "past" and last is not None and last < today:
            kind = "past"
        precise = time.period.precise if time.period else False
        spans.append(DateSpan(start, end, text[start:end], first, last, kind, precise, time.bound, time.closing))
        i = time.next
    return tuple(spans)


def _lead(source: Source, i: int) -> _Lead:
    """What leads to a time: "by", "not before", "in around", "sometime between"; four of them at most."""
    lead = _Lead(i)
    for _ in range(4):
        j = lead.next
        found = [(kind, source.match(kind, j)) for kind in ("deadline", "after", "in")]
        kind, best = max(found, key=lambda pair: pair[1][1] if pair[1] else -1)
        if source.word(j) == "between":
            lead = lead._replace(between=True, next=j + 1)
        elif best is not None:
            bound = None if kind == "in" or best[0] == "from" else str(best[0])
            lead = _Lead(
                best[1],
                bound or lead.bound,
                lead.deadline or kind == "deadline",
                lead.within or source.word(j) in _WITHIN,
                lead.between,
            )
        else:
            break
    return lead


def _whole(source: Source, i: int) -> Time | None:
    """A time with all that stands around it: "by the end of Q3 at the latest", "between March and May"."""
    time, lead, begin = _core(source, i, within=False), _Lead(i), i
    if time is None and not source.is_number(i):
        lead = _lead(source, i)
        begin = lead.next
        time = _core(source, begin, within=lead.within) if begin > i else _when(source, i)
        if time is None and begin > i and source.word(begin) in {"now", "today"}:
            time = until(source, begin, Time(one_day(source.today), begin + 1, "point"), lead.between, _core)
            time = time if time.closing else None  # "between now and Christmas"
    if time is None:
        return None
    if source.word(i - 1) == "since" or lead.bound == "past":
        return _since(source, begin, time)
    if time.period is None:
        return time
    ends = source.match("begins", time.next)
    if lead.bound == "before" and ends is not None and ends[0] == "last":  # "before July ends"
        return Time(one_day(time.period.last), ends[1], "deadline", "until")
    named_alone = time
    time = lasting(source, time) if time.closing else until(source, begin, time, lead.between, _core)
    if time is named_alone:
        time = lasting(source, time)
    if time.kind == "past" or time.period is None:
        return time._replace(bound=lead.bound)
    return _bounded(source, begin, time, lead)


def _when(source: Source, i: int) -> Time | None:
    """ "When the new financial year starts", "once Q1 is over": its first day, or its last."""
    if not source.has("when", i):
        return None
    inner = named(source, i + 1) or the_unit(source, i + 1)
    if inner is None or inner.period is None:
        return None
    verb = source.match("begins", inner.next)
    if verb is None:
        return None
    period = inner.period
    return Time(one_day(period.first if verb[0] == "first" else period.last), verb[1], "point")


def _since(source: Source, i: int, time: Time) -> Time:
    """ "Since August" is the August that was; no answer to "when"."""
    period = time.period
    if period is not None and period.last >= source.today and period.grain not in {"day", "span"}:
        before = _core(source.on(cal.add_months(source.today, -12)), i, within=False)
        period = before.period if before and before.period and before.period.first < source.today else period
    return Time(period, time.next, "past", "since")


def _bounded(source: Source, begin: int, time: Time, lead: _Lead) -> Time:
    """The time with its deadline, its tail ("or so", "at the latest", "or later") and how it is bounded."""
    period, kind, bound = time.period, time.kind, lead.bound if time.closing is None else None
    assert period is not None
    ends = (
        source.has("end", begin + (source.word(begin) == "the")) or (source.match("part", begin) or ("",))[0] == "end"
    )
    if bound == "before" and source.convention.deadline_inside and period.grain not in {"day", "span", "rest"}:
        period = one_day(period.first if period.first > source.today else period.last)  # "before the year is out"
    bound = "until" if bound == "before" and ends else bound
    if lead.deadline and kind in {"point", "range", "duration"}:
        kind = "deadline"
    end = time.next
    tail = source.match("tail", end)
    if tail is not None:
        end, period = tail[1], period._replace(precise=period.precise and tail[0] != "hedge")
        bound = tail[0] if tail[0] in {"since", "until"} else bound
    return Time(period, end, kind, bound, time.closing)


def _core(source: Source, i: int, *, within: bool = False) -> Time | None:
    """A part of a period, a named time or a counted one at `i`: the longest."""
    if source.word(i) == "today" and source.word(i + 1) in TALKS_ON | {","} and i + 2 < len(source.words):
        return None
    best: Time | None = None
    for time in (part_of(source, i), named(source, i), counted(source, i), first_or_last_some(source, i)):
        if time is not None and (best is None or time.next > best.next):
            best = time
    if best is None and (within or (source.asked and i + 2 == len(source.words))):
        best = the_unit(source, i) if source.word(i) in {"the", "our", "calendar"} else None
    return best
