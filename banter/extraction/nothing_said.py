"""What only looks like an answer, because it was said to a question: evasions and idle talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from banter.extraction.acts import Doing
from banter.extraction.evasions import evades, postpones
from banter.extraction.idle import is_idle
from banter.leads.reading import ACTS
from scoring.model import DIMENSIONS, Answer, Dimension

#: What "no idea" comes to where it was asked: nothing is allocated yet, no date is set, no problem is named. Who
#: decides stays unknown (docs/labels.md).
_WEAK = {"need": "curious", "budget": "exploring", "timeline": "someday"}


def without_nothing(doing: Doing, text: str, open_question: str | None) -> Doing:
    """`doing` without what an evasion or idle talk seems to say while one of the four questions is open. An evasion is
    a poor answer and asks nothing; a wish to leave the question for later is a refusal; idle talk is small talk."""
    if open_question not in DIMENSIONS:
        return doing
    if postpones(text):
        declined = Answer(open_question, "declined", "vague", "negative", text)
        return _left(doing, {open_question: declined}, "refusal")
    if evades(text):
        weak = {d: a for d, a in doing.answers.items() if d == open_question and a.band == _WEAK.get(d)}
        return _left(doing, weak, "answer")
    if is_idle(text, open_question):
        asked = tuple(topic for topic in doing.topics if topic != "unknown")
        return replace(_left(doing, {}, "smalltalk", *(("question",) if asked else ())), topics=asked)
    return doing


def _left(doing: Doing, answers: Mapping[Dimension, Answer], *acts: str) -> Doing:
    ordered = tuple(act for act in ACTS if act in acts)
    return replace(doing, acts=ordered, answers=answers, corrects=(), contradicts=(), topics=())
