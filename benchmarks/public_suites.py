"""Exact-match figures of the grammars of money and time on public test suites.

Usage: python benchmarks/public_suites.py DIR [--misses], where DIR holds the suites as JSON lines (see docs).
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

from banter.extraction.dates import find_dates
from banter.extraction.money import find_money

Row = dict[str, Any]


def rows(folder: Path, name: str) -> list[Row]:
    return [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines() if line.strip()]


def same_currency(expected: str | None, found: str | None) -> bool:
    """Codes that ISO 4217 does not know ("DINAR" of no country) are right when none is claimed."""
    return found == (expected if expected is None or len(expected) == 3 else None)


def money_consensus(row: Row) -> bool:
    found = [(span.money.min, span.money.currency) for span in find_money(row["text"])]
    expected = row["expected"]
    return len(found) == len(expected) and all(
        value is not None
        and abs(value - want["amount"]) < 1e-6 * max(1, value)
        and same_currency(want["currency"], code)
        for (value, code), want in zip(found, expected, strict=True)
    )


def recognizers_currency(row: Row) -> bool:
    """Amounts in order; a unit alone is no amount of ours. "Cent" and "Pence" are given as cents there."""
    expected = [e["amount"] / (100 if e["unit"] in MINOR else 1) for e in row["expected"] if e["amount"] is not None]
    found = [span.money.max if span.money.min is None else span.money.min for span in find_money(row["text"])]
    return len(found) == len(expected) and all(
        abs(a - b) < 1e-6 * max(1, b) for a, b in zip(found, expected, strict=True)
    )


MINOR = {"Cent", "Pence", "Penny", "Sen"}
COINS = {"Cent": 0.01}


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
    return currency_right and all(
        (mine is None) == (theirs is None) and (mine is None or abs(mine - theirs * factor) < 1e-6 * max(1, mine))
        for mine, theirs in ((money.min, low), (money.max, high))
    )


def timeline_consensus(row: Row) -> bool:
    """First and last day, both, of the first dated span."""
    found = [span for span in find_dates(row["text"], date.fromisoformat(row["reference_time"][:10])) if span.last]
    want = row["expected"]
    last = date.fromisoformat(want["end_exclusive"]) - timedelta(1)
    return bool(found) and (found[0].first, found[0].last) == (date.fromisoformat(want["start"]), last)


def last_day_only(row: Row) -> bool:
    """The last day of the first dated span, which is what a timeline is counted to."""
    found = [span for span in find_dates(row["text"], date.fromisoformat(row["reference_time"][:10])) if span.last]
    return bool(found) and found[0].last == date.fromisoformat(row["expected"]["end_exclusive"]) - timedelta(1)


def future(row: Row) -> bool:
    return bool(row["tags"]["future_or_now"])


def everything(row: Row) -> bool:
    return True


SUITES: tuple[tuple[str, str, Callable[[Row], bool], Callable[[Row], bool]], ...] = (
    ("money_consensus", "amount and currency", money_consensus, everything),
    ("timeline_consensus", "first and last day, future or now", timeline_consensus, future),
    ("timeline_consensus", "last day, future or now", last_day_only, future),
    ("timeline_consensus", "first and last day, all", timeline_consensus, everything),
    ("recognizers_currency_en", "amounts", recognizers_currency, everything),
    ("duckling_money_en", "bounds and currency", duckling_money, everything),
)


def report(folder: Path, misses: bool) -> Iterator[str]:
    for name, what, right, counts in SUITES:
        chosen = [row for row in rows(folder, name) if counts(row)]
        began = time.perf_counter()
        wrong = [row for row in chosen if not right(row)]
        rate = len(chosen) / (time.perf_counter() - began)
        hits = len(chosen) - len(wrong)
        yield f"{name:26} {what:34} {hits:4} of {len(chosen):4}  {hits / len(chosen):6.1%}  {rate:7,.0f} texts a second"
        if misses:
            yield from (f"    {row['text'][:150]!r} -> {json.dumps(row['expected'])[:150]}" for row in wrong)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--misses", action="store_true", help="print the rows that were read differently")
    arguments = parser.parse_args()
    for line in report(arguments.folder, arguments.misses):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
