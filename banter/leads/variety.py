"""Which of several texts to say, so that no sentence comes twice in a row. Pure: the same past gives the same choice.

What was said is kept by sentence and by turn: `["4f02a19b33e0", "77c1d2"]` is two sentences, then one in the turn under
way. A sentence that is said again moves to that turn, so that each stands there once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

#: A sentence is remembered by this many hexadecimal digits.
_DIGITS = 6
#: So many sentences are remembered; a long conversation says some sixty texts.
MOST = 120
#: What was said in this turn (0) or the one before (1) is not said again.
TOO_SOON = 1
_NEVER = MOST + 1
_END = re.compile(r"(?<=[.!?…])[\"'”’)]*\s+(?=[\"'“‘(¿¡]*[A-ZÀ-ÖØ-Þ0-9{])")
#: A full stop after these ends no sentence.
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|vs|no|mr|mrs|ms|dr|st|ca|bzw|inkl|evtl|nr|z\.\s?b|d\.\s?h)|\b[a-z])\.$", re.I
)


def sentences(text: str) -> list[str]:
    """The sentences of a text, as they stand there. What is quoted in one belongs to it."""
    found: list[str] = []
    for part in _END.split(text.strip()):
        if found and (_SHORTENED.search(found[-1]) or found[-1].count('"') % 2):
            found[-1] = f"{found[-1]} {part}"
        elif part:
            found.append(part)
    return found


def key(sentence: str) -> str:
    """What a sentence is remembered by; its case and punctuation make no other sentence of it."""
    plain = " ".join(re.findall(r"\w+", sentence.casefold()))
    return hashlib.blake2s(plain.encode(), digest_size=_DIGITS // 2).hexdigest()


def new_turn(said: Sequence[str]) -> list[str]:
    """The memory at the beginning of a turn. A turn in which nothing was said is none."""
    return [*said] if said and not said[-1] else [*said, ""]


def remember(said: Sequence[str], text: str) -> list[str]:
    """The memory after `text` was said in the turn under way."""
    keys = [key(sentence) for sentence in sentences(text)]
    turns = [_without(turn, keys) for turn in said] or [""]
    turns[-1] += "".join(dict.fromkeys(keys))
    while sum(map(len, turns)) > MOST * _DIGITS:
        turns.pop(0)
    return turns


def age(said: Sequence[str], sentence: str) -> int:
    """How many turns ago a sentence was said: 0 is in this turn."""
    wanted = key(sentence)
    for turns_ago, turn in enumerate(reversed(said)):
        if wanted in _keys(turn):
            return turns_ago
    return _NEVER


def freshness(said: Sequence[str], text: str) -> int:
    """The age of the sentence of `text` that was said last."""
    return min((age(said, sentence) for sentence in sentences(text)), default=_NEVER)


def pick(said: Sequence[str], texts: Sequence[str], seed: str) -> int:
    """The place of the text to say: the one said longest ago, and of those never said one that `seed` decides."""
    return max(range(len(texts)), key=lambda place: (freshness(said, texts[place]), _lot(seed, place)))


def what_is_new(said: Sequence[str], text: str) -> str:
    """`text` without the sentences that were said too soon before; empty when that is all of it."""
    return " ".join(sentence for sentence in sentences(text) if age(said, sentence) > TOO_SOON)


def _lot(seed: str, place: int) -> bytes:
    return hashlib.blake2s(f"{seed} {place}".encode(), digest_size=8).digest()


def _keys(turn: str) -> list[str]:
    return [turn[at : at + _DIGITS] for at in range(0, len(turn), _DIGITS)]


def _without(turn: str, keys: Sequence[str]) -> str:
    return "".join(known for known in _keys(turn) if known not in keys)
