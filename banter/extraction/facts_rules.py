"""The phrases behind the facts, looked for together: `patterns/facts_*.jsonl` and the lists of the playbook.

A line has a `label` and a `pattern` in the language of `phrases.py`; a label that begins with @ names a list. Some
files have lines of names instead (places, units, products), as their keys say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from banter.extraction.message import Message, Token, read_message
from banter.extraction.phrases import PhraseBook, Step, Steps, compile_phrase
from banter.extraction.rulebooks import plain_forms, rows
from banter.leads.playbook import Market
from scoring.model import Evidence

_FILES = (
    "roles",
    "size",
    "scope",
    "places",
    "tools",
    "objections",
    "urgency",
    "pains",
    "trades",
    "grammar",
    "concepts",
)
OWN = frozenset(("i", "we", "us", "our", "my", "ours", "me", "mine"))
_SHORTEST_MENDED = 5  # shorter words are never mended, but "ca" of "can't" is written out
_ENDS = frozenset((".", "!", "?", ";", "\n", "…", "..."))


@dataclass(frozen=True)
class Hit:
    """A phrase found: its name, and its tokens `first` to `last` (inclusive)."""

    name: str
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Marks:
    """A message with every phrase that stands in it, by kind: `marks.of("objection")`."""

    text: str  # as written; `message` may have addresses blanked out
    message: Message
    keys: tuple[str, ...]
    found: Mapping[str, tuple[Hit, ...]]
    open_question: str | None = None

    def of(self, *kinds: str) -> tuple[Hit, ...]:
        """In order of place; of those that overlap, the longest."""
        if len(kinds) == 1:
            return self.found.get(kinds[0], ())
        return _longest(hit for kind in kinds for hit in self.found.get(kind, ()))

    def key(self, index: int) -> str:
        """The word at `index`; empty beyond the ends."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def written(self, first: int, last: int) -> str:
        tokens = self.message.tokens
        return self.text[tokens[first].start : tokens[last].end]

    def evidence(self, first: int, last: int, kind: str) -> Evidence:
        tokens = self.message.tokens
        start, end = tokens[first].start, tokens[last].end
        return Evidence(self.text[start:end], start, end, kind)

    def sentence(self, index: int) -> range:
        """The tokens of the sentence that `index` stands in."""
        return _around(self.message.sentences, index)

    def clause(self, index: int) -> range:
        return _around(self.message.clauses, index)

    def capital(self, index: int) -> bool:
        return self.text[self.message.tokens[index].start].isupper()

    def opens(self, index: int) -> bool:
        """True at the beginning of a sentence, where a capital says nothing."""
        return index == self.sentence(index).start

    def before(self, kind: str, index: int, reach: int = 99) -> Hit | None:
        """The nearest phrase of `kind` that ends before `index` in its sentence, at most `reach` words away."""
        start = self.sentence(index).start
        near = [h for h in self.of(kind) if start <= h.first and h.last < index and index - h.last <= reach]
        return near[-1] if near else None

    def after(self, kind: str, index: int, reach: int = 99) -> Hit | None:
        end = self.sentence(index).stop
        return next((h for h in self.of(kind) if index < h.first < end and h.first - index <= reach), None)

    def inside(self, kind: str, span: range) -> list[Hit]:
        return [hit for hit in self.of(kind) if hit.first in span and hit.last in span]

    def of_others(self, index: int, *, persons: bool = False) -> bool:
        """True when somebody else is spoken of at `index`: "our clients are restaurants", with no "we" in between."""
        for kind in ("others", "persons") if persons else ("others",):
            hit = self.before(kind, index)
            if hit is not None and not any(key in ("i", "we", "us", "here") for key in self.keys[hit.last + 1 : index]):
                return True
        return False

    def denied(self, index: int, reach: int = 3) -> bool:
        """True when a "not", "no" or "unlike" stands up to `reach` words before `index`, in its clause."""
        start = max(self.clause(index).start, index - reach)
        return any(hit.first >= start and hit.last < index for hit in self.of("not"))


def _around(numbers: Sequence[int], index: int) -> range:
    first = last = index
    while first > 0 and numbers[first - 1] == numbers[index]:
        first -= 1
    while last + 1 < len(numbers) and numbers[last + 1] == numbers[index]:
        last += 1
    return range(first, last + 1)


def is_end(key: str) -> bool:
    """True for what ends a sentence, and for the end of the message."""
    return not key or key in _ENDS


def _longest(hits: Iterable[Hit]) -> tuple[Hit, ...]:
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (h.first - h.last, h.first, -len(h.name), h.name)):
        span = range(hit.first, hit.last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(hit)
    return tuple(sorted(kept, key=lambda h: h.first))


#: Of these kinds the longest phrase wins where several overlap: a pet shop is no shop.
_NAMES = frozenset(("place", "industry", "pain", "known", "rival", "tool", "title", "function"))


def mark(text: str, message: Message, book: Book, open_question: str | None = None) -> Marks:
    """Every phrase of `book` in `message`, which is `text` or a copy with something blanked out. A label `kind.name` is
    of its kind."""
    tokens = message.tokens
    keys = tuple(
        token.key
        if (i and tokens[i - 1].start == token.start) or (i + 1 < len(tokens) and tokens[i + 1].start == token.start)
        else _key(text, token, book.words)
        for i, token in enumerate(tokens)  # several at one place are a contraction, written out
    )
    found: dict[str, list[Hit]] = {}
    for label, first, end in book.phrases.find(keys):
        kind, _, name = label.partition(".")
        found.setdefault(kind, []).append(Hit(name, first, end - 1))
    sort = {kind: _longest(hits) if kind in _NAMES else tuple(sorted(hits, key=_place)) for kind, hits in found.items()}
    return Marks(text, message, keys, sort, open_question)


def _place(hit: Hit) -> tuple[int, int, str]:
    return hit.first, hit.last, hit.name


def _key(text: str, token: Token, known: frozenset[str]) -> str:
    """The word as the rules see it, but a word of ours as it was written: "plant" is no slip of "plan"."""
    written = text[token.start : token.end].lower()
    mended = written != token.key and len(written) >= _SHORTEST_MENDED
    return written if mended and written in known else token.key


def names(words: str, *, plural: bool = True) -> Steps:
    """A name as steps, cut into words as a message is; the last word may be in the plural."""
    text, forms = words.lower(), plain_forms()
    tokens = read_message(text).tokens
    keys = [t.key if text[t.start : t.end] in forms else text[t.start : t.end].replace("’", "'") for t in tokens]
    if len({(t.start, t.end) for t in tokens}) < len(tokens):  # a contraction, written out
        keys = [token.key for token in tokens]
    steps = [Step(frozenset((key,))) for key in keys]
    if plural and keys and keys[-1].isalpha():
        last = keys[-1]
        many = {last, last + "s", last + "es", last[:-1] + "ies" if last.endswith("y") else last}
        steps[-1] = Step(frozenset(many))
    return tuple(steps)


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The lists that the files name with @."""
    found: dict[str, set[str]] = {}
    for row in _rows():
        if str(row.get("label", "")).startswith("@"):
            found.setdefault(row["label"][1:], set()).update(row["pattern"].split())
    return {name: frozenset(words) for name, words in found.items()}


def _rows() -> Iterator[Mapping[str, str]]:
    for file in _FILES:
        yield from rows(f"facts_{file}")


@lru_cache(maxsize=1)
def _shipped() -> tuple[tuple[str, Steps], ...]:
    """The phrases of the files, compiled once."""
    known, found = lists(), []
    for row in _rows():
        label = f"tool.{row['tool']}" if "tool" in row else row.get("label", "")
        if label and not label.startswith("@"):
            found += [(label, steps) for steps in compile_phrase(row["pattern"], known)]
    return tuple(found)


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[str, Steps], ...]:
    found = []
    for number, row in enumerate(rows("facts_places")):
        found += [(f"place.{number}", names(name, plural=False)) for name in row.get("names", ())]
        found += [(f"people.{number}", names(name, plural=False)) for name in row.get("people", ())]
        found += [(f"place.{number}:{city}", names(city, plural=False)) for city in row.get("cities", ())]
    return tuple(found)


def _products(listed: Iterable[str]) -> list[str]:
    """Products that many trades use, beside those of the playbook."""
    taken = {name.lower() for name in listed}
    every = [name for row in rows("facts_products") for name in row["products"].split(" | ")]
    return [name for name in every if name.lower() not in taken]


@dataclass(frozen=True)
class Book:
    """Phrases to look for, and every word in them."""

    phrases: PhraseBook
    words: frozenset[str]


def make_book(market: Market, competitor_names: Iterable[str]) -> Book:
    """Everything that is looked for in a message. What the owner lists as a competitor is none of the tools."""
    phrases = [*_shipped(), *((label, steps) for label, steps in _places() if steps)]
    for kind, words in (("industry", market.industries), ("pain", market.pains)):
        phrases += [(f"{kind}.{name}", names(word)) for name, forms in words.items() for word in forms]
    phrases += [(f"rival.{name}", names(name, plural=False)) for name in competitor_names]
    phrases += [(f"known.{name}", names(name, plural=False)) for name in (*market.tools, *_products(market.tools))]
    every = frozenset(word for _, steps in phrases for step in steps for word in step.words)
    return Book(PhraseBook((label, steps) for label, steps in phrases if steps), every)
