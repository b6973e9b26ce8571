"""A message made plain for the rules: words with their offsets, clauses, sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from banter.extraction.phrases import MONEY, STOPS
from banter.extraction.rulebooks import plain_forms, spelling
from banter.extraction.text import tokenise

#: A message is read to here: a chat message of 2,000 characters rarely has more words.
_MOST_TOKENS = 420
_NUMBER = re.compile(r"[~<>]?\d+(?:[.,]\d+)*%?$")
_DIGITS_THEN_LETTERS = re.compile(r"(\d+(?:[.,]\d+)*)([a-z]+)$")


@dataclass(frozen=True)
class Token:
    """One word of the message as the rules see it: its plain form, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Message:
    """A message made plain for the rules: contractions and abbreviations written out, typing errors mended."""

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[int, ...]  # number of the clause that each token stands in
    sentences: tuple[int, ...]

    def clause(self, index: int) -> range:
        """The tokens of the clause that token `index` stands in."""
        number = self.clauses[index]
        first, last = index, index
        while first > 0 and self.clauses[first - 1] == number:
            first -= 1
        while last + 1 < len(self.clauses) and self.clauses[last + 1] == number:
            last += 1
        return range(first, last + 1)

    def keys(self, span: Sequence[int]) -> list[str]:
        return [self.tokens[i].key for i in span]


def _keys(raw: str) -> tuple[str, ...]:
    key = raw.lower().replace("’", "'").replace("‘", "'").replace("`", "'")
    forms = plain_forms()
    if key in forms:
        return forms[key]
    if _NUMBER.match(key) or not key.isascii():
        return (key,)
    if split := _DIGITS_THEN_LETTERS.match(key):
        unit = split.group(2)
        return (split.group(1), *((unit,) if unit == "k" else forms.get(unit, (unit,))))
    return (key,)


def _pieces(text: str) -> Iterator[Token]:
    """spaCy's tokens, cut further at signs it leaves inside words, with contractions written out."""
    doc = tokenise(text)
    count = len(doc)
    for index, token in enumerate(doc):
        raw, start = token.text, token.idx
        if raw.isspace():
            if "\n" in raw:
                yield Token("\n", start, start + len(raw))
            continue
        following = doc[index + 1].text.lower().replace("’", "'") if index + 1 < count else ""
        lower = raw.lower()
        if following in ("n't", "nt", "not") and lower in ("ca", "wo", "sha", "ai"):
            lower = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}[lower]
            yield Token(lower, start, start + len(raw))
            continue
        if lower in _AFTER_WE and index and doc[index - 1].text.lower() in _WE and not doc[index - 1].whitespace_:
            yield Token(_AFTER_WE[lower], start, start + len(raw))  # "im", "theyll"
            continue
        if lower in ("'s", "’s", "s") and index and doc[index - 1].text.lower() in _TAKES_IS:
            yield Token("is", start, start + len(raw))
            continue
        if (
            lower in ("-", "–", "/")
            and 0 < start < len(text) - 1
            and text[start - 1].isalpha()
            and text[start + 1].isalpha()
        ):
            continue
        yield from _cut(raw, start)


#: What spaCy cuts off where an apostrophe was left out.
_AFTER_WE = {"m": "am", "d": "would", "ll": "will", "re": "are", "ve": "have"}
_WE = frozenset(["i", "we", "you", "he", "she", "it", "they"])
#: After these "'s" is "is": "it's", "that's".
_TAKES_IS = frozenset(
    [
        "money",
        "cash",
        "funding",
        "it",
        "that",
        "there",
        "what",
        "who",
        "he",
        "she",
        "here",
        "where",
        "how",
        "everything",
        "nothing",
        "this",
        "all",
    ]
)
_INNER = re.compile(r"[A-Za-zÀ-ÿ0-9%$£€'’.,&+]+|.", re.S)


def _cut(raw: str, start: int) -> Iterator[Token]:
    for match in _INNER.finditer(raw):
        piece, at = match.group(), start + match.start()
        if piece == "-" and len(raw) > 1:
            continue
        while len(piece) > 1 and piece[-1] in ".,'’" and piece.lower() not in plain_forms():
            tail = piece[-1]
            yield from _written_out(piece[:-1], at)
            if tail in ".,":
                yield Token(tail, at + len(piece) - 1, at + len(piece))
            piece = ""
        if piece:
            yield from _written_out(piece, at)


def _written_out(piece: str, at: int) -> Iterator[Token]:
    keys = _keys(piece)
    if len(keys) == 2 and (split := _DIGITS_THEN_LETTERS.match(piece.lower())):
        middle = at + len(split.group(1))
        yield Token(keys[0], at, middle)
        yield Token(keys[1], middle, at + len(piece))
        return
    for key in keys:
        yield Token(spelling()(key), at, at + len(piece))


@lru_cache(maxsize=64)
def read_message(text: str, amounts: tuple[tuple[int, int], ...] = ()) -> Message:
    """`text` as the rules see it; each of `amounts` (character offsets) becomes one token `<money>`."""
    tokens: list[Token] = []
    for token in islice(_pieces(text), _MOST_TOKENS):
        if len(tokens) > 1 and tokens[-1].key == tokens[-2].key == token.key:
            continue  # a word or sign said three times in a row says no more than twice
        amount = next((a for a in amounts if token.start < a[1] and a[0] < token.end), None)
        if amount is None:
            tokens.append(token)
        elif not tokens or tokens[-1].key != MONEY or tokens[-1].end <= amount[0]:
            tokens.append(Token(MONEY, *amount))
    clauses, sentences, clause, sentence = [], [], 0, 0
    for token in tokens:
        if token.key in ("but", "however", "although", "though"):
            clause += 1
        clauses.append(clause)
        sentences.append(sentence)
        if token.key in STOPS[:5] or set(token.key) <= {".", "…"}:
            clause += 1
            sentence += 1
        elif token.key in (",", "-", "–", "—", ":", "("):
            clause += 1
    return Message(text, tuple(tokens), tuple(clauses), tuple(sentences))
