"""What went wrong in a dialogue, as somebody who sees only the conversation would say. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from banter.simulate.model import DIMENSIONS, Dialogue, Exchange, Known

MOST_QUESTIONS = 6
#: The same question in so many answers running, although nothing was asked in between, leads nowhere. Times and
#: addresses are looked for together, so they may take one more.
MOST_ALIKE = {**dict.fromkeys(DIMENSIONS, 2), "slot": 3, "contact": 3}
#: After these it is right that the open question comes back.
ASIDES = frozenset(
    {"question", "question_again", "evasion_why", "person", "correction", "hello", "back"}
    | {"opener_sales", "opener_research", "opener_support", "mistyped", "slot_none"}
)
#: After these too, once; who goes on like that must not be asked the same for ever.
CHAT = frozenset({"smalltalk", "story", "abuse", "nonsense"})
#: What asks something, so that more than the open question must come back.
ASKING = frozenset({"question", "question_again", "evasion_why", "person"})
#: After these a conversation may well be over.
MAY_END = frozenset(
    {"stop", "bye", "thanks", "refusal", "slot_refuse", "slot_none", "contact_refuse", "helped", "support_more"}
    | {"mistyped", "phone", "contact"}
)
#: Who is rightly sent elsewhere; researchers may say that they write an article.
NO_BUYERS = frozenset({"no_buyer", "research"})
#: The bands that an evasion may rightly be read as.
WEAK = {"need": {"curious", "general"}, "budget": {"exploring"}, "timeline": {"someday"}, "authority": {"none"}}
NO_ANSWER = frozenset({"unclear", "declined"})
#: Who was away for so long is asked anew, with what is still known; the playbook that ships says so.
ANEW = timedelta(days=30)
#: A sentence of fewer words ("Got it.") may come twice.
SHORTEST = 3

#: Every sort of trouble, worst first, and what it means.
SORTS = {
    "failure": "the conversation broke off with an error",
    "silence": "an open conversation, and nothing was said or asked",
    "lost": "the bot ended it, or called them no buyer, although they neither refused nor wanted to go",
    "pitched": "a customer with a problem was asked a question of selling",
    "polluted": "something counts as an answer that the visitor never said",
    "seventh": f"more than {MOST_QUESTIONS} questions",
    "stuck": "the same question again and again, or no outcome in the end",
    "repeated": "a sentence was said twice running",
    "ignored": "a question of theirs, or the wish for a person, got nothing but the open question",
    "asked_known": "who said everything at once was asked more than one question",
}


@dataclass(frozen=True)
class Trouble:
    """`at` is the number of the exchange, the opening being 0; `what` is for reading."""

    sort: str
    at: int
    what: str


@dataclass(frozen=True)
class Read:
    """An answer and what was made of it. `known` None: not taken as an answer."""

    at: int
    dimension: str
    meant: str
    known: str | None
    text: str


def troubles(dialogue: Dialogue) -> tuple[Trouble, ...]:
    """In the order of the conversation."""
    found = [
        *_failures(dialogue),
        *_silences(dialogue.exchanges),
        *_lost(dialogue),
        *_pitched(dialogue),
        *_polluted(dialogue.exchanges),
        *_alike(dialogue.exchanges),
        *_repeated(dialogue.exchanges),
        *_ignored(dialogue.exchanges),
        *_asked(dialogue),
    ]
    return tuple(sorted(found, key=lambda trouble: trouble.at))


def questions(exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """The questions of the framework that the visitor was asked, follow-ups included, as one who counts would. What
    comes back after an aside of theirs is no further question; who was away for a month is asked anew."""
    return max((tuple(question for _, question in part) for part in _parts(exchanges)), key=len)


def after_opener(exchanges: Sequence[Exchange]) -> int:
    """The questions that came after the first message."""
    return sum(1 for at, _ in _asked_at(exchanges) if at > 0)


def reads(dialogue: Dialogue) -> Iterator[Read]:
    """What each answer was taken for, in the turn it was given."""
    for at, exchange in enumerate(dialogue.exchanges):
        if exchange.move is not None and exchange.known is not None:
            for dimension, meant in exchange.move.means.items():
                yield Read(at, dimension, meant, exchange.known.bands.get(dimension), exchange.move.text)


def sentences(texts: Sequence[str]) -> tuple[str, ...]:
    """Each sentence of three words or more, in small letters."""
    parts = (part for text in texts for part in re.split(r"(?<=[.!?])\s+", text))
    return tuple(part.casefold() for part in parts if len(part.split()) >= SHORTEST)


def _parts(exchanges: Sequence[Exchange]) -> list[list[tuple[int, str]]]:
    """What was asked, with the number of the exchange, before and after an absence that makes it begin anew."""
    anew = [at for at, one in enumerate(exchanges) if one.move is not None and one.move.pause >= ANEW]
    asked = list(_asked_at(exchanges))
    ends = [0, *anew, len(exchanges)]
    return [[one for one in asked if first <= one[0] < last] for first, last in pairwise(ends)]


def _asked_at(exchanges: Sequence[Exchange]) -> Iterator[tuple[int, str]]:
    waiting: set[str] = set()  # put, and passed over by the visitor so far
    before: str | None = None
    for at, exchange in enumerate(exchanges):
        if exchange.move is not None:
            waiting -= set(exchange.move.means)
            if exchange.move.says not in ASIDES | CHAT and before is not None:
                waiting.discard(before)
        now = exchange.reply.awaiting
        if now in DIMENSIONS and now not in waiting and exchange.reply.texts:
            waiting.add(str(now))
            yield at, str(now)
        before = now


def _failures(dialogue: Dialogue) -> Iterator[Trouble]:
    if dialogue.failure is not None:
        yield Trouble("failure", len(dialogue.exchanges), dialogue.failure)
    if dialogue.visitor.end == "gave_up":
        yield Trouble("stuck", len(dialogue.exchanges) - 1, "the visitor gave up before there was an outcome")


def _silences(exchanges: Sequence[Exchange]) -> Iterator[Trouble]:
    for at, exchange in enumerate(exchanges):
        if not exchange.reply.texts and exchange.reply.status != "handed_over":  # a person has it: the bot is quiet
            yield Trouble("silence", at, "no answer at all")


def _lost(dialogue: Dialogue) -> Iterator[Trouble]:
    if dialogue.visitor.kind.name in NO_BUYERS:
        return
    before = "open"
    for at, exchange in enumerate(dialogue.exchanges):
        now, move = exchange.reply.status, exchange.move
        if now == "closed" != before and move is not None and move.says not in MAY_END:
            yield Trouble("lost", at, f"it was over after {_shown(move.text)}")
        before = now


def _pitched(dialogue: Dialogue) -> Iterator[Trouble]:
    opener, *_ = [*(one for one in dialogue.exchanges if one.move is not None), None]
    if opener is None or opener.move is None or opener.move.says != "opener_support":
        return
    if opener.reply.awaiting in DIMENSIONS:
        yield Trouble(
            "pitched", 1, f"{_shown(opener.move.text)} was answered by asking for the {opener.reply.awaiting}"
        )


def _polluted(exchanges: Sequence[Exchange]) -> Iterator[Trouble]:
    """A band that is new or other after a message that told nothing of it."""
    before = Known()
    told: set[str] = set()
    for at, exchange in enumerate(exchanges):
        if exchange.known is None:
            return
        move = exchange.move
        told |= set(move.means) if move else set()
        for dimension, band in exchange.known.bands.items():
            changed = band != before.bands.get(dimension)
            if not changed or band in NO_ANSWER or (move is not None and dimension in move.means):
                continue
            if move is not None and move.weak == dimension and band in WEAK[dimension]:
                continue
            what = f"{dimension} became {band} by {_shown(move.text) if move else 'the opening'}"
            yield Trouble("polluted", at, what if dimension in told else f"{what}; nothing was ever said of it")
        before = exchange.known


def _alike(exchanges: Sequence[Exchange]) -> Iterator[Trouble]:
    before: str | None = None
    again, chatted = 0, False
    for at, exchange in enumerate(exchanges):
        now, move = exchange.reply.awaiting, exchange.move
        says = move.says if move is not None else ""
        if now is None or now != before or (move is not None and move.pause >= ANEW):
            again, chatted = 1, False
        elif says in CHAT and not chatted:
            chatted = True
        elif says not in ASIDES and (move is None or move.topic is None):  # who asks something is asked again after it
            again += 1
            if again == MOST_ALIKE[now] + 1:
                yield Trouble("stuck", at, f"{now} was asked for {again} times running")
        before = now


def _repeated(exchanges: Sequence[Exchange]) -> Iterator[Trouble]:
    before: set[str] = set()
    for at, exchange in enumerate(exchanges):
        for texts in (exchange.reply.unasked, exchange.reply.texts):
            now = sentences(texts)
            for sentence in dict.fromkeys(now):
                if sentence in before or now.count(sentence) > 1:
                    yield Trouble("repeated", at, f"said again: {_shown(sentence)}")
            before = set(now) or before


def _ignored(exchanges: Sequence[Exchange]) -> Iterator[Trouble]:
    for at, exchange in enumerate(exchanges):
        move, reply = exchange.move, exchange.reply
        if move is not None and move.says in ASKING and reply.awaiting is not None and len(reply.texts) == 1:
            yield Trouble("ignored", at, f"{_shown(move.text)} got only {_shown(reply.texts[0])}")


def _asked(dialogue: Dialogue) -> Iterator[Trouble]:
    exchanges = dialogue.exchanges
    for asked in _parts(exchanges):
        if len(asked) > MOST_QUESTIONS:
            yield Trouble("seventh", asked[MOST_QUESTIONS][0], f"asked: {', '.join(question for _, question in asked)}")
    opener = exchanges[1].move if len(exchanges) > 1 else None
    if opener is not None and opener.says == "everything" and after_opener(exchanges) > 1:
        later = [question for at, question in _asked_at(exchanges) if at > 0]
        yield Trouble("asked_known", 1, f"asked after it: {', '.join(later)}")


def _shown(text: str) -> str:
    return f'"{text}"' if len(text) <= 120 else f'"{text[:117]}..."'
