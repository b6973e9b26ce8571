"""What is said to an answer before the next question. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from banter.leads.facts import Facts
from banter.leads.reading import Reading
from banter.leads.saying import REACTIONS, VALUES, Say
from scoring.model import Answer, Dimension

_LONGEST = 40  # characters: a longer measure is no phrase to say back
#: What a problem costs; "40 clients" is only how much there is of something.
_COSTS = ("hours", "minutes", "days", "weeks", "weekends", "months")


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
    if {d for d in altered if not _adds_to(before[d], after[d])} & set(reading.corrects):
        return (Say("utter_corrected"),)
    if all(after[d].band == "declined" for d in changed):
        return (Say("utter_declined"),)
    if len(changed) == 1 and open_question in changed:
        (answer,) = (after[d] for d in changed)
        name = REACTIONS.get((answer.dimension, answer.band))
        told = before.get(answer.dimension)
        if name and (told is None or told.band != answer.band):
            measure = _measure(answer, reading.facts)
            if "measure" not in VALUES.get(name, ()):
                return (Say(name),)
            if measure is not None:
                return (Say(name, {"measure": measure}),)
    return (Say("utter_acknowledged"),)


def _differs(old: Answer, new: Answer) -> bool:
    return (old.band, old.value) != (new.band, new.value)


def _adds_to(old: Answer, new: Answer) -> bool:
    """ "20k" ... "approved": nothing is taken back."""
    return new.band == "approved_amount" and old.value is not None and old.value == new.value


def _measure(answer: Answer, facts: Facts) -> str | None:
    """The visitor's own words for how big the problem is, as they can be said back."""
    found = [e.text for e in answer.evidence if e.kind == "measure"] or [*_times(facts)]
    fitting = [text for text in (words.strip(" .,;:!") for words in found) if _can_be_said_back(text)]
    return max(fitting, key=len, default=None)


def _times(facts: Facts) -> Iterator[str]:
    """The words for the time that the problems cost."""
    for pain in facts.pains:
        words = [e.text for e in pain.evidence if e.kind == "measure"]
        for measure, text in zip(pain.measures, words, strict=False):
            if measure.unit in _COSTS:
                yield text


def _can_be_said_back(text: str) -> bool:
    return 3 <= len(text) <= _LONGEST and "\n" not in text
