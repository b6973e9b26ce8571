"""Many at once. A barrier lets them all begin at the same moment."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import func, select

from banter.leads.model import Booking
from banter.leads.ports import SlotTaken
from banter.store import tables
from banter.store.database import SqlStore
from tests.store.values import MINUTE, NOW, conversation, message, slot

AT_ONCE = 20


def all_at_once(work: Callable[[int], Any], many: int) -> list[Any]:
    """`work(0)` to `work(many - 1)`, AT_ONCE of them at a time; the first ones begin together."""
    start = threading.Barrier(min(AT_ONCE, many), timeout=30)

    def run(number: int) -> Any:
        if number < AT_ONCE:
            start.wait()
        return work(number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(run, range(many)))


def test_of_a_hundred_who_want_one_time_exactly_one_gets_it(store: SqlStore) -> None:
    def book(number: int) -> Booking | None:
        with store.begin() as tx:
            try:
                held = tx.calendar.hold(
                    f"l_{number}", slot(), buffer_minutes=15, until=NOW + timedelta(minutes=15), now=NOW
                )
            except SlotTaken:
                tx.outbox.put(f"other times for l_{number}", "alert", {}, due_at=NOW, lead=f"l_{number}")
                return None
            return tx.calendar.confirm(held.id)

    booked = [booking for booking in all_at_once(book, 100) if booking]
    assert len(booked) == 1
    with store.begin(readonly=True) as tx:
        assert len(tx.calendar.busy("ada", NOW, NOW + timedelta(days=3))) == 1
        assert tx.calendar.of_lead(booked[0].lead) == booked[0]
        assert len(tx.outbox.page(1, 200)) == 99
        assert tx.connection.execute(select(func.count()).select_from(tables.bookings)).scalar() == 1


def test_overlapping_times_wanted_at_once_never_both_stand(store: SqlStore) -> None:
    choose = random.Random(7)
    wanted = [slot(5 * choose.randrange(36), 5 * choose.randrange(3, 10)) for _ in range(100)]

    def book(number: int) -> bool:
        with store.begin() as tx:
            try:
                held = tx.calendar.hold(f"l_{number}", wanted[number], buffer_minutes=10, until=NOW + MINUTE, now=NOW)
                tx.calendar.confirm(held.id)
            except SlotTaken:
                return False
        return True

    outcomes = all_at_once(book, len(wanted))
    with store.begin(readonly=True) as tx:
        busy = list(tx.calendar.busy("ada", NOW, NOW + timedelta(days=3)))
    assert len(busy) == sum(outcomes) >= 2
    assert all(ends <= starts for (_, ends), (starts, _) in pairwise(busy))


def test_a_hold_that_ran_out_goes_to_one_of_those_who_want_it(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.calendar.hold("l_late", slot(), buffer_minutes=0, until=NOW + MINUTE, now=NOW)

    def book(number: int) -> bool:
        with store.begin() as tx:
            try:
                tx.calendar.hold(f"l_{number}", slot(), buffer_minutes=0, until=NOW + 9 * MINUTE, now=NOW + 2 * MINUTE)
            except SlotTaken:
                return False
        return True

    assert sum(all_at_once(book, 40)) == 1


def test_each_outbox_item_goes_to_one_worker(store: SqlStore) -> None:
    with store.begin() as tx:
        for number in range(60):
            tx.outbox.put(f"k{number}", "nurture", {}, due_at=NOW, lead=None)

    def work(_: int) -> list[int]:
        claimed = []
        while True:
            with store.begin() as tx:
                items = tx.outbox.claim(NOW, 4, timedelta(minutes=1))
            if not items:
                return claimed
            claimed += [item.id for item in items]

    claimed = [item for of_one in all_at_once(work, 6) for item in of_one]
    assert len(claimed) == len(set(claimed)) == 60


def test_a_reader_of_what_came_after_never_misses_a_line(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.conversations.create(conversation())
        tx.transcript.add(message("first"))
    seen = ["first"]
    finished = threading.Barrier(5, timeout=30)

    def read() -> None:
        with store.begin(readonly=True) as tx:
            seen.extend(line.id for line in tx.transcript.of_conversation("c_1", after=seen[-1]))

    def work(number: int) -> None:
        if number > 0:
            for line in range(10):
                with store.begin() as tx:
                    tx.transcript.add(message(f"m_{number}_{line}"))
                    tx.outbox.put(f"k_{number}_{line}", "alert", {}, due_at=NOW, lead=None)
            finished.wait()
            return
        while finished.n_waiting < 4 and not finished.broken:
            read()
        finished.wait()
        read()

    all_at_once(work, 5)
    with store.begin(readonly=True) as tx:
        assert seen == [line.id for line in tx.transcript.of_conversation("c_1")]
    assert len(seen) == 41


@pytest.mark.slow
def test_a_turn_that_takes_its_time_keeps_no_message_from_being_accepted(postgresql: Any) -> None:
    store = postgresql.store()
    with store.begin() as tx:
        tx.conversations.create(conversation())
    with store.begin() as turn:
        turn.conversations.lock("c_1")
        turn.transcript.add(message("m_1"))
        with store.begin() as channel:
            assert channel.inbox.put("web", "1", "c_1", "message", "hello?", NOW)[1]
    with store.begin(readonly=True) as tx:
        assert tx.inbox.next("c_1").text == "hello?"
