"""Shares, F1, kappa and overlap, and how far chance may have moved them.

Every statistic here is a function of summed counts, so a bootstrap adds up counts and never reads a row twice. Arrays
may have any axes before the ones that a function names: one figure, or a thousand resampled ones, in one call.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
Statistic = Callable[[Counts], Counts]

_ROUNDS = 2000
_SEED = 20261122
_WORD = re.compile(r"\w+", re.UNICODE)


@dataclass(frozen=True)
class Estimate:
    """A figure from 0 to 1 with its 95% interval, and the rows that it rests on."""

    value: float
    low: float
    high: float
    count: int


def wilson(right: float, count: float) -> tuple[float, float]:
    """Wilson's 95% interval of a share of rows that are independent of each other."""
    if not count:
        return 0.0, 1.0
    z, p = 1.96, right / count
    middle = p + z * z / (2 * count)
    half = z * math.sqrt(p * (1 - p) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def bootstrap(counts: Counts, statistic: Statistic) -> tuple[float, float]:
    """The middle 95% of `statistic` when the groups (first axis) are drawn anew with replacement; always the same."""
    groups = counts.shape[0]
    drawn = np.random.default_rng(_SEED).multinomial(groups, [1 / groups] * groups, size=_ROUNDS)
    values = statistic(np.tensordot(drawn.astype(float), counts, axes=1))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)


def share(counts: Counts) -> Counts:
    """Last axis: (right, rows)."""
    return _divided(counts[..., 0], counts[..., 1])


def accuracy(confusion: Counts) -> Counts:
    """Last two axes: the right label, the label given."""
    return _divided(np.trace(confusion, axis1=-2, axis2=-1), confusion.sum((-2, -1)))


def macro_f1(confusion: Counts) -> Counts:
    """The mean F1 of the labels that are right somewhere. Last two axes: the right label, the label given."""
    hits = np.diagonal(confusion, axis1=-2, axis2=-1)
    wanted, given = confusion.sum(-1), confusion.sum(-2)
    scores = np.where(wanted > 0, _divided(2 * hits, wanted + given), 0.0)
    return _divided(scores.sum(-1), (wanted > 0).sum(-1))


def micro_f1(counts: Counts) -> Counts:
    """Last axis: (given and right, given, wanted)."""
    return _divided(2 * counts[..., 0], counts[..., 1] + counts[..., 2])


def kappa(confusion: Counts) -> Counts:
    """Cohen's kappa: the agreement beyond what chance would give. Last two axes: one reader's label, the other's."""
    total = confusion.sum((-2, -1))
    agreed = accuracy(confusion)
    by_chance = _divided((confusion.sum(-1) * confusion.sum(-2)).sum(-1), total * total)
    return np.where(by_chance == 1, 1.0, _divided(agreed - by_chance, 1 - by_chance))


def _divided(above: Counts, below: Counts) -> Counts:
    """Nothing divided by nothing is no number, and a bootstrap leaves such draws out."""
    below = np.asarray(below, dtype=float)
    return np.divide(above, below, out=np.full(below.shape, np.nan), where=below != 0)


def grouped(rows: Sequence[Counts], authors: Sequence[Hashable | None]) -> Counts:
    """The counts of each author's rows together; a row without an author stands alone."""
    together: dict[Hashable, Counts] = defaultdict(lambda: np.zeros_like(rows[0]))
    for number, (counts, author) in enumerate(zip(rows, authors, strict=True)):
        together[("row", number) if author is None else ("author", author)] += counts
    return np.stack(list(together.values()))


def estimate(rows: Sequence[Counts], authors: Sequence[Hashable | None], statistic: Statistic) -> Estimate | None:
    """The figure over all rows; its interval by a bootstrap over authors, or over rows where no author is known.

    A share of rows without authors, or one without a miss, has Wilson's interval. None without rows.
    """
    if not rows:
        return None
    counts = grouped(rows, authors)
    total = counts.sum(0)
    value = float(statistic(total))
    if statistic is share and (all(a is None for a in authors) or len(counts) < 2 or value in (0.0, 1.0)):
        low, high = wilson(float(total[0]), float(total[1]))
    else:
        low, high = bootstrap(counts, statistic)
    return Estimate(value, low, high, len(rows))


def share_of(flags: Sequence[bool | float], authors: Sequence[Hashable | None]) -> Estimate | None:
    """How often something is so; or the mean of figures from 0 to 1."""
    return estimate([np.array([float(flag), 1.0]) for flag in flags], authors, share)


def of_pairs(
    pairs: Sequence[tuple[str, str]], authors: Sequence[Hashable | None], statistic: Statistic
) -> Estimate | None:
    """A statistic of a confusion matrix, from pairs of (right, given)."""
    labels = sorted({label for pair in pairs for label in pair})
    return estimate([confusion_of([pair], labels) for pair in pairs], authors, statistic)


def confusion_of(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> Counts:
    """Rows are the right label, columns the one given, both in the order of `labels`."""
    place = {label: number for number, label in enumerate(labels)}
    matrix = np.zeros((len(labels), len(labels)))
    for right, given in pairs:
        matrix[place[right], place[given]] += 1
    return matrix


def overlap(marked: Sequence[str], given: Sequence[str]) -> float:
    """F1 of the words that two readings mark, each word as often as it stands there. Nothing and nothing agree."""
    one, other = (Counter(w for text in texts for w in _WORD.findall(text.lower())) for texts in (marked, given))
    if not one and not other:
        return 1.0
    return 2 * (one & other).total() / (one.total() + other.total())
