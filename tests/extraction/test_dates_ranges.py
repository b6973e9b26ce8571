"""Ranges, parts and holidays: both ends, by the labels and by the conventions that other libraries have."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.dates_convention import Convention
from banter.extraction.dates_moon import moon_holiday

TODAY = date(2026, 11, 18)  # a Wednesday
CALENDAR = Convention(month_of_30_days=False, next_year_undated=False, deadline_inside=False, whole_units=True)


def only(text: str, **options: object) -> DateSpan:
    spans = find_dates(text, TODAY, **options)  # type: ignore[arg-type]
    assert len(spans) == 1, spans
    return spans[0]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from 13th to the 15th of July", "2027-07-13", "2027-07-15"),
        ("April ninth till the seventeenth", "2027-04-09", "2027-04-17"),
        ("from April 27th to the 3rd", "2027-04-27", "2027-05-03"),
        ("Nov-Feb 2028", "2027-11-01", "2028-02-29"),
        ("from May to October 2028", "2028-05-01", "2028-10-31"),
        ("from next Monday to Friday", "2026-11-23", "2026-11-27"),
        ("2027-2028", "2027-01-01", "2028-12-31"),
        ("between now and December 15th", "2026-11-18", "2026-12-15"),
        ("for 10 days from 18 December", "2026-12-18", "2026-12-27"),
        ("for 3 days starting next Monday", "2026-11-23", "2026-11-25"),
        ("the first ten days of May", "2027-05-01", "2027-05-10"),
        ("the last 3 weeks of this year", "2026-12-14", "2027-01-03"),
        ("2026-dec-01 to 2026-dec-05", "2026-12-01", "2026-12-05"),
        ("this work week", "2026-11-16", "2026-11-20"),
        ("next weekend", "2026-11-28", "2026-11-29"),
        ("Thanksgiving weekend", "2026-11-26", "2026-11-29"),
        ("the weekend of Halloween", "2027-10-30", "2027-10-31"),
        ("the next decade", "2030-01-01", "2039-12-31"),
        ("week 3 of 2027", "2027-01-18", "2027-01-24"),
        ("the third day of March", "2027-03-03", "2027-03-03"),
        ("the second last week of 2027", "2027-12-20", "2027-12-26"),
        ("the third Tuesday after Christmas", "2027-01-12", "2027-01-12"),
        ("the closest Monday to 5 October", "2027-10-04", "2027-10-04"),
        ("18 July, Sunday", "2027-07-18", "2027-07-18"),
        ("March in two years", "2029-03-01", "2029-03-31"),
    ],
)
def test_both_ends_of_a_range_are_read(text, first, last):
    span = only(text)
    assert (span.first, span.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("before March", "before"),
        ("by March", "until"),
        ("after March", "after"),
        ("not before March", "since"),
        ("2027 or later", "since"),
        ("in March", None),
        ("March to May", None),
    ],
)
def test_the_words_say_on_which_side_a_period_is_open(text, bound):
    assert only(text).bound == bound


def test_a_range_says_where_what_it_ends_with_begins():
    assert only("March to May").closing == date(2027, 5, 1)
    assert only("in March").closing is None


@pytest.mark.parametrize(
    ("text", "labels", "calendar"),
    [
        ("in two months", "2027-01-17", "2027-01-18"),
        ("next year", None, "2027-12-31"),
        ("before summer", "2027-06-01", "2027-08-31"),
        ("next 3 weeks", "2026-12-09", "2026-12-13"),
    ],
)
def test_the_labels_decide_where_conventions_differ(text, labels, calendar):
    assert only(text).last == (date.fromisoformat(labels) if labels else None)
    assert only(text, convention=CALENDAR).last == date.fromisoformat(calendar)


def test_the_twenty_fourth_is_a_day_only_where_when_was_asked():
    assert only("the 24", asked=True).last == date(2026, 11, 24)
    assert find_dates("the 24", TODAY) == []
    assert only("2-15", asked=True).last == date(2027, 2, 15)
    assert find_dates("2-15", TODAY) == []


@pytest.mark.parametrize(
    "text",
    [
        *("our team works every weekend", "at the end of the day it's about price", "2027's budget", "fall behind"),
        *("this year's budget is gone", "next year's budget is open", "1/3 of our orders", "one of our boys"),
        *("in the second half of the process", "the closest competitor", "new clients come in", "when can you start"),
        *("once a month", "spring cleaning", "a week from hell", "we have 3 upcoming projects"),
    ],
)
def test_the_words_of_the_calendar_in_other_uses_say_no_time(text):
    assert find_dates(text, TODAY) == []


def test_a_part_of_the_fiscal_year_is_counted_from_its_first_month():
    assert only("first half of the fiscal year", fiscal_year_start=4).last == date(2027, 9, 30)
    assert only("Q2 of our next fiscal year", fiscal_year_start=4).last == date(2027, 9, 30)
    assert only("Q2 of our next fiscal year").last == date(2027, 6, 30)


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        # As they were, from published calendars.
        *[("diwali 1", day) for day in ("2019-10-27", "2021-11-04", "2022-10-24", "2023-11-12", "2025-10-20")],
        *[("lunar 1", day) for day in ("2020-01-25", "2021-02-12", "2023-01-22", "2024-02-10", "2026-02-17")],
        *[("islamic 9 1 30", day) for day in ("2018-05-16", "2024-03-11", "2025-03-01", "2026-02-18")],
        *[("islamic 10 1 1", day) for day in ("2018-06-15", "2024-04-10")],
        *[("hebrew passover 8", day) for day in ("2018-03-31", "2024-04-23", "2025-04-13", "2026-04-02")],
        *[("hebrew rosh hashanah 2", day) for day in ("2018-09-10", "2024-10-03", "2025-09-23", "2026-09-12")],
        *[("hebrew hanukkah 8", day) for day in ("2018-12-03", "2024-12-26", "2025-12-15", "2026-12-05")],
        *[("hebrew purim 1", day) for day in ("2024-03-24", "2025-03-14", "2026-03-03")],
    ],
)
def test_the_holidays_of_the_moon_fall_on_their_days(rule, first):
    found = moon_holiday(rule, int(first[:4]))
    assert found is not None
    assert found.first == date.fromisoformat(first)


def test_a_year_without_a_holiday_has_none():
    islamic = [moon_holiday("islamic 12 10 1", year) for year in range(2000, 2040)]
    assert all(found is None or found.first.year in range(2000, 2040) for found in islamic)
    assert moon_holiday("unknown 1", 2027) is None
