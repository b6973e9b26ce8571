"""What holds for every lead and every rubric, tried on thousands of made-up ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scoring.model import BANDS, CRITERIA, DIMENSIONS, NOT_SAID, Answer, Dimension, RouteName
from scoring.route import route
from scoring.rubric import Rubric, rubric_from
from scoring.score import score
from tests.scoring.generated import leads, rubrics

PRESETS = Path(__file__).parents[2] / "scoring" / "presets"
SHIPPED = {
    name: rubric_from(name, YAML(typ="safe", pure=True).load(PRESETS / f"{name}.yml")) for name in ("bant", "champ")
}
ELSEWHERE: tuple[RouteName, ...] = ("handover", "support")
# A machine that is busy with something else is no fault of the scoring.
thousands = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
hundreds = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thousands
@given(leads(), rubrics())
def test_the_lines_add_up_to_the_total(answers: dict[Dimension, Answer], rubric: Rubric) -> None:
    given_points = score(answers, rubric)
    assert given_points.total == sum(line.points for line in given_points.lines)
    assert 0 <= given_points.total <= rubric.most


@thousands
@given(leads(), rubrics(), st.booleans())
def test_the_route_follows_from_the_total_alone(answers: dict[Dimension, Answer], rubric: Rubric, final: bool) -> None:
    points = score(answers, rubric)
    went = route(points, rubric, answers, final=final)
    expected = "book" if points.total >= rubric.qualified else "nurture_cold"
    if rubric.warm <= points.total < rubric.qualified:
        expected = "nurture_warm"
    assert went.name == expected
    assert went.final is final


@hundreds
@given(leads(), rubrics())
def test_every_line_names_a_rule_of_the_rubric_and_gives_its_points(
    answers: dict[Dimension, Answer], rubric: Rubric
) -> None:
    points = score(answers, rubric)
    assert points.rubric == f"{rubric.framework}@{rubric.version}"
    for line in points.lines:
        dimension, band = line.rule.split(".")
        assert dimension == line.dimension
        assert rubric.points[line.dimension][band] == line.points


@hundreds
@given(leads(), rubrics())
def test_every_line_rests_on_the_visitors_own_words(answers: dict[Dimension, Answer], rubric: Rubric) -> None:
    for line in score(answers, rubric).lines:
        assert line.evidence
        assert all(words in answers[line.dimension].text for words in line.evidence)


@hundreds
@given(leads(), rubrics(), st.sampled_from(DIMENSIONS), st.sampled_from(NOT_SAID))
def test_an_answer_that_was_declined_or_not_clear_adds_nothing_and_is_shown_as_missing(
    answers: dict[Dimension, Answer], rubric: Rubric, dimension: Dimension, band: str
) -> None:
    without = {name: answer for name, answer in answers.items() if name != dimension}
    silent = {**without, dimension: Answer(dimension, band, "vague", "tentative", "hm")}
    assert score(silent, rubric) == score(without, rubric)
    assert dimension in score(silent, rubric).missing


@hundreds
@given(leads(), rubrics())
def test_each_dimension_is_either_counted_or_missing(answers: dict[Dimension, Answer], rubric: Rubric) -> None:
    points = score(answers, rubric)
    counted = [line.dimension for line in points.lines]
    assert sorted((*counted, *points.missing)) == sorted(DIMENSIONS)


@hundreds
@given(leads(), rubrics())
def test_a_route_says_why_with_the_total_first_and_then_each_of_the_four(
    answers: dict[Dimension, Answer], rubric: Rubric
) -> None:
    points = score(answers, rubric)
    went = route(points, rubric, answers, final=True)
    assert went.reasons[0].startswith(f"{points.total} of {rubric.most} points")
    assert len(went.reasons) == 1 + len(DIMENSIONS)
    for name in CRITERIA[rubric.framework].values():
        assert any(reason.startswith(name.capitalize()) for reason in went.reasons)


@pytest.mark.parametrize("name", sorted(SHIPPED))
@hundreds
@given(answers=leads(), dimension=st.sampled_from(DIMENSIONS), data=st.data())
def test_a_better_answer_never_lowers_the_total_with_the_rubrics_that_ship(
    name: str, answers: dict[Dimension, Answer], dimension: Dimension, data: st.DataObject
) -> None:
    rubric = SHIPPED[name]
    bands = BANDS[dimension]
    worse = data.draw(st.integers(0, len(bands) - 1))
    better = data.draw(st.integers(0, worse))

    def total(band: str) -> int:
        return score({**answers, dimension: Answer(dimension, band, "some", "intending", "so")}, rubric).total

    assert total(bands[better]) >= total(bands[worse])
    assert total(bands[better]) > total("unclear") or rubric.points[dimension][bands[better]] == 0


@hundreds
@given(leads(), rubrics(), st.sampled_from(("student", "job_seeker", "vendor", "competitor")))
def test_somebody_who_is_no_buyer_is_disqualified_however_many_points(
    answers: dict[Dimension, Answer], rubric: Rubric, disqualified: str
) -> None:
    went = route(score(answers, rubric), rubric, answers, final=False, disqualified=disqualified)
    assert went.name == "disqualified"
    assert went.final
    assert disqualified.split("_")[0] in went.reasons[0]


@hundreds
@given(leads(), rubrics(), st.sampled_from(ELSEWHERE))
def test_who_asks_for_a_person_or_for_help_is_not_routed_by_points(
    answers: dict[Dimension, Answer], rubric: Rubric, elsewhere: RouteName
) -> None:
    went = route(score(answers, rubric), rubric, answers, final=False, elsewhere=elsewhere)
    assert went.name == elsewhere
    assert went.final
    assert went.reasons


@hundreds
@given(leads(), rubrics())
def test_the_order_in_which_things_were_said_changes_nothing(answers: dict[Dimension, Answer], rubric: Rubric) -> None:
    turned = dict(reversed(list(answers.items())))
    assert score(turned, rubric) == score(answers, rubric)
