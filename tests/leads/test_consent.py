"""The words by which people stop, return and ask for help."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from banter.leads.consent import HELP_WORDS, START_WORDS, STOP_WORDS, Consent, command, is_yes, key_of, opted_out

NOW = datetime(2026, 11, 22, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "written",
    ["{}", "{}.", "  {} ", "{}!!!", '"{}"', "👋 {} 🙏🏽", "({})", "{}\n", "\u200b{}\ufe0f", "*{}*", "{0} {0}"],
)
@pytest.mark.parametrize("case", [str.lower, str.upper, str.title])
def test_a_reserved_word_is_known_in_any_case_with_anything_around(written: str, case: type[str]) -> None:
    for words, meaning in ((STOP_WORDS, "stop"), (START_WORDS, "start"), (HELP_WORDS, "help")):
        for word in words:
            assert command(written.format(case(word))) == meaning


@pytest.mark.parametrize("text", ["Stop all", "opt-out", "OPT OUT", "s.t.o.p", "ＳＴＯＰ", "un-stop"])
def test_a_word_that_is_written_apart_or_wide_is_the_same_word(text: str) -> None:
    assert command(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "🙂",
        "stop by tomorrow",
        "end of Q3",
        "yes, 15k",
        "1",
        "stop 5",
        "info about prices",
        "helpful",
        "stopp",
    ],
)
def test_what_says_more_than_the_word_is_a_message(text: str) -> None:
    assert command(text) is None


def test_a_plain_yes_is_told_from_the_other_words_to_return() -> None:
    assert is_yes(" Yes! ")
    assert not is_yes("start")
    assert not is_yes("yes please")


def line(kind: str) -> Consent:
    return Consent("k", None, kind, NOW, "", "sms", "word")  # type: ignore[arg-type]


def test_the_last_word_counts_and_writing_to_us_takes_back_no_stop() -> None:
    assert not opted_out([])
    assert not opted_out([line("asked")])
    assert opted_out([line("asked"), line("opted_out"), line("asked")])
    assert not opted_out([line("opted_out"), line("opted_in")])


def test_the_key_of_a_number_needs_the_secret_and_tells_channels_apart() -> None:
    key = key_of("sms", "+15550100", "secret")
    assert key == key_of("sms", "+15550100", "secret")
    assert len({key, key_of("sms", "+15550100", "other"), key_of("voice", "+15550100", "secret")}) == 3
    assert "5550100" not in key
