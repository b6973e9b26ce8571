"""Conversations through the inbox, Rasa and a real database, with the real reader; where one stands can be kept and
gone back to as often as wanted."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from banter import bootstrap
from banter.configuration import load_playbook
from banter.dialogue.runner import DialogueRunner
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.reading import Reader
from banter.settings import load_settings
from banter.store.conversations import Conversation
from banter.store.database import SqlStore, SqlTransaction, open_store
from banter.turns import Turns
from banter.worker.worker import Worker

ROOT = Path(__file__).parent.parent.parent
SETTINGS = {"BANTER_SECRET": "only-for-a-test", "BANTER_ADMIN_TOKEN": "only-for-a-test"}
CONVERSATION = "c_grid"
PAUSE = timedelta(seconds=20)


@dataclass(frozen=True)
class Reply:
    """One message of the bot's: the response of domain.yml that it is, its text, the titles of its buttons."""

    response: str
    text: str
    buttons: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """Where a conversation stands: the lead, what the bot said last, and what the team was told (kinds of alerts)."""

    lead: Lead
    replies: tuple[Reply, ...]
    alerts: tuple[str, ...]


class Named:
    """Rasa's text generator, which keeps which response each text is of."""

    def __init__(self, generator: Any) -> None:
        self._generator = generator
        self.said: list[tuple[str, str]] = []

    async def generate(self, utter_action: str, tracker: Any, output_channel: str, **values: Any) -> Any:
        made = await self._generator.generate(utter_action, tracker, output_channel, **values)
        if made and made.get("text"):
            self.said.append((utter_action, made["text"]))
        return made


@dataclass
class Shelf:
    """A store that stands for another at each time."""

    store: SqlStore | None = None

    @contextmanager
    def begin(self, *, readonly: bool = False) -> Iterator[SqlTransaction]:
        assert self.store is not None
        with self.store.begin(readonly=readonly) as tx:
            yield tx


@dataclass
class Talks:
    """Has conversations by one playbook, one at a time. `now` is the clock."""

    engine: Any
    named: Named
    folder: Path
    playbook: Playbook
    now: datetime
    reader: Reader | None = None
    shelf: Shelf = field(default_factory=Shelf)
    ids: Iterator[int] = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        settings = load_settings(SETTINGS, root=self.folder)
        turns = bootstrap.make_turns(self.shelf, self.playbook, settings)  # type: ignore[arg-type]
        self.turns: Turns = replace(turns, reader=self.reader or turns.reader, clock=lambda: self.now)
        self.reader = self.turns.reader
        self.runner = DialogueRunner(self.turns, Path("unused"), patience=120, sweeps=False, load=lambda _: self.engine)
        self.runner.start(wait=True)
        self.thread = ThreadPoolExecutor(1)  # the test's own may have an event loop already

    def ends(self) -> None:
        self._puts_away()
        self.runner.stop()
        self.thread.shutdown()

    def begins(self, file: Path, channel: str, now: datetime) -> Standing:
        """A new conversation, kept in `file`."""
        self._takes(file, now)
        assert self.shelf.store is not None
        self.shelf.store.migrate()
        company = self.playbook.company
        with self.shelf.begin() as tx:
            tx.conversations.create(
                Conversation(CONVERSATION, channel, company.locale, company.timezone.key, None, None, now)
            )
        return self._turn("start", "")

    def goes_on(self, file: Path, now: datetime) -> None:
        """Go on with a copy of the conversation in `file`, which stays as it is."""
        copy = self.folder / "copy.db"
        self._puts_away()
        for left in self.folder.glob("copy.db*"):
            left.unlink()
        shutil.copy(file, copy)
        self._takes(copy, now)

    def says(self, text: str) -> Standing:
        self.now += PAUSE
        return self._turn("message", text)

    def waits(self, span: timedelta) -> Standing:
        """What the bot says by itself while `span` passes; the worker looks at its end."""
        self.now += span
        self.named.said.clear()
        with self.shelf.begin(readonly=True) as tx:
            last = tx.transcript.of_conversation(CONVERSATION)[-1].id
        assert self.shelf.store is not None
        Worker(self.shelf.store, mail=None, now=lambda: self.now).run_once(self.now)
        self._runs()
        with self.shelf.begin(readonly=True) as tx:
            return self._standing(tx, tx.transcript.of_conversation(CONVERSATION, after=last))

    def put_away(self) -> None:
        self._puts_away()

    def _turn(self, kind: str, text: str) -> Standing:
        self.named.said.clear()
        with self.shelf.begin() as tx:
            row, _ = tx.inbox.put("grid", f"grid:{next(self.ids)}", CONVERSATION, kind, text, self.now)
        self._runs()
        with self.shelf.begin(readonly=True) as tx:
            return self._standing(tx, tx.transcript.of_inbox(row.id))

    def _standing(self, tx: SqlTransaction, messages: Any) -> Standing:
        lead = tx.leads.of_conversation(CONVERSATION)
        assert lead is not None
        names = iter(self.named.said)
        replies = []
        for message in messages:
            if message.sender != "bot":
                continue
            name = next((name for name, text in names if text == message.text), "")
            replies.append(Reply(name, message.text, tuple(title for title, _ in message.buttons)))
        items = (item for item in tx.outbox.of_lead(lead.id) if item.kind in ("notice", "alert"))
        return Standing(lead, tuple(replies), tuple(item.key.split(":")[1] for item in items))

    def _runs(self) -> None:
        self.thread.submit(asyncio.run, self.runner.run(CONVERSATION)).result()

    def _takes(self, file: Path, now: datetime) -> None:
        self._puts_away()
        self.shelf.store = open_store(f"sqlite:///{file}")
        self.now = now

    def _puts_away(self) -> None:
        if self.shelf.store is not None:
            self.shelf.store.close()
            self.shelf.store = None


def by(framework: str, folder: Path) -> Playbook:
    """The playbook that ships, asking by that framework."""
    copy = folder / "playbook"
    shutil.copytree(ROOT / "playbook", copy)
    settings = copy / "conversation.yml"
    text = settings.read_text(encoding="utf-8")
    assert "framework: bant" in text
    settings.write_text(text.replace("framework: bant", f"framework: {framework}"), encoding="utf-8")
    return load_playbook(copy)
