"""Reads `corpus/`, which `corpus/README.md` describes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TRAIN = Path(__file__).parents[2] / "corpus" / "train"
#: What the rules were written against: there they are right far more often than elsewhere, so they teach no trust.
BUILT_ON = ("first", "plain", "rulings")


def read_corpus(directory: Path) -> list[dict[str, Any]]:
    """The rows of every file in `directory`, each with its file as `source`. ValueError names a bad line."""
    rows = []
    for path in sorted(directory.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                rows.append({**json.loads(line), "source": path.stem})
            except ValueError as fault:
                raise ValueError(f"{path}, line {number}: not JSON ({fault}); mend this line") from fault
    return rows


def evidence_spans(row: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where the words of `evidence` stand, each after the one before."""
    spans, at = [], 0
    for words in row.get("evidence", ()):
        start = row["text"].find(words, at)
        if start >= 0:
            spans.append((start, start + len(words)))
            at = start + len(words)
    return spans


def fingerprint(directory: Path = TRAIN) -> str:
    """A digest of every row below `directory`: another one, and the models want to be learnt anew."""
    digest = hashlib.sha256()
    for path in sorted(directory.rglob("*.jsonl")):
        digest.update(path.relative_to(directory).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()
