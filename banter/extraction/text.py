"""Text as the grammars see it: spaCy tokens for patterns, plain words with exact offsets for money and dates."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

_WORD = re.compile(r"(?P<number>\d+(?:[.,'’]\d+)*)|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<mark>\S)")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n+")
#: After these a full stop ends no sentence.
_ABBREVIATIONS = frozenset(
    [
        *(
            "approx",
            "ca",
            "e.g",
            "eg",
            "i.e",
            "ie",
            "etc",
            "vs",
            "mr",
            "mrs",
            "ms",
            "dr",
            "no",
            "jan",
            "feb",
            "mar",
            "apr",
        ),
        *("jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
    ]
)
#: spaCy peels punctuation off a word one character at a time, which is slow for a long row of it.
_OVERLONG = re.compile(r"\S{50}(?=\S)")


class Word(NamedTuple):
    """One word, number or mark. `text` is lower case with straight apostrophes; `gap`: white space stands before it."""

    text: str
    start: int
    end: int
    kind: str  # number, word, mark
    gap: bool


@lru_cache(maxsize=1)
def language() -> Language:
    """The blank English pipeline that every pattern shares; made on first use."""
    return spacy.blank("en")


def tokenise(text: str) -> Doc:
    """spaCy tokens of any text, in linear time; `doc.text == text`. A word of over 50 characters is cut."""
    nlp = language()
    if _OVERLONG.search(text) is None:
        return nlp(text)
    pieces: list[Token] = []
    end = 0
    for match in _OVERLONG.finditer(text):
        pieces += [*nlp(text[end : match.start()]), *nlp(match.group())]
        end = match.end()
    pieces += nlp(text[end:])
    return Doc(nlp.vocab, words=[token.text for token in pieces], spaces=[bool(token.whitespace_) for token in pieces])


def words(text: str) -> list[Word]:
    """Words, numbers and marks of `text` in order, in linear time; `text[word.start:word.end]` is the original."""
    found = []
    end = 0
    for match in _WORD.finditer(text):
        lower = match.group().lower().replace("’", "'")
        found.append(Word(lower, match.start(), match.end(), match.lastgroup or "mark", match.start() > end or not end))
        end = match.end()
    return found


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of `text`, without the white space around them; a blank text has none."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        before = text[start : match.start()].rsplit(None, 1)[-1:]
        if match.group() == "." and before and before[0].lower().strip("(") in _ABBREVIATIONS:
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


class Phrases:
    """A book of phrases, each with a value, that finds the longest one beginning at a word."""

    def __init__(self, entries: Iterable[tuple[str, Any]]) -> None:
        self._tree: dict[str, Any] = {}
        for phrase, value in entries:
            node = self._tree
            for word in words(phrase):
                node = node.setdefault(word.text, {})
            node.setdefault("", (value,))  # no word is empty

    @property
    def first_words(self) -> frozenset[str]:
        return frozenset(self._tree)

    def match(self, sequence: Sequence[Word], i: int) -> tuple[Any, int] | None:
        """The value of the longest phrase at `sequence[i]` and the index after it, or None."""
        node, best = self._tree, None
        while i < len(sequence) and (below := node.get(sequence[i].text)) is not None:
            node, i = below, i + 1
            if "" in node:
                best = node[""][0], i
        return best


def pattern_rows(name: str) -> list[dict[str, Any]]:
    """The rows of `patterns/<name>`, one JSON object a line."""
    lines = (Path(__file__).parent / "patterns" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def phrase_books(name: str) -> dict[str, Phrases]:
    """The phrases of `patterns/<name>`, a book for each kind; read once."""
    forms: dict[str, list[tuple[str, Any]]] = {}
    for row in pattern_rows(name):
        forms.setdefault(row["kind"], []).extend((form, row["value"]) for form in row["forms"])
    return {kind: Phrases(entries) for kind, entries in forms.items()}
