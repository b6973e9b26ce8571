"""A whole edge on a real SQLite file, with a dialogue that repeats what it hears."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.testclient import TestClient

from banter.channels.core import Core
from banter.channels.limits import Limits
from banter.channels.ports import DialogueDown
from banter.channels.sms import SmsWords
from banter.channels.sms_intake import NOTICES
from banter.edge import build
from banter.leads.delivering import delivery
from banter.leads.model import Lead, Message
from banter.leads.playbook import Channels, Company, Conversation, Hours, Playbook, Rep, Sequence, Step, Team, Widget
from banter.noticing import Noticing
from banter.settings import Settings, load_settings
from banter.store.database import SqlStore
from scoring.model import BANDS, CRITERIA, DIMENSIONS
from scoring.rubric import rubric_from
from tests.databases import sqlite_store

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
ADMIN = "the-administrators-token"
PUBLIC, ACCOUNT, TOKEN = "https://chat.acorn.example", "AC" + "0" * 32, "made-up-token"
TWILIO = {
    "BANTER_TWILIO_ACCOUNT_SID": ACCOUNT,
    "BANTER_TWILIO_AUTH_TOKEN": TOKEN,
    "BANTER_TWILIO_FROM": "+15550199",
}
#: What the channel says by itself, as short as can be told apart.
SMS = SmsWords({name: (f"{name}.", f"{name} again.") for name in NOTICES}, lambda text: "lose my number" in text)
_HOURS = tuple(Hours(day, time(9), time(18)) for day in range(5))
_ZONE = ZoneInfo("Europe/Dublin")


def a_playbook(*, origins: tuple[str, ...] = (), widget: Widget | None = None) -> Playbook:
    company = Company(
        name="Acorn & Sons",
        product="software that closes the books",
        timezone=_ZONE,
        locale="en",
        currency="EUR",
        email="hello@acorn.example",
        phone=None,
        website="https://acorn.example",
        address="1 Oak Street, Dublin",
        price="From 200 a month.",
        how_it_works="You connect your bank.",
        competitors="Others are bigger.",
        competitor_names=(),
        privacy="We keep what you write.",
        privacy_url=None,
        material_url=None,
        hours=_HOURS,
        hours_text="Monday to Friday 9:00-18:00",
        days_off=(),
    )
    bant = rubric_from(
        "bant",
        {
            "version": 1,
            "points": {CRITERIA["bant"][d]: dict.fromkeys(BANDS[d], 10) for d in DIMENSIONS},
            "thresholds": {"qualified": 35, "warm": 20},
        },
    )
    steps = (Step("hello", timedelta(days=1), "Hello", "Hello {name}"),)
    return Playbook(
        company=company,
        conversation=Conversation("bant", DIMENSIONS, 6, {}, origins),
        rubrics={"bant": bant},
        team=Team(
            reps=(Rep("robin", "Robin Example", "robin@acorn.example", _HOURS, (), _ZONE),),
            call=timedelta(minutes=30),
            buffer=timedelta(minutes=10),
            notice=timedelta(hours=1),
            horizon=timedelta(days=14),
            offered=3,
            hold=timedelta(minutes=15),
            alert_webhooks=(),
        ),
        sequences={"nurture_warm": Sequence("nurture_warm", "A mail now and then.", steps)},
        channels=Channels(widget=widget or Widget()),
    )


class EchoDialogue:
    """Answers "You said: ..." to each row, a turn in one transaction. `down` and `slow` make it fail or wait."""

    def __init__(self, store: SqlStore) -> None:
        self._store = store
        self.ready = True
        self.down = False
        self.slow: threading.Event | None = None
        self.broken: Exception | None = None
        self.turns = 0

    async def run(self, conversation: str) -> None:
        if self.broken is not None:
            raise self.broken
        if self.down:
            raise DialogueDown("down")
        await asyncio.to_thread(self._run, conversation)

    def _run(self, conversation: str) -> None:
        if self.slow is not None:
            self.slow.wait(10)
        while True:
            with self._store.begin() as transaction:
                begun = transaction.conversations.lock(conversation)
                row = transaction.inbox.next(conversation)
                if row is None or begun is None:
                    return
                lead = transaction.leads.of_conversation(conversation) or Lead(
                    id=f"l_{conversation}",
                    conversation=conversation,
                    channel=begun.channel,
                    timezone=begun.timezone,
                    created_at=NOON,
                    updated_at=NOON,
                    awaiting="need",
                )
                if row.kind == "start":
                    said, buttons = "Hello, I am a bot.", (("What does it cost?", "price"),)
                elif row.kind == "resume":
                    said, buttons = "Welcome back.", ()
                    lead = replace(lead, welcomed_at=row.received_at)
                else:
                    visitor = Message(f"m_{row.id}v", conversation, "visitor", row.text, row.received_at)
                    transaction.transcript.add(visitor, inbox=row.id)
                    said, buttons = f"You said: {row.text}", ()
                    lead = replace(lead, opener="sales", awaiting="budget", heard_at=row.received_at)
                transaction.leads.save(lead)
                answer = Message(f"m_{row.id}b", conversation, "bot", said, row.received_at, buttons)
                transaction.transcript.add(answer, inbox=row.id)
                out = delivery(answer, begun.channel, begun.address)
                if out is not None:
                    transaction.outbox.put(out.key, out.kind, out.payload, due_at=row.received_at, lead=lead.id)
                transaction.inbox.done(row.id, NOON)
                self.turns += 1


@dataclass
class House:
    """What a test needs of a running edge. `clock` is moved by hand."""

    store: SqlStore
    dialogue: EchoDialogue
    settings: Settings
    app: Starlette
    client: TestClient
    clock: list[datetime]

    @property
    def core(self) -> Core:
        return self.app.state.core  # type: ignore[no-any-return]

    def begin(self, **fields: Any) -> tuple[str, dict[str, str]]:
        """A new conversation: its id and the headers to speak in it."""
        answer = self.client.post("/api/conversations", json=fields)
        assert answer.status_code == 201, answer.text
        return answer.json()["id"], {"Authorization": f"Bearer {answer.json()['token']}"}

    def say(self, conversation: str, headers: dict[str, str], text: str, *, id: str = "1") -> Any:
        return self.client.post(
            f"/api/conversations/{conversation}/messages", json={"id": id, "text": text}, headers=headers
        )


def a_house(
    folder: Path,
    *,
    limits: Limits | None = None,
    origins: tuple[str, ...] = (),
    store: SqlStore | None = None,
    twilio: bool = True,
    widget: Widget | None = None,
    playbook: Playbook | None = None,
    noticing: Noticing | None = None,
) -> House:
    """On an SQLite file in `folder`, unless another store is given."""
    store = store or sqlite_store(folder)
    settings = load_settings(
        {
            "BANTER_ADMIN_TOKEN": ADMIN,
            "BANTER_SECRET": "a secret of the tests".replace(" ", "-"),
            "BANTER_PLAYBOOK": ".",
            "BANTER_PUBLIC_URL": PUBLIC,
            **(TWILIO if twilio else {}),
        },
        root=folder,
    )
    dialogue = EchoDialogue(store)
    clock = [NOON]
    app = build(
        store=store,
        dialogue=dialogue,
        playbook=playbook or a_playbook(origins=origins, widget=widget),
        settings=settings,
        now=lambda: clock[0],
        limits=limits or Limits(),
        sms=SMS,
        noticing=noticing,
    )
    return House(store, dialogue, settings, app, TestClient(app), clock)
