"""What buyers say when they are asked "when?", through `banter signals`: each way that they have of saying it."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from banter.extraction.commands import signals

TODAY = "2026-11-22"  # a Sunday


def row(text: str, **more: object) -> dict[str, object]:
    out, err = StringIO(), StringIO()
    asked = {"id": 1, "dimension": "timeline", "question": "When do you need it?", "text": text, "today": TODAY}
    assert signals([json.dumps({**asked, **more})], out, err) == 0, err.getvalue()
    found: dict[str, object] = json.loads(out.getvalue())
    assert all(isinstance(words, str) and words in text for words in found["evidence"])  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("EOM", 8),
        ("by EOQ", 39),
        ("end of Q3", 312),
        ("mid-March", 113),
        ("in 6 weeks or so", 42),
        ("next 30-60 days", 60),
        ("30 to 60 days", 60),
        ("6-8 wks", 56),
        ("3ish months", 90),
        ("max 2 months", 60),
        ("a fortnight", 14),
        ("within a couple of months", 60),
        ("before the holidays", 32),
        ("after the summer", 282),
        ("within the quarter", 39),
        ("by year end", 39),
        ("by the turn of the year", 39),
        ("H2", 39),
        ("Q1", 129),
        ("Q3 or Q4", 404),
        ("2027's first half", 220),
        ("next year's second quarter", 220),
        ("by autumn next year", 373),
        ("the 15th", 23),
        ("the 24", 2),
        ("15.01.", 54),
        ("between March and May", 190),
        ("from the 10th to the 15th of March", 113),
        ("not before March", 129),
        ("on Monday", 1),
        ("Tuesday week", 9),
        ("Friday after next", 12),
        ("a week tomorrow", 8),
        ("by the weekend", 0),
        ("the week after next", 14),
        ("w/c 12 January", 56),
        ("KW 5", 77),
        ("two weeks from Friday", 19),
        ("end of next month", 39),
        ("first thing in January", 49),
        ("last working day of January", 68),
        ("the other side of Christmas", 33),
        ("by Easter", 126),
        ("by Thanksgiving", 4),
        ("before Black Friday", 5),
        ("before Diwali", 341),
        ("after Ramadan", 107),
        ("by Chinese New Year", 76),
        ("Labor Day weekend", 288),
        ("when the new financial year starts", 40),
        ("once Q1 is over", 129),
        ("anywhere from 3 to 6 months", 180),
        ("3 months give or take", 90),
        ("not for at least six months", 180),
        ("half a dozen weeks", 42),
        ("90d", 90),
        ("a week Friday", 12),
        ("mid month", 23),
        ("CY27", 404),
        ("pre-summer", 191),
        ("same time next year", 365),
    ],
)
def test_a_time_is_counted_in_days_to_the_latest_day_meant(text, days):
    assert row(text)["days_max"] == days


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        ("FY27", 1, 404),
        ("FY27", 7, 220),
        ("by the end of FY27", 4, 129),
        ("when the new financial year starts", 4, 130),
        ("Q1 FY28", 4, 220),
        ("fiscal year end", 10, 312),
    ],
)
def test_a_fiscal_year_begins_in_the_month_that_is_given(text, start, days):
    assert row(text, fiscal_year_start=start)["days_max"] == days


def test_day_and_month_stand_as_the_country_writes_them():
    assert row("3/4", day_first=True)["days_max"] == 132
    assert row("3/4")["days_max"] == 102
    assert row("31/10")["days_max"] == row("10/31", day_first=True)["days_max"] == 343


@pytest.mark.parametrize(
    "text",
    [
        *("we needed it last May", "we needed it in June", "if we had started in June", "had we signed in June"),
        *("we should've started in May", "would have been great in October", "we started in June", "two weeks ago"),
        *("if we'd bought it in January we'd be fine", "half ten", "it started in 2019"),
    ],
)
def test_what_was_or_might_have_been_is_no_answer(text):
    found = row(text)
    assert (found["band"], found["days_max"], found["evidence"]) == ("unclear", None, [])


def test_a_plan_beside_what_was_still_counts():
    assert row("we started looking in June and need it by March")["days_max"] == 129


@pytest.mark.parametrize(
    ("text", "commitment"),
    [
        ("no later than March 31", "committed"),
        ("our contract ends on 31 January", "committed"),
        ("in March", "intending"),
        ("hopefully in March", "tentative"),
    ],
)
def test_a_deadline_is_committed_and_a_hope_tentative(text, commitment):
    assert row(text)["commitment"] == commitment


@pytest.mark.parametrize("text", ["next year", "sometime next year", "someday", "no rush"])
def test_no_date_is_no_number_of_days(text):
    assert (row(text)["band"], row(text)["days_max"]) == ("someday", None)


@pytest.mark.parametrize(("text", "band"), [("asap", "within_60_days"), ("within days", "within_60_days")])
def test_urgency_has_a_band_and_no_day(text, band):
    assert (row(text)["band"], row(text)["days_max"]) == (band, None)


@pytest.mark.parametrize(
    ("more", "mend"),
    [({"fiscal_year_start": 13}, "a month, 1 to 12"), ({"day_first": "yes"}, "true or false")],
)
def test_a_wrong_option_is_named_with_its_mend(more, mend):
    err = StringIO()
    line = {"id": 1, "dimension": "timeline", "text": "May", "today": TODAY, **more}
    assert signals([json.dumps(line)], StringIO(), err) == 1
    assert mend in err.getvalue()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I would put it at four months", 120),
        ("figure 90 days", 90),
        ("give me three weeks to get my head round it", 21),
        ("hundred days", 100),
        ("six weeks roughly", 42),
        ("maybe six months off", 180),
        ("year from now I guess", 365),
        ("after 40 days", 40),
        ("two more things, then four months later", 120),
        ("May if the rain is done", 190),
        ("end of May I reckon", 190),
        ("half of April", 144),
        ("begin of February", 80),
        ("the first semester", 220),
        ("in second half-year", 39),
        ("by Hogmanay", 39),
        ("before Paddy's Day", 115),
        ("must be done: 15.08", 266),
        ("märz", 129),
    ],
)
def test_more_ways_of_saying_when_are_counted(text, days):
    assert row(text)["days_max"] == days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("before the campaign of spring, so April", 159),
        ("autumn, let's say September", 312),
        ("I'd said May to the boss, but make it April", 159),
        ("the boss wanted June, I say August", 282),
        ("not in July, August", 282),
        ("1 July, new financial year", 221),
        ("before Ramadan, so before 2 Feb", 72),
        ("the new school year starts 1 Sept so must finish set up by 31 Aug", 282),
        ("from January the season is on, that's why we want it by mid December", 23),
        ("the fair is in February, we show it on the 20th", 90),
        ("mid January the crew is back, then training, so figure five months", 150),
        ("March, because in April we move", 129),
    ],
)
def test_of_several_times_the_wish_counts_and_not_its_reasons(text, days):
    assert row(text)["days_max"] == days
