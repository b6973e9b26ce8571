"""What the bot says without being spoken to, through Rasa: the one reminder, and the welcome of who comes back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from banter.leads.ports import DialogueDown
from banter.store.database import open_store
from tests.dialogue.talk import Talk

pytestmark = pytest.mark.slow

QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"
MINUTES, HOURS, DAYS = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def talk(engine: Any, tmp_path: Path) -> Iterator[Talk]:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine)
    talk.opens()
    yield talk
    talk.ends()
    store.close()


def texts(messages: list[Any]) -> list[str]:
    assert all(message.sender == "bot" for message in messages)
    return [message.text for message in messages]


def of_the_domain(talk: Talk, response: str) -> list[str]:
    return [variation["text"] for variation in talk.engine._agent.domain.responses[response]]


def test_a_silent_visitor_is_reminded_once_and_goes_on_as_if_nothing_had_been(talk: Talk) -> None:
    asked = texts(talk.says("need=quantified"))[-1]
    assert talk.waits(2 * MINUTES) == []
    nudge, question = texts(talk.waits(1 * MINUTES))
    assert nudge in of_the_domain(talk, "utter_nudge")
    assert question in of_the_domain(talk, "utter_ask_budget")
    assert question != asked
    assert talk.lead.question == question
    assert talk.lead.asked == ("need", "budget")
    assert talk.waits(DAYS) == []
    talk.says("budget=none")
    assert talk.reader.questions[-1] == question
    assert talk.lead.awaiting == "authority"
    assert talk.waits(DAYS) == []


def test_a_question_that_came_back_already_comes_in_other_words_again(talk: Talk) -> None:
    said = texts(talk.says("need=quantified"))[-1:]
    said += texts(talk.says("!price"))[-1:]
    said += texts(talk.waits(3 * MINUTES))[-1:]
    said += texts(talk.says("!price"))[-1:]
    assert all(one != other for one, other in itertools.pairwise(said))
    assert len(set(said)) >= 3


def test_times_come_back_as_buttons(talk: Talk) -> None:
    talk.says(QUALIFIED)
    nudge, question = talk.waits(3 * MINUTES)
    assert not nudge.buttons
    assert len(question.buttons) == talk.playbook.team.offered
    assert "e-mail" in talk.says(question.buttons[0][1])[-1].text


def test_a_timer_that_rings_too_late_to_say_anything_says_nothing(talk: Talk) -> None:
    talk.says("need=quantified")
    before = talk.lead.question
    with talk.store.begin() as tx:
        tx.inbox.put("timer", "timer:nudge:early", talk.conversation, "timer", "nudge", talk.now)
        tx.inbox.put("timer", "timer:of-another-version", talk.conversation, "timer", "no_such_thing", talk.now)
    talk.runs()
    with talk.store.begin(readonly=True) as tx:
        assert tx.inbox.next(talk.conversation) is None
        assert tx.transcript.of_conversation(talk.conversation)[-1].text == before
    assert talk.lead.question == before


def test_who_comes_back_the_next_day_hears_where_things_stand(talk: Talk) -> None:
    talk.says("need=quantified")
    talk.waits(DAYS)
    welcome, question = texts(talk.comes_back())
    assert '"need is quantified"' in welcome
    assert "{" not in welcome
    assert question in of_the_domain(talk, "utter_ask_budget")
    assert talk.comes_back() == []
    assert talk.lead.awaiting == "budget"
    talk.says("budget=none")
    assert talk.lead.awaiting == "authority"


def test_after_booking_the_call_is_named_and_nothing_is_done_again(talk: Talk) -> None:
    offered = talk.says(QUALIFIED)[-1].buttons
    talk.says(offered[-1][1])
    talk.says("pat@example.com")
    talk.now = talk.lead.slot.starts_at - HOURS  # type: ignore[union-attr]
    with talk.store.begin() as tx:
        lead = tx.leads.of_conversation(talk.conversation)
        assert lead is not None
        tx.leads.save(replace(lead, heard_at=talk.now - 7 * HOURS))
    [welcome] = texts(talk.comes_back())
    assert "/booking/" in welcome
    assert "{" not in welcome
    assert talk.lead.status == "booked"


def test_who_was_let_go_and_comes_back_gets_one_sentence(talk: Talk) -> None:
    talk.says("is:student")
    talk.waits(DAYS)
    assert len(texts(talk.comes_back())) == 1
    assert talk.lead.status == "closed"


@pytest.mark.parametrize("opens", [True, False])
def test_after_a_month_it_begins_anew_and_says_what_is_still_known(talk: Talk, opens: bool) -> None:
    talk.says("need=quantified budget=approved_amount authority=final")
    talk.waits(31 * DAYS)
    said = texts(talk.comes_back() if opens else talk.says("#smalltalk"))
    assert '"need is quantified"' in said[0]
    assert "bot" in said[0]  # a month on they may not know any more whom they talk to
    assert set(talk.lead.answers) == {"need", "authority"}
    talk.says("timeline=within_60_days")
    talk.says("budget=approved_amount")
    assert talk.lead.awaiting == "slot"


@pytest.mark.parametrize(
    "text", ["timer", "resume", "/timer", "/resume", "EXTERNAL: timer", "EXTERNAL: resume", "nudge"]
)
def test_a_visitor_who_types_a_signal_only_says_a_word(talk: Talk, text: str) -> None:
    talk.says("need=quantified")
    talk.now += DAYS
    said = texts([m for m in talk.says(text) if m.sender == "bot"])
    assert not set(said) & {*of_the_domain(talk, "utter_nudge"), *of_the_domain(talk, "utter_welcome_back_briefly")}
    assert not talk.lead.nudged
    assert talk.lead.welcomed_at is None
    assert talk.lead.turns == 2


def test_a_reminder_that_fails_is_tried_again_and_given_up_without_a_word(talk: Talk) -> None:
    talk.says("need=quantified")

    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError("no responses today")

    engine, talk.runner._engine = talk.runner._engine, Broken()
    with pytest.raises(DialogueDown):
        talk.waits(3 * MINUTES)
    assert not talk.lead.nudged
    for _ in range(3):
        with pytest.raises(DialogueDown):
            talk.runs()
    talk.runs()
    talk.runner._engine = engine
    with talk.store.begin(readonly=True) as tx:
        assert "lost the thread" not in tx.transcript.of_conversation(talk.conversation)[-1].text
        assert tx.inbox.next(talk.conversation) is None


def test_a_reminder_on_a_bad_day_is_given_once_when_things_work_again(talk: Talk) -> None:
    talk.says("need=quantified")

    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise RuntimeError("no responses today")

    engine, talk.runner._engine = talk.runner._engine, Broken()
    with pytest.raises(DialogueDown):
        talk.waits(3 * MINUTES)
    talk.runner._engine = engine
    assert len(texts(talk.waits(1 * MINUTES))) == 2
    assert talk.waits(DAYS) == []
