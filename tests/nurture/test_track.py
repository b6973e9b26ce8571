from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.nurture.track import why
from scoring.model import BANDS, DIMENSIONS, NOT_SAID, Answer
from tests.booking.examples import RUBRIC


def said(**bands):
    return {dimension: Answer(dimension, band, "some", "intending", band) for dimension, band in bands.items()}


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"budget": "none", "authority": "final", "need": "quantified", "timeline": "within_60_days"}, "no_budget"),
        (
            {"budget": "approved", "authority": "none", "need": "specific", "timeline": "within_120_days"},
            "no_authority",
        ),
        ({"budget": "approved", "authority": "final", "need": "specific", "timeline": "someday"}, "later"),
        ({"budget": "amount", "authority": "shared", "need": "curious", "timeline": "within_year"}, "no_clear_need"),
        ({"budget": "exploring", "authority": "none", "need": "quantified", "timeline": "someday"}, "no_authority"),
        ({}, "unknown"),
        ({"budget": "declined", "need": "unclear"}, "unknown"),
        ({"budget": "declined", "authority": "final", "need": "general"}, "no_clear_need"),
        ({"budget": "approved_amount", "authority": "final"}, "unknown"),
    ],
)
def test_the_answer_that_cost_the_most_points_says_why(answers, reason):
    assert why(said(**answers), RUBRIC) == reason


def test_founder_with_no_budget_is_nurtured_on_the_budget_track():
    assert why(said(budget="none", authority="final", need="specific", timeline="within_year"), RUBRIC) == "no_budget"


@given(st.fixed_dictionaries({}, optional={d: st.sampled_from([*BANDS[d], *NOT_SAID]) for d in DIMENSIONS}))
def test_the_reason_is_always_something_that_was_said(bands):
    reason = why(said(**bands), RUBRIC)
    told = {d for d, band in bands.items() if band not in NOT_SAID and band != BANDS[d][0]}
    names = {"no_budget": "budget", "no_authority": "authority", "later": "timeline", "no_clear_need": "need"}
    assert (names[reason] in told) if told else (reason == "unknown")
