"""Each optional part of a rubric, with figures that can be added up by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from scoring.data import RubricError
from scoring.fit import fit
from scoring.known import Event, Fact, Known
from scoring.model import DIMENSIONS, Answer, Dimension
from scoring.parts import PARTS
from scoring.profile import profile_from, read_profile
from scoring.rubric import Rubric, problems, rubric_from
from scoring.verdict import judge
from tests.scoring.generated import NOW
from tests.scoring.test_figures import said
from tests.scoring.test_rubric import GOOD

IDEAL = profile_from(
    {
        "industry": {"weight": 40, "fits": ["legal", "Finance"], "disqualifies": ["tobacco"]},
        "size": {"weight": 40, "fits": "50-500"},
        "title": {"weight": 20, "fits": ["owner", "executive", "finance director"]},
    }
)
WARM = said(budget="exploring", authority="final", need="specific", timeline="within_120_days")  # 65


def with_parts(**parts: Any) -> Rubric:
    return rubric_from("bant", {**GOOD, **parts})


def knows(**facts: Fact) -> Known:
    return Known({about: (fact,) for about, fact in facts.items()}, now=NOW)


def points(verdict: Any, group: str) -> dict[str, int]:
    return {line.rule: line.points for line in verdict.lines if line.group == group}


def test_exact_and_firm_answers_earn_what_the_rubric_says() -> None:
    rubric = with_parts(signals={"budget": {"precise": 2, "committed": 3}})
    answers = {**WARM, "budget": Answer("budget", "amount", "precise", "committed", "we will pay 20k")}
    assert points(judge(answers, rubric), "signals") == {"signals.budget.precise": 2, "signals.budget.committed": 3}


def test_a_signal_takes_at_most_what_the_answer_gave() -> None:
    rubric = with_parts(signals={"timeline": {"tentative": -10}})
    answers: dict[Dimension, Answer] = {"timeline": Answer("timeline", "someday", "some", "tentative", "maybe")}
    verdict = judge(answers, rubric)
    assert verdict.total == 0
    assert points(verdict, "signals") == {"signals.timeline.tentative": -3}


def test_what_is_over_the_cap_is_taken_off_on_a_line_of_its_own() -> None:
    each = {d: {"some": 4} for d in DIMENSIONS}
    verdict = judge(WARM, with_parts(signals=each, caps={"signals": 10}))
    assert verdict.total == 65 + 10
    assert points(verdict, "caps") == {"caps.signals": -6}
    assert "signals.capped" in verdict.flags


def test_a_visit_is_worth_half_after_a_half_life_and_a_quarter_after_two() -> None:
    rubric = with_parts(behaviour={"half_life": 14, "points": {"pricing_page": 20}})
    for days, left in ((0, 20), (14, 10), (28, 5), (140, 0)):
        seen = Known(events=(Event("pricing_page", NOW - timedelta(days=days), "https://a.example/pricing"),), now=NOW)
        assert judge({}, rubric, seen).total == left


def test_a_kind_of_event_counts_once_unless_more_is_allowed() -> None:
    visits = Known(events=tuple(Event("return", NOW, "https://a.example/") for _ in range(5)), now=NOW)
    assert judge({}, with_parts(behaviour={"points": {"return": 4}}), visits).total == 4
    assert judge({}, with_parts(behaviour={"points": {"return": {"each": 4, "most": 10}}}), visits).total == 10


def test_what_speaks_against_a_lead_takes_points_and_never_below_nothing() -> None:
    rubric = with_parts(negatives={"free_mail": {"when": {"mail": ["free"]}, "points": -10}})
    against = knows(mail=Fact(("free",), words=("gmail.com",)))
    assert judge(WARM, rubric, against).total == 55
    assert judge(WARM, rubric).total == 65
    verdict = judge({}, rubric, against)
    assert verdict.total == 0
    assert points(verdict, "floor") == {"floor.zero": 10}


def test_outside_of_your_industry_is_only_who_said_so() -> None:
    rubric = with_parts(negatives={"outside": {"unless": {"industry": ["legal"]}, "points": -10}})
    assert judge(WARM, rubric, knows(industry=Fact(("retail",)))).total == 55
    assert judge(WARM, rubric, knows(industry=Fact(("legal",)))).total == 65
    assert judge(WARM, rubric).total == 65


def test_a_disqualifier_beats_any_total_and_says_why() -> None:
    why = "Resellers buy through partners."
    rubric = with_parts(disqualifiers={"reseller": {"when": {"title": ["reseller"]}, "reason": why}})
    best = said(budget="approved_amount", authority="final", need="quantified", timeline="within_60_days")
    verdict = judge(best, rubric, knows(title=Fact(("reseller",))))
    assert (verdict.total, verdict.route.name, verdict.route.reasons, verdict.stage) == (
        100,
        "disqualified",
        (why,),
        None,
    )
    assert verdict.counterfactual is None


def test_large_deals_have_to_reach_more_and_small_ones_less() -> None:
    deals = {
        "high_ticket": {"when": {"budget_range": "50000+"}, "qualified": 85, "warm": 50},
        "self_serve": {"when": {"size": "under 10"}, "qualified": 60, "warm": 30},
    }
    rubric = with_parts(deals=deals)
    assert judge(WARM, rubric).segment == "warm"
    small = judge(WARM, rubric, knows(size=Fact(least=2, most=5)))
    assert (small.segment, small.route.name) == ("hot", "book")
    assert "for self serve" in small.route.reasons[0]
    large = judge(said(budget="approved_amount", authority="final", need="quantified"), rubric,
                  knows(budget_range=Fact(least=60000, most=60000)))  # fmt: skip
    assert (large.total, large.segment, large.route.name) == (80, "warm", "nurture_warm")


@pytest.mark.parametrize(
    ("total", "goes"), [(69, "nurture_warm"), (70, "handover"), (75, "handover"), (79, "handover"), (80, "book")]
)
def test_the_border_goes_to_a_person(total: int, goes: str) -> None:
    rubric = rubric_from(
        "bant",
        {**GOOD, "border": 5, "points": {**GOOD["points"], "need": dict.fromkeys(GOOD["points"]["need"], total)},
         "thresholds": {"qualified": 75, "warm": 40}},
    )  # fmt: skip
    verdict = judge(said(need="general"), rubric)
    assert (verdict.total, verdict.route.name) == (total, goes)
    assert ("border" in verdict.flags) == (goes == "handover")


HANDOFF = {"strong_fit": 70, "moderate_fit": 40, "strong_intent": 80, "moderate_intent": 50, "enough": ["need"]}
STRONG = {"industry": Fact(("legal",)), "size": Fact(least=60, most=60), "title": Fact(("clerk",))}
MODERATE = {"industry": Fact(("legal",)), "size": Fact(least=9, most=9), "title": Fact(("clerk",))}
BAD = {"industry": Fact(("retail",)), "size": Fact(least=9, most=9), "title": Fact(("clerk",))}
HOT = said(budget="approved_amount", authority="final", need="quantified", timeline="within_120_days")  # 92


@pytest.mark.parametrize(
    ("answers", "facts", "goes"),
    [
        (WARM, STRONG, "book"),
        (WARM, MODERATE, "nurture_warm"),
        (HOT, MODERATE, "book"),
        (HOT, BAD, "nurture_warm"),
        (HOT, {}, "handover"),  # nothing is known of the fit: a person decides
        ({d: a for d, a in HOT.items() if d != "need"}, STRONG, "nurture_warm"),  # nothing to open a call with
    ],
)
def test_sales_takes_a_strong_fit_with_moderate_intent_or_a_moderate_fit_with_strong_intent(
    answers: dict[Dimension, Answer], facts: dict[str, Fact], goes: str
) -> None:
    assert judge(answers, with_parts(handoff=HANDOFF), knows(**facts), IDEAL).route.name == goes


def test_the_fit_is_told_line_by_line_and_what_is_unknown_as_unknown() -> None:
    matched = fit(knows(industry=Fact(("finance",), words=("bank",)), size=Fact(least=42, most=42)), IDEAL)
    assert matched is not None
    assert [(line.about, line.points, line.known) for line in matched.lines] == [
        ("industry", 40, True),
        ("size", 20, True),  # 42 is nearly 50
        ("title", 0, False),
    ]
    assert (matched.percent, matched.at_best, matched.missing) == (60, 80, ("title",))


def test_the_profile_rules_out_whom_it_names() -> None:
    verdict = judge(HOT, with_parts(), knows(industry=Fact(("tobacco",), words=("cigar maker",))), IDEAL)
    assert verdict.route.reasons == ("The profile of your customers rules out this industry: cigar maker.",)


def test_a_perfect_fit_adds_what_the_rubric_says_and_is_no_intent() -> None:
    perfect = knows(industry=Fact(("legal",)), size=Fact(least=60, most=60), title=Fact(("owner",)))
    verdict = judge(WARM, with_parts(fit={"adds": 20}), perfect, IDEAL)
    assert (verdict.total, verdict.intent) == (85, 65)
    assert judge(WARM, with_parts(), perfect, IDEAL).total == 65


def test_hedged_answers_are_half_sure() -> None:
    firm = judge(HOT, with_parts())
    assert (firm.confidence, firm.missing, firm.flags) == (100, (), ())
    hedged = judge({**HOT, "budget": Answer("budget", "amount", "vague", "tentative", "20k or so")}, with_parts())
    assert (hedged.confidence, hedged.flags) == (85, ("budget.hedged",))
    assert judge({}, with_parts()).confidence == 0


def test_a_cold_lead_that_fits_and_comes_back_is_to_be_asked_again() -> None:
    rubric = with_parts(behaviour={"points": {"return": 3, "trial_started": 50}})
    back = Known({k: (f,) for k, f in STRONG.items()}, (Event("return", NOW),), NOW)
    assert "requalify" in judge({}, rubric, back, IDEAL).flags
    user = judge({}, rubric, Known(events=(Event("trial_started", NOW),), now=NOW))
    assert (user.segment, user.stage) == ("warm", "PQL")


@pytest.mark.parametrize(
    ("parts", "key", "says"),
    [
        ({"signals": {"money": {}}}, ("signals", "money"), "use one of need, budget"),
        ({"signals": {"budget": {"exact": 1}}}, ("signals", "budget", "exact"), "use one of precise"),
        ({"behaviour": {"points": {"click": 1}}}, ("behaviour", "points", "click"), "use one of visit"),
        ({"behaviour": {"points": {}, "half_life": 0}}, ("behaviour", "half_life"), "1 or more"),
        ({"behaviour": {}}, ("behaviour",), "'points' is missing"),
        ({"negatives": {"x": {"points": -1}}}, ("negatives", "x"), "add when: or unless:"),
        ({"negatives": {"x": {"when": {"mail": ["free"]}, "points": 5}}}, ("negatives", "x", "points"), "below 0"),
        ({"negatives": {"x": {"when": {"size": [3]}, "points": -5}}}, ("negatives", "x", "when", "size"), "20-500"),
        ({"caps": {"fit": 3}}, ("caps", "fit"), "use one of signals"),
        ({"fit": {"adds": "20"}}, ("fit", "adds"), "a whole number"),
        ({"disqualifiers": {"x": {"when": {"mail": ["free"]}}}}, ("disqualifiers", "x"), "'reason' is missing"),
        (
            {"deals": {"x": {"when": {"size": "3+"}, "qualified": 5, "warm": 9}}},
            ("deals", "x", "warm"),
            "below qualified",
        ),
        (
            {"deals": {"x": {"when": {"size": "3+"}, "qualified": 500, "warm": 9}}},
            ("deals", "x", "qualified"),
            "never be",
        ),
        ({"handoff": {**HANDOFF, "moderate_fit": 90}}, ("handoff", "moderate_fit"), "not be above strong_fit"),
        ({"handoff": {**HANDOFF, "enough": ["pain"]}}, ("handoff", "enough"), "out of need, budget"),
        ({"border": -1}, ("border",), "0 or more"),
    ],
)
def test_a_faulty_part_is_refused_with_the_key_and_the_mend(parts: Any, key: tuple[str, ...], says: str) -> None:
    [error] = problems("bant", {**GOOD, **parts})
    assert error.key == key
    assert says in str(error)


@pytest.mark.parametrize(
    ("trait", "key", "says"),
    [
        ({"sector": {}}, ("sector",), "use one of industry"),
        ({"size": {"weight": 0, "fits": "3+"}}, ("size", "weight"), "1 or more"),
        ({"size": {"weight": 5, "fits": "9-3"}}, ("size", "fits"), "smaller number first"),
        ({"title": {"weight": 5, "fits": "owner"}}, ("title", "fits"), "list of names"),
        ({"title": {"weight": 5}}, ("title", "fits"), "is missing"),
    ],
)
def test_a_faulty_profile_is_refused_with_the_key_and_the_mend(trait: Any, key: tuple[str, ...], says: str) -> None:
    with pytest.raises(RubricError, match=says) as caught:
        profile_from(trait)
    assert caught.value.key == key


def test_all_that_is_wrong_with_the_parts_is_told_at_once() -> None:
    parts = {
        "signals": {"money": {}, "budget": {"exact": 1, "precise": "2", "vague": -3}},
        "behaviour": {"half_life": 0, "points": {"click": 1, "visit": -1, "return": {"each": 5, "most": 2}}},
        "negatives": {"a": 5, "b": {"when": {"sector": ["x"], "mail": "free"}, "points": 3}, "c": {"points": -1}},
        "caps": {"fit": 1, "signals": -1},
        "fit": 20,
        "disqualifiers": {"d": {"when": {}}},
        "deals": {"e": {"unless": {"size": "9-3"}, "qualified": 5, "warm": 9, "cold": 1}},
        "handoff": {"strong_fit": 101, "moderate_intent": 9, "strong_intent": 3, "enough": "need"},
        "border": -1,
    }
    assert [".".join(error.key) for error in problems("bant", {**GOOD, **parts})] == [
        "signals.money",
        "signals.budget.exact",
        "signals.budget.precise",
        "behaviour.points.click",
        "behaviour.points.visit",
        "behaviour.points.return.most",
        "behaviour.half_life",
        "negatives.a",
        "negatives.b.when.sector",
        "negatives.b.when.mail",
        "negatives.b.points",
        "negatives.c",
        "caps.fit",
        "caps.signals",
        "fit",
        "disqualifiers.d.when",
        "disqualifiers.d",
        "deals.e.cold",
        "deals.e.unless.size",
        "deals.e.warm",
        "handoff.strong_fit",
        "handoff",
        "handoff.moderate_intent",
        "handoff.enough",
        "border",
    ]


def test_all_that_is_wrong_with_a_profile_is_told_at_once() -> None:
    data = {"sector": {}, "size": {"weight": 0, "fits": "9-3"}, "title": {"fit": ["owner"]}, "region": 5}
    _, wrong = read_profile(data)
    assert [".".join(error.key) for error in wrong] == [
        "sector",
        "size.weight",
        "size.fits",
        "title.fit",
        "title",
        "title.fits",
        "region",
    ]


def test_no_data_of_any_shape_is_more_than_refused() -> None:
    for part in PARTS:
        for wrong in (5, "x", [], [1], {"x": 5}, {"x": {}}, {5: {"when": [1]}}, True):
            problems("bant", {**GOOD, part: wrong})
            problems("bant", {**GOOD, part: {"points": wrong, "x": wrong, "when": wrong}})
