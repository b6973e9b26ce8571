"""No sentence twice in a row, and each way of saying a thing once before any comes again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from banter.leads.variety import (
    MOST,
    TOO_SOON,
    age,
    freshness,
    new_turn,
    pick,
    remember,
    sentences,
    what_is_new,
)

ACKNOWLEDGEMENTS = ["Got it.", "Understood.", "Thanks, that helps.", "Good to know."]


def test_sentences_end_where_people_would_end_them() -> None:
    assert sentences("From 4,000 to 30,000 a year, e.g. 5.5k. Most pay less. OK?") == [
        "From 4,000 to 30,000 a year, e.g. 5.5k.",
        "Most pay less.",
        "OK?",
    ]
    assert sentences('For instance "I recommend, our director signs". Or not.') == [
        'For instance "I recommend, our director signs".',
        "Or not.",
    ]
    assert sentences("Das kostet z. B. 5 Euro. Änderungen sind frei.") == [
        "Das kostet z. B. 5 Euro.",
        "Änderungen sind frei.",
    ]
    assert sentences('You said "We lose hours. It hurts", and now "No". Which holds?') == [
        'You said "We lose hours. It hurts", and now "No".',
        "Which holds?",
    ]
    assert sentences("") == []


def test_case_and_punctuation_make_no_other_sentence() -> None:
    assert age(remember([], "Got it."), "got it!") == 0


def test_every_way_is_said_before_any_comes_again() -> None:
    said: list[str] = []
    told = []
    for _ in range(3 * len(ACKNOWLEDGEMENTS)):
        said = new_turn(said)
        told.append(ACKNOWLEDGEMENTS[pick(said, ACKNOWLEDGEMENTS, "c_1")])
        said = remember(said, told[-1])
    rounds = [told[at : at + 4] for at in range(0, len(told), 4)]
    assert all(set(one) == set(ACKNOWLEDGEMENTS) for one in rounds)


def test_two_conversations_begin_differently_and_each_the_same_every_time() -> None:
    first = [pick([], ACKNOWLEDGEMENTS, f"c_{number}") for number in range(200)]
    assert first == [pick([], ACKNOWLEDGEMENTS, f"c_{number}") for number in range(200)]
    assert all(30 < first.count(place) < 70 for place in range(4))


def test_a_shared_sentence_counts_as_said() -> None:
    said = remember([], "Sorry. I didn't get that.")
    assert pick(said, ["Sorry. That went past me.", "That went past me."], "c") == 1
    assert what_is_new(said, "Sorry. That went past me.") == "That went past me."


def test_a_turn_in_which_nothing_was_said_is_none() -> None:
    said = remember([], "Got it.")
    assert age(new_turn(new_turn(said)), "Got it.") == 1


_WORDS = st.sampled_from([f"{first * 3} {second * 3}." for first in "ABCDEFGH" for second in "klmnopqrst"])


@given(st.lists(st.lists(st.lists(_WORDS, min_size=1, max_size=3), max_size=4), max_size=40))
def test_the_memory_stays_small_and_never_forgets_the_last_two_turns(turns: list[list[list[str]]]) -> None:
    said: list[str] = []
    for turn in turns:
        said = new_turn(said)
        for text in turn:
            said = remember(said, " ".join(text))
            assert freshness(said, " ".join(text)) == 0
        assert sum(map(len, said)) <= 6 * MOST
        assert all(age(said, sentence) <= TOO_SOON for text in turn for sentence in text)
