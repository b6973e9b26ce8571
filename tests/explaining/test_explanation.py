"""What is said of a lead's points: lines that add up to the total, in plain words, by the rubric that gave them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args

from hypothesis import given, settings

from banter.explaining import words
from banter.explaining.explain import deciding, explain
from banter.leads.facts import PLACE_SOURCES, Facts, Labelled, Size
from banter.leads.known import IMPORTED
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.plain import SOURCES
from banter.leads.published import Edition, edition
from banter.leads.qualify import qualify
from scoring.behaviour import Behaviour, Worth
from scoring.fit import Fit, FitLine, Profile, Trait
from scoring.known import EVENTS, TRAITS, Event
from scoring.model import COMMITMENTS, SPECIFICITIES, Evidence, Line, Segment, Thresholds
from scoring.parts import Deal, Handoff, Negative, Parts
from scoring.profile import profile_from
from scoring.rubric import Rubric
from scoring.verdict import Stage
from scoring.wanted import Wanted, When
from tests.dashboard.examples import ALL, BOOKED, BUDGET, NEED, NOW, QUIET, RULES, STUDENT, WARM, lead
from tests.explaining.examples import explained_by, under
from tests.scoring.generated import leads, rubrics

PARTS = Parts(
    signals={"need": {"precise": 4}},
    behaviour=Behaviour({"pricing_page": Worth(20, 20)}, half_life=7),
    negatives=(Negative("free_mail", When({"budget_range": Wanted((), 1, None)}), -5),),
    caps={"signals": 1},
    fit_adds=10,
)
PROFILE = Profile((Trait("industry", 30, Wanted(("accounting",))), Trait("size", 20, Wanted((), 10, 50))))
SEEN = (Event("pricing_page", NOW - timedelta(days=5, minutes=1), "https://a.example/pricing"),)


def scored(rubric: Rubric, profile: Profile = PROFILE, **changes: object) -> Lead:
    return qualify(replace(lead("one", 5, NEED, BUDGET), **changes), under(RULES, rubric, profile))  # type: ignore[arg-type]


def test_every_kind_of_points_has_a_line_in_plain_words_and_they_add_up() -> None:
    rubric = replace(RULES.rubric, parts=PARTS)
    made = explained_by(scored(rubric, events=SEEN), under(RULES, rubric, PROFILE))
    assert made.total == sum(line.points or 0 for line in made.lines)
    assert [(line.about, line.plain, line.figure) for line in made.lines[4:]] == [
        ("Need", "said precisely", "+4"),
        ("Behaviour", "looked at your prices", "12 of 20"),
        ("Against it", "free mail", "-5"),
        ("Cap", "4 points of signals; the cap is 1", "-3"),
    ]
    assert made.lines[5].note == "last on 18 Nov 2026, 5 days old; half is left after 7 days"


def test_the_thresholds_are_those_that_the_lead_was_scored_by() -> None:
    deal = Deal(When(), Thresholds(90, 50, "high_ticket"))  # a condition of nothing always holds
    rubric = replace(RULES.rubric, parts=Parts(deals=(deal,)))
    made = explained_by(scored(rubric), under(RULES, rubric))
    assert made.scale == "warm from 50, qualified from 90, for high ticket"
    later = replace(RULES.rubric, version=2, qualified=60, warm=10)
    assert explain(scored(rubric), Edition(rubric, PROFILE, True, True), under(RULES, later)).scale == made.scale


def test_what_counts_today_changes_nothing_of_what_an_older_lead_was_given() -> None:
    before = explained_by(WARM, RULES)
    points = {**RULES.rubric.points, "need": dict.fromkeys(RULES.rubric.points["need"], 90)}
    later = under(RULES, replace(RULES.rubric, version=2, qualified=99, points=points))
    after = explain(WARM, Edition(RULES.rubric, RULES.profile, True, True), later)
    assert after.edition.startswith("The points have changed since: bant@2 counts today, and this lead keeps")
    assert replace(after, today=before.today) == before


def test_of_a_rubric_that_was_not_kept_no_figure_is_made_up() -> None:
    assert WARM.score is not None
    made = explained_by(replace(WARM, score=replace(WARM.score, rubric="bant@77")), RULES)
    assert made.points == f"{WARM.score.total} points"
    assert all(line.most is None for line in made.lines)
    assert "bant@77 was not kept" in made.edition
    assert made.changed_by == "By bant@1, because bant@77 was not kept."


def test_where_todays_points_would_say_otherwise_no_change_is_told() -> None:
    assert WARM.score is not None
    line = replace(WARM.score.lines[0], points=1)
    older = replace(WARM, score=replace(WARM.score, rubric="bant@77", lines=(line, *WARM.score.lines[1:])))
    made = explained_by(older, RULES)
    assert (made.change, made.changed) == (None, "Cannot be told any more: bant@77 was not kept.")


def test_a_lead_of_whom_more_is_known_by_now_says_where_it_would_go() -> None:
    assert WARM.score is not None
    made = explained_by(replace(WARM, answers=BOOKED.answers), RULES)
    assert made.moved == "As it stands now, the points say Book."
    assert made.changed.startswith("Cannot be told any more")


def test_the_fit_is_said_trait_by_trait_with_what_is_not_known() -> None:
    fit = Fit(
        (
            FitLine("industry", 30, 30, True, ("solicitors",)),
            FitLine("region", 0, 10, True, ("GB",), "phone", NOW.date()),
            FitLine("size", 10, 20, True, ("60 people",)),
            FitLine("current_tool", 0, 5, False),
        ),
        "region",
    )
    assert WARM.score is not None
    made = explained_by(replace(WARM, score=replace(WARM.score, fit=fit)), RULES)
    assert made.fit is not None
    assert made.fit.said == "61% of your ideal customer, 69% at best."
    assert [(line.about, line.plain, line.figure, line.note) for line in made.fit.lines] == [
        ("Industry", "fits", "30 of 30", ""),
        ("Region", "rules them out", "0 of 10", "by their phone number, 23 Nov 2026"),
        ("Size", "nearly fits", "10 of 20", ""),
        ("Current tool", "not known", "0 of 5", ""),
    ]
    assert made.unknown == "Not known of the fit: current tool."


def test_only_who_goes_by_points_is_told_what_points_would_have_changed() -> None:
    assert explained_by(STUDENT, RULES).changed == "No answer would have: it does not depend on points."
    assert explained_by(replace(QUIET, route=None, score=None), RULES).changed == "Nothing has been decided yet."
    assert explained_by(WARM, RULES).change is not None


def test_a_trait_that_is_not_known_is_named_where_it_would_have_changed_it() -> None:
    profile = profile_from({"industry": {"weight": 1, "fits": ["legal"]}, "size": {"weight": 9, "fits": "20-500"}})
    parts = Parts(handoff=Handoff(100, 95, 100, 50))
    playbook = under(RULES, replace(RULES.rubric, parts=parts), profile)
    forty = Facts(sizes=(Size("people", 40, 40, evidence=(Evidence("40 people", 0, 9, "size"),)),))
    one = qualify(replace(BOOKED, facts=forty), playbook)
    assert explained_by(one, playbook).changed == "Industry: legal (not known yet): 100 points, fit 100%, route Book."
    shops = replace(forty, industry=Labelled("retail", (Evidence("two shops", 0, 9, "industry"),)))
    one = qualify(replace(BOOKED, facts=shops), playbook)
    made = explained_by(one, playbook)
    assert made.changed == "Industry: legal instead of two shops: 100 points, fit 100%, route Book."


def test_flags_and_stage_are_said_in_words() -> None:
    hedged = replace(BUDGET, commitment="tentative")
    made = explained_by(qualify(replace(BOOKED, answers={**BOOKED.answers, "budget": hedged}), RULES), RULES)
    assert [flag.said for flag in made.flags] == ["Budget is hedged: ask again."]
    assert made.standing == "Hot by points, goes to sales (SQL)."
    assert made.sure == "85% of what could be known is known."


def test_the_team_stands_beside_the_points_and_what_was_taken_back_does_not() -> None:
    ours = Override(WARM.id, "book", "They called", "terminal:ana", NOW, "Ana")
    assert explained_by(WARM, RULES, ours).override == ours
    assert explained_by(WARM, RULES, ours, replace(ours, route=None)).override is None
    assert replace(explained_by(WARM, RULES, ours), overrides=()) == explained_by(WARM, RULES)


def test_every_name_has_words() -> None:
    assert set(words.SIGNALS) == {*SPECIFICITIES, *COMMITMENTS}
    assert tuple(words.EVENTS) == EVENTS
    assert tuple(words.TRAITS) == TRAITS
    assert set(words.SEGMENTS) == set(get_args(Segment))
    assert set(words.STAGES) == set(get_args(Stage))
    assert {*PLACE_SOURCES, IMPORTED} == {"said", *SOURCES} - {"profile", "rubric"}
    flags = ("budget.hedged", "need.guessed", "fit.unknown", "requalify")
    assert all(words.flag(name, "bant") != f"{name.replace('.', ', ').capitalize()}." for name in flags)
    assert {Line(f"{group}.x", 1, ()).group for group in words.GROUPS} == set(words.GROUPS)


@settings(max_examples=100, deadline=None)
@given(leads(), rubrics())
def test_the_reasons_that_decide_are_those_that_are_no_lines(answers: dict, rubric: Rubric) -> None:
    made = qualify(replace(lead("one", 5), answers=answers), under(RULES, rubric))
    assert made.route is not None
    assert made.score is not None
    reasons = deciding(made.route, rubric)
    assert made.route.reasons[: len(reasons)] == reasons
    assert len(made.route.reasons) - len(reasons) == len(made.score.lines) + len(made.score.missing)
    explained = explain(made, edition(made.score.rubric, None, under(RULES, rubric)), under(RULES, rubric))
    assert explained.total == sum(line.points or 0 for line in explained.lines) == made.score.total


def test_every_example_can_be_explained() -> None:
    for one in ALL:
        made = explained_by(one, RULES)
        assert one.score is not None
        assert (made.total, made.route) == (one.score.total, one.route.name if one.route else None)
