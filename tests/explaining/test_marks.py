"""The visitor's words, found again in the transcript."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from banter.explaining.marks import Segment, Span, find, segments
from scoring.model import DIMENSIONS, Answer, Evidence
from tests.dashboard.examples import answer

LABELS = {dimension: dimension.capitalize() for dimension in DIMENSIONS}
SPANS = st.lists(
    st.builds(Span, st.integers(-3, 30), st.integers(-3, 30), st.sampled_from(["Need", "Budget", "Timeline"])),
    max_size=8,
)


def marked(answers: list[Answer], messages: list[str], asked: tuple = ()) -> list[list[str]]:
    """The marked words of each message, as the reader sees them."""
    found = find({a.dimension: a for a in answers}, messages, asked=asked, labels=LABELS)
    return [
        [f"{said[span.start : span.end]} ({span.label})" for _, span in marks]
        for said, marks in zip(messages, found, strict=True)
    ]


@given(st.text(max_size=25), SPANS)
def test_the_pieces_are_always_the_whole_text(text: str, spans: list[Span]) -> None:
    pieces = segments(text, spans)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(st.text(max_size=25), SPANS)
def test_a_character_is_marked_with_at_least_what_covers_it_and_only_if_something_does(
    text: str, spans: list[Span]
) -> None:
    at = 0
    for piece in segments(text, spans):
        for place in range(at, at + len(piece.text)):
            covering = {span.label for span in spans if span.start <= place < span.end}
            assert covering <= set(piece.labels)
            assert bool(covering) == bool(piece.labels)
        at += len(piece.text)


def test_overlapping_words_become_one_mark_with_both_names() -> None:
    assert segments("we have 15k now", [Span(8, 15, "Timeline"), Span(3, 11, "Budget")]) == (
        Segment("we "),
        Segment("have 15k now", ("Budget", "Timeline")),
    )


def test_neighbours_of_different_names_stay_apart() -> None:
    assert segments("abcd", [Span(0, 2, "Need"), Span(2, 4, "Budget")]) == (
        Segment("ab", ("Need",)),
        Segment("cd", ("Budget",)),
    )


def test_words_are_found_in_the_message_they_were_said_in() -> None:
    budget = answer("budget", "amount", "about 15k", "15k")
    assert marked([budget], ["hello", "about 15k", "thanks"]) == [[], ["15k (Budget)"], []]


def test_an_answer_made_of_several_messages_is_marked_in_each() -> None:
    budget = answer("budget", "approved_amount", "board signed off 20k\nmake that 25k\na year", "signed off", "25k")
    said = ["board signed off 20k", "who are you?", "make that 25k", "a year"]
    assert marked([budget], said) == [["signed off (Budget)"], [], ["25k (Budget)"], []]


def test_words_across_a_line_break_are_marked_on_both_sides_of_it() -> None:
    text = "we have 15k\na year"
    whole = Answer("budget", "amount", "precise", "intending", text, (Evidence("15k\na year", 8, 18, "money"),))
    assert marked([whole], ["we have 15k", "a year"]) == [["15k (Budget)"], ["a year (Budget)"]]
    assert marked([whole], [text]) == [["15k\na year (Budget)"]]


def test_blanks_around_a_message_do_not_move_the_mark() -> None:
    budget = answer("budget", "amount", "about 15k", "15k")
    assert marked([budget], ["  \n about 15k  "]) == [["15k (Budget)"]]
    joined = answer("budget", "amount", "some money\nabout 15k", "money", "15k")
    assert marked([joined], [" some money", "\tabout 15k "]) == [["money (Budget)"], ["15k (Budget)"]]


def test_the_same_words_said_twice_belong_to_the_questions_in_turn() -> None:
    budget = answer("budget", "none", "no", "no")
    timeline = answer("timeline", "someday", "no", "no")
    asked = ("timeline", "budget")
    assert marked([budget, timeline], ["no", "no"], asked) == [["no (Timeline)"], ["no (Budget)"]]


def test_one_message_may_answer_two_questions() -> None:
    text = "I sign, and we have 15k"
    both = [answer("authority", "final", text, "I sign"), answer("budget", "amount", text, "15k")]
    assert sorted(marked(both, [text])[0]) == ["15k (Budget)", "I sign (Authority)"]


def test_an_answer_that_is_in_no_message_marks_nothing() -> None:
    assert marked([answer("budget", "amount", "about 15k", "15k")], ["about 16k"]) == [[]]


def test_thousands_of_lines_take_no_time() -> None:
    text = "\n".join(["a"] * 999) + "\nb"
    begun = time.perf_counter()
    assert marked([answer("need", "general", text, "b")], ["a"] * 500) == [[]] * 500
    assert time.perf_counter() - begun < 1
