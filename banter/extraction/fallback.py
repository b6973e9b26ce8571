"""A small linear model of words and letter groups; its opinion is weighed against what the rules read.

`python -m banter.extraction.fallback ANSWERS.jsonl ...` trains it (scikit-learn comes with Rasa) and writes
`data/fallback.jsonl`: one feature a line with its weight for each band. Reading needs the standard library only.
"""

from __future__ import annotations

import itertools
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from banter.extraction.actors import find_actors
from banter.extraction.matching import Message, read_message
from banter.extraction.money import find_money

MODEL = Path(__file__).parent / "data" / "fallback.jsonl"
ANSWERS = Path(__file__).parent / "data" / "answers.jsonl"
_SMALLEST_WEIGHT = 0.03
#: A feature of so few answers teaches nothing.
_RARE = 1
_MOST_WORDS = 80


def features(message: Message) -> list[str]:
    """The words, pairs of words and letter groups of a message, each once; people and money also by what they are."""
    plain, kinds = _sequences(message)
    found = {f"w {k}" for k in (*plain, *kinds)}
    found |= {f"b {a} {b}" for keys in (plain, kinds) for a, b in itertools.pairwise(["<", *keys, ">"])}
    for key in plain:
        padded = f" {key} "
        found |= {f"c {padded[i : i + 4]}" for i in range(len(padded) - 3)}
    return sorted(found)


def _sequences(message: Message) -> tuple[list[str], list[str]]:
    """The words, numbers as "#"; and the same with every named person or role as "@who" and every amount as "$"."""
    people = {i for a in find_actors(message) if a.named and a.kind != "together" for i in range(a.first, a.last + 1)}
    amounts = [(s.start, s.end) for s in find_money(message.text) if s.marked]
    plain: list[str] = []
    kinds: list[str] = []
    for i, token in enumerate(message.tokens[:_MOST_WORDS]):
        if not (any(c.isalnum() for c in token.key) or token.key == "?"):
            continue
        key = "#" if token.key[:1].isdigit() else token.key
        plain.append(key)
        kind = "@who" if i in people else key
        if any(token.start < end and start < token.end for start, end in amounts):
            kind = "$"
        if not (kinds and kinds[-1] == kind and kind in ("@who", "$")):
            kinds.append(kind)
    return plain, kinds


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


@lru_cache(maxsize=64)
def chances(dimension: str, message: Message) -> Mapping[str, float]:
    """How likely each band of an answer to the question of `dimension` is."""
    bias, weights = _model()[dimension]
    found = features(message)
    known = [weights[f] for f in found if f in weights]
    scale = 1 / math.sqrt(len(found)) if found else 0.0
    scores = {band: start + scale * sum(w.get(band, 0.0) for w in known) for band, start in bias.items()}
    top = max(scores.values())
    total = sum(math.exp(s - top) for s in scores.values())
    return {band: math.exp(score - top) / total for band, score in scores.items()}


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
        seen = Counter(f for each in found for f in each)
        names = sorted(f for f, times in seen.items() if times > _RARE)
        place = {name: i for i, name in enumerate(names)}
        cells = [(r, place[f], 1 / math.sqrt(len(each))) for r, each in enumerate(found) for f in each if f in place]
        matrix = csr_matrix(
            ([c[2] for c in cells], ([c[0] for c in cells], [c[1] for c in cells])), shape=(len(found), len(names))
        )
        model = LogisticRegression(C=5.0, class_weight="balanced", max_iter=1000)
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


def short_answers() -> list[dict[str, Any]]:
    """The short answers of `data/answers.jsonl`, each a row with its band."""
    rows = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        {"dimension": row["dimension"], "band": row["band"], "text": text} for row in rows for text in row["answers"]
    ]


def main(files: Sequence[str]) -> None:
    """Train on the short answers and on every row of `files` that is not marked `held`."""
    rows = short_answers()
    for name in files:
        rows += [json.loads(line) for line in Path(name).read_text(encoding="utf-8").splitlines() if line.strip()]
    kept = [row for row in rows if not row.get("held")]
    text = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in train(kept))
    MODEL.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
