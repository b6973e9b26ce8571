"""Whether a message is in another language than English. Sure or None: a name, a product, a single word of another
language ("si, about 10k") is English until proven otherwise.

Two signs: the small words that no sentence goes without (`patterns/languages.jsonl`: `sure` ones stand in no English
text, `weak` ones in names or English too), and for whole sentences without them in plenty, what a library makes of its
letters, where at least one such word agrees. Neither is enough alone: docs/texts.md has the figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from banter.extraction.text import pattern_rows

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
#: What a word weighs, and what they must weigh together; more with each English word among them.
_SURE, _WEAK = 2, 1
_ENOUGH, _ENGLISH = 4, 3
#: Of fewer words nothing is sure but all of them known, or one that names a language ("no hablo inglés").
_SHORT, _ENOUGH_SHORT = 4, 6
#: A text of many unknown words needs more than two known ones.
_SHARE = 0.3
#: How sure the library has to be of a sentence, and how much its words must weigh.
_LETTERS_SURE, _ENOUGH_WITH_LETTERS = 0.9995, 2
_MOST_WORDS = 60


def other_language(text: str) -> str | None:
    """The language of a message (ISO 639-1) where it is surely not English; None otherwise."""
    text = _ADDRESS.sub(" ", text.lower())
    words = [_folded(word) for word in _WORD.findall(text)[:_MOST_WORDS]]
    return _by_words(words) or (_by_letters(text, words) if len(words) >= _SHORT else None)


def _by_words(words: Sequence[str]) -> str | None:
    weights = {name: _weight(words, lists) for name, lists in _lists().items()}
    best = max(weights, key=lambda name: weights[name])
    lists = _lists()[best]
    known = [word for word in words if word in lists.sure or word in lists.weak]
    if len(known) < _SHARE * len(words) or not any(word in lists.sure for word in known):
        return None
    short = len(words) < _SHORT and not (len(words) > 1 and any(word in lists.speaking for word in words))
    enough = (_ENOUGH_SHORT if short else _ENOUGH) + _ENGLISH * _english_words(words, lists)
    return best if weights[best] >= enough else None


def _by_letters(text: str, words: Sequence[str]) -> str | None:
    name, probability = _library().classify(text)
    if name not in _lists() or probability < _LETTERS_SURE:
        return None
    lists = _lists()[name]
    if _english_words(words, lists):
        return None
    signs = _weight([word for word in words if word not in _ambiguous()], lists)
    if not text.isascii() and any(_folded(word) != word for word in _WORD.findall(text)):
        signs += _WEAK
    return name if signs >= _ENOUGH_WITH_LETTERS else None


@dataclass(frozen=True)
class _Lists:
    """The words of a language; `speaking` name one."""

    sure: frozenset[str]
    weak: frozenset[str]
    speaking: frozenset[str]


def _weight(words: Sequence[str], lists: _Lists) -> int:
    return sum(_SURE if word in lists.sure else _WEAK if word in lists.weak else 0 for word in words)


def _english_words(words: Sequence[str], lists: _Lists) -> int:
    return sum(word in _english() and word not in lists.sure and word not in lists.weak for word in words)


@cache
def _lists() -> dict[str, _Lists]:
    return {
        row["language"]: _Lists(
            frozenset(map(_folded, row["sure"])) - _english(),
            frozenset(map(_folded, row["weak"])),
            frozenset(map(_folded, row["speaking"])),
        )
        for row in pattern_rows("languages.jsonl")
        if "sure" in row
    }


@cache
def _english() -> frozenset[str]:
    return _words_of("en")


@cache
def _ambiguous() -> frozenset[str]:
    """Words that say nothing of the language: English ones, and those that names are made with."""
    return _english() | _words_of("names")


def _words_of(name: str) -> frozenset[str]:
    return frozenset(
        word for row in pattern_rows("languages.jsonl") if row["language"] == name for word in row["words"]
    )


@cache
def _library() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_pickled_model(MODEL_FILE, norm_probs=True)
    identifier.set_languages(["en", *_lists()])
    return identifier


def _folded(word: str) -> str:
    """Without accents, as many people type."""
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return bare.replace("ł", "l").replace("ß", "ss")
