"""Dates, periods and deadlines as people write them: what they say, and the latest day that they can mean."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_counted import amount, counted
from banter.extraction.dates_named import named, the_unit
from banter.extraction.dates_words import Source, Time
from banter.extraction.text import words

_NEEDS = frozenset(
    {"need", "needed", "want", "start", "starting", "begin", "buy", "go", "live", "ready", "get", "do", "asap"}
)
_NEEDS |= {
    "must",
    "have",
    "wanted",
    "ideally",
    "preferably",
    "like",
    "yesterday",
    "implement",
    "switch",
    "launch",
    "us",
}
_TALKS_ON = frozenset({"we", "i", "our", "they", "it", "everything", "people", "most", "my", "he", "she", "is", "it's"})
_TALKS_ON |= {"we're", "i'm", "all", "the", "there", "you", "that", "using", "that's", "were", "was", "had"}
_NOW = frozenset({"now", "right", "like"})
_PLAIN_NUMBER_BEFORE = frozenset(
    {"takes", "take", "in", "within", "for", "every", "only", "than", "about", "least", "spend"}
)
_ABOUT = frozenset({"about", "around", "sometime", "roughly", "approximately", "approx", "circa", "towards", "toward"})


@dataclass(frozen=True)
class DateSpan:
    """A time and where it stands: `text == message[start:end]`; days inclusive.

    `kind`: point, range, deadline, duration, past, urgent (asap: no day), undated ("someday", a bare "next year").
    `precise`: False for what has no sharp end ("early next year", "a few weeks").
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    kind: str
    precise: bool


class _Lead(NamedTuple):
    """The small words before a time: the index after them, and what they make of it."""

    next: int
    deadline: bool
    after: bool
    within: bool
    between: bool
    before: bool
    about: bool


def find_dates(text: str, today: date, *, day_first: bool = False, fiscal_year_start: int = 1) -> list[DateSpan]:
    """Times in `text` said on `today`, in order, apart from each other; `last` is the latest day meant.

    Counted as docs/labels.md says under Timeline. `day_first`: 3/4 is the third of April. `fiscal_year_start`: the
    first month of the year that "FY27" names by the year it ends in.
    """
    source = Source(text, words(text), today, day_first, fiscal_year_start)
    spans: list[DateSpan] = []
    i = 0
    while i < len(source.words):
        time = (_phrase(source, i) or _whole(source, i)) if source.may_begin(i, lead=True) else None
        if time is None:
            i += 1
            continue
        start, end = source.words[i].start, source.words[time.next - 1].end
        first, last = (time.period.first, time.period.last) if time.period else (None, None)
        kind = time.kind
        if kind != "past" and last is not None and last < today:
            kind = "past"
        precise = time.period.precise if time.period else False
        spans.append(DateSpan(start, end, text[start:end], first, last, kind, precise))
        i = time.next
    return spans


def _phrase(source: Source, i: int) -> Time | None:
    """ "asap" and "someday": words that give no day, where they are not part of some other sentence."""
    undated = source.match("undated", i)
    urgent = source.match("urgent", i)
    if source.word(i) == "soon" and source.word(i - 1) == "as":
        undated = None  # "as soon as the contract is signed"
    if undated is not None and (urgent is None or undated[1] >= urgent[1]):
        if source.word(i) == "one" and source.word(i - 1) in _PLAIN_NUMBER_BEFORE:
            return None
        return Time(None, undated[1], "undated")
    if urgent is not None and _is_urgent(source, i, urgent[1]):
        return Time(None, urgent[1], "urgent")
    if source.word(i) == "yesterday" and all(source.has("filler", k) for k in range(len(source.words)) if k != i):
        return Time(None, i + 1, "urgent")
    return None


def _is_urgent(source: Source, i: int, end: int) -> bool:
    """ "need it now" is urgent; "right now we use spreadsheets" and "not urgent" are not."""
    near = {source.word(k) for k in range(max(0, i - 6), i)}
    if source.word(i) == "urgent" or source.word(i) == "urgently":
        return not {"not", "isn't", "nothing", "less"} & near
    if not {source.word(k) for k in range(i, end)} <= _NOW:
        return True
    if source.word(end) in _TALKS_ON or source.word(i - 1) in {
        "by",
        "until",
        "and",
        "just",
        "for",
        "till",
        "are",
        "we",
    }:
        return False
    if source.word(i - 1) == "from" or {"not", "don't", "using", "use", "currently", "as", "can't"} & near:
        return False
    return bool(_NEEDS & near) or len(source.words) <= 3


def _lead(source: Source, i: int) -> _Lead:
    j = i
    deadline = after = within = between = before = about = False
    for _ in range(4):
        found = {kind: source.match(kind, j) for kind in ("deadline", "after", "in")}
        best = max((pair for pair in found.items() if pair[1]), key=lambda pair: pair[1][1], default=None)  # type: ignore[index]
        if source.word(j) == "between":
            between, j = True, j + 1
        elif best is not None and best[1] is not None:
            kind, end = best[0], best[1][1]
            deadline, after = deadline or kind == "deadline", after or kind == "after"
            within = within or source.word(j) in {
                "in",
                "within",
                "inside",
                "for",
                "during",
                "over",
                "throughout",
                "through",
            }
            within = within or source.word(j) in {"before", "by"}
            before = before or source.word(j) in {"before", "prior", "ahead"}
            about = about or source.word(j) in _ABOUT
            j = end
        else:
            break
    return _Lead(j, deadline, after, within, between, before, about)


def _whole(source: Source, i: int) -> Time | None:
    """A time with all that stands around it: "by the end of Q3 at the latest", "between March and May"."""
    time, lead = _core(source, i, within=False), _Lead(i, False, False, False, False, False, False)
    if time is None and not source.is_number(i):
        lead = _lead(source, i)
        time = _core(source, lead.next, within=lead.within) if lead.next > i else None
    if time is None:
        return None
    if source.word(i - 1) == "since":
        gone = time.period is not None and time.period.last < source.today
        return Time(time.period if gone else None, time.next, "past")
    if time.period is None:
        return time
    time = _until(source, time, lead)
    period, kind = time.period, time.kind
    assert period is not None
    if kind == "past":
        return time
    if lead.before and period.grain not in {"day", "span"}:
        period = one_day(period.first if period.first > source.today else period.last)  # "before the year is out"
    elif lead.before and (period.first.month, period.first.day) == (12, 25):
        period = one_day(cal.shift(period.first, -1))  # before Christmas is before its eve is over
    if lead.deadline and kind in {"point", "range", "duration"}:
        kind = "deadline"
    end = time.next
    tail = source.match("tail", end)
    if tail is not None:
        end, period = tail[1], period._replace(precise=period.precise and tail[0] != "hedge")
    return Time(period, end, kind)


def _core(source: Source, i: int, *, within: bool) -> Time | None:
    """A part of a period, a named time or a counted one at `i`: the longest."""
    if source.word(i) == "today" and source.word(i + 1) in _TALKS_ON | {","} and i + 2 < len(source.words):
        return None
    best: Time | None = None
    for time in (_part(source, i), named(source, i), counted(source, i), _last_some(source, i)):
        if time is not None and (best is None or time.next > best.next):
            best = time
    if best is None and within:
        best = the_unit(source, i) if source.word(i) in {"the", "our", "calendar"} else None
    return best


def _last_some(source: Source, i: int) -> Time | None:
    """ "the last week of July" is named; "the last two weeks of March" is this."""
    start = i + (source.word(i) == "the")
    if source.word(start) not in {"last", "first", "final"}:
        return None
    span = amount(source, start + 1)
    if span is None or source.word(span.next) != "of":
        return None
    inner = named(source, span.next + 1)
    if inner is None or inner.period is None:
        return None
    if source.word(start) == "first":
        return Time(
            Period(inner.period.first, cal.counted(inner.period.first, span.high, span.unit), "span"), inner.next
        )
    return Time(Period(cal.counted(inner.period.last, -span.high, span.unit), inner.period.last, "span"), inner.next)


def _part(source: Source, i: int, *, nested: bool = False) -> Time | None:
    """Early next year, mid-March, the end of Q3, the second half of next month, the rest of the year."""
    found = source.match("part", i)
    if found is None:
        return None
    part, j = found
    j += source.word(j) == "-"
    inner = (None if nested else _part(source, j, nested=True)) or named(source, j)
    if inner is not None and inner.kind == "undated" and inner.period is None:  # next year
        inner = Time(cal.step("year", source.today, 1), inner.next)
    if inner is None:
        weak = source.word(i) in {"end", "late", "early", "mid", "middle", "start", "later"} and found[1] == i + 1
        inner = None if weak and source.word(j) != "the" else the_unit(source, j)
    if inner is None or inner.period is None:
        return None
    if inner.period.grain == "day":
        return inner if part == "end" and source.word(j - 1) == "of" else None  # "by end of Friday"
    if not inner.period.precise:  # "early in the new year" is no sharper than "in the new year"
        return Time(inner.period, inner.next)
    period = cal.part_of(inner.period, part, source.today)
    if period.last < source.today <= inner.period.last and not any(source.has("this", k) for k in range(j, inner.next)):
        later = replace(
            source, today=cal.shift(inner.period.last, 1), seen={}, numbers={}
        )  # "early November", said on the 21st
        again = named(later, j) or the_unit(later, j)
        if again is not None and again.period is not None:
            period = cal.part_of(again.period, part, source.today)
    return Time(period, inner.next, "past" if inner.kind == "past" else "range")


def _until(source: Source, time: Time, lead: _Lead) -> Time:
    """The range that `time` begins, where "to", "and" or "or" goes on to another period."""
    joint, j = source.word(time.next), time.next + 1
    joints = {"to", "-", "–", "until", "till", "through", "thru"} | ({"and", "&"} if lead.between else set())
    if joint == "to" and time.kind in {"deadline", "duration"}:
        return time
    assert time.period is not None
    if joint in {"or", "/", "and"} and time.period.grain not in {"day"} and joint not in joints:
        joints = joints | {"or", "/"}
    if joint not in joints:
        return time
    if source.word(j) in {"now", "present"}:
        first = time.period.first if time.period.first <= source.today else cal.add_months(time.period.first, -12)
        return Time(Period(first, source.today, "span"), j + 1, "past")
    j = source.match("in", j)[1] if source.match("in", j) else j  # type: ignore[index]
    if joint in {"or", "and"} and source.match("deadline", j):
        return time
    second = _core(source, j, within=False)
    if second is None or second.period is None or second.kind in {"past", "duration"}:
        return time
    if joint in {"or", "/"} and (second.period.grain == "day") != (time.period.grain == "day"):
        return time
    first, last = time.period.first, second.period.last
    if last < time.period.last:
        if joint in {"or", "/"}:
            return time
        first = cal.add_months(first, -12) if cal.shift(last, 366) > time.period.last else first
        if first > last:
            return time
    if time.kind == "past" and last < source.today:
        return Time(Period(first, last, "span"), second.next, "past")
    return Time(Period(first, last, "span", time.period.precise and second.period.precise), second.next, "range")
