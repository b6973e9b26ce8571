"""The database: SQLite for one process, PostgreSQL for as many as wanted. Everything stored is reached from here."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any, TextIO

from sqlalchemy import event, text
from sqlalchemy.engine import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import QueuePool

from banter.store import migrations
from banter.store.alone import Names, alone_in_postgresql
from banter.store.behaviour import SqlBehaviour
from banter.store.calendar import SqlCalendar
from banter.store.consents import SqlConsents
from banter.store.conversations import SqlConversations
from banter.store.dispositions import SqlDispositions
from banter.store.errors import StoreInUse, StoreUnavailable
from banter.store.history import SqlHistory
from banter.store.imported import SqlImported
from banter.store.inbox import SqlInbox
from banter.store.joinings import SqlJoinings
from banter.store.leads import SqlLeadStore
from banter.store.outbox import SqlOutbox
from banter.store.overrides import SqlOverrides
from banter.store.rubrics import SqlRubrics
from banter.store.trackers import SqlTrackers
from banter.store.transcript import SqlTranscript
from banter.store.types import to_json

PATIENCE_SECONDS = 5  # how long one transaction waits for another's lock before it gives up
MOST_CONNECTIONS = 20


class SqlTransaction:
    """One transaction's view of everything stored (`banter.leads.ports.Transaction`, and what the inner parts need)."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    @cached_property
    def conversations(self) -> SqlConversations:
        return SqlConversations(self.connection)

    @cached_property
    def inbox(self) -> SqlInbox:
        return SqlInbox(self.connection)

    @cached_property
    def trackers(self) -> SqlTrackers:
        return SqlTrackers(self.connection)

    @cached_property
    def leads(self) -> SqlLeadStore:
        return SqlLeadStore(self.connection)

    @cached_property
    def calendar(self) -> SqlCalendar:
        return SqlCalendar(self.connection)

    @cached_property
    def outbox(self) -> SqlOutbox:
        return SqlOutbox(self.connection)

    @cached_property
    def consents(self) -> SqlConsents:
        return SqlConsents(self.connection)

    @cached_property
    def dispositions(self) -> SqlDispositions:
        return SqlDispositions(self.connection)

    @cached_property
    def joinings(self) -> SqlJoinings:
        return SqlJoinings(self.connection)

    @cached_property
    def overrides(self) -> SqlOverrides:
        return SqlOverrides(self.connection)

    @cached_property
    def rubrics(self) -> SqlRubrics:
        return SqlRubrics(self.connection)

    @cached_property
    def imported(self) -> SqlImported:
        return SqlImported(self.connection)

    @cached_property
    def history(self) -> SqlHistory:
        return SqlHistory(self.connection)

    @cached_property
    def behaviour(self) -> SqlBehaviour:
        return SqlBehaviour(self.connection)

    @cached_property
    def transcript(self) -> SqlTranscript:
        return SqlTranscript(self.connection, self.conversations)


class SqlStore:
    """A database, usable from several threads. `open_store` makes one; nothing is connected before it is needed."""

    def __init__(self, engine: Engine, reader: Engine, file: Path | None) -> None:
        self.engine = engine
        self._reader = reader
        self._file = file
        self._claim: TextIO | None = None
        # SQLite has one writer at a time. Waiting here is woken at once; waiting in SQLite sleeps up to 100 ms at a go.
        self._writer = None if file is None else threading.Lock()
        self._names = Names()

    @contextmanager
    def begin(self, *, readonly: bool = False) -> Iterator[SqlTransaction]:
        """A transaction: committed at the end of the `with`, undone by an exception.

        `readonly` ones see one moment, write nothing and wait for nobody. Raises StoreUnavailable when the database is
        away, full, read-only, or locked for longer than five seconds.
        """
        engine, turn = (self._reader, nullcontext()) if readonly else (self.engine, self._turn())
        with _in_our_words(), turn, engine.begin() as connection:
            yield SqlTransaction(connection)

    @contextmanager
    def alone(self, name: str, patience: float) -> Iterator[bool]:
        """Nobody else is under `name` meanwhile, in any process of this database. False when somebody still was after
        `patience` seconds. Take it outside of a transaction. Raises StoreUnavailable."""
        if self._file is not None:
            with self._names.alone(name, patience) as first:
                yield first
        else:
            with _in_our_words(), alone_in_postgresql(self.engine, name, patience) as first:
                yield first

    def migrate(self) -> None:
        """Bring the tables to what this version needs; does nothing when they are. Raises SchemaUnknown when they are
        of a newer version. Safe to call from several processes at once."""
        with _in_our_words(), self._turn(), self.engine.begin() as connection:
            migrations.migrate(connection)

    def ping(self) -> None:
        """Raises StoreUnavailable when the database does not answer."""
        with self.begin(readonly=True) as tx:
            tx.connection.execute(text("SELECT 1"))

    def claim_process(self) -> None:
        """Make sure that no other process works on this SQLite file, until `close`. PostgreSQL takes any number.

        Raises StoreInUse. The lock is the operating system's, so a killed process leaves none behind.
        """
        if self._file is None or self._claim is not None:
            return
        lock = self._file.with_name(self._file.name + ".lock")
        handle = lock.open("a+", encoding="utf-8")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            handle.seek(0)
            owner = handle.read().strip() or "unknown"
            handle.close()
            raise StoreInUse(
                f"Another process (id {owner}) works on {self._file} already. Stop that one first; or, to run several, "
                "set BANTER_DATABASE_URL to a PostgreSQL database."
            ) from error
        handle.seek(0)
        handle.truncate()
        handle.write(str(os.getpid()))
        handle.flush()
        self._claim = handle

    def close(self) -> None:
        self.engine.dispose()
        self._reader.dispose()
        if self._claim is not None:
            self._claim.close()
            self._claim = None

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=PATIENCE_SECONDS):
            raise StoreUnavailable(
                f"The database was busy with another transaction for {PATIENCE_SECONDS} seconds. Try again."
            )
        try:
            yield
        finally:
            self._writer.release()


def open_store(url: str) -> SqlStore:
    """The store at `url`: `sqlite:////path/file.db` or `postgresql://user:password@host/name`.

    The folder of an SQLite file is made. Raises ValueError for any other address, StoreUnavailable when the folder
    cannot be made. Call `migrate` before the first use.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise ValueError(
            "BANTER_DATABASE_URL is not an address: write sqlite:////path/file.db or postgresql://user:password@host/name."
        ) from error
    backend = parsed.drivername.partition("+")[0]
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend in ("postgresql", "postgres"):
        return _postgresql(parsed)
    raise ValueError(
        f"BANTER_DATABASE_URL begins with {backend}: Banter keeps its data in sqlite:////path/file.db "
        "or postgresql://user:password@host/name."
    )


def _sqlite(url: URL) -> SqlStore:
    if url.database in (None, "", ":memory:"):
        raise ValueError("An SQLite database in memory forgets everything: name a file, sqlite:////path/file.db.")
    file = Path(url.database).absolute()
    try:
        # What visitors said is nobody's business who only has an account on the same machine.
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The folder {file.parent} cannot be made ({error.strerror}): make it, or name another file in "
            "BANTER_DATABASE_URL."
        ) from error

    def engine(begin: str, query_only: bool) -> Engine:
        made = create_engine(
            URL.create("sqlite", database=str(file)),
            future=True,
            poolclass=QueuePool,  # a connection is used by one thread at a time, though not always by the same
            pool_size=MOST_CONNECTIONS,
            max_overflow=0,
            pool_timeout=PATIENCE_SECONDS,
            connect_args={"check_same_thread": False, "timeout": PATIENCE_SECONDS},
            json_serializer=to_json,
            hide_parameters=True,  # errors are logged, and what people said must not be
        )

        # What SQLAlchemy's documentation advises: the driver's own idea of transactions off, ours said aloud. Only so
        # do savepoints work, and only so is the write lock taken before the first read.
        def on_connect(connection: Any, _record: Any) -> None:
            connection.isolation_level = None
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
            if query_only:
                connection.execute("PRAGMA query_only=ON")

        def on_begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        event.listen(made, "connect", on_connect)
        event.listen(made, "begin", on_begin)
        return made

    return SqlStore(engine("BEGIN IMMEDIATE", False), engine("BEGIN", True), file)


def _postgresql(url: URL) -> SqlStore:
    wait = f"{PATIENCE_SECONDS}s"
    arguments: dict[str, Any] = {
        "connect_timeout": PATIENCE_SECONDS,
        "application_name": "banter",
        "client_encoding": "utf8",
    }
    if "options" not in url.query:
        arguments["options"] = f"-c lock_timeout={wait} -c idle_in_transaction_session_timeout=60s"
    engine = create_engine(
        url.set(drivername="postgresql+psycopg2"),
        future=True,
        pool_size=MOST_CONNECTIONS // 4,
        max_overflow=MOST_CONNECTIONS - MOST_CONNECTIONS // 4,
        pool_timeout=PATIENCE_SECONDS,
        pool_pre_ping=True,  # after the database was away, the first transaction works again
        connect_args={name: value for name, value in arguments.items() if name not in url.query},
        json_serializer=to_json,
        hide_parameters=True,
    )
    reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return SqlStore(engine, reader, None)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except NoConnectionFree as error:
        raise StoreUnavailable(f"All {MOST_CONNECTIONS} connections to the database are in use. Try again.") from error
    except DBAPIError as error:
        # A plain DatabaseError is what SQLite says of a file that is damaged or no database.
        if isinstance(error, OperationalError) or type(error) is DatabaseError or error.connection_invalidated:
            raise StoreUnavailable(f"The database does not serve: {str(error.orig).strip()}") from error
        raise
