"""Who does what a cue says: "the board decides", "approved by my boss", "he leaves it to me to choose"."""

from __future__ import annotations

from collections.abc import Sequence

from banter.extraction.actors import Actor
from banter.extraction.beside import every_word, words_of
from banter.extraction.hedges import NEGATIONS
from banter.extraction.matching import Cue, Message

_LINKS = frozenset(["by", "with", "is", "lies", "rests", "to", "belongs", "for", "are", "comes", ":", "sits"])
#: A cue that begins with one of these names what is decided or done: who does it comes after.
_DONE_BY = frozenset(
    ["the", "final", "last", "signing", "signature", "authority", "decision", "budget", "decided", "approved", "made",
     "taken", "signed", "responsible"]
)  # fmt: skip
_OBJECTS = frozenset(["me", "us", "him", "her", "them"])
_SUBJECT_AFTER = frozenset(
    [",", "is", "be", "and", "only", "just", "that", ":", "or", ".", "-", "me", "so", "than", "except"]
)
_FURTHEST_AFTER = 5
_FURTHEST_BY = 3


def doer(message: Message, actors: Sequence[Actor], cue: Cue) -> tuple[Actor | None, bool]:
    """Who does it, if anybody is said to, and whether it is denied that they do."""
    return (
        _named_after(message, actors, cue)
        or _let(message, actors, cue)
        or _named_before(message, actors, cue)
        or (_by_somebody(message, actors, cue), False)
    )


def _named_after(message: Message, actors: Sequence[Actor], cue: Cue) -> tuple[Actor, bool] | None:
    """ "The decision lies with the board", "signed by my boss"."""
    sentence = message.sentences[cue.first]
    actor = next((a for a in actors if a.first > cue.last and message.sentences[a.first] == sentence), None)
    if actor is None or actor.first - cue.last > _FURTHEST_AFTER:
        return None
    between = message.keys(range(cue.last + 1, actor.first))
    if not _LINKS & set(between):
        return None
    if "by" not in between and message.tokens[cue.first].key not in _DONE_BY:
        return None
    if "to" in between and "up" not in between and "belongs" not in between:
        return None
    return actor, _denies(between)


def _let(message: Message, actors: Sequence[Actor], cue: Cue) -> tuple[Actor, bool] | None:
    """ "He leaves it to me to choose", "she lets me decide"."""
    mine = [a for a in actors if a.kind == "self" and a.last < cue.first and message.tokens[a.last].key == "me"]
    if mine and message.keys(range(mine[-1].last + 1, cue.first)) in ([], ["to"]):
        return mine[-1], False
    return None


def _named_before(message: Message, actors: Sequence[Actor], cue: Cue) -> tuple[Actor, bool] | None:
    """The nearest actor before the verb, in its sentence."""
    sentence = message.sentences[cue.first]
    earlier = [a for a in actors if a.last < cue.first and message.sentences[a.first] == sentence]
    subjects = [a for a in earlier if not _is_object(message, a)]
    if not subjects:
        return None
    actor = subjects[-1]
    between = message.keys(range(actor.last + 1, cue.first))
    if "but" in between and actor.kind != "self":
        return actor, False
    return actor, _denies(between) or bool({"not", "no"} & set(words_of(message, cue)))


def _by_somebody(message: Message, actors: Sequence[Actor], cue: Cue) -> Actor | None:
    """ "Decided by headquarters": somebody, though no word for a person stands there."""
    keys = every_word(message)
    by = next((i for i in range(cue.last + 1, min(cue.last + 1 + _FURTHEST_BY, len(keys))) if keys[i] == "by"), None)
    if by is None or by + 1 >= len(keys) or any(a.first > by and a.kind in ("self", "we") for a in actors):
        return None
    return Actor("other", by + 1, by + 1, True)


def _denies(words: Sequence[str]) -> bool:
    return any(word in NEGATIONS for word in words)


def _is_object(message: Message, actor: Actor) -> bool:
    """ "He listens to me and signs": "me" after a verb or "to" does nothing itself."""
    if actor.first != actor.last or actor.first == 0 or message.tokens[actor.first].key not in _OBJECTS:
        return False
    return message.tokens[actor.first - 1].key not in _SUBJECT_AFTER
