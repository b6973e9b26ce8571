"""What questions mean, and how near two are: the models `questions` and `near`, from `corpus/train/faq`. `learn.py` is
the command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from banter.extraction import knowledge_among, knowledge_near
from banter.extraction.fitting import fit
from banter.extraction.knowledge_among import Among
from banter.extraction.knowledge_meaning import (
    HEAD,
    NONE,
    VECTOR_WEIGHT,
    WEIGHTS,
    Meanings,
    Question,
    question,
    question_signs,
)
from banter.extraction.knowledge_near import Near
from banter.extraction.knowledge_words import lexicon
from banter.extraction.linear import Linear, save
from banter.extraction.sentence_vectors import vectors
from banter.extraction.signs import Signs
from banter.extraction.spelling import speller

#: What the lists of words were written against: there they are right far more often than elsewhere.
BUILT_ON = ("built_on",)
_CONCEPTS = ("concepts", "pairs")


class Lesson(NamedTuple):
    """A row, its signs, and the vector of its text."""

    row: Mapping[str, Any]
    signs: Signs
    vector: np.ndarray
    asked: Question


def learn_questions(rows: Sequence[Mapping[str, Any]]) -> str:
    """Save the models; a line that says so."""
    given = lessons(rows)
    save(questions_model(given), "questions")
    knowledge_near.save(nearness(given))
    knowledge_among.save(neighbours(given))
    return f"questions: learnt from {len(rows)} messages"


def lessons(rows: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    """Each row with what is learnt from it."""
    mend = speller(frozenset(word for word in lexicon().words if len(word) > 4))
    asked = [question(row["text"], mend) for row in rows]
    found = vectors(tuple(each.sentence for each in asked))
    return [
        Lesson(row, question_signs(each.words), vector, each)
        for row, vector, each in zip(rows, found, asked, strict=True)
    ]


def questions_model(given: Sequence[Lesson]) -> Linear:
    """One of the usual questions, or NONE, for a message."""
    signs = [
        {group: [] if row["source"] in BUILT_ON and group in _CONCEPTS else names for group, names in seen.items()}
        for row, seen, *_ in given
    ]
    topics = [each.row["key"] or NONE for each in given]
    beside = VECTOR_WEIGHT * np.array([each.vector for each in given])
    return fit(signs, {HEAD: topics}, WEIGHTS, {HEAD: sorted({*topics, NONE})}, beside)


class Taught(NamedTuple):
    """All that is learnt of questions."""

    meanings: Meanings
    near: Near
    among: Among


def taught(given: Sequence[Lesson]) -> Taught:
    """What these rows teach."""
    return Taught(Meanings(questions_model(given)), nearness(given), neighbours(given))


def neighbours(given: Sequence[Lesson]) -> Among:
    """Where the messages on each question lie, and those on none."""
    vectors = np.array([each.vector for each in given])
    return knowledge_among.learnt(vectors, [each.row["key"] or NONE for each in given])


def nearness(given: Sequence[Lesson]) -> Near:
    """In which directions the wordings of one question differ."""
    return knowledge_near.learnt(np.array([each.vector for each in given]), [each.row["key"] for each in given])


def measured_questions(rows: Sequence[Mapping[str, Any]], folds: int) -> str:
    """How well the questions of authors are read whose questions were left out of the learning."""
    authors = sorted({row["author"] for row in rows if row["source"] not in BUILT_ON})
    given = lessons(rows)
    right = tried = 0
    for fold in range(folds):
        left_out = frozenset(authors[fold::folds])
        model = questions_model([each for each in given if each.row.get("author") not in left_out])
        for each in given:
            if each.row.get("author") in left_out:
                margins = Meanings(model).of(each.asked.words, each.vector).margins
                right += model.heads[HEAD][int(margins.argmax())] == (each.row["key"] or NONE)
                tried += 1
    return f"questions: {tried} messages, accuracy {right / max(1, tried):.3f}"
