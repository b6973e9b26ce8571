"""The words of the grammar of money, from `patterns/money_*.jsonl`, and the text that it is read from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from banter.extraction.text import Phrases, Word, pattern_rows, words

DASHES = frozenset("-–—~")


class Coin(NamedTuple):
    """A currency as it is written: its ISO 4217 code; whether only in capitals, or only behind its number, it is meant;
    what one is worth ("MUSD" a million, a dime a tenth); and whether it is so short that it must touch its number."""

    code: str | None
    capitals: bool = False
    after: bool = False
    times: float = 1.0
    glued: bool = False


class Book(NamedTuple):
    currencies: Phrases
    qualifiers: Phrases
    after: Phrases
    function: frozenset[str]
    unit: frozenset[str]
    label: frozenset[str]
    street: frozenset[str]


@lru_cache(maxsize=1)
def _book() -> Book:
    currencies = [
        (
            form,
            Coin(
                row["currency"],
                row.get("capitals", False),
                row.get("after", False),
                row.get("times", 1.0),
                row.get("glued", False),
            ),
        )
        for row in pattern_rows("money_currencies.jsonl")
        for form in row["forms"]
    ]
    phrases = [(form, row["kind"]) for row in pattern_rows("money_phrases.jsonl") for form in row["forms"]]
    before = [entry for entry in phrases if entry[1] in {"about", "exactly", "between", "ceiling", "floor"}]
    kinds = {row["kind"]: frozenset(row["forms"]) for row in pattern_rows("money_words.jsonl")}
    return Book(
        Phrases(currencies),
        Phrases(before),
        Phrases(entry for entry in phrases if entry not in before),
        kinds["function"],
        kinds["unit"],
        kinds["label"],
        kinds["street"],
    )


@dataclass(frozen=True)
class MoneySource:
    """A message as the grammar reads it. `asked` and `comma_decimal` as in `find_money`."""

    text: str
    words: Sequence[Word]
    asked: bool
    comma_decimal: bool
    book: Book = field(default_factory=_book, repr=False)

    def word(self, i: int) -> str:
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """True when word `i` touches the one before it."""
        return 0 < i < len(self.words) and not self.words[i].gap


def currencies_named(text: str) -> set[str | None]:
    """The currencies that a text names in words or signs, with or without a figure: "five figures, in pounds"."""
    book, found, i, sequence = _book().currencies, set(), 0, words(text)
    while i < len(sequence):
        match = book.match(sequence, i)
        if match is None:
            i += 1
            continue
        coin, end = match
        written = text[sequence[i].start : sequence[end - 1].end]
        if not (coin.glued or coin.after or coin.times != 1 or (len(written) < 4 and not _sign_or_code(written))):
            found.add(coin.code)
        i = end
    return found


def _sign_or_code(written: str) -> bool:
    return written.isupper() or not written.isalpha() or written.lower() in {"eur", "usd", "gbp", "rs"}
