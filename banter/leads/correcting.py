"""A correction counts as if it had been said right at once: it is read as the answer to the question it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from banter.leads.model import Lead
from banter.leads.reading import Reading, TimeWish
from scoring.model import DIMENSIONS, Answer, Dimension

#: Reads a text at the point of the conversation where `Lead` stands.
Reads = Callable[[Lead, str], Reading]


def as_if_said_at_once(lead: Lead, reading: Reading, read: Reads) -> Reading:
    """The reading of a message that corrects one earlier answer, with what it would have said in that answer's place
    and nothing else; any other reading as it is."""
    if reading.leaves:
        return reading  # "sorry, have to run"
    corrected = _corrected(lead, reading, read)
    if corrected is None or reading.topics:
        return reading
    again = read(_there(lead, corrected), reading.bare or reading.text).answers
    said, here, old = again.get(corrected), reading.answers.get(corrected), lead.answers[corrected]
    if said is None or not said.said:
        return reading
    figure_only = corrected == "budget" and here is not None and here.band == old.band
    if figure_only and here is not None and said.band != here.band:
        return reading  # "sorry, make that 25k" does not take back that it was approved
    if corrected == lead.awaiting and not reading.takes_back and not _stands_alone(said, lead.probe):
        return reading
    if lead.awaiting in reading.answers and lead.awaiting not in again and not reading.introduced:
        return reading
    kept = [d for d in again if d == corrected or d not in lead.answers]  # nothing else is put right by it
    answers = {d: replace(again[d], text=reading.text) for d in kept}
    acts = tuple(dict.fromkeys((*(act for act in reading.acts if act != "refusal"), "correction")))
    corrects = tuple(d for d in answers if d in lead.answers)
    return replace(reading, answers=answers, acts=acts, corrects=corrects, wish=_still_wished(reading.wish))


def _still_wished(wish: TimeWish) -> TimeWish:
    """What is left of a wish for a time: the day in "sorry, month end takes six days" is none."""
    return wish if wish.weekdays or wish.earliest or wish.latest or wish.ordinals else TimeWish()


def _corrected(lead: Lead, reading: Reading, read: Reads) -> Dimension | None:
    """The one answer that is corrected: named by the reading; the open question's, where a follow-up to it is met with
    "I misspoke"; or, where "sorry, ..." fits nothing that is open, the only one that it would have answered."""
    told = [d for d in DIMENSIONS if d in lead.worded and d in lead.answers and lead.answers[d].said]
    if len(reading.corrects) == 1 and not (reading.takes_back and lead.awaiting in reading.answers):
        return reading.corrects[0] if reading.corrects[0] in told else None
    if not reading.introduced or len(reading.corrects) > 1:
        return None
    would = []
    for dimension in told:
        answer = read(_there(lead, dimension), reading.bare).answers.get(dimension)
        if answer is not None and answer.said and _would_answer(lead, reading, answer):
            would.append(dimension)
    if lead.awaiting in would and lead.awaiting in reading.answers:
        return lead.awaiting
    said = any(a.said and not a.guessed for a in reading.answers.values()) or _still_wished(reading.wish).said
    return would[0] if len(would) == 1 and (reading.takes_back or not said) else None


def _would_answer(lead: Lead, reading: Reading, answer: Answer) -> bool:
    """Whether that may be what "sorry, ..." puts right: surely so where the words take something back; a guess only of
    what is open, and after the last question not what anybody says who picks a time."""
    if reading.takes_back:
        return True
    if lead.awaiting in DIMENSIONS:
        return answer.dimension == lead.awaiting or not answer.guessed
    wish_for_better = answer.dimension == "need" and answer.band == "general" and not reading.wish.said
    return answer.specificity == "precise" or (wish_for_better and not answer.guessed)


def _there(lead: Lead, corrected: Dimension) -> Lead:
    """The lead where that question was asked first."""
    earlier = lead.asked[: lead.asked.index(corrected)] if corrected in lead.asked else lead.asked
    known = {d: a for d, a in lead.answers.items() if d in earlier and d != corrected}
    return replace(lead, awaiting=corrected, question=lead.worded.get(corrected, ""), answers=known)


def _stands_alone(answer: Answer, probe: str) -> bool:
    """Whether an answer says it all again, rather than to add what the follow-up asked for: a figure, a measure."""
    if answer.dimension == "budget":
        return answer.band != "amount" or probe not in ("probe_figure", "probe_figure_of")
    if answer.dimension == "need":
        if probe == "probe_example":
            return False  # an example is what was asked for
        return answer.band != "quantified" or any(e.kind == "problem" for e in answer.evidence)
    return True
