"""Times as visitors write them, counted as docs/labels.md says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.text import sentences, tokenise

TODAY = date(2026, 11, 18)  # a Wednesday


def only(text: str, **options: object) -> DateSpan:
    spans = find_dates(text, TODAY, **options)  # type: ignore[arg-type]
    assert len(spans) == 1, spans
    return spans[0]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("2026-12-01", "2026-12-01"),
        ("1.12.2026", "2026-12-01"),
        ("Oct 31st", "2027-10-31"),
        ("by December 31, 2026", "2026-12-31"),
        ("15 Jan", "2027-01-15"),
        ("January 10-15", "2027-01-15"),
        ("10-15 January", "2027-01-15"),
        ("between the 10th and 15th of March", "2027-03-15"),
        ("in febuary", "2027-02-28"),
        ("tmrw", "2026-11-19"),
        ("the day after tomorrow", "2026-11-20"),
        ("Friday", "2026-11-20"),
        ("this Friday", "2026-11-20"),
        ("next Friday", "2026-11-27"),
        ("by next Friday EOD", "2026-11-27"),
        ("Wednesday of next week", "2026-11-25"),
        ("on the 15th", "2026-12-15"),
        ("the 15th of next month", "2026-12-15"),
        ("our audit on the 15th of next month", "2026-12-15"),
        ("the last Friday of January", "2027-01-29"),
        ("the first week of February", "2027-02-07"),
        ("week commencing 7 December", "2026-12-13"),
    ],
)
def test_a_named_day_is_the_next_one_of_its_name(text, last):
    assert only(text).last == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("this week", "2026-11-22"),
        ("next week", "2026-11-29"),
        ("EOW", "2026-11-22"),
        ("EOM", "2026-11-30"),
        ("live by month-end", "2026-11-30"),
        ("by the end of next month", "2026-12-31"),
        ("January", "2027-01-31"),
        ("early March", "2027-03-10"),
        ("start of January", "2027-01-10"),
        ("mid-March", "2027-03-15"),
        ("late January", "2027-01-31"),
        ("second half of January", "2027-01-31"),
        ("EOQ", "2026-12-31"),
        ("within the quarter", "2026-12-31"),
        ("Q1", "2027-03-31"),
        ("end of Q3", "2027-09-30"),
        ("Q1'27", "2027-03-31"),
        ("Q1 or Q2", "2027-06-30"),
        ("third quarter of 2027", "2027-09-30"),
        ("H2", "2026-12-31"),
        ("H1 next year", "2027-06-30"),
        ("by year end", "2026-12-31"),
        ("before the year is out", "2026-12-31"),
        ("early next year", "2027-03-31"),
        ("end of next year", "2027-12-31"),
        ("in 2028", "2028-12-31"),
        ("sometime in 2028", "2028-12-31"),
        ("spring", "2027-05-31"),
        ("in the fall", "2027-11-30"),
        ("this winter", "2027-02-28"),
        ("winter 2028", "2028-02-29"),
        ("by the end of next summer", "2027-08-31"),
        ("the week after next", "2026-12-06"),
        ("from January to March", "2027-03-31"),
        ("March or April", "2027-04-30"),
    ],
)
def test_a_period_ends_on_its_last_day(text, last):
    assert only(text).last == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("in 6 weeks or so", 42),
        ("next 30-60 days", 60),
        ("in 3 to 4 months", 120),
        ("within 90 days", 90),
        ("a fortnight", 14),
        ("a couple of months", 60),
        ("in a month or two", 60),
        ("6 months from now", 180),
        ("a year and a half", 540),
        ("in twelve weeks", 84),
        ("two weeks' time", 14),
        ("within the next year", 365),
        ("about 3 months", 90),
        ("in 10 business days", 14),
        ("in the coming weeks", 21),
        ("two weeks from Monday", 19),
        ("three tuesdays from now", 20),
    ],
)
def test_counted_time_is_counted_in_days_and_a_month_has_thirty(text, days):
    assert only(text).last == TODAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("before the holidays", "2026-12-24"),
        ("before Christmas", "2026-12-25"),
        ("by Easter", "2027-03-28"),
        ("by Thanksgiving", "2026-11-26"),
        ("before the end of the year", "2026-12-31"),
        ("before the 15th", "2026-12-15"),
        ("before summer", "2027-06-01"),
        ("not before March", "2027-03-31"),
        ("after the summer", "2027-08-31"),
        ("after Q1", "2027-03-31"),
        ("after the Christmas break", "2027-01-01"),
        ("by end of Friday", "2026-11-20"),
        ("by mid January at the latest", "2027-01-15"),
    ],
)
def test_before_is_the_day_itself_and_after_is_counted_from_the_end(text, last):
    assert only(text).last == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("15 January", "point"),
        ("in January", "range"),
        ("by January", "deadline"),
        ("no later than Dec 15", "deadline"),
        ("in 3 months", "duration"),
        ("last year", "past"),
        ("two months ago", "past"),
        ("in 2024", "past"),
        ("since September", "past"),
        ("yesterday we lost 3 orders", "past"),
        ("asap", "urgent"),
        ("a.s.a.p.", "urgent"),
        ("need it now", "urgent"),
        ("yesterday", "urgent"),
        ("immediately", "urgent"),
        ("someday", "undated"),
        ("next year", "undated"),
        ("no rush", "undated"),
        ("eventually", "undated"),
    ],
)
def test_the_kind_says_how_the_time_was_meant(text, kind):
    span = only(text)
    assert span.kind == kind
    if kind in {"urgent", "undated"}:
        assert span.last is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "month end close takes my team 6 days",
            "30 hours a week",
            "every month end",
            "we may buy",
            "ISO 27001",
            "24/7",
        ),
        *("right now we use spreadsheets", "Today we do it by hand", "2027 customers", "we've used it for 3 years", ""),
        *("as soon as the contract is signed", "30 days after signing", "10:30", "$2027", "the 2nd option", "1/2/3/4"),
    ],
)
def test_words_that_say_no_time_are_left_alone(text):
    assert find_dates(text, TODAY) == []


def test_day_and_month_stand_in_the_order_of_the_country():
    assert only("3/4").last == date(2027, 3, 4)
    assert only("3/4", day_first=True).last == date(2027, 4, 3)
    assert only("31/10").last == only("10/31", day_first=True).last == date(2027, 10, 31)


def test_a_fiscal_year_is_named_by_the_year_it_ends_in():
    assert only("FY27").last == date(2027, 12, 31)
    assert only("by the end of FY27", fiscal_year_start=7).last == date(2027, 6, 30)
    assert only("Q1 FY27", fiscal_year_start=7).last == date(2026, 9, 30)
    assert only("fiscal year end", fiscal_year_start=4).last == date(2027, 3, 31)


def test_a_vague_end_is_not_precise():
    assert not only("early next year").precise
    assert not only("in a few weeks").precise
    assert only("by 15 January").precise


def test_the_words_around_a_time_belong_to_it():
    span = only("Probably live by the end of Q1 at the latest, thanks")
    assert (span.text, span.start) == ("by the end of Q1 at the latest", 14)


def test_several_times_come_in_the_order_in_which_they_are_said():
    spans = find_dates("hoping for Q1, but no rush; Thursday or Friday is fine", TODAY)
    assert [span.kind for span in spans] == ["range", "undated", "point", "point"]


@pytest.mark.parametrize(
    "text", ["", " ", "a\0b", "'" * 2_000, "(" * 2_000, "e\u0301" * 1_000, "x" * 2_000 + " 5k", "🙂" * 500]
)
def test_tokens_spell_the_text_again(text):
    assert tokenise(text).text == text


def test_sentences_end_at_full_stops_but_not_at_abbreviations():
    text = " We need it by Dec. 15, approx. 20k. Can you?  Thanks"
    assert [text[a:b] for a, b in sentences(text)] == ["We need it by Dec. 15, approx. 20k.", "Can you?", "Thanks"]
    assert list(sentences(" \n ")) == []
