"""Sentences that mean much the same lie close together, whatever their words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.extraction.knowledge_near import learnt, shipped
from banter.extraction.sentence_vectors import MOST_PIECES, SIZE, STORED, load, vector, vectors

SAME = (
    ("may i bring my dog ?", "are pets allowed ?", "where can i park the car ?"),
    ("do you deliver on sundays ?", "can i get it at the weekend ?", "do you repair shoes ?"),
    ("i forgot my password", "the login secret slipped my mind", "the printer is out of paper"),
    ("is breakfast included ?", "do we get a meal in the morning ?", "how old is the building ?"),
)


@pytest.mark.parametrize(("one", "alike", "other"), SAME)
def test_the_same_in_other_words_is_nearer_than_something_else(one, alike, other):
    assert vector(one) @ vector(alike) > vector(one) @ vector(other) + 0.1
    turned = shipped().turned(vectors((one, alike, other)))
    assert turned[0] @ turned[1] > turned[0] @ turned[2] + 0.1


def test_a_typing_error_in_a_word_leaves_a_sentence_where_it_is_nearest():
    assert vector("where can i prak the car ?") @ vector("where can i park the car ?") > 0.5


def test_many_sentences_at_once_are_as_one_by_one():
    texts = tuple(text for row in SAME for text in row)
    assert np.allclose(vectors(texts), [vector(text) for text in texts], atol=1e-4)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_vector_of_length_one(text):
    found = vector(text.lower())
    assert found.shape == (SIZE,)
    assert float(np.linalg.norm(found)) == pytest.approx(1.0, abs=1e-3)


def test_a_text_without_end_is_cut_and_a_word_without_end_is_one_unknown_piece():
    network = load(STORED)
    assert len(network.numbers("is there a trial ? " * 100)) == MOST_PIECES
    assert len(network.numbers("a" * 5000)) == 3
    assert len(network.numbers("日本語 ☂")) == 6


def test_no_sentences_have_no_vectors():
    assert vectors(()).shape == (0, SIZE)


def test_directions_in_which_the_wordings_of_one_question_differ_count_little():
    near = learnt(np.array([[1, 0, 0.9], [1, 0, -0.9], [0, 1, 0.9], [0, 1, -0.9]]), ["a", "a", "b", "b"])
    turned = near.turned(np.array([[1.0, 0, 0.9], [1, 0, -0.9], [0, 1, 0.9]]))
    assert turned[0] @ turned[1] > turned[0] @ turned[2]
