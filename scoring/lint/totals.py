"""Every total that a rubric can give, whatever is answered and known: sums of sums, so that none is forgotten.

What excludes each other outside of the answers (a fact that fits and one that speaks against the same lead) is counted
as if it could come together: so a total that is not in here can surely not be had.
"""

from __future__ import annotations

from collections.abc import Iterable

from scoring.fit import Profile
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, SPECIFICITIES, Answer, Dimension
from scoring.rubric import Rubric
from scoring.score import score


def totals(rubric: Rubric, profile: Profile, but: Dimension | None = None) -> set[int]:
    """All of them; or all that the rest gives without any answer to the dimension `but`, which may be below 0."""
    parts = rubric.parts
    said = {(0, 0)}
    for dimension in DIMENSIONS:
        if dimension != but:
            said = {(a + b, s + t) for a, s in said for b, t in {(0, 0), *answered(rubric, dimension)}}
    most_signals = parts.caps.get("signals")
    sums = {a + (s if most_signals is None else min(s, most_signals)) for a, s in said}
    behaviour = {0}
    for worth in parts.behaviour.worth.values():
        behaviour = _sums(behaviour, _worth(worth.points, worth.most, fades=parts.behaviour.half_life is not None))
    sums = _sums(sums, {min(one, parts.caps.get("behaviour", one)) for one in behaviour})
    against = {0}
    for rule in parts.negatives:
        against = _sums(against, {0, rule.points})
    sums = _sums(sums, {max(one, -parts.caps.get("negatives", -one)) for one in against})
    if parts.fit_adds and profile.traits:
        percents = {0}
        for trait in profile.traits:
            percents = _sums(percents, {0, trait.weight // 2, trait.weight})
        sums = _sums(sums, {parts.fit_adds * (100 * one // profile.most) // 100 for one in percents})
    return sums if but else {max(0, one) for one in sums}


def answered(rubric: Rubric, dimension: Dimension) -> Iterable[tuple[int, int]]:
    """What each answer gives, and what its signals add, before any cap."""
    signs = [(s, c) for s in SPECIFICITIES for c in COMMITMENTS] if dimension in rubric.parts.signals else [("", "")]
    for band in BANDS[dimension]:
        for specificity, commitment in signs:
            lines = score({dimension: Answer(dimension, band, specificity, commitment, "")}, rubric).lines
            points = [sum(line.points for line in lines if line.group == group) for group in ("answers", "signals")]
            yield points[0], points[1]


def _worth(points: int, most: int, *, fades: bool) -> set[int]:
    return set(range(most + 1)) if fades else {*range(0, most + 1, max(1, points)), most}


def _sums(one: set[int], other: set[int]) -> set[int]:
    return {a + b for a in one for b in other}
