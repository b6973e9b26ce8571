"""Answers -> points, one line per answer that counts."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.model import DIMENSIONS, Answer, Dimension, Line, Score
from scoring.rubric import Rubric


def score(answers: Mapping[Dimension, Answer], rubric: Rubric) -> Score:
    """Points for each answer under `rubric`. A declined, unclear or missing answer gives no line and is `missing`."""
    lines = tuple(
        Line(
            rule=f"{dimension}.{answer.band}",
            points=rubric.points[dimension][answer.band],
            evidence=tuple(e.text for e in answer.evidence) or (answer.text,),
            dimension=dimension,
        )
        for dimension in DIMENSIONS
        if (answer := answers.get(dimension)) is not None and answer.said
    )
    counted = {line.dimension for line in lines}
    return Score(rubric.name, lines, tuple(d for d in DIMENSIONS if d not in counted))
