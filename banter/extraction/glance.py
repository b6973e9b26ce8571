"""All that is seen of a message before it is judged what it does: its parts, its clauses, what it says on the open
question, the addresses and the times in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from banter.extraction.by_rules import Manner, read_by_rules
from banter.extraction.contact import find_contact, masked
from banter.extraction.linear import Linear, load
from banter.extraction.matching import Message, read_message
from banter.extraction.money import find_money
from banter.extraction.requests import fits_hint
from banter.extraction.signals import by_rules_alone, judge, see
from banter.extraction.subjects import Clause, clauses
from banter.extraction.topics import TOLD, Part, chat_topic, labels, parts, rules, topic_of
from banter.extraction.unfinished import is_unfinished
from banter.extraction.wish import read_wish
from banter.leads.reading import TOPICS, Contact, TimeWish
from scoring.model import DIMENSIONS, Answer, Dimension

_GREETED = re.compile(r"^\W*good (?:morning|afternoon|evening|day)\b(?=\W*$|\W*[,.!])", re.I)
_HOW_ABOUT = re.compile(r"\b(?:how|what) about\b", re.I)
_ASKS_WHETHER = re.compile(r"\W*(?:do|does|must|should|will|did|would) (?:i|we|it|my|our)\b", re.I)
_FIGURE = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEW_WORDS = 2
_FEW_MORE = 10
_HELD_OUT = 4


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


@dataclass(frozen=True, eq=False)
class Glance:
    """A message as it is seen. `said` is the text with addresses and with questions of known kinds blanked out, as long
    as the text; `own` is what it would say on the open question, by the model and by the rules."""

    text: str
    said: str
    open_question: str | None
    parts: tuple[Part, ...]
    kinds: tuple[Mapping[str, int], ...]  # labels of acts.jsonl, of each part
    forms: tuple[Mapping[str, int], ...]  # labels of topics_forms.jsonl
    topics: tuple[str | None, ...]
    message: Message
    clauses: tuple[Clause, ...]
    own: Answer | None
    own_by_rule: Answer | None
    chances: Mapping[str, float]  # of the bands of the open question; empty where none is
    contact: Contact
    wish: TimeWish


def glance(text: str, open_question: str | None, means: Means, subjects: Linear | None = None) -> Glance:
    """Look at a message once; `subjects` is the model of what clauses are about. Never raises on any text."""
    cut = parts(text)
    kinds = tuple(labels(rules("acts.jsonl"), part.words) for part in cut)
    topics = tuple(_topic(part, kind, open_question, means) for part, kind in zip(cut, kinds, strict=True))
    said = _without_questions(text, cut, kinds, topics, open_question, means)
    message = with_amounts(text)
    contact = find_contact(text, asked=open_question == "contact", region=means.region)
    own = by_rule = None
    chances: Mapping[str, float] = {}
    if open_question in DIMENSIONS and said.strip() and not _says_nothing_yet(said, open_question, contact):
        own, by_rule, chances = read_own(open_question, said, means)
    return Glance(
        text,
        said,
        open_question,
        cut,
        kinds,
        tuple(labels(rules("topics_forms.jsonl"), part.words) for part in cut),
        topics,
        message,
        clauses(message, load("subjects") if subjects is None else subjects),
        own,
        by_rule,
        chances,
        contact,
        wish_of(said, open_question, means) if open_question not in DIMENSIONS else TimeWish(),
    )


def _says_nothing_yet(said: str, open_question: str | None, contact: Contact) -> bool:
    """True for "and the budget", and for an address without a word to it: "it's founder@example.com"."""
    if open_question in ("budget", "timeline") and is_unfinished(said):
        return True
    return bool(contact.email) and len(_WORD.findall(said)) <= _FEW_WORDS


def with_amounts(text: str) -> Message:
    """`text` as the rules see it, each marked amount as one word."""
    return read_message(text, tuple(sorted({(span.start, span.end) for span in find_money(text) if span.marked})))


def wish_of(said: str, open_question: str | None, means: Means) -> TimeWish:
    """When a call is wished for by these words."""
    return read_wish(
        _GREETED.sub(lambda m: " " * len(m.group()), said) if open_question in ("slot", "contact") else said,
        means.today,
    )


def read_own(dimension: Dimension, said: str, means: Means) -> tuple[Answer, Answer, Mapping[str, float]]:
    """What `said` says on `dimension`, asked for: by the model, by the rules, and how likely each band is."""
    if dimension in ("timeline", "budget"):
        said = _HOW_ABOUT.sub(lambda match: " " * len(match.group()), said)
    manner = Manner(means.day_first, means.currency, means.fiscal_year_start)
    question = means.question if dimension == means.question_on else ""
    if by_rules_alone(dimension, said, question):
        answer = read_by_rules(dimension, said, means.today, True, question, manner)
        return answer, answer, {}
    # The same question is asked in many wordings, and an answer is worth the same to each of them.
    seen = see(dimension, said, means.today, question, manner, weighs_question=False)
    model = load(dimension)
    return judge(seen, model, load(f"{dimension}_evidence")), seen.rule, model.chances("band", seen.signs)


def read_unasked(dimension: Dimension, said: str, means: Means) -> Answer:
    """What `said` says on `dimension` in plain words, by the rules alone."""
    manner = Manner(means.day_first, means.currency, means.fiscal_year_start)
    return read_by_rules(dimension, said, means.today, False, "", manner)


def read_by_rule(dimension: Dimension, said: str, means: Means) -> Answer:
    """What `said` says on `dimension` had it been asked for, by the rules alone."""
    manner = Manner(means.day_first, means.currency, means.fiscal_year_start)
    return read_by_rules(dimension, said, means.today, True, "", manner)


def only(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with all but `spans` blanked out."""
    kept = [" "] * len(text)
    for start, end in spans:
        kept[start:end] = text[start:end]
    return "".join(kept)


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """`text` with `spans` blanked out."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def stops(kind: Mapping[str, int]) -> bool:
    """True where the words of a part are those of somebody who wants no more messages."""
    return "stop" in kind and "not_stop" not in kind


def _topic(part: Part, kinds: Mapping[str, int], open_question: str | None, means: Means) -> str | None:
    """The topic that a part asks about; None where it asks nothing."""
    chat = chat_topic(part, competitor_names=means.competitor_names)
    if chat is not None and (chat == "erase" or not stops(kinds)):
        return chat
    if "courtesy" in kinds or stops(kinds):
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
    priced = topic == "price" and open_question == "budget" and not part.asks
    if priced and read_unasked("budget", part.text, means).said:
        return None  # "we'd have to see prices first"
    if topic == "unknown" and _proposes(part, open_question, means):
        return None
    if topic == "unknown" and means.topic_hint in TOPICS and fits_hint(part, means.topic_hint):
        return means.topic_hint
    return topic


def _proposes(part: Part, open_question: str | None, means: Means) -> bool:
    """An answer put as a question: "can we go live in March?", "would 10k do?"."""
    if open_question == "slot":
        return read_wish(part.text, means.today).said
    if open_question not in ("timeline", "budget", "authority"):
        return False
    if open_question == "authority" and _ASKS_WHETHER.match(part.text):
        return False
    return any(name == open_question and read_unasked(name, part.text, means).said for name in DIMENSIONS)


def _without_questions(
    text: str,
    cut: Sequence[Part],
    kinds: Sequence[Mapping[str, int]],
    topics: Sequence[str | None],
    open_question: str | None,
    means: Means,
) -> str:
    said = text
    asked = False
    for place, (part, kind, topic) in enumerate(zip(cut, kinds, topics, strict=True)):
        short = len(part.words.split()) < 12 and not _FIGURE.search(part.text)
        digression = topic is not None and (part.asks or topic in ("meaning", *TOLD))
        if topic == "person" and short:
            digression = True  # the "me" of "get me a person" decides nothing
        if topic == "competitors" and len(part.text.split()) <= _FEW_MORE and chat_topic(part) == topic:
            digression = True  # "I'm comparing you with ..." is no trouble of theirs
        if topic == "dear" and open_question == "budget":
            digression = "amazed" in labels(rules("chat.jsonl"), part.words)  # "too dear" says something of a budget
        idle = "courtesy" in kind and (part.asks or short)
        if open_question == "slot" and idle and read_wish(part.text, means.today).ordinals:
            idle = False  # "second one please"
        if asked and open_question in DIMENSIONS and _goes_on_asking(part):
            digression = True
        asked = part.asks and (topic is not None or digression)
        if open_question == "need" and (_is_about_our_page(part) or _answers_itself(cut, place)):
            digression = True
        if digression or stops(kind) or idle:
            said = without(said, [(part.start, part.end)])
    return masked(_without_names(said, means.competitor_names))


def _without_names(text: str, names: Iterable[str]) -> str:
    """Blanks in the place of products: no problem is told by the "Close" of "Example Close"."""
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", lambda found: " " * len(found.group()), text, flags=re.I)
    return text


def _is_about_our_page(part: Part) -> bool:
    """ "Your contact form is broken": ours is no need of theirs."""
    return "fails" in labels(rules("our_page.jsonl"), part.words)


def _answers_itself(cut: Sequence[Part], place: int) -> bool:
    """ "Nothing broken? Good.": a question that its own writer has settled."""
    asked, then = cut[place], cut[place + 1 : place + 2]
    if not asked.text.rstrip().endswith("?") or _FIGURE.search(asked.text) or not then:
        return False
    return "settles" in labels(rules("our_page.jsonl"), then[0].words)


def _goes_on_asking(part: Part) -> bool:
    """ "How fast can we be live? 2 weeks? 3 months?": what is held out behind a question is still asked."""
    return part.text.rstrip().endswith("?") and len(part.text.split()) <= _HELD_OUT


def seen_by(model: Linear, found: Glance) -> Glance:
    """The same glance, with its clauses told by another model."""
    return replace(found, clauses=clauses(found.message, model))
