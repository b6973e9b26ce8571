"""What needs no understanding: the commonest label, the length of the text, and words counted.

All three learn from `corpus/train` only. Length is given its best chance: texts of more than 20 characters get the
label that is commonest among such texts, the others that of the others. Keywords: each label has the 40 words that
speak most for it (at least 5 times there, by the logarithm of the odds); a text gets the label with most of its
words, and the commonest where none or several have most. Answers are told apart by their question, which everybody
knows.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.evaluation.answers import f1, of_dimension, right
from benchmarks.evaluation.messages import acts_f1, also_right, intents_right
from benchmarks.evaluation.readings import LABELS, Pair, Row, Set, rows_in
from benchmarks.evaluation.tables import decimal, percent, table
from scoring.model import DIMENSIONS

Guess = Callable[[str], str]
Example = tuple[str, str]  # text, label

_LONG = 20
_WORDS = 40
_LEAST = 5
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?|[$€£%?]", re.UNICODE)
NAMES = ("majority", "length", "keywords")


def baselines(examples: Sequence[Example]) -> Mapping[str, Guess]:
    """The three guesses, by NAMES, learnt from texts and their labels."""
    common = _commonest(examples)
    lengths = {
        long: _commonest([each for each in examples if (len(each[0]) > _LONG) == long], common)
        for long in (True, False)
    }
    return {
        "majority": lambda text: common,
        "length": lambda text: lengths[len(text) > _LONG],
        "keywords": _keywords(examples, common),
    }


def _commonest(examples: Sequence[Example], otherwise: str = "") -> str:
    counts = Counter(label for _, label in examples)
    return max(sorted(counts), key=lambda label: counts[label], default=otherwise)


def words_of(text: str) -> set[str]:
    return {"#" if word.isdigit() else word for word in _WORD.findall(text.lower())}


def _keywords(examples: Sequence[Example], common: str) -> Guess:
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    everywhere: Counter[str] = Counter()
    texts = Counter(label for _, label in examples)
    for text, label in examples:
        words = words_of(text)
        inside[label].update(words)
        everywhere.update(words)
    lists: dict[str, set[str]] = {}
    for label, counts in inside.items():
        others = len(examples) - texts[label]
        odds = {
            word: math.log((n + 1) / (texts[label] + 2)) - math.log((everywhere[word] - n + 1) / (others + 2))
            for word, n in counts.items()
            if n >= _LEAST
        }
        best = sorted(odds, key=lambda word: (-odds[word], word))[:_WORDS]
        lists[label] = {word for word in best if odds[word] > 0}

    def guess(text: str) -> str:
        words = words_of(text)
        hits = Counter({label: len(words & known) for label, known in lists.items()})
        (best, most), *rest = [*hits.most_common(2), ("", 0)]
        return common if not most or rest[0][1] == most else best

    return guess


def guessed(found: Set, train: Path) -> dict[str, Set]:
    """The set as each of NAMES would read it."""
    rows = rows_in(train / "answers")
    answers: dict[str, list[Row]] = {name: [{} for _ in found.answers] for name in NAMES}
    for label in LABELS:
        for dimension in DIMENSIONS:
            examples = [(r["text"], r[label]) for r in rows if r["dimension"] == dimension and label in r]
            for name, guess in baselines(examples).items():
                for pair, given in zip(found.answers, answers[name], strict=True):
                    if pair.row["dimension"] == dimension:
                        given[label] = guess(pair.row["text"])
    intents = baselines([(r["text"], r["intent"]) for r in rows_in(train / "openers")])
    acts = baselines([(r["text"], "+".join(sorted(r["acts"]))) for r in rows_in(train / "acts")])
    return {
        name: Set(
            name,
            [Pair(pair.row, given) for pair, given in zip(found.answers, answers[name], strict=True)],
            [Pair(p.row, {"intent": intents[name](p.row["text"])}) for p in found.openers],
            [Pair(p.row, {"acts": acts[name](p.row["text"]).split("+"), "also_answers": {}}) for p in found.acts],
        )
        for name in NAMES
    }


def sections(found: Set, train: Path) -> Iterator[str]:
    """The plain guesses beside each other on the rows of a folder, as Markdown."""
    yield "## Plain baselines, learnt from corpus/train"
    yield table(["what", "figure", *NAMES], _lines([*guessed(found, train).values()]))


def _lines(sets: Sequence[Set]) -> Iterator[list[str]]:
    for label in LABELS:
        for dimension in (*DIMENSIONS, "all"):
            pairs = [of_dimension(each.answers, dimension) for each in sets]
            yield [f"{dimension}: {label}", "right", *(percent(right(each, label)) for each in pairs)]
            if label != "band":
                yield [f"{dimension}: {label}", "macro-F1", *(decimal(f1(each, label)) for each in pairs)]
    yield ["intent", "right", *(percent(intents_right(each.openers)) for each in sets)]
    yield ["acts", "micro-F1", *(decimal(acts_f1(each.acts)) for each in sets)]
    yield ["also_answers", "exact", *(percent(also_right(each.acts)) for each in sets)]
