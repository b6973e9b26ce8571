"""Whether somebody wants no more messages, in words of their own.

Two readings together: phrases (`patterns/opting_out.jsonl`), and a small linear model learnt from labelled messages
(`learn_opting_out.py`). Each finds what the other misses, and the dialogue is not asked, so that it works without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from banter.extraction.inflection import inflected
from banter.extraction.linear import load
from banter.extraction.message import read_message
from banter.extraction.phrases import STOPS, PhraseBook, compile_phrase
from banter.extraction.text import pattern_rows

FILE = "opting_out.jsonl"
MODEL = "opting_out"
#: How much each group of signs weighs.
WEIGHTS = {"words": 1.0, "pairs": 1.0, "kinds": 1.5, "wide": 0.5}
#: From which margin on the model is believed alone, and below which it is believed against a phrase.
_SURE, _AGAINST = -0.1, -0.5
_LONG = 4  # letters from which on a slip of the thumb is mended
_NEAR, _NEXT = 5, 7  # words between two that belong together, and between the second and a third


def opts_out(text: str) -> bool:
    """True for "take me off your list", not for "we want to stop using spreadsheets"."""
    keys = [_mended(token.key) for token in read_message(text).tokens]
    margin = load(MODEL).margin("stop", "yes", signs(keys)) if any(key.isalnum() for key in keys) else _AGAINST
    return margin > _SURE or (margin > _AGAINST and is_said(keys))


def is_said(keys: Sequence[str]) -> bool:
    """Whether one of the phrases is there that mean it, and none that makes it mean something else."""
    found = list(_book().find(keys))
    spared = [(first, end) for label, first, end in found if label == "not"]
    for label, first, _ in found:
        if label == "out" and not any(begins <= first < ends for begins, ends in spared):
            return True
    return any(_alone(part) for part in _parts(keys))


def words_of(text: str) -> list[str]:
    """The words of a message, plain and mended."""
    return [_mended(token.key) for token in read_message(text).tokens]


def signs(keys: Sequence[str]) -> dict[str, list[str]]:
    """What the model looks at: words, neighbours, words a little apart, and in which order kinds of words come."""
    said = [key for key in keys if key.isalnum()]
    kinds = [_kinds().get(word) for word in said]
    orders = {f"{kind}" for kind in kinds if kind} | {f"length {min(len(said), 20) // 4}"}
    for i, first in enumerate(kinds):
        for j in range(i + 1, min(i + 1 + _NEAR, len(kinds))) if first else ():
            if kinds[j]:
                orders.add(f"{first}>{kinds[j]}")
                thirds = kinds[j + 1 : j + 1 + _NEXT]
                orders.update(f"{first}>{kinds[j]}>{third}" for third in thirds if third)
    return {
        "words": sorted(set(said)),
        "pairs": sorted({f"{a} {b}" for a, b in pairwise(["^", *said, "$"])}),
        "kinds": sorted(orders),
        "wide": sorted({f"{a} .. {b}" for i, a in enumerate(said) for b in said[i + 2 : i + 4]}),
    }


def _alone(part: Sequence[str]) -> bool:
    """Whether a sentence says nothing but that, and a please."""
    said = [key for key in part if key not in _words("filler")]
    return any(label == "alone" and (first, end) == (0, len(said)) for label, first, end in _book().find(said))


def _parts(keys: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for key in keys:
        if key in STOPS or key == ",":
            yield part
            part = []
        elif key.isalnum():
            part.append(key)
    yield part


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(pattern_rows(FILE))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(next(row["words"] for row in _rows() if row.get("list") == name))


@cache
def _kinds() -> dict[str, str]:
    return {word: row["kind"] for row in _rows() if "kind" in row for word in row["words"]}


@cache
def _book() -> PhraseBook:
    lists = {
        row["list"]: frozenset(form for word in row["words"] for form in inflected(word))
        for row in _rows()
        if "list" in row
    }
    patterns = ((row["label"], pattern) for row in _rows() if "label" in row for pattern in row["any"])
    return PhraseBook((label, steps) for label, pattern in patterns for steps in compile_phrase(pattern, lists))


def _mended(key: str) -> str:
    """A word of the patterns that `key` is short or a slip of the thumb for: "txtng", "remve"."""
    slips = _slips()
    if key in slips:
        return slips[key]
    bones = _bones(key)
    return _skeletons().get(bones, key) if len(key) >= _LONG and key.isalpha() and len(bones) >= 3 else key


@cache
def _slips() -> dict[str, str]:
    pairs = next(row["words"] for row in _rows() if row.get("list") == "slips")
    return {slip: word for slip, _, word in (pair.partition("=") for pair in pairs)}


@cache
def _skeletons() -> dict[str, str]:
    return {_bones(word): word for word in _words("mended")}


def _bones(word: str) -> str:
    """The consonants, doubled ones once: what is left when people type in a hurry."""
    return re.sub(r"(.)\1+", r"\1", word[:1] + re.sub(r"[aeiou]", "", word[1:]))
