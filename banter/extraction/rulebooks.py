"""Rules as data: reads `patterns/*.jsonl`, whose lines `phrases.py` explains."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from banter.extraction.inflection import inflected
from banter.extraction.phrases import PhraseBook, compile_phrase
from banter.extraction.spelling import speller

FILES = ("roles", "budget", "authority", "need", "timeline", "hedges", "refusals")
PATTERNS = Path(__file__).parent / "patterns"


@lru_cache(maxsize=16)
def rows(file: str) -> tuple[dict[str, Any], ...]:
    """The lines of `patterns/<file>.jsonl` and of `<file>_*.jsonl`. ValueError naming file and line of a bad one."""
    found = []
    for path in sorted(PATTERNS.glob(f"{file}.jsonl")) + sorted(PATTERNS.glob(f"{file}_*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    found.append(json.loads(line))
                except json.JSONDecodeError as fault:
                    raise ValueError(f"{path.name}, line {number}: not JSON ({fault}); mend this line") from fault
    return tuple(found)


def _patterns(file: str) -> list[dict[str, Any]]:
    return [row for row in rows(file) if not row["label"].startswith("@") and row["label"] != "plain"]


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    """The named lists (`@role` and so on) of every pattern file."""
    lists: dict[str, set[str]] = {}
    for file in FILES:
        for row in rows(file):
            if row["label"].startswith("@"):
                for word in row["pattern"].split():
                    lists.setdefault(row["label"][1:], set()).update(inflected(word))
    return {name: frozenset(words) for name, words in lists.items()}


@lru_cache(maxsize=1)
def plain_forms() -> dict[str, tuple[str, ...]]:
    """Contractions and abbreviations with what they stand for."""
    return {
        row["pattern"]: tuple(row["means"].split())
        for row in rows("hedges")
        if row["label"] == "plain" and "means" in row
    }


@lru_cache(maxsize=1)
def spelling() -> Callable[[str], str]:
    """Mends words towards those that stand in the pattern files."""
    wanted = {word for words in word_lists().values() for word in words}
    for file in FILES:
        for row in _patterns(file):
            for word in re.findall(r"[a-z]+~?", row["pattern"]):
                wanted |= inflected(word)
    return speller(frozenset(wanted))


@lru_cache(maxsize=16)
def book(file: str) -> PhraseBook:
    """The patterns of one file, compiled at their first use."""
    lists = word_lists()
    return PhraseBook(
        (row["label"], steps) for row in _patterns(file) for steps in compile_phrase(row["pattern"], lists)
    )
