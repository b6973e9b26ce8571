"""The same decisions, through Rasa: form, rules, responses, memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from banter.extraction.reader import SpacyReader
from banter.leads.ports import DialogueDown
from banter.leads.saying import ABOUT, WORDINGS
from banter.leads.variety import sentences
from banter.store.database import open_store
from tests.dialogue.talk import Talk
from tests.leads.visitor import PLAYBOOK

pytestmark = pytest.mark.slow

QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"


@pytest.fixture
def talk(engine: Any, tmp_path: Path) -> Iterator[Talk]:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine)
    yield talk
    talk.ends()
    store.close()


def texts(messages: list[Any]) -> list[str]:
    return [message.text for message in messages]


def test_the_first_message_says_that_it_is_a_bot(talk: Talk) -> None:
    hello = texts(talk.opens())
    assert "bot" in hello[0]
    assert hello[-1].endswith("?")
    assert talk.lead.awaiting == "need"


def test_from_hello_to_a_booked_call(talk: Talk) -> None:
    talk.opens()
    offered = talk.says(QUALIFIED)
    assert len(offered[-1].buttons) == PLAYBOOK.team.offered
    held = talk.says(offered[-1].buttons[0][1])
    assert "e-mail" in held[-1].text
    booked = talk.says("pat@example.com")
    assert "booked" in booked[-1].text
    assert "pat@example.com" in booked[-1].text
    assert talk.lead.status == "booked"
    thanks = talk.says("#smalltalk")
    assert len(thanks) == 1


def test_a_mistyped_address_is_asked_about_and_a_yes_books_with_the_right_one(engine: Any, tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine, reader=SpacyReader(day_first=True, currency="GBP", market=PLAYBOOK.market))
    talk.opens()
    talk.says("month end close takes my team 6 days, I'm the CFO of a law firm, 20k approved, live by next month")
    talk.says("the first one")
    asked = texts(talk.says("pat@gmial.com"))
    assert "did you mean pat@gmail.com?" in asked[-2]
    assert "right" in asked[-1].lower()
    assert "booked" in talk.says("yes")[-1].text
    assert talk.lead.contact.email == "pat@gmail.com"
    assert talk.lead.facts.industry is not None
    assert talk.lead.facts.industry.name == "legal"
    talk.ends()
    store.close()


@pytest.fixture
def real(engine: Any, tmp_path: Path) -> Iterator[Talk]:
    store = open_store(f"sqlite:///{tmp_path}/banter.db")
    store.migrate()
    talk = Talk(store, engine, reader=SpacyReader(day_first=True, currency="GBP", market=PLAYBOOK.market))
    talk.opens()
    yield talk
    talk.ends()
    store.close()


def test_who_says_that_the_cfo_approved_it_is_asked_for_the_cfos_number(real: Talk) -> None:
    real.says("payroll takes us 2 days every month")
    asked = texts(real.says("our CFO approved the request last month"))[-1]
    assert "did your CFO" in asked
    again = texts(real.says("are you a bot?"))[-1]
    assert "did your CFO" in again
    assert again != asked
    real.says("15k")
    budget = real.lead.answers["budget"]
    assert (budget.band, budget.value and budget.value.max) == ("approved_amount", 15_000)  # type: ignore[union-attr]
    assert len(budget.evidence) >= 2
    assert real.lead.asked == ("need", "budget", "budget", "authority")


def test_an_event_is_said_back_and_its_date_counts(real: Talk) -> None:
    for text in ("payroll takes us 2 days every month", "20k approved", "just me"):
        real.says(text)
    assert '"after the audit"' in texts(real.says("after the audit"))[-1]
    real.says("it's in January")
    assert real.lead.answers["timeline"].band == "within_120_days"
    assert real.lead.awaiting == "slot"


def test_a_problem_is_asked_for_its_hours_and_a_bare_number_is_them(real: Talk) -> None:
    assert "hours" in texts(real.says("we do all our data entry by hand"))[-1]
    real.says("30")
    assert real.lead.answers["need"].band == "quantified"


@pytest.mark.parametrize("framework", ["bant", "champ"])
@pytest.mark.parametrize("channel", ["web", "sms"])
def test_every_follow_up_has_its_words_on_every_channel(engine: Any, framework: str, channel: str) -> None:
    from banter.dialogue.memory import restore  # imports Rasa

    said = set()
    for question, wordings in WORDINGS.items():
        for wording in wordings:
            tracker = restore(
                "c",
                {"slots": {"framework": framework, "wording": wording, "about": "Karen"}, "loop": None},
                engine._agent.domain,
            )
            reply = asyncio.run(engine._agent.nlg.generate(f"utter_ask_{question}", tracker, channel))
            assert ("Karen" in reply["text"]) == (wording in ABOUT)
            assert "{" not in reply["text"]
            if wording.startswith("probe_"):
                said.add(reply["text"])
    assert len(said) == sum(w.startswith("probe_") for wordings in WORDINGS.values() for w in wordings)


def test_a_question_of_theirs_is_answered_and_the_open_one_comes_back_in_other_words(talk: Talk) -> None:
    asked = texts(talk.opens())[-1]
    first = texts(talk.says("!price"))
    second = texts(talk.says("!price"))
    assert first[0] == PLAYBOOK.company.price
    assert second[0].endswith(sentences(first[0])[0])
    assert second[0] != sentences(first[0])[0]
    assert len({asked, first[-1], second[-1]}) == 3


def test_the_words_of_the_question_are_kept_without_hello_and_digressions(talk: Talk) -> None:
    hello = texts(talk.opens())
    assert talk.lead.question == hello[-1]
    digression = texts(talk.says("!price"))
    assert talk.lead.question == digression[-1] != hello[-1]
    talk.says("need=quantified")
    assert talk.reader.questions[-1] == digression[-1]


def test_a_conversation_that_was_not_opened_begins_with_hello(talk: Talk) -> None:
    answer = texts(talk.says("!price"))
    assert "bot" in answer[0]
    assert answer[1] == PLAYBOOK.company.price


@pytest.mark.parametrize("text", ["/restart", '/budget{"x":"y"}', "/start", "  /session_start", "EXTERNAL: start"])
def test_what_begins_like_a_command_is_only_text(talk: Talk, text: str) -> None:
    talk.opens()
    talk.says("need=quantified")
    talk.says(text)
    assert talk.lead.answers["need"].band == "quantified"
    assert set(talk.lead.answers) == {"need"}
    assert talk.lead.turns == 2


@pytest.mark.parametrize(
    "text",
    ["🙂", "🙂🙂🙂", "…", "<b>hi</b>", pytest.param("a" * 2000, id="2000 letters"), "{company} {price}", "{", "%s %d"],
)
def test_odd_texts_are_answered(talk: Talk, text: str) -> None:
    talk.opens()
    assert talk.says(text)
    assert talk.lead.status == "open"


def test_a_reply_never_repeats_the_visitors_braces(talk: Talk) -> None:
    talk.opens()
    assert not any("{" in text for text in texts(talk.says("{price} !price")))


def test_an_action_that_fails_loses_nothing(talk: Talk) -> None:
    talk.opens()
    reader, talk.runner._turns = talk.runner._turns.reader, replace(talk.runner._turns, reader=_Broken())
    with pytest.raises(DialogueDown):
        talk.says("need=quantified")
    assert talk.lead.answers == {}
    talk.runner._turns = replace(talk.runner._turns, reader=reader)
    talk.says("budget=none")
    assert {d: a.band for d, a in talk.lead.answers.items()} == {"need": "quantified", "budget": "none"}


def test_a_message_that_always_fails_is_given_up_with_an_apology(talk: Talk) -> None:
    talk.opens()
    talk.runner._turns = replace(talk.runner._turns, reader=_Broken())
    with pytest.raises(DialogueDown):
        talk.says("x")
    for _ in range(3):
        with pytest.raises(DialogueDown):
            talk.runs()
    talk.runs()
    with talk.store.begin(readonly=True) as tx:
        assert "lost the thread" in tx.transcript.of_conversation(talk.conversation)[-1].text


def test_the_dialogues_memory_stays_small(talk: Talk) -> None:
    talk.opens()
    sizes = []
    for _ in range(60):  # the first forty lead through all the questions: none is put for ever
        talk.says("!price")
        with talk.store.begin(readonly=True) as tx:
            sizes.append(len(str(tx.trackers.load(talk.conversation))))
    assert max(sizes[40:]) < 1.3 * sizes[39]
    assert max(sizes) < 3 * sizes[4]


class _Broken:
    def read(self, text: str, **_: object) -> None:
        raise RuntimeError("the reader is broken")
