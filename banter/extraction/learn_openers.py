"""What a first message is: the model, from `corpus/train/openers`. `learn.py` is the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from banter.extraction.disqualify import find_disqualifier
from banter.extraction.fitting import fit
from banter.extraction.linear import Linear, save
from banter.extraction.openers import WEIGHTS, opener_signs
from banter.extraction.signs import Signs
from banter.leads.reading import OPENERS

#: What the phrases were written against: there they are right far more often than elsewhere, so they teach no trust.
_BUILT_ON = ("examples", "first")
Lesson = tuple[Mapping[str, Any], Signs]


def learn_openers(rows: Sequence[Mapping[str, Any]]) -> str:
    """Save the model; a line that says so."""
    save(openers_model(_lessons(rows)), "openers")
    return f"openers: learnt from {len(rows)} messages"


def openers_model(lessons: Sequence[Lesson]) -> Linear:
    """One of OPENERS for a message."""
    signs = [{**seen, "phrases": []} if row["source"] in _BUILT_ON else seen for row, seen in lessons]
    return fit(signs, {"intent": [row["intent"] for row, _ in lessons]}, WEIGHTS, {"intent": OPENERS})


def measured_openers(rows: Sequence[Mapping[str, Any]], folds: int) -> str:
    """How well messages of authors are read whose messages were left out of the learning."""
    authors = sorted({row["author"] for row in rows if row["source"] not in _BUILT_ON})
    lessons = _lessons(rows)
    right = tried = 0
    for fold in range(folds):
        left_out = frozenset(authors[fold::folds])
        model = openers_model([each for each in lessons if each[0]["author"] not in left_out])
        for row, seen in lessons:
            if row["author"] in left_out:
                kind = find_disqualifier(row["text"])
                read = model.best("intent", seen) if kind is None else "research" if kind == "student" else "other"
                right += read == row["intent"]
                tried += 1
    return f"openers: {tried} messages, accuracy {right / max(1, tried):.3f}"


def _lessons(rows: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    return [(row, opener_signs(row["text"])) for row in rows]
