"""What reps read of a test conversation: each point with its rule and the words, and what would have changed it."""

from __future__ import annotations

from typing import Any

from banter.leads.model import Lead
from banter.slack import card
from banter.slack.as_text import as_text
from banter.slack.blocks import Block
from tests.explaining.examples import explained_by
from tests.slack.leads import BUDGET, a_lead, rules, saying


def card_blocks(lead: Lead) -> list[Block]:
    return card.card_blocks(explained_by(lead, rules()))


def understood_blocks(lead: Lead, said: str) -> list[Block]:
    return card.understood_blocks(lead, explained_by(lead, rules()), said)


def test_what_was_understood_of_a_message_is_told_with_the_points_so_far() -> None:
    lead = a_lead()
    told = as_text(understood_blocks(lead, BUDGET))
    assert BUDGET in told
    assert "Budget: approved, with an amount · 30 of 30" in told
    assert "“$15K”, “allocated” · Read as 15,000 USD. Precise, committed." in told
    assert "So far: 75 of 100 points · warm from 40, qualified from 75" in told
    assert "Timeline –" in told
    assert "Need: " not in told


def test_a_message_that_answers_nothing_is_told_as_that() -> None:
    told = as_text(understood_blocks(a_lead(), "what does it cost?"))
    assert "Nothing in it answers one of the four questions." in told


def test_a_refusal_is_told_as_one() -> None:
    assert "Timeline: not told" in as_text(understood_blocks(a_lead(), "rather not say"))


def test_an_answer_that_a_follow_up_completed_belongs_to_both_messages() -> None:
    lead = saying("budget", text="some money\nit is $15K")
    for said in ("some money", "it is $15K"):
        assert "Budget: approved" in as_text(understood_blocks(lead, said))


def test_the_score_card_has_a_line_for_each_criterion_that_add_up_to_the_total() -> None:
    lead = a_lead()
    told = as_text(card_blocks(lead))
    assert "Score card: 75 of 100 points" in told
    assert "Need: a problem, with a measure of it · 25 of 25" in told
    assert "“ten hours a week” · Precise, committed. · need.quantified" in told
    assert "Authority: decides together with others · 20 of 25" in told
    assert "Timeline: not told, so it adds nothing · 0 of 20" in told
    assert "By the rubric bant@1: warm from 40, qualified from 75" in told
    assert "Route: Book\n• 75 or more is qualified." in told
    assert "counts nowhere" in told


def test_what_would_have_changed_it_is_one_sentence() -> None:
    assert (
        "What would have changed it\nAuthority: recommends, somebody else signs (15) instead of decides together with "
        "others (20): 70 points, route Warm nurture." in as_text(card_blocks(a_lead()))
    )
    assert "does not depend on points" in as_text(card_blocks(a_lead(disqualifier="student")))


def test_the_card_says_nothing_twice() -> None:
    lines = [line.strip("• ") for line in as_text(card_blocks(a_lead())).splitlines() if line.strip()]
    assert len(lines) == len(set(lines))
    assert sum("75 of 100" in line for line in lines) == 1
    assert sum("25 of 25" in line for line in lines) == 1


def test_hostile_words_are_shown_as_they_are() -> None:
    hostile = "<!channel> & <@U1>"
    lead = saying("need", text=hostile, evidence=())
    for blocks in (card_blocks(lead), understood_blocks(lead, hostile)):
        assert "<!channel>" not in _texts(blocks)
        assert "&lt;!channel&gt;" in _texts(blocks)


def _texts(part: Any) -> str:
    if isinstance(part, dict):
        return " ".join(_texts(value) for value in part.values())
    return " ".join(map(_texts, part)) if isinstance(part, list) else str(part)
