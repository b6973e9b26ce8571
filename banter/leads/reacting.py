"""What is said to an answer before the next question. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from banter.leads.reading import Reading
from banter.leads.saying import REACTIONS, VALUES, Say
from scoring.model import Answer, Dimension

_LONGEST = 40  # characters: a longer measure is no phrase to say back


def reaction(
    reading: Reading,
    before: Mapping[Dimension, Answer],
    after: Mapping[Dimension, Answer],
    changed: set[Dimension],
    open_question: str | None,
) -> tuple[Say, ...]:
    """Thanks for what was answered, in its own terms where one answer stands out."""
    if not changed:
        return ()
    altered = {d for d in changed if d in before and before[d].said and _differs(before[d], after[d])}
    if altered & set(reading.corrects):
        return (Say("utter_corrected"),)
    if all(after[d].band == "declined" for d in changed):
        return (Say("utter_declined"),)
    if changed == {open_question}:
        answer = after[open_question]  # type: ignore[index]
        name = REACTIONS.get((answer.dimension, answer.band))
        if name and (answer.dimension not in before or not before[answer.dimension].said):
            measure = _measure(answer)
            if "measure" not in VALUES.get(name, ()):
                return (Say(name),)
            if measure is not None:
                return (Say(name, {"measure": measure}),)
    return (Say("utter_acknowledged"),)


def _differs(old: Answer, new: Answer) -> bool:
    return (old.band, old.value) != (new.band, new.value)


def _measure(answer: Answer) -> str | None:
    """The visitor's own words for how big the problem is, as they can be said back."""
    found = [e.text.strip(" .,;:!") for e in answer.evidence if e.kind == "measure"]
    fitting = [text for text in found if 3 <= len(text) <= _LONGEST and "\n" not in text]
    return max(fitting, key=len, default=None)
