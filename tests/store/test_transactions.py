from __future__ import annotations

import subprocess
import sys
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from banter.store.database import SqlStore, open_store
from banter.store.errors import StoreUnavailable
from tests.databases import sqlite_store
from tests.store.values import NOW, conversation, lead, message


def test_an_exception_undoes_everything(store: SqlStore) -> None:
    def half_way() -> None:
        with store.begin() as tx:
            tx.leads.save(lead())
            tx.outbox.put("k", "alert", {}, due_at=NOW, lead=None)
            raise RuntimeError("half-way")

    with pytest.raises(RuntimeError):
        half_way()
    with store.begin() as tx:
        assert tx.leads.get("l_1") is None
        assert tx.outbox.page() == []


def test_what_was_committed_is_there_after_a_restart(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.leads.save(lead())
    url = store.engine.url.render_as_string(hide_password=False)
    store.close()
    again = open_store(url)
    try:
        with again.begin(readonly=True) as tx:
            assert tx.leads.get("l_1") == lead()
    finally:
        again.close()


_KILLED = """
import sys
from banter.store.database import open_store
from tests.databases import sqlite_store
from tests.store.values import NOW, lead, slot
store = open_store(sys.argv[1])
with store.begin() as tx:
    tx.leads.save(lead("l_committed"))
with store.begin() as tx:
    tx.leads.save(lead("l_half"))
    tx.calendar.hold("l_half", slot(), buffer_minutes=0, until=NOW, now=NOW)
    print("written", flush=True)
    sys.stdin.read()
"""


def test_of_a_killed_process_only_what_it_committed_remains(store: SqlStore) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-c", _KILLED, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "written\n"
        process.kill()
    with store.begin() as tx:
        assert tx.leads.get("l_committed") is not None
        assert tx.leads.get("l_half") is None
        assert tx.calendar.of_lead("l_half") is None


def test_a_reading_transaction_cannot_write(store: SqlStore) -> None:
    with pytest.raises((DBAPIError, StoreUnavailable)), store.begin(readonly=True) as tx:
        tx.leads.save(lead())
    with store.begin() as tx:
        assert tx.leads.get("l_1") is None
        tx.leads.save(lead())


def test_reading_waits_for_no_writer_and_sees_one_moment(store: SqlStore) -> None:
    with store.begin() as writing:
        writing.leads.save(lead())
        with store.begin(readonly=True) as reading:
            assert reading.leads.get("l_1") is None
    with store.begin(readonly=True) as reading:
        assert reading.leads.get("l_2") is None
        with store.begin() as writing:
            writing.leads.save(lead("l_2"))
        assert reading.leads.get("l_2") is None
    with store.begin(readonly=True) as reading:
        assert reading.leads.get("l_2") is not None


def test_two_turns_in_one_conversation_run_one_after_the_other(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.conversations.create(conversation())
        tx.trackers.save("c_1", {"turns": 0})

    def turns() -> None:
        for _ in range(5):
            with store.begin() as tx:
                tx.conversations.lock("c_1")
                tx.trackers.save("c_1", {"turns": tx.trackers.load("c_1")["turns"] + 1})

    threads = [threading.Thread(target=turns) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.begin(readonly=True) as tx:
        assert tx.trackers.load("c_1") == {"turns": 30}


@pytest.mark.parametrize(
    ("bad", "named"),
    [
        ("a\0b", r"NUL \(U\+0000, at character 1\)"),
        ("ab\ud800", r"U\+D800, at character 2"),
    ],
)
def test_text_that_a_database_cannot_keep_is_refused_by_name(store: SqlStore, bad: str, named: str) -> None:
    with store.begin() as tx:
        tx.conversations.create(conversation())
    with pytest.raises(ValueError, match=named), store.begin() as tx:
        tx.inbox.put("web", "1", "c_1", "message", bad, NOW)
    with pytest.raises(ValueError, match=named), store.begin() as tx:
        tx.leads.save(lead(elsewhere=bad))
    with pytest.raises(ValueError, match=named), store.begin() as tx:
        tx.trackers.save("c_1", {"events": [{"text": bad}]})


def test_an_error_does_not_repeat_what_people_said(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.transcript.add(message("m_1"))
    with pytest.raises(IntegrityError) as raised, store.begin() as tx:
        tx.transcript.add(message("m_1", "my secret is out"))
    assert "secret" not in str(raised.value)


def test_every_other_character_comes_back_as_typed(store: SqlStore) -> None:
    every = "".join(chr(code) for code in (*range(1, 0xD800), *range(0xE000, 0x11000), 0x1F642, 0x10FFFF))
    with store.begin() as tx:
        tx.transcript.add(message("m_1", every))
        tx.trackers.save("c_1", {"text": every})
    with store.begin(readonly=True) as tx:
        assert tx.transcript.of_conversation("c_1")[0].text == every
        assert tx.trackers.load("c_1") == {"text": every}


def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    with pytest.raises(ValueError, match="has no time zone"), store.begin() as tx:
        tx.outbox.put("k", "alert", {}, due_at=datetime(2026, 11, 23, 9), lead=None)


def test_times_come_back_in_utc_to_the_microsecond(store: SqlStore) -> None:
    india = datetime(2026, 3, 29, 2, 30, 0, 123456, timezone(timedelta(hours=5, minutes=30)))
    with store.begin() as tx:
        tx.outbox.put("k", "alert", {}, due_at=india, lead=None)
    with store.begin(readonly=True) as tx:
        due = tx.outbox.page()[0].due_at
    assert due == india
    assert due.utcoffset() == timedelta(0)


def test_a_database_that_is_there_answers(store: SqlStore) -> None:
    store.ping()


def test_a_savepoint_is_undone_alone(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.leads.save(lead())
        savepoint = tx.connection.begin_nested()
        tx.leads.save(lead("l_2"))
        savepoint.rollback()
    with store.begin(readonly=True) as tx:
        assert tx.leads.get("l_1") is not None
        assert tx.leads.get("l_2") is None


def test_each_query_that_runs_often_uses_an_index(tmp_path: Path) -> None:
    # On SQLite alone: PostgreSQL reads tables as small as these whole, whatever the indices.
    store = sqlite_store(tmp_path)
    queries = [
        "SELECT * FROM inbox WHERE conversation = 'c' AND done_at IS NULL ORDER BY id LIMIT 1",
        "SELECT conversation FROM inbox WHERE done_at IS NULL GROUP BY conversation",
        "SELECT * FROM messages WHERE conversation = 'c' AND number > 5 ORDER BY number",
        "SELECT * FROM messages WHERE inbox = 5 AND sender = 'bot' ORDER BY number",
        "SELECT * FROM leads WHERE listed IS 1 ORDER BY created_at DESC, id DESC LIMIT 50",
        "SELECT * FROM leads WHERE listed IS 1 AND route = 'book' ORDER BY created_at DESC LIMIT 50",
        "SELECT id FROM outbox WHERE status = 'queued' AND due_at <= 'x' ORDER BY due_at, id LIMIT 10",
        "SELECT min(leased_until) FROM outbox WHERE status = 'queued' AND leased_until IS NOT NULL",
        "SELECT * FROM bookings WHERE rep = 'a' AND taken IS 1 AND first_tick < 9 AND end_tick > 1",
        "SELECT * FROM bookings WHERE status = 'held' AND taken IS 1 AND held_until <= 'x'",
        "DELETE FROM booked_ticks WHERE booking = 'b'",
    ]
    with store.begin(readonly=True) as tx:
        plans = {query: str(tx.connection.execute(text("EXPLAIN QUERY PLAN " + query)).all()) for query in queries}
    assert [query for query, plan in plans.items() if "INDEX" not in plan] == []
    store.close()
