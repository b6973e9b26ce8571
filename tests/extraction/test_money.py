"""Money as visitors write it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.extraction.money import MoneySpan, find_money
from scoring.model import Money
from tests.steps import steps_of


def only(text: str, *, asked: bool = False, day_first: bool = False) -> MoneySpan:
    spans = find_money(text, asked=asked, day_first=day_first)
    assert len(spans) == 1, spans
    return spans[0]


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("15k", 15_000, 15_000, None),
        ("we have 15k allocated", 15_000, 15_000, None),
        ("20 k", 20_000, 20_000, None),
        ("$1.2m", 1_200_000, 1_200_000, "USD"),
        ("1.2 million", 1_200_000, 1_200_000, None),
        ("1.125 million", 1_125_000, 1_125_000, None),
        ("a grand", 1_000, 1_000, None),
        ("a couple of grand", 2_000, 2_000, None),
        ("half a million", 500_000, 500_000, None),
        ("three quarters of a million dollars", 750_000, 750_000, "USD"),
        ("two and a half million euros", 2_500_000, 2_500_000, "EUR"),
        ("one hundred and fifty thousand pounds", 150_000, 150_000, "GBP"),
        ("EUR 8.000", 8_000, 8_000, "EUR"),
        ("250.000 euro", 250_000, 250_000, "EUR"),
        ("£8,000", 8_000, 8_000, "GBP"),
        ("€8k", 8_000, 8_000, "EUR"),
        ("15 000 euros", 15_000, 15_000, "EUR"),
        ("12'000 CHF", 12_000, 12_000, "CHF"),
        ("2 lakh", 200_000, 200_000, None),
        ("₹5L", 500_000, 500_000, "INR"),
        ("15k + VAT", 15_000, 15_000, None),
        ("12,34,567 rupees", 1_234_567, 1_234_567, "INR"),
        ("1.5 crore", 15_000_000, 15_000_000, None),
        ("R$ 5 mil", 5_000, 5_000, "BRL"),
        ("2,000 quid", 2_000, 2_000, "GBP"),
        ("500 bucks", 500, 500, "USD"),
        ("A$20k", 20_000, 20_000, "AUD"),
        ("20k USD", 20_000, 20_000, "USD"),
        ("usd 20k", 20_000, 20_000, "USD"),
        ("75 USD million", 75_000_000, 75_000_000, "USD"),
        ("it costs us $3,000", 3_000, 3_000, "USD"),
        ("20 dollars and 43 cents", 20.43, 20.43, "USD"),
        ("fifty pence", 0.5, 0.5, "GBP"),
        ("200-ish euros", 200, 200, "EUR"),
        ("2½k", 2_500, 2_500, None),
        ("a hundred and twenty thousand", 120_000, 120_000, None),
        ("15 thou", 15_000, 15_000, None),
        ("2,5 Mio. €", 2_500_000, 2_500_000, "EUR"),
        ("30 MUSD", 30_000_000, 30_000_000, "USD"),
        ("a dollar and 42 cents", 1.42, 1.42, "USD"),
        ("42 LE", 42, 42, "EGP"),
    ],
)
def test_an_amount_is_read_with_its_currency_only_where_one_is_said(text, low, high, currency):
    assert only(text).money == Money(low, high, currency)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("ten to fifteen grand", 10_000, 15_000, None),
        ("between 10 and 15k", 10_000, 15_000, None),
        ("10-15k", 10_000, 15_000, None),
        ("10 or 15k", 10_000, 15_000, None),
        ("$10 - $15k", 10_000, 15_000, "USD"),
        ("20-30k USD", 20_000, 30_000, "USD"),
        ("$800k-$1.2m", 800_000, 1_200_000, "USD"),
        ("Around 500K to 600K", 500_000, 600_000, None),
        ("500-1k", 500, 1_000, None),
        ("from 5 to 10 thousand", 5_000, 10_000, None),
        ("7-9 lakh rupees", 700_000, 900_000, "INR"),
        ("from 8k up to 12k", 8_000, 12_000, None),
        ("20 - 30 000 euros", 20_000, 30_000, "EUR"),
        ("500 to 1,000 euros", 500, 1_000, "EUR"),
    ],
)
def test_a_range_takes_its_scale_and_currency_from_either_end(text, low, high, currency):
    assert only(text).money == Money(low, high, currency)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("under 10k", None, 10_000),
        ("up to 20k", None, 20_000),
        ("no more than about $10k", None, 10_000),
        ("15k max", None, 15_000),
        ("nothing over 10k", None, 10_000),
        ("20k or less", None, 20_000),
        ("at least 5k", 5_000, None),
        ("20k+", 20_000, None),
        ("north of 50k", 50_000, None),
        ("30k or more", 30_000, None),
    ],
)
def test_a_ceiling_has_no_least_and_a_floor_no_most(text, low, high):
    money = only(text).money
    assert (money.min, money.max) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("five figures", 10_000, 99_999),
        ("a six-figure budget", 100_000, 999_999),
        ("low five figures", 10_000, 39_999),
        ("five to six figures", 10_000, 999_999),
        ("tens of thousands of dollars", 10_000, 99_999),
    ],
)
def test_figures_without_a_number_are_a_range_that_is_not_precise(text, low, high):
    span = only(text)
    assert (span.money.min, span.money.max, span.precise) == (low, high, False)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("10k a year", "year"),
        ("$12k p.a.", "year"),
        ("10k annually", "year"),
        ("an annual budget of 10k", "year"),
        ("€500/mo", "month"),
        ("$50 per seat per month", "month"),
        ("3 thousand per quarter", "quarter"),
        ("15k one-off", "once"),
        ("a one-off 5k", "once"),
        ("$400 pw", None),
        ("15k", None),
        ("$20 a week", None),
    ],
)
def test_a_period_is_read_only_where_it_is_said(text, period):
    assert only(text).money.period == period


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("15000", 15_000, 15_000),
        ("about 20", 20, 20),
        ("ten to fifteen", 10, 15),
        ("10-15", 10, 15),
        ("twenty-five hundred", 2_500, 2_500),
        ("8.000", 8_000, 8_000),
        ("up to 20", None, 20),
        ("we've got 15 set aside", 15, 15),
        ("a few hundred a month", 300, 300),
        ("between 8 and 12", 8, 12),
    ],
)
def test_bare_figures_count_only_when_the_visitor_was_asked_about_money(text, low, high):
    money = only(text, asked=True).money
    assert (money.min, money.max) == (low, high)
    assert not only(text, asked=True).marked
    assert find_money(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *("we are 50 people", "30 hours a week", "it takes 6 days", "15%", "3 to 4 months", "3-5 people", "12 months"),
        *("call me on +49 30 1234567", "555-0199", "10:30", "call me at 5", "31/10", "2026-12-01", "by 1 Feb"),
        *("in Q3", "H2", "FY27", "ISO 27001", "v2.1", "page 12", "we use Office 365", "in 2027", "I was born in 1985"),
        *("20k users", "10k active users", "15k invoices a month", "5 million users", "our 3m wide door", "no one", ""),
        *("All 70 of us", "the 2nd option", "March '27", "#5", "1.2.3", "9" * 400),
        *("python 3.10", "half ten", "3pm", "8am to 6pm", "9 to 5", "ask me in 2", "team of 12", "9 out of 10"),
        *("221B Baker Street", "1600 Pennsylvania Avenue", "+1 (555) 123-4567", "id: 4711", "a dollar amount"),
    ],
)
def test_numbers_that_are_no_money_are_left_alone(text):
    assert find_money(text, asked=True) == []


def test_about_and_marked_say_how_an_amount_was_put():
    span = only("We were thinking around $10k a year, if that works")
    assert (span.text, span.about, span.marked, span.digits, span.precise) == (
        "around $10k a year",
        True,
        True,
        True,
        True,
    )
    assert not only("fifteen grand").digits


def test_several_amounts_come_in_the_order_in_which_they_are_said():
    assert [span.money.max for span in find_money("we had 12k, sorry, make that 25k")] == [12_000, 25_000]
    assert [span.money.max for span in find_money("$20,000.00 $37,305.97")] == [20_000, 37_305.97]
    assert [span.money.max for span in find_money("EUR 10 USD 20")] == [10, 20]


def test_markup_inside_an_amount_leaves_its_offsets_those_of_the_message():
    text = "about $<b>5</b> million"
    assert all(text[span.start : span.end] == span.text for span in find_money(text))


def test_a_decimal_comma_is_read_where_the_country_writes_one():
    assert only("1,125 million", day_first=True).money.max == 1_125_000
    assert only("1,125 million").money.max == 1_125_000_000


PIECES = st.sampled_from(
    [
        *[
            "$",
            "€",
            "k",
            "m",
            "15",
            "1,000",
            "1.5",
            "-",
            " to ",
            " and ",
            "between ",
            "about ",
            "half a ",
            "million",
            "five ",
        ],
        *[
            "figures",
            " a year",
            "/mo",
            "us ",
            "usd",
            "R$",
            "rs.",
            "+",
            "%",
            "\0",
            "🙂",
            "İ",
            "’",
            "é",
            " ",
            ".",
            "99999999999",
        ],
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_any_text_is_read_and_each_span_is_a_part_of_it(text, asked):
    end = 0
    for span in find_money(text, asked=asked):
        assert text[span.start : span.end] == span.text
        assert span.start >= end
        assert span.money.min is not None or span.money.max is not None
        end = span.end


@pytest.mark.parametrize(
    "piece",
    [
        *[
            "1",
            "1,",
            "1,1,1,",
            "1 ",
            " ",
            "1-",
            "$1 ",
            "100 ",
            "one point ",
            "one hundred and ",
            "up to ",
            "🙂",
            "e\u0301",
        ],
        *["in ", "quarter ", "a ", "$", "a dollar and ", "½", "12 to ", "<b>", "ten k usd "],
    ],
)
def test_twice_the_text_takes_about_twice_the_steps(piece):
    once, twice = (steps_of(lambda n=n: find_money((piece * n)[:n], asked=True)) for n in (4_000, 8_000))
    assert twice < 2.3 * once + 500


@pytest.mark.parametrize(
    ("text", "low", "high", "currency"),
    [
        ("250, 300 a month", 250, 300, None),
        ("three, maybe four thousand", 3_000, 4_000, None),
        ("5k 6k", 5_000, 6_000, None),
        ("one to two hundred grand", 100_000, 200_000, None),
        ("four to five hundred euro", 400, 500, "EUR"),
        ("2-300 bucks", 200, 300, "USD"),
        ("4-5000 euro", 4_000, 5_000, "EUR"),
        ("a thousand to fifteen hundred", 1_000, 1_500, None),
        ("four and half thousand euro", 4_500, 4_500, "EUR"),
        ("two fifty a month", 250, 250, None),
        ("hundred thousand lira", 100_000, 100_000, "TRY"),
        ("8 mil euros", 8_000, 8_000, "EUR"),
        ("30 million of pesos", 30_000_000, 30_000_000, None),
        ("7.5 tys. zł", 7_500, 7_500, "PLN"),
        ("R3000 a month", 3_000, 3_000, "ZAR"),
        ("R15 000 pm", 15_000, 15_000, "ZAR"),
        ("N8m", 8_000_000, 8_000_000, "NGN"),
        ("KSh 700,000", 700_000, 700_000, "KES"),
        ("45,000 cedis", 45_000, 45_000, "GHS"),
        ("10 million won", 10_000_000, 10_000_000, "KRW"),
    ],
)
def test_an_answer_about_money_is_read_in_every_manner_of_saying_it(text, low, high, currency):
    (found,) = find_money(text, asked=True)
    assert (found.money.min, found.money.max, found.money.currency) == (low, high, currency)


@pytest.mark.parametrize("text", ["R2 is our robot", "N95 masks", "3000, 90 people", "Bob has 3 of them"])
def test_letters_and_names_are_no_currency(text):
    assert not [span for span in find_money(text, asked=True) if span.marked]


@pytest.mark.parametrize(
    ("text", "period"),
    [("15 euro per child a month", "month"), ("$20 each chair a month", "month"), ("€900 by trimester", "quarter")],
)
def test_the_period_stands_behind_what_is_paid_for(text, period):
    (found,) = find_money(text, asked=True)
    assert found.money.period == period
