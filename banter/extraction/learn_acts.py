"""What a message does, and what its clauses are about: the models, from `corpus/train`. `learn.py` is the command."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from banter.extraction.acts import tell
from banter.extraction.acts_signs import WEIGHTS, act_signs
from banter.extraction.corpus import BUILT_ON, evidence_spans
from banter.extraction.fitting import fit
from banter.extraction.glance import Glance, Means, glance, seen_by, with_amounts
from banter.extraction.linear import Linear, save
from banter.extraction.signs import Signs
from banter.extraction.subjects import SUBJECTS, clause_signs, cut
from banter.extraction.subjects import WEIGHTS as SUBJECT_WEIGHTS
from banter.extraction.verdict import judge_acts
from banter.leads.reading import ACTS
from scoring.model import DIMENSIONS

_MEANS = Means(date(2026, 11, 21))
#: Every so many of the answers teach subjects: more change nothing.
_EVERY = 2
_TELLING = frozenset(["answer", "multi_answer", "correction"])
Lesson = tuple[Signs, str]


@dataclass(frozen=True)
class Message:
    """A labelled message with what is seen of it."""

    row: Mapping[str, Any]
    seen: Glance


def from_answers(rows: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    """Clauses that answers rest on, with what they are about."""
    lessons = []
    for row in rows[::_EVERY]:
        subject = "none" if row["band"] in ("unclear", "declined") else row["dimension"]
        message = with_amounts(row["text"])
        spans = cut(message)
        if len(spans) > 1 and subject != "none":
            rests = evidence_spans(row)
            edges = [(message.tokens[span[0]].start, message.tokens[span[-1]].end) for span in spans]
            spans = [
                s for s, (start, end) in zip(spans, edges, strict=True) if any(a < end and start < b for a, b in rests)
            ]
        lessons += [(clause_signs(message, span), subject) for span in spans]
    return lessons


def from_acts(rows: Sequence[Mapping[str, Any]]) -> list[Lesson]:
    """Clauses of messages that speak of one subject at most: of several clauses only those that speak of none."""
    lessons = []
    for row in rows:
        own = row["open_question"] if "answer" in row["acts"] and row["open_question"] in DIMENSIONS else None
        told = [*row["also_answers"], *([own] if own else [])]
        message = with_amounts(row["text"])
        spans = cut(message)
        if len(told) > 1 or (told and len(spans) > 1):
            continue
        lessons += [(clause_signs(message, span), told[0] if told else "none") for span in spans]
    return lessons


def subjects_model(lessons: Sequence[Lesson]) -> Linear:
    """What a clause is about."""
    return fit(
        [signs for signs, _ in lessons],
        {"subject": [subject for _, subject in lessons]},
        SUBJECT_WEIGHTS,
        {"subject": SUBJECTS},
    )


def acts_model(messages: Sequence[Message]) -> Linear:
    """A yes or no for each act, and for each dimension whether it is spoken to beside the open question."""
    wanted = {act: ["yes" if act in each.row["acts"] else "no" for each in messages] for act in ACTS}
    for name in DIMENSIONS:
        wanted[f"also_{name}"] = ["yes" if name in each.row["also_answers"] else "no" for each in messages]
    return fit([act_signs(each.seen) for each in messages], wanted, WEIGHTS, dict.fromkeys(wanted, ("yes",)))


def learn_acts(answers: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> str:
    """Save both models; a line that says so."""
    subjects = subjects_model([*from_answers(answers), *from_acts(rows)])
    save(subjects, "subjects")
    save(acts_model(look_at(rows, subjects)), "acts")
    return f"acts: learnt from {len(rows)} messages"


def look_at(rows: Sequence[Mapping[str, Any]], subjects: Linear) -> list[Message]:
    """The rows with what is seen of them; needs the models of the four answers."""
    return [Message(row, glance(row["text"], row["open_question"], _MEANS, subjects)) for row in rows]


def measured_acts(answers: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]], folds: int) -> str:
    """How well messages of authors are read whose messages were left out of the learning."""
    authors = sorted({row["author"] for row in rows if row["source"] not in BUILT_ON})
    fixed = from_answers([row for row in answers if row["author"] not in authors])
    messages: list[Message] = []
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    also = tried = 0
    for fold in range(folds):
        left_out = frozenset(authors[fold::folds])
        rest = [row for row in rows if row["author"] not in left_out]
        subjects = subjects_model([*fixed, *from_acts(rest)])
        messages = [Message(e.row, seen_by(subjects, e.seen)) for e in messages] or look_at(rows, subjects)
        model = acts_model([each for each in messages if each.row["author"] not in left_out])
        for each in messages:
            if each.row["author"] in left_out:
                found = tell(each.seen, judge_acts(each.seen, model, _MEANS), _MEANS)
                read, labelled = set(found.acts), set(each.row["acts"])
                right.update(read & labelled)
                wrong.update(read ^ labelled)
                bands = {name: a.band for name, a in found.answers.items() if name != each.row["open_question"]}
                also += bands == each.row["also_answers"]
                tried += 1
    shares = ", ".join(f"{act} {2 * right[act] / max(1, 2 * right[act] + wrong[act]):.3f}" for act in ACTS)
    micro = 2 * right.total() / max(1, 2 * right.total() + wrong.total())
    return f"acts: {tried} messages, micro-F1 {micro:.3f}, also_answers exact {also / max(1, tried):.3f} ({shares})"
