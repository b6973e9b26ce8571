"""Fits a `Linear` to labelled signs. scikit-learn comes with Rasa; reading does without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.svm import LinearSVC

from banter.extraction.linear import ROWS, Linear, row_of

_STRENGTH = 1.0
#: A sign of one text alone teaches that text by heart.
_FEWEST = 2
_LARGEST = 127


def fit(
    rows: Sequence[Mapping[str, Sequence[str]]],
    wanted: Mapping[str, Sequence[str | None]],
    groups: Mapping[str, float],
    labels: Mapping[str, Sequence[str]],
    vectors: np.ndarray | None = None,
) -> Linear:
    """A model of `rows`: for each head of `wanted`, the label of each row, or None where it is not known. `vectors`:
    numbers beside the signs of a row, a row each.

    Each label against all others, by a linear support vector machine; the same rows give the same model.
    """
    matrix, known = _matrix(rows, groups)
    sparse = matrix.shape[1]
    if vectors is not None:
        matrix = csr_matrix(hstack([matrix, vectors]))
    weights, bias = [], []
    for head, right in wanted.items():
        labelled = np.array([label is not None for label in right])
        given = np.array([label or "" for label in right])
        for label in labels[head]:
            machine = LinearSVC(C=_STRENGTH, random_state=0)
            machine.fit(matrix[labelled], given[labelled] == label)
            weights.append(machine.coef_[0])
            bias.append(float(machine.intercept_[0]))
    full = np.zeros((ROWS, len(bias)), dtype=np.float32)
    found = np.transpose(weights)
    full[known] = found[:sparse]
    scale = np.maximum(np.abs(full).max(axis=0), 1e-9) / _LARGEST
    return Linear(
        {head: tuple(labels[head]) for head in wanted},
        np.round(full / scale).astype(np.int8),
        scale.astype(np.float32),
        np.array(bias, dtype=np.float32),
        dict(groups),
        None if vectors is None else found[sparse:].astype(np.float32),
    )


def _matrix(rows: Sequence[Mapping[str, Sequence[str]]], groups: Mapping[str, float]) -> tuple[csr_matrix, np.ndarray]:
    hashed = [{group: [row_of(name) for name in names] for group, names in row.items()} for row in rows]
    times = Counter(cell for row in hashed for cells in row.values() for cell in set(cells))
    known = np.array(sorted(cell for cell, count in times.items() if count >= _FEWEST))
    place = {int(cell): i for i, cell in enumerate(known)}
    at, values, ends = [], [], [0]
    for row in hashed:
        for group, cells in row.items():
            kept = [place[cell] for cell in cells if cell in place]
            at += kept
            values += [groups[group] / max(1, len(kept)) ** 0.5] * len(kept)
        ends.append(len(at))
    matrix = csr_matrix((values, at, ends), shape=(len(rows), len(known)))
    matrix.sum_duplicates()
    return matrix, known
