"""A small linear model of words and letter groups, asked only where the rules are silent.

`python -m banter.extraction.fallback ANSWERS.jsonl ...` trains it (scikit-learn comes with Rasa) and writes
`data/fallback.jsonl`: one feature a line with its weight for each band. Reading needs the standard library only.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from banter.extraction.matching import Message, read_message

MODEL = Path(__file__).parent / "data" / "fallback.jsonl"
_SMALLEST_WEIGHT = 0.12


def features(message: Message) -> list[str]:
    """The words, pairs of words and letter groups of a message, each once."""
    keys = [t.key for t in message.tokens[:80] if any(c.isalnum() for c in t.key) or t.key == "?"]
    keys = ["#" if k[:1].isdigit() else k for k in keys]
    framed = ["<", *keys, ">"]
    found = {f"w {k}" for k in keys} | {f"b {a} {b}" for a, b in itertools.pairwise(framed)}
    for key in keys:
        padded = f" {key} "
        found |= {f"c {padded[i : i + 4]}" for i in range(len(padded) - 3)}
    return sorted(found)


@lru_cache(maxsize=1)
def _model() -> Mapping[str, tuple[Mapping[str, float], Mapping[str, Mapping[str, float]]]]:
    model: dict[str, tuple[dict[str, float], dict[str, dict[str, float]]]] = {}
    for line in MODEL.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        bias, weights = model.setdefault(row["dimension"], ({}, {}))
        if row["feature"] is None:
            bias.update(row["weights"])
        else:
            weights[row["feature"]] = row["weights"]
    return model


def likeliest(dimension: str, message: Message) -> tuple[str, float]:
    """The likeliest band of an answer to the question of `dimension`, and its probability."""
    bias, weights = _model()[dimension]
    found = features(message)
    known = [weights[f] for f in found if f in weights]
    scale = 1 / math.sqrt(len(found)) if found else 0.0
    scores = {band: start + scale * sum(w.get(band, 0.0) for w in known) for band, start in bias.items()}
    top = max(scores.values())
    total = sum(math.exp(s - top) for s in scores.values())
    band = max(scores, key=lambda b: scores[b])
    return band, math.exp(scores[band] - top) / total


def train(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines of a model that tells the bands of `rows` apart."""
    import numpy
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    lines: list[dict[str, Any]] = []
    by_dimension: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_dimension.setdefault(row["dimension"], []).append(row)
    for dimension, answers in sorted(by_dimension.items()):
        found = [features(read_message(row["text"])) for row in answers]
        names = sorted({f for each in found for f in each})
        place = {name: i for i, name in enumerate(names)}
        cells = [(r, place[f], 1 / math.sqrt(len(each))) for r, each in enumerate(found) for f in each]
        matrix = csr_matrix(
            ([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])), shape=(len(found), len(names))
        )
        model = LogisticRegression(C=20.0, class_weight="balanced", max_iter=1000)
        model.fit(matrix, [row["band"] for row in answers])
        bands = list(model.classes_)
        lines.append({"dimension": dimension, "feature": None, "weights": _rounded(bands, model.intercept_)})
        for name, column in zip(names, numpy.transpose(model.coef_), strict=False):
            weights = _rounded(bands, column, _SMALLEST_WEIGHT)
            if weights:
                lines.append({"dimension": dimension, "feature": name, "weights": weights})
    return lines


def _rounded(bands: Sequence[str], values: Sequence[float], smallest: float = 0.0) -> dict[str, float]:
    return {band: round(float(v), 2) for band, v in zip(bands, values, strict=False) if abs(v) >= smallest}


def main(files: Sequence[str]) -> None:
    """Train on every row of `files` except each fifth, which `benchmarks/signals_report.py --part held` reports on."""
    rows = []
    for name in files:
        rows += [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines() if line.strip()]
    kept = [row for row in rows if not row.get("held")]
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in train(kept))
    MODEL.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
