"""What would have sent a lead elsewhere: one answer before two, and no more than are needed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product

from hypothesis import given

from scoring.change import BY_POINTS, nearest_change
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score
from tests.scoring.generated import leads, rubrics
from tests.scoring.test_always import SHIPPED, hundreds

BANT = SHIPPED["bant"]


def said(**bands: str) -> dict[Dimension, Answer]:
    return {d: Answer(d, bands[d], "some", "intending", "") for d in DIMENSIONS if d in bands}


def test_a_warm_lead_lacked_the_least_that_would_have_made_a_call_of_it() -> None:
    answers = said(budget="exploring", authority="final", need="specific", timeline="within_120_days")
    assert score(answers, BANT).total == 65
    change = nearest_change(answers, BANT)
    assert change is not None
    [one] = change.answers
    assert (one.dimension, one.was, one.band, one.points, one.gained) == ("budget", "exploring", "approved", 10, 22)
    assert (change.total, change.route) == (77, "book")


def test_who_said_nothing_on_the_budget_would_have_had_to_say_something() -> None:
    answers = said(authority="final", need="quantified", timeline="within_60_days")
    change = nearest_change({**answers, "budget": Answer("budget", "declined", "vague", "negative", "no")}, BANT)
    assert change is not None
    [one] = change.answers
    assert (one.was, one.points, one.band) == (None, 0, "exploring")


def test_two_answers_are_named_where_one_does_not_suffice() -> None:
    change = nearest_change({}, BANT)
    assert change is not None
    assert [(one.dimension, one.was, one.band) for one in change.answers] == [
        ("budget", None, "approved"),
        ("need", None, "specific"),
    ]
    assert (change.total, change.route) == (40, "nurture_warm")


def test_a_qualified_lead_is_told_what_would_have_cost_the_call() -> None:
    best = said(budget="approved_amount", authority="final", need="quantified", timeline="within_60_days")
    change = nearest_change(best, BANT)
    assert change is not None
    assert ([one.band for one in change.answers], change.total, change.route) == (["none"], 70, "nurture_warm")
    barely = said(budget="approved_amount", authority="final", need="specific", timeline="someday")
    change = nearest_change(barely, BANT)
    assert change is not None
    assert [(one.was, one.band) for one in change.answers] == [("final", "shared")]


@hundreds
@given(leads(), rubrics())
def test_the_change_leads_where_it_says_and_nothing_smaller_does(
    answers: dict[Dimension, Answer], rubric: Rubric
) -> None:
    standing = score(answers, rubric)
    here = route(standing, rubric, answers, final=True).name
    change = nearest_change(answers, rubric)
    others = {d: [band for band in BANDS[d] if d not in answers or answers[d].band != band] for d in DIMENSIONS}
    count = len(change.answers) if change else len(DIMENSIONS)
    for fewer in range(1, count + 1 if change is None else count):
        assert not [bands for bands in _each(others, fewer) if _elsewhere(here, _route_with(answers, rubric, bands))]
    if change is None:
        return
    instead = {one.dimension: one.band for one in change.answers}
    assert _route_with(answers, rubric, instead) == change.route != here
    assert change.total == standing.total + sum(one.gained - one.points for one in change.answers)
    for bands in _each(others, count):
        if _elsewhere(here, _route_with(answers, rubric, bands)):
            other = score({**answers, **said(**bands)}, rubric).total
            assert abs(other - standing.total) >= abs(change.total - standing.total)


def _each(others: dict[Dimension, list[str]], count: int) -> Iterator[dict[Dimension, str]]:
    for dimensions in combinations(DIMENSIONS, count):
        for bands in product(*(others[d] for d in dimensions)):
            yield dict(zip(dimensions, bands, strict=True))


def _route_with(answers: dict[Dimension, Answer], rubric: Rubric, bands: dict[Dimension, str]) -> str:
    then = {**answers, **said(**bands)}
    return route(score(then, rubric), rubric, then, final=True).name


def _elsewhere(here: str, there: str) -> bool:
    if here == BY_POINTS[0]:
        return there != here
    return BY_POINTS.index(there) < BY_POINTS.index(here)  # type: ignore[arg-type]
