"""What holds for every lead under every rubric with all its parts, tried on thousands of made-up ones."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from scoring.change import BEST_FIRST, with_bands
from scoring.fit import Profile, fit
from scoring.known import Known
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score
from scoring.verdict import judge
from tests.scoring.generated import NOW, knowns, leads, profiles, whole_rubrics

slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
thousands = settings(max_examples=200, deadline=None, suppress_health_check=slow)
hundreds = settings(max_examples=60, deadline=None, suppress_health_check=slow)
Leads = dict[Dimension, Answer]


@thousands
@given(leads(), whole_rubrics(), knowns(), profiles())
def test_the_lines_of_every_kind_add_up_and_the_label_follows(
    answers: Leads, rubric: Rubric, known: Known, profile: Profile
) -> None:
    verdict = judge(answers, rubric, known, profile)
    assert verdict.total == sum(line.points for line in verdict.lines)
    assert 0 <= verdict.total <= rubric.most
    limits = rubric.thresholds_for(known)
    expected = "hot" if verdict.total >= limits.qualified else "warm" if verdict.total >= limits.warm else "cold"
    assert verdict.segment == verdict.score.segment == expected
    assert all(line.evidence and line.rule and line.points == int(line.points) for line in verdict.lines)
    if verdict.score.disqualified:
        assert verdict.route.name == "disqualified"
        assert verdict.stage is None
    elif rubric.parts.handoff is None and not rubric.parts.border:
        assert (verdict.route.name == "book") == (verdict.segment == "hot")
    assert (verdict.stage == "SQL") == (verdict.route.name == "book")
    assert verdict.route == route(verdict.score, rubric, answers, final=True)


@thousands
@given(leads(), whole_rubrics(), knowns(), profiles(), st.sampled_from(DIMENSIONS), st.data())
def test_an_unknown_answer_is_never_above_a_known_one_and_never_surer(
    answers: Leads, rubric: Rubric, known: Known, profile: Profile, dimension: Dimension, data: st.DataObject
) -> None:
    band = data.draw(st.sampled_from(BANDS[dimension]))
    specificity = data.draw(st.sampled_from(("precise", "some", "vague")))
    commitment = data.draw(st.sampled_from(("committed", "intending", "tentative", "negative")))
    without = {name: answer for name, answer in answers.items() if name != dimension}
    told = judge({**without, dimension: Answer(dimension, band, specificity, commitment, "so")}, rubric, known, profile)
    untold = judge(without, rubric, known, profile)
    assert untold.total <= told.total
    assert untold.confidence <= told.confidence
    assert dimension in untold.missing
    assert dimension not in told.missing
    if "disqualified" not in (untold.route.name, told.route.name):
        assert BEST_FIRST.index(untold.route.name) >= BEST_FIRST.index(told.route.name)


@thousands
@given(leads(), whole_rubrics(), knowns(), profiles(), st.sampled_from(DIMENSIONS), st.data())
def test_a_better_band_never_lowers_a_total_or_a_route_unless_the_rubrics_points_do(
    answers: Leads, rubric: Rubric, known: Known, profile: Profile, dimension: Dimension, data: st.DataObject
) -> None:
    worse, better = data.draw(st.permutations(BANDS[dimension]).map(lambda bands: bands[:2]))
    points = rubric.points[dimension]
    assume(points[better] >= points[worse])
    low = judge(with_bands(answers, {dimension: worse}), rubric, known, profile)
    high = judge(with_bands(answers, {dimension: better}), rubric, known, profile)
    assert low.total <= high.total
    if "disqualified" not in (low.route.name, high.route.name):
        assert BEST_FIRST.index(low.route.name) >= BEST_FIRST.index(high.route.name)


@hundreds
@given(knowns(), profiles(), st.data())
def test_a_trait_that_is_not_known_never_fits_better_than_one_that_is(
    known: Known, profile: Profile, data: st.DataObject
) -> None:
    matched = fit(known, profile)
    if matched is None:
        assert not profile.traits
        return
    about = data.draw(st.sampled_from([trait.about for trait in profile.traits]))
    without = fit(Known({name: facts for name, facts in known.facts.items() if name != about}), profile)
    assert without is not None
    assert without.percent <= matched.percent <= matched.at_best <= without.at_best
    assert about in without.missing
    assert 0 <= matched.percent <= 100


@hundreds
@given(leads(), whole_rubrics(), knowns(), profiles(), st.integers(0, 400))
def test_what_was_done_long_ago_counts_for_no_more_than_what_was_done_today(
    answers: Leads, rubric: Rubric, known: Known, profile: Profile, days: int
) -> None:
    later = Known(known.facts, known.events, NOW + timedelta(days=days))
    assert score(answers, rubric, later, profile).total <= score(answers, rubric, known, profile).total


@hundreds
@given(leads(), whole_rubrics(), knowns(), profiles())
def test_the_order_in_which_things_were_said_and_done_changes_nothing(
    answers: Leads, rubric: Rubric, known: Known, profile: Profile
) -> None:
    turned = Known(dict(reversed(list(known.facts.items()))), known.events[::-1], known.now)
    a = judge(answers, rubric, known, profile)
    b = judge(dict(reversed(list(answers.items()))), rubric, turned, profile)
    assert (a.total, a.segment, a.route.name, a.fit) == (b.total, b.segment, b.route.name, b.fit)
