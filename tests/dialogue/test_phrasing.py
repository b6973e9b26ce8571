"""What is said, word for word: every response, on every channel, in every language there are texts in."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from banter.leads.saying import RESPONSES, VALUES, WORDINGS, company_values
from banter.leads.variety import sentences
from banter.turns import _current
from tests.leads.visitor import PLAYBOOK

pytestmark = pytest.mark.slow  # imports Rasa
ROOT = Path(__file__).parent.parent.parent
COMPANY = company_values(PLAYBOOK.company)


@dataclass
class Speaker:
    """Says responses as a conversation would, turn by turn."""

    phrases: Any
    domain: Any
    conversation: str = "c_1"
    channel: str = "web"
    locales: tuple[str, ...] = ("en-GB",)
    dialogue_state: dict[str, Any] | None = None
    slots: dict[str, Any] = field(default_factory=dict)

    def says(self, *responses: str, **values: str) -> list[str]:
        """One turn: the texts of `responses`."""
        from banter.dialogue.memory import TurnMemory, restore

        token = _current.set(self)  # type: ignore[arg-type]
        try:
            memory = TurnMemory(self.domain)
            tracker = asyncio.run(memory.retrieve(self.conversation))
            tracker = tracker or restore(self.conversation, {"slots": {}, "loop": None}, self.domain)
            for name, value in self.slots.items():
                tracker._set_slot(name, value)
            said = [asyncio.run(self._one(response, tracker, values)) for response in responses]
            asyncio.run(memory.save(tracker))
        finally:
            _current.reset(token)
        return said

    async def _one(self, response: str, tracker: Any, values: dict[str, str]) -> str:
        reply = await self.phrases.generate(response, tracker, self.channel, **{**COMPANY, **values})
        assert reply is not None, response
        return str(reply["text"])


@contextmanager
def texts(tmp_path: Path, **files: str) -> Iterator[Path]:
    for name, content in files.items():
        (tmp_path / f"{name}.yml").write_text(content, encoding="utf-8")
    yield tmp_path


@pytest.fixture(scope="module")
def domain() -> Any:
    from rasa.shared.core.domain import Domain

    return Domain.load(str(ROOT / "domain.yml"))


@pytest.fixture
def speaker(domain: Any) -> Speaker:
    from banter.dialogue.phrasing import RotatingPhrases

    return Speaker(RotatingPhrases(domain=domain), domain)


def test_no_acknowledgement_comes_again_before_all_were_said(speaker: Speaker) -> None:
    ways = len(speaker.phrases.responses["utter_acknowledged"])
    said = [speaker.says("utter_acknowledged")[0] for _ in range(3 * ways)]
    assert ways >= 6
    for start in range(0, len(said), ways):
        assert len(set(said[start : start + ways])) == ways


def test_the_price_asked_again_and_again_is_never_the_same_sentence_twice_running(speaker: Speaker) -> None:
    before: list[str] = []
    for _ in range(8):
        said = [s for text in speaker.says("utter_answer_price") for s in sentences(text)]
        assert said
        assert not set(said) & set(before)
        assert "30,000" in said[0]
        before = said


def test_the_same_thing_twice_in_a_turn_is_said_differently(speaker: Speaker) -> None:
    said = speaker.says("utter_answer_price", "utter_answer_price", "utter_answer_price")
    assert len(set(said)) == 3
    assert said[1].endswith(sentences(said[0])[0])


def test_a_question_is_never_lost_for_having_been_asked(speaker: Speaker) -> None:
    speaker.slots = {"framework": "bant", "wording": "again"}
    said = speaker.says(*["utter_ask_need"] * 7)
    assert len(set(said)) == 7
    assert all(text.endswith("?") for text in said)


def test_the_same_conversation_reads_the_same_and_another_one_differently(domain: Any) -> None:
    from banter.dialogue.phrasing import RotatingPhrases

    def small_talk(conversation: str) -> tuple[str, ...]:
        speaker = Speaker(RotatingPhrases(domain=domain), domain, conversation)
        return tuple(speaker.says("utter_smalltalk")[0] for _ in range(4))

    talks = [small_talk(f"c_{number}") for number in range(40)]
    assert talks == [small_talk(f"c_{number}") for number in range(40)]
    assert len(set(talks)) >= 36


def test_what_was_said_is_kept_small(speaker: Speaker) -> None:
    for _ in range(60):
        speaker.says("utter_acknowledged", "utter_answer_price", "utter_answer_hours", "utter_smalltalk")
    assert len(str(speaker.dialogue_state)) < 1500


def test_the_visitors_own_words_begin_a_sentence_with_a_capital(speaker: Speaker) -> None:
    said = [speaker.says("utter_react_need_quantified", measure="half of our invoices")[0] for _ in range(4)]
    assert all(text.startswith("Half of our invoices") for text in said)


def test_a_reason_is_named_by_its_response(speaker: Speaker) -> None:
    text = speaker.says("utter_why_early_warm", reason="utter_reason_timeline")[0]
    assert "utter_" not in text
    assert any(reason["text"] in text for reason in speaker.phrases.responses["utter_reason_timeline"])


def test_adding_a_file_adds_a_language(domain: Any, tmp_path: Path) -> None:
    from banter.dialogue.phrasing import RotatingPhrases

    with texts(tmp_path, es='responses:\n  utter_acknowledged:\n    - text: "Entendido, {company}."\n') as folder:
        phrases = RotatingPhrases(domain=domain, texts=folder)
    spanish = Speaker(phrases, domain, locales=("es-MX", "en-GB"))
    assert spanish.says("utter_acknowledged") == ["Entendido, Northlight Ledger."]
    assert "30,000" in spanish.says("utter_answer_price")[0]  # what is missing is said in English
    french = Speaker(phrases, domain, locales=("fr-FR", "es-ES"))
    assert french.says("utter_acknowledged") == ["Entendido, Northlight Ledger."]  # the company's, then
    english = Speaker(phrases, domain, locales=("en-US", "es-ES"))
    assert english.says("utter_acknowledged") != ["Entendido, Northlight Ledger."]
    assert english.says("utter_acknowledged", in_language="es") == ["Entendido, Northlight Ledger."]
    assert english.says("utter_acknowledged", in_language="pl") != ["Entendido, Northlight Ledger."]


@pytest.mark.parametrize("channel", ["web", "sms"])
@pytest.mark.parametrize("framework", ["bant", "champ"])
def test_every_response_is_said_in_german(domain: Any, framework: str, channel: str) -> None:
    from banter.dialogue.phrasing import RotatingPhrases

    phrases = RotatingPhrases(domain=domain)
    german = {row["text"] for rows in phrases._translations["de"].values() for row in rows}
    values = {name: f"<{name}>" for names in VALUES.values() for name in names}
    for response in RESPONSES:
        question = response.removeprefix("utter_ask_")
        for wording in WORDINGS.get(question, ("first",)):
            slots = {"framework": framework, "wording": wording, "about": "<about>", "before": "<before>"}
            speaker = Speaker(phrases, domain, channel=channel, locales=("de-AT", "en-GB"), slots=slots)
            said = speaker.says(response, **values)[0]
            assert "{" not in said
            assert any(_is_of(said, text) for text in german), (response, wording, said)


def _is_of(said: str, text: str) -> bool:
    return re.fullmatch(re.sub(r"\\\{\w+\\\}", ".*", re.escape(text)), said, re.S) is not None


def test_who_writes_german_is_told_in_german_that_english_is_understood(speaker: Speaker) -> None:
    assert "Englisch" in speaker.says("utter_other_language", in_language="de")[0]
    assert "English" in speaker.says("utter_other_language", in_language="pl")[0]
