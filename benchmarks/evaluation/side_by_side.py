"""Days and amounts of our own answers, read by us and by the libraries, each given its fairest chance.

A library is asked with and without telling it that "when?" or "how much?" had been asked (then a bare duration counts
from today, and a bare figure is money); where nothing may be found, without. It may find several times or amounts;
the first, the last and the latest (largest) are tried, and for amounts the whole from the least to the most, and it
is measured by whichever is right most often over all rows. The day is the last day of its interval, and where it
gives an interval, the day that it ends before is right too. "$" is the US dollar, "£" sterling. Three measures each,
because a library need not know our conventions: days exact, at most 3 days off, and the same band; amounts by their
top figure (a ceiling, or else the floor), by both bounds, and with the currency. A period is known to no library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from banter.extraction.signals import band_of
from benchmarks.evaluation.answers import has_amount, of_dimension
from benchmarks.evaluation.arithmetic import Estimate, share_of
from benchmarks.evaluation.libraries import Library
from benchmarks.evaluation.readings import Pair, Row, Set
from benchmarks.evaluation.tables import percent, table

Found = list[dict[str, Any]]
Bounds = tuple[float | None, float | None, str | None]


def sections(found: Set, libraries: Sequence[Library]) -> Iterator[str]:
    """Both comparisons, as Markdown."""
    yield "## Days, beside the libraries"
    yield table(
        ["", "rows", "exact", "3 days off at most", "same band", "nothing read where no day is said"],
        _days(found, libraries),
    )
    yield "## Amounts, beside the libraries"
    yield table(
        ["", "rows", "top figure", "both bounds", "bounds and currency", "nothing read where none is said"],
        _amounts(found, libraries),
    )


def _days(found: Set, libraries: Sequence[Library]) -> Iterator[list[object]]:
    timeline = of_dimension(found.answers, "timeline")
    dated = [p for p in timeline if "days_max" in p.row]
    silent = [p for p in timeline if "days_max" not in p.row]
    ours = [{p.given["days_max"]} - {None} for p in dated]
    yield _line("Banter", dated, DAYS, [ours], silent, [p.given["days_max"] is not None for p in silent])
    for library in _reading(libraries, "time"):
        ways = []
        for asked in (True, False):
            replies = [(p.row["today"], _ask(library, p.row, "time", asked)) for p in dated]
            ways += [[days(way, reply, today) for today, reply in replies] for way in ORDERS]
        spoke = [any(each["last"] for each in _ask(library, p.row, "time", False)) for p in silent]
        yield _line(library.name, dated, DAYS, ways, silent, spoke)


def _amounts(found: Set, libraries: Sequence[Library]) -> Iterator[list[object]]:
    budget = of_dimension(found.answers, "budget")
    priced = [p for p in budget if has_amount(p.row)]
    silent = [p for p in budget if not has_amount(p.row)]
    ours = [_bounds(p.given) for p in priced]
    yield _line("Banter", priced, AMOUNTS, [ours], silent, [has_amount(p.given) for p in silent])
    for library in _reading(libraries, "money"):
        ways = []
        for asked in (True, False):
            replies = [_ask(library, p.row, "money", asked) for p in priced]
            ways += [[bounds(way, reply) for reply in replies] for way in (*ORDERS, "whole")]
        spoke = [bool(_ask(library, p.row, "money", False)) for p in silent]
        yield _line(library.name, priced, AMOUNTS, ways, silent, spoke)


def _reading(libraries: Sequence[Library], want: str) -> list[Library]:
    return [library for library in libraries if want in library.wants]


def _ask(library: Library, row: Row, want: str, asked: bool) -> Found:
    return library.ask(row["text"], f"{row['today']}T12:00:00", want, asked=asked).found


def _line(
    name: str,
    pairs: Sequence[Pair],
    measures: Sequence[Callable[[Row, Any], bool]],
    ways: Sequence[Sequence[Any]],
    silent: Sequence[Pair],
    spoke: Sequence[bool],
) -> list[object]:
    authors = [p.author for p in pairs]

    def best(measure: Callable[[Row, Any], bool]) -> Estimate | None:
        tried = [[measure(p.row, given) for p, given in zip(pairs, way, strict=True)] for way in ways]
        return share_of(max(tried, key=sum), authors)

    quiet = share_of([not each for each in spoke], [p.author for p in silent])
    return [name, len(pairs), *(percent(best(measure)) for measure in measures), percent(quiet)]


# Days


ORDERS = ("first", "last", "most")


def days(way: str, found: Found, today: str) -> set[int]:
    """Days from `today` to the time that `way` picks: one, or two where an interval's end may be meant either way."""
    ends = [each for each in found if each["last"]]
    if not ends:
        return set()
    picked = {"first": ends[0], "last": ends[-1], "most": max(ends, key=lambda each: str(each["last"]))}[way]
    last = (date.fromisoformat(picked["last"]) - date.fromisoformat(today)).days
    return {last} if picked["first"] == picked["last"] else {last, last + 1}


#: Each measure takes a labelled row and the days that may be meant.
DAYS: tuple[Callable[[Row, set[int]], bool], ...] = (
    lambda row, given: row["days_max"] in given,
    lambda row, given: any(abs(row["days_max"] - each) <= 3 for each in given),
    lambda row, given: any(band_of(row["days_max"]) == band_of(each) for each in given),
)


# Amounts


def bounds(way: str, found: Found) -> Bounds | None:
    """Least, most and currency of the amount that `way` picks; "whole" goes from the least to the most of all."""
    if not found:
        return None
    if way == "whole":
        low = [each["min"] for each in found if each["min"] is not None]
        high = [each["max"] for each in found if each["max"] is not None]
        currency = next((each["currency"] for each in found if each["currency"]), None)
        return min(low, default=None), max(high, default=None), currency
    picked = {"first": found[0], "last": found[-1], "most": max(found, key=_top)}[way]
    return picked["min"], picked["max"], picked["currency"]


def _top(each: dict[str, Any]) -> float:
    return float(each["max"] if each["max"] is not None else each["min"] or 0)


def _bounds(row: Row) -> Bounds | None:
    return (row.get("amount_min"), row.get("amount_max"), row.get("currency")) if has_amount(row) else None


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= 1e-6 * max(1.0, abs(one))


def _same_top(row: Row, given: Bounds | None) -> bool:
    right = _bounds(row)
    tops = [each and (each[1] if each[1] is not None else each[0]) for each in (right, given)]
    return given is not None and _close(tops[0], tops[1])


def _same_bounds(row: Row, given: Bounds | None) -> bool:
    right = _bounds(row)
    return given is not None and right is not None and _close(right[0], given[0]) and _close(right[1], given[1])


#: Each measure takes a labelled row and (least, most, currency), or None where nothing was found.
AMOUNTS: tuple[Callable[[Row, Bounds | None], bool], ...] = (
    _same_top,
    _same_bounds,
    lambda row, given: _same_bounds(row, given) and given is not None and given[2] == row.get("currency"),
)
