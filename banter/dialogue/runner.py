"""Runs turns, one after the other, on a thread of their own: slow work elsewhere never freezes a dialogue, nor this
one the web edge."""

from __future__ import annotations

import asyncio
import logging
import secrets
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from banter.leads.delivering import delivery, sent_as
from banter.leads.model import Lead, Message
from banter.leads.ports import DialogueDown
from banter.leads.texting import NUMBERED, picked
from banter.store.conversations import Conversation
from banter.store.database import SqlTransaction
from banter.store.inbox import InboxRow
from banter.turns import Turns
from scoring.model import DIMENSIONS

log = logging.getLogger(__name__)

Reply = tuple[str, tuple[tuple[str, str], ...]]  # text, buttons as (title, value)

#: A message that fails this often is given up, with an apology, so that it cannot hold up the next ones for ever.
MOST_ATTEMPTS = 5
APOLOGY = "utter_default"
#: Messages nobody is waiting for (the process was killed, the visitor gave up) are looked for this often.
SWEEP = timedelta(seconds=5)
#: Inbox rows that no visitor wrote: one who is back, and what the bot does by itself when a timer runs out.
UNPROMPTED = ("resume", "timer")


class DialogueRunner:
    """`run` may be awaited from any event loop; the turns happen on this object's thread. `turned` is called after
    each that was committed: something may have to be sent now."""

    def __init__(
        self,
        turns: Turns,
        model: Path,
        *,
        patience: float,
        sweeps: bool = True,
        load: Callable[[Path], Any] | None = None,
        turned: Callable[[], None] = lambda: None,
    ) -> None:
        self._turns = turns
        self._model = model
        self._patience = patience
        self._sweeps = sweeps
        self._load = load or _load_engine
        self._turned = turned
        self._engine: Any = None
        self._problem: str | None = "the dialogue model is loading"
        self._loop = asyncio.new_event_loop()
        self._one_at_a_time = asyncio.Lock()
        self._thread = threading.Thread(target=self._work, name="dialogue", daemon=True)
        self._loaded = threading.Event()

    @property
    def ready(self) -> bool:
        return self._engine is not None

    @property
    def problem(self) -> str | None:
        """Why it is not ready, in a sentence; None when it is."""
        return self._problem

    def start(self, *, wait: bool = False) -> None:
        self._thread.start()
        if wait:
            self._loaded.wait()

    def stop(self) -> None:
        """Ends after the turn under way."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(timeout=10)

    async def run(self, conversation: str) -> None:
        """Run the waiting turns of a conversation, in order. Raises DialogueDown; the inbox keeps what is left."""
        if not self.ready:
            raise DialogueDown(self._problem or "the dialogue is not ready")
        work = asyncio.run_coroutine_threadsafe(self._drain(conversation), self._loop)
        try:
            await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(work)), self._patience)
        except asyncio.TimeoutError as error:
            raise DialogueDown("the answer takes longer than usual") from error

    def hurry(self, conversation: str) -> None:
        """Run its waiting turns soon, from any thread and without waiting for them; the sweep would, seconds later."""
        if self.ready:
            asyncio.run_coroutine_threadsafe(self._drain(conversation), self._loop)

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            with ThreadPoolExecutor(1) as beside:  # both take seconds, and neither needs the other
                warm = beside.submit(self._warm_up)
                engine = self._load(self._model)
                warm.result()
            self._engine, self._problem = engine, None
        except Exception as error:
            log.exception("the dialogue model could not be loaded")
            self._problem = f"the dialogue model could not be loaded ({error}); run `banter train`"
            return
        finally:
            self._loaded.set()
        if self._sweeps:
            self._sweeper = self._loop.create_task(self._sweep())
        self._loop.run_forever()

    def _warm_up(self) -> None:
        """Patterns are compiled and the owner's answers placed when they are first needed: now, so that the first
        visitor does not wait for that."""
        for question in (*DIMENSIONS, "slot", "contact"):
            self._turns.reader.read(
                "Maybe 10k by June?",
                open_question=question,
                known={},
                today=self._turns.clock().date(),
                topic_hint=None,
            )

    async def _sweep(self) -> None:
        while True:
            try:
                with self._turns.store.begin(readonly=True) as tx:
                    waiting = tx.inbox.waiting(self._turns.clock() - SWEEP, 100)
                for conversation in waiting:
                    await self._drain(conversation)
            except Exception as error:  # noqa: BLE001 - the next sweep tries again; nothing is lost meanwhile
                log.warning("a waiting message could not be answered yet: %s", type(error).__name__)
            await asyncio.sleep(SWEEP.total_seconds())

    async def _drain(self, conversation: str) -> None:
        async with self._one_at_a_time:
            while await self._next(conversation):
                pass

    async def _next(self, conversation_id: str) -> bool:
        """One turn in one transaction; False when nothing waits."""
        row: InboxRow | None = None
        try:
            with self._turns.store.begin() as tx:
                conversation = tx.conversations.lock(conversation_id)
                row = tx.inbox.next(conversation_id)
                if conversation is None or row is None:
                    return False
                lead = await self._turn(tx, conversation, row)
                tx.inbox.done(row.id, self._turns.clock(), awaiting=lead.awaiting, status=lead.status)
            self._turned()
            return True
        except Exception as error:
            log.exception("a turn failed; its message stays in the inbox")
            if row is not None and self._gives_up(row, conversation_id, error):
                return True
            raise DialogueDown("the turn failed") from error

    async def _turn(self, tx: SqlTransaction, conversation: Conversation, row: InboxRow) -> Lead:
        engine = self._engine
        with self._turns.begin(tx, conversation) as turn:
            if row.kind in UNPROMPTED:
                if not turn.speaks(row.kind, row.text):
                    return turn.lead
                replies = await engine.signal(conversation.id, conversation.channel, row.kind)
            elif row.kind == "start":
                replies = await engine.open(conversation.id, conversation.channel)
            else:
                text = _as_meant(tx, conversation, row.text)
                tx.transcript.add(self._message(conversation.id, "visitor", row.text, row.received_at), inbox=row.id)
                intent = "inform" if turn.is_plain_answer(text) else None
                replies = await engine.hear(conversation.id, conversation.channel, text, intent=intent)
            turn.said([text for text, _ in replies])
        if turn.stops:
            self._turns.stopped(tx, conversation, row.text, self._turns.clock())
        self._say(tx, conversation, turn.lead.id, row, replies, notice="stopped" if turn.stops else None)
        self._turns.after(tx, conversation, turn.lead, self._turns.clock())
        return turn.lead

    def _say(
        self,
        tx: SqlTransaction,
        conversation: Conversation,
        lead: str | None,
        row: InboxRow,
        replies: Sequence[Reply],
        *,
        notice: str | None = None,
    ) -> None:
        """Put it into the transcript, and queue it where the channel has to be sent what is said. `notice` marks what
        may go to somebody who has opted out."""
        now = self._turns.clock
        said = [self._message(conversation.id, "bot", text, now(), buttons) for text, buttons in replies]
        for message in said:
            tx.transcript.add(message, inbox=row.id)
        prompted = row.kind not in UNPROMPTED
        for message in sent_as(said, conversation.channel):
            answers = row.kind == "message" and message.id == said[-1].id
            out = delivery(message, conversation.channel, conversation.address, prompted=prompted, answers=answers)
            if out is not None:
                payload = {**out.payload, "notice": notice} if notice else out.payload
                tx.outbox.put(out.key, out.kind, payload, due_at=message.at, lead=lead)

    def _gives_up(self, row: InboxRow, conversation: str, error: Exception) -> bool:
        """Count the failure; after the last attempt apologise, where somebody waits for an answer, and go on with the
        next message."""
        now = self._turns.clock()
        with self._turns.store.begin() as tx:
            if row.attempts + 1 < MOST_ATTEMPTS:
                tx.inbox.failed(row.id, type(error).__name__, now)
                return False
            tx.inbox.give_up(row.id, type(error).__name__, now)
            if row.kind in UNPROMPTED:
                return True
            if row.kind == "message":
                tx.transcript.add(self._message(conversation, "visitor", row.text, row.received_at), inbox=row.id)
            known, lead = tx.conversations.get(conversation), tx.leads.of_conversation(conversation)
            if known is not None:
                self._say(tx, known, lead.id if lead else None, row, [(self._engine.text(APOLOGY), ())])
            return True

    @staticmethod
    def _message(
        conversation: str, sender: str, text: str, at: datetime, buttons: tuple[tuple[str, str], ...] = ()
    ) -> Message:
        return Message(f"m_{secrets.token_urlsafe(12)}", conversation, sender, text, at, buttons)


def _as_meant(tx: SqlTransaction, conversation: Conversation, text: str) -> str:
    """What was written; where it is but the number of a choice, as text messages have them, the choice."""
    if conversation.channel not in NUMBERED or not text.strip().strip("#.()").isdecimal():
        return text
    bot = [line for line in tx.transcript.of_conversation(conversation.id) if line.sender == "bot"]
    return (picked(text, bot[-1].buttons) if bot else None) or text


def _load_engine(model: Path) -> Any:
    from banter.dialogue.engine import Engine  # imports TensorFlow: ten seconds, so not before it is needed

    return Engine(model)
