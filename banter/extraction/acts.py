"""What a message does while a question is open: answer it or others, correct, ask, refuse, or none of these.

`glance` looks, `verdict` judges what the message does, and here the answers are read that it gives by that judgement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from banter.extraction.elsewhere import clauses_about, clauses_about_others, just_no, moves_it, read_elsewhere
from banter.extraction.glance import Glance, Means, glance, read_own, read_unasked, wish_of, without
from banter.extraction.linear import load
from banter.extraction.requests import tells_news
from banter.extraction.verdict import Verdict, judge_acts
from banter.leads.reading import ACTS, Contact, TimeWish
from scoring.model import DIMENSIONS, Answer, Dimension

__all__ = ["Doing", "Means", "read_acts", "read_doing"]

_APPROVED = ("approved", "approved_amount")
_CALLS_WITHIN = timedelta(days=30)
_A_TIME = 7  # words: "tomorrow, Monday 23 November 2026 at 11:00"


@dataclass(frozen=True)
class Doing:
    """What a message does, and what it says."""

    acts: tuple[str, ...] = ()
    answers: Mapping[Dimension, Answer] = field(default_factory=dict)
    corrects: tuple[Dimension, ...] = ()
    contradicts: tuple[Dimension, ...] = ()
    topics: tuple[str, ...] = ()
    contact: Contact = Contact()
    wish: TimeWish = TimeWish()


def read_acts(
    text: str, open_question: str | None, *, known: Mapping[Dimension, str] | None = None, today: date
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The acts of ACTS in their order, and the bands of answers to other questions than the open one (`also_answers`).

    With `known` None nothing is known of earlier answers: then only words like "make that" tell a correction.
    """
    doing = read_doing(text, open_question, Means(today, known))
    return doing.acts, {name: answer.band for name, answer in doing.answers.items() if name != open_question}


def read_doing(text: str, open_question: str | None, means: Means) -> Doing:
    """Read the whole message. Never raises on any text."""
    seen = glance(text, open_question, means)
    return tell(seen, judge_acts(seen, load("acts"), means), means)


def tell(seen: Glance, verdict: Verdict, means: Means) -> Doing:
    """What a message says that does what `verdict` holds."""
    others = {}
    for name in verdict.others:
        if name == "timeline" and _is_a_time(seen):
            continue
        answer = read_elsewhere(seen, name, verdict.corrects, means)
        if answer is not None:
            others[name] = answer
    corrects = _corrects(seen, verdict, others, means)
    heard = tuple(name for name in verdict.others if name in others or not _counts_for_itself(seen))
    own = _own(seen, replace(verdict, others=heard), means)
    wish = _wish(seen, others, means)
    if corrects and not (wish.first_day or wish.weekdays or wish.earliest):
        wish = TimeWish()  # "sorry, the budget is 25k" picks no time
    acts = set(verdict.acts)
    if seen.open_question == "slot" and seen.wish.said and not wish.said and corrects:
        acts.discard("answer")  # "our deadline moved to 1 March" picks no time
    if means.known is not None:
        _agree_with_known(acts, others, corrects)
    topics = tuple(dict.fromkeys(topic for topic in seen.topics if topic))
    asks = any(part.asks for part in seen.parts)
    if "question" in acts and asks and not topics and means.known is not None:
        topics = ("unknown",)
    answers = {**({own.dimension: own} if own is not None else {}), **others}
    if own is not None and own.band == "declined":
        acts.add("refusal")
    return Doing(
        tuple(act for act in ACTS if act in acts),
        {name: answers[name] for name in DIMENSIONS if name in answers},
        corrects,
        () if _marks_a_change(seen) else corrects,
        topics,
        seen.contact,
        wish,
    )


def _is_a_time(seen: Glance) -> bool:
    """ "Mon 23 Nov 11:00", one of the times on the screen: when the call is, and not when they need it by."""
    wish = seen.wish
    exact = wish.earliest is not None and wish.earliest == wish.latest
    dated = wish.first_day is not None or bool(wish.weekdays)
    return seen.open_question == "slot" and exact and dated and len(seen.text.split()) <= _A_TIME


def _counts_for_itself(seen: Glance) -> bool:
    """True where the open question got a figure: "takes 6 days" measures a need and names no deadline."""
    return seen.own_by_rule is not None and seen.own_by_rule.band in ("quantified", "amount", "approved_amount")


def _own(seen: Glance, verdict: Verdict, means: Means) -> Answer | None:
    """The answer to the open question: without what the other clauses say."""
    if seen.open_question not in DIMENSIONS:
        return None
    declined = Answer(seen.open_question, "declined", "vague", "negative", seen.text)
    if "answer" not in verdict.acts:
        if "refusal" not in verdict.acts:
            return None
        return replace(seen.own, text=seen.text) if seen.own is not None and seen.own.band == "declined" else declined
    found = [seen.own, seen.own_by_rule]
    elsewhere = clauses_about_others(seen, verdict.others)
    rest = without(seen.said, elsewhere)
    if elsewhere and any(c.isalnum() for c in rest):
        corrects = "correction" in verdict.acts  # "I've just been told: 19k is approved" says nothing beside it
        known = [one for one in found if one is not None and not (corrects and (one.guessed or not one.evidence))]
        found = [*read_own(seen.open_question, rest, means)[:2], *known]
    elif elsewhere:
        found = [read_unasked(seen.open_question, seen.said, means)]
    said = next((answer for answer in found if answer is not None and answer.said), None)
    return replace(said, text=seen.text) if said is not None else None


def _corrects(seen: Glance, verdict: Verdict, others: dict[Dimension, Answer], means: Means) -> tuple[Dimension, ...]:
    """Earlier answers that are changed; `others` gets what they change to."""
    known = means.known
    if known is None:
        return tuple(others) if "correction" in verdict.acts else ()
    corrects = []
    for name in others:
        if name not in known:
            continue
        others[name] = changed = _kept(others[name], known[name])
        said_anew = any("corrects" in kind for kind in seen.kinds) or (name == "timeline" and moves_it(seen.said))
        if changed.band != known[name] or "correction" in verdict.acts or said_anew:
            corrects.append(name)
    return tuple(corrects)


def _marks_a_change(seen: Glance) -> bool:
    """True for "sorry, make that 25k", "actually ...", "it's 25k now": words that tell that something is new."""
    told = any(kind.keys() & {"corrects", "weak"} for kind in seen.kinds) or moves_it(seen.said)
    return told or tells_news(seen.text)


def _kept(answer: Answer, before: str) -> Answer:
    """A corrected figure alone does not take back that it was approved."""
    if answer.band == "amount" and before in _APPROVED and answer.commitment != "negative":
        return replace(answer, band="approved_amount", commitment="committed")
    return answer


def _agree_with_known(acts: set[str], others: Mapping[Dimension, Answer], corrects: tuple[Dimension, ...]) -> None:
    """What was answered before is corrected, what was not is answered for the first time."""
    acts -= {"correction", "multi_answer"}
    if corrects:
        acts.add("correction")
    if any(name not in corrects for name in others):
        acts.add("multi_answer")
    if not acts:
        acts.add("answer")


def _wish(seen: Glance, others: Mapping[Dimension, Answer], means: Means) -> TimeWish:
    """When a call is wished for; the day of the project is none."""
    if seen.open_question in DIMENSIONS:
        return TimeWish()
    wish = seen.wish
    if "timeline" in others:
        wish = wish_of(without(seen.said, clauses_about(seen, "timeline")), seen.open_question, means)
    if seen.open_question == "slot":
        turned_down = wish == TimeWish(none_fit=True) and just_no(seen.text)  # the call, not the times
        return TimeWish() if turned_down else wish
    if seen.contact.email or seen.contact.phone:
        return TimeWish()
    near = wish.first_day is not None and wish.first_day <= means.today + _CALLS_WITHIN
    # "Tuesday 14:00 instead" is a wish; "the first" says nothing where no times are shown.
    return wish if near or (wish.first_day is None and (wish.weekdays or wish.earliest)) else TimeWish()
