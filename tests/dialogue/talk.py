"""A conversation through the inbox, Rasa and a real database, with the reader of the use-case tests."""

from __future__ import annotations

import asyncio
import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from banter.booking.diary import TeamDiary
from banter.dialogue.runner import DialogueRunner
from banter.leads.model import Lead, Message
from banter.leads.playbook import Playbook
from banter.services import OutboxTimers
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from banter.turns import Turns
from banter.worker.worker import Worker
from tests.leads.visitor import NOW, PLAYBOOK, FakeAlerts, FakeNurturing, FakeReader


@dataclass
class Services:
    diary: Any
    nurturing: Any
    alerts: Any
    timers: Any


@dataclass
class Talk:
    """`says` puts a message into the inbox and runs the turn, as a channel would."""

    store: SqlStore
    engine: Any
    playbook: Playbook = PLAYBOOK
    reader: Any = field(default_factory=FakeReader)
    now: datetime = NOW
    channel: str = "web"
    conversation: str = "c_talk"
    address: str | None = None
    stopped: list[str] = field(default_factory=list)
    ids: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        turns = Turns(self.store, self.reader, self.playbook, self._services, lambda: self.now, stopped=self._stopped)
        self.runner = DialogueRunner(turns, Path("unused"), patience=30, sweeps=False, load=lambda _: self.engine)
        self.runner.start(wait=True)
        with self.store.begin() as tx:
            tx.conversations.create(
                Conversation(
                    self.conversation,
                    self.channel,
                    "en",
                    self.playbook.company.timezone.key,
                    None,
                    None,
                    self.now,
                    address=self.address,
                )
            )

    def _stopped(self, tx: Any, conversation: Conversation, words: str, now: datetime) -> None:
        self.stopped.append(words)

    def _services(self, tx: Any) -> Services:
        return Services(
            TeamDiary(tx, self.playbook, "http://127.0.0.1:8080"), FakeNurturing(), FakeAlerts(), OutboxTimers(tx)
        )

    def opens(self) -> list[Message]:
        return self._turn("start", "")

    def says(self, text: str) -> list[Message]:
        self.now += timedelta(seconds=20)
        return self._turn("message", text)

    def comes_back(self) -> list[Message]:
        """Opens the chat again."""
        return self._turn("resume", "")

    def waits(self, span: timedelta) -> list[Message]:
        """What the bot says by itself while `span` passes: the worker looks at its end."""
        self.now += span
        with self.store.begin(readonly=True) as tx:
            last = tx.transcript.of_conversation(self.conversation)[-1].id
        Worker(self.store, mail=None, now=lambda: self.now).run_once(self.now)
        self.runs()
        with self.store.begin(readonly=True) as tx:
            return list(tx.transcript.of_conversation(self.conversation, after=last))

    def _turn(self, kind: str, text: str) -> list[Message]:
        with self.store.begin() as tx:
            row, _ = tx.inbox.put(
                "web", f"{self.conversation}:{next(self.ids)}", self.conversation, kind, text, self.now
            )
        self.runs()
        with self.store.begin(readonly=True) as tx:
            return list(tx.transcript.of_inbox(row.id))

    def runs(self) -> None:
        """Run what waits, on a thread: the test's own may have an event loop already."""
        with ThreadPoolExecutor(1) as thread:
            thread.submit(asyncio.run, self.runner.run(self.conversation)).result()

    @property
    def lead(self) -> Lead:
        with self.store.begin(readonly=True) as tx:
            lead = tx.leads.of_conversation(self.conversation)
        assert lead is not None
        return lead

    def ends(self) -> None:
        self.runner.stop()
