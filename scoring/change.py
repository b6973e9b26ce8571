"""What would have sent a lead elsewhere: the least that would have had to be answered otherwise. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from scoring.model import BANDS, DIMENSIONS, Answer, Dimension, RouteName, Score
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score

#: The routes that points decide, best first.
BY_POINTS: tuple[RouteName, ...] = ("book", "nurture_warm", "nurture_cold")
_MOST_ANSWERS = 2


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


def nearest_change(answers: Mapping[Dimension, Answer], rubric: Rubric) -> Change | None:
    """The smallest change that would have sent the lead to a better route, from the best one to a worse: one answer
    before two, then the fewest points, then the answers of the dimension that comes first. None: two do not suffice.

    For leads whose route the points decide; who is disqualified or asked for a person goes where they go by that.
    """
    standing = score(answers, rubric)
    here = BY_POINTS.index(_route(standing, rubric, answers))
    for count in range(1, _MOST_ANSWERS + 1):
        found = [
            change
            for change in _changes(answers, rubric, count)
            if (BY_POINTS.index(change.route) < here if here else change.route != BY_POINTS[0])
        ]
        if found:
            return min(found, key=lambda change: abs(change.total - standing.total))  # of equal ones the first
    return None


def _changes(answers: Mapping[Dimension, Answer], rubric: Rubric, count: int) -> Iterator[Change]:
    for dimensions in combinations(DIMENSIONS, count):
        for bands in product(*(BANDS[dimension] for dimension in dimensions)):
            otherwise = dict(zip(dimensions, bands, strict=True))
            if any(_band(answers, dimension) == band for dimension, band in otherwise.items()):
                continue
            then = {**answers, **{d: Answer(d, band, "some", "intending", "") for d, band in otherwise.items()}}
            points = score(then, rubric)
            instead = tuple(_instead(answers, rubric, d, band) for d, band in otherwise.items())
            yield Change(instead, points.total, _route(points, rubric, then))


def _instead(answers: Mapping[Dimension, Answer], rubric: Rubric, dimension: Dimension, band: str) -> Instead:
    was = _band(answers, dimension)
    points = rubric.points[dimension]
    return Instead(dimension, was, 0 if was is None else points[was], band, points[band])


def _band(answers: Mapping[Dimension, Answer], dimension: Dimension) -> str | None:
    answer = answers.get(dimension)
    return answer.band if answer is not None and answer.said else None


def _route(points: Score, rubric: Rubric, answers: Mapping[Dimension, Answer]) -> RouteName:
    return route(points, rubric, answers, final=True).name
