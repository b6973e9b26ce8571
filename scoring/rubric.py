"""A rubric: points per band and two thresholds, checked when it is built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scoring.model import BANDS, CRITERIA, DIMENSIONS, Dimension, Framework


class RubricError(ValueError):
    """What is wrong with a rubric; `key` is the path of the faulty entry, e.g. ("points", "budget", "aproved")."""

    def __init__(self, key: tuple[str, ...], message: str) -> None:
        super().__init__(f"{'.'.join(key)}: {message}" if key else message)
        self.key = key
        self.message = message


@dataclass(frozen=True)
class Rubric:
    """Points of each band of each dimension; `qualified` and `warm` are the least totals for these routes."""

    framework: Framework
    version: int
    points: Mapping[Dimension, Mapping[str, int]]
    qualified: int
    warm: int

    @property
    def name(self) -> str:
        """`bant@1`: what a score is stamped with."""
        return f"{self.framework}@{self.version}"

    @property
    def most(self) -> int:
        """The highest total that can be reached."""
        return sum(max(bands.values()) for bands in self.points.values())


def rubric_from(framework: Framework, data: Mapping[str, Any]) -> Rubric:
    """Build a rubric from plain data (`version`, `points`, `thresholds`), criteria named as the framework names them.

    Raises RubricError naming the first faulty key and the mend.
    """
    rubric = as_written(framework, data)
    if rubric.warm >= rubric.qualified:
        raise RubricError(("thresholds", "warm"), f"must be below qualified ({rubric.qualified})")
    if rubric.qualified > rubric.most:
        raise RubricError(
            ("thresholds", "qualified"), f"can never be reached: the best answers give {rubric.most} points"
        )
    return rubric


def as_written(framework: Framework, data: Mapping[str, Any]) -> Rubric:
    """The rubric as its data says, for `scoring.lint` to judge: well-formed, but its thresholds may make no sense.

    Raises RubricError as `rubric_from` does.
    """
    known = {"version", "points", "thresholds"}
    for key in data:
        if key not in known:
            raise RubricError((str(key),), f"unknown key; use one of {', '.join(sorted(known))}")
    version = _whole(data, ("version",), least=1)
    thresholds = _mapping(data, ("thresholds",))
    qualified = _whole(data, ("thresholds", "qualified"))
    warm = _whole(data, ("thresholds", "warm"))
    for key in thresholds:
        if key not in ("qualified", "warm"):
            raise RubricError(("thresholds", str(key)), "unknown threshold; use qualified and warm")

    criteria = {name: dimension for dimension, name in CRITERIA[framework].items()}
    given = _mapping(data, ("points",))
    for name in given:
        if name not in criteria:
            raise RubricError(("points", str(name)), f"unknown criterion; {framework} has {', '.join(criteria)}")
    points: dict[Dimension, Mapping[str, int]] = {}
    for name, dimension in criteria.items():
        bands = _mapping(data, ("points", name))
        for band in bands:
            if band not in BANDS[dimension]:
                raise RubricError(
                    ("points", name, str(band)), f"unknown band; {name} has {', '.join(BANDS[dimension])}"
                )
        points[dimension] = {band: _whole(data, ("points", name, band)) for band in BANDS[dimension]}
    return Rubric(framework, version, {d: points[d] for d in DIMENSIONS}, qualified, warm)


def _at(data: Mapping[str, Any], key: tuple[str, ...]) -> Any:
    value: Any = data
    for depth, part in enumerate(key):
        if not isinstance(value, Mapping) or part not in value:
            raise RubricError(key[:depth], f"'{part}' is missing")
        value = value[part]
    return value


def _mapping(data: Mapping[str, Any], key: tuple[str, ...]) -> Mapping[str, Any]:
    value = _at(data, key)
    if not isinstance(value, Mapping):
        raise RubricError(key, "must be a list of names with values")
    return value


def _whole(data: Mapping[str, Any], key: tuple[str, ...], least: int = 0) -> int:
    value = _at(data, key)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise RubricError(key, f"must be a whole number, {least} or more")
    return value
