"""How much the words of a question have in common with each of the owner's entries.

Each entry's ways of asking become concepts and words (`knowledge_words.py`); how much one tells is how few entries hold
it. A question is laid over every entry: how much of the question the entry knows, and how much of one of its ways of
asking the question says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from banter.extraction.knowledge_words import Unit, lexicon, spoken, stem, units
from banter.leads.playbook import Known

#: How much a thing counts that stands in the answer, or in the key, and in no way of asking.
IN_ANSWER = 0.4
IN_KEY = 0.7
#: What a word tells that no phrase knows: where an entry has it, and where none has.
OWN_WORD = 0.9
STRANGE_WORD = 0.9
#: The least mass that must agree.
LEAST_MASS = 0.6
#: The share of the score that the entry's side has.
ENTRY_SIDE = 0.3
#: A whole topic that an entry knows nothing of tells more against it than its mass says.
UNMET = 1.4
UNMET_FROM = 0.7


@dataclass(frozen=True)
class _Entry:
    key: str
    asks: tuple[tuple[Unit, ...], ...]
    holds: Mapping[str, float]


class Score(NamedTuple):
    """How well the words of a question fit an entry, 0 to 1. `of_entry`: how much of a way of asking it says."""

    total: float
    key: str
    of_entry: float


class Overlap:
    """Compares words with those of `entries`."""

    def __init__(self, entries: Sequence[Known]) -> None:
        self._own = frozenset(
            stem(word, lexicon().base)
            for entry in entries
            if not any(_telling(units(spoken(ask))) for ask in entry.asks)
            for ask in entry.asks
            for word in spoken(ask)
        )
        self._entries = tuple(self._entry(entry) for entry in entries)
        self._rare = self._rarity()

    def scores(self, words: Sequence[str]) -> list[Score]:
        """Every entry that has something in common with a question, given as `spoken` gives it; best first."""
        said = units(words, self._own)
        if not said:
            return []
        query: dict[str, float] = {}
        for unit in said:
            for name, surely in unit.means.items():
                query[name] = max(query.get(name, 0.0), surely)
        found = []
        for entry in self._entries:
            if entry.holds.keys().isdisjoint(query):
                continue
            known, whole = self._overlap(said, entry.holds)
            if known < LEAST_MASS:
                continue
            other = max((k / w for k, w in (self._overlap(ask, query) for ask in entry.asks) if w), default=0.0)
            found.append(Score((1 - ENTRY_SIDE) * known / whole + ENTRY_SIDE * other, entry.key, other))
        return sorted(found, key=lambda score: (-score.total, score.key))

    def _entry(self, entry: Known) -> _Entry:
        asks = tuple(tuple(units(spoken(ask), self._own)) for ask in entry.asks)
        holds: dict[str, float] = {}
        for said, share in (
            ((u for ask in asks for u in ask), 1.0),
            (units(spoken(entry.key.replace("-", " ").replace("_", " "))), IN_KEY),
            (units(spoken(entry.answer)), IN_ANSWER),
        ):
            for unit in said:
                for name, surely in unit.means.items():
                    holds[name] = max(holds.get(name, 0.0), surely * share)
        return _Entry(entry.key, asks, holds)

    def _rarity(self) -> dict[str, float]:
        """By concept or word: 1 when one entry asks with it, less the more do."""
        count: dict[str, float] = {}
        for entry in self._entries:
            for name in {name for ask in entry.asks for unit in ask for name in unit.means}:
                count[name] = count.get(name, 0.0) + 1
        whole = log(1 + max(len(self._entries), 8))
        return {name: log(1 + max(len(self._entries), 8) / n) / whole for name, n in count.items()}

    def _weight(self, name: str) -> float:
        weights = lexicon().weights
        if name in weights:
            return weights[name] * self._rare.get(name, 1.0)
        return OWN_WORD * self._rare[name] if name in self._rare else STRANGE_WORD

    def _mass(self, unit: Unit) -> float:
        return max(surely * self._weight(name) for name, surely in unit.means.items())

    def _overlap(self, said: Sequence[Unit], holds: Mapping[str, float]) -> tuple[float, float]:
        """The mass of `said` that `holds` knows, and all of its mass."""
        known = whole = 0.0
        for unit in said:
            mass = self._mass(unit)
            met = max(min(s, holds.get(name, 0.0)) * self._weight(name) for name, s in unit.means.items())
            known += met
            whole += mass if met or mass < UNMET_FROM else mass * UNMET
        return known, whole


def _telling(said: Sequence[Unit]) -> bool:
    """Whether there is anything to find an entry by: else its small words have to do."""
    return any(lexicon().weights.get(name, 1.0) >= 0.5 for unit in said for name in unit.means)
