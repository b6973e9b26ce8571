from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import IntegrityError

from banter.store.database import SqlStore, SqlTransaction
from banter.store.inbox import InboxRow
from tests.store.values import MINUTE, NOW, conversation


@pytest.fixture(autouse=True)
def _conversations(store: SqlStore) -> None:
    with store.begin() as tx:
        for name in ("c_1", "c_2", "c_3"):
            tx.conversations.create(conversation(name))


def put(tx: SqlTransaction, id: str, conversation: str = "c_1", now=NOW) -> InboxRow:
    return tx.inbox.put("web", id, conversation, "message", f"text of {id}", now)[0]


def test_a_message_is_kept_as_it_came(store: SqlStore) -> None:
    with store.begin() as tx:
        row, new = tx.inbox.put("web", "1", "c_1", "message", "héllo\n\ttab 🙂\u202e", NOW)
    assert new
    with store.begin() as tx:
        assert tx.inbox.get(row.id) == row
        assert tx.inbox.get(row.id + 1) is None
    assert (row.provider, row.provider_id, row.conversation, row.kind) == ("web", "1", "c_1", "message")
    assert (row.text, row.received_at, row.attempts, row.done_at, row.error) == (
        "héllo\n\ttab 🙂\u202e",
        NOW,
        0,
        None,
        None,
    )


def test_the_same_id_again_gives_what_is_stored(store: SqlStore) -> None:
    with store.begin() as tx:
        first = put(tx, "1")
        again, new = tx.inbox.put("web", "1", "c_2", "message", "something else", NOW + MINUTE)
        assert (again, new) == (first, False)
        other, new = tx.inbox.put("sms", "1", "c_2", "message", "another provider", NOW)
        assert new
        assert other.id != first.id


def test_the_same_id_at_the_same_moment_is_stored_once(store: SqlStore) -> None:
    start = threading.Barrier(8, timeout=30)

    def deliver(_: int) -> tuple[int, bool]:
        start.wait()
        with store.begin() as tx:
            row, new = tx.inbox.put("web", "1", "c_1", "message", "hello", NOW)
            return row.id, new

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(deliver, range(8)))
    assert len({row for row, _ in outcomes}) == 1
    assert sum(new for _, new in outcomes) == 1


def test_a_message_of_no_conversation_is_refused(store: SqlStore) -> None:
    with pytest.raises(IntegrityError), store.begin() as tx:
        put(tx, "1", "c_unknown")


def test_rows_are_worked_off_in_the_order_received(store: SqlStore) -> None:
    with store.begin() as tx:
        rows = [put(tx, id) for id in "cab"]
        put(tx, "x", "c_2")
        worked = []
        while (row := tx.inbox.next("c_1")) is not None:
            worked.append(row)
            tx.inbox.done(row.id, NOW + MINUTE)
        assert worked == rows
        assert tx.inbox.get(rows[0].id).done_at == NOW + MINUTE
        assert tx.inbox.next("c_2").provider_id == "x"


def test_a_row_that_failed_is_next_again_and_its_attempts_count(store: SqlStore) -> None:
    with store.begin() as tx:
        row = put(tx, "1")
        put(tx, "2")
        tx.inbox.failed(row.id, "no model", NOW)
        tx.inbox.failed(row.id, "still none", NOW)
        again = tx.inbox.next("c_1")
        assert (again.id, again.attempts, again.error, again.done_at) == (row.id, 2, "still none", None)
        tx.inbox.done(row.id, NOW)
        assert tx.inbox.get(row.id).error is None


def test_a_row_that_is_given_up_lets_the_next_one_through(store: SqlStore) -> None:
    with store.begin() as tx:
        row = put(tx, "1")
        put(tx, "2")
        tx.inbox.give_up(row.id, "three times", NOW)
        given_up = tx.inbox.get(row.id)
        assert (given_up.done_at, given_up.error, given_up.attempts) == (NOW, "three times", 1)
        assert tx.inbox.next("c_1").provider_id == "2"


def test_conversations_wait_in_the_order_of_their_oldest_row(store: SqlStore) -> None:
    with store.begin() as tx:
        put(tx, "1", "c_2")
        done = put(tx, "2", "c_3")
        put(tx, "3", "c_1", NOW + MINUTE)
        put(tx, "4", "c_2", NOW + MINUTE)
        tx.inbox.done(done.id, NOW)
        assert tx.inbox.waiting(NOW, 10) == ["c_2"]
        assert tx.inbox.waiting(NOW + MINUTE, 10) == ["c_2", "c_1"]
        assert tx.inbox.waiting(NOW + MINUTE, 1) == ["c_2"]
        assert tx.inbox.waiting(NOW - MINUTE, 10) == []
