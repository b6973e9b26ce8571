"""Among which questions a question lies: `models/among.npz`, learnt from `corpus/train/faq`.

Kernel ridge regression with a Gaussian kernel over the vectors of all known messages: what lies near many messages on a
usual question is on it, and what lies near those that only sound like it is not. A line through the vectors, as the
model `questions` draws it, cannot go around such messages; this can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from scipy.linalg import cho_factor, cho_solve

from banter.extraction.linear import MODELS

#: How fast nearness falls with distance, and how much is smoothed. Chosen by leaving out each writer in turn.
_FALL = 1.0
_SMOOTH = 0.3
#: Vectors are kept as whole numbers of this many to the largest.
_STEPS = 127


@dataclass(frozen=True, eq=False)
class Among:
    """`points`: messages x numbers of a vector; `shares`: messages x `labels`."""

    labels: tuple[str, ...]
    points: np.ndarray
    shares: np.ndarray

    def margins(self, vector: np.ndarray) -> np.ndarray:
        """How far a message lies among those of each label, in their order: about 1 among them, 0 far from them."""
        return np.asarray(_nearness(vector[None, :], self.points)[0] @ self.shares)


def learnt(vectors: np.ndarray, topics: Sequence[str]) -> Among:
    """From messages, a row of length 1 each, with the label of each."""
    points = vectors.astype(np.float32)
    labels = tuple(sorted({*topics}))
    wanted = (np.array(topics)[:, None] == np.array(labels)[None, :]).astype(np.float32)
    near = _nearness(points, points)
    near[np.diag_indices(len(near))] += _SMOOTH
    return Among(labels, points, cho_solve(cho_factor(near, lower=True, overwrite_a=True), wanted))


def save(among: Among, directory: Path = MODELS) -> None:
    scale = float(np.abs(among.points).max()) / _STEPS
    np.savez_compressed(
        directory / "among.npz",
        labels=np.array(among.labels),
        points=np.round(among.points / scale).astype(np.int8),
        scale=np.float32(scale),
        shares=among.shares.astype(np.float16),
    )


@cache
def shipped() -> Among:
    """FileNotFoundError where `make learn` has not been run."""
    with np.load(MODELS / "among.npz") as stored:
        return Among(
            tuple(str(label) for label in stored["labels"]),
            stored["points"].astype(np.float32) * stored["scale"],
            stored["shares"].astype(np.float32),
        )


def _nearness(some: np.ndarray, others: np.ndarray) -> np.ndarray:
    """1 for the same, less the farther apart; rows of length 1."""
    return np.asarray(np.exp(2 * _FALL * (some.astype(np.float32) @ others.T - 1)))
