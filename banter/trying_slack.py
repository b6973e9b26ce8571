"""`banter try slack`: a rep in a thread, without a Slack. What is printed is what waits in the server's outbox."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests

from banter import bootstrap
from banter.channels.slack_signature import signed
from banter.configuration import PlaybookError, load_playbook
from banter.leads.model import OutboxItem
from banter.nurture.render import check_step
from banter.settings import Settings, SettingsError, load_settings
from banter.slack.answer import SAY, UNDERSTOOD, answer_blocks
from banter.slack.as_text import as_text
from banter.slack.outgoing import SlackPost
from banter.slack.threads import CHANNEL
from banter.store.database import SqlStore, open_store
from banter.store.errors import StoreUnavailable

#: A direct message in a workspace that there is not.
TEAM, DIRECT, REP = "T0TRY", "D0TRY00001", "U0TRY00001"
_SECONDS = 60
_GLANCE = 0.1


class CannotTry(Exception):
    """Why it cannot be tried, and the mend."""


@dataclass
class Thread:
    """One conversation. `seen` is the last outbox item that was printed."""

    store: SqlStore
    secret: str
    url: str
    stamp: str
    seen: int = 0
    buttons: dict[str, str] = field(default_factory=dict)  # by title, what a press sends
    last: str = ""  # the bot's last message, by its id

    @property
    def address(self) -> str:
        return f"{TEAM}/{DIRECT}/{self.stamp}"

    def must_have_begun(self) -> None:
        """Raises CannotTry for a thread that there is none of."""
        with self.store.begin(readonly=True) as tx:
            if tx.conversations.at(CHANNEL, self.address) is None:
                raise CannotTry(
                    f"There is no thread {self.stamp} here: take the number that the first run printed at its end."
                )

    def write(self, text: str) -> None:
        """One message, or a press where it is a button's title."""
        if text.casefold() in self.buttons:
            self.press(f"{SAY}:0", self.buttons[text.casefold()])
            return
        event = {
            "type": "message",
            "channel": DIRECT,
            "channel_type": "im",
            "user": REP,
            "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "ts": _stamp(),
            "thread_ts": self.stamp,
        }
        whole = {"type": "event_callback", "team_id": TEAM, "event_id": f"Ev{secrets.token_hex(8)}", "event": event}
        self._send("/slack/events", json.dumps(whole).encode(), "application/json")

    def press(self, action: str, value: str) -> None:
        payload = {
            "type": "block_actions",
            "team": {"id": TEAM},
            "user": {"id": REP},
            "channel": {"id": DIRECT},
            "trigger_id": secrets.token_hex(8),
            "actions": [{"type": "button", "action_id": action, "block_id": "b", "value": value}],
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        self._send("/slack/interactivity", body, "application/x-www-form-urlencoded")

    def answered(self) -> list[OutboxItem]:
        """What is new for this thread, once nothing of it waits for the dialogue any more."""
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            with self.store.begin(readonly=True) as tx:
                begun = tx.conversations.at(CHANNEL, self.address)
                waits = begun is None or tx.inbox.next(begun.id) is not None
                items = [i for i in tx.outbox.page(1, 200) if i.payload.get("to") == self.address and i.id > self.seen]
            if not waits:
                return self._noted(sorted(items, key=lambda item: item.id))
            time.sleep(_GLANCE)
        raise CannotTry(f"The server took the message, and did not answer it within {_SECONDS} seconds; see its log.")

    def _noted(self, items: list[OutboxItem]) -> list[OutboxItem]:
        for item in items:
            self.seen = item.id
            if "of" not in item.payload and "buttons" in item.payload:
                self.last = item.key.partition(":")[2]
                titles = [title.casefold() for title, _ in item.payload["buttons"]]
                self.buttons = {title: f"{self.last}:{n}" for n, title in enumerate(titles)}
        return items

    def _send(self, path: str, body: bytes, kind: str) -> None:
        headers = {"Content-Type": kind, **signed(self.secret, body, bootstrap.now())}
        try:
            answer = requests.post(f"{self.url}{path}", data=body, headers=headers, timeout=10)
        except requests.RequestException:
            raise CannotTry(f"No server answers at {self.url}: start `banter serve`, or name it with --url.") from None
        if answer.status_code == 401:
            raise CannotTry(
                "The server refuses the signature: it runs with another BANTER_SLACK_SIGNING_SECRET, or without one. "
                "Start it anew with the one that is set here."
            )
        if answer.status_code != 200:
            raise CannotTry(f"The server answers {answer.status_code}: {answer.text[:300]}")


def run(texts: Sequence[str], *, url: str, thread: str | None, understood: bool, say: Callable[[str], None]) -> None:
    """Write `texts` into a thread, the one that began at `thread` or a new one, and print what is written there."""
    with _ready() as (settings, store):
        if settings.slack is None:
            raise CannotTry(
                "Slack is not set up here. For trying, any text will do as the secret that requests are signed with: "
                "put BANTER_SLACK_SIGNING_SECRET=try-me into .env, and start `banter serve` anew."
            )
        if settings.slack.bot_token:
            say("(The server has a bot's token, so it also tries to write to Slack, where there is no such thread.)")
        talk = Thread(store, settings.slack.signing_secret, url.rstrip("/"), thread or _stamp())
        if thread:
            talk.must_have_begun()
            talk.answered()
        for text in texts:
            say(f"\nyou> {text}")
            talk.write(text)
            _print(talk.answered(), say)
            if understood and talk.last:
                talk.press(UNDERSTOOD, talk.last)
                _print(talk.answered(), say)
        say(f"\nGo on in this thread: banter try slack --thread {talk.stamp} ...")


def show_alert(lead_id: str | None) -> str:
    """The alert of a lead, as the team's channel would show it. Changes nothing."""
    with _ready() as (settings, store), store.begin(readonly=True) as tx:
        found = tx.leads.get(lead_id) if lead_id else next(iter(tx.leads.page(route="book", size=1)), None)
        if found is None:
            raise CannotTry("There is no such lead. Qualify one in the chat of the website, or name one with --lead.")
        try:
            playbook = load_playbook(settings.playbook, check_step=check_step)
        except PlaybookError:
            raise CannotTry("The playbook has faults: see `banter check`.") from None
        return as_text(SlackPost(tx, playbook, settings.public_url, bootstrap.now()).preview(found))


def _print(items: Sequence[OutboxItem], say: Callable[[str], None]) -> None:
    for item in items:
        title = "bot> (changes its message)" if "of" in item.payload else "bot>"
        say("\n".join(f"{title if n == 0 else '':4} {line}" for n, line in enumerate(_shown(item.payload, item.key))))


def _shown(payload: Mapping[str, Any], key: str) -> list[str]:
    buttons = [(title, value) for title, value in payload.get("buttons", ())]
    blocks = payload.get("blocks") or answer_blocks(
        payload["text"], buttons, key.partition(":")[2], ask=bool(payload.get("answers"))
    )
    lines = as_text(blocks).split("\n")
    return ["", *lines] if "of" in payload else lines


@contextmanager
def _ready() -> Iterator[tuple[Settings, SqlStore]]:
    """The settings and the database of the server, which is on this machine."""
    try:
        settings = load_settings(bootstrap.environment(), root=bootstrap.ROOT)
        store = open_store(settings.database_url)
    except (SettingsError, StoreUnavailable) as error:
        raise CannotTry(str(error)) from None
    try:
        yield settings, store
    except StoreUnavailable as error:
        raise CannotTry(f"{error} Start `banter serve` first.") from None
    finally:
        store.close()


def _stamp() -> str:
    return f"{time.time():.6f}"
