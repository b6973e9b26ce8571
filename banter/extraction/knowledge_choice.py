"""Which entry a question asks for, with how sure that is: a few numbers, weighed by `data/knowledge_choice.json`.

The weights are those of a logistic choice among all entries and none of them; `python -m benchmarks.faq_choice` learns
them. An entry on a usual question has weights of its own, and one that the model of meanings does not know has others.
Where the owner has such entries, every choice is made with the weights `mixed`: one of them may be meant where a usual
one is likely.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

STORED = Path(__file__).parent / "data" / "knowledge_choice.json"
#: The least chance of an entry on a usual question, and of one that the model does not know. Chosen so that clearly
#: less than 2% of the answers are wrong in what was left out of the learning (`benchmarks/faq_unseen.py`).
LEAST = 0.6
LEAST_OWN = 0.85
#: Of one whose words are all that the question has, and the other way round: "does it work with Xero?". Few who write
#: text to learn from put it so plainly, many visitors do: it counts as this likely, unless another is half as likely.
LEAST_SAID = 0.05
SAID = 0.9
_WHOLE = 0.99
_EACH = ("words", "wording", "nearest", "near", "answer", "as_it_stands", "around")
_USUAL = ("meaning", "at_all", "likely", "likely_and_near", "near_squared", "yes", "among")
ENTRY = (
    *(
        f"usual {name}"
        for name in (*_EACH, "meaning", "at_all", "likely", "likely_and_near", "near_squared", "yes", "among")
    ),
    *(f"own {name}" for name in (*_EACH, "none", "near_squared")),
)
NONE = (
    "none",
    "none meaning",
    "none strange",
    "none visitor_tells",
    "none customer_tells",
    "none short",
    "none nearest",
)
_SHARPNESS = 4.0


@dataclass(frozen=True, eq=False)
class Fits:
    """How a question fits each entry, an array each: by `words` in common and how much of a `wording` it says; how
    near it is to the nearest wording, to all (`near`), to the `answer`, to the nearest as the vectors stand and, with
    what was said `around` it; on which side of the line its `meaning` is, and how much farther it lies `among` such
    questions than among those that are none. `usual`: 1 for an entry on a usual question.
    """

    words: np.ndarray
    wording: np.ndarray
    nearest: np.ndarray
    near: np.ndarray
    answer: np.ndarray
    as_it_stands: np.ndarray
    around: np.ndarray
    meaning: np.ndarray
    among: np.ndarray
    usual: np.ndarray
    none: float  # how likely it is no usual question
    strange: float  # how likely a usual one that the owner has no entry on
    plainly: bool  # asked in so many words
    tells: bool  # of a customer, who may also just tell what is wrong
    short: bool

    def of_entries(self) -> np.ndarray:
        """Entries x ENTRY."""
        usual, own = self.usual, 1 - self.usual
        each = [getattr(self, name) for name in _EACH]
        near = (self.nearest + self.near + self.answer + self.around) / 4
        likely = 1 / (1 + np.exp(-_SHARPNESS * self.meaning))
        of_usual = [self.meaning, np.ones_like(usual), likely, likely * near, near * near]
        of_usual += [np.maximum(self.meaning, 0), self.among]
        of_own = [np.full_like(own, -self.none), near * near]
        return np.stack([*(x * usual for x in (*each, *of_usual)), *(x * own for x in (*each, *of_own))], axis=1)

    def of_none(self) -> np.ndarray:
        told = not self.plainly
        return np.array(
            [
                1.0,
                self.none,
                self.strange,
                float(told and not self.tells),
                float(told and self.tells),
                float(self.short),
                -float(self.nearest.max(initial=-1.0)),
            ]
        )


def chances(fits: Fits, weights: Mapping[str, float]) -> np.ndarray:
    """The chance that each entry is meant; what is missing to 1 is none's."""
    entries = fits.of_entries() @ np.array([weights[name] for name in ENTRY])
    none = fits.of_none() @ np.array([weights[name] for name in NONE])
    top = max(float(entries.max(initial=none)), float(none))
    shares = np.exp(entries - top)
    return np.asarray(shares / (shares.sum() + np.exp(none - top)))


def manner(usual: np.ndarray) -> str:
    """By which weights to choose."""
    return "usual" if bool(usual.all()) else "mixed"


def chosen(fits: Fits, keys: Sequence[str]) -> tuple[str, float] | None:
    """The entry that is likeliest enough, with its chance."""
    found = chances(fits, shipped()[manner(fits.usual)])
    best = int(found.argmax())
    chance = float(found[best])
    whole = min(fits.words[best], fits.wording[best]) >= _WHOLE
    if whole and chance >= max(LEAST_SAID, 2 * _next(found)):
        chance = max(chance, SAID)
    least = LEAST if fits.usual[best] else LEAST_OWN
    return (keys[best], chance) if chance >= least else None


def _next(found: np.ndarray) -> float:
    """The second chance."""
    return float(np.sort(found)[-2]) if len(found) > 1 else 0.0


@cache
def shipped() -> Mapping[str, Mapping[str, float]]:
    """By manner, the weights by name."""
    found: dict[str, dict[str, float]] = json.loads(STORED.read_text(encoding="utf-8"))
    return found
