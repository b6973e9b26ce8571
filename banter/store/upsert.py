"""Insert unless it is there: the same words on both databases, from two modules of SQLAlchemy."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def insert(connection: Connection, table: Table) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def put(connection: Connection, table: Table, key: str, values: dict[str, Any]) -> None:
    """Insert `values`, or replace all of the row that has the same `key` column."""
    statement = insert(connection, table)
    others = {name: statement.excluded[name] for name in values if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=others), values)
