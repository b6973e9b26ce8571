"""How well opting out in free words is understood: `python -m benchmarks.optout [FILE]`, `corpus/held_out/optout.jsonl`
unless another is named. Prints sums only, never a row."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from banter.extraction.opting_out import opts_out
from banter.leads.consent import command

HELD_OUT = Path(__file__).parent.parent / "corpus" / "held_out" / "optout.jsonl"


def count(file: Path, reads: Callable[[str], bool]) -> tuple[int, int, int, int]:
    """(found, of so many who stop, taken for a stop, of so many who do not)."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    stopping = [reads(row["text"]) for row in rows if row["stop"]]
    others = [reads(row["text"]) for row in rows if not row["stop"]]
    return sum(stopping), len(stopping), sum(others), len(others)


def stops(text: str) -> bool:
    """As the channel reads it: a reserved word, or free words."""
    return command(text) == "stop" or opts_out(text)


def main() -> None:
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else HELD_OUT
    found, stopping, false, others = count(file, stops)
    print(f"{file.parent.name}/{file.name}")
    print(f"found:           {found:5} of {stopping:5}  {found / max(1, stopping):6.1%}  (98% are asked for)")
    print(f"taken for a stop:{false:5} of {others:5}  {false / max(1, others):6.1%}  (1% at most)")


if __name__ == "__main__":
    main()
