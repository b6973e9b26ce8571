"""What visitors ask about the chat itself, its bot, the call and what becomes of what they say; in many wordings."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from banter.configuration import load_playbook
from banter.extraction.reader import SpacyReader
from banter.leads.reading import Reading

ROOT = Path(__file__).parent.parent.parent
PLAYBOOK = load_playbook(ROOT / "playbook")
READER = SpacyReader(
    day_first=True,
    currency="GBP",
    region="GB",
    competitor_names=("Example Close", "Sample Books"),
    knowledge=PLAYBOOK.knowledge,
)
ASKED = json.loads((Path(__file__).parent / "chat_topics.json").read_text(encoding="utf-8"))
NOT_ASKED = ASKED.pop("none of these")


def read(text: str, open_question: str | None = None) -> Reading:
    return READER.read(text, open_question=open_question, known={}, today=date(2026, 11, 22), topic_hint=None)


@pytest.mark.parametrize(("topic", "text"), [(topic, text) for topic, texts in ASKED.items() for text in texts])
def test_what_is_asked_about_the_chat_is_known_in_many_wordings(topic: str, text: str) -> None:
    reading = read(text)
    assert reading.topics == (topic,)
    assert reading.found == ()


@pytest.mark.parametrize("topic", ASKED)
def test_it_is_known_while_a_question_is_open_and_answers_none(topic: str) -> None:
    for text in ASKED[topic][:3]:
        for open_question in ("need", "budget", "slot"):
            reading = read(text, open_question)
            assert topic in reading.topics
            assert not any(answer.said for answer in reading.answers.values()), text


@pytest.mark.parametrize("text", NOT_ASKED)
def test_what_only_resembles_it_is_something_else(text: str) -> None:
    assert not set(ASKED) - {"price", "company", "competitors"} & set(read(text, "need").topics)


def test_whoever_asks_whether_anybody_is_there_wants_no_person() -> None:
    for text in ASKED["alive"] + ASKED["caller"]:
        assert "human" not in read(text).acts


def test_a_question_about_data_is_no_call_for_help() -> None:
    for text in ASKED["privacy"] + ASKED["erase"]:
        assert read(text).opener != "support"


def test_a_customer_who_wants_help_stays_one() -> None:
    assert read("I'm a customer and can't log in, and where did you get my number from?").opener == "support"


def test_a_journalist_who_wants_material_does_research() -> None:
    reading = read("I'm a journalist and write about automation in finance departments. Do you have any material?")
    assert reading.opener == "research"
    assert reading.topics == ("material",)


def test_an_owners_own_wording_of_such_a_question_is_answered_by_the_owner() -> None:
    ask = next(known for known in PLAYBOOK.knowledge.visitors).asks[0]
    assert read(f"{ask}?").found


def test_the_size_beside_a_price_question_does_not_hide_it() -> None:
    reading = read("we have 2 entities and about 15 users, what would that be roughly", "need")
    assert reading.topics == ("price",)
    assert reading.found == ()
