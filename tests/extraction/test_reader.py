"""A whole message read at once, in the middle of a conversation."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.extraction.reader import SpacyReader
from banter.leads.model import AWAITING
from banter.leads.reading import ACTS, OPENERS, TOPICS
from scoring.model import Money, Timing
from tests.steps import steps_of

TODAY = date(2026, 11, 21)
READER = SpacyReader()
KNOWN = {"need": "quantified", "budget": "approved_amount", "authority": "final"}


def read(text, open_question=None, known=None, hint=None):
    return READER.read(text, open_question=open_question, known=known or {}, today=TODAY, topic_hint=hint)


def bands(reading):
    return {name: answer.band for name, answer in reading.answers.items()}


def test_the_first_greeting_answers_nothing():
    reading = read("hey there, saw your ad", "need")
    assert (reading.acts, bands(reading), reading.opener) == (("smalltalk",), {}, "other")


def test_a_problem_with_its_measure_answers_the_need_and_nothing_else():
    reading = read("month end close takes my team 6 days and we still find errors afterwards", "need")
    assert (reading.acts, bands(reading)) == (("answer",), {"need": "quantified"})


def test_a_question_about_the_price_answers_nothing():
    reading = read("how much is it?", "budget", {"need": "quantified"})
    assert (reading.acts, reading.topics, bands(reading)) == (("question",), ("price",), {})


def test_an_approved_budget_is_read_with_its_amount():
    reading = read("yeah the board signed off 20k for this", "budget", {"need": "quantified"})
    assert (reading.acts, bands(reading), reading.topics) == (("answer",), {"budget": "approved_amount"}, ())


def test_a_question_about_the_meaning_answers_nothing():
    reading = read("what do you mean by that?", "authority", {"need": "quantified", "budget": "approved_amount"})
    assert (reading.acts, reading.topics, bands(reading)) == (("question",), ("meaning",), {})


def test_who_signs_has_the_final_say():
    reading = read("I run finance here, my signature", "authority", {"need": "quantified", "budget": "approved_amount"})
    assert (reading.acts, bands(reading), reading.corrects) == (("answer",), {"authority": "final"}, ())


def test_a_corrected_figure_stays_approved():
    reading = read("sorry, make that 25k", "timeline", KNOWN)
    budget = reading.answers["budget"]
    assert (reading.acts, reading.corrects, bands(reading)) == (
        ("correction",),
        ("budget",),
        {"budget": "approved_amount"},
    )
    assert (budget.value, budget.commitment) == (Money(25_000, 25_000), "committed")


def test_a_deadline_that_must_be_met_answers_the_timeline():
    reading = read("must be live before our audit on the 15th of next month", "timeline", KNOWN)
    assert (reading.acts, bands(reading), reading.corrects) == (("answer",), {"timeline": "within_60_days"}, ())
    assert reading.answers["timeline"].commitment == "committed"


def test_a_time_for_the_call_is_a_wish_and_nothing_else():
    reading = read("tomorrow afternoon works", "slot", {**KNOWN, "timeline": "within_60_days"})
    assert (reading.acts, bands(reading), reading.corrects, reading.topics) == (("answer",), {}, (), ())
    assert (reading.wish.first_day, reading.wish.earliest) == (date(2026, 11, 22), time(12))


def test_an_address_answers_the_question_for_it():
    reading = read("pat@example.com", "contact", {**KNOWN, "timeline": "within_60_days"})
    assert (reading.acts, bands(reading), reading.contact.email) == (("answer",), {}, "pat@example.com")


def test_three_answers_in_one_message_are_all_read():
    reading = read("I'm the CFO, we have 15k approved, need it live by end of next month", "need")
    assert bands(reading) == {"budget": "approved_amount", "authority": "final", "timeline": "within_60_days"}
    assert "multi_answer" in reading.acts
    assert reading.corrects == ()


@pytest.mark.parametrize(
    ("text", "open_question", "dimension", "band"),
    [
        ("actually it's 30k", "authority", "budget", "approved_amount"),
        ("I meant end of June", "budget", "timeline", "within_year"),
        ("no wait, my boss signs", "timeline", "authority", "none"),
        ("sorry, the budget got cut, we have no money for it now", "timeline", "budget", "none"),
    ],
)
def test_marked_changes_of_known_answers_are_corrections(text, open_question, dimension, band):
    reading = read(text, open_question, {**KNOWN, "timeline": "someday"})
    assert (reading.corrects, reading.answers[dimension].band) == ((dimension,), band)
    assert "correction" in reading.acts


@pytest.mark.parametrize("text", ["maybe 10k?", "10k, who knows?", "around 10 to 15k, right?"])
def test_answers_put_as_questions_are_answers(text):
    reading = read(text, "budget")
    assert (reading.acts, bands(reading)) == (("answer",), {"budget": "amount"})


@pytest.mark.parametrize("text", ["end of month?", "next spring?", "how about end of June?"])
def test_dates_put_as_questions_are_answers(text):
    assert read(text, "timeline").acts == ("answer",)


def test_a_question_hung_on_to_an_answer_leaves_the_answer():
    reading = read("we have 20k approved, why do you ask?", "budget")
    assert (reading.acts, bands(reading), reading.topics) == (
        ("answer", "question"),
        {"budget": "approved_amount"},
        ("why",),
    )


def test_what_is_said_in_a_question_lands_in_no_answer():
    assert read("do you have a plan for 5k or less?", "authority").answers == {}


def test_refusing_the_open_question_is_kept_as_declined():
    reading = read("I'd rather not say", "budget")
    assert (reading.acts, bands(reading)) == (("refusal",), {"budget": "declined"})


def test_the_hint_decides_only_where_the_patterns_do_not():
    assert read("do you integrate with QuickBooks?", "need", hint="how_it_works").topics == ("how_it_works",)
    assert read("how much is it?", "need", hint="how_it_works").topics == ("price",)
    assert read("we lose 3 hours a day", "need", hint="price").topics == ()


def test_named_competitors_are_recognised():
    reader = SpacyReader(competitor_names=("Lead Otter",))
    reading = reader.read("is Lead Otter any worse?", open_question=None, known={}, today=TODAY, topic_hint=None)
    assert reading.topics == ("competitors",)


def test_the_fiscal_year_of_the_playbook_is_the_one_that_visitors_mean():
    reader = SpacyReader(fiscal_year_start=4)
    reading = reader.read("by the end of FY27", open_question="timeline", known={}, today=TODAY, topic_hint=None)
    assert reading.answers["timeline"].value == Timing((date(2027, 3, 31) - TODAY).days, date(2027, 3, 31))


def test_evidence_stands_where_it_says_in_the_message():
    text = "thanks! we have $15K approved, how much is it? mail me: pat@example.com"
    for answer in read(text, "budget").answers.values():
        assert answer.text == text
        assert all(text[found.start : found.end] == found.text for found in answer.evidence)


@given(st.text(max_size=300), st.sampled_from([*AWAITING, None]))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read(text, open_question):
    reading = read(text, open_question, KNOWN)
    assert reading == read(text, open_question, KNOWN)
    assert set(reading.acts) <= set(ACTS)
    assert set(reading.topics) <= set(TOPICS)
    assert reading.opener in OPENERS
    assert reading.acts


@pytest.mark.parametrize(
    "text", ["x" * 2000, "a " * 1000, "1," * 1000, "é́" * 1000, " " * 2000, "\0", "why? " * 400, "@" * 2000, "-" * 2000]
)
def test_twice_as_much_of_a_strange_text_takes_about_twice_as_many_steps(text):
    once, twice = (steps_of(lambda n=n: read(text[:n], "budget")) for n in (len(text) // 2, len(text)))
    assert twice < 2.6 * once + 20_000


@pytest.mark.parametrize("open_question", ["need", "budget"])
def test_a_title_said_in_passing_answers_who_decides(open_question):
    reading = read("CFO here, 15k approved, live by 31 October", open_question)
    assert {name: answer.band for name, answer in reading.answers.items()} == {
        "budget": "approved_amount",
        "authority": "final",
        "timeline": "within_year",
    }


@pytest.mark.parametrize(
    "text",
    ["Sorry, the budget is 25k, not 20k", "sorry, make that 25k", "Sorry, it's 2k in late fees, and budget is 25k"],
)
def test_a_corrected_amount_stays_approved_and_picks_no_time(text):
    reading = read(text, "slot", {**KNOWN, "budget": "approved_amount"})
    assert reading.corrects == ("budget",)
    assert reading.answers["budget"].band == "approved_amount"
    assert reading.answers["budget"].value.max == 25_000
    assert not reading.wish.said


def test_a_measure_in_days_is_no_other_answer_and_stays_with_the_need():
    reading = read("Month end takes my team 6 days and we still find errors.", "need")
    assert {name: answer.band for name, answer in reading.answers.items()} == {"need": "quantified"}


@pytest.mark.parametrize(
    "text",
    [
        "Our invoices keep going missing, nothing is budgeted yet, I'll have to ask my boss and there's no deadline.",
        "Our stock counts never match, I own the shop so I decide, could spend up to 9,000 a year and need it by May.",
        "Invoicing costs us 25 hours a week, I'm the owner, 18k is approved and we need it running within six weeks.",
        "Purchase orders get lost; no funds have been allocated so far; the board decides; no deadline at all.",
        "We lose 12 hours to typing orders. 20,000 is signed off, I'm the finance director, live by December please.",
        "invoicing eats 20 hours a week. no budget set yet. by the end of December. my boss decides.",
    ],
)
def test_who_says_everything_at_once_is_heard_on_everything(text):
    assert set(bands(read(text, "need"))) == {"need", "budget", "authority", "timeline"}


@pytest.mark.parametrize(
    "text",
    [
        "about 10 hours a week, all together",
        "It's the approvals, they sit in somebody's inbox and then the suppliers ring me and ask where it is.",
    ],
)
def test_how_much_it_is_altogether_and_customers_who_ask_say_nothing_of_who_decides(text):
    assert set(bands(read(text, "need"))) == {"need"}


def test_the_remark_that_one_corrects_oneself_is_no_part_of_the_answer():
    reading = read("the budget isn't set yet, I have to correct myself there, we're still comparing prices", "budget")
    assert bands(reading) == {"budget": "exploring"}


def test_a_rude_demand_for_the_price_is_no_wish_for_silence():
    assert read("shut up and tell me the price", "need").topics == ("price",)
    assert "stop" not in read("shut up and tell me the price", "need").acts
    assert "stop" in read("shut up", "need").acts


@pytest.mark.parametrize("text", ["me again", "hi, it's only me again", "where were we?", "I'm back"])
def test_who_comes_back_only_says_so(text):
    reading = read(text, "timeline")
    assert (reading.acts, bands(reading), reading.topics) == (("smalltalk",), {}, ())


def test_praise_for_the_bot_is_no_application_for_a_job():
    assert read("you're doing a good job, little bot", "need").disqualifier is None
    assert read("do you have any jobs?", "need").disqualifier == "job_seeker"


@pytest.mark.parametrize(
    "text",
    [
        "we use your software and since this morning nothing loads",
        "the export in our account has been broken since yesterday",
    ],
)
def test_a_customer_whose_tool_has_failed_is_heard_as_one(text):
    assert read(text, "need").opener == "support"


@pytest.mark.parametrize(
    "text", ["There is an approved line for this in the plan.", "it's been signed off, the budget I mean"]
)
def test_an_approval_told_in_other_words_is_heard(text):
    reading = read(text, "budget")
    assert (reading.acts, bands(reading), reading.topics) == (("answer",), {"budget": "approved"}, ())


def test_there_is_tells_and_is_there_asks():
    assert read("there is a budget of 20k", "budget").topics == ()
    assert "question" in read("hi there, is there a plan for 20k?", "budget").acts


def test_an_answer_hung_on_to_a_question_is_heard():
    reading = read("why do you ask, I'm the owner, I decide everything here", "authority")
    assert (bands(reading), reading.topics) == ({"authority": "final"}, ("why",))


def test_a_correction_that_only_names_the_date_is_one():
    reading = read("sorry, I meant in three months", "authority", {**KNOWN, "timeline": "someday"})
    assert (reading.corrects, bands(reading)) == (("timeline",), {"timeline": "within_120_days"})


@pytest.mark.parametrize("text", ["you still haven't told me the price", "nobody has told us your prices yet"])
def test_who_waits_for_the_price_asks_for_it(text):
    assert read(text, "need").topics == ("price",)


def test_a_refusal_with_a_please_is_no_yes():
    assert read("next question please", "budget").agrees is None
    assert read("no, not yet", "budget").agrees is False


@pytest.mark.parametrize("text", ["Roughly 2,000 a month I'd say", "about £4,000 every month", "5k, give or take"])
def test_a_bare_figure_told_of_the_problem_is_no_budget(text):
    assert "budget" not in read(text, "need").answers
    assert "budget" in read("we have 5k for it", "need").answers
