"""Who asks for a person, through Rasa, the worker and the page: a bot that has stepped aside says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from banter.dashboard import reply
from banter.leads.model import Message
from banter.store.database import open_store
from tests.dialogue.talk import Talk
from tests.leads.visitor import NOW, PLAYBOOK

pytestmark = pytest.mark.slow

OPEN = datetime(2026, 11, 23, 15, 0, tzinfo=timezone.utc)  # a Monday
QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"


def talks(engine: Any, tmp_path: Path, now: datetime) -> Iterator[Talk]:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine, now=now)
    yield talk
    talk.ends()
    store.close()


@pytest.fixture
def inside(engine: Any, tmp_path: Path) -> Iterator[Talk]:
    yield from talks(engine, tmp_path, OPEN)


@pytest.fixture
def outside(engine: Any, tmp_path: Path) -> Iterator[Talk]:
    yield from talks(engine, tmp_path, NOW)


def rep_does(talk: Talk, what: str, text: str = "") -> None:
    """On the lead's page."""
    with talk.store.begin() as tx:
        lead = reply.held(tx, talk.lead.id)
        assert lead is not None
        if what == "write":
            reply.write(tx, lead, reply.Draft(reply.new_draft().once, text), talk.now)
        elif what == "hand back":
            reply.hand_back(tx, lead, talk.now)
        else:
            reply.close(tx, lead, talk.now)


def transcript(talk: Talk) -> list[Message]:
    with talk.store.begin(readonly=True) as tx:
        return list(tx.transcript.of_conversation(talk.conversation))


@pytest.mark.parametrize("said", ["need=quantified", QUALIFIED, f"{QUALIFIED} pat@example.com"])
def test_the_bot_says_nothing_while_it_is_aside_and_is_back_when_it_is_handed_back(inside: Talk, said: str) -> None:
    inside.opens()
    asked = inside.says(said)[-1].text
    waiting = inside.says("!person")
    assert len(waiting) == 1
    assert [value for _, value in waiting[0].buttons] == ["Go on with the bot"]
    assert len(inside.says("anybody there")) == 1
    assert inside.says("!price") == []
    rep_does(inside, "write", "Hello, Ana here.")
    for words in ("need=curious", "!price #human", "go-on", "blah", "is:student", "when:any"):
        assert inside.says(words) == []
    assert (inside.lead.aside, inside.lead.status, inside.lead.awaiting) == ("joined", "handed_over", None)
    rep_does(inside, "hand back")
    back = inside.waits(timedelta(seconds=1))
    assert "bot" in back[0].text
    assert inside.lead.awaiting in ("budget", "slot")
    assert back[-1].text != asked
    assert [line.text for line in transcript(inside) if line.sender == "rep"] == ["Hello, Ana here."]
    assert inside.waits(timedelta(hours=1)) == [] or inside.lead.nudged  # handed back once


def test_when_nobody_comes_the_bot_is_back_after_the_patience_of_the_playbook(inside: Talk) -> None:
    inside.opens()
    inside.says("need=quantified")
    inside.says("!person")
    assert inside.waits(PLAYBOOK.conversation.patience - timedelta(seconds=30)) == []
    nobody = inside.waits(timedelta(seconds=30))
    assert len(nobody) == 2
    assert "reach" in nobody[-1].text
    written = inside.says("pat@example.com")
    assert inside.lead.status == "handed_over"
    assert len(written) == 1
    assert inside.lead.contact.email == "pat@example.com"


def test_when_somebody_has_written_nobody_apologises(inside: Talk) -> None:
    inside.opens()
    inside.says("!person")
    rep_does(inside, "write", "Hello")
    assert inside.waits(timedelta(hours=2)) == []
    assert inside.lead.aside == "joined"


def test_a_conversation_that_was_closed_is_quiet(inside: Talk) -> None:
    inside.opens()
    inside.says("!person")
    rep_does(inside, "close")
    assert inside.waits(timedelta(hours=2)) == []
    assert inside.lead.status == "closed"
    assert inside.says("thanks") != []


def test_who_goes_on_finishes_with_a_call(inside: Talk) -> None:
    inside.opens()
    inside.says("need=quantified")
    inside.says("!person")
    assert inside.says("go-on")[-1].text.endswith("?")
    inside.says("budget=approved_amount authority=final timeline=within_60_days")
    inside.says("when:any")
    assert "booked" in inside.says("pat@example.com")[-1].text
    assert inside.waits(timedelta(hours=1)) == []


def test_outside_the_hours_a_call_back_is_booked_in_the_chat(outside: Talk) -> None:
    outside.opens()
    outside.says("need=quantified")
    offered = outside.says("!person")
    assert len(offered[-1].buttons) == PLAYBOOK.team.offered
    held = outside.says(offered[-1].buttons[0][1])
    assert "e-mail" in held[-1].text
    booked = outside.says("pat@example.com")
    assert "booked" in booked[-1].text
    assert outside.lead.status == "booked"
    with outside.store.begin(readonly=True) as tx:
        kinds = [item.kind for item in tx.outbox.of_lead(outside.lead.id)]
    assert "invitation" in kinds


def test_outside_the_hours_who_wants_no_call_goes_on_with_the_questions(outside: Talk) -> None:
    outside.opens()
    outside.says("need=quantified")
    outside.says("!person")
    outside.says("#refusal")
    assert outside.lead.awaiting == "contact"
    outside.says("#refusal")
    assert outside.lead.awaiting == "budget"
