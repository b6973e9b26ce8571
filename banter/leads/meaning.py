"""What counts of what was read: a message says less than its words could mean. Pure."""

from __future__ import annotations

from dataclasses import replace

from banter.leads.doubts import contradict
from banter.leads.model import Lead
from banter.leads.reading import Reading, TimeWish
from scoring.model import DIMENSIONS, Answer, Dimension


def meant(reading: Reading, lead: Lead) -> Reading:
    """The reading without what only looks like an answer: what is said in another language or on leaving, a wish for a
    call, talk about the call, and what is not said plainly enough to change what was said before."""
    reading = _with_a_wish_for_a_call(_with_other_figures(reading, lead), lead)
    if lead.awaiting == "slot":  # "tomorrow, 9:00" picks a time for the call, and tells nothing of their hurry
        reading = replace(reading, facts=replace(reading.facts, urgency=None))
    if reading.evades and not _looks_for_something(lead):  # "no idea" of the money for nothing in particular
        reading = _only(reading, [d for d in reading.answers if d != "budget"])
    if reading.leaves:
        return replace(reading, answers={}, corrects=(), contradicts=(), wish=TimeWish())
    if reading.language:
        return _only(reading, (), acts_without="refusal")
    if reading.resumes and not any(_is_plain(answer) for answer in reading.answers.values()):
        reading = replace(_only(reading, ()), acts=("smalltalk",))  # "yes, go ahead and ask" tells nothing
    if "book_call" in reading.topics:
        answered = [d for d, a in reading.answers.items() if a.band != "declined"]
        return _only(reading, answered, acts_without="refusal")
    if lead.awaiting in DIMENSIONS or lead.questions_left:
        return _only(reading, [d for d in reading.answers if _counts(d, reading, lead)])
    return _only(reading, [d for d in reading.answers if _counts_at_the_end(d, reading, lead)])


def _with_a_wish_for_a_call(reading: Reading, lead: Lead) -> Reading:
    """A time that is named while an address for mails is asked for, and none was offered, asks for a call."""
    wish, mails_are_offered = reading.wish, lead.awaiting == "contact" and not (lead.slot or lead.offered)
    named = wish.weekdays or wish.first_day or wish.earliest
    if not (mails_are_offered and named) or lead.callback or reading.answers or reading.contact.reachable:
        return reading
    return replace(reading, topics=(*(topic for topic in reading.topics if topic != "unknown"), "book_call"))


def _looks_for_something(lead: Lead) -> bool:
    """Whether they have told of a problem or a wish."""
    need = lead.answers.get("need")
    return need is not None and need.said and need.band != "curious"


def _with_other_figures(reading: Reading, lead: Lead) -> Reading:
    """Another amount than the one that was told changes the answer, although its band is the same."""
    other = [
        d
        for d, new in reading.answers.items()
        if d != lead.awaiting
        and d not in reading.corrects
        and d in lead.answers
        and lead.answers[d].band == new.band
        and contradict(lead.answers[d], new)
    ]
    if not other:
        return reading
    return replace(reading, corrects=(*reading.corrects, *other), contradicts=(*reading.contradicts, *other))


def _counts(dimension: Dimension, reading: Reading, lead: Lead) -> bool:
    """Whether what was read on a question counts while questions are open. The open one's always does; another's first
    answer does unless a follow-up is open, which a vague reply is about; a change has to be marked or plain."""
    answer = reading.answers[dimension]
    if dimension == lead.awaiting:
        return True
    known = lead.answers.get(dimension)
    if known is None or not known.said:
        return _is_plain(answer) or not _follow_up_is_open(lead)
    if dimension in reading.contradicts:
        answers_ours = any(d == lead.awaiting and a.said for d, a in reading.answers.items())
        had_no_problem = dimension == "need" and known.band == "curious" and answer.specificity == "precise"
        return had_no_problem or (_is_plain(answer) and (not answers_ours or dimension in ("budget", "timeline")))
    return reading.introduced or _is_plain(answer) or not _follow_up_is_open(lead)


def _counts_at_the_end(dimension: Dimension, reading: Reading, lead: Lead) -> bool:
    """Whether it counts after the last question: what had been refused, and what is marked as a correction; talk about
    the call is not talk about the timeline."""
    answer = reading.answers[dimension]
    marked = dimension in reading.corrects and "correction" in reading.acts
    if lead.answers[dimension].said and not marked:
        return False
    if lead.status == "booked" and not _is_plain(answer):
        return False  # "actually, my colleague will join too"
    if dimension != "timeline":
        return True
    about_the_call = reading.wish.said or {"move_call", "cancel_call", "call"} & set(reading.topics)
    dated = answer.value is not None and answer.band != "someday"
    return not about_the_call and (dated or reading.introduced)


def _is_plain(answer: Answer) -> bool:
    """Whether it narrows something down in words that a rule knows: "no money for it" does, "it depends" does not."""
    return answer.specificity != "vague" and bool(answer.evidence) and not answer.guessed


def _follow_up_is_open(lead: Lead) -> bool:
    return bool(lead.probe) and lead.awaiting in lead.answers


def _only(reading: Reading, kept: list[Dimension] | tuple[Dimension, ...], *, acts_without: str = "") -> Reading:
    return replace(
        reading,
        answers={d: a for d, a in reading.answers.items() if d in kept},
        corrects=tuple(d for d in reading.corrects if d in kept),
        contradicts=tuple(d for d in reading.contradicts if d in kept),
        acts=tuple(act for act in reading.acts if act != acts_without),
    )
