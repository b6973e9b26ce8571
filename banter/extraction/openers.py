"""What the first message of a conversation is: sales, support, research or other.

Two readings are added up. Phrases (`patterns/openers.jsonl` and the questions and disqualifiers that are read anyway)
are sure where they speak. Word weights (`patterns/openers_weights.jsonl`) settle the rest; they are learnt from the
example messages in `patterns/openers_examples.jsonl` by `python -m banter.extraction.openers`, with the phrases counted
as words, always to the same file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np

from banter.extraction.disqualify import disqualifier_of
from banter.extraction.text import pattern_rows
from banter.extraction.topics import labels, parts, rules, topic_of
from banter.leads.reading import OPENERS

_USUAL_WEIGHT = 1.2
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
    score = np.zeros(len(OPENERS))
    for feature in features(text):
        if feature in weights:
            score += weights[feature]
    return OPENERS[int(score.argmax())]


def features(text: str) -> frozenset[str]:
    """What the weights are for: words, pairs of words, and the phrases and questions found (`=label`)."""
    cut = parts(text)
    whole = "".join(part.words for part in cut)
    words = [word for word in whole.replace("⟨ ", "").replace("⟩ ", ". ").split() if word != ","]
    found = {
        "=always",
        *(words if len(words) < 60 else words[:60]),
        *(f"{a} {b}" for a, b in zip(["^", *words], words, strict=False)),
    }
    signs = set(labels(rules("openers.jsonl"), whole))
    signs |= {f"asks {topic}" for part in cut if (topic := topic_of(part))}
    if len(words) <= 4:
        signs.add("short")
    signs = sorted(signs)
    found |= {f"={sign}" for sign in signs} | {f"={a} & {b}" for a, b in combinations(signs, 2)}
    return frozenset(found)


@cache
def _weights() -> Mapping[str, np.ndarray]:
    return {row["feature"]: np.array(row["weights"]) for row in pattern_rows(_WEIGHTS.name)}


def learn(rows: Sequence[Mapping[str, str]], *, strength: float = 2.0, rounds: int = 200) -> dict[str, list[float]]:
    """Weights for OPENERS by feature: multinomial logistic regression by full gradient steps, the same every time."""
    seen = [features(row["text"]) for row in rows]
    counts = Counter(feature for each in seen for feature in each)
    names = sorted(name for name, count in counts.items() if count > 1 or " " not in name)
    at = {name: i for i, name in enumerate(names)}
    data = np.zeros((len(rows), len(names)))
    for i, each in enumerate(seen):
        for name in each:
            if name in at:
                data[i, at[name]] = 2.0 if name.startswith("=") else 1.0
    wanted = np.eye(len(OPENERS))[[OPENERS.index(row["intent"]) for row in rows]]
    # A phrase that is said to speak for an intent does so until the examples say otherwise.
    usual = np.zeros((len(names), len(OPENERS)))
    for row in pattern_rows("openers.jsonl"):
        if row.get("speaks_for") and f"={row['label']}" in at:
            usual[at[f"={row['label']}"], OPENERS.index(row["speaks_for"])] = _USUAL_WEIGHT
    weights = ahead = usual
    step = 2.0 / (np.linalg.norm(data, 2) ** 2 + strength)
    for turn in range(rounds):  # Nesterov's: each step is taken from a little further on
        scores = data @ ahead
        scores = np.exp(scores - scores.max(axis=1, keepdims=True))
        scores /= scores.sum(axis=1, keepdims=True)
        before, weights = weights, ahead - step * (data.T @ (scores - wanted) + strength * (ahead - usual))
        ahead = weights + (weights - before) * turn / (turn + 3)
    scale = {name: 2.0 if name.startswith("=") else 1.0 for name in names}
    return {name: [round(float(w) * scale[name], 3) for w in weights[at[name]]] for name in names}


def main() -> None:
    """Write the weights anew from the examples."""
    weights = learn(list(pattern_rows("openers_examples.jsonl")))
    lines = (json.dumps({"feature": name, "weights": row}, ensure_ascii=False) for name, row in weights.items())
    _WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
