"""What a sentence leans to, where rules do not reach: kinds of objection, levels of urgency, what a pain is about.

A linear model (`models/facts.npz`, made by `learn_facts.py`) weighs a sentence's words, the ideas behind them
(`patterns/facts_concepts.jsonl`), which of those stand together, and what the rules
found. Every sentence is read alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from banter.extraction.facts_rules import Marks
from banter.extraction.linear import Linear, load

MODEL = "facts"
#: How much each group of signs weighs, as in `signs.py`.
WEIGHTS = {"words": 1.0, "stems": 0.8, "letters": 0.8, "rules": 1.0, "concepts": 1.0}
_RULES = (
    *("objection", "denies", "denied", "urgency", "unhurried", "pain", "trouble", "takes", "wish", "untroubled"),
    *("money_lost", "use", "others", "industry", "known"),
)
_ENDINGS = ("ing", "ed", "es", "s", "ly", "er")
_MOST_WORDS = 60
_MOST_CONCEPTS = 24
_SHORT, _MIDDLING = 5, 9

Signs = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Leaning:
    """How far a sentence (tokens `first` to `last`) is beyond the line between no and yes; above 0 is yes."""

    margin: float
    first: int
    last: int


def leanings(marks: Marks, model: Linear | None = None) -> dict[str, Leaning]:
    """For each label ("objection.price", "urgency.high", "pain.stock") the sentence that leans to it most."""
    found: dict[str, Leaning] = {}
    for span in _sentences(marks):
        for label, margin in (model or _model()).margins(signs(marks, span)).items():
            if label not in found or margin > found[label].margin:
                found[label] = Leaning(margin, span[0], span[-1])
    return found


def signs(marks: Marks, span: range) -> Signs:
    """The signs of the sentence that `span` is."""
    words = ["#" if key[:1].isdigit() else key for key in (marks.keys[i] for i in span) if _says(key)][:_MOST_WORDS]
    stems = [_stem(word) for word in words]
    padded = [f" {word} " for word in words]
    rules = {f"r {kind}.{hit.name}" for kind in _RULES for hit in marks.of(kind) if hit.first in span}
    ideas = sorted({hit.name for hit in marks.of("concept") if hit.first in span})[:_MOST_CONCEPTS]
    length = "short" if len(words) < _SHORT else "middling" if len(words) < _MIDDLING else "long"
    return {
        "words": sorted({f"w {a}" for a in words} | {f"w {a} {b}" for a, b in itertools.pairwise(["<", *words, ">"])}),
        "stems": sorted(
            {f"m {a}" for a in stems}
            | {f"m {a} {b}" for a, b in itertools.pairwise(stems)}
            | {f"m {a} _ {b}" for a, b in zip(stems, stems[2:], strict=False)}
        ),
        "letters": sorted({f"c {word[i : i + 4]}" for word in padded for i in range(len(word) - 3)}),
        "rules": sorted(rules | {f"l {length}"}),
        "concepts": [f"k {a}" for a in ideas] + [f"k {a} {b}" for a, b in itertools.combinations(ideas, 2)],
    }


def whole(marks: Marks) -> range:
    """The message as if it were one sentence, to learn from: labels are those of a message."""
    return range(len(marks.keys))


def _sentences(marks: Marks) -> list[range]:
    """Sentences as token ranges; those of one or two words go with the one before."""
    numbers, start = marks.message.sentences, 0
    found: list[range] = []
    for i in range(1, len(numbers) + 1):
        if i == len(numbers) or numbers[i] != numbers[start]:
            if found and sum(_says(marks.keys[j]) for j in range(start, i)) < 3:
                found[-1] = range(found[-1].start, i)
            else:
                found.append(range(start, i))
            start = i
    return found


def _says(key: str) -> bool:
    return key == "?" or any(char.isalnum() for char in key)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


@lru_cache(maxsize=1)
def _model() -> Linear:
    return load(MODEL)
