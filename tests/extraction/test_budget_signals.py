"""What buyers say when they are asked about money, through `banter signals`: each way that they have of saying it."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from banter.extraction.commands import signals


def row(text: str, **more: object) -> dict[str, object]:
    out, err = StringIO(), StringIO()
    asked = {"id": 1, "dimension": "budget", "question": "What is your budget?", "text": text, "today": "2026-11-22"}
    assert signals([json.dumps({**asked, **more})], out, err) == 0, err.getvalue()
    found: dict[str, object] = json.loads(out.getvalue())
    assert all(isinstance(words, str) and words in text for words in found["evidence"])  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("15k", 15_000, 15_000, None, None),
        ("$1.2m", 1_200_000, 1_200_000, "USD", None),
        ("ten to fifteen grand", 10_000, 15_000, None, None),
        ("twenty-five hundred", 2_500, 2_500, None, None),
        ("EUR 8.000", 8_000, 8_000, "EUR", None),
        ("£8,000", 8_000, 8_000, "GBP", None),
        ("2 lakh", 200_000, 200_000, None, None),
        ("R$ 5 mil", 5_000, 5_000, "BRL", None),
        ("five figures", 10_000, 99_999, None, None),
        ("under 10k", None, 10_000, None, None),
        ("200-ish euros", 200, 200, "EUR", None),
        ("10-15k", 10_000, 15_000, None, None),
        ("between 8 and 12", 8, 12, None, None),
        ("20k-30k USD", 20_000, 30_000, "USD", None),
        ("$50 per seat per month", 50, 50, "USD", "month"),
        ("€500 a month per user", 500, 500, "EUR", "month"),
        ("12k a quarter", 12_000, 12_000, None, "quarter"),
        ("£20k p.a.", 20_000, 20_000, "GBP", "year"),
        ("5k once", 5_000, 5_000, None, "once"),
        ("a one-off 5k", 5_000, 5_000, None, "once"),
        ("a few hundred a month", 300, 300, None, "month"),
    ],
)
def test_an_amount_is_read_with_what_was_said_of_it(text, low, high, currency, period):
    found = row(text)
    assert found["band"] == "amount"
    assert (found["amount_min"], found["amount_max"]) == (low, high)
    assert (found["currency"], found["period"]) == (currency, period)


def test_a_bare_figure_is_in_the_playbooks_currency_and_a_named_one_is_not():
    assert row("15k", currency="GBP")["currency"] == "GBP"
    assert row("$15k", currency="GBP")["currency"] == "USD"


@pytest.mark.parametrize(
    "text",
    [
        *("we are 50 people", "in 2027", "call me on +44 20 7946 0123", "15%", "version 3.5", "at 10:30", "3pm"),
        *("221B Baker Street", "team of 12", "9 out of 10", "31/10", "ISO 27001", "20k users", "8 to 10 weeks"),
    ],
)
def test_numbers_that_are_no_money_are_no_amount(text):
    found = row(text)
    assert found["band"] not in {"amount", "approved_amount"}
    assert (found["amount_min"], found["amount_max"]) == (None, None)


@pytest.mark.parametrize(
    ("text", "low", "high", "currency", "period"),
    [
        ("we could do 25k Aussie", 25_000, 25_000, "AUD", None),
        ("around $900 NZ a year", 900, 900, "NZD", "year"),
        ("I'm thinking five grand, one payment, in pounds", 5_000, 5_000, "GBP", "once"),
        ("seven hundred quid. no, nine hundred a year", 900, 900, "GBP", "year"),
        ("we think of 40 thousand euros for 2027", 40_000, 40_000, "EUR", "year"),
        ("we would not go over 400 euros a month", None, 400, "EUR", "month"),
        ("if it's over 200 a month the doctors will laugh", None, 200, None, "month"),
        ("it should not pass 2000 euro", None, 2_000, "EUR", None),
        ("maybe 150 euros by month, not one centime more", None, 150, "EUR", "month"),
        ("we could go until 20.000 euros", None, 20_000, "EUR", None),
        ("I reckon GHS 50,000, see page 14", 50_000, 50_000, "GHS", None),
        ("we think about 12k, once", 12_000, 12_000, None, "once"),
    ],
)
def test_bounds_period_and_currency_are_taken_from_the_words_around(text, low, high, currency, period):
    found = row(text)
    assert (found["amount_min"], found["amount_max"]) == (low, high)
    assert (found["currency"], found["period"]) == (currency, period)
