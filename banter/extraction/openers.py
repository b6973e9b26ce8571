"""What the first message of a conversation is: sales, support, research or other.

Two readings are added up. Phrases (`patterns/openers.jsonl` and the questions and disqualifiers that are read anyway)
are sure where they speak. Weights (`patterns/openers_weights.jsonl`) settle the rest; they are learnt from the example
messages in `patterns/openers_examples.jsonl` by `python -m banter.extraction.openers`, always to the same file. They
are for words, pairs of words, groups of letters (which outlast typing errors), the phrases found, and the build of the
sentence: its small words as they are, the others by their class in `patterns/openers_words.jsonl`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np

from banter.extraction.disqualify import disqualifier_of
from banter.extraction.text import pattern_rows
from banter.extraction.topics import labels, parts, rules, topic_of
from banter.leads.reading import OPENERS

_USUAL_WEIGHT = 1.2
#: Weights that are smaller in every intent change no reading and are not shipped.
_SMALLEST_WEIGHT = 0.015
#: A longer first message is known by its first words.
_MOST_WORDS = 60
_WEIGHTS = Path(__file__).parent / "patterns" / "openers_weights.jsonl"


def read_opener(text: str) -> str:
    """One of OPENERS for the first message of a conversation. Any text has one; a blank one is `other`."""
    cut = parts(text)
    if not cut:
        return "other"
    kind = disqualifier_of(tuple(part.words for part in cut))
    if kind is not None:
        return "research" if kind == "student" else "other"
    weights = _weights()
    score = [0.0] * len(OPENERS)
    for feature in sorted(features(text)):  # always added in the same order: the same sum
        for i, weight in enumerate(weights.get(feature, ())):
            score[i] += weight
    return OPENERS[score.index(max(score))]


def features(text: str) -> frozenset[str]:
    """What the weights are for. Signs: `=` a phrase or question found, `~` letters, `<` a class of words, `/` build."""
    cut = parts(text)
    whole = "".join(part.words for part in cut)
    words = [word for word in whole.replace("⟨ ", "").replace("⟩ ", ". ").split() if word != ","][:_MOST_WORDS]
    signs = set(labels(rules("openers.jsonl"), whole))
    signs |= {f"asks {topic}" for part in cut if (topic := topic_of(part))}
    if len(words) <= 4:
        signs.add("short")
    return frozenset(
        [
            "=always",
            *words,
            *(f"{a} {b}" for a, b in pairwise(["^", *words])),
            *(f"={sign}" for sign in signs),
            *(f"={a} & {b}" for a, b in combinations(sorted(signs), 2)),
            *_letters(words),
            *_build(words),
        ]
    )


def _letters(words: Iterable[str]) -> Iterator[str]:
    for word in words:
        framed = f"~{word}~"
        for size in (3, 4, 5):
            for start in range(len(framed) - size + 1):
                yield f"~ {framed[start : start + size]}"


def _build(words: Sequence[str]) -> Iterator[str]:
    """Classes of words, two of them together, and the sentence in twos and threes: `/ how do i`, `/ <broken> since`."""
    classes, small = _classes()
    seen: set[str] = set()
    line = ["^"]
    for word in words:
        found = classes.get(word) or next(
            (classes[word.removesuffix(end)] for end in _ENDINGS if word.removesuffix(end) in classes), ()
        )
        seen.update(found)
        if word in small or not word[0].isalnum():
            line.append(word)
        elif found:
            line.append(f"<{found[0]}>")
        elif word[0].isdigit():
            line.append("#")
        elif line[-1] != "_":
            line.append("_")
    line.append("$")
    yield from (f"<{name}>" for name in seen)
    yield from (f"<{a}+{b}>" for a, b in combinations(sorted(seen), 2))
    yield from (f"/ {a} {b}" for a, b in pairwise(line))
    for a, b, c in zip(line, line[1:], line[2:], strict=False):
        yield f"/ {a} {b} {c}"
        yield f"/ {a} * {c}"


_ENDINGS = ("s", "ing", "ed")


@cache
def _classes() -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    """The classes of each word, and the small words that are in none (class "")."""
    classes: dict[str, tuple[str, ...]] = {}
    small: frozenset[str] = frozenset()
    for row in pattern_rows("openers_words.jsonl"):
        if not row["class"]:
            small = frozenset(row["words"])
            continue
        for word in row["words"]:
            classes[word] = (*classes.get(word, ()), row["class"])
    return classes, small


@cache
def _weights() -> Mapping[str, Sequence[float]]:
    return {row["feature"]: row["weights"] for row in pattern_rows(_WEIGHTS.name)}


def learn(rows: Sequence[Mapping[str, str]], *, strength: float = 4.0, rounds: int = 150) -> dict[str, list[float]]:
    """Weights for OPENERS by feature: multinomial logistic regression by full gradient steps, the same every time."""
    from scipy.sparse import csr_matrix  # comes with Rasa; reading needs it not

    seen = [sorted(features(row["text"])) for row in rows]
    counts = Counter(feature for each in seen for feature in each)
    names = sorted(name for name, count in counts.items() if count > 1)
    at = {name: i for i, name in enumerate(names)}
    scale = np.array([2.0 if name.startswith("=") else 1.0 for name in names])
    cells = [(i, at[name]) for i, each in enumerate(seen) for name in each if name in at]
    data = csr_matrix(
        ([scale[column] for _, column in cells], ([row for row, _ in cells], [column for _, column in cells])),
        shape=(len(rows), len(names)),
    )
    wanted = np.eye(len(OPENERS))[[OPENERS.index(row["intent"]) for row in rows]]
    # A phrase that is said to speak for an intent does so until the examples say otherwise.
    usual = np.zeros((len(names), len(OPENERS)))
    for row in pattern_rows("openers.jsonl"):
        if row.get("speaks_for") and f"={row['label']}" in at:
            usual[at[f"={row['label']}"], OPENERS.index(row["speaks_for"])] = _USUAL_WEIGHT
    weights = ahead = usual
    step = 2.0 / (_widest(data) + strength)
    for turn in range(rounds):  # Nesterov's: each step is taken from a little further on
        scores = data @ ahead
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        before, weights = weights, ahead - step * (data.T @ (scores - wanted) + strength * (ahead - usual))
        ahead = weights + (weights - before) * turn / (turn + 3)
    weights = weights * scale[:, None]
    return {
        name: [round(float(w), 3) for w in weights[at[name]]]
        for name in names
        if abs(weights[at[name]]).max() >= _SMALLEST_WEIGHT
    }


def _widest(data: np.ndarray) -> float:
    """The square of the largest singular value, which bounds the step, by multiplying again and again."""
    direction = np.ones(data.shape[1])
    for _ in range(30):
        direction = data.T @ (data @ (direction / np.linalg.norm(direction)))
    return float(np.linalg.norm(direction)) * 1.05


def main() -> None:
    """Write the weights anew from the examples."""
    weights = learn(list(pattern_rows("openers_examples.jsonl")))
    lines = (json.dumps({"feature": name, "weights": row}, ensure_ascii=False) for name, row in weights.items())
    _WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
