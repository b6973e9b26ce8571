"""Leads and rubrics with every part, drawn from a seed: the same ones each time, and none is shrunk when it fails."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from scoring.fit import Profile
from scoring.known import EVENTS, FIGURES, SIGNS, TRAITS, Event, Fact, Known
from scoring.model import BANDS, COMMITMENTS, CRITERIA, DIMENSIONS, NOT_SAID, SPECIFICITIES, Answer, Dimension, Evidence
from scoring.profile import profile_from
from scoring.rubric import Rubric, as_written
from tests.scoring.generated import NAMES, NOW, SAID

RANGES = ("10-50", "100+", "under 20", "40 to 400", "30+")
Answers = dict[Dimension, Answer]


def a_rubric(lots: Random, *, in_order: bool = True) -> Rubric:
    """Any rubric that is well-formed and whose thresholds make sense; each part in one of two. `in_order`: a better
    band is worth no less."""
    framework = lots.choice(("bant", "champ"))
    names = CRITERIA[framework]
    points = {}
    for dimension, bands in BANDS.items():
        figures = [lots.randint(0, 8) * lots.choice((1, 5)) for _ in bands]
        points[names[dimension]] = dict(zip(bands, sorted(figures, reverse=True) if in_order else figures, strict=True))
    points[names["need"]]["quantified"] = 40
    most = sum(max(bands.values()) for bands in points.values())
    limits = _limits(lots, most)
    data = {"version": 1, "points": points, "thresholds": limits}
    parts = {name: part for name, part in _parts(lots, names, most).items() if lots.random() < 0.5}
    return as_written(framework, {**data, **parts})


def a_profile(lots: Random, most: int = 5) -> Profile:
    traits: dict[str, Any] = {}
    for about in lots.sample(TRAITS, lots.randint(0, most)):
        traits[about] = {"weight": lots.randint(1, 40), "fits": _wanted(lots, about)}
        if lots.random() < 0.3:
            traits[about]["disqualifies"] = "5000+" if about in FIGURES else ["tobacco"]
    return profile_from(traits)


def what_is_known(lots: Random) -> Known:
    facts = {about: tuple(_fact(lots, about) for _ in range(lots.choice((1, 1, 2))))
             for about in lots.sample((*TRAITS, *SIGNS), lots.randint(0, 8))}  # fmt: skip
    kinds = lots.choices(EVENTS, k=lots.randint(0, 12))
    events = tuple(Event(kind, NOW - timedelta(hours=lots.randint(-50, 5000)), lots.choice(PAGES)) for kind in kinds)
    return Known(facts, events, lots.choice((NOW, NOW, None)))


def some_answers(lots: Random) -> Answers:
    return {d: an_answer(lots, d) for d in DIMENSIONS if lots.random() < 0.7}


def an_answer(lots: Random, dimension: Dimension) -> Answer:
    band = lots.choice((*BANDS[dimension], *BANDS[dimension], *NOT_SAID))
    text, kind = lots.choice(SAID), lots.choice(("sign", "statement"))
    evidence = (Evidence(text[:4], 0, len(text[:4]), kind),) if lots.random() < 0.7 else ()
    return Answer(dimension, band, lots.choice(SPECIFICITIES), lots.choice(COMMITMENTS), text, evidence)


PAGES = ("", "https://acorn.example/", "https://acorn.example/prices", "/a", "/b", "/c", "/d", "/e")


def _parts(lots: Random, names: Any, most: int) -> dict[str, Any]:
    signs = (*SPECIFICITIES, *COMMITMENTS)
    return {
        "signals": {
            name: {sign: lots.randint(-15, 15) for sign in lots.sample(signs, 3)}
            for name in lots.sample(list(names.values()), 2)
        },
        "behaviour": {
            "points": {kind: _worth(lots) for kind in lots.sample(EVENTS, 5)},
            **({"half_life": lots.randint(1, 60)} if lots.random() < 0.7 else {}),
        },
        "negatives": {f"against_{n}": {**_condition(lots), "points": -lots.randint(1, 30)} for n in range(2)},
        "caps": {group: lots.randint(0, 30) for group in ("signals", "behaviour", "negatives") if lots.random() < 0.7},
        "fit": {"adds": lots.randint(0, 30)},
        "disqualifiers": {"out": {**_condition(lots), "reason": "They are not for us."}},
        "deals": {f"deal_{n}": {**_condition(lots), **_limits(lots, most)} for n in range(2)},
        "handoff": _handoff(lots, list(names.values()), most),
        "border": lots.randint(0, 10),
    }


def _worth(lots: Random) -> Any:
    each = lots.randint(0, 20)
    return each if lots.random() < 0.5 else {"each": each, "most": each + lots.randint(0, 20)}


def _handoff(lots: Random, criteria: list[str], most: int) -> dict[str, Any]:
    low, high = sorted((lots.randint(0, 100), lots.randint(0, 100)))
    moderate, strong = sorted((lots.randint(1, most), lots.randint(1, most)))
    enough = lots.sample(criteria, lots.randint(0, 2))
    return {"strong_fit": high, "moderate_fit": low, "strong_intent": strong, "moderate_intent": moderate,
            "enough": enough}  # fmt: skip


def _limits(lots: Random, most: int) -> dict[str, int]:
    qualified = lots.randint(2, most)
    return {"qualified": qualified, "warm": lots.randint(0, qualified - 1)}


def _condition(lots: Random) -> dict[str, Any]:
    sides = lots.choice((("when",), ("unless",), ("when", "unless")))
    return {side: {about: _wanted(lots, about) for about in lots.sample((*TRAITS, *SIGNS), lots.choice((1, 1, 2)))}
            for side in sides}  # fmt: skip


def _wanted(lots: Random, about: str) -> Any:
    return lots.choice(RANGES) if about in FIGURES else lots.sample(NAMES, lots.randint(1, 3))


def _fact(lots: Random, about: str) -> Fact:
    if about not in FIGURES:
        name = lots.choice((*NAMES, "tobacco", "retail"))
        return Fact((name,), words=(name.title(),), source=lots.choice(("said", "phone")))
    least = lots.randint(0, 300)
    ends = lots.choice(((least, least), (least, None), (None, least), (least, least + 40)))
    return Fact((), *ends, words=(f"about {least}",))
