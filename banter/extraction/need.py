"""Need: a concrete problem of the speaker's own, with or without a measure; else a wish; else curiosity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from banter.extraction.beside import every_word, words_of
from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.hedges import conditions, evidence, hedges, tidy
from banter.extraction.matching import Cue, Message, labelled, read_message, word_lists
from banter.extraction.money import find_money
from banter.extraction.need_measures import bare_numbers, find_measures
from banter.extraction.need_problems import (
    content,
    find_problems,
    is_inside,
    is_off_topic,
    is_own_statement,
    is_plainly_theirs,
    is_somebody_elses,
    processes,
)
from scoring.model import Answer, Evidence

_ASKS = frozenset(
    ["what", "how", "who", "where", "when", "why", "which", "can", "could", "is", "are", "do", "does", "will", "would"]
)
_SOFT = frozenset(
    ["maybe", "perhaps", "possibly", "guess", "suppose", "might", "nice", "not", "unsure", "would", "hope", "hoping"]
)
_UNSURE = frozenset(["maybe", "perhaps", "possibly", "might"])
_NOTHING = (["no"], ["nothing"], ["none"], ["no", "reason"], ["nothing", "really"])


@dataclass(frozen=True)
class _Found:
    """What a message says of work and trouble."""

    problems: Sequence[Cue]
    measures: Sequence[Cue]
    process: Sequence[int]
    concrete: Sequence[int]  # words of their own work beside the problem words
    wishes: Sequence[Cue]
    curious: Sequence[Cue]


def read_need(text: str, today: date, asked: bool) -> Answer:
    """The need answer in `text`; the caller has dealt with refusals."""
    message = read_message(text, tuple((s.start, s.end) for s in find_money(text) if s.marked))
    unclear = _answer(text, "unclear", "vague", "tentative")
    fine, curious = labelled(message, "need", "fine"), labelled(message, "need", "curious")
    if is_somebody_elses(message) and not (asked and curious):
        return unclear
    problems = [p for p in find_problems(message) if not is_inside(p, fine)]
    if fine and not problems:
        return _all_is_fine(message, fine) if asked else unclear
    problems = [p for p in problems if not is_inside(p, curious)]
    if _is_question(message) and not problems:
        return unclear
    found = _find(message, today, problems, curious)
    answer = _plain_problem(message, today, asked, found)
    if answer is None and asked:
        answer = _asked_for(message, today, found)
    return answer or unclear


def _find(message: Message, today: date, problems: Sequence[Cue], curious: Sequence[Cue]) -> _Found:
    concrete = [i for i in content(message) if not any(c.first <= i <= c.last for c in [*curious, *problems])]
    return _Found(
        problems=problems,
        measures=find_measures(message, today, problems),
        process=processes(message),
        concrete=concrete + [c.first for c in labelled(message, "need", "event")],
        wishes=labelled(message, "need", "wish"),
        curious=curious,
    )


def _all_is_fine(message: Message, fine: Sequence[Cue]) -> Answer:
    """ "Everything works", and "everything works but faster would be nice"."""
    wishes = labelled(message, "need", "wish")
    if wishes and "but" in every_word(message):
        return _answer(message.text, "general", "vague", "tentative", evidence(message, "wish", wishes))
    return _answer(message.text, "curious", "vague", "negative", evidence(message, "negation", fine))


def _plain_problem(message: Message, today: date, asked: bool, found: _Found) -> Answer | None:
    """A problem in words that the rules know."""
    told = found.problems and (found.concrete or found.measures)
    if told and (asked or is_plainly_theirs(message, found.problems, found.process, bool(found.measures))):
        return _problem(message, found.problems, found.measures, today)
    law, solves = labelled(message, "need", "law"), labelled(message, "need", "solve")
    if asked and law and any(_days_to_come(message, today)):
        return _problem(message, law, found.measures, today)
    if asked and solves and found.process and not found.curious:
        return _problem(message, solves, found.measures, today)
    return None


def _asked_for(message: Message, today: date, found: _Found) -> Answer | None:
    """What else answers the question for a problem: curiosity, a measure, a process, a wish, a statement."""
    text, process, measures = message.text, found.process, found.measures
    if found.curious:
        return _answer(text, "curious", "vague", "tentative", evidence(message, "hedge", found.curious))
    on_topic = not is_off_topic(message)
    counted = any(k[0].isdigit() for m in measures for k in words_of(message, m))
    if (measures and process) or (counted and found.concrete and on_topic):
        return _problem(message, measures, measures, today)
    if process and not found.wishes and on_topic:
        return _problem(message, [_word(message, i, "process") for i in process], measures, today)
    wishes = found.wishes or ([] if found.concrete else found.problems) or (_generic(message) if on_topic else [])
    if wishes:
        return _answer(text, "general", "vague", _mood(message), evidence(message, "wish", wishes))
    if is_own_statement(message, found.concrete):
        return _statement(message, today)
    if [t.key for t in message.tokens if t.key.isalpha()] in _NOTHING:
        return _answer(text, "curious", "vague", "tentative", [Evidence(text, 0, len(text), "hedge")])
    return None


def _answer(text: str, band: str, specificity: str, commitment: str, found: Sequence[Evidence] = ()) -> Answer:
    return Answer("need", band, specificity, commitment, text, tidy(found))


def _problem(message: Message, problems: Sequence[Cue], measures: Sequence[Cue], today: date) -> Answer:
    found = evidence(message, "problem", problems)
    law = labelled(message, "need", "law")
    days = [s for s in _days_to_come(message, today) if s.kind != "past"]
    if law and days:
        found += [Evidence(s.text, s.start, s.end, "date") for s in days] + evidence(message, "consequence", law)
        return _answer(message.text, "quantified", "precise", "committed", found)
    band = "quantified" if measures else "specific"
    mood = "tentative" if _is_tentative(message) else "intending"
    return _answer(message.text, band, "precise", mood, found + evidence(message, "measure", measures))


def _statement(message: Message, today: date) -> Answer:
    whole = Cue("statement", 0, len(message.tokens) - 1, message.tokens[0].start, message.tokens[-1].end)
    numbers = bare_numbers(message, today)
    found = evidence(message, "problem", [whole]) + evidence(message, "measure", numbers)
    return _answer(message.text, "quantified" if numbers else "specific", "precise", "intending", found)


def _days_to_come(message: Message, today: date) -> list[DateSpan]:
    return [s for s in find_dates(message.text, today) if s.last and s.last >= today and s.precise]


def _is_question(message: Message) -> bool:
    words = [t.key for t in message.tokens if t.key.isalpha()]
    return bool(words) and message.text.rstrip().endswith("?") and (words[0] in _ASKS or len(words) <= 6)


def _is_tentative(message: Message) -> bool:
    if "would be nice" in message.text.lower():
        return True
    at_the_head = [c for c in hedges(message) if c.first <= 1]
    return any(message.tokens[c.first].key in _UNSURE or "guess" in message.text[c.start : c.end] for c in at_the_head)


def _mood(message: Message) -> str:
    soft = any(_SOFT & set(words_of(message, c)) for c in hedges(message))
    return "tentative" if soft or conditions(message) else "intending"


def _generic(message: Message) -> list[Cue]:
    words = word_lists()["generic"]
    return [_word(message, i, "generic") for i, k in enumerate(every_word(message)) if k in words and len(k) > 4]


def _word(message: Message, index: int, label: str) -> Cue:
    return Cue(label, index, index, message.tokens[index].start, message.tokens[index].end)
