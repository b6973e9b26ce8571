"""What counts beside the four answers stands on the lead's page, so that its lines add up there too."""

from __future__ import annotations

from dataclasses import replace

from banter.dashboard.story import card
from banter.leads.qualify import qualify
from scoring.behaviour import Behaviour, Worth
from scoring.known import Event
from scoring.model import Thresholds
from scoring.parts import Deal, Parts
from scoring.wanted import When
from tests.dashboard.examples import NEED, NOW, RULES, lead


def test_the_lines_of_the_card_add_up_to_its_total_with_every_kind_of_points() -> None:
    parts = Parts(
        signals={"need": {"precise": 4}},
        behaviour=Behaviour({"pricing_page": Worth(8, 8)}),
        caps={"signals": 1},
    )
    rubric = replace(RULES.rubric, parts=parts)
    rules = replace(RULES, rubrics={**RULES.rubrics, rubric.framework: rubric})
    seen = (Event("pricing_page", NOW, "https://a.example/pricing"),)
    shown = card(qualify(replace(lead("one", 5, NEED), events=seen), rules), rubric, {})
    assert shown.total == sum(line.points or 0 for line in shown.lines)
    assert [(line.criterion, line.plain, line.points) for line in shown.lines[4:]] == [
        ("Signals", "need, precise", 4),
        ("Behaviour", "pricing page", 8),
        ("Caps", "signals", -3),
    ]


def test_the_bar_shows_the_thresholds_of_the_kind_of_deal() -> None:
    deal = Deal(When(), Thresholds(90, 50, "high_ticket"))  # a condition of nothing always holds
    rubric = replace(RULES.rubric, parts=Parts(deals=(deal,)))
    rules = replace(RULES, rubrics={**RULES.rubrics, rubric.framework: rubric})
    shown = card(qualify(lead("one", 5, NEED), rules), rubric, {})
    assert (shown.qualified, shown.warm) == (90, 50)
