"""How well acts and openers are read: `python -m benchmarks.acts_report FILE...`, JSON Lines with `acts` or `intent`.

Rows marked `kept_back` are reported apart: they were not looked at while the rules were written. `--wrong` lists the
rows that were read differently (of the others, unless `--all` is given too).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from banter.extraction.acts import read_acts
from banter.extraction.openers import read_opener

TODAY = date(2026, 11, 21)


def main(arguments: Sequence[str]) -> int:
    names = [name for name in arguments if not name.startswith("--")]
    if not names:
        sys.stderr.write("Name one or more files: python -m benchmarks.acts_report FILE... [--wrong] [--all]\n")
        return 2
    for name in names:
        rows = [json.loads(line) for line in Path(name).read_text("utf-8").splitlines() if line.strip()]
        for kept, title in ((False, "built on"), (True, "kept back")):
            chosen = [row for row in rows if bool(row.get("kept_back")) is kept]
            if chosen:
                show = "--wrong" in arguments and (not kept or "--all" in arguments)
                sys.stdout.write(f"{Path(name).name}, {title}: {_report(chosen, show)}\n")
    return 0


def _report(rows: Sequence[Mapping[str, Any]], show: bool) -> str:
    start = perf_counter()
    if "intent" in rows[0]:
        found = [(row, row["intent"], read_opener(row["text"])) for row in rows]
        right = sum(wanted == got for _, wanted, got in found)
        figures = f"accuracy {right / len(rows):.3f}"
    else:
        read = [(row, read_acts(row["text"], row["open_question"], today=TODAY)) for row in rows]
        found = [(row, (sorted(row["acts"]), row.get("also_answers", {})), (sorted(a), b)) for row, (a, b) in read]
        both = sum(len(set(wanted[0]) & set(got[0])) for _, wanted, got in found)
        total = sum(len(wanted[0]) + len(got[0]) for _, wanted, got in found)
        also = sum(wanted[1] == got[1] for _, wanted, got in found)
        figures = f"micro-F1 {2 * both / total:.3f}, also_answers exact {also / len(rows):.3f}"
    took = (perf_counter() - start) / len(rows) * 1000
    wrong = "".join(
        f"\n  {row['text']!r}: {wanted}, read {got}" for row, wanted, got in found if show and wanted != got
    )
    return f"{len(rows)} rows, {figures}, {took:.1f} ms each{wrong}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
