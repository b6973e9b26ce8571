"""Why a lead is not ready yet. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from scoring.model import DIMENSIONS, Answer, Dimension
from scoring.rubric import Rubric

Track = Literal["no_budget", "no_authority", "later", "no_clear_need", "unknown"]

TRACKS: Mapping[Dimension, Track] = {
    "budget": "no_budget",
    "authority": "no_authority",
    "need": "no_clear_need",
    "timeline": "later",
}


def why(answers: Mapping[Dimension, Answer], rubric: Rubric) -> Track:
    """The answer that cost the most points says why; of two equal ones, the one that gave the smaller part of its most.

    What was not asked, refused or not clear is no reason: it is not known. `unknown` when nothing that was said cost
    anything.
    """
    costs = costliest(answers, rubric)
    return TRACKS[costs] if costs is not None else "unknown"


def costliest(answers: Mapping[Dimension, Answer], rubric: Rubric) -> Dimension | None:
    """The dimension of that answer, None when nothing that was said cost anything."""
    lost: dict[Dimension, tuple[int, float]] = {}
    for dimension in DIMENSIONS:
        answer = answers.get(dimension)
        if answer is None or not answer.said:
            continue
        most = max(rubric.points[dimension].values())
        points = most - rubric.points[dimension][answer.band]
        if points > 0:
            lost[dimension] = (points, points / most)
    return max(lost, key=lost.__getitem__) if lost else None
