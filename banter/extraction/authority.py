"""Authority: who decides. Finds who does what - decide, recommend, ask - and reads the speaker's part from it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from banter.extraction.actors import Actor, find_actors
from banter.extraction.authority_bare import bare
from banter.extraction.authority_parts import find_parts, parts_played
from banter.extraction.authority_unasked import says_so
from banter.extraction.authority_verdict import Verdict, verdict
from banter.extraction.beside import every_word, words_of, written
from banter.extraction.hedges import corrected_from, evidence, hedges, tidy
from banter.extraction.matching import Message, labelled, read_message
from scoring.model import Answer, Evidence

__all__ = ["parts_played", "read_authority"]

_QUESTION = re.compile(r"[^.!?\n]+\?+")
_PRESENT = frozenset(["now", "nowadays", "today", "currently", "since", "meanwhile", "these"])
_THINKS = frozenset(["think", "guess", "believe", "suppose", "assume", "reckon", "imagine"])
_UNSURE = frozenset(
    ["probably", "maybe", "perhaps", "possibly", "guess", "sure", "might", "presumably", "likely", "think"]
)
_KINDS = {"final": "decision", "shared": "decision", "influence": "recommendation", "none": "approver"}


def read_authority(text: str, asked: bool, question: str) -> Answer:
    """The authority answer in `text`; the caller has dealt with refusals."""
    message = read_message(_without_rhetoric(text))
    cut = max((c for c in (corrected_from(message), _since_then(message)) if c is not None), default=None)
    if cut is not None:
        start = message.tokens[cut].start
        later = read_message(" " * start + message.text[start:])
        answer = _read(later, text, asked, question)
        if answer.said:
            return answer
    return _read(message, text, asked, question)


def _without_rhetoric(text: str) -> str:
    """ "Honestly? My wife." and "Me. Who else?" answer; their short questions are blanked out, offsets stay."""
    kept = _QUESTION.sub(lambda m: " " * len(m.group()) if len(m.group().split()) <= 3 else m.group(), text)
    return kept if kept.strip() else text


def _since_then(message: Message) -> int | None:
    """ "It used to be my father, now it is me": where the present begins, after words about the past."""
    past = labelled(message, "authority", "past")
    if not past:
        return None
    keys = every_word(message)
    return next((i for i in range(past[0].first + 1, len(keys) - 2) if keys[i] in _PRESENT), None)


def _read(message: Message, text: str, asked: bool, question: str) -> Answer:
    unclear = Answer("authority", "unclear", "vague", "tentative", text)
    if not message.tokens or _of_a_former_employer(message):
        return unclear
    actors = find_actors(message)
    parts = find_parts(message, actors)
    found = verdict(message, actors, parts)
    if found is None and asked:
        found = bare(message, actors, question)
    if found is None or not (asked or says_so(message, actors, parts, found.band)):
        return unclear
    specificity, commitment = _specificity(message, actors, found.band), _held(message, found)
    return Answer("authority", found.band, specificity, commitment, text, tidy(_evidence(message, actors, found)))


def _of_a_former_employer(message: Message) -> bool:
    words = [written(message, c).split()[-1] for c in labelled(message, "need", "foreign")]
    return any(word in ("job", "company", "employer", "place", "at", "worked") for word in words)


def _held(message: Message, found: Verdict) -> str:
    """The commitment, less where it is hedged."""
    if found.band == "none" and found.commitment == "negative" and _unsure(message):
        return "tentative"
    if found.band == "influence" and found.commitment == "intending" and hedges(message):
        return "tentative"
    return found.commitment


def _unsure(message: Message) -> bool:
    thinks = any(a == "i" and b in _THINKS for a, b in itertools.pairwise(every_word(message)))
    return thinks or any(_UNSURE & set(words_of(message, c)) for c in hedges(message))


def _specificity(message: Message, actors: Sequence[Actor], band: str) -> str:
    fact = bool(labelled(message, "authority", "fact"))
    if band == "final":
        roles = any(a.named and a.kind in ("self", "other") for a in actors)
        return "precise" if fact or roles or any(key[:1].isdigit() for key in every_word(message)) else "some"
    checkable = any(a.named for a in actors) or (fact and band == "shared") or labelled(message, "authority", "place")
    return "precise" if checkable else "some"


def _evidence(message: Message, actors: Sequence[Actor], found: Verdict) -> list[Evidence]:
    pieces = evidence(message, _KINDS[found.band], found.cues)
    for actor in actors:
        if actor.named or not found.cues:
            start, end = message.tokens[actor.first].start, message.tokens[actor.last].end
            role = "role" if actor.kind in ("self", "together") else "approver"
            pieces.append(Evidence(message.text[start:end], start, end, role))
    return pieces
