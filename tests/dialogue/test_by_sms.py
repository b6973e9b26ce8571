"""The conversation by text message, through Rasa: one message for what is said at once, numbers for buttons, and a
phone that is known from the start."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from banter.leads.model import OutboxItem
from banter.store.database import open_store
from tests.dialogue.talk import Talk

pytestmark = pytest.mark.slow

NUMBER = "+15550100"
QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"


@pytest.fixture
def talk(engine: Any, tmp_path: Path) -> Iterator[Talk]:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine, channel="sms", address=NUMBER)
    yield talk
    talk.ends()
    store.close()


def sent(talk: Talk) -> list[OutboxItem]:
    with talk.store.begin(readonly=True) as tx:
        return [item for item in reversed(tx.outbox.page(size=100)) if item.kind == "sms"]


def test_what_is_said_at_once_is_one_text_message(talk: Talk) -> None:
    said = [line.text for line in talk.says("need=quantified") if line.sender == "bot"]
    assert len(said) > 1
    (item,) = sent(talk)
    assert item.payload["text"] == "\n".join(said)
    assert item.payload["to"] == NUMBER


def test_who_writes_from_a_number_is_not_asked_for_it_and_once_where_the_invitation_should_go(talk: Talk) -> None:
    talk.says(QUALIFIED)
    assert talk.lead.contact.phone == NUMBER
    assert talk.lead.awaiting == "slot"
    second = talk.lead.offered[1]
    talk.says("2")
    assert talk.lead.slot == second
    assert talk.lead.awaiting == "contact"
    talk.says("hm")
    assert talk.lead.status == "booked"
    assert talk.lead.contact.email is None


def test_the_transcript_keeps_the_number_as_it_was_typed(talk: Talk) -> None:
    talk.says(QUALIFIED)
    talk.says(" 1. ")
    with talk.store.begin(readonly=True) as tx:
        lines = tx.transcript.of_conversation("c_talk")
    assert [line.text for line in lines if line.sender == "visitor"][-1] == " 1. "
    assert talk.lead.slot is not None


def test_an_address_for_the_invitation_is_taken(talk: Talk) -> None:
    talk.says(QUALIFIED)
    talk.says("1")
    talk.says("pat@example.com")
    assert talk.lead.status == "booked"
    assert talk.lead.contact.email == "pat@example.com"


def test_what_only_the_dialogue_understands_as_a_stop_is_one_too(talk: Talk) -> None:
    talk.says("need=quantified")
    talk.says("#stop")
    assert talk.stopped == ["#stop"]
    assert sent(talk)[-1].payload["notice"] == "stopped"
    assert "START" in sent(talk)[-1].payload["text"]
