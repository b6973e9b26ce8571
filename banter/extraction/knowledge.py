"""Finds which of the owner's answers a question asks for, by what it means; says nothing rather than something wrong.

Each entry's ways of asking become concepts and words (`knowledge_words.py`); how much one tells is how few entries hold
it. A question is laid over every entry: how much of the question the entry knows, and how much of one of its ways of
asking the question says. A model of the usual questions (`knowledge_meaning.py`) says which of the entries on such
a question is meant; an entry on anything else is found by its words alone. Nothing is trained at the owner's: a new
entry is found at the next start.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple

from banter.extraction.knowledge_asks import Asked, asked
from banter.extraction.knowledge_meaning import Meaning, Meanings
from banter.extraction.knowledge_meaning import meanings as shipped
from banter.extraction.knowledge_words import Unit, lexicon, spoken, stem, units
from banter.extraction.spelling import speller
from banter.extraction.topics import Part
from banter.leads.playbook import Known

#: How much a thing counts that stands in the answer, or in the key, and in no way of asking.
IN_ANSWER = 0.4
IN_KEY = 0.7
#: What a word tells that no phrase knows: where an entry has it, and where none has.
OWN_WORD = 0.9
STRANGE_WORD = 0.9
#: The least that the best must reach, the least it must be ahead of the second, and the least mass that must agree.
LEAST = 0.64
LEAST_TOLD = 0.72
LEAST_OF_ENTRY = 0.5
AHEAD = 0.03
LEAST_MASS = 0.6
#: The share of the score that the entry's side has.
ENTRY_SIDE = 0.3
#: A whole topic that an entry knows nothing of tells more against it than its mass says.
UNMET = 1.4
UNMET_FROM = 0.7
#: Of an entry on a usual question: what its words tell beside the meaning; how much it tells that the question is a
#: usual one at all; the least that both together must be ahead by, and that it must be ahead of the second entry.
#: Chosen by cross-validation (`benchmarks/faq_unseen.py`), so that some 2% of the answers are wrong.
WORDS_BESIDE = 0.3
USUAL_AT_ALL = 0.4
LEAST_AHEAD = 1.1
APART = 0.3
#: The lead that is enough where an entry knows every word that tells anything, and no other entry comes near.
ALL_SAID = 0.97
LEAST_AHEAD_ALL_SAID = 0.9
#: What a lead of 1 more is worth as a score from 0 to 1.
_PER_LEAD = 0.2
#: What stands around a question tells half of what it means, unless there is too much of it.
_MOST_AROUND = 30
_MOST_WORDS = 60
_LONGEST = 300


@dataclass(frozen=True)
class _Entry:
    key: str
    asks: tuple[tuple[Unit, ...], ...]
    holds: Mapping[str, float]


class Score(NamedTuple):
    """How well a question fits an entry, 0 to 1. `of_entry`: how much of a way of asking it says."""

    total: float
    key: str
    of_entry: float


class Found(NamedTuple):
    """The entry found for a part of a message, and how well it fits, 0 to 1."""

    key: str
    total: float
    part: Part


class KnowledgeFinder:
    """Searches `entries`. `tells`: who asks may also just tell what is wrong ("my account is locked"), as customers do;
    else only questions and requests are looked at."""

    def __init__(self, entries: Sequence[Known], *, tells: bool = False, meanings: Meanings | None = None) -> None:
        self._tells = tells
        self._meanings = meanings or shipped()
        lexi = lexicon()
        said = [ask for entry in entries for ask in (*entry.asks, entry.answer)]
        self._mend = speller(
            frozenset(w for w in {*lexi.words, *(w for ask in said for w in spoken(ask))} if len(w) > 4)
        )
        self._own = frozenset(
            stem(word, lexi.base)
            for entry in entries
            if not any(_telling(units(spoken(ask))) for ask in entry.asks)
            for ask in entry.asks
            for word in spoken(ask)
        )
        self._entries = tuple(self._entry(entry) for entry in entries)
        self._word_for_word = {
            tuple(spoken(ask)): entry.key for entry in reversed(entries) for ask in entry.asks if spoken(ask)
        }
        self._rare = self._rarity()
        wordings = {entry.key: [said for ask in entry.asks if (said := spoken(ask))] for entry in entries}
        abouts = {key: self._meanings.about(each) for key, each in wordings.items()}
        self._about = {key: about for key, about in abouts.items() if about is not None}
        self._find = lru_cache(maxsize=256)(self._found)

    def find(self, text: str) -> str | None:
        """The key of the entry that answers `text` best, or None. Never raises on any text."""
        same = self._word_for_word.get(tuple(spoken(text[:_LONGEST])))
        best = max(self._find(text), key=lambda found: found.total, default=None)
        return same or (best.key if best is not None else None)

    def each(self, text: str) -> tuple[Found, ...]:
        """What is found for each part of `text`, in order. Never raises on any text."""
        return self._find(text)

    def scores(self, text: str) -> list[Score]:
        """Every entry that has something in common with `text`, best first: to see why one was found."""
        return self._scores(self._units(text))

    def _found(self, text: str) -> tuple[Found, ...]:
        best: dict[int, Found] = {}
        questions = asked(text, tells=self._tells)
        around = self._words(text[:_LONGEST]) if len({question.part.start for question in questions}) == 1 else []
        for question in questions:
            found = self._of(question, around)
            at = question.part.start
            if found and (at not in best or found.total > best[at].total):
                best[at] = found
        return tuple(best[at] for at in sorted(best))

    def _of(self, question: Asked, around: Sequence[str]) -> Found | None:
        """`around`: the whole message, where it asks one thing only."""
        same = self._word_for_word.get(tuple(spoken(question.text)))
        if same is not None:
            return Found(same, 1.0, question.part)
        words = self._words(question.text)
        scores = self._scores(tuple(units(words, self._own)))
        found = self._by_words(question, scores)
        if found is not None and found.key not in self._about:
            return found
        if not self._about:
            return None
        meaning = self._meanings.of(words)
        if len(words) < len(around) <= _MOST_AROUND:
            meaning = meaning.beside(self._meanings.of(around))
        return self._by_meaning(question, meaning, scores)

    def _by_words(self, question: Asked, scores: Sequence[Score]) -> Found | None:
        if not scores:
            return None
        best, second = scores[0], scores[1] if len(scores) > 1 else None
        if best.total < (LEAST if question.plainly else LEAST_TOLD) or (second and best.total - second.total < AHEAD):
            return None
        if not question.plainly and best.of_entry < LEAST_OF_ENTRY:
            return None
        return Found(best.key, best.total, question.part)

    def _by_meaning(self, question: Asked, meaning: Meaning, scores: Sequence[Score]) -> Found | None:
        said = {score.key: score.total for score in scores}
        fits = {key: meaning.fits(about) for key, about in self._about.items()}
        order = sorted((-(fit + WORDS_BESIDE * said.get(key, 0.0)), key) for key, fit in fits.items())
        best, key = order[0]
        second = order[1][0] if len(order) > 1 else -meaning.none
        ahead = second - best + USUAL_AT_ALL * (fits[key] - meaning.none)
        least = LEAST_AHEAD_ALL_SAID if said.get(key, 0.0) >= ALL_SAID else LEAST_AHEAD
        if ahead < least or second - best < APART:
            return None
        total = min(1.0, LEAST + _PER_LEAD * (ahead - least))
        return Found(key, max(total, said.get(key, 0.0)), question.part)

    def _words(self, text: str) -> list[str]:
        return [self._mend(word) for word in spoken(text)[:_MOST_WORDS]]

    def _units(self, text: str) -> tuple[Unit, ...]:
        return tuple(units(self._words(text), self._own))

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

    def _scores(self, said: Sequence[Unit]) -> list[Score]:
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


def _telling(said: Sequence[Unit]) -> bool:
    """Whether there is anything to find an entry by: else its small words have to do."""
    return any(lexicon().weights.get(name, 1.0) >= 0.5 for unit in said for name in unit.means)
