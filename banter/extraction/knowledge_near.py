"""How near two sentences are in what they ask: `models/near.npz`, learnt from `corpus/train/faq`.

The vectors of `sentence_vectors.py` are turned so that directions in which the wordings of one question differ among
themselves (who asks, how politely) count little. That holds for questions, too, that nothing was learnt about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from banter.extraction.linear import MODELS

#: How much of an even spread is mixed in: more turns less. Chosen by cross-validation over the entries.
EVEN = 3.0
_SMALLEST = 1e-9


@dataclass(frozen=True, eq=False)
class Near:
    """`middle` of all questions, and the matrix by which a vector is turned."""

    middle: np.ndarray
    turn: np.ndarray

    def turned(self, vectors: np.ndarray) -> np.ndarray:
        """Rows of length 1: the product of two says how near they are."""
        found = (vectors - self.middle) @ self.turn
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), _SMALLEST))


def learnt(vectors: np.ndarray, keys: Sequence[str | None]) -> Near:
    """From questions, a row each, with the entry of each."""
    rows: Mapping[str, list[int]] = {key: [] for key in keys if key is not None}
    for at, key in enumerate(keys):
        if key is not None:
            rows[key].append(at)
    apart = np.concatenate([vectors[same] - vectors[same].mean(axis=0) for same in rows.values()]).astype(float)
    spread = apart.T @ apart / len(apart)
    size = len(spread)
    lengths, axes = np.linalg.eigh(spread + EVEN * np.trace(spread) / size * np.eye(size))
    return Near(vectors.mean(axis=0), (axes / np.sqrt(lengths)).astype(np.float32))


def save(near: Near, directory: Path = MODELS) -> None:
    np.savez_compressed(directory / "near.npz", middle=near.middle, turn=near.turn.astype(np.float16))


@cache
def shipped() -> Near:
    """FileNotFoundError where `make learn` has not been run."""
    with np.load(MODELS / "near.npz") as stored:
        return Near(stored["middle"].astype(np.float32), stored["turn"].astype(np.float32))
