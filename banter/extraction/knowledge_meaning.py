"""What a question means, as shares of the usual questions: the model `questions`, learnt from `corpus/train/faq`.

Each question that visitors and customers of any business ask ("how long is the contract?") is a label; NONE is all that
is none of them. Signs are words, pairs of words, groups of letters (which outlast typing errors), the concepts of
`knowledge_words.py`, and how the question begins and ends; beside them stands the vector of the whole question
(`sentence_vectors.py`). An entry means what its wordings mean, so that another
owner's entry on a usual question is found although its key was never seen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np

from banter.extraction.knowledge_words import lexicon, spoken, stem, units
from banter.extraction.linear import Linear, load
from banter.extraction.sentence_vectors import vector
from banter.extraction.signs import Signs
from banter.extraction.topics import plain
from banter.extraction.word_signs import letters, ones_and_twos

NONE = "none"
HEAD = "topic"
#: How much each group weighs. Chosen by cross-validation over the authors of `corpus/train/faq`.
WEIGHTS = {"words": 1.0, "twos": 1.0, "letters": 1.0, "concepts": 1.0, "pairs": 0.5, "edges": 0.4}
#: What the vector of a question counts beside its signs. Chosen likewise.
VECTOR_WEIGHT = 1.5
#: How far the likeliest meaning of a wording stands out.
_SHARPNESS = 4.0
#: An entry is on a usual question when its wordings mean one by this share.
USUAL = 0.4
_FARTHEST = -2.0
_MOST_WORDS = 60


@dataclass(frozen=True)
class Question:
    """A question as it is looked up: its words, and its words and signs as one sentence, typing errors mended."""

    words: tuple[str, ...]
    sentence: str

    @property
    def vector(self) -> np.ndarray:
        return vector(self.sentence)


def question(text: str, mend: Callable[[str], str]) -> Question:
    """`text`, cut where it is too long."""
    said = [mend(word) for word in spoken(text)[:_MOST_WORDS]]
    return Question(tuple(said), " ".join(mend(word) for word in plain(text).split()[:_MOST_WORDS]))


def question_signs(words: Sequence[str]) -> Signs:
    """The signs by which the model judges a question, given as `knowledge_words.spoken` gives it."""
    lexi = lexicon()
    words = words[:_MOST_WORDS]
    stems = [_sign(word if word in lexi.skipped else stem(word, lexi.base)) for word in words]
    telling = [short for short, word in zip(stems, words, strict=True) if word not in lexi.skipped]
    said = units(words)
    surest = sorted({max(unit.means, key=lambda name: (unit.means[name], name)) for unit in said})
    apart = {f"s {a} {b}" for i, a in enumerate(stems) for b in stems[i + 2 : i + 4]}
    return {
        "words": sorted({f"w {short}" for short in stems}),
        "twos": sorted({*(f"w {sign}" for sign in ones_and_twos(stems) if " " in sign), *apart}),
        "letters": sorted({*letters(telling, 3, 4, 5)}),
        "concepts": sorted({f"= {name}" for unit in said for name in unit.means}),
        "pairs": sorted({f"& {a} {b}" for i, a in enumerate(surest) for b in surest[i + 1 :]}),
        "edges": [
            *(f"in {' '.join(stems[:n])}" for n in (1, 2, 3)),
            *(f"out {' '.join(stems[-n:])}" for n in (1, 2)),
        ],
    }


class Meaning(NamedTuple):
    """How far a question is on the yes side of each usual question (above 0 is yes), and of none of them."""

    margins: np.ndarray
    none: float

    def fits(self, about: np.ndarray) -> float:
        """How far it is on the yes side of what an entry is `about`."""
        return float(np.maximum(self.margins, _FARTHEST) @ about)

    def beside(self, other: Meaning) -> Meaning:
        """What both mean together."""
        return Meaning((self.margins + other.margins) / 2, (self.none + other.none) / 2)


class About(NamedTuple):
    """By usual question, the share of it in what an entry is about. Not `usual`: the model knows nothing of it."""

    shares: np.ndarray
    usual: bool


class Meanings:
    """Reads meanings by `model`."""

    def __init__(self, model: Linear) -> None:
        self._model = model
        self._none = model.heads[HEAD].index(NONE)

    def of(self, words: Sequence[str], vector: np.ndarray) -> Meaning:
        """What a question means: its words as `knowledge_words.spoken` gives them, and its vector."""
        margins = self._model.margins_of(HEAD, question_signs(words), VECTOR_WEIGHT * vector)
        return Meaning(margins, float(margins[self._none]))

    def about(self, wordings: Sequence[Meaning]) -> About:
        """What an entry is about whose wordings, one at least, mean this."""
        margins = [wording.margins.copy() for wording in wordings]
        usual = float(np.mean([_shares(each) for each in margins], axis=0)[self.topics].max()) >= USUAL
        for each in margins:
            each[self._none] = -np.inf
        return About(np.asarray(np.mean([_shares(each) for each in margins], axis=0)), usual)

    @cached_property
    def topics(self) -> np.ndarray:
        """Which labels are usual questions."""
        return np.array([label != NONE for label in self._model.heads[HEAD]])


@cache
def meanings() -> Meanings:
    """By the model that ships."""
    return Meanings(load("questions"))


def _shares(margins: np.ndarray) -> np.ndarray:
    shares = np.exp(_SHARPNESS * (margins - margins.max()))
    return np.asarray(shares / shares.sum())


def _sign(short: str) -> str:
    return "#" if short[:1].isdigit() else short
