"""Parts of periods: "early next year", "mid-March", "the end of Q3", "the second half of next month"."""

from __future__ import annotations

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period
from banter.extraction.dates_named import named, the_unit
from banter.extraction.dates_words import Source, Time

#: "We start March 1" and "half of the year" name no part; "start March", "half of March" as other languages say it do.
_LOOSE = frozenset({"start", "begin", "beginning", "half"})
_STARTERS = frozenset(
    {"we", "i", "they", "it", "to", "can", "will", "must", "should", "could", "would", "we'll", "i'll", "we'd", "i'd"}
)
_NEEDS_THE = frozenset({"end", "late", "early", "mid", "middle", "start", "later", "earlier"})


def part_of(source: Source, i: int, *, nested: bool = False) -> Time | None:
    """The part of a period that begins at word `i`, as the labels count it or the source's convention has it."""
    found = source.match("part", i)
    if found is None:
        return None
    part, j = found
    loose = source.word(j - 1) in _LOOSE or source.word(i + (source.word(i) == "the")) == "half"
    if loose and (source.month(j) is None or source.word(i - 1) in _STARTERS or not source.asked):
        return None
    j += source.word(j) == "-"
    j += source.word(j) == "around"
    inner = (None if nested else part_of(source, j, nested=True)) or named(source, j)
    if inner is not None and inner.kind == "undated" and inner.period is None:  # next year
        inner = Time(cal.step("year", source.today, 1), inner.next)
    if inner is None:
        weak = source.word(i) in _NEEDS_THE and found[1] == i + 1 and not (source.asked and part == "mid")
        inner = None if weak and source.word(j) != "the" else the_unit(source, j)
    if inner is None or inner.period is None:
        return None
    if inner.period.grain == "day":
        idiom = source.has("unit", inner.next - 1) and source.word(i - 1 - (source.word(i - 1) == "the")) == "at"
        said = part == "end" and source.word(j - 1) == "of" and not idiom
        return inner if said else None  # "by end of Friday", but not "at the end of the day it's about price"
    if not inner.period.precise:  # "early in the new year" is no sharper than "in the new year"
        return Time(inner.period, inner.next)
    period = _part(source, inner, part)
    passed = part != "earlier" and period.last < source.today <= inner.period.last and source.convention.passed_is_next
    if passed and not any(source.has("this", k) for k in range(j, inner.next)):
        later = source.on(cal.shift(inner.period.last, 1))  # "early November", said on the 21st
        again = named(later, j) or the_unit(later, j)
        if again is not None and again.period is not None:
            period = _part(source, again, part)
    kind = "point" if period.grain == "day" else "range"
    return Time(period, inner.next, "past" if inner.kind == "past" or part == "earlier" else kind)


def _part(source: Source, inner: Time, part: str) -> Period:
    period = inner.period
    assert period is not None
    by_number = period.grain == "year" and source.is_number(inner.next - 1)
    chosen = source.convention.part(period, part, by_number=by_number) or cal.part_of(period, part, source.today)
    first = max(chosen.first, source.today) if part in {"rest", "later"} else chosen.first
    return chosen._replace(first=min(first, chosen.last))
