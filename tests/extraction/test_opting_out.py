"""Opting out in free words, and what only sounds like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from banter.extraction import learn_opting_out as learn
from banter.extraction.linear import load
from banter.extraction.opting_out import MODEL, opts_out
from benchmarks.optout import count, stops
from tests.steps import steps_of

DEV = Path(__file__).parents[2] / "corpus" / "dev" / "optout.jsonl"


@pytest.mark.parametrize(
    "text",
    [
        "please stop texting me",
        "take me off your list",
        "lose my number",
        "dont contact me again pls",
        "how do i stop these",
        "i'd rather not get any more texts",
        "stp msging me",
        "CFO here, 15k approved, but please stop texting me",
        "wrong number, remove this phone",
    ],
)
def test_people_who_want_no_more_messages_are_understood(text: str) -> None:
    assert opts_out(text)


@pytest.mark.parametrize(
    "text",
    [
        "we want to stop using spreadsheets",
        "please don't call, text is better",
        "take me off the basic plan and put me on pro",
        "our leads get lost between two inboxes",
        "customers unsubscribe and nobody notices",
        "cancel my 3pm call",
        "I'd rather not say",
        "no more than 300 a month",
        "remove my colleague from the invite",
        "",
        "🙂",
    ],
)
def test_what_only_sounds_like_it_is_an_answer(text: str) -> None:
    assert not opts_out(text)


def test_of_those_to_develop_with_at_least_98_in_a_hundred_are_found_and_at_most_1_is_taken_for_one() -> None:
    found, stopping, false, others = count(DEV, stops)
    assert found >= 0.98 * stopping
    assert false <= 0.01 * others


def test_the_same_messages_teach_the_same_model_and_it_is_the_one_that_ships() -> None:
    assert (learn.anew().weights == load(MODEL).weights).all()


def test_a_long_message_takes_no_longer_than_its_length() -> None:
    short, long = (steps_of(lambda n=n: opts_out("please do not text me about this again and " * n)) for n in (11, 44))
    assert long < 8 * short
