"""Labelled rows, and what is read in each of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from banter.extraction.acts import read_acts
from banter.extraction.by_rules import Manner
from banter.extraction.linear import load
from banter.extraction.openers import read_opener
from banter.extraction.signals import read_answer, see
from scoring.model import Money, Timing

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "corpus"
LABELS = ("band", "specificity", "commitment")
AMOUNT = ("amount_min", "amount_max", "currency", "period")
#: Acts rows have no date of their own.
_TODAY = date(2026, 11, 21)

Row = dict[str, Any]


@dataclass(frozen=True)
class Pair:
    """A labelled row and what was read: the same names, where something is read."""

    row: Row
    given: Row

    @property
    def author(self) -> str | None:
        author: str | None = self.row.get("author")
        return author


@dataclass(frozen=True)
class Set:
    """One folder of the corpus, read. A folder need not have every file."""

    name: str
    answers: Sequence[Pair] = ()
    openers: Sequence[Pair] = ()
    acts: Sequence[Pair] = ()

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The parts that the rows name: sets that were written apart."""
        return tuple(sorted({p.row["part"] for p in (*self.answers, *self.openers, *self.acts) if "part" in p.row}))


@dataclass
class Cut:
    """The rows that one line of a table is about."""

    name: str
    pairs: Sequence[Pair] = field(default_factory=list)


def cuts(pairs: Sequence[Pair], parts: Sequence[str]) -> list[Cut]:
    """All rows, then each part."""
    each = [Cut(part, [p for p in pairs if p.row.get("part") == part]) for part in parts] if len(parts) > 1 else []
    return [Cut("all", pairs), *(cut for cut in each if cut.pairs)]


def rows_in(path: Path) -> list[Row]:
    """The rows of a file, or of all files of a folder. JSON Lines."""
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def read_set(folder: Path) -> Set:
    """Everything in a folder of the corpus."""
    found = {
        name: [pair(row) for row in rows_in(folder / f"{name}.jsonl")]
        for name in ("answers", "openers", "acts")
        if (folder / f"{name}.jsonl").exists()
    }
    return Set(folder.name, **found)


def pair(row: Row) -> Pair:
    """A row of any kind, and what is read in it."""
    if "intent" in row:
        return Pair(row, {"intent": read_opener(row["text"])})
    if "acts" in row:
        acts, also = read_acts(row["text"], row["open_question"], today=_TODAY)
        return Pair(row, {"acts": list(acts), "also_answers": also})
    return Pair(row, _answer(row))


def with_confidence(pair: Pair) -> Pair:
    """An answer with the chance that its model gives the band read; other rows, and mere figures, as they are."""
    row = pair.row
    if "band" not in row or not any(character.isalpha() for character in row["text"]):
        return pair
    seen = see(row["dimension"], row["text"], date.fromisoformat(row["today"]), row.get("question", ""), Manner())
    chances = load(row["dimension"]).chances("band", seen.signs)
    return Pair(row, {**pair.given, "confidence": chances.get(pair.given["band"])})


def _answer(row: Row) -> Row:
    today = date.fromisoformat(row["today"])
    answer = read_answer(row["dimension"], row["text"], today=today, question=row.get("question", ""))
    given: Row = {
        "band": answer.band,
        "specificity": answer.specificity,
        "commitment": answer.commitment,
        "evidence": [evidence.text for evidence in answer.evidence],
        "days_max": answer.value.days_max if isinstance(answer.value, Timing) else None,
    }
    if isinstance(answer.value, Money):
        money = answer.value
        given |= {"amount_min": money.min, "amount_max": money.max, "currency": money.currency, "period": money.period}
    return given
