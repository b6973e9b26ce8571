"""One at a time under a name, without a transaction: what must not happen between a look at the database and the act
that it permits is kept out. On SQLite among threads, on PostgreSQL among processes too."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256

from sqlalchemy import text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError


class Names:
    """The names that threads of this process are under."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._changed = threading.Condition()

    @contextmanager
    def alone(self, name: str, patience: float) -> Iterator[bool]:
        """False after `patience` seconds of waiting: then somebody else is under it, too."""
        with self._changed:
            first = self._changed.wait_for(lambda: name not in self._taken, patience)
            if first:
                self._taken.add(name)
        try:
            yield first
        finally:
            if first:
                with self._changed:
                    self._taken.discard(name)
                    self._changed.notify_all()


@contextmanager
def alone_in_postgresql(engine: Engine, name: str, patience: float) -> Iterator[bool]:
    """The same by an advisory lock, which goes with the connection of a process that dies."""
    number = int.from_bytes(sha256(name.encode()).digest()[:8], "big", signed=True)
    with engine.connect() as connection, connection.begin():
        connection.execute(text(f"SET LOCAL lock_timeout = {max(1, int(patience * 1000))}"))
        try:
            with connection.begin_nested():
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
            first = True
        except OperationalError:
            first = False
        yield first
