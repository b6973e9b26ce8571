"""Sends what is due in the outbox. Nothing is sent inside a transaction, and nothing that was taken back meanwhile.

Timers are not sent but put into the inbox, in the transaction that takes them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from banter.leads.model import OutboxItem
from banter.leads.ports import Transaction
from banter.store.errors import StoreUnavailable
from banter.store.outbox import EVERYTHING, Lane
from banter.worker import webhook
from banter.worker.outcome import TRIES, Later, Never, NotNow, Shown, TakenBack, Verdict, wait_after
from banter.worker.timer import is_timer, ring

if TYPE_CHECKING:
    from banter.store.database import SqlStore, SqlTransaction

log = logging.getLogger(__name__)

#: How long an item is one worker's: longer than any sender's patience, so that nobody sends it a second time meanwhile.
LEASE = timedelta(minutes=10)
_AT_ONCE = 100  # items of one round; then the rest, after a look at whether to stop
_PAUSE = 1.0  # seconds between two looks at an empty outbox
_GLANCE = 0.05  # how soon it notices, while it rests, that it was woken
_LONGEST_PAUSE = 10.0  # while the database is away
_NOTING = (1.0, 2.0, 4.0, 8.0, 15.0, 30.0, 60.0)  # seconds between tries to note what became of an item
_CHANNELS = ("sms", "slack")
_TAKEN_AT_ITS_WORD = 3  # tries
_MAILS = ("invitation", "cancellation", "nurture", "notice", "transcript", "joining")

#: A receiver that hangs holds up one lane and no other: neither an alert nor a text message waits for a mail server.
LANES = (Lane(only=_MAILS), Lane(only=("alert",)), Lane(only=("sms",)), Lane(but=(*_MAILS, "alert", "sms")))

#: Channels in which nobody else may change what a number has said between the last look and the sending.
_LOOKED_AND_SENT_AT_ONCE = ("sms",)
_ANOTHER_WORKER = timedelta(seconds=10)  # has the number for long; it is asked again then
_PATIENCE = 20.0  # seconds for another worker that sends to the same number

#: Whether a nurture mail may still leave, decided with what is stored at that moment.
MaySend = Callable[[OutboxItem, Transaction], bool]
Gate = Callable[[OutboxItem, "SqlTransaction", datetime], Verdict]


class Sender(Protocol):
    """Sends one item; `banter.worker.mail.Mail`, by SMTP, sends mails."""

    def send(self, item: OutboxItem, now: datetime) -> str | None:
        """The receiver's own id of what was sent, where it gives one. Raises NotNow, Never or Shown."""
        ...


def always(item: OutboxItem, transaction: Transaction) -> bool:
    return True


class Worker:
    """Several may work on one PostgreSQL: an item in hand is leased, and comes back when its worker dies.

    `mail` None: no mail server is configured, so mails are shown instead. `senders`, by kind of item, are those of the
    other channels; what has none is shown, too. `gates`, by kind, are asked last whether an item may leave now.
    `post` sends alerts. `lane`: it sends these kinds of items only.
    """

    def __init__(
        self,
        store: SqlStore,
        *,
        mail: Sender | None,
        now: Callable[[], datetime],
        may_send: MaySend = always,
        gates: Mapping[str, Gate] = MappingProxyType({}),
        senders: Mapping[str, Sender] = MappingProxyType({}),
        post: Callable[[OutboxItem], None] = webhook.post,
        pause: Callable[[float], None] = time.sleep,
        lane: Lane = EVERYTHING,
    ) -> None:
        self._store = store
        self._mail = mail
        self._now = now
        self._gates: Mapping[str, Gate] = {"nurture": lambda item, t, _: may_send(item, t), **gates}
        self._senders = senders
        self._post = post
        self._pause = pause
        self._lane = lane
        self._bell = threading.Event()

    def wake(self) -> None:
        """Look at the outbox now rather than at the next second; from any thread."""
        self._bell.set()

    def run(self, stop: threading.Event) -> None:
        """Work until `stop` is set. A database that is away, or a fault of ours, is waited out and never ends this."""
        pause = _PAUSE
        while not stop.is_set():
            try:
                handled = self.run_once(self._now(), stop)
                pause = 0.0 if handled >= _AT_ONCE else _PAUSE
            except StoreUnavailable:
                pause = min(_LONGEST_PAUSE, max(_PAUSE, pause * 2))
                log.warning("The outbox cannot be read; next try in %.0f s", pause)
            except Exception as error:  # noqa: BLE001 - the thread's last catch: without it one fault would stop every mail
                pause = _LONGEST_PAUSE
                log.error("The worker failed with %s; next try in %.0f s", type(error).__name__, pause)
            self._rest(pause, stop)

    def _rest(self, seconds: float, stop: threading.Event) -> None:
        """Until `seconds` are over, somebody wakes it or `stop` is set."""
        for _ in range(round(seconds / _GLANCE)):
            if self._bell.is_set() or stop.wait(_GLANCE):
                break
        self._bell.clear()

    def run_once(self, now: datetime, stop: threading.Event | None = None) -> int:
        """Handle what is due at `now`; returns how many items. Raises StoreUnavailable."""
        handled = 0
        while handled < _AT_ONCE and not (stop is not None and stop.is_set()):
            item = self._claim(now)
            if item is None:
                break
            self._handle(item, now)
            handled += 1
        return handled

    def _claim(self, now: datetime) -> OutboxItem | None:
        """One item, so that a slow receiver never holds the lease of others."""
        with self._store.begin(readonly=True) as transaction:
            if not transaction.outbox.is_due(now, self._lane):
                return None
        with self._store.begin() as transaction:
            item = next(iter(transaction.outbox.claim(now, 1, LEASE, self._lane)), None)
            if item is not None and is_timer(item):
                ring(item, transaction, now)
            return item

    def _handle(self, item: OutboxItem, now: datetime) -> None:
        if is_timer(item):
            return
        if item.kind not in _LOOKED_AND_SENT_AT_ONCE:
            self._look_and_send(item, now)
            return
        with self._store.alone(f"{item.kind}:{item.payload.get('to')}", _PATIENCE) as alone:
            if alone:
                self._look_and_send(item, now)
            else:
                self._write_down(lambda t: t.outbox.postpone(item.id, now + _ANOTHER_WORKER))

    def _look_and_send(self, item: OutboxItem, now: datetime) -> None:
        if not self._still_wanted(item, now):
            return
        try:
            if item.attempts > TRIES:
                raise Never("Every try ended without an answer; the worker may have been stopped in the middle of it.")
            sent, receipt = self._send(item, now)
        except NotNow as error:
            self._again(item, error, now)
        except Never as error:
            self._give_up(item, str(error))
        except Shown:
            self._write_down(lambda t: t.outbox.shown(item.id, now))
        else:
            self._write_down(
                lambda t: t.outbox.sent(item.id, now, receipt) if sent else t.outbox.shown(item.id, now),
            )

    def _still_wanted(self, item: OutboxItem, now: datetime) -> bool:
        """Ask at the last moment: since it was claimed, it may have been taken back."""
        with self._store.begin() as transaction:
            stored = transaction.outbox.get(item.id)
            if stored is None or (stored.status, stored.attempts) != ("queued", item.attempts):
                return False
            gate = self._gates.get(item.kind)
            verdict = True if gate is None else gate(item, transaction, now)
            if isinstance(verdict, Later):
                transaction.outbox.postpone(item.id, verdict.at)
                return False
            if isinstance(verdict, TakenBack):
                transaction.outbox.take_back(item.id, verdict.why)
                return False
            if not verdict:
                if item.lead is None:
                    transaction.outbox.fail(item.id, "It may not be sent, and belongs to no lead.")
                else:
                    transaction.outbox.cancel(item.lead, item.kind)
                return False
        return True

    def _send(self, item: OutboxItem, now: datetime) -> tuple[bool, str | None]:
        """Whether something is configured that could send it, and the receiver's id of it."""
        if item.kind in _MAILS:
            if self._mail is None:
                return False, None
            return True, self._mail.send(item, now)
        if item.kind == "alert":
            if not item.payload.get("url"):
                return False, None
            self._post(item)
            return True, None
        sender = self._senders.get(item.kind)
        if sender is not None:
            return True, sender.send(item, now)
        if item.kind in _CHANNELS:
            return False, None
        raise Never(f"Nobody knows how to send a '{item.kind}'.")

    def _again(self, item: OutboxItem, error: NotNow, now: datetime) -> None:
        why, wait = str(error), wait_after(item.attempts)
        if wait is None:
            self._give_up(item, f"{why} Given up after {item.attempts} tries.")
            return
        if error.wait is not None:  # as the receiver says; one who says so for ever is asked less and less often
            wait = error.wait if item.attempts <= _TAKEN_AT_ITS_WORD else max(wait, error.wait)
        until = now + wait
        log.warning("Outbox item %d (%s) waits: %s", item.id, item.kind, why)
        self._write_down(lambda t: t.outbox.retry(item.id, why, until))

    def _give_up(self, item: OutboxItem, why: str) -> None:
        log.error("Outbox item %d (%s) failed: %s", item.id, item.kind, why)
        self._write_down(lambda t: t.outbox.fail(item.id, why))

    def _write_down(self, what: Callable[[SqlTransaction], None]) -> None:
        """What became of an item. What has left and is not noted leaves again when the lease ends, so a database that
        is away for a moment is waited for; nothing else could be sent meanwhile anyway."""
        for pause in _NOTING:
            try:
                with self._store.begin() as transaction:
                    what(transaction)
                return
            except StoreUnavailable:
                log.warning("The outbox cannot be written; next try in %.0f s", pause)
                self._pause(pause)
        with self._store.begin() as transaction:
            what(transaction)
