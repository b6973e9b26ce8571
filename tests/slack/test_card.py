"""What reps read of a test conversation: each point with its rule and the words, and what would have changed it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from banter.slack.as_text import as_text
from banter.slack.card import card_blocks, understood_blocks, what_would_have_changed
from scoring.known import Fact, Known
from scoring.parts import Handoff, Parts
from scoring.profile import profile_from
from tests.slack.leads import BUDGET, a_lead, rules, saying


def test_what_was_understood_of_a_message_is_told_with_the_points_so_far() -> None:
    lead = a_lead()
    told = as_text(understood_blocks(lead, rules(), BUDGET))
    assert BUDGET in told
    assert "Budget: approved, with an amount · 30 of 30" in told
    assert "“$15K”, “allocated” · Precise, committed · 15,000 USD" in told
    assert "Points so far: 75 of 100 · warm from 40, qualified from 75" in told
    assert "Timeline –" in told
    assert "Need: " not in told


def test_a_message_that_answers_nothing_is_told_as_that() -> None:
    told = as_text(understood_blocks(a_lead(), rules(), "what does it cost?"))
    assert "Nothing in it answers one of the four questions." in told


def test_a_refusal_is_told_as_one() -> None:
    assert "Timeline: not told" in as_text(understood_blocks(a_lead(), rules(), "rather not say"))


def test_an_answer_that_a_follow_up_completed_belongs_to_both_messages() -> None:
    lead = saying("budget", text="some money\nit is $15K")
    for said in ("some money", "it is $15K"):
        assert "Budget: approved" in as_text(understood_blocks(lead, rules(), said))


def test_the_score_card_has_a_line_for_each_criterion_that_add_up_to_the_total() -> None:
    lead = a_lead()
    told = as_text(card_blocks(lead, rules()))
    assert "Score card: 75 of 100 points" in told
    assert "Need: a problem, with a measure of it · 25 of 25" in told
    assert "“ten hours a week” · need.quantified" in told
    assert "Authority: decides together with others · 20 of 25" in told
    assert "Timeline: not told, so it adds nothing · 0 of 20" in told
    assert "Total: 75 of 100, by the rubric bant@1" in told
    assert "Route: Book" in told
    assert all(reason in told for reason in lead.route.reasons)  # type: ignore[union-attr]
    assert "counts nowhere" in told


def test_what_would_have_changed_it_is_one_sentence() -> None:
    lead = a_lead()
    assert what_would_have_changed(lead, rules().rubric) == (
        "Authority: recommends, somebody else signs (15) instead of decides together with others (20): "
        "70 points, route Warm nurture."
    )
    elsewhere = a_lead(disqualifier="student")
    assert "does not depend on points" in what_would_have_changed(elsewhere, rules().rubric)


def test_a_trait_that_is_not_known_is_named_where_it_would_have_changed_it() -> None:
    profile = profile_from({"industry": {"weight": 1, "fits": ["legal"]}, "size": {"weight": 9, "fits": "20-500"}})
    known = Known({"size": (Fact((), 40, 40),), "industry": (Fact(("retail",), words=("shops",)),)})
    rubric = replace(rules().rubric, parts=Parts(handoff=Handoff(100, 95, 100, 50)))
    lead = a_lead()
    assert what_would_have_changed(lead, rubric, Known({"size": known.facts["size"]}), profile) == (
        "Industry: legal (not known yet): 75 points, fit 100%, route Book."
    )
    assert what_would_have_changed(lead, rubric, known, profile) == (
        "Industry: legal instead of shops: 75 points, fit 100%, route Book."
    )


def test_hostile_words_are_shown_as_they_are() -> None:
    hostile = "<!channel> & <@U1>"
    lead = saying("need", text=hostile, evidence=())
    for blocks in (card_blocks(lead, rules()), understood_blocks(lead, rules(), hostile)):
        assert "<!channel>" not in _texts(blocks)
        assert "&lt;!channel&gt;" in _texts(blocks)


def _texts(part: Any) -> str:
    if isinstance(part, dict):
        return " ".join(_texts(value) for value in part.values())
    return " ".join(map(_texts, part)) if isinstance(part, list) else str(part)
