"""Insert unless it is there: the same words on both databases, from two modules of SQLAlchemy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Table, bindparam, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection


def put(connection: Connection, table: Table, key: str, row: Mapping[str, Any], *, fixed: tuple[str, ...] = ()) -> None:
    """Insert `row`, or replace all of the one that has the same `key` column but what is `fixed` from the beginning.

    Two statements, because SQLAlchemy compiles one with ON CONFLICT anew each time, which takes longer than both. The
    second is safe against a race: whoever comes second waits at the index, and then replaces.
    """
    changing = tuple(name for name in row if name not in (key, *fixed))
    values = {name: row[name] for name in changing}
    if connection.execute(_replace(table, key, changing), {**values, "_key": row[key]}).rowcount == 0:
        connection.execute(_put(connection.dialect.name, table, key, changing), row)


def put_once(connection: Connection, table: Table, key: tuple[str, ...], row: Mapping[str, Any]) -> bool:
    """Insert `row` unless there is one with the same `key` columns (without any: with the same in any that are unique),
    also in a transaction that has yet to commit: then that is waited for. True when it was inserted."""
    return bool(connection.execute(_put_once(connection.dialect.name, table, key), row).rowcount == 1)


def put_all(connection: Connection, table: Table, key: tuple[str, ...], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert these rows, or replace those that have the same `key` columns; they all have the same columns."""
    if rows:
        changing = tuple(name for name in rows[0] if name not in key)
        connection.execute(_put_all(connection.dialect.name, table, key, changing), [dict(row) for row in rows])


# Made once: a statement costs more to build than to run.
@cache
def _replace(table: Table, key: str, names: tuple[str, ...]) -> Any:
    values = {name: bindparam(name) for name in names}
    return update(table).where(table.c[key] == bindparam("_key")).values(values)


@cache
def _put(dialect: str, table: Table, key: str, names: tuple[str, ...]) -> Any:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(index_elements=[key], set_={name: insert.excluded[name] for name in names})


@cache
def _put_all(dialect: str, table: Table, key: tuple[str, ...], names: tuple[str, ...]) -> Any:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(index_elements=list(key), set_={name: insert.excluded[name] for name in names})


@cache
def _put_once(dialect: str, table: Table, key: tuple[str, ...]) -> Any:
    return _insert(dialect, table).on_conflict_do_nothing(index_elements=list(key) or None)


def _insert(dialect: str, table: Table) -> Any:
    return (postgresql if dialect == "postgresql" else sqlite).insert(table)
