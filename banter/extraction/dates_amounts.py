"""Amounts of time: "6 weeks", "3 to 4 months", "a year and a half", "half a dozen weeks"."""

from __future__ import annotations

from typing import NamedTuple

from banter.extraction.dates_words import Source

#: "90d", "6w": only as an answer to "when?".
_LETTERS = {"d": "day", "w": "week"}


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
        j = i + 1 + (source.word(i + 1) == "of")
        j += source.word(j) in {"a", "an"}
        unit = source.unit(j)
        if source.word(j) != "dozen":
            if unit and unit[0] == "year":
                return Amount(6, 6, "month", unit[1], True)
            return Amount(0.5, 0.5, unit[0], unit[1], True) if unit and unit[0] == "month" else None
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
    j += source.word(j) == "-" and source.word(j + 1) == "ish"
    j += source.word(j) in {"ish", "odd"}
    j += source.word(j) in {"more", "-", "full", "good", "whole", "calendar", "short"}
    j += source.word(j) == "of"
    unit = source.unit(j)
    if unit is None and source.asked and source.glued(j) and source.word(j) in _LETTERS:
        unit = _LETTERS[source.word(j)], j + 1
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
        if other_end is not None and source.count(source.today, other_end.high, other_end.unit) > source.count(
            source.today, high, unit[0]
        ):
            first = source.count(source.today, low, unit[0]).toordinal() - source.today.toordinal()
            last = source.count(source.today, other_end.high, other_end.unit).toordinal() - source.today.toordinal()
            return Amount(first, last, "day", other_end.next, True)
    if unit[0] == "year" and 2 * high == int(2 * high) != 2 * int(high):  # "a year and a half" is 18 months
        return Amount(12 * low, 12 * high, "month", j, exact)
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
