"""The grammar of time on texts that no buyer writes: nothing breaks, nothing takes for ever."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.dates_convention import Convention
from banter.extraction.text import pattern_rows
from tests.steps import steps_of

TODAY = date(2026, 11, 18)
PIECES = st.sampled_from(
    [
        *["by ", "end of ", "the ", "next ", "last ", "week ", "month", "Q1", "Q4 ", "2027", "31", "/", "-", "1st "],
        *[
            "of ",
            "may ",
            "march ",
            "feb ",
            " to ",
            " or ",
            "in ",
            "3 ",
            "a couple of ",
            "weeks ",
            "ago",
            "from ",
            "now",
        ],
        *["easter", "FY27", "'", "\0", "🙂", "İ", "é", ".", ",", "first ", "29 ", "9999", "0", "monday ", "summer "],
        *[
            "mid-",
            "before ",
            "ASAP",
            "weekend ",
            "after next",
            "'s ",
            "half ",
            "decade ",
            "ramadan ",
            "diwali 1",
            "for ",
        ],
        *[
            "closest ",
            "upcoming ",
            "new ",
            "fiscal year ",
            "starts ",
            "year ",
            "since ",
            "or later",
            "w/c ",
            "90s ",
            "~",
        ],
        *["half ten", "15.01.", "½", "\u202e", "１５", "٣", "hanukkah ", "tax ", "when ", "once ", "total ", "10000 "],
    ]
)
FORMS = [form for row in pattern_rows("dates_words.jsonl") for form in row["forms"]]
FORMS += ["2027", "15", "3", "q1", "'s", "-", "to", "of", "a", "the", "/", ".", ",", "9999", "0", "29", "two", "half"]
DAYS = st.dates(date(1970, 1, 1), date(2150, 12, 31))
OTHER = Convention(
    month_of_30_days=False,
    next_year_undated=False,
    deadline_inside=False,
    whole_units=True,
    upcoming_is_last=True,
    passed_is_next=False,
    parts={("month", "end"): (21, 0), ("year", "start"): (1, 3), ("week", "end"): (5, 7)},
    seasons={"winter": ((12, 21), (3, 20))},
)
#: Our own strings that have broken programs: controls, bidirectional marks, huge numbers, markup, other digits, emoji.
NAUGHTY = [
    *[
        "",
        " ",
        "\0",
        "\t\n\r",
        "\ufeff",
        "\u202eQ4 yb",
        "NaN",
        "-1/0",
        "1e309 days",
        "in 1e9 years",
        "9" * 500 + " weeks",
    ],
    *["in 99999999999999999999 months", "31/02", "29 February 2027", "0/0/0000", "00.00.0000", "the 0th", "the 99th"],
    *["year 0", "in the year 9999", "9999-12-31", "FY9999", "Q4 9999", "week 53 of 9999", "the 9990s", "-5 days"],
    *["<script>May</script>", "'; DROP TABLE May; --", "{{march}}", "%d %s %n", "${jndi:ldap://x}", "../../../in May"],
    *[
        "🙂" * 50 + " in May",
        "Ｍａｙ １５",
        "٣ أسابيع",
        "三个月",
        "e\u0301" * 40,
        "a\u0300\u0301\u0302 week",
        "İn Mаrch",
    ],
    *["Ramadan 9999", "Passover 1", "Hanukkah 9989", "Diwali 1700", "Lunar New Year 2200", "Easter 1", "next " * 40],
]


def holds(text: str, spans: list[DateSpan]) -> None:
    end = 0
    for span in spans:
        assert text[span.start : span.end] == span.text
        assert span.text
        assert span.start >= end
        assert (span.last is not None) or span.kind in {"urgent", "undated", "past"}
        assert span.first is None or span.last is None or span.first <= span.last
        end = span.end


@settings(max_examples=400, deadline=None)
@given(
    st.lists(PIECES, max_size=12).map("".join),
    DAYS,
    st.booleans(),
    st.integers(1, 12),
    st.booleans(),
    st.sampled_from([Convention(), OTHER]),
)
def test_any_text_is_read_and_each_span_is_a_part_of_it(text, today, day_first, fiscal, asked, convention):
    options = {"day_first": day_first, "fiscal_year_start": fiscal, "asked": asked, "convention": convention}
    holds(text, find_dates(text, today, **options))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(FORMS), max_size=10), st.sampled_from([" ", "-", ""]), DAYS)
def test_the_phrases_of_the_book_are_read_in_any_order(forms, between, today):
    text = between.join(forms)
    for convention in (Convention(), OTHER):
        holds(text, find_dates(text, today, asked=True, fiscal_year_start=7, convention=convention))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), DAYS)
def test_text_of_any_signs_is_read(text, today):
    holds(text, find_dates(text, today, asked=True))


@pytest.mark.parametrize("text", NAUGHTY)
@pytest.mark.parametrize("convention", [Convention(), OTHER])
def test_strings_that_have_broken_programs_break_nothing(text, convention):
    for today in (date(1970, 1, 1), TODAY, date(2150, 12, 31)):
        holds(text, find_dates(text, today, asked=True, convention=convention))


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "1",
            "12345",
            "3:",
            "1 ",
            " ",
            "1-",
            "1/",
            "1,1,1,",
            "'",
            "🙂",
            "\0",
            "in ",
            "quarter ",
            "by ",
            "mid-",
            "next ",
        ],
        *[
            "end of ",
            "first week of ",
            "q1 ",
            "1 week or ",
            "march to ",
            "monday to ",
            "2014-",
            "the closest monday to ",
        ],
        *[
            "third last day of ",
            "for 10 days from ",
            "2 upcoming ",
            "weekend of ",
            "once q1 ",
            "next year's ",
            "2027's ",
            "since may ",
            "eod ",
            "close of ",
        ],
    ],
)
def test_twice_the_text_takes_about_twice_the_steps(piece):
    once, twice = (steps_of(lambda n=n: find_dates((piece * n)[:n], TODAY, asked=True)) for n in (4_000, 8_000))
    assert twice < 2.3 * once + 500
