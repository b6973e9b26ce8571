"""What questions mean: the model, from `corpus/train/faq`. `learn.py` is the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from banter.extraction.fitting import fit
from banter.extraction.knowledge_meaning import HEAD, NONE, WEIGHTS, question_signs
from banter.extraction.knowledge_words import spoken
from banter.extraction.linear import Linear, save
from banter.extraction.signs import Signs

#: What the lists of words were written against: there they are right far more often than elsewhere.
BUILT_ON = ("built_on",)
_CONCEPTS = ("concepts", "pairs")
Lesson = tuple[Mapping[str, Any], Signs]


def learn_questions(rows: Sequence[Mapping[str, Any]]) -> str:
    """Save the model; a line that says so."""
    save(questions_model(lessons(rows)), "questions")
    return f"questions: learnt from {len(rows)} messages"


def lessons(rows: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    """Each row with its signs."""
    return [(row, question_signs(spoken(row["text"]))) for row in rows]


def questions_model(given: Sequence[Lesson]) -> Linear:
    """One of the usual questions, or NONE, for a message."""
    signs = [
        {group: [] if row["source"] in BUILT_ON and group in _CONCEPTS else names for group, names in seen.items()}
        for row, seen in given
    ]
    topics = [row["key"] or NONE for row, _ in given]
    return fit(signs, {HEAD: topics}, WEIGHTS, {HEAD: sorted({*topics, NONE})})


def measured_questions(rows: Sequence[Mapping[str, Any]], folds: int) -> str:
    """How well the questions of authors are read whose questions were left out of the learning."""
    authors = sorted({row["author"] for row in rows if row["source"] not in BUILT_ON})
    given = lessons(rows)
    right = tried = 0
    for fold in range(folds):
        left_out = frozenset(authors[fold::folds])
        model = questions_model([each for each in given if each[0].get("author") not in left_out])
        for row, seen in given:
            if row.get("author") in left_out:
                right += model.best(HEAD, seen) == (row["key"] or NONE)
                tried += 1
    return f"questions: {tried} messages, accuracy {right / max(1, tried):.3f}"
