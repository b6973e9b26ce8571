"""The words that visitors have, as data."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from banter.simulate.model import DIMENSIONS
from banter.simulate.visitors import months
from scoring.model import BANDS
from tests.simulate.saying import CAST

ANSWERS = CAST.saying("answer")
MANNERS = ("terse", "plain", "chatty", "typos")


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_band_can_be_said_in_a_dozen_ways_and_in_every_manner(dimension):
    for band in BANDS[dimension]:
        lines = [line for line in ANSWERS if line.means == {dimension: band}]
        assert len(lines) >= 12, band
        assert {line.manner for line in lines} == set(MANNERS), band
        assert {line.manner for line in lines if line.alone} == set(MANNERS), band


def test_no_line_stands_there_twice_and_each_tells_bands_that_there_are():
    twice = [key for key, n in Counter((li.says, li.about, li.text, li.after) for li in _all()).items() if n > 1]
    assert twice == []
    assert [li.text for li in _all() for d, band in li.means.items() if band not in BANDS[d]] == []


def test_every_answer_to_the_first_question_is_marked_with_the_one_dimension_that_it_is_about():
    assert [li.text for li in ANSWERS if set(li.means) != {li.about}] == []


def test_every_kind_opens_with_something_that_can_be_said_and_no_chances_are_above_one():
    composed = {"answer", "question", "several", "everything", "sales", "research", "support"}
    for kind in CAST.kinds.values():
        assert [how for how in kind.opens if how not in composed and not CAST.saying(how)] == [], kind.name
        assert sum(kind.does.values()) < 3
        assert all(0 <= chance <= 1 for chance in kind.does.values()), kind.name


def test_months_end_within_the_days_that_their_band_means_on_every_day_of_the_year():
    for day in range(366):
        today = date(2028, 1, 1) + timedelta(days=day)
        assert set(months(today)) == {"soon", "mid", "far"}


def test_the_months_of_late_november():
    assert months(date(2026, 11, 23)) == {"soon": "December", "mid": "January", "far": "June"}


def _all():
    return [line for lines in CAST.lines.values() for line in lines]
