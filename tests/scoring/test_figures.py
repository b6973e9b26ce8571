"""The figures of the default rubric, one by one, and the leads they were chosen for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scoring.model import BANDS, CRITERIA, DIMENSIONS, Answer, Dimension
from scoring.route import route
from scoring.score import score
from tests.scoring.test_always import SHIPPED

FIGURES: dict[Dimension, dict[str, int]] = {
    "budget": {"approved_amount": 30, "approved": 22, "amount": 16, "exploring": 10, "none": 0},
    "authority": {"final": 25, "shared": 20, "influence": 15, "none": 5},
    "need": {"quantified": 25, "specific": 18, "general": 8, "curious": 2},
    "timeline": {"within_60_days": 20, "within_120_days": 12, "within_year": 6, "someday": 3},
}
EACH = [(d, band, points) for d, bands in FIGURES.items() for band, points in bands.items()]


def said(**bands: str) -> dict[Dimension, Answer]:
    return {d: Answer(d, bands[d], "some", "intending", f"about {d}") for d in DIMENSIONS if d in bands}


@pytest.mark.parametrize("name", sorted(SHIPPED))
@pytest.mark.parametrize(("dimension", "band", "points"), EACH)
def test_a_band_gives_its_figure(name: str, dimension: Dimension, band: str, points: int) -> None:
    made = score(said(**{dimension: band}), SHIPPED[name])
    assert [(line.rule, line.points) for line in made.lines] == [(f"{dimension}.{band}", points)]


def test_the_figures_leave_no_band_out() -> None:
    assert {d: tuple(bands) for d, bands in FIGURES.items()} == dict(BANDS)


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_the_best_answers_give_a_hundred_points(name: str) -> None:
    assert SHIPPED[name].most == 100
    assert (SHIPPED[name].qualified, SHIPPED[name].warm) == (75, 40)
    assert SHIPPED[name].name == f"{name}@1"


LEADS = """
approved_amount  final      quantified  within_60_days   100  book
approved_amount  final      -           within_60_days    75  book
approved         none       quantified  within_60_days    72  nurture_warm
amount           final      specific    within_year       65  nurture_warm
none             final      quantified  someday           53  nurture_warm
exploring        shared     general     someday           41  nurture_warm
-                shared     specific    -                 38  nurture_cold
none             none       curious     someday           10  nurture_cold
declined         unclear    -           -                  0  nurture_cold
-                -          -           -                  0  nurture_cold
"""


@pytest.mark.parametrize("lead", LEADS.strip().splitlines())
@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_a_lead_gets_the_total_and_the_route_of_what_was_said(name: str, lead: str) -> None:
    *bands, total, goes = lead.split()
    answers = said(**{d: band for d, band in zip(DIMENSIONS, bands, strict=True) if band != "-"})
    made = score(answers, SHIPPED[name])
    assert made.total == int(total)
    assert route(made, SHIPPED[name], answers, final=True).name == goes


@pytest.mark.parametrize(("short_of", "goes"), [(0, "book"), (1, "nurture_warm")])
def test_the_border_belongs_to_the_better_route(short_of: int, goes: str) -> None:
    answers = said(budget="approved_amount", authority="final", timeline="within_60_days")  # 75
    rubric = SHIPPED["bant"]
    points = score(answers, rubric)

    def goes_to(qualified: int, warm: int) -> str:
        return route(points, replace(rubric, qualified=qualified, warm=warm), answers, final=True).name

    assert goes_to(75 + short_of, 40) == goes
    assert goes_to(99, 75) == "nurture_warm"
    assert goes_to(99, 76) == "nurture_cold"


def test_a_champ_lead_reads_the_names_of_champ() -> None:
    answers = said(budget="approved_amount", need="quantified", authority="final")
    reasons = route(score(answers, SHIPPED["champ"]), SHIPPED["champ"], answers, final=True).reasons
    text = " ".join(reasons)
    assert "Money: approved amount, 30 of 30." in reasons
    assert "Challenges: quantified, 25 of 25." in reasons
    assert "Prioritization: not asked yet, so it adds nothing." in reasons
    assert "Budget" not in text
    assert "Timeline" not in text


def test_a_refused_answer_reads_as_not_told_and_a_vague_one_as_not_clear() -> None:
    answers = said(budget="declined", need="unclear")
    reasons = route(score(answers, SHIPPED["bant"]), SHIPPED["bant"], answers, final=True).reasons
    assert "Budget: not told, so it adds nothing." in reasons
    assert "Need: not clear, so it adds nothing." in reasons


def test_the_two_rubrics_that_ship_are_twins() -> None:
    assert SHIPPED["bant"].points == SHIPPED["champ"].points
    assert set(CRITERIA["champ"].values()) == {"challenges", "authority", "money", "prioritization"}
