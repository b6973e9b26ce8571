"""Which databases can be used, and what is said when one cannot."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from banter.store import database
from banter.store.database import SqlStore, open_store
from banter.store.errors import StoreInUse, StoreUnavailable
from tests.databases import leave_out, sqlite_store, sqlite_url
from tests.store.values import lead


def test_the_folder_of_the_file_is_made(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/new/deeper/banter.db")
    store.migrate()
    store.close()
    assert (tmp_path / "new/deeper/banter.db").exists()

    assert (tmp_path / "new/deeper").stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_named_with_the_mend(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match="name another file in BANTER_DATABASE_URL"):
        open_store(f"sqlite:///{tmp_path}/file/deeper/banter.db")


def test_a_missing_postgresql_is_skipped_by_a_developer_and_a_failure_for_ci() -> None:
    with pytest.raises(pytest.skip.Exception):
        leave_out(ImportError("none"), ci=False)
    with pytest.raises(pytest.fail.Exception):
        leave_out(ImportError("none"), ci=True)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="forgets everything: name a file"):
        open_store(url)


@pytest.mark.parametrize("url", ["mysql://user:hunter2@localhost/x", "hunter2", ""])
def test_any_other_address_is_refused_in_words_and_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"sqlite:////path/file\.db or postgresql://") as raised:
        open_store(url)
    assert "hunter2" not in str(raised.value)


def test_the_file_is_written_through_and_readers_are_not_locked_out(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    with store.begin() as writing, store.begin(readonly=True) as reading:
        for tx in (writing, reading):
            assert tx.connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
            assert tx.connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert tx.connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert tx.connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 5000
    store.close()


def test_a_second_process_is_told_what_to_do(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    store.claim_process()
    store.claim_process()
    second = (
        "import sys\nfrom banter.store.database import open_store\n"
        "try: open_store(sys.argv[1]).claim_process()\nexcept Exception as e: print(type(e).__name__, e)"
    )

    def try_it() -> str:
        return subprocess.run(
            [sys.executable, "-c", second, sqlite_url(tmp_path)], capture_output=True, text=True, check=True
        ).stdout

    said = try_it()
    assert said.startswith("StoreInUse")
    assert "Stop that one first; or, to run several, set BANTER_DATABASE_URL to a PostgreSQL database." in said
    store.close()
    assert try_it() == ""


def test_a_second_store_in_the_same_process_is_refused_too(tmp_path: Path) -> None:
    store, other = sqlite_store(tmp_path), sqlite_store(tmp_path)
    store.claim_process()
    with pytest.raises(StoreInUse):
        other.claim_process()
    store.close()
    other.claim_process()
    other.close()


def test_a_locked_database_is_unavailable_and_not_an_unknown_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.05)
    store = sqlite_store(tmp_path)
    with sqlite3.connect(tmp_path / "banter.db", isolation_level=None) as outside:
        outside.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"), store.begin():
            pass
        with store.begin(readonly=True) as tx:
            assert tx.leads.page() == []
        outside.execute("ROLLBACK")
    outside.close()
    with store.begin() as tx:
        tx.leads.save(lead())
    store.close()


def test_a_turn_that_never_ends_makes_others_give_up_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE_SECONDS", 0.05)
    store = sqlite_store(tmp_path)
    said: list[str] = []

    def other() -> None:
        try:
            with store.begin():
                pass
        except StoreUnavailable as error:
            said.append(str(error))

    with store.begin():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "busy with another transaction" in said[0]
    store.close()


def test_a_full_disk_is_unavailable_and_stores_nothing(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)

    def work() -> None:
        with store.begin() as tx:
            tx.leads.save(lead())
            pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar()
            tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            tx.trackers.save("c_1", {"text": "x" * 1_000_000})

    with pytest.raises(StoreUnavailable, match="full"):
        work()
    with store.begin(readonly=True) as tx:
        assert tx.leads.get("l_1") is None
    store.close()


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "banter.db").write_text("This is a letter to my aunt. " * 40)
    store = open_store(sqlite_url(tmp_path))
    with pytest.raises(StoreUnavailable, match="not a database"):
        store.ping()
    store.close()


def test_a_postgresql_that_is_away_is_unavailable_and_its_password_is_not_said() -> None:
    store = open_store("postgresql://banter:hunter2@127.0.0.1:1/banter")
    with pytest.raises(StoreUnavailable) as raised:
        store.ping()
    assert "hunter2" not in str(raised.value)
    store.claim_process()
    store.close()


@pytest.mark.slow
def test_the_short_name_of_postgresql_is_understood_and_a_lost_connection_heals(postgresql: Any) -> None:
    store = open_store(postgresql.url().replace("postgresql://", "postgres://"))
    try:
        store.migrate()
        with pytest.raises(StoreUnavailable):
            _lose_the_connection(store)
        with store.begin() as tx:
            assert tx.leads.get("l_1") is None
            tx.leads.save(lead())
        with store.begin(readonly=True) as tx:
            assert tx.leads.get("l_1") == lead()
    finally:
        postgresql.drop(store)


def _lose_the_connection(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.leads.save(lead())
        tx.connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
