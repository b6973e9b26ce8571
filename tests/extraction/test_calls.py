"""What is asked about the call, once the questions are over."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.reader import SpacyReader
from banter.leads.reading import Reading

KNOWN = {"need": "quantified", "budget": "approved_amount", "authority": "final", "timeline": "within_60_days"}
READER = SpacyReader(day_first=True, currency="GBP", region="GB")


def read(text: str, open_question: str | None, known: dict[str, str] | None = None) -> Reading:
    today = date(2026, 11, 22)
    return READER.read(text, open_question=open_question, known=known or {}, today=today, topic_hint=None)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I need to cancel the call", "cancel_call"),
        ("sorry I can't make it, please cancel the meeting", "cancel_call"),
        ("could we reschedule to Thursday 3pm?", "move_call"),
        ("actually can we move it to Friday?", "move_call"),
        ("what time was it again?", "call"),
        ("is it a video call or phone?", "call"),
        ("will I get a calendar invite?", "call"),
    ],
)
def test_after_a_booking_the_call_can_be_talked_about(text: str, topic: str) -> None:
    assert read(text, None, KNOWN).topics == (topic,)


def test_while_questions_are_open_the_same_words_are_about_something_else() -> None:
    assert "cancel_call" not in read("we can't make it work and cancel orders because of it", "need").topics


def test_another_time_can_be_named_while_the_address_is_asked_for() -> None:
    wish = read("can we do Tuesday 14:00 instead?", "contact", KNOWN).wish
    assert wish.weekdays == (1,)
    assert wish.earliest is not None
    assert not read("pat@example.com", "contact", KNOWN).wish.said


def test_a_local_number_is_read_in_the_companys_country() -> None:
    assert read("07911 123456", "contact", KNOWN).contact.phone == "+447911123456"


@pytest.mark.parametrize(
    ("text", "opener"),
    [
        ("invoices go missing all the time", "sales"),
        ("payments are missing in our books, 20 a month", "sales"),
        ("my login does not work", "support"),
        ("Hi, I'm a customer and the bank import has failed since this morning", "support"),
    ],
)
def test_a_problem_named_when_asked_for_it_is_no_call_for_help(text: str, opener: str) -> None:
    assert read(text, "need").opener == opener


@pytest.mark.parametrize(
    "text", ['/budget{"x":"y"}', "/restart", "<b>bold</b><script>alert(1)</script>", '{"budget": 1}']
)
def test_what_a_program_would_say_is_nonsense(text: str) -> None:
    reading = read(text, "budget")
    assert reading.acts == ("nonsense",)
    assert not reading.answers


def test_signs_of_comparison_are_no_markup() -> None:
    assert read("we have 3 < 4 people, 6 > 2 days lost", "need").acts != ("nonsense",)


@pytest.mark.parametrize("open_question", [None, "slot", "contact"])
@pytest.mark.parametrize(
    "text",
    [
        "my colleague will join too",
        "can I bring my CFO along?",
        "can you add sam@example.com as well?",
        "please cc sam@example.com",
        "invite my partner",
    ],
)
def test_somebody_else_on_the_call_is_no_change_of_address(text: str, open_question: str | None) -> None:
    assert "guest" in read(text, open_question, KNOWN).topics


@pytest.mark.parametrize(
    "text", ["my mail is sam@example.com", "can you add a report as well?", "I'd like to join a call"]
)
def test_who_gives_an_address_or_asks_for_more_brings_nobody(text: str) -> None:
    assert "guest" not in read(text, None, KNOWN).topics
