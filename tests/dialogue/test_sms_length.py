"""Whole conversations by SMS, through Rasa and the real reader: what each of the bot's messages costs in segments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from banter.leads.playbook import Playbook
from banter.leads.texting import as_text, plain, segments
from banter.store.database import open_store
from tests.dialogue.talk import Talk
from tests.dialogue.test_every_channel import PERSONAS, PLAYBOOK, reader

__all__ = ["reader"]

pytestmark = pytest.mark.slow

QUALIFIED = PERSONAS["a controller with a signed budget"]
TALKS = {
    **PERSONAS,
    "books, and gives an address": (*QUALIFIED, "2", "robin.longname@northwindtraders.example"),
    "wants other times, and no mail": (*QUALIFIED, "none of these", "Thursday morning", "1", "no mail please"),
    "comes to mails": ("The reports are wrong now and then", "no budget yet", "my boss decides", "next year", "ok"),
    "says all at once": ("Month end takes 8 days, 25k is approved, I decide and we need it by January", "1"),
    "wants a person": ("we retype every invoice", "can I talk to a human?"),
    "is no buyer": ("I'm a student writing a thesis",),
    "asks a lot": ("hello", "what does it cost?", "are you a bot?", "who will call me?", "what happens with my data?"),
    "opts out": ("hello", "please never write to me again"),
}


@pytest.fixture(params=["en-GB", "de-DE"])
def playbook(request: pytest.FixtureRequest) -> Playbook:
    return replace(PLAYBOOK, company=replace(PLAYBOOK.company, locale=request.param))


def said_by_the_owner(playbook: Playbook) -> list[str]:
    """What stands in the playbook and is said in full."""
    company = playbook.company
    known = (*playbook.knowledge.visitors, *playbook.knowledge.customers)
    promises = [sequence.promise for sequence in playbook.sequences.values()]
    owned = (company.price, company.how_it_works, company.competitors, company.privacy, *promises)
    return [plain(text.strip()) for text in (*owned, *(answer.answer for answer in known))]


@pytest.fixture
def sent(engine: Any, reader: Any, playbook: Playbook, tmp_path: Path) -> list[tuple[str, bool, str]]:
    """Every text message of all these conversations, with who got it and whether it was the first. They are in New
    York, whose zone is named with each time."""
    found: list[tuple[str, bool, str]] = []
    for number, (who, lines) in enumerate(TALKS.items()):
        store = open_store(f"sqlite:///{tmp_path}/{number}.db")
        store.migrate()
        at = f"c_{number}"  # the conversation decides with which of the texts it begins
        talk = Talk(
            store, engine, playbook=playbook, reader=reader, channel="sms", address="+15550100", conversation=at
        )
        with store.begin() as tx:
            tx.connection.exec_driver_sql("UPDATE conversations SET timezone = 'America/New_York'")
        for line in lines:
            talk.says(line)
        talk.waits(timedelta(hours=30))
        with store.begin(readonly=True) as tx:
            items = sorted((i for i in tx.outbox.page(size=500) if i.kind == "sms"), key=lambda item: item.id)
        texts = [as_text(item.payload["text"], item.payload["buttons"]) for item in items]
        found += [(who, place == 0, text) for place, text in enumerate(texts)]
        talk.ends()
        store.close()
    return found


def test_each_message_is_one_segment_but_what_the_owner_says_and_times_in_the_first(
    sent: list[tuple[str, bool, str]], playbook: Playbook
) -> None:
    owned = said_by_the_owner(playbook)
    assert len(sent) > 45
    assert {segments(text).encoding for _, _, text in sent} == {"GSM-7"}
    long = [(who, first, text) for who, first, text in sent if segments(text).count > 1]
    unexplained = [
        (who, segments(text).units, text)
        for who, first, text in long
        if not any(told in text for told in owned) and not (first and text.count("EST") == 4)
    ]
    assert unexplained == []
    assert all(segments(text).count == 2 for _, _, text in long)
    assert len(long) <= len(sent) // 8


def test_four_times_are_offered_in_one_segment(sent: list[tuple[str, bool, str]]) -> None:
    offers = [text for _, first, text in sent if text.count("EST") == 4 and not first]
    assert len(offers) > 3
    assert all(segments(text).count == 1 for text in offers)
