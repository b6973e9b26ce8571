"""A Banter of this process on a database that is thrown away: nothing is sent, nothing counts, the clock is ours."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

from banter import bootstrap
from banter.dialogue.model import ModelFiles, verify
from banter.dialogue.runner import DialogueRunner
from banter.leads.model import Lead, Message, OutboxItem
from banter.settings import DEFAULTS
from banter.simulate.model import Known, Move, Reply, Visitor
from banter.store.conversations import Conversation

#: Where mail and alerts would go is not even read.
_UNHEARD = ("BANTER_SMTP_", "BANTER_DATABASE_URL")
#: Keys in links are drawn anew in each run; without them the same seed prints the same dialogues.
#: Who was away for longer has to open the page again.
AWAY = timedelta(hours=1)
_KEY = re.compile(r"(https?://\S*?/)[A-Za-z0-9_-]{12,}")


class InProcess:
    """`banter.simulate.model.Driver`. Each visitor has the calendar to themselves."""

    def __init__(self, app: bootstrap.App, today: date) -> None:
        self._app = app
        self._midnight = datetime.combine(today, time(), timezone.utc)
        self._now = self._midnight
        turns = replace(app.turns, clock=lambda: self._now)
        self._dialogue = DialogueRunner(turns, ModelFiles(app.settings.root).model, patience=120, sweeps=False)
        self._conversation = ""
        self._messages = 0

    @property
    def problem(self) -> str | None:
        return self._dialogue.problem

    def start(self) -> None:
        self._dialogue.start(wait=True)

    def stop(self) -> None:
        self._dialogue.stop()
        self._app.store.close()

    def begin(self, visitor: Visitor) -> Reply:
        self._now = self._midnight + visitor.starts_after
        self._conversation, self._messages = f"c_simulated{visitor.number}", 0
        company = self._app.playbook.company
        conversation = Conversation(
            self._conversation, "web", company.locale, company.timezone.key, None, None, self._now, test=True
        )
        with self._app.store.begin() as tx:
            tx.conversations.create(conversation)
        return self._turn("start", "")

    def say(self, move: Move) -> Reply:
        unasked = self._while_silent(self._now + move.pause)
        if move.pause >= AWAY:  # the page is opened anew, as the widget says before anything is typed
            unasked += self._heard("resume", "", "resume")
        return replace(self._turn("message", move.text), unasked=unasked)

    def known(self) -> Known | None:
        lead = self._lead()
        if lead is None:
            return None
        return Known(
            {dimension: answer.band for dimension, answer in lead.answers.items()},
            lead.score.total if lead.score else None,
            lead.route.name if lead.route else None,
            lead.disqualifier is not None,
        )

    def finish(self) -> None:
        """The call is given back: a thousand visitors are no busier fortnight than one."""
        lead = self._lead()
        with self._app.store.begin() as tx:
            booking = tx.calendar.of_lead(lead.id) if lead else None
            if booking is not None and booking.status != "cancelled":
                tx.calendar.cancel(booking.id)

    def _turn(self, kind: str, text: str) -> Reply:
        said = self._run(kind, text, "web")
        lead = self._lead()
        return Reply(
            tuple(_text(message) for message in said),
            tuple(title for message in said for title, _ in message.buttons),
            lead.awaiting if lead else None,
            lead.status if lead else "open",
        )

    def _while_silent(self, until: datetime) -> tuple[str, ...]:
        """Let the time come, and the timers that run out meanwhile, as the worker does. What the bot said then."""
        said: tuple[str, ...] = ()
        while (due := self._next_timer(until)) is not None:
            self._now = max(self._now, due.due_at)
            with self._app.store.begin() as tx:
                tx.outbox.sent(due.id, self._now)
            said += self._heard("timer", due.payload["name"], "timer")
        self._now = until
        return said

    def _next_timer(self, until: datetime) -> OutboxItem | None:
        lead = self._lead()
        with self._app.store.begin(readonly=True) as tx:
            items = tx.outbox.of_lead(lead.id) if lead else ()
        timers = [one for one in items if one.kind.startswith("timer_") and one.status == "queued"]
        return min((one for one in timers if one.due_at <= until), key=lambda one: one.due_at, default=None)

    def _heard(self, kind: str, text: str, provider: str) -> tuple[str, ...]:
        return tuple(_text(message) for message in self._run(kind, text, provider))

    def _run(self, kind: str, text: str, provider: str) -> list[Message]:
        """Run the turn of an inbox row; what the bot said in it."""
        self._messages += 1
        key = f"{self._conversation}:{self._messages}"
        with self._app.store.begin() as tx:
            row, _ = tx.inbox.put(provider, key, self._conversation, kind, text, self._now)
        asyncio.run(self._dialogue.run(self._conversation))
        self._now += timedelta(seconds=1)
        with self._app.store.begin(readonly=True) as tx:
            return [one for one in tx.transcript.of_inbox(row.id) if one.sender == "bot"]

    def _lead(self) -> Lead | None:
        with self._app.store.begin(readonly=True) as tx:
            return tx.leads.of_conversation(self._conversation)


def _text(message: Message) -> str:
    return _KEY.sub(r"\1...", message.text)


@contextmanager
def in_process(
    env: Mapping[str, str], today: date, *, playbook: Path | None = None, framework: str | None = None
) -> Iterator[InProcess]:
    """A Banter with the owner's playbook (or `playbook`), asking by `framework` when one is named. Raises what
    `bootstrap.build` raises, and ModelError."""
    with TemporaryDirectory(prefix="banter-simulate-") as folder:
        kept = {name: value for name, value in env.items() if not name.startswith(_UNHEARD)}
        source = playbook or bootstrap.ROOT / (env.get("BANTER_PLAYBOOK") or DEFAULTS["BANTER_PLAYBOOK"])
        if framework is not None and source.is_dir():
            source = _asking_by(framework, source, Path(folder) / "playbook")
        app = bootstrap.build(
            {
                **kept,
                "BANTER_DATABASE_URL": f"sqlite:///{folder}/simulate.db",
                "BANTER_ADMIN_TOKEN": "simulated",  # given, so that none is made and kept
                "BANTER_SECRET": "simulated-visitors",
                "BANTER_PLAYBOOK": str(source.absolute()),
            }
        )
        verify(ModelFiles(app.settings.root))
        driver = InProcess(app, today)
        driver.start()
        try:
            yield driver
        finally:
            driver.stop()


def _asking_by(framework: str, playbook: Path, copy: Path) -> Path:
    """A copy of the playbook with another framework."""
    shutil.copytree(playbook, copy)
    file = copy / "conversation.yml"
    if file.is_file():
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?m)^framework:.*$", f"framework: {framework}", text), encoding="utf-8")
    return copy
