"""Every lead that a rubric can tell apart by its answers, scored and routed by the same functions as a real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timezone
from itertools import product

from scoring.fit import Profile
from scoring.known import NOTHING, Event, Known
from scoring.lint.finding import Example
from scoring.lint.people import ideal
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, SPECIFICITIES, Answer, Dimension
from scoring.route import by_points
from scoring.rubric import Rubric
from scoring.score import score

_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)  # any: without a `now`, events do not fade
Leads = tuple[Example, ...]
BEST: Mapping[Dimension, str] = {dimension: BANDS[dimension][0] for dimension in DIMENSIONS}


def every_lead(rubric: Rubric, profile: Profile, known: Known = NOTHING) -> Leads:
    """Each band or no answer on each dimension: 6 x 5 x 5 x 5 leads, the best answers first and silence last."""
    bands = [(*BANDS[dimension], None) for dimension in DIMENSIONS]
    said = (dict(zip(DIMENSIONS, combination, strict=True)) for combination in product(*bands))
    answers = ({dimension: band for dimension, band in one.items() if band is not None} for one in said)
    return tuple(lead(rubric, profile, those, known) for those in answers)


def lead(
    rubric: Rubric,
    profile: Profile,
    answers: Mapping[Dimension, str],
    known: Known = NOTHING,
    specificity: str = "some",
    commitment: str = "intending",
) -> Example:
    """The lead that has given these answers and no others, all of them said so, and of whom this is known."""
    said = Example(answers, 0, "nurture_cold", known, specificity, commitment)
    points = score(given(said), rubric, known, profile)
    return replace(said, total=points.total, route=by_points(points, rubric))


def given(one: Example) -> dict[Dimension, Answer]:
    """The answers of a lead as the scoring takes them."""
    return {d: Answer(d, band, one.specificity, one.commitment, "") for d, band in one.answers.items()}


def best_lead(rubric: Rubric, profile: Profile) -> Example:
    """The best answers, said in the way that gives most, by somebody who fits and has done everything often enough."""
    ways = [("some", "intending"), *product(SPECIFICITIES, COMMITMENTS)]  # said the usual way where that gives as much
    answers = {d: max(BANDS[d], key=rubric.points[d].__getitem__) for d in DIMENSIONS}
    fitting = Known(ideal(profile).facts, everything_done(rubric))
    return max((lead(rubric, profile, answers, fitting, *way) for way in ways), key=lambda one: one.total)


def everything_done(rubric: Rubric) -> tuple[Event, ...]:
    """All that is worth points, as often as it counts."""
    worth = rubric.parts.behaviour.worth
    return tuple(Event(kind, _DAY) for kind, of in worth.items() if of.points for _ in range(-(-of.most // of.points)))
