"""The page behind the link: looking changes nothing, a button does it once, and it is a way into nothing else."""

from __future__ import annotations

import random
import string
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter import resume_link
from banter.joining import token
from banter.nurture import token as unsubscribe_token
from tests.joining.place import NUMBER, SECRET, Place


@pytest.fixture
def asked(place: Place) -> Place:
    place.texts_and_chats()
    return place


def test_looking_at_the_page_changes_nothing_however_often(asked: Place) -> None:
    for _ in range(3):
        page = asked.client.get(asked.link())
        assert page.status_code == 200
        assert "Was that you both times?" in page.text
    assert len(asked.listed()) == 2


def test_the_page_shows_where_and_when_and_nothing_that_was_said(asked: Place) -> None:
    page = asked.client.get(asked.link())
    assert "in the chat on 21 November" in page.text
    assert "by text message on 21 November" in page.text
    for lead in asked.listed():
        assert lead.id not in page.text
        assert lead.conversation not in page.text
        assert not any(answer.text in page.text for answer in lead.answers.values())
    assert NUMBER not in page.text
    assert "<script" not in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["cache-control"] == "no-store"
    assert asked.client.get("/same/style.css").status_code == 200


def test_the_button_makes_them_one(asked: Place) -> None:
    page = asked.answers("yes")
    assert page.status_code == 200
    assert "both were you" in page.text
    assert len(asked.listed()) == 1


def test_a_no_leaves_them_apart_for_ever(asked: Place) -> None:
    assert asked.answers("no").status_code == 200
    again = asked.answers("yes")
    assert again.status_code == 410
    assert "answered already" in again.text
    assert len(asked.listed()) == 2


def test_a_link_works_once(asked: Place) -> None:
    asked.answers("yes")
    for page in (asked.answers("yes"), asked.answers("no"), asked.client.get(asked.link())):
        assert page.status_code == 410
        assert "<form" not in page.text
    assert len(asked.listed()) == 1


def test_a_link_works_for_a_week(asked: Place) -> None:
    asked.now += timedelta(days=7)
    for page in (asked.client.get(asked.link()), asked.answers("yes")):
        assert page.status_code == 410
        assert "too old" in page.text
    assert len(asked.listed()) == 2


@pytest.mark.parametrize("answer", ["", "maybe", "yes" * 1_000])
def test_a_form_that_is_none_of_ours_joins_nothing(asked: Place, answer: str) -> None:
    asked.answers(answer)
    assert len(asked.listed()) == 2
    assert asked.client.get(asked.link()).status_code == 200


def test_tokens_that_are_guessed_or_of_another_kind_open_nothing(asked: Place) -> None:
    good = asked.link().rpartition("/")[2]
    lead = asked.listed()[0]
    others = (
        *(good[:-1], good + "A", "2." + good.partition(".")[2], "1.", "1", "0" + good, "x" + good, "ü.ü", "%00"),
        resume_link.make(lead.conversation, asked.now, SECRET),
        unsubscribe_token.make(lead.id, SECRET),
        token.make(1, SECRET + "x"),
        token.make(2, SECRET),  # ours, of a question that nobody put
    )
    for bad in others:
        for page in (asked.client.get(f"/same/{bad}"), asked.answers("yes", f"/same/{bad}")):
            assert page.status_code == 404, bad
            assert "does not work" in page.text
    assert len(asked.listed()) == 2


def test_the_link_is_no_way_into_a_conversation(asked: Place) -> None:
    link = asked.link().rpartition("/")[2]
    assert resume_link.read(link, asked.now, SECRET) is None
    assert unsubscribe_token.read(link, SECRET) is None


def test_ten_thousand_guesses_near_a_good_link_open_nothing() -> None:
    good, letters = token.make(1, SECRET), string.ascii_letters + string.digits + "-_."
    draw = random.Random(20)
    for _ in range(10_000):
        at = draw.randrange(len(good))
        guess = good[:at] + draw.choice(letters) + good[at + draw.randrange(2) :]
        assert guess == good or token.read(guess, SECRET) is None


@given(st.text(max_size=60))
def test_what_anybody_types_is_read_without_a_fault(guess: str) -> None:
    assert token.read(guess, SECRET) is None


@given(st.integers(1, 10**17), st.integers(1, 10**17))
def test_only_the_secret_makes_a_token_and_each_is_for_one_question(one: int, other: int) -> None:
    made = token.make(one, SECRET)
    assert token.read(made, SECRET) == one
    assert token.read(made, SECRET + "x") is None
    if one != other:
        assert token.read(f"{other}.{made.partition('.')[2]}", SECRET) is None
