from __future__ import annotations

from datetime import timedelta

from banter.leads.ports import Store, Transaction
from banter.store.database import SqlStore
from tests.store.values import MINUTE, NOW

LEASE = timedelta(minutes=2)


def put(tx: Transaction, key: str, *, kind: str = "nurture", lead: str | None = "l_1", due=NOW) -> None:
    tx.outbox.put(key, kind, {"to": "pat@example.com", "subject": "Héllo 🙂"}, due_at=due, lead=lead)


def test_the_same_key_again_does_nothing(store: SqlStore) -> None:
    with store.begin() as tx:
        put(tx, "k")
        tx.outbox.put("k", "alert", {"other": 1}, due_at=NOW + MINUTE, lead="l_2")
        (item,) = tx.outbox.page()
    assert (item.key, item.kind, item.lead, item.status, item.attempts) == ("k", "nurture", "l_1", "queued", 0)
    assert item.payload == {"to": "pat@example.com", "subject": "Héllo 🙂"}


def test_a_leads_items_stand_by_due_date_and_are_taken_back_by_kind(any_store: Store) -> None:
    with any_store.begin() as tx:
        put(tx, "late", due=NOW + MINUTE)
        put(tx, "early")
        put(tx, "mail", kind="invitation", due=NOW + 2 * MINUTE)
        put(tx, "early", due=NOW + 3 * MINUTE)
        put(tx, "foreign", lead="l_2")
        assert [item.key for item in tx.outbox.of_lead("l_1")] == ["early", "late", "mail"]
        assert tx.outbox.cancel("l_1", "nurture") == 2
        assert [item.status for item in tx.outbox.of_lead("l_1")] == ["cancelled", "cancelled", "queued"]
        assert tx.outbox.cancel("l_1", "nurture") == 0


def test_only_what_is_due_is_claimed_in_order_and_no_more_than_asked_for(store: SqlStore) -> None:
    with store.begin() as tx:
        for number in (3, 1, 2, 9):
            put(tx, f"k{number}", due=NOW + number * MINUTE)
        claimed = tx.outbox.claim(NOW + 3 * MINUTE, 2, LEASE)
        assert [(item.key, item.attempts) for item in claimed] == [("k1", 1), ("k2", 1)]
        assert [item.key for item in tx.outbox.claim(NOW + 3 * MINUTE, 9, LEASE)] == ["k3"]
        assert tx.outbox.claim(NOW + 3 * MINUTE, 9, LEASE) == []


def test_what_a_crashed_worker_had_in_hand_comes_back_when_the_lease_ends(store: SqlStore) -> None:
    with store.begin() as tx:
        put(tx, "k")
        tx.outbox.claim(NOW, 1, LEASE)
    with store.begin() as tx:
        assert tx.outbox.claim(NOW + LEASE - MINUTE, 1, LEASE) == []
        assert tx.outbox.next_due() == NOW + LEASE
        (again,) = tx.outbox.claim(NOW + LEASE, 1, LEASE)
        assert again.attempts == 2


def test_what_was_sent_or_shown_or_failed_is_not_claimed_again(store: SqlStore) -> None:
    with store.begin() as tx:
        for key in ("sent", "shown", "failed"):
            put(tx, key)
        ids = {item.key: item.id for item in tx.outbox.claim(NOW, 9, LEASE)}
        tx.outbox.sent(ids["sent"], NOW + MINUTE)
        tx.outbox.shown(ids["shown"], NOW + MINUTE)
        tx.outbox.fail(ids["failed"], "550 no such mailbox")
        assert tx.outbox.claim(NOW + timedelta(days=1), 9, LEASE) == []
        assert tx.outbox.next_due() is None
        items = {item.key: item for item in tx.outbox.page()}
    assert [(items[key].status, items[key].sent_at) for key in ids] == [
        ("sent", NOW + MINUTE),
        ("shown", NOW + MINUTE),
        ("failed", None),
    ]
    assert items["failed"].last_error == "550 no such mailbox"


def test_a_failed_send_is_tried_again_at_its_time(store: SqlStore) -> None:
    with store.begin() as tx:
        put(tx, "k")
        (item,) = tx.outbox.claim(NOW, 1, LEASE)
        tx.outbox.retry(item.id, "timed out", NOW + 5 * MINUTE)
        assert tx.outbox.next_due() == NOW + 5 * MINUTE
        assert tx.outbox.claim(NOW + 4 * MINUTE, 1, LEASE) == []
        (again,) = tx.outbox.claim(NOW + 5 * MINUTE, 1, LEASE)
        assert (again.attempts, again.last_error) == (2, "timed out")


def test_only_what_is_still_queued_is_taken_back(store: SqlStore) -> None:
    with store.begin() as tx:
        put(tx, "done")
        tx.outbox.sent(tx.outbox.claim(NOW, 1, LEASE)[0].id, NOW)
        put(tx, "one")
        put(tx, "two", due=NOW + MINUTE)
        put(tx, "mail", kind="invitation")
        put(tx, "foreign", lead="l_2")
        assert tx.outbox.cancel("l_1", "nurture") == 2
        assert tx.outbox.cancel("l_1", "nurture") == 0
        assert [item.key for item in tx.outbox.claim(NOW + MINUTE, 9, LEASE)] == ["mail", "foreign"]


def test_what_was_taken_back_while_it_was_being_sent_is_not_tried_again(store: SqlStore) -> None:
    with store.begin() as tx:
        put(tx, "k")
        (item,) = tx.outbox.claim(NOW, 1, LEASE)
        tx.outbox.cancel("l_1", "nurture")
        tx.outbox.retry(item.id, "timed out", NOW)
        tx.outbox.fail(item.id, "timed out")
        assert tx.outbox.page()[0].status == "cancelled"
        assert tx.outbox.claim(NOW + LEASE, 1, LEASE) == []


def test_pages_run_from_the_newest_and_by_status(store: SqlStore) -> None:
    with store.begin() as tx:
        for number in range(5):
            put(tx, f"k{number}")
        tx.outbox.sent(tx.outbox.page(1, 1)[0].id, NOW)
        assert [item.key for item in tx.outbox.page(1, 2)] == ["k4", "k3"]
        assert [item.key for item in tx.outbox.page(3, 2)] == ["k0"]
        assert [item.key for item in tx.outbox.page(1, 9, status="sent")] == ["k4"]
        assert len(tx.outbox.page(1, 9, status="queued")) == 4


def test_the_next_due_date_is_the_earliest(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.outbox.next_due() is None
        put(tx, "late", due=NOW + timedelta(days=3))
        put(tx, "early", due=NOW + MINUTE)
        assert tx.outbox.next_due() == NOW + MINUTE
