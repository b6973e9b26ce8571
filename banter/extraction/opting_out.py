"""Whether somebody wants no more messages, in words of their own. The words and phrases are in
`patterns/opting_out.jsonl`; no model and no dialogue is asked, so it works when neither is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from banter.extraction.inflection import inflected
from banter.extraction.message import read_message
from banter.extraction.phrases import STOPS, PhraseBook, compile_phrase
from banter.extraction.text import pattern_rows

FILE = "opting_out.jsonl"
_LONG = 4  # letters from which on a slip of the thumb is mended


def opts_out(text: str) -> bool:
    """True for "take me off your list", not for "we want to stop using spreadsheets"."""
    keys = [_mended(token.key) for token in read_message(text).tokens]
    found = list(_book().find(keys))
    spared = [(first, end) for label, first, end in found if label == "not"]
    for label, first, _ in found:
        if label == "out" and not any(begins <= first < ends for begins, ends in spared):
            return True
    return any(_alone(part) for part in _parts(keys))


def _alone(part: list[str]) -> bool:
    """Whether a sentence says nothing but that, and a please."""
    said = [key for key in part if key not in _words("filler")]
    return any(label == "alone" and (first, end) == (0, len(said)) for label, first, end in _book().find(said))


def _parts(keys: list[str]) -> Iterator[list[str]]:
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
def _book() -> PhraseBook:
    lists = {
        row["list"]: frozenset(word for w in row["words"] for word in inflected(w)) for row in _rows() if "list" in row
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
