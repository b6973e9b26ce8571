"""A timer that is due becomes one turn: never lost, never two, and none that was taken back."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from banter.services import OutboxTimers
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from banter.store.inbox import InboxRow, SqlInbox
from banter.worker.worker import Worker
from tests.store.values import lead

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
MINUTE = timedelta(minutes=1)
LEAD = lead("l_1", conversation="c_1")


class Killed(BaseException):
    """As good as `kill -9`: nothing catches it."""


@pytest.fixture(autouse=True)
def conversation(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.conversations.create(Conversation("c_1", "web", "en", "UTC", None, None, NOW))


def sets(store: SqlStore, due_at: datetime = NOW, name: str = "nudge") -> None:
    with store.begin() as tx:
        OutboxTimers(tx).set(LEAD, name, due_at)


def works(store: SqlStore, now: datetime = NOW) -> int:
    return Worker(store, mail=None, now=lambda: now).run_once(now)


def rows(store: SqlStore) -> list[InboxRow]:
    """What waits to be run as a turn."""
    with store.begin() as tx:
        found = []
        while (row := tx.inbox.next("c_1")) is not None:
            found.append(row)
            tx.inbox.done(row.id, NOW)
        return found


def statuses(store: SqlStore) -> list[str]:
    with store.begin(readonly=True) as tx:
        return [item.status for item in tx.outbox.of_lead("l_1")]


def test_a_due_timer_is_a_row_in_the_inbox_that_the_sweep_finds(store: SqlStore) -> None:
    sets(store, NOW + MINUTE)
    assert works(store) == 0
    assert works(store, NOW + MINUTE) == 1
    with store.begin(readonly=True) as tx:
        assert tx.inbox.waiting(NOW + MINUTE, 10) == ["c_1"]
        [item] = tx.outbox.of_lead("l_1")
    [row] = rows(store)
    assert (row.provider, row.provider_id, row.kind, row.text) == ("timer", item.key, "timer", "nudge")
    assert row.received_at == NOW + MINUTE
    assert item.status == "sent"
    assert works(store, NOW + 30 * MINUTE) == 0


def test_setting_it_again_replaces_it_also_for_the_same_moment(store: SqlStore) -> None:
    for due in (NOW + MINUTE, NOW, NOW):
        sets(store, due)
    assert sorted(statuses(store)) == ["cancelled", "cancelled", "queued"]
    works(store, NOW + 5 * MINUTE)
    assert len(rows(store)) == 1


def test_two_timers_of_different_names_do_not_meet(store: SqlStore) -> None:
    sets(store, name="nudge")
    sets(store, name="patience")
    with store.begin() as tx:
        OutboxTimers(tx).cancel(LEAD, "nudge")
    works(store)
    assert [row.text for row in rows(store)] == ["patience"]


def test_one_that_was_taken_back_does_not_ring(store: SqlStore) -> None:
    sets(store)
    with store.begin() as tx:
        OutboxTimers(tx).cancel(LEAD, "nudge")
    assert works(store) == 0
    assert rows(store) == []


@pytest.mark.parametrize("where", ["put", "sent"])
def test_a_worker_killed_at_any_point_leaves_it_to_ring_once(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    from banter.store.outbox import SqlOutbox

    sets(store)
    part: Any = SqlInbox if where == "put" else SqlOutbox
    real = getattr(part, where)

    def killed(self: Any, *args: Any, **more: Any) -> None:
        real(self, *args, **more)
        raise Killed

    monkeypatch.setattr(part, where, killed)
    with pytest.raises(Killed):
        works(store)
    monkeypatch.setattr(part, where, real)
    assert statuses(store) == ["queued"]
    assert works(store) == 1  # at once: a dead worker keeps no lease on it
    assert len(rows(store)) == 1


def test_several_workers_ring_each_timer_once(store: SqlStore) -> None:
    with store.begin() as tx:
        for n in range(20):
            OutboxTimers(tx).set(lead(f"l_{n}", conversation="c_1"), "nudge", NOW)
    threads = [threading.Thread(target=works, args=(store,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows(store)) == 20


def test_a_timer_of_a_conversation_that_is_gone_fails_and_holds_nobody_up(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.outbox.put("odd", "timer_nudge", {"conversation": "c_9", "name": "nudge"}, due_at=NOW, lead="l_9")
        tx.outbox.put("worse", "timer_nudge", {}, due_at=NOW, lead="l_9")
    sets(store)
    assert works(store) == 3
    assert len(rows(store)) == 1
    with store.begin(readonly=True) as tx:
        assert [item.status for item in tx.outbox.of_lead("l_9")] == ["failed", "failed"]
