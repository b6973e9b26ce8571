"""Exact-match figures of the grammars of money and time on public test suites.

Usage: python -m benchmarks.public_suites DIR [--misses] [--alone], where DIR holds the suites as JSON lines
(docs/reading.md). Our figures come first, then those of other libraries beside them (`benchmarks.evaluation.suites`);
`--alone` and `--misses` leave the libraries out.

What is counted, row by row:

money_consensus            all rows; the amounts, in order, and their currencies; "pence may be GBP": the suite says USD
                           for pence, which no reader of English would; with that left aside
timeline_consensus         rows tagged `future_or_now`; first and last day of the first time read
recognizers_currency_en    all rows, those without any amount too; the amounts in order (a unit alone is none of ours)
recognizers_datetime_en    rows tagged `single_daterange` that give a day for at least one end; both ends, and where the
                           suite leaves an end open it must be open. "closed": only rows with a day for both ends
duckling_money_en          all rows, negatives too; bounds and currency ("$" may be any dollar); `latent` rows are read
                           as if money had been asked about
duckling_time_en           rows tagged `buying_timeline` (day or coarser, not over) and not `holiday`; first and last
                           day; "last day" only the last, which a timeline is counted to; "holidays" the tagged ones;
                           all are bare answers, and are read as if "when?" had been asked
blns                       all rows; the whole reading of each, in every dimension

Suites and people mean different days by some words ("end of the year", "next 3 weeks", "in two months"), so each suite
is read by its own convention, which stands below as data. `banter signals` reads by docs/labels.md; the rows marked
"as labels.md" show what that differs by.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.dates_convention import LABELS, Convention
from banter.extraction.money import find_money
from banter.extraction.signals import read_answer
from scoring.model import DIMENSIONS

Row = dict[str, Any]
Ends = tuple[date | None, date | None]
ONE_DAY = timedelta(1)

#: What both engines mean: a month is a month, "next year" is a year, and "before X" is X.
CALENDAR = Convention(
    month_of_30_days=False,
    next_year_undated=False,
    deadline_inside=False,
    parts={("year", "end"): (9, 12), ("month", "end"): (21, 0)},
)
#: Months and years in thirds; the end of a week is Friday to Sunday; seasons begin with the sun's.
DUCKLING = Convention(
    month_of_30_days=False,
    next_year_undated=False,
    deadline_inside=False,
    whole_units=True,
    upcoming_is_last=True,
    parts={
        **{("month", part): (1, 10) for part in ("early", "start")},
        ("month", "mid"): (11, 20),
        **{("month", part): (21, 0) for part in ("late", "end")},
        **{("year", part): (1, 3) for part in ("early", "start")},
        **{("year", part): (9, 12) for part in ("late", "end")},
        ("week", "start"): (1, 3),
        ("week", "end"): (5, 7),
        ("week", "rest"): (1, 6),
    },
    seasons={"spring": ((3, 20), (6, 20)), "summer": ((6, 21), (9, 23)), "winter": ((12, 21), (3, 20))},
)
#: Months and years in halves, save for "the end of 2000", which is its last third.
MICROSOFT = Convention(
    month_of_30_days=False,
    next_year_undated=False,
    deadline_inside=False,
    passed_is_next=False,
    parts={
        **{("month", part): (1, 15) for part in ("early", "earlier", "start")},
        ("month", "mid"): (10, 20),
        **{("month", part): (16, 0) for part in ("late", "later", "end")},
        **{("year", part): (7, 12) for part in ("late", "later", "end")},
        **{("year", part): (1, 6) for part in ("early", "start")},
        **{("week", part): (1, 3) for part in ("early", "earlier", "start")},
        **{("week", part): (4, 7) for part in ("late", "later", "end")},
        ("week", "rest"): (1, 6),
        ("named year", "start"): (1, 4),
        ("named year", "mid"): (5, 8),
        ("named year", "end"): (9, 12),
    },
)


def rows(folder: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def same_currency(expected: str | None, found: str | None) -> bool:
    """Codes that ISO 4217 does not know ("DINAR" of no country) are right when none is claimed."""
    return found == (expected if expected is None or len(expected) == 3 else None)


def money_consensus(pence: bool) -> Callable[[Row], bool]:
    """`pence`: the suite gives USD for pence, as it does for cents; with this GBP is right too."""

    def right(row: Row) -> bool:
        found, expected = find_money(row["text"]), row["expected"]
        return len(found) == len(expected) and all(
            span.money.min is not None
            and abs(span.money.min - want["amount"]) < 1e-6 * max(1, span.money.min)
            and (same_currency(want["currency"], span.money.currency) or (pence and "pence" in span.text))
            for span, want in zip(found, expected, strict=True)
        )

    return right


def recognizers_currency(row: Row) -> bool:
    """Amounts in order; a unit alone is no amount of ours. "Cent" and "Pence" are given as cents there."""
    expected = [e["amount"] / (100 if e["unit"] in MINOR else 1) for e in row["expected"] if e["amount"] is not None]
    found = [span.money.max if span.money.min is None else span.money.min for span in find_money(row["text"])]
    return len(found) == len(expected) and all(
        abs(a - b) < 1e-6 * max(1, b) for a, b in zip(found, expected, strict=True)
    )


MINOR = {"Cent", "Pence", "Penny", "Sen"}
COINS = {"Cent": 0.01}
#: Where Duckling's English is at home: "a grand" is of these, as a bare figure is of the playbook's.
HOME = "USD"


def duckling_money(row: Row) -> bool:
    found = find_money(row["text"], asked=row["tags"].get("latent", False))
    want = row["expected"]
    if not want:
        return not found
    if len(found) != 1:
        return False
    factor = COINS.get(want["currency_duckling"], 1)
    bounds = {"value": (want["amount"], want["amount"]), "between": (want["min"], want["max"])}
    low, high = bounds.get(want["kind"], (want["min"], want["max"]))
    money = found[0].money
    currency_right = want["ambiguous_currency"] or same_currency(want["currency"], money.currency)
    currency_right = currency_right or (money.currency is None and want["currency"] == HOME)
    return currency_right and all(
        (mine is None) == (theirs is None) and (mine is None or abs(mine - theirs * factor) < 1e-6 * max(1, mine))
        for mine, theirs in ((money.min, low), (money.max, high))
    )


def read(row: Row, convention: Convention, *, asked: bool = False) -> list[DateSpan]:
    today = date.fromisoformat(row["reference_time"][:10])
    spans = find_dates(row["text"], today, convention=convention, asked=asked)
    return [span for span in spans if span.last is not None]


def consensus_ends(row: Row) -> Ends:
    return date.fromisoformat(row["expected"]["start"]), date.fromisoformat(row["expected"]["end_exclusive"]) - ONE_DAY


def timeline_consensus(convention: Convention, *, last_only: bool = False) -> Callable[[Row], bool]:
    def right(row: Row) -> bool:
        found = read(row, convention)
        mine = (found[0].first, found[0].last) if found else (None, None)
        return bool(found) and mine[last_only:] == consensus_ends(row)[last_only:]

    return right


def recognizers_ranges(row: Row) -> bool:
    """Its ends are exclusive, and "March to May" ends where May begins."""
    want = row["expected"][0]
    low, high = want["span"]
    found = [s for s in read(row, MICROSOFT) if s.start <= high and low < s.end]
    span = found[0] if found else None
    if span is None or span.first is None or span.last is None:
        return False
    after = span.closing or span.last + ONE_DAY
    mine: dict[str, Ends] = {
        "after": (after, None),
        "since": (span.first, None),
        "before": (None, span.first),
        "until": (None, after),
    }
    start, end = mine.get(span.bound or "", (span.first, after))
    return (start and start.isoformat(), end and end.isoformat()) == (want["start"], want["end"])


def duckling_ends(row: Row) -> Ends:
    want = row["expected"]
    start = date.fromisoformat(want["start"][:10]) if want["start"] else None
    if want["kind"] == "value" and start is not None:
        return start, date.fromisoformat(row["reference_time"][:10]) + timedelta(want["days_from_reference_last_day"])
    return start, date.fromisoformat(want["end"][:10]) - ONE_DAY if want["end"] else None


def duckling_time(convention: Convention, *, last_only: bool = False) -> Callable[[Row], bool]:
    def right(row: Row) -> bool:
        found = read(row, convention, asked=True)
        if not found or found[0].first is None:
            return False
        span = found[0]
        mine: Ends = (span.first, span.last)
        if row["expected"]["kind"] == "open_interval":
            mine = (span.first, None) if span.bound in {"after", "since"} else (None, found[0].first - ONE_DAY)
        return mine[last_only:] == duckling_ends(row)[last_only:]

    return right


def naughty(row: Row) -> bool:
    """Each dimension is read, asked and not, and all evidence stands where it says. An error ends the run."""
    text, today = row["text"], date(2026, 11, 22)
    answers = [read_answer(each, text, today=today, asked=asked) for each in DIMENSIONS for asked in (True, False)]
    found = [(each.start, each.end, each.text) for answer in answers for each in answer.evidence]
    found += [(each.start, each.end, each.text) for each in find_dates(text, today, asked=True)]
    found += [(each.start, each.end, each.text) for each in find_money(text, asked=True)]
    return all(text[start:end] == words for start, end, words in found)


def future(row: Row) -> bool:
    return bool(row["tags"]["future_or_now"])


def everything(row: Row) -> bool:
    return True


def ranges(row: Row) -> bool:
    return row["tags"]["single_daterange"] and any(row["expected"][0].get(end) for end in ("start", "end"))


def closed_ranges(row: Row) -> bool:
    return row["tags"]["single_daterange"] and all(row["expected"][0].get(end) for end in ("start", "end"))


def buying(row: Row) -> bool:
    return bool(row["tags"].get("buying_timeline") and not row["tags"]["holiday"])


def holidays(row: Row) -> bool:
    return bool(row["tags"].get("buying_timeline") and row["tags"]["holiday"])


SUITES: tuple[tuple[str, str, Callable[[Row], bool], Callable[[Row], bool]], ...] = (
    ("money_consensus", "amount and currency", money_consensus(False), everything),
    ("money_consensus", "the same, pence may be GBP", money_consensus(True), everything),
    ("timeline_consensus", "both ends, future or now", timeline_consensus(CALENDAR), future),
    ("timeline_consensus", "both ends, as labels.md", timeline_consensus(LABELS), future),
    ("timeline_consensus", "last day, as labels.md", timeline_consensus(LABELS, last_only=True), future),
    ("timeline_consensus", "both ends, all", timeline_consensus(CALENDAR), everything),
    ("recognizers_currency_en", "amounts", recognizers_currency, everything),
    ("recognizers_datetime_en", "date ranges, both ends", recognizers_ranges, ranges),
    ("recognizers_datetime_en", "date ranges, closed, both ends", recognizers_ranges, closed_ranges),
    ("duckling_money_en", "bounds and currency", duckling_money, everything),
    ("duckling_time_en", "future days, both ends", duckling_time(DUCKLING), buying),
    ("duckling_time_en", "future days, last day", duckling_time(DUCKLING, last_only=True), buying),
    ("duckling_time_en", "last day, as labels.md", duckling_time(LABELS, last_only=True), buying),
    ("duckling_time_en", "holidays, both ends", duckling_time(DUCKLING), holidays),
    ("blns", "read, evidence in its place", naughty, everything),
)


def report(folder: Path, misses: bool) -> Iterator[str]:
    for name, what, right, counts in SUITES:
        chosen = [row for row in rows(folder, name) if counts(row)]
        began = time.perf_counter()
        wrong = [row for row in chosen if not right(row)]
        rate = len(chosen) / (time.perf_counter() - began)
        hits = len(chosen) - len(wrong)
        yield f"{name:24} {what:31} {hits:4} of {len(chosen):4}  {hits / len(chosen):6.1%}  {rate:7,.0f} texts a second"
        if misses:
            yield from (f"    {row['text'][:150]!r} -> {json.dumps(row['expected'])[:150]}" for row in wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the rows that were read differently")
    parser.add_argument("--alone", action="store_true", help="leave the other libraries out")
    arguments = parser.parse_args()
    for line in report(arguments.folder, arguments.misses):
        sys.stdout.write(line + "\n")
    if not (arguments.alone or arguments.misses):
        from benchmarks.evaluation.suites import beside  # which counts by the suites that stand here

        for text in beside(arguments.folder):
            sys.stdout.write(f"\n{text}\n")


if __name__ == "__main__":
    main()
