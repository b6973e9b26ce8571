"""What is due goes out once; what cannot go waits, and is given up after a day."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from banter.leads.model import OutboxItem
from banter.leads.ports import Transaction
from banter.store.database import SqlStore
from banter.store.errors import StoreUnavailable
from banter.worker.outcome import TRIES, Never, NotNow, wait_after
from banter.worker.worker import LEASE, Worker
from tests.worker.test_webhook import Receiver

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)


class FakeMail:
    """Keeps what it sends; `error` stands in for a server that refuses, `meanwhile` for what happens while it sends."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.error: Exception | None = None
        self.meanwhile: Callable[[], None] | None = None

    def send(self, item: OutboxItem, now: datetime) -> None:
        if self.meanwhile:
            self.meanwhile()
        if self.error:
            raise self.error
        self.sent.append(item.key)


@pytest.fixture
def mail() -> FakeMail:
    return FakeMail()


def a_worker(store: SqlStore, mail: FakeMail | None, **more: Any) -> Worker:
    return Worker(store, mail=mail, now=lambda: NOW, **more)


def put(
    store: SqlStore, key: str, kind: str = "nurture", *, due: datetime = NOW, lead: str | None = "l_1", **p: Any
) -> None:
    with store.begin() as transaction:
        transaction.outbox.put(key, kind, p, due_at=due, lead=lead)


def stored(store: SqlStore, key: str) -> OutboxItem:
    with store.begin(readonly=True) as transaction:
        return next(item for item in transaction.outbox.page(size=1000) if item.key == key)


def test_what_is_due_is_sent_once_and_what_is_not_waits(store: SqlStore, mail: FakeMail) -> None:
    put(store, "due", "invitation")
    put(store, "later", "invitation", due=NOW + timedelta(minutes=1))
    worker = a_worker(store, mail)
    assert worker.run_once(NOW) == 1
    assert worker.run_once(NOW) == 0
    assert mail.sent == ["due"]
    assert (stored(store, "due").status, stored(store, "due").sent_at) == ("sent", NOW)
    assert worker.run_once(NOW + timedelta(minutes=1)) == 1
    assert mail.sent == ["due", "later"]


def test_without_a_mail_server_mails_are_shown(store: SqlStore) -> None:
    for kind in ("invitation", "cancellation", "nurture"):
        put(store, kind, kind)
    assert a_worker(store, None).run_once(NOW) == 3
    assert {stored(store, kind).status for kind in ("invitation", "cancellation", "nurture")} == {"shown"}


def test_an_alert_goes_to_its_address_and_one_without_is_shown(store: SqlStore) -> None:
    receiver = Receiver()
    put(store, "told", "alert", url=receiver.url, json={"text": "hot"})
    put(store, "nobody", "alert", json={"text": "hot"})
    a_worker(store, None).run_once(NOW)
    receiver.stop()
    assert [(headers["Idempotency-Key"], body) for _, headers, body in receiver.got] == [("told", {"text": "hot"})]
    assert (stored(store, "told").status, stored(store, "nobody").status) == ("sent", "shown")


def test_a_server_that_is_away_is_tried_for_a_day_and_then_given_up(store: SqlStore, mail: FakeMail) -> None:
    put(store, "x", "invitation")
    worker = a_worker(store, mail)
    mail.error = NotNow("The mail server cannot be reached.")
    now, tries = NOW, []
    while stored(store, "x").status == "queued":
        now = stored(store, "x").due_at
        tries.append(now - NOW)
        assert worker.run_once(now - timedelta(seconds=1)) == 0
        assert worker.run_once(now) == 1
    assert tries[:4] == [timedelta(seconds=s) for s in (0, 30, 90, 210)]
    assert max(later - before for before, later in itertools.pairwise(tries)) == timedelta(hours=6)
    assert timedelta(hours=18) < tries[-1] < timedelta(hours=26)
    item = stored(store, "x")
    assert (item.status, item.attempts) == ("failed", TRIES)
    assert "cannot be reached" in (item.last_error or "")


def test_a_server_that_comes_back_gets_the_mail(store: SqlStore, mail: FakeMail) -> None:
    put(store, "x", "invitation")
    worker = a_worker(store, mail)
    mail.error = NotNow("away")
    worker.run_once(NOW)
    mail.error = None
    worker.run_once(NOW + timedelta(seconds=30))
    assert mail.sent == ["x"]
    assert (stored(store, "x").status, stored(store, "x").last_error) == ("sent", None)


def test_what_can_never_work_is_given_up_at_once_and_holds_nobody_up(store: SqlStore, mail: FakeMail) -> None:
    put(store, "odd", "carrier_pigeon")
    put(store, "fine", "invitation")
    assert a_worker(store, mail).run_once(NOW) == 2
    assert stored(store, "odd").status == "failed"
    assert mail.sent == ["fine"]
    put(store, "refused", "invitation")
    mail.error = Never("no such mailbox")
    a_worker(store, mail).run_once(NOW)
    assert (stored(store, "refused").status, stored(store, "refused").last_error) == ("failed", "no such mailbox")


def test_a_nurture_mail_leaves_only_when_it_still_may(store: SqlStore, mail: FakeMail) -> None:
    asked = []

    def may_send(item: OutboxItem, transaction: Transaction) -> bool:
        asked.append((item.key, len(transaction.outbox.of_lead("l_1"))))
        return item.lead == "l_2"

    put(store, "one")
    put(store, "two", lead="l_2")
    put(store, "call", "invitation")
    a_worker(store, mail, may_send=may_send).run_once(NOW)
    assert mail.sent == ["two", "call"]
    assert stored(store, "one").status == "cancelled"
    assert asked == [("one", 2), ("two", 2)]


def test_what_was_taken_back_after_it_was_claimed_does_not_leave(store: SqlStore, mail: FakeMail) -> None:
    def opt_out() -> None:
        with store.begin() as transaction:
            transaction.outbox.cancel("l_1", "nurture")

    put(store, "first", "invitation")
    put(store, "second")
    mail.meanwhile = opt_out
    worker = a_worker(store, mail)
    worker.run_once(NOW)
    assert mail.sent == ["first"]
    assert stored(store, "second").status == "cancelled"
    put(store, "third")
    with store.begin() as transaction:
        [claimed] = transaction.outbox.claim(NOW, 1, LEASE)
        transaction.outbox.cancel("l_1", "nurture")
    worker._handle(claimed, NOW)
    assert mail.sent == ["first"]


def test_what_a_killed_worker_had_in_hand_comes_back(store: SqlStore, mail: FakeMail) -> None:
    put(store, "x", "invitation")
    with store.begin() as transaction:
        [claimed] = transaction.outbox.claim(NOW, 1, LEASE)
    worker = a_worker(store, mail)
    assert worker.run_once(NOW + LEASE - timedelta(seconds=1)) == 0
    assert worker.run_once(NOW + LEASE) == 1
    worker._handle(claimed, NOW + LEASE)  # the first one was only slow, and wakes up
    assert mail.sent == ["x"]


def test_an_item_that_kills_every_worker_is_given_up(store: SqlStore, mail: FakeMail) -> None:
    put(store, "poison", "invitation")
    mail.error = SystemError("as good as killed")
    worker, now = a_worker(store, mail), NOW
    for _ in range(TRIES):
        with pytest.raises(SystemError):
            worker.run_once(now)
        now += LEASE
    worker.run_once(now)
    assert stored(store, "poison").status == "failed"


def test_two_workers_send_each_thing_once(store: SqlStore, mail: FakeMail) -> None:
    for n in range(40):
        put(store, str(n), "invitation")
    threads = [threading.Thread(target=a_worker(store, mail).run_once, args=(NOW,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail.sent, key=int) == [str(n) for n in range(40)]


def test_nothing_is_sent_inside_a_transaction(store: SqlStore, mail: FakeMail) -> None:
    def write() -> None:
        put(store, "written while sending", "alert", due=NOW + timedelta(days=1))

    put(store, "x", "invitation")
    mail.meanwhile = write
    a_worker(store, mail).run_once(NOW)
    assert stored(store, "written while sending").status == "queued"


def test_what_has_left_is_noted_even_if_the_database_is_away_for_a_moment(
    store: SqlStore, mail: FakeMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "x", "invitation")
    real, away, waited = store.begin, 0, []

    def begin(**how: Any) -> Any:
        nonlocal away
        if away:
            away -= 1
            raise StoreUnavailable("away")
        return real(**how)

    def fall_away() -> None:
        nonlocal away
        away = 3

    monkeypatch.setattr(store, "begin", begin)
    mail.meanwhile = fall_away
    worker = a_worker(store, mail, pause=waited.append)
    worker.run_once(NOW)
    assert waited == [1.0, 2.0, 4.0]
    assert stored(store, "x").status == "sent"
    assert worker.run_once(NOW + 2 * LEASE) == 0
    assert mail.sent == ["x"]


def test_a_worker_runs_until_it_is_stopped_and_outlives_a_database_that_is_away(
    store: SqlStore, mail: FakeMail, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "x", "invitation")
    real, failures = store.begin, [StoreUnavailable("away"), RuntimeError("a fault of ours")]

    def begin(**how: Any) -> Any:
        if failures:
            raise failures.pop()
        return real(**how)

    class Stop(threading.Event):
        """Does not really wait, and stops when the mail has left."""

        def wait(self, timeout: float | None = None) -> bool:
            if mail.sent:
                self.set()
            return super().wait(0.001)

    monkeypatch.setattr(store, "begin", begin)
    thread = threading.Thread(target=a_worker(store, mail).run, args=(Stop(),))
    began = time.monotonic()
    thread.start()
    thread.join(10)
    assert not thread.is_alive()
    assert time.monotonic() - began < 5
    assert mail.sent == ["x"]


def test_the_waiting_times_double_from_half_a_minute_to_six_hours() -> None:
    waits = [wait_after(n) for n in range(1, TRIES + 1)]
    assert waits[:3] == [timedelta(seconds=30), timedelta(minutes=1), timedelta(minutes=2)]
    assert waits[-2:] == [timedelta(hours=6), None]
    assert wait_after(10**6) is None


class FakeSlack:
    """Answers with an id of its own; `error` stands in for a refusal."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.asked = threading.Event()

    def send(self, item: OutboxItem, now: datetime) -> str | None:
        self.asked.set()
        if self.error:
            raise self.error
        return f"ts-{item.id}"


def test_the_receivers_own_id_is_kept_with_what_was_sent(store: SqlStore) -> None:
    put(store, "slack:m_1", "slack")
    a_worker(store, None, senders={"slack": FakeSlack()}).run_once(NOW)
    item = stored(store, "slack:m_1")
    assert (item.status, item.receipt) == ("sent", f"ts-{item.id}")


def test_a_receiver_who_says_how_long_to_wait_is_asked_again_then(store: SqlStore) -> None:
    put(store, "slack:m_1", "slack")
    slack = FakeSlack()
    slack.error = NotNow("Slack is busy.", wait=timedelta(seconds=3))
    worker = a_worker(store, None, senders={"slack": slack})
    worker.run_once(NOW)
    assert stored(store, "slack:m_1").due_at == NOW + timedelta(seconds=3)
    slack.error = NotNow("Slack is busy.", wait=timedelta(days=300))
    worker.run_once(NOW + timedelta(seconds=3))
    assert stored(store, "slack:m_1").due_at == NOW + timedelta(seconds=3, hours=6)


def test_a_worker_that_is_woken_looks_at_once(store: SqlStore) -> None:
    looked, stop, slack = threading.Event(), threading.Event(), FakeSlack()

    def clock() -> datetime:
        looked.set()
        return NOW

    worker = Worker(store, mail=None, now=clock, senders={"slack": slack})
    working = threading.Thread(target=worker.run, args=(stop,))
    working.start()
    assert looked.wait(5)
    put(store, "slack:m_1", "slack")
    worker.wake()
    assert slack.asked.wait(5)
    stop.set()
    working.join(5)
    assert not working.is_alive()
