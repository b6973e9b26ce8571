"""A rubric: points per band and two thresholds, and what an owner switches on beside; checked when it is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from scoring.data import RubricError, mapping, only, whole
from scoring.known import Known
from scoring.model import (
    BANDS,
    COMMITMENTS,
    CRITERIA,
    DIMENSIONS,
    SPECIFICITIES,
    Dimension,
    Framework,
    Score,
    Thresholds,
)
from scoring.parts import PARTS, Parts, parts_from

__all__ = ["Rubric", "RubricError", "as_written", "problems", "rubric_from"]


@dataclass(frozen=True)
class Rubric:
    """Points of each band of each dimension; `qualified` and `warm` are the least totals for these routes."""

    framework: Framework
    version: int
    points: Mapping[Dimension, Mapping[str, int]]
    qualified: int
    warm: int
    parts: Parts = Parts()

    @cached_property
    def name(self) -> str:
        """`bant@1`: what a score is stamped with."""
        return f"{self.framework}@{self.version}"

    @cached_property
    def most(self) -> int:
        """The highest total that can be reached."""
        return sum(self.best.values()) + self._most_beside

    @property
    def _most_beside(self) -> int:
        parts = self.parts
        signals = sum(_best(given) for given in parts.signals.values())
        behaviour = sum(worth.most for worth in parts.behaviour.worth.values())
        capped = min(signals, parts.caps.get("signals", signals)) + min(
            behaviour, parts.caps.get("behaviour", behaviour)
        )
        return capped + parts.fit_adds

    @cached_property
    def best(self) -> Mapping[Dimension, int]:
        """The most that each criterion can give."""
        return {dimension: max(bands.values()) for dimension, bands in self.points.items()}

    @cached_property
    def criteria(self) -> Mapping[Dimension, str]:
        """What each criterion is called at the beginning of a sentence."""
        return {dimension: name.capitalize() for dimension, name in CRITERIA[self.framework].items()}

    @cached_property
    def sentences(self) -> dict[tuple[str, int], str]:
        """What `scoring.route` says of a rule and its points, kept once it was said: the next lead has the same."""
        return {}

    @cached_property
    def answers_alone(self) -> bool:
        """Whether it counts nothing beside the answers."""
        return self.parts == Parts()

    @cached_property
    def thresholds(self) -> Thresholds:
        """Those of all deals that have none of their own."""
        return Thresholds(self.qualified, self.warm)

    def thresholds_for(self, known: Known) -> Thresholds:
        """Those of the first kind of deal that this one is known to be."""
        for deal in self.parts.deals:
            if deal.when.met_by(known) is not None:
                return deal.thresholds
        return self.thresholds

    def limits(self, score: Score) -> Thresholds:
        """The thresholds for a lead with this score: those of its kind of deal, if it has any."""
        name = score.thresholds.name if score.thresholds else ""
        for deal in self.parts.deals if name else ():
            if deal.thresholds.name == name:
                return deal.thresholds
        return self.thresholds


def rubric_from(framework: Framework, data: Mapping[str, Any]) -> Rubric:
    """Build a rubric from plain data (`version`, `points`, `thresholds` and PARTS), criteria named as the framework
    names them. Raises RubricError naming the first faulty key and the mend."""
    rubric = as_written(framework, data)
    if rubric.warm >= rubric.qualified:
        raise RubricError(("thresholds", "warm"), f"must be below qualified ({rubric.qualified})")
    unreachable = _unreachable(rubric)
    if unreachable:
        raise unreachable[0]
    return rubric


def as_written(framework: Framework, data: Mapping[str, Any]) -> Rubric:
    """The rubric as its data says, for `scoring.lint` to judge: well-formed, but its thresholds may make no sense.

    Raises RubricError as `rubric_from` does.
    """
    only(data, (), ("points", "thresholds", "version", *PARTS))
    version = whole(data, ("version",), least=1)
    only(data, ("thresholds",), ("qualified", "warm"), "threshold")
    qualified, warm = whole(data, ("thresholds", "qualified")), whole(data, ("thresholds", "warm"))
    points = _points(framework, data)
    parts, wrong = parts_from(framework, data)
    if wrong:
        raise wrong[0]
    return Rubric(framework, version, points, qualified, warm, parts)


def problems(framework: Framework, data: Mapping[str, Any]) -> list[RubricError]:
    """What is wrong with the data of a rubric, as much of it as can be told at once; () for a sound one."""
    _, wrong = parts_from(framework, data)
    if wrong:
        return wrong
    try:
        rubric_from(framework, data)
    except RubricError as error:
        return [error]
    return []


def _points(framework: Framework, data: Mapping[str, Any]) -> dict[Dimension, Mapping[str, int]]:
    criteria = {name: dimension for dimension, name in CRITERIA[framework].items()}
    for name in mapping(data, ("points",)):
        if name not in criteria:
            raise RubricError(("points", str(name)), f"unknown criterion; {framework} has {', '.join(criteria)}")
    points: dict[Dimension, Mapping[str, int]] = {}
    for name, dimension in criteria.items():
        for band in mapping(data, ("points", name)):
            if band not in BANDS[dimension]:
                mend = f"unknown band; {name} has {', '.join(BANDS[dimension])}"
                raise RubricError(("points", name, str(band)), mend)
        points[dimension] = {band: whole(data, ("points", name, band)) for band in BANDS[dimension]}
    return {dimension: points[dimension] for dimension in DIMENSIONS}


def _unreachable(rubric: Rubric) -> list[RubricError]:
    """The thresholds that the best lead there can be does not reach."""
    limits: list[tuple[tuple[str, ...], int]] = [(("thresholds", "qualified"), rubric.qualified)]
    limits += [(("deals", deal.thresholds.name, "qualified"), deal.thresholds.qualified) for deal in rubric.parts.deals]
    mend = f"can never be reached: the best answers give {rubric.most} points"
    return [RubricError(key, mend) for key, qualified in limits if qualified > rubric.most]


def _best(given: Mapping[str, int]) -> int:
    """The most that the signals of one answer can give: one of how exact it is, one of how firm."""
    return sum(max(0, *(given.get(name, 0) for name in names)) for names in (SPECIFICITIES, COMMITMENTS))
