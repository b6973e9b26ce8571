"""Mends typing errors in words that the rules look for; every word that people really use is left alone."""

from __future__ import annotations

import json
import string
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_SHORTEST = 5
_LONGEST = 20
_VOWELS = "aeiouy"


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Some 10,000 English words that are never mended, whatever they resemble. Each stands in SCOWL, the public
    word lists that Debian ships as wamerican and wbritish."""
    lines = (Path(__file__).parent / "data" / "words.jsonl").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines for word in json.loads(line)["words"].split())


def speller(wanted: frozenset[str]) -> Callable[[str], str]:
    """A function that gives the word of `wanted` one slip away from an unknown word, or the word as it is."""

    @lru_cache(maxsize=4096)
    def corrected(word: str) -> str:
        if not (_SHORTEST <= len(word) <= _LONGEST and word.isascii() and word.isalpha()):
            return word
        if word in wanted or word in common_words():
            return word
        return next((found for found in _one_slip_away(word) if found in wanted), word)

    return corrected


def _one_slip_away(word: str) -> list[str]:
    """Likeliest slips first: two letters swapped, one too many or left out, a wrong vowel. The first letter is trusted;
    a wrong consonant is not mended, or "exploding" would become "exploring"."""
    splits = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    swapped = [a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1]
    dropped = [a + b[1:] for a, b in splits if b]
    added = [a + c + b for a, b in splits for c in string.ascii_lowercase]
    changed = [a + c + b[1:] for a, b in splits if b and b[0] in _VOWELS for c in _VOWELS]
    return [*swapped, *dropped, *added, *changed]
