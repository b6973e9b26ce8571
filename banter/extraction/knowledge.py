"""Finds which of the owner's answers a question asks for, by what it means; says nothing rather than something wrong.

What it means is judged in three ways: by the words in common (`knowledge_overlap.py`), by how near the whole sentence
is to the entry's wordings and answer (`knowledge_near.py`), and by a model of the usual questions of any business
(`knowledge_meaning.py`). `knowledge_choice.py` weighs the three. Nothing is trained at the owner's: a new entry is
found at the next start.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np

from banter.extraction.knowledge_among import Among
from banter.extraction.knowledge_among import shipped as shipped_among
from banter.extraction.knowledge_asks import Asked, asked
from banter.extraction.knowledge_choice import Fits, chosen
from banter.extraction.knowledge_meaning import NONE, Meaning, Meanings, Question, question
from banter.extraction.knowledge_meaning import meanings as shipped
from banter.extraction.knowledge_near import Near
from banter.extraction.knowledge_near import shipped as shipped_near
from banter.extraction.knowledge_overlap import Overlap, Score
from banter.extraction.knowledge_words import lexicon, spoken
from banter.extraction.sentence_vectors import vectors
from banter.extraction.spelling import speller
from banter.extraction.topics import Part
from banter.leads.playbook import Known

#: What stands around a question tells half of what it means, unless there is too much of it.
_MOST_AROUND = 30
_LONGEST = 300
#: A usual question that no entry is about to at least this share is strange to the owner.
_STRANGE = 0.5
_SHORT = 3
#: An entry on a usual question has wordings that lie among the messages on it, by this much.
_AMONG = 0.3


class Found(NamedTuple):
    """The entry found for a part of a message, and the chance that it is the right one."""

    key: str
    total: float
    part: Part


@dataclass(frozen=True, eq=False)
class _Placed:
    """The entries with what is compared: vectors of wordings (which entry each is of) and of answers, what each is
    about by usual question, and 1 for each that is on one."""

    wordings: np.ndarray
    turned: np.ndarray
    of: np.ndarray
    answers: np.ndarray
    about: np.ndarray
    usual: np.ndarray


def _reaches_back(each: Asked) -> bool:
    """Whether it is looked up together with the part before."""
    return len(each.text) > len(each.part.text)


def _before(each: Asked, found: Iterable[Found]) -> set[str]:
    """What the parts before it have found: together with one of these, it finds the same again."""
    return {other.key for other in found if other.part.start < each.part.start}


class KnowledgeFinder:
    """Searches `entries`. `tells`: who asks may also just tell what is wrong ("my account is locked"), as customers do;
    else only questions and requests are looked at. What takes time is done at the first question."""

    def __init__(
        self,
        entries: Sequence[Known],
        *,
        tells: bool = False,
        meanings: Meanings | None = None,
        near: Near | None = None,
        among: Among | None = None,
    ) -> None:
        self._tells = tells
        self._given_meanings, self._given_near, self._given_among = meanings, near, among
        said = [ask for entry in entries for ask in (*entry.asks, entry.answer)]
        words = {*lexicon().words, *(word for ask in said for word in spoken(ask))}
        self._mend = speller(frozenset(word for word in words if len(word) > 4))
        self._overlap = Overlap(entries)
        self._word_for_word = {
            tuple(spoken(ask)): entry.key for entry in reversed(entries) for ask in entry.asks if spoken(ask)
        }
        self._entries = tuple(entry for entry in entries if any(spoken(ask) for ask in entry.asks))
        self._keys = tuple(entry.key for entry in self._entries)
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
        """Every entry that has words in common with `text`, best first: to see why one was found."""
        return self._overlap.scores(question(text, self._mend).words)

    def fits(self, text: str) -> Iterator[tuple[Asked, Fits]]:
        """How each part of `text` that is looked up fits each entry, in their order (`keys`)."""
        questions = asked(text, tells=self._tells)
        alone = len({each.part.start for each in questions}) == 1
        around = question(text[:_LONGEST], self._mend) if alone else None
        for each in questions:
            looked_up = question(each.text, self._mend)
            if looked_up.words and self._keys:
                yield each, self._fits(each, looked_up, around)

    @property
    def keys(self) -> tuple[str, ...]:
        """The entries that can be found by meaning."""
        return self._keys

    def _found(self, text: str) -> tuple[Found, ...]:
        best: dict[int, Found] = {}

        def take(found: Found) -> None:
            at = found.part.start
            if at not in best or found.total > best[at].total:
                best[at] = found

        for each in asked(text, tells=self._tells):
            same = self._word_for_word.get(tuple(spoken(each.text)))
            if same is not None:
                take(Found(same, 1.0, each.part))
        for each, fits in self.fits(text):
            choice = chosen(fits, self._keys)
            if choice is not None and not (_reaches_back(each) and choice[0] in _before(each, best.values())):
                take(Found(*choice, each.part))
        return tuple(best[at] for at in sorted(best))

    def _fits(self, each: Asked, looked_up: Question, around: Question | None) -> Fits:
        placed = self._placed
        meaning, turned = self._meaning(looked_up), self._near.turned(looked_up.vector)
        among = self._among.margins(looked_up.vector)
        wider = turned
        if around is not None and len(looked_up.words) < len(around.words) <= _MOST_AROUND:
            meaning = meaning.beside(self._meaning(around))
            wider = self._near.turned(around.vector)
            among = (among + self._among.margins(around.vector)) / 2
        nearest, near = self._by_entry(placed.turned @ turned)
        said = {score.key: score for score in self._overlap.scores(looked_up.words)}
        of_words = [(said[key].total, said[key].of_entry) if key in said else (0.0, 0.0) for key in self._keys]
        met = (placed.about * placed.usual[:, None]).max(axis=0)
        strange = np.where((1 - met > _STRANGE) & self._meanings.topics, meaning.margins, -1.0)
        return Fits(
            words=np.array([total for total, _ in of_words]),
            wording=np.array([of_entry for _, of_entry in of_words]),
            nearest=nearest,
            near=near,
            answer=placed.answers @ turned,
            as_it_stands=self._by_entry(placed.wordings @ looked_up.vector)[0],
            around=self._by_entry(placed.turned @ wider)[0],
            meaning=np.array([meaning.fits(about) for about in placed.about]),
            among=self._by_topic(among),
            usual=placed.usual,
            none=meaning.none,
            strange=max(0.0, float(strange.max()) + 1),
            plainly=each.plainly,
            tells=self._tells,
            short=len(looked_up.words) < _SHORT,
        )

    def _meaning(self, asked: Question) -> Meaning:
        return self._meanings.of(asked.words, asked.vector)

    @staticmethod
    def _by_asks(wordings: np.ndarray, asks: Sequence[Sequence[Question]]) -> list[np.ndarray]:
        """The vectors of each entry's wordings."""
        ends = np.cumsum([len(each) for each in asks])[:-1]
        return np.split(wordings, ends)

    def _lie_among(self, wordings: np.ndarray, shares: np.ndarray) -> bool:
        """Whether an entry's wordings lie among messages on the question that the model takes it to be on: few words
        about another trade can look like any question."""
        among = np.mean([self._among.margins(vector) for vector in wordings], axis=0)
        return bool(among[int(shares.argmax())] >= _AMONG)

    def _by_topic(self, among: np.ndarray) -> np.ndarray:
        """For each entry, how much farther among the questions that it is about than among none."""
        labels = self._among.labels
        return np.asarray(self._placed.about @ among) - among[labels.index(NONE)]

    def _by_entry(self, near: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The largest and the mean of each entry's wordings."""
        each = [near[self._placed.of == at] for at in range(len(self._keys))]
        return np.array([some.max() for some in each]), np.array([some.mean() for some in each])

    @property
    def _meanings(self) -> Meanings:
        return self._given_meanings or shipped()

    @property
    def _near(self) -> Near:
        return self._given_near or shipped_near()

    @property
    def _among(self) -> Among:
        return self._given_among or shipped_among()

    @cached_property
    def _placed(self) -> _Placed:
        asks = [[question(ask, self._mend) for ask in entry.asks if spoken(ask)] for entry in self._entries]
        answers = [question(entry.answer, self._mend).sentence for entry in self._entries]
        flat = tuple(ask.sentence for wordings in asks for ask in wordings)
        stored = vectors((*flat, *answers))
        wordings = stored[: len(flat)]
        told = iter(zip((ask for each in asks for ask in each), wordings, strict=True))
        abouts = [
            self._meanings.about([self._meanings.of(ask.words, vector) for ask, vector in islice(told, len(each))])
            for each in asks
        ]
        return _Placed(
            wordings=wordings,
            turned=self._near.turned(wordings),
            of=np.array([at for at, each in enumerate(asks) for _ in each]),
            answers=self._near.turned(stored[len(flat) :]),
            about=np.array([about.shares for about in abouts]),
            usual=np.array(
                [
                    float(about.usual and self._lie_among(asks, about.shares))
                    for about, asks in zip(abouts, self._by_asks(wordings, asks), strict=True)
                ]
            ),
        )
