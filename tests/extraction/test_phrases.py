"""The language of the pattern files, sign by sign."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from banter.extraction.phrases import MONEY, PhraseBook, compile_phrase

_LISTS = {"role": frozenset(["cfo", "boss"])}


def _finds(pattern: str, sentence: str) -> list[str]:
    keys = sentence.split()
    book = PhraseBook(("it", steps) for steps in compile_phrase(pattern, _LISTS))
    return [" ".join(keys[first:end]) for _, first, end in book.find(keys)]


def test_a_word_may_have_alternatives_and_endings() -> None:
    assert _finds("approve~|sign~", "we approved and he signs") == ["approved", "signs"]


def test_a_word_in_parentheses_may_be_missing() -> None:
    assert _finds("(very) good (deal)", "good and very good deal") == ["very good deal", "good"]


def test_either_phrase_in_brackets_does() -> None:
    assert _finds("[sign off|green light] it", "green light it , then sign off it") == ["green light it", "sign off it"]


def test_a_named_list_stands_for_its_words() -> None:
    assert _finds("my @role", "my boss and my cat") == ["my boss"]


def test_a_gap_holds_a_few_words_and_never_crosses_a_but() -> None:
    assert _finds("set .. aside", "set some money aside") == ["set some money aside"]
    assert _finds("set .. aside", "set a bit of money aside") == []
    assert _finds("set ... aside", "set it but aside") == []


def test_a_dollar_sign_is_an_amount_and_a_hash_any_number() -> None:
    assert _finds("up to $", f"up to {MONEY} or up to 5") == [f"up to {MONEY}"]
    assert _finds("# hours", "12 hours or twelve hours or many hours") == ["12 hours", "twelve hours"]


def test_of_matches_that_overlap_the_longest_counts() -> None:
    assert _finds("no ... money", "no no money is no money") == ["no no money is no money"]


@given(st.lists(st.sampled_from(["a", "b", "but", ".", ",", "5", "set", "aside", "money"]), max_size=30))
def test_what_is_found_begins_and_ends_with_words_of_the_pattern(keys: list[str]) -> None:
    book = PhraseBook(("it", steps) for steps in compile_phrase("set|a ... money|aside", _LISTS))
    for _, first, end in book.find(keys):
        assert keys[first] in ("set", "a")
        assert keys[end - 1] in ("money", "aside")
