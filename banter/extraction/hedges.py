"""How a message holds what it says: negated, hedged, on a condition, put right within the message, refused."""

from __future__ import annotations

from collections.abc import Iterable

from banter.extraction.matching import Cue, Message, labelled
from scoring.model import Evidence

NEGATIONS = frozenset(["not", "no", "never", "without", "neither", "nor", "noone", "nothing", "hardly", "nt", "none"])
#: "not only", "no later than", "no doubt": a negation word that denies nothing.
_HARMLESS_AFTER = {
    "not": {"only", "just", "sure"},
    "no": {"later", "doubt", "more", "less", "problem", "worries", "wait", "sorry", "matter"},
    "nothing": {"but"},
}
_DENIED_DENIAL = ("not", "that")


def negated(message: Message, index: int, reach: int = 4) -> bool:
    """Whether token `index` stands under a negation to its left in its clause; two negations cancel out."""
    first = max(message.clause(index)[0], index - reach)
    count = 0
    for i in range(first, index):
        key = message.tokens[i].key
        following = message.tokens[i + 1].key if i + 1 < len(message.tokens) else ""
        if key in NEGATIONS and following not in _HARMLESS_AFTER.get(key, ()):
            count += 1
    return count % 2 == 1


def denied_denial(message: Message) -> bool:
    """ "It's not that we don't have ...": what follows is not denied."""
    keys = [token.key for token in message.tokens]
    return any(
        tuple(keys[i : i + 2]) == _DENIED_DENIAL and any(k in NEGATIONS for k in keys[i + 2 : i + 8])
        for i in range(len(keys))
    )


def hedges(message: Message) -> list[Cue]:
    """Words that take certainty away. A hedge that is denied ("no ifs or maybes") still counts: it is rare."""
    return labelled(message, "hedges", "hedge")


def conditions(message: Message) -> list[Cue]:
    return labelled(message, "hedges", "condition")


def refusals(message: Message) -> list[Cue]:
    """ "Skip" and "pass" refuse only as good as alone: "I'll pass it on" does not."""
    words = [t for t in message.tokens if t.key.isalpha()]
    alone = labelled(message, "refusals", "alone") if len(words) <= 4 else []
    alone = [
        c
        for c in alone
        if message.keys(range(c.last + 1, min(c.last + 2, len(message.tokens))))
        not in (["it"], ["week"], ["month"], ["year"], ["quarter"], ["spring"], ["summer"], ["to"])
    ]
    return [*labelled(message, "refusals", "refuse"), *alone]


def corrected_from(message: Message) -> int | None:
    """The first token after the last "sorry", "actually", "make that" with words before and after it; else None."""
    last = None
    for cue in labelled(message, "hedges", "correction"):
        if cue.first > 0 and cue.last < len(message.tokens) - 1:
            last = cue.last + 1
    return last


def evidence(message: Message, kind: str, cues: Iterable[Cue]) -> list[Evidence]:
    """The words of `cues`, with their offsets in the message."""
    return [Evidence(message.text[c.start : c.end], c.start, c.end, kind) for c in cues]


def tidy(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """In order of place, each once; a piece inside a longer one of the same kind is left out."""
    every = sorted(set(found), key=lambda e: (e.start, -e.end, e.kind))
    kept: list[Evidence] = []
    for piece in every:
        if piece.text.strip() and not any(k.start <= piece.start and piece.end <= k.end for k in kept):
            kept.append(piece)
    return tuple(kept)
