"""Reads labelled answers and reports how often band, specificity, commitment, days and amounts are right.

    python benchmarks/signals_report.py [--part held|built] [--dimension D] [--errors] FILE...

Each row: id, dimension, question, text, today, band, specificity, commitment, and where known days_max, amount_min,
amount_max, currency, period. Beside it two baselines: the commonest label, and "longer than 20 characters is good".
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from banter.extraction.signals import read_answer
from scoring.model import BANDS, DIMENSIONS, Money, Timing


def interval(right: int, count: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share."""
    if not count:
        return 0.0, 1.0
    z, p = 1.96, right / count
    middle = (p + z * z / (2 * count)) / (1 + z * z / count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return middle - half, middle + half


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 over the labels that occur; each pair is (right, given)."""
    scores = []
    for label in sorted({p[0] for p in pairs}):
        hit = sum(1 for right, given in pairs if right == given == label)
        given_count = sum(1 for _, given in pairs if given == label)
        right_count = sum(1 for right, _ in pairs if right == label)
        scores.append(2 * hit / (given_count + right_count))
    return sum(scores) / len(scores) if scores else 0.0


def read(row: dict[str, Any]) -> dict[str, Any]:
    answer = read_answer(
        row["dimension"], row["text"], today=date.fromisoformat(row["today"]), question=row.get("question", "")
    )
    given: dict[str, Any] = {
        "band": answer.band,
        "specificity": answer.specificity,
        "commitment": answer.commitment,
        "evidence": [e.text for e in answer.evidence],
        "days_max": answer.value.days_max if isinstance(answer.value, Timing) else None,
    }
    if isinstance(answer.value, Money):
        money = answer.value
        given |= {"amount_min": money.min, "amount_max": money.max, "currency": money.currency, "period": money.period}
    return given


def percent(right: int, count: int) -> str:
    low, high = interval(right, count)
    return f"{right:4d}/{count:<4d} {100 * right / count if count else 0:5.1f}%  [{100 * low:.0f}-{100 * high:.0f}]"


def report(rows: list[dict[str, Any]], show_errors: bool, dimension_only: str | None) -> None:
    by_dimension: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    started = time.perf_counter()
    for row in rows:
        by_dimension[row["dimension"]].append((row, read(row)))
    spent = time.perf_counter() - started
    every = [pair for pairs in by_dimension.values() for pair in pairs]
    by_dimension["all"] = every
    for dimension in (*DIMENSIONS, "all"):
        pairs = by_dimension.get(dimension, [])
        if not pairs or (dimension_only and dimension not in (dimension_only, "all")):
            continue
        count = len(pairs)
        print(f"{dimension:10s} band        {percent(sum(r['band'] == g['band'] for r, g in pairs), count)}")
        for name in ("specificity", "commitment"):
            f1 = macro_f1([(r[name], g[name]) for r, g in pairs])
            print(f"{'':10s} {name:11s} {percent(sum(r[name] == g[name] for r, g in pairs), count)}  macro-F1 {f1:.3f}")
        for names, what in ((("days_max",), "days"), (("amount_min", "amount_max", "currency", "period"), "money")):
            known = [(r, g) for r, g in pairs if names[0] in r]
            if known:
                right = sum(all(r.get(n) == g.get(n) for n in names) for r, g in known)
                print(f"{'':10s} {what:11s} {percent(right, len(known))}")
        majority = Counter(r["band"] for r, _ in pairs).most_common(1)[0]
        print(f"{'':10s} baselines   commonest band {100 * majority[1] / count:.1f}%", end="")
        if dimension != "all":
            best, worst = BANDS[dimension][0], "unclear"  # type: ignore[index]
            right = sum(r["band"] == (best if len(r["text"]) > 20 else worst) for r, _ in pairs)
            print(f", over 20 characters {100 * right / count:.1f}%", end="")
        print()
    print(f"{1000 * spent / max(1, len(every)):.2f} ms an answer")
    if show_errors:
        for row, given in every:
            if dimension_only and row["dimension"] != dimension_only:
                continue
            names = ["band", "specificity", "commitment"]
            names += [n for n in ("days_max", "amount_min", "amount_max", "currency", "period") if n in row]
            wrong = [f"{n} {row[n]} != {given.get(n)}" for n in names if row[n] != given.get(n)]
            if wrong:
                print(f"{row['id']}: {row['text']!r}\n    {'; '.join(wrong)}  {given['evidence']}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument(
        "--part", choices=("all", "built", "held"), default="all", help="rows marked `held` were not run while building"
    )
    parser.add_argument("--dimension")
    parser.add_argument("--errors", action="store_true")
    arguments = parser.parse_args()
    rows = []
    for path in arguments.files:
        rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if arguments.part != "all":
        rows = [row for row in rows if bool(row.get("held")) == (arguments.part == "held")]
    report(rows, arguments.errors, arguments.dimension)


if __name__ == "__main__":
    main()
