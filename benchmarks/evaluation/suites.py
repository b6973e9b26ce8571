"""The public suites of `benchmarks.public_suites`, read by the libraries too, counted in the same way.

What is counted stands there. Of several times found the first counts, as it does for us; ends that are open must be
open. A library is asked as if "when?" or "how much?" had been asked only where the suite says so (`latent`). Each
suite was written for one of these libraries, and the consensus suites keep only what Duckling and Microsoft both
read: Duckling has all of its own and nearly all of those by construction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks import public_suites as ours
from benchmarks.evaluation.arithmetic import Estimate, share_of
from benchmarks.evaluation.libraries import Library, libraries
from benchmarks.evaluation.readings import Row
from benchmarks.evaluation.tables import percent, table

Found = list[dict[str, Any]]
_ONE_DAY = timedelta(1)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < 1e-6 * max(1.0, abs(one))


def _amount(each: dict[str, Any]) -> float | None:
    value: float | None = each["min"] if each["min"] is not None else each["max"]
    return value


def _days(found: Found) -> tuple[date | None, date | None] | None:
    """First and last day of the first time found."""
    if not found:
        return None
    first, last = (each and date.fromisoformat(each) for each in (found[0]["first"], found[0]["last"]))
    return first, last


def money_consensus(row: Row, found: Found) -> bool:
    expected = row["expected"]
    return len(found) == len(expected) and all(
        _near(_amount(each), want["amount"]) and ours.same_currency(want["currency"], each["currency"])
        for each, want in zip(found, expected, strict=True)
    )


def recognizers_currency(row: Row, found: Found) -> bool:
    wanted = [e["amount"] / (100 if e["unit"] in ours.MINOR else 1) for e in row["expected"] if e["amount"] is not None]
    return len(found) == len(wanted) and all(_near(_amount(a), b) for a, b in zip(found, wanted, strict=True))


def duckling_money(row: Row, found: Found) -> bool:
    want = row["expected"]
    if not want:
        return not found
    if len(found) != 1:
        return False
    factor = ours.COINS.get(want["currency_duckling"], 1)
    wanted = (want["amount"], want["amount"]) if want["kind"] == "value" else (want["min"], want["max"])
    currency = found[0]["currency"]
    named = want["ambiguous_currency"] or ours.same_currency(want["currency"], currency)
    return (named or (currency is None and want["currency"] == ours.HOME)) and all(
        _near(mine, None if theirs is None else theirs * factor)
        for mine, theirs in zip((found[0]["min"], found[0]["max"]), wanted, strict=True)
    )


def timeline_consensus(row: Row, found: Found) -> bool:
    return _days(found) == ours.consensus_ends(row)


def recognizers_ranges(row: Row, found: Found) -> bool:
    want = row["expected"][0]
    low, high = want["span"]
    near = [each for each in found if each["at"] <= high and low < each["to"]]
    readings = [_days([each]) for each in (near[:1] + near[0].get("others", []) if near else [])]
    given = [(ends[0], ends[1] and ends[1] + _ONE_DAY) for ends in readings if ends]
    wanted = (want["start"], want["end"])
    return any((first and first.isoformat(), after and after.isoformat()) == wanted for first, after in given)


def duckling_time(row: Row, found: Found) -> bool:
    return _days(found) == ours.duckling_ends(row)


def duckling_last(row: Row, found: Found) -> bool:
    ends = _days(found)
    return ends is not None and ends[1] == ours.duckling_ends(row)[1]


#: The suites by what our own report calls them: how a library's finds are judged, and what it is asked for.
JUDGES: dict[tuple[str, str], tuple[str, Callable[[Row, Found], bool]]] = {
    ("money_consensus", "amount and currency"): ("money", money_consensus),
    ("timeline_consensus", "both ends, future or now"): ("time", timeline_consensus),
    ("recognizers_currency_en", "amounts"): ("money", recognizers_currency),
    ("recognizers_datetime_en", "date ranges, both ends"): ("time", recognizers_ranges),
    ("recognizers_datetime_en", "date ranges, closed, both ends"): ("time", recognizers_ranges),
    ("duckling_money_en", "bounds and currency"): ("money", duckling_money),
    ("duckling_time_en", "future days, both ends"): ("time", duckling_time),
    ("duckling_time_en", "future days, last day"): ("time", duckling_last),
    ("duckling_time_en", "holidays, both ends"): ("time", duckling_time),
}


def compared(folder: Path, ready: Sequence[Library]) -> Iterator[tuple[str, str, dict[str, Estimate | None]]]:
    """Each suite, what is counted, and the share that Banter and each library have right; None: it reads no such."""
    for name, what, right, counts in ours.SUITES:
        if (name, what) not in JUDGES:
            continue
        want, judge = JUDGES[name, what]
        rows = [row for row in ours.rows(folder, name) if counts(row)]
        alone = [None] * len(rows)
        figures = {"Banter": share_of([right(row) for row in rows], alone)}
        for library in ready:
            reads = want in library.wants
            hits = [judge(row, _ask(library, row, want)) for row in rows] if reads else []
            figures[library.name] = share_of(hits, alone[: len(hits)])
        yield name, what, figures


def _ask(library: Library, row: Row, want: str) -> Found:
    now = row.get("reference_time", "2026-01-01T12:00:00")[:19]
    tags = row.get("tags", {})
    asked = bool(tags.get("latent")) or tags.get("section") == "latentCorpus"
    return library.ask(row["text"], now, want, asked=asked).found


def sections(folder: Path, ready: Sequence[Library]) -> Iterator[str]:
    """The suites as Markdown."""
    yield "## Public suites, beside the libraries"
    names = ["Banter", *(library.name for library in ready)]
    lines = []
    for name, what, figures in compared(folder, ready):
        count = figures["Banter"].count if figures["Banter"] else 0
        lines.append([name, what, count, *(percent(figures[each]) for each in names)])
    yield table(["suite", "what", "rows", *names], lines)


def beside(folder: Path) -> Iterator[str]:
    """The suites as Markdown, with every library that can be installed; a sentence for each that cannot."""
    with libraries() as (ready, missing):
        yield from missing
        yield from sections(folder, ready)
