"""What each clause of a message is about: one of the four questions, or none of them.

A message is cut into clauses where one thought may end and another begin; a trained model says of each how likely it
speaks of the budget, of who decides, of the need, of the time. It says nothing of what the answer is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from banter.extraction.linear import Linear
from banter.extraction.matching import Message, find
from banter.extraction.signs import Signs
from banter.extraction.word_signs import is_word, letters, ones_and_twos, spoken, stem
from scoring.model import DIMENSIONS, Dimension

#: How much each group weighs. Chosen by cross-validation over the authors of `corpus/train/acts`.
WEIGHTS = {"words": 1.0, "letters": 0.7, "stems": 0.7, "rules": 1.0}
SUBJECTS = (*DIMENSIONS, "none")
#: Words that only one question is about.
_NAMES: Mapping[Dimension, re.Pattern[str]] = {
    "budget": re.compile(r"\b(?:budgets?|money|funds?|funding|cash|price limit)\b", re.I),
    "authority": re.compile(r"\b(?:decides?|decision|decision[- ]maker|final say|sign(?:s|ing)? (?:it )?off)\b", re.I),
    "timeline": re.compile(
        r"\b(?:timeline|the date|time ?frame|deadline|rush|hurry|urgent|urgency|go[- ]live|launch|due date"
        r"|start date)\b",
        re.I,
    ),
    "need": re.compile(r"\b(?:problems?|pain points?|challenges?)\b", re.I),
}
_MOST_WORDS = 12
_ENDS = frozenset([".", "!", "?", ";", "\n", "…", "...", "-", "–", "—", "(", ")"])
_COMMAS = frozenset([",", ":"])
#: Before these a new thought begins, where both sides have words enough.
_JOINTS = frozenset(
    ["but", "though", "although", "however", "btw", "and", "so", "because", "cos", "cause", "plus", "while"]
)
# fmt: off
_BEGINS = frozenset(
    [
        "i", "we", "it", "the", "my", "our", "need", "must", "have", "has", "he", "she", "they", "there",
        "that", "no", "not", "want", "then", "would", "can", "could", "got", "this", "as", "for", "by",
        "about", "yes",
    ]
)
# fmt: on
_FEWEST = 2
_FEWEST_BEFORE_AND = 4
_MOST_CLAUSES = 24


@dataclass(frozen=True)
class Clause:
    """Tokens `first` to `last` (inclusive) of a message, characters `start` to `end`; how likely each subject is."""

    first: int
    last: int
    start: int
    end: int
    chances: Mapping[str, float]

    @property
    def subject(self) -> str:
        return max(SUBJECTS, key=lambda name: self.chances[name])


def clauses(message: Message, model: Linear) -> tuple[Clause, ...]:
    """The clauses of `message` with what each is about; at most so many, the last one holding the rest."""
    found = []
    for span in cut(message):
        first, last = span[0], span[-1]
        chances = model.chances("subject", clause_signs(message, span))
        found.append(Clause(first, last, message.tokens[first].start, message.tokens[last].end, chances))
    return tuple(found)


def cut(message: Message) -> list[range]:
    """The clauses as ranges of tokens, in order, each with a word in it."""
    keys = [token.key for token in message.tokens]
    edges = [0]
    counted = [0, *accumulate(is_word(key) for key in keys)]
    for i in range(1, len(keys)):
        if len(edges) == _MOST_CLAUSES:
            break
        so_far = counted[i] - counted[edges[-1]]
        ahead = counted[min(i + 4, len(keys))] - counted[i]
        sentence = keys[i - 1] in _ENDS
        if (sentence and so_far >= 1) or (so_far >= _FEWEST and ahead >= _FEWEST and _joint(keys, i, so_far)):
            edges.append(i)
    spans = [range(a, b) for a, b in zip(edges, [*edges[1:], len(keys)], strict=True)]
    return [span for span in spans if any(is_word(keys[i]) for i in span)]


def _joint(keys: Sequence[str], i: int, so_far: int) -> bool:
    if keys[i - 1] in _COMMAS:
        return True
    if keys[i] not in _JOINTS or keys[i - 1] in _JOINTS:
        return False
    if keys[i] in ("and", "so", "while"):
        return so_far >= _FEWEST_BEFORE_AND and i + 1 < len(keys) and keys[i + 1] in _BEGINS
    return True


def clause_signs(message: Message, span: Sequence[int]) -> Signs:
    """The signs of the clause of these tokens."""
    first, last = span[0], span[-1]
    words = spoken(message.keys(span))
    cues = [
        f"{file} {cue.label}"
        for file in (*DIMENSIONS, "hedges", "refusals")
        for cue in find(message, file)
        if first <= cue.first and cue.last <= last
    ]
    return {
        "words": sorted({f"w {sign}" for sign in ones_and_twos(words)}),
        "letters": sorted(set(letters(words))),
        "stems": sorted({f"m {sign}" for sign in ones_and_twos([stem(word) for word in words])}),
        "rules": sorted({*cues, f"length {min(len(words), 6)}"}),
    }


def about(found: Sequence[Clause], dimension: Dimension) -> float:
    """How likely any clause is about `dimension`."""
    return max((clause.chances[dimension] for clause in found), default=0.0)


def spoken_of(text: str) -> frozenset[Dimension]:
    """The questions whose own words a short message uses; a long one speaks of anything."""
    if len(text.split()) > _MOST_WORDS:
        return frozenset()
    return frozenset(name for name, words in _NAMES.items() if words.search(text))
