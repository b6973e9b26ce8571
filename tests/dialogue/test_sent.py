"""What is said where it has to be sent: queued with the turn, and the worker is told at once. Without Rasa."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from banter.dialogue.runner import DialogueRunner
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from banter.turns import Turns
from tests.databases import sqlite_store
from tests.dialogue.talk import Services
from tests.leads.visitor import NOW, PLAYBOOK, FakeAlerts, FakeNurturing, FakeReader

PLACE = "T0001/C0TESTING1/1795348800.000100"


class FakeEngine:
    """Says two things to everything."""

    async def open(self, conversation: str, channel: str) -> list[tuple[str, Any]]:
        return [("Hello.", ()), ("What do you need?", ())]

    async def hear(self, conversation: str, channel: str, text: str, *, intent: Any) -> list[tuple[str, Any]]:
        return [("Thanks.", ()), ("When suits you?", (("Tomorrow", "tomorrow"),))]


class FakeTimers:
    def set(self, lead: Any, name: str, due_at: Any) -> None:
        pass

    def cancel(self, lead: Any, name: str) -> None:
        pass


@dataclass
class Thread:
    """A test conversation in Slack. `turned` is set after each turn, `after` holds who was told of it."""

    store: SqlStore
    turned: threading.Event = field(default_factory=threading.Event)
    after: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        turns = Turns(
            self.store,
            FakeReader(),
            PLAYBOOK,
            lambda tx: Services(None, FakeNurturing(), FakeAlerts(), FakeTimers()),
            lambda: NOW,
            after=lambda tx, conversation, lead, now: self.after.append(conversation.id),
        )
        self.runner = DialogueRunner(
            turns, Path("unused"), patience=30, sweeps=False, load=lambda _: FakeEngine(), turned=self.turned.set
        )
        self.runner.start(wait=True)
        with self.store.begin() as tx:
            tx.conversations.create(
                Conversation("c_1", "slack", "en", "Europe/London", None, None, NOW, test=True, address=PLACE)
            )

    def hurries(self, kind: str, text: str) -> list[tuple[str, bool]]:
        """(text, whether it completes an answer) of what this turn queues."""
        self.turned.clear()
        with self.store.begin() as tx:
            before = len(tx.outbox.page(1, 100))
            tx.inbox.put("slack", f"Ev{before}", "c_1", kind, text, NOW)
        self.runner.hurry("c_1")
        assert self.turned.wait(20)
        with self.store.begin(readonly=True) as tx:
            items = sorted(tx.outbox.page(1, 100), key=lambda item: item.id)[before:]
        assert {(item.kind, item.payload["to"]) for item in items} == {("slack", PLACE)}
        return [(item.payload["text"], item.payload["answers"]) for item in items]


@pytest.fixture
def thread(tmp_path: Path) -> Iterator[Thread]:
    made = Thread(sqlite_store(tmp_path))
    yield made
    made.runner.stop()
    made.runner._loop.close()
    made.store.close()


def test_what_is_said_is_queued_in_order_and_only_the_last_completes_the_answer(thread: Thread) -> None:
    assert thread.hurries("start", "") == [("Hello.", False), ("What do you need?", False)]
    assert thread.hurries("message", "ten hours a week") == [("Thanks.", False), ("When suits you?", True)]
    assert thread.after == ["c_1", "c_1"]
