"""What Alembic runs: in process with the connection it was given, from its command line with BANTER_DATABASE_URL."""

from __future__ import annotations

import os
from typing import Any, Literal

from alembic import context
from sqlalchemy import TypeDecorator
from sqlalchemy.engine import Connection

from banter.store.migrations import is_ours
from banter.store.tables import metadata


def plain_types(kind: str, item: Any, _autogen: Any) -> str | Literal[False]:
    """A migration names the database's types: our own classes may change, what was done then does not."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl!r}"
    return False


def run(connection: Connection) -> None:
    # One transaction for all steps on both databases: a start that is killed half-way leaves the old tables.
    context.configure(
        connection=connection,
        target_metadata=metadata,
        transactional_ddl=True,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=plain_types,
        include_name=is_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from banter.store.database import open_store

    url = os.environ.get("BANTER_DATABASE_URL")
    if not url:
        raise SystemExit("Set BANTER_DATABASE_URL to the database to work on, e.g. sqlite:////tmp/scratch.db.")
    with open_store(url).engine.begin() as connection:
        run(connection)
