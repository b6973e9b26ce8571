"""What would have sent a lead elsewhere: the least that would have had to be answered otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations, product

from scoring.fit import Profile
from scoring.known import NOTHING, Known
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension, RouteName
from scoring.route import by_points
from scoring.rubric import Rubric
from scoring.score import score

#: The routes that points decide, best first; and with a border, where a person decides.
BY_POINTS: tuple[RouteName, ...] = ("book", "nurture_warm", "nurture_cold")
BEST_FIRST: tuple[RouteName, ...] = ("book", "handover", "nurture_warm", "nurture_cold")
_MOST_ANSWERS = 2
_ANYBODY = Profile()


@dataclass(frozen=True)
class Instead:
    """One answer as it would have had to be. `was` is None where it was not given, and `points` are 0 then."""

    dimension: Dimension
    was: str | None
    points: int
    band: str
    gained: int


@dataclass(frozen=True)
class Change:
    """Those answers, the total they would have made, and where the lead would have gone."""

    answers: tuple[Instead, ...]
    total: int
    route: RouteName


def nearest_change(
    answers: Mapping[Dimension, Answer], rubric: Rubric, known: Known = NOTHING, profile: Profile = _ANYBODY
) -> Change | None:
    """The smallest change that would have sent the lead to a better route, from the best one to a worse: one answer
    before two, then the fewest points, then the answers of the dimension that comes first. None: two do not suffice.

    For leads whose route the points decide; who is disqualified or asked for a person goes where they go by that.
    """
    standing = score(answers, rubric, known, profile)
    name = by_points(standing, rubric)
    if name not in BEST_FIRST:
        return None
    here = BEST_FIRST.index(name)
    for count in range(1, _MOST_ANSWERS + 1):
        found = [
            change
            for change in _changes(answers, rubric, count, known, profile)
            if (BEST_FIRST.index(change.route) < here if here else change.route != BEST_FIRST[0])
        ]
        if found:
            return min(found, key=lambda change: abs(change.total - standing.total))  # of equal ones the first
    return None


def with_band(answers: Mapping[Dimension, Answer], dimension: Dimension, band: str) -> dict[Dimension, Answer]:
    """The answers with another band, said as exactly and as firmly as before; as usual where nothing was said."""
    was = answers.get(dimension)
    plain = Answer(dimension, band, "some", "intending", "")
    return {**answers, dimension: replace(was, band=band) if was is not None and was.said else plain}


def _changes(
    answers: Mapping[Dimension, Answer], rubric: Rubric, count: int, known: Known, profile: Profile
) -> Iterator[Change]:
    for dimensions in combinations(DIMENSIONS, count):
        for bands in product(*(BANDS[dimension] for dimension in dimensions)):
            otherwise = dict(zip(dimensions, bands, strict=True))
            if any(_band(answers, dimension) == band for dimension, band in otherwise.items()):
                continue
            then = dict(answers)
            for dimension, band in otherwise.items():
                then = with_band(then, dimension, band)
            points = score(then, rubric, known, profile)
            instead = tuple(_instead(answers, rubric, d, band) for d, band in otherwise.items())
            yield Change(instead, points.total, by_points(points, rubric))


def _instead(answers: Mapping[Dimension, Answer], rubric: Rubric, dimension: Dimension, band: str) -> Instead:
    was = _band(answers, dimension)
    points = rubric.points[dimension]
    return Instead(dimension, was, 0 if was is None else points[was], band, points[band])


def _band(answers: Mapping[Dimension, Answer], dimension: Dimension) -> str | None:
    answer = answers.get(dimension)
    return answer.band if answer is not None and answer.said else None
