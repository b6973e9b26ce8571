"""The small language of the pattern files, and the search for many phrases at once.

A pattern is a line of words with a few signs a sales person can read:

    word        the word itself (lower case; contractions are written out: "do not", "we have")
    a|b         either word               (a|b)       optional
    word~       with its usual endings: approve, approves, approved, approving
    @list       any word of a list, see the lines whose label begins with @
    [a b|c]     either phrase
    .. / ...    up to two / up to five other words, never across the end of a sentence or a "but"
    $  #        an amount of money / any number

The cost of a search is bound by the words of the message, not by the patterns: only those that begin with a word are
tried at it. spaCy's Matcher tries every pattern at every word, which takes a long message far over its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from banter.extraction.inflection import inflected

#: A gap stops here, and so does the reach of a negation or a hedge.
STOPS = (".", "!", "?", ";", "\n", "but", "…", "...", "however", "although", "though")
MONEY, NUMBER = "<money>", "<number>"
_GAPS = {"..": 2, "...": 5}
_DIGITS = re.compile(r"[~<>]?\d+(?:[.,]\d+)*$")
_NUMBER_WORDS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "hundreds",
        "thousands",
        "dozens",
        "dozen",
    ]
)


@dataclass(frozen=True)
class Step:
    """One word of a pattern: any of `words`, or up to `gap` words of any kind."""

    words: frozenset[str]
    optional: bool = False
    gap: int = 0


Steps = tuple[Step, ...]


def compile_phrase(pattern: str, lists: Mapping[str, frozenset[str]]) -> list[Steps]:
    """The step sequences of one pattern; phrases in brackets multiply them. KeyError on a list that is not there."""
    parts = re.findall(r"\[[^\]]*\]|\S+", pattern)
    choices = [part[1:-1].split("|") if part.startswith("[") else [part] for part in parts]
    return [
        tuple(_step(word, lists) for piece in combination for word in piece.split())
        for combination in product(*choices)
    ]


def _step(word: str, lists: Mapping[str, frozenset[str]]) -> Step:
    if word in _GAPS:
        return Step(frozenset(), gap=_GAPS[word])
    optional = word.startswith("(") and word.endswith(")") and len(word) > 2
    words: set[str] = set()
    for alternative in (word[1:-1] if optional else word).split("|"):
        if alternative in ("$", "#"):
            words.add(MONEY if alternative == "$" else NUMBER)
        else:
            words |= lists[alternative[1:]] if alternative.startswith("@") else inflected(alternative)
    return Step(frozenset(words), optional)


class PhraseBook:
    """Labelled patterns that are looked for together."""

    def __init__(self, phrases: Iterable[tuple[str, Steps]]) -> None:
        self._starts: dict[str, list[tuple[str, Steps]]] = {}
        for label, steps in phrases:
            for i, step in enumerate(steps):
                for word in step.words:
                    self._starts.setdefault(word, []).append((label, steps[i:]))
                if not step.optional:
                    break

    def find(self, keys: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """(label, first token, token after the last). Of overlapping matches of a label the longest, then the first."""
        numbers = [bool(_DIGITS.match(key)) or key in _NUMBER_WORDS for key in keys]
        found: dict[str, set[tuple[int, int]]] = {}
        for first, key in enumerate(keys):
            candidates = self._starts.get(key, ())
            if numbers[first]:
                candidates = [*candidates, *self._starts.get(NUMBER, ())]
            for label, steps in candidates:
                end = _end(steps, 0, keys, numbers, first)
                if end > first:
                    found.setdefault(label, set()).add((first, end))
        for label, spans in found.items():
            taken: set[int] = set()
            for first, end in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
                if taken.isdisjoint((first, end - 1)):
                    taken.update(range(first, end))
                    yield label, first, end


def _end(steps: Steps, k: int, keys: Sequence[str], numbers: Sequence[bool], i: int) -> int:
    """The furthest token that `steps[k:]` reach from token `i`, or -1."""
    while k < len(steps):
        step = steps[k]
        k += 1
        if step.gap:
            best = -1
            for j in range(i, min(i + step.gap, len(keys)) + 1):
                best = max(best, _end(steps, k, keys, numbers, j))
                if j < len(keys) and keys[j] in STOPS:
                    break
            return best
        matches = i < len(keys) and (keys[i] in step.words or (numbers[i] and NUMBER in step.words))
        if step.optional:
            without = _end(steps, k, keys, numbers, i)
            return max(without, _end(steps, k, keys, numbers, i + 1)) if matches else without
        if not matches:
            return -1
        i += 1
    return i
