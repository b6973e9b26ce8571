"""What a message does while a question is open: answer it or others, correct, ask, refuse, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import islice

from banter.extraction.contact import find_contact, masked
from banter.extraction.elsewhere import (
    just_no,
    moves_it,
    must_run,
    names_a_date,
    names_the_deadline,
    spoken_of,
    swallowed,
)
from banter.extraction.money import find_money
from banter.extraction.signals import read_answer
from banter.extraction.topics import Part, labels, parts, rules, topic_of
from banter.extraction.wish import read_wish
from banter.leads.reading import ACTS, TOPICS, Contact, TimeWish
from scoring.model import DIMENSIONS, Answer, Dimension

_MEASURE = re.compile(
    r"\d[\d.,]*\s*(?:%|percent|hours?|hrs?|days?|weeks?|minutes?|mins?|errors?|people|times|a (?:day|week|month))\b",
    re.I,
)
_FIGURE = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_RELEASED = re.compile(
    r".*\b(?:approved|signed(?: it| this)?(?: off)?|allocated|released|okayed|ok'd|agreed|gave|green ?lit|granted)\b.*",
    re.I | re.S,
)
_BUT = re.compile(r"[,;.]?\s+(?:but|though|although|however|if|once|provided|as long as)\s+|[,;]\s+", re.I)
_ASKS_WHETHER = re.compile(r"\W*(?:do|does|must|should|will|did|would) (?:i|we|it|my|our)\b", re.I)
_FOR_MONEY = re.compile(
    r"\b(?:for|mentioned|spend|pay|invest|afford|cost(?:ing)?(?: us)? (?:up to|no more than))\s+"
    r"(?:\w+\s+){0,2}?(?=[$€£]?\s?\d)",
    re.I,
)
_HOW_ABOUT = re.compile(r"\b(?:how|what) about\b", re.I)
_GREETED = re.compile(r"^\W*good (?:morning|afternoon|evening|day)\b(?=\W*$|\W*[,.!])", re.I)
_MARKUP = re.compile(r"\s*(?:<\w.*>|\w*\(.*\);?|[\[{$].*[\]}]|.*;\s*--|.*\bdrop table\b.*)\s*", re.I | re.S)
#: Kinds of a part beside which a guess at an answer is worth nothing.
_NO_ANSWER = {"refusal", "stop", "courtesy", "thanks", "corrects", "human"}
_APPROVED = ("approved", "approved_amount")


_CALLS_WITHIN = timedelta(days=30)


@dataclass(frozen=True)
class Means:
    """What is known before a message is read, and how figures are written here."""

    today: date
    known: Mapping[Dimension, str] | None = None  # None: nothing is known of earlier answers
    topic_hint: str | None = None
    day_first: bool = False
    currency: str | None = None
    competitor_names: tuple[str, ...] = ()
    region: str = "US"  # ISO 3166: where a number without a country code is taken to be
    fiscal_year_start: int = 1  # the month in which the year that "FY27" names begins
    question: str = ""  # the words of the open question, where known
    question_on: str | None = None  # what that question is about


@dataclass(frozen=True)
class Doing:
    """What a message does, and what it says."""

    acts: tuple[str, ...] = ()
    answers: Mapping[Dimension, Answer] = field(default_factory=dict)
    corrects: tuple[Dimension, ...] = ()
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
    cut = parts(text)
    kinds = [labels(rules("acts.jsonl"), part.words) for part in cut]
    asked = [_topic(part, kind, open_question, means) for part, kind in zip(cut, kinds, strict=True)]
    for kind, topic in zip(kinds, asked, strict=True):
        if topic == "person":
            kind.setdefault("human", 0)
    contact = find_contact(text, asked=open_question == "contact", region=means.region)
    said = _without_questions(text, cut, kinds, asked, open_question, means)
    wish = TimeWish()
    if open_question == "slot":
        wish = read_wish(_GREETED.sub(lambda match: " " * len(match.group()), said), means.today)
    elif open_question in ("contact", None) and contact.email is None and contact.phone is None:
        wish = _with_a_time(read_wish(said, means.today), means.today)  # "Tuesday 14:00 instead"
    flat = open_question in ("contact", "slot") and just_no(text)
    answers = _answers(text, said, open_question, kinds, means)
    if flat:
        answers = {}  # "nah, I'm good" says nothing of who decides
    if open_question == "slot" and just_no(text):
        wish = TimeWish()  # turns the call down, not the times
    if (open_question == "slot" or wish.said) and "timeline" in answers:
        if any("corrects" in kind for kind in kinds) or names_the_deadline(said):
            wish = TimeWish()  # "sorry, we need it by Friday" is about the deadline
        elif wish.said:
            del answers["timeline"]
    if answers and any("corrects" in kind for kind in kinds) and not (wish.first_day or wish.weekdays or wish.earliest):
        wish = TimeWish()  # "by the way, it is 18k rather than 15k" picks no time
    corrects = () if flat else _corrections(text, said, open_question, cut, kinds, answers, means)
    topics = tuple(dict.fromkeys(topic for topic in asked if topic))
    acts = _acts(text, open_question, kinds, topics, contact, wish, answers, corrects)
    return Doing(acts, answers, corrects, topics, contact, wish)


def _with_a_time(wish: TimeWish, today: date) -> TimeWish:
    """`wish` when it names a time, or a day that a call could be on: "the first" says nothing where no times are shown,
    and "how about mid January?" is about the deadline."""
    near = wish.first_day is not None and wish.first_day <= today + _CALLS_WITHIN
    return wish if near or (wish.first_day is None and (wish.weekdays or wish.earliest)) else TimeWish()


def _topic(part: Part, kinds: Mapping[str, int], open_question: str | None, means: Means) -> str | None:
    if "courtesy" in kinds or "stop" in kinds:
        return None
    topic = topic_of(part, competitor_names=means.competitor_names)
    if topic == "person" and open_question in ("slot", "contact"):
        # "can you call me at 2?" is a time, "call me on 415 555 2671" a number
        wish = read_wish(part.text, means.today)
        if open_question == "slot" and (wish.first_day or wish.weekdays or wish.earliest or wish.latest):
            return None
        if find_contact(part.text, asked=True, region=means.region).phone:
            return None
    if topic == "meaning" and "refusal" in kinds and not part.asks:
        return None  # "rather not get into that"
    if topic == "price" and open_question == "budget" and not part.asks:
        answer = _answer("budget", part.text, means, asked=True)
        if answer.said and not _guessed(answer):
            return None  # "we'd have to see prices first"
    if topic is not None and _proposes(part, topic, open_question, means):
        return None
    if topic == "unknown" and means.topic_hint in TOPICS:
        return means.topic_hint
    return topic


def _without_questions(
    text: str,
    cut: Iterable[Part],
    kinds: Iterable[Mapping[str, int]],
    asked: Iterable[str | None],
    open_question: str | None,
    means: Means,
) -> str:
    """The message with its questions, addresses and calls to stop blanked out, as long as before."""
    said = text
    for part, kind, topic in zip(cut, kinds, asked, strict=True):
        digression = topic is not None and (part.asks or topic == "meaning")
        if topic == "person" and len(part.text.split()) < 10 and not _FIGURE.search(part.text):
            digression = True  # the "me" of "get me a person" decides nothing
        idle = "courtesy" in kind and (part.asks or (len(part.words.split()) < 12 and not _FIGURE.search(part.text)))
        if open_question == "slot" and idle and read_wish(part.text, means.today).ordinals:
            idle = False  # "second one please"
        if digression or _stops(kind) or idle:
            said = said[: part.start] + " " * (part.end - part.start) + said[part.end :]
    return masked(said)


def _proposes(part: Part, topic: str, open_question: str | None, means: Means) -> bool:
    """An answer put as a question: "can we go live in March?", "would 10k do?"."""
    if topic != "unknown" or open_question not in ("timeline", "slot", "budget", "authority"):
        return False
    if open_question == "slot":
        return read_wish(part.text, means.today).said
    if open_question == "authority" and _ASKS_WHETHER.match(part.text):
        return False
    return _answer(open_question, part.text, means, asked=False).said


def _answer(dimension: Dimension, text: str, means: Means, *, asked: bool) -> Answer:
    if dimension in ("timeline", "budget"):
        text = _HOW_ABOUT.sub(lambda match: " " * len(match.group()), text)
    return read_answer(
        dimension,
        text,
        today=means.today,
        asked=asked,
        question=means.question if asked and dimension == means.question_on else "",
        day_first=means.day_first,
        currency=means.currency,
        fiscal_year_start=means.fiscal_year_start,
    )


def _answers(
    text: str, said: str, open_question: str | None, kinds: list[dict[str, int]], means: Means
) -> dict[Dimension, Answer]:
    if not said.strip():
        return {}
    refused = any("refusal" in kind for kind in kinds)
    found: dict[Dimension, Answer] = {}
    for dimension in DIMENSIONS:
        answer = _answer(dimension, said, means, asked=dimension == open_question)
        if answer.said or (answer.band == "declined" and dimension == open_question):
            found[dimension] = replace(answer, text=text)
    own = found.get(open_question)
    if own is not None and own.said and (swallowed(own, said) or (refused and _hedged(own))):
        del found[open_question]
    must = must_run(said)
    need = found.get("need")
    if must and need is not None and open_question != "need" and _inside(need, must):
        del found["need"]  # "we need it in six weeks" is no trouble
    beside = (
        (len(found) > 1 and not _before_the_rest(open_question, found, said))
        or any(kind.keys() & _NO_ANSWER for kind in kinds)
        or looks_typed_at_random(said)
    )
    if open_question in found and _guessed(found[open_question]) and beside:
        del found[open_question]
    _read_elsewhere(text, said, open_question, found, means)
    if open_question in DIMENSIONS and open_question not in found and refused:
        found[open_question] = Answer(open_question, "declined", "vague", "negative", text)
    if _only_approved_it(found) and (open_question != "authority" or _nobody_named(found["authority"])):
        del found["authority"]
    if _only_in_passing(said, open_question, found, kinds, means):
        del found["need"]
    return found


def _read_elsewhere(
    text: str, said: str, open_question: str | None, found: dict[Dimension, Answer], means: Means
) -> None:
    """Add what is said about other questions in a few words, or behind a "but", which unasked reading leaves alone."""
    if open_question not in found and open_question in DIMENSIONS:
        for name in sorted(spoken_of(said) - found.keys()):
            answer = _answer(name, said, means, asked=True)
            if answer.said and not _guessed(answer) and not swallowed(answer, said):
                found[name] = replace(answer, text=text)
    deadline = names_the_deadline(said)
    if (
        "timeline" not in found
        and open_question != "timeline"
        and names_a_date(said)
        and (deadline or (open_question != "slot" and "timeline" in (means.known or ())))
    ):
        answer = _answer("timeline", said, means, asked=True)
        if answer.value is not None and answer.said:
            found["timeline"] = replace(answer, text=text)
            if open_question in found and _guessed(found[open_question]):
                del found[open_question]
    if "authority" not in found and open_question in found:
        for joint in islice(_BUT.finditer(said), 3):
            answer = _answer("authority", " " * joint.end() + said[joint.end() :], means, asked=False)
            if answer.said and not swallowed(answer, said):
                found["authority"] = replace(answer, text=text)
    if "budget" not in found and open_question in DIMENSIONS and (priced := _FOR_MONEY.search(said)):
        clause = " " * priced.start() + said[priced.start() : priced.end() + 24]
        if find_money(clause) and not _MEASURE.search(clause):
            answer = _answer("budget", clause, means, asked=True)
            if answer.band == "amount":
                found["budget"] = replace(answer, text=text)
    if "timeline" not in found and open_question in DIMENSIONS and (must := must_run(said)):
        answer = _answer("timeline", " " * must.start() + said[must.start() : must.end()], means, asked=True)
        if answer.said and answer.value is not None:
            found["timeline"] = replace(answer, text=text)


def _inside(answer: Answer, words: re.Match[str]) -> bool:
    return all(
        words.start() - 8 <= piece.start and piece.end <= words.end()
        for piece in answer.evidence
        if piece.kind != "measure"
    )


def _before_the_rest(open_question: str | None, found: Mapping[Dimension, Answer], said: str) -> bool:
    """True when all other answers stand behind a joint: what comes before it may be a guessed answer of its own."""
    joint = _BUT.search(said)
    if joint is None or len(said[: joint.start()].split()) < 4:
        return False
    return all(
        piece.start >= joint.start()
        for name, answer in found.items()
        if name != open_question
        for piece in answer.evidence
    )


def _hedged(answer: Answer) -> bool:
    return bool(answer.evidence) and all(piece.kind == "hedge" for piece in answer.evidence)


def _said_surely(answer: Answer) -> bool:
    return answer.said and not _guessed(answer)


def _guessed(answer: Answer) -> bool:
    """True when no rule read it: a likely band for the whole statement, which anything surer outweighs."""
    return any(piece.kind == "statement" for piece in answer.evidence)


def _only_approved_it(found: Mapping[Dimension, Answer]) -> bool:
    """True for "the board signed off 20k": who released the money is not yet who decides on this purchase."""
    budget, authority = found.get("budget"), found.get("authority")
    if budget is None or authority is None or budget.band not in _APPROVED or authority.band == "final":
        return False
    if all(piece.text.lower() in ("approved", "allocated", "signed off", "released") for piece in authority.evidence):
        return True
    return any(_RELEASED.fullmatch(piece.text) for piece in authority.evidence)


def _nobody_named(answer: Answer) -> bool:
    return all(" " not in piece.text for piece in answer.evidence)


def _only_in_passing(
    said: str, open_question: str | None, found: Mapping[Dimension, Answer], kinds: list[dict[str, int]], means: Means
) -> bool:
    """True for a need that is only an echo: "need it live by May" with another answer, or a greeting."""
    need = found.get("need")
    if open_question != "need" or need is None or need.band not in ("general", "curious"):
        return False
    idle = all(kind.keys() & {"courtesy", "thanks"} for kind in kinds)
    return (len(found) > 1 or idle) and not _answer("need", said, means, asked=False).said


def _corrections(
    text: str,
    said: str,
    open_question: str | None,
    cut: tuple[Part, ...],
    kinds: list[dict[str, int]],
    answers: dict[Dimension, Answer],
    means: Means,
) -> tuple[Dimension, ...]:
    """Earlier answers that are changed; `answers` gets what they change to."""
    known = means.known
    others: list[Dimension] = [
        name for name in DIMENSIONS if name != open_question and (known is None or name in known)
    ]
    found: list[Dimension] = []
    marked = False
    for part, kind in zip(cut, kinds, strict=True):
        # "sorry, one more thing." and then the correction: the mark reaches into the next sentence
        marked = "corrects" in kind or (marked and not part.asks)
        if not marked or part.asks:
            continue
        clause = " " * part.start + said[part.start : part.end] + " " * (len(said) - part.end)
        here = [name for name in others if name in answers and _answer(name, clause, means, asked=False).said]
        elsewhere = (open_question != "budget" and find_money(clause)) or open_question not in answers
        if not here and (elsewhere or not _said_surely(_answer(open_question, clause, means, asked=True))):
            bare = _bare(clause, others, means) if "corrects" in kind else None
            if bare is not None:
                answers[bare.dimension] = replace(bare, text=text)
                if bare.dimension != "need" and open_question == "need" and open_question in answers:
                    del answers["need"]
                here = [bare.dimension]
        found += here
    if known is not None:
        found += [name for name in others if name in answers]
    elif "timeline" in others and "timeline" in answers and names_the_deadline(said) and moves_it(said):
        found.append("timeline")
    corrects = []
    for name in dict.fromkeys(found):
        changed = _kept(answers[name], known.get(name) if known else None)
        if (
            known is None
            or changed.band != known[name]
            or marked
            or (name == "timeline" and (moves_it(said) or names_a_date(said)))
            or (name == "budget" and changed.value is not None and any("corrects" in kind for kind in kinds))
        ):
            answers[name] = changed
            corrects.append(name)
    return tuple(corrects)


def _bare(clause: str, others: list[Dimension], means: Means) -> Answer | None:
    """What a marked clause changes when it says no more than the new value: "make that 25k", "I meant June"."""
    order: list[Dimension] = ["timeline", "authority"]
    if find_money(clause, asked=True) and not _MEASURE.search(clause):
        order.insert(0, "budget")
    if _MEASURE.search(clause) and means.known and means.known.get("need") in ("quantified", "specific"):
        answer = _answer("need", clause, means, asked=True)
        if "need" in others and ("timeline" not in others):
            return replace(answer, band="quantified", specificity="precise", commitment="intending")
    for name in order:
        if name in others:
            answer = _answer(name, clause, means, asked=True)
            if answer.said and answer.evidence and not _guessed(answer):
                return answer
    return None


def _kept(answer: Answer, before: str | None) -> Answer:
    """A corrected figure alone does not take back that it was approved."""
    if (
        answer.dimension == "budget"
        and answer.band == "amount"
        and before in _APPROVED
        and answer.commitment != "negative"
    ):
        return replace(answer, band="approved_amount", commitment="committed")
    return answer


def _stops(kind: Mapping[str, int]) -> bool:
    return "stop" in kind and "not_stop" not in kind


def _acts(
    text: str,
    open_question: str | None,
    kinds: list[dict[str, int]],
    topics: tuple[str, ...],
    contact: Contact,
    wish: TimeWish,
    answers: Mapping[Dimension, Answer],
    corrects: tuple[Dimension, ...],
) -> tuple[str, ...]:
    acts: set[str] = set()
    refused = any("refusal" in kind for kind in kinds) or (open_question in ("contact", "slot") and just_no(text))
    own = answers.get(open_question) if open_question in DIMENSIONS else None
    if own is not None and own.said:
        acts.add("answer")
    if (open_question == "contact" and contact != Contact()) or (
        open_question == "slot" and wish.said and not (refused and wish == TimeWish(none_fit=True))
    ):
        acts.add("answer")
    if any(name != open_question and name not in corrects for name in answers):
        acts.add("multi_answer")
    if corrects:
        acts.add("correction")
    if any(topic != "person" for topic in topics):
        acts.add("question")
    if "person" in topics:
        acts.add("human")
    if any(_stops(kind) for kind in kinds):
        acts.add("stop")
    if (own is not None and own.band == "declined") or (refused and "answer" not in acts and "stop" not in acts):
        acts.add("refusal")
    if any("courtesy" in kind and "corrects" not in kind for kind in kinds):
        acts.add("smalltalk")
    if not acts:
        acts.add(_otherwise(text, open_question, kinds))
    return tuple(act for act in ACTS if act in acts)


def _otherwise(text: str, open_question: str | None, kinds: list[dict[str, int]]) -> str:
    if looks_typed_at_random(text) or _MARKUP.fullmatch(text):
        return "nonsense"
    if not kinds or any("thanks" in kind for kind in kinds) or open_question not in DIMENSIONS:
        return "smalltalk"
    return "answer"  # words about something, which no rule could read: closest to an answer


def looks_typed_at_random(text: str) -> bool:
    """Emoji or signs only, one letter again and again, or words that no one could say: "asdfghjkl", "xkcdqz"."""
    words = _LETTERS.findall(text.lower())
    if not words:
        return not re.search(r"\d", text) or len(re.findall(r"\d", text)) > 8
    odd = [word for word in words if _unsayable(word)]
    return len("".join(odd)) * 2 > len("".join(words))


def _unsayable(word: str) -> bool:
    if not word.isascii():
        return False
    if len(word) > 3 and len(set(word)) == 1:
        return True
    row = any(
        word[i : i + 4] in keys
        for keys in ("qwertyuiop", "asdfghjkl", "zxcvbnm", "lkjhgfdsa", "poiuytrewq")
        for i in range(len(word) - 3)
    )
    if row and word not in ("property", "properties", "proper", "properly", "poiuy"):
        return True
    if len(word) >= 4 and not re.search(r"[aeiouy]", word):
        return True
    if len(word) >= 6 and re.fullmatch(r"(.{2,4}?)\1+.?", word):
        return word not in ("hahaha", "hehehe", "byebye", "blahblah", "hahahaha")
    return bool(re.search(r"[bcdfghjklmnpqrstvwxz]{5,}", word)) and not re.search(r"(?:ngths|tchst|rthst|ghtsh)", word)
