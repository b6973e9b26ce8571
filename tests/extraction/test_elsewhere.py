"""A few words about another question than the open one, as they were met in the running product."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.dates import find_dates
from banter.extraction.money import find_money
from banter.extraction.reader import SpacyReader
from banter.leads.reading import TimeWish

TODAY = date(2026, 11, 21)
READER = SpacyReader()


def read(text, open_question=None, known=None):
    return READER.read(text, open_question=open_question, known=known or {}, today=TODAY, topic_hint=None)


def bands(reading):
    return {name: answer.band for name, answer in reading.answers.items()}


@pytest.mark.parametrize("open_question", ["contact", "slot"])
@pytest.mark.parametrize(
    "text", ["no thanks", "no", "nope", "rather not", "no email", "Nah, I'm good", "no thank you!"]
)
def test_a_flat_no_to_an_address_or_a_call_is_a_refusal(text, open_question):
    reading = read(text, open_question)
    assert (reading.acts, reading.wish) == (("refusal",), TimeWish())


@pytest.mark.parametrize("text", ["none of these", "later", "sooner?", "something earlier"])
def test_turning_down_the_times_is_a_wish_for_others(text):
    reading = read(text, "slot")
    assert (reading.acts, reading.wish.none_fit) == (("answer",), True)


@pytest.mark.parametrize(
    ("text", "open_question", "found"),
    [
        ("no budget", "authority", {"budget": "none"}),
        ("we have no money", "authority", {"budget": "none"}),
        ("no rush", "authority", {"timeline": "someday"}),
        ("no timeline yet", "budget", {"timeline": "someday"}),
        ("not sure who decides", "budget", {}),
        ("we have 20k approved", "authority", {"budget": "approved_amount"}),
        ("my boss decides", "budget", {"authority": "none"}),
        ("let me check", "authority", {}),
        ("let me ask", "authority", {}),
        ("In 2 weeks, but my boss has to approve it", "timeline", {"timeline": "within_60_days", "authority": "none"}),
        ("it's 12k, it has to run by Christmas", "budget", {"budget": "amount", "timeline": "within_60_days"}),
        ("by end of January, for around 8k", "timeline", {"timeline": "within_120_days", "budget": "amount"}),
        ("Money's there but I keep the figure to myself", "budget", {"budget": "approved"}),
        ("ok actually I want to buy 10 more seats, what does it cost", None, {}),
    ],
)
def test_each_question_is_answered_by_its_own_words_only(text, open_question, found):
    assert bands(read(text, open_question)) == found


@pytest.mark.parametrize("text", ["no", "no, it isn't me", "nope"])
def test_a_plain_no_still_answers_who_decides(text):
    assert bands(read(text, "authority")) == {"authority": "none"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "{1}", "alert(1)", "{{7*7}}", "[10]", "1'; DROP TABLE leads;--"]
)
def test_code_is_nonsense_and_no_amount(text):
    reading = read(text, "budget")
    assert (reading.acts, bands(reading)) == (("nonsense",), {})


@pytest.mark.parametrize("text", ["10000", "(about 10000)", "(10k)", "<b>10000</b>", '"10000"'])
def test_figures_between_plain_signs_stay_amounts(text):
    assert bands(read(text, "budget")) == {"budget": "amount"}


@pytest.mark.parametrize("text", ["how about mid January?", "our deadline moved to 1 March", "mid January then"])
@pytest.mark.parametrize("open_question", ["budget", "contact"])
def test_another_date_corrects_the_timeline(text, open_question):
    reading = read(text, open_question, {"timeline": "within_60_days"})
    assert (reading.acts, reading.corrects) == (("correction",), ("timeline",))
    assert reading.answers["timeline"].value.last_day > date(2027, 1, 1)


def test_a_moved_deadline_is_no_wish_for_a_call():
    reading = read("our deadline moved to 1 March", "slot", {"timeline": "within_60_days"})
    assert (reading.acts, reading.wish) == (("correction",), TimeWish())


@pytest.mark.parametrize(
    ("text", "open_question"), [("hello again", "need"), ("good morning", "slot"), ("hi again", None)]
)
def test_a_greeting_is_smalltalk_whatever_is_open(text, open_question):
    assert read(text, open_question).acts == ("smalltalk",)


def test_asking_for_a_person_answers_nothing_else():
    reading = read("get me a person", "authority")
    assert (reading.acts, bands(reading)) == (("human",), {})


@pytest.mark.parametrize(
    ("text", "amount", "period"),
    [
        ("12k last year", 12_000, None),
        ("they released 30k last week", 30_000, None),
        ("12k for the first year", 12_000, "year"),
    ],
)
def test_amounts_beside_a_time_are_found(text, amount, period):
    (span,) = find_money(text)
    assert (span.money.max, span.money.period) == (amount, period)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("end of week 50", date(2026, 12, 13)),
        ("by week 3", date(2027, 1, 24)),
        ("in three quarters of a year", date(2027, 8, 18)),
        ("before Christmas", date(2026, 12, 25)),
    ],
)
def test_numbered_weeks_and_parts_of_a_year_are_dates(text, day):
    assert [span.last for span in find_dates(text, TODAY)] == [day]
