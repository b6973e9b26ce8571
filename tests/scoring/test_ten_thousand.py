"""Ten thousand leads, each under a rubric of its own with all its parts, drawn from one seed."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from scoring.change import BEST_FIRST, with_band
from scoring.fit import Profile
from scoring.known import EVENTS, FIGURES, TRAITS, Event, Fact, Known
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, NOT_SAID, SPECIFICITIES, Answer, Dimension
from scoring.profile import profile_from
from scoring.rubric import Rubric, rubric_from
from scoring.verdict import judge
from tests.scoring.generated import NAMES, NOW

MANY = 10_000


def _wanted(lots: Random, about: str) -> Any:
    return lots.choice(["10-50", "100+", "under 20"]) if about in FIGURES else lots.sample(NAMES, 2)


def _condition(lots: Random) -> dict[str, Any]:
    about = lots.choice(TRAITS)
    return {lots.choice(("when", "unless")): {about: _wanted(lots, about)}}


def _rubric(lots: Random) -> Rubric:
    """In order: a better band is worth no less."""
    points = {
        d: dict(zip(b, sorted((lots.randint(1, 40) for _ in b), reverse=True), strict=True)) for d, b in BANDS.items()
    }
    qualified = lots.randint(2, sum(max(bands.values()) for bands in points.values()))
    limits = {"qualified": qualified, "warm": lots.randint(0, qualified - 1)}
    low, high = sorted((lots.randint(0, 100), lots.randint(0, 100)))
    parts: dict[str, Any] = {
        "signals": {d: {s: lots.randint(-15, 15) for s in (*SPECIFICITIES, *COMMITMENTS)} for d in DIMENSIONS},
        "behaviour": {"half_life": lots.randint(1, 60), "points": {kind: lots.randint(0, 30) for kind in EVENTS}},
        "negatives": {"one": {**_condition(lots), "points": -lots.randint(1, 30)}},
        "caps": {group: lots.randint(0, 30) for group in ("signals", "behaviour", "negatives")},
        "fit": {"adds": lots.randint(0, 30)},
        "deals": {"some": {**_condition(lots), **limits}},
        "handoff": {"strong_fit": high, "moderate_fit": low, "strong_intent": high, "moderate_intent": low},
        "border": lots.randint(0, 10),
    }
    switched_on = {name: part for name, part in parts.items() if lots.random() < 0.5}
    return rubric_from("bant", {"version": 1, "points": points, "thresholds": limits, **switched_on})


def _profile(lots: Random) -> Profile:
    traits = lots.sample(TRAITS, lots.randint(0, 5))
    return profile_from({about: {"weight": lots.randint(1, 40), "fits": _wanted(lots, about)} for about in traits})


def _known(lots: Random) -> Known:
    facts = {}
    for about in lots.sample(TRAITS, lots.randint(0, 6)):
        least = lots.randint(0, 300)
        facts[about] = (Fact((), least, least, ("some",)) if about in FIGURES else Fact((lots.choice(NAMES),)),)
    kinds = lots.choices(EVENTS, k=lots.randint(0, 6))
    return Known(facts, tuple(Event(kind, NOW - timedelta(days=lots.randint(0, 200))) for kind in kinds), NOW)


def _answer(lots: Random, dimension: Dimension) -> Answer:
    band = lots.choice((*BANDS[dimension], *NOT_SAID))
    return Answer(dimension, band, lots.choice(SPECIFICITIES), lots.choice(COMMITMENTS), "so it is")


@pytest.mark.slow
def test_ten_thousand_leads_add_up_and_nothing_unknown_is_above_what_is_known() -> None:
    lots = Random(6)
    for number in range(MANY):
        rubric, profile, known = _rubric(lots), _profile(lots), _known(lots)
        answers = {d: _answer(lots, d) for d in DIMENSIONS if lots.random() < 0.7}
        verdict = judge(answers, rubric, known, profile)
        limits = rubric.thresholds_for(known)
        label = "hot" if verdict.total >= limits.qualified else "warm" if verdict.total >= limits.warm else "cold"
        assert verdict.total == sum(line.points for line in verdict.lines), number
        assert verdict.segment == label, number
        for dimension in DIMENSIONS:
            without = judge({d: a for d, a in answers.items() if d != dimension}, rubric, known, profile)
            better = lots.choice(BANDS[dimension])
            told = judge(with_band(answers, dimension, better), rubric, known, profile)
            assert without.total <= told.total, number
            assert _place(without) >= _place(told), number
            was = answers.get(dimension)
            if was is not None and was.said and BANDS[dimension].index(better) <= BANDS[dimension].index(was.band):
                assert told.total >= verdict.total, number
                assert _place(told) <= _place(verdict), number


def _place(verdict: Any) -> int:
    return BEST_FIRST.index(verdict.route.name)
