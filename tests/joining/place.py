"""Visitors who talk to the real turns on a real database, without Rasa, and the page that asks whether two are one."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from banter import bootstrap, serving
from banter.joining.pages import routes
from banter.leads.consent import Consent, key_of
from banter.leads.model import Lead, Message, OutboxItem
from banter.leads.saying import Heard
from banter.settings import load_settings
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from tests.leads.visitor import NOW, PLAYBOOK, FakeReader

SECRET = "a-secret-of-the-tests"
NUMBER = "+15550100"
MAIL = "pat@example.com"
PUBLIC = "https://chat.example.com"
ENV = {"BANTER_ADMIN_TOKEN": "a-token-of-the-tests", "BANTER_SECRET": SECRET, "BANTER_PUBLIC_URL": PUBLIC}
_LINK = re.compile(rf"{PUBLIC}(/same/\S+)")


@dataclass
class Place:
    store: SqlStore
    now: datetime = NOW
    ids: Any = field(default_factory=itertools.count)

    def __post_init__(self) -> None:
        settings = load_settings(ENV, root=bootstrap.ROOT)
        turns = bootstrap.make_turns(self.store, PLAYBOOK, settings)
        self.turns = replace(turns, reader=FakeReader(), clock=lambda: self.now)
        self.reader = turns.reader
        self.app = bootstrap.App(settings, PLAYBOOK, self.store, self.turns)
        self.joining = serving.joining_of(self.app)
        pages = routes(
            store=self.store,
            company=PLAYBOOK.company,
            words=bootstrap.words_of_joining(PLAYBOOK),
            joining=self.joining,
            secret=SECRET,
            now=lambda: self.now,
        )
        self.client = TestClient(Starlette(routes=pages), base_url=PUBLIC)

    def reads(self) -> None:
        """With the real reader from here on: what visitors say is English."""
        self.turns = replace(self.turns, reader=self.reader)

    def begin(self, conversation: str, channel: str = "web", *, number: str | None = None, test: bool = False) -> None:
        """Somebody opens the chat, or writes from `number` for the first time."""
        zone = PLAYBOOK.company.timezone.key
        with self.store.begin() as tx:
            made = Conversation(conversation, channel, "en", zone, None, None, self.now, test, number)
            tx.conversations.create(made)
            if number is not None:
                key = key_of("sms", number, SECRET)
                tx.consents.add(Consent(key, number, "asked", self.now, "hi", "sms", "first message"))

    def says(self, conversation: str, text: str) -> Heard:
        """One turn, as the dialogue runs it."""
        self.now += timedelta(seconds=20)
        with self.store.begin() as tx:
            found = tx.conversations.lock(conversation)
            assert found is not None
            message = Message(f"m_{next(self.ids)}", conversation, "visitor", text, self.now)
            tx.transcript.add(message)
            with self.turns.begin(tx, found) as turn:
                heard = turn.hear({"text": text})
                closed = turn.close() if heard.ask is None else replace(heard, say=())
            self.turns.after(tx, found, turn.lead, self.now)
        return replace(heard, lead=closed.lead, say=(*heard.say, *closed.say))

    def lead(self, conversation: str) -> Lead:
        with self.store.begin(readonly=True) as tx:
            found = tx.leads.of_conversation(conversation)
        assert found is not None
        return found

    def listed(self) -> list[Lead]:
        with self.store.begin(readonly=True) as tx:
            return list(tx.leads.page())

    def outbox(self) -> list[OutboxItem]:
        with self.store.begin(readonly=True) as tx:
            return list(reversed(tx.outbox.page(size=200)))

    def questions(self) -> list[OutboxItem]:
        """Every time that somebody was asked whether two are one."""
        return [item for item in self.outbox() if item.key.startswith("joining:")]

    def link(self) -> str:
        """The path of the link that was sent last."""
        payload = self.questions()[-1].payload
        found = _LINK.search(payload.get("body") or payload["text"])
        assert found is not None
        return found[1]

    def answers(self, answer: str = "yes", link: str | None = None) -> Any:
        return self.client.post(link or self.link(), data={"answer": answer})

    def texts_and_chats(self) -> None:
        """By SMS about money, then in the chat about the need and who decides, where the number is given."""
        self.begin("c_sms", "sms", number=NUMBER)
        self.says("c_sms", "hello there")
        self.says("c_sms", "budget=approved_amount")
        self.begin("c_web")
        self.says("c_web", "need=quantified")
        self.says("c_web", "authority=final")
        self.says("c_web", f"ring:{NUMBER}")
