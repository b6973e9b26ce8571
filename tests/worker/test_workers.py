"""A receiver that hangs holds up nothing but what goes to it."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest

from banter.leads.model import OutboxItem
from banter.store.database import SqlStore
from banter.worker.worker import LANES, Worker
from banter.worker.workers import Workers
from tests.worker.test_worker import NOW, FakeSlack, put, stored


class HangingMail:
    def __init__(self) -> None:
        self.asked, self.ends = threading.Event(), threading.Event()

    def send(self, item: OutboxItem, now: datetime) -> None:
        self.asked.set()
        self.ends.wait(20)


def test_an_alert_does_not_wait_for_a_mail_server_that_hangs(store: SqlStore) -> None:
    mail, slack, stop = HangingMail(), FakeSlack(), threading.Event()
    put(store, "mail", "invitation")
    workers = Workers(
        [Worker(store, mail=mail, now=lambda: NOW, senders={"slack": slack}, lane=lane) for lane in LANES]
    )
    workers.start(stop)
    assert mail.asked.wait(5)
    put(store, "slack:alert:hot:l_1", "slack")
    workers.wake()
    assert slack.asked.wait(5)
    assert stored(store, "mail").status == "queued"
    stop.set()
    mail.ends.set()
    workers.join(10)
    assert stored(store, "mail").status == "sent"
    assert stored(store, "slack:alert:hot:l_1").status == "sent"


@pytest.mark.parametrize(
    "kind",
    [
        "invitation",
        "cancellation",
        "nurture",
        "notice",
        "transcript",
        "alert",
        "sms",
        "slack",
        "timer_nudge",
        "something new",
    ],
)
def test_every_kind_has_one_lane(store: SqlStore, kind: str) -> None:
    put(store, "x", kind)
    with store.begin(readonly=True) as transaction:
        assert sum(transaction.outbox.is_due(NOW, lane) for lane in LANES) == 1
