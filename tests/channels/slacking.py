"""An edge that Slack may speak to, and requests signed as Slack signs them."""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from starlette.testclient import TestClient

from banter.channels.core import Core
from banter.channels.limits import Limits
from banter.channels.slack_signature import signed
from banter.edge import build
from banter.leads.model import OutboxItem
from banter.leads.playbook import Channels, Slack
from banter.settings import Slack as SlackSettings
from banter.settings import load_settings
from banter.store.database import SqlStore
from tests.channels.house import ADMIN, NOON, EchoDialogue, a_playbook
from tests.databases import sqlite_store

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
TEAM, TEST, ALERTS, DIRECT, REP = "T0001", "C0TESTING1", "C0ALERTS01", "D0DIRECT01", "U0REP00001"


@dataclass
class SlackHouse:
    """`clock` is moved by hand; `woken` counts how often the worker was to look at once."""

    store: SqlStore
    dialogue: EchoDialogue
    client: TestClient
    clock: list[datetime]
    woken: list[None]
    core: Core
    numbers: Any = field(default_factory=lambda: itertools.count(1))

    def post(self, path: str, body: bytes, *, kind: str, headers: dict[str, str] | None = None) -> httpx.Response:
        """Signed now, unless `headers` say otherwise."""
        signature = signed(SECRET, body, self.clock[0]) if headers is None else headers
        return self.client.post(path, content=body, headers={"Content-Type": kind, **signature})

    def event(self, text: str, **more: Any) -> httpx.Response:
        return self.post("/slack/events", self.event_body(text, **more), kind="application/json")

    def event_body(self, text: str, *, channel: str = TEST, id: str | None = None, **more: Any) -> bytes:
        """A person's message; what is given as None is left out."""
        number = next(self.numbers)
        event = {
            "type": "message",
            "channel": channel,
            "channel_type": "im" if channel == DIRECT else "channel",
            "user": REP,
            "text": text,
            "ts": f"1795348800.{number:06}",
            **more,
        }
        event = {name: value for name, value in event.items() if value is not None}
        whole = {"type": "event_callback", "team_id": TEAM, "event_id": id or f"Ev{number:08}", "event": event}
        return json.dumps(whole).encode()

    def press(self, action: str, value: str, *, id: str | None = None, user: str = REP, **more: Any) -> httpx.Response:
        body = self.press_body(action, value, id=id, user=user, **more)
        return self.post("/slack/interactivity", body, kind="application/x-www-form-urlencoded")

    def press_body(self, action: str, value: str, *, id: str | None = None, user: str = REP, **more: Any) -> bytes:
        pressed = {"type": "button", "action_id": action, "block_id": "b", "action_ts": "1.2", "value": value}
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": user, "username": "robin"},
            "channel": {"id": TEST},
            "container": {"type": "message", "channel_id": TEST, "message_ts": "1795348800.000009"},
            "trigger_id": id or f"{next(self.numbers)}.trigger",
            "actions": [{**pressed, **more}],
        }
        return urlencode({"payload": json.dumps(payload)}).encode()

    def command(self, text: str, *, id: str | None = None, channel: str = TEST) -> httpx.Response:
        fields = {
            "command": "/banter",
            "text": text,
            "team_id": TEAM,
            "channel_id": channel,
            "user_id": REP,
            "trigger_id": id or f"{next(self.numbers)}.trigger",
        }
        body = urlencode(fields).encode()
        return self.post("/slack/commands", body, kind="application/x-www-form-urlencoded")

    def settle(self) -> None:
        """Until every turn that was begun has ended."""

        async def ended() -> None:
            while self.core._turns:
                await asyncio.wait(set(self.core._turns))

        assert self.client.portal is not None
        self.client.portal.call(ended)

    def inbox(self) -> list[tuple[str, str]]:
        """(kind, text) of every row, in order."""
        with self.store.begin(readonly=True) as tx:
            rows = tx.connection.exec_driver_sql("SELECT kind, text FROM inbox ORDER BY id").all()
        return [(row[0], row[1]) for row in rows]

    def outbox(self) -> list[OutboxItem]:
        with self.store.begin(readonly=True) as tx:
            return sorted(tx.outbox.page(1, 1000), key=lambda item: item.id)


def a_slack_house(folder: Path, *, secret: str | None = SECRET, limits: Limits | None = None) -> SlackHouse:
    store = sqlite_store(folder)
    env = {"BANTER_ADMIN_TOKEN": ADMIN, "BANTER_SECRET": "a-secret-of-the-tests", "BANTER_PLAYBOOK": "."}
    settings = load_settings(env, root=folder)
    settings = replace(settings, slack=SlackSettings(secret, None) if secret is not None else None)
    playbook = replace(a_playbook(), channels=Channels(slack=Slack(alerts=ALERTS, test=TEST)))
    dialogue, clock, woken = EchoDialogue(store), [NOON], []
    app = build(
        store=store,
        dialogue=dialogue,
        playbook=playbook,
        settings=settings,
        now=lambda: clock[0],
        limits=limits or Limits(),
        queued=lambda: woken.append(None),
    )
    return SlackHouse(store, dialogue, TestClient(app), clock, woken, app.state.core)
