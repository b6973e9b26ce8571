"""Every lead that a rubric can tell apart, scored and routed by the same functions as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from scoring.lint.finding import Example
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score

Leads = tuple[Example, ...]


def every_lead(rubric: Rubric) -> Leads:
    """Each band or no answer on each dimension: 6 x 5 x 5 x 5 leads, the best answers first and silence last."""
    bands = [(*BANDS[dimension], None) for dimension in DIMENSIONS]
    return tuple(
        lead(rubric, {d: band for d, band in zip(DIMENSIONS, combination, strict=True) if band is not None})
        for combination in product(*bands)
    )


def lead(rubric: Rubric, answers: Mapping[Dimension, str]) -> Example:
    """The lead that has given these answers and no others."""
    given = {d: Answer(d, band, "some", "intending", "") for d, band in answers.items()}
    points = score(given, rubric)
    return Example(answers, points.total, route(points, rubric, given, final=True).name)


def complete(leads: Leads) -> Leads:
    """Those who have answered everything."""
    return tuple(lead for lead in leads if len(lead.answers) == len(DIMENSIONS))
