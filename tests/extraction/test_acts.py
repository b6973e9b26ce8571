"""What a message does while a question is open."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from banter.extraction.acts import read_acts
from banter.extraction.gibberish import looks_typed_at_random

TODAY = date(2026, 11, 21)
DATA = Path(__file__).parents[2] / "corpus" / "train" / "acts" / "first.jsonl"
ROWS = [json.loads(line) for line in DATA.read_text("utf-8").splitlines()]


def f1(rows):
    read = [(set(row["acts"]), set(read_acts(row["text"], row["open_question"], today=TODAY)[0])) for row in rows]
    return 2 * sum(len(a & b) for a, b in read) / sum(len(a) + len(b) for a, b in read)


def test_acts_that_were_learnt_from_are_read_as_they_were_labelled():
    assert f1(ROWS) >= 0.95


def test_other_answers_in_the_same_message_are_read_as_they_were_labelled():
    read = [read_acts(row["text"], row["open_question"], today=TODAY)[1] == row["also_answers"] for row in ROWS]
    assert sum(read) / len(read) >= 0.95


@pytest.mark.parametrize(
    "text",
    ["stop texting me", "unsubscribe", "leave me alone", "take me off your list", "STOP", "please stop messaging us"],
)
def test_wanting_no_more_messages_is_a_stop(text):
    assert "stop" in read_acts(text, "budget", today=TODAY)[0]


@pytest.mark.parametrize(
    "text",
    ["we need to stop the errors", "stop by tomorrow", "half our readers unsubscribe", "we can't stop the leaks"],
)
def test_stopping_something_else_is_no_stop(text):
    assert "stop" not in read_acts(text, "need", today=TODAY)[0]


def test_without_earlier_answers_a_mark_tells_a_correction():
    assert read_acts("sorry, make that 25k", "timeline", today=TODAY) == (("correction",), {"budget": "amount"})


def test_another_question_answered_is_a_further_act():
    acts = read_acts("we lose 10 hours a week and have 15k approved", "need", today=TODAY)
    assert acts == (("answer", "multi_answer"), {"budget": "approved_amount"})


def test_what_is_known_already_is_corrected_when_it_is_said_differently():
    known = {"budget": "approved_amount"}
    acts, also = read_acts("there is no budget for this after all", "timeline", known=known, today=TODAY)
    assert (acts, also) == (("correction",), {"budget": "none"})


@pytest.mark.parametrize("text", ["asdfghjkl", "🤡🤡", "!!!", "xkcdqz vbnm", "zzzzzz"])
def test_keys_hit_at_random_are_nonsense(text):
    assert looks_typed_at_random(text)


@pytest.mark.parametrize(
    "text", ["10k", "strengths and lengths", "Schwartz decides", "hm", "CRM", "property management"]
)
def test_odd_words_are_not_nonsense(text):
    assert not looks_typed_at_random(text)


@pytest.mark.parametrize(
    "text",
    ["a stop-gap would do", "stop-gap until May", "we need it to stop the leaks by June", "drivers stop answering"],
)
def test_a_stop_gap_is_no_stop(text):
    assert "stop" not in read_acts(text, "need", today=TODAY)[0]


@pytest.mark.parametrize("open_question", ["need", "budget", "contact", "slot", None])
@pytest.mark.parametrize("text", ["can I talk to a human?", "let me speak to a real person", "get me a person please"])
def test_who_asks_for_a_person_is_heard_whatever_is_open(text, open_question):
    assert "human" in read_acts(text, open_question, today=TODAY)[0]


@pytest.mark.parametrize("open_question", ["need", "budget", "authority", "timeline", "contact", "slot", None])
@pytest.mark.parametrize("text", ["STOP", "unsubscribe", "stop texting me", "leave me alone", "take me off your list"])
def test_a_stop_is_heard_whatever_is_open(text, open_question):
    assert "stop" in read_acts(text, open_question, today=TODAY)[0]
