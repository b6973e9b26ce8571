"""The example playbooks and the presets are sound, and use what they say they use."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from ruamel.yaml import YAML

from banter.configuration import check, load_playbook
from scoring.known import Event, Fact, Known
from scoring.model import CRITERIA, DIMENSIONS, Answer
from scoring.rubric import Rubric, rubric_from
from scoring.verdict import judge
from tests.configuration.folder import ROOT

EXAMPLES = ("agency", "software", "equipment")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_a_whole_playbook_without_a_fault_that_uses_every_part(name: str) -> None:
    folder = ROOT / "examples" / name
    assert check(folder, {}) == []
    playbook = load_playbook(folder)
    parts = playbook.rubric.parts
    assert playbook.profile.traits
    assert parts.signals
    assert parts.behaviour.worth
    assert parts.behaviour.half_life
    assert parts.negatives
    assert parts.caps
    assert parts.fit_adds
    assert parts.disqualifiers
    assert parts.deals
    assert parts.handoff
    assert parts.border


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_best_lead_of_an_example_goes_to_sales_and_a_silent_one_does_not(name: str) -> None:
    playbook = load_playbook(ROOT / "examples" / name)
    facts = {
        trait.about: (Fact(trait.fits.names[:1], trait.fits.least, trait.fits.least, ("said so",)),)
        for trait in playbook.profile.traits
    }
    best = {d: Answer(d, next(iter(playbook.rubric.points[d])), "precise", "committed", "so") for d in DIMENSIONS}
    verdict = judge(best, playbook.rubric, Known(facts, (), NOW), playbook.profile)
    assert (verdict.fit and verdict.fit.percent, verdict.route.name, verdict.stage) == (100, "book", "SQL")
    assert judge({}, playbook.rubric, Known(now=NOW), playbook.profile).route.name == "nurture_cold"


def preset(name: str) -> Rubric:
    return rubric_from("bant", YAML(typ="safe", pure=True).load(ROOT / "scoring" / "presets" / f"{name}.yml"))


def test_the_support_desk_weighs_need_thirty_budget_and_timeline_twenty_five_and_authority_twenty() -> None:
    rubric = preset("support_desk")
    most = {CRITERIA["bant"][d]: max(bands.values()) for d, bands in rubric.points.items()}
    assert most == {"need": 30, "budget": 25, "timeline": 25, "authority": 20}
    assert (rubric.qualified, rubric.warm) == (75, 40)


def test_a_small_business_goes_by_what_is_done_on_its_website() -> None:
    rubric = preset("small_business")
    worth = {"visit": 5, "download": 10, "email_click": 10, "pricing_page": 20, "demo_request": 30, "booked_call": 30}
    for kind, points in worth.items():
        seen = Known(events=(Event(kind, NOW - timedelta(days=90)),), now=NOW)
        assert judge({}, rubric, seen).total == points
    outside = {"industry": (Fact(("legal",)),)}
    events = tuple(Event(kind, NOW) for kind in ("pricing_page", "demo_request"))
    assert judge({}, rubric, Known({}, events, NOW)).segment == "hot"  # 50
    assert (judge({}, rubric, Known(outside, events, NOW)).total, rubric.qualified, rubric.warm) == (40, 50, 20)
