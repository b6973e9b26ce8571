"""A number without a word; who decides with whom; who does not know who decides."""

from __future__ import annotations

from datetime import date

import pytest

from banter.extraction.reader import SpacyReader
from banter.extraction.signals import read_answer
from scoring.model import Timing

TODAY = date(2026, 11, 22)
READER = SpacyReader(day_first=True, currency="GBP", region="GB")


@pytest.mark.parametrize(("text", "band", "days"), [("30", "within_60_days", 30), ("90.", "within_120_days", 90)])
def test_a_round_number_alone_counts_days(text: str, band: str, days: int) -> None:
    answer = read_answer("timeline", text, today=TODAY)
    assert (answer.band, answer.specificity) == (band, "some")
    assert isinstance(answer.value, Timing)
    assert answer.value.days_max == days


@pytest.mark.parametrize("text", ["6", "3", "30%", "30k", "1000"])
def test_of_another_number_alone_nobody_knows_what_it_counts(text: str) -> None:
    assert read_answer("timeline", text, today=TODAY).band == "unclear"


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "I decide with my co-founder",
        "I make the call with my wife",
        "I decide this with our board",
        "I sign everything together with my partner",
    ],
)
def test_who_decides_with_somebody_shares_the_decision(text: str, asked: bool) -> None:
    assert read_answer("authority", text, today=TODAY, asked=asked).band == "shared"


@pytest.mark.parametrize("text", ["I decide with a clear head", "I sign with my own pen", "I decide, with no one else"])
def test_what_one_decides_with_is_nobody(text: str) -> None:
    assert read_answer("authority", text, today=TODAY, asked=False).band == "final"


@pytest.mark.parametrize(
    "text",
    [
        "I'm the controller, the CFO signs",
        "I am the finance manager and the CEO signs the contracts",
        "I'm head of finance, the owner decides",
        "our FD signs, I'm the controller",
    ],
)
def test_where_another_signs_the_speaker_has_not_the_last_word(text: str) -> None:
    for asked in (True, False):
        assert read_answer("authority", text, today=TODAY, asked=asked).band in ("shared", "influence", "none")


@pytest.mark.parametrize(
    "text", ["I'm the CFO and the owner, I sign", "I'm the CEO and I sign", "I'm the FD, I decide"]
)
def test_who_signs_with_two_titles_has_the_last_word(text: str) -> None:
    assert read_answer("authority", text, today=TODAY, asked=False).band == "final"


@pytest.mark.parametrize(
    "text", ["no clue", "no idea", "beats me", "not sure yet", "maybe", "no clue sorry", "who knows"]
)
def test_who_does_not_know_who_decides_has_not_said_that_they_do(text: str) -> None:
    known = {"need": "quantified", "budget": "amount"}
    reading = READER.read(text, open_question="authority", known=known, today=TODAY, topic_hint=None)
    assert (reading.acts, reading.answers) == (("answer",), {})


@pytest.mark.parametrize("text", ["no", "No.", "nope", "not really"])
@pytest.mark.parametrize(
    ("question", "bands"),
    [
        ("How does a decision like this get made on your side?", {}),
        ("Whose yes counts in the end?", {}),
        ("So who decides on this in the end?", {}),
        ("Besides yourself, who else would need to approve this?", {"authority": "final"}),
        ("So who, besides you, would want to be asked about this?", {"authority": "final"}),
        ("Is it your decision?", {"authority": "none"}),
    ],
)
def test_a_flat_no_says_who_decides_only_where_the_question_lets_it(
    text: str, question: str, bands: dict[str, str]
) -> None:
    reading = READER.read(text, open_question="authority", known={}, today=TODAY, topic_hint=None, question=question)
    assert {dimension: answer.band for dimension, answer in reading.answers.items()} == bands


@pytest.mark.parametrize(
    "text", ["it is not approved", "it isn't approved", "That is the plan, but it is not approved"]
)
def test_what_is_said_not_to_be_approved_is_not(text: str) -> None:
    question = "Is that figure approved, or does somebody still have to agree?"
    assert read_answer("budget", text, today=TODAY, question=question).band == "exploring"
    assert read_answer("budget", "ah no, it's approved", today=TODAY, question=question).band == "approved"
    assert read_answer("budget", "the money is not there", today=TODAY).band in ("none", "exploring")


def test_who_decides_with_the_speaker_shares_the_decision() -> None:
    assert read_answer("authority", "the board decides with me", today=TODAY).band == "shared"


def test_how_many_a_firm_has_is_no_measure_of_its_need() -> None:
    text = "We are a law firm of 60 people in Leeds and want better reports"
    assert read_answer("need", text, today=TODAY).band == "general"


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("authority", "does the owner have to be on the call? he's the one who signs"),
        ("authority", "I decide, well, me and the FD"),
        ("need", "the counts are off"),
    ],
)
def test_an_answer_is_worth_the_same_in_whatever_words_it_was_asked_for(question: str, text: str) -> None:
    asked = ("Who has a say in it?", "Besides yourself, who else would need to approve this?", "What takes too long?")
    readings = [
        READER.read(text, open_question=question, known={}, today=TODAY, topic_hint=None, question=words)
        for words in asked
    ]
    assert len({reading.answers[question].band for reading in readings}) == 1
