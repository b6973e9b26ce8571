"""Linear models of signs: one matrix of small whole numbers a model, trained by `learn.py`, read in microseconds.

A sign is a row of the matrix, found by a hash of its name; each column is a label. What a model says can be traced to
its signs: the score of a label is the sum of theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from murmurhash.mrmr import hash as murmur  # comes with spaCy; the same number on every machine

MODELS = Path(__file__).parent / "models"
ROWS = 1 << 16
#: Margins of the classifier to chances that add up to one.
_SHARPNESS = 3.0


def row_of(sign: str) -> int:
    """The row of a sign."""
    return int(murmur(sign, 0)) & (ROWS - 1)


@dataclass(frozen=True, eq=False)
class Linear:
    """Labels in heads: "band" has its labels, "commitment" others; columns stand in that order."""

    heads: Mapping[str, tuple[str, ...]]
    weights: np.ndarray  # int8, ROWS x labels
    scale: np.ndarray  # float32, one a label
    bias: np.ndarray  # float32, one a label
    groups: Mapping[str, float]
    dense: np.ndarray | None = None  # float32, numbers x labels: the weights of a vector beside the signs

    def chances(self, head: str, signs: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """How likely each label of `head` is; they add up to 1."""
        margins = self._margins(signs)[self._columns(head)] * _SHARPNESS
        shares = np.exp(margins - margins.max())
        return dict(zip(self.heads[head], (shares / shares.sum()).tolist(), strict=True))

    def best(self, head: str, signs: Mapping[str, Sequence[str]]) -> str:
        """The likeliest label of `head`."""
        return self.heads[head][int(self._margins(signs)[self._columns(head)].argmax())]

    def margin(self, head: str, label: str, signs: Mapping[str, Sequence[str]]) -> float:
        """How far `label` is from the line between yes and no: above 0 is yes."""
        return float(self._margins(signs)[self._columns(head)][self.heads[head].index(label)])

    def margins_of(self, head: str, signs: Mapping[str, Sequence[str]], vector: np.ndarray | None = None) -> np.ndarray:
        """How far each label of `head` is from the line between yes and no, in their order."""
        margins = self._margins(signs)
        if vector is not None and self.dense is not None:
            margins = margins + vector @ self.dense
        return margins[self._columns(head)].astype(float)

    def margins(self, signs: Mapping[str, Sequence[str]]) -> dict[str, float]:
        """How far each head of one label is from the line between yes and no: above 0 is yes."""
        flat = [(head, labels) for head, labels in self.heads.items() for _ in labels]
        found = self._margins(signs).tolist()
        return {head: margin for (head, labels), margin in zip(flat, found, strict=True) if len(labels) == 1}

    def _margins(self, signs: Mapping[str, Sequence[str]]) -> np.ndarray:
        total = self.bias.copy()
        for group, names in signs.items():
            rows = self.weights[[row_of(name) for name in names]] if names else self.weights[:0]
            known = int(rows.any(axis=1).sum())
            if known:
                total += rows.sum(axis=0, dtype=np.int32) * self.scale * (self.groups[group] / known**0.5)
        return total

    def _columns(self, head: str) -> slice:
        start = 0
        for name, labels in self.heads.items():
            if name == head:
                return slice(start, start + len(labels))
            start += len(labels)
        raise KeyError(head)


def joined(first: Linear, second: Linear) -> Linear:
    """One model with the heads of both."""
    return Linear(
        {**first.heads, **second.heads},
        np.concatenate([first.weights, second.weights], axis=1),
        np.concatenate([first.scale, second.scale]),
        np.concatenate([first.bias, second.bias]),
        first.groups,
    )


def save(model: Linear, name: str, directory: Path = MODELS) -> None:
    """`name`.npz in `directory`: rows without a weight are left out."""
    directory.mkdir(exist_ok=True)
    used = np.flatnonzero(model.weights.any(axis=1)).astype(np.uint16)
    np.savez_compressed(
        directory / f"{name}.npz",
        rows=used,
        weights=model.weights[used],
        scale=model.scale,
        bias=model.bias,
        heads=np.array([f"{head} {label}" for head, labels in model.heads.items() for label in labels]),
        groups=np.array([f"{group} {weight}" for group, weight in model.groups.items()]),
        **({} if model.dense is None else {"dense": model.dense.astype(np.float16)}),
    )


@lru_cache(maxsize=16)
def load(name: str, directory: Path = MODELS) -> Linear:
    """The model that `save` wrote. FileNotFoundError where `make learn` has not been run."""
    with np.load(directory / f"{name}.npz") as stored:
        weights = np.zeros((ROWS, len(stored["bias"])), dtype=np.int8)
        weights[stored["rows"]] = stored["weights"]
        heads: dict[str, list[str]] = {}
        for line in stored["heads"].tolist():
            head, _, label = line.partition(" ")
            heads.setdefault(head, []).append(label)
        groups = dict(line.split(" ") for line in stored["groups"].tolist())
        return Linear(
            {head: tuple(labels) for head, labels in heads.items()},
            weights,
            stored["scale"],
            stored["bias"],
            {group: float(weight) for group, weight in groups.items()},
            stored["dense"].astype(np.float32) if "dense" in stored else None,
        )
