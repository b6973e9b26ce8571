"""Signs that words give by themselves, for the models of acts, subjects and openers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from banter.extraction.phrases import MONEY

_ENDINGS = ("ing", "ed", "es", "s", "ly", "er")


def spoken(keys: Sequence[str]) -> list[str]:
    """The words among `keys`, and question marks; every number is "#"."""
    return ["#" if key[:1].isdigit() else key for key in keys if key == "?" or is_word(key)]


def is_word(key: str) -> bool:
    return key == MONEY or any(c.isalnum() for c in key)


def ones_and_twos(words: Sequence[str]) -> Iterator[str]:
    """Each word, and each with the next; `<` and `>` are the ends."""
    yield from words
    yield from (f"{a} {b}" for a, b in itertools.pairwise(["<", *words, ">"]))


def letters(words: Sequence[str], *sizes: int) -> Iterator[str]:
    """Groups of letters, which outlast typing errors."""
    for word in words:
        framed = f" {word} "
        for size in sizes or (4,):
            yield from (f"c {framed[i : i + size]}" for i in range(len(framed) - size + 1))


def stem(word: str) -> str:
    """`word` without its usual ending."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
