"""How the tables came to be what they are, one file a step in `versions/`.

A new step: change `tables.py`, then `alembic -c banter/store/migrations/alembic.ini revision --autogenerate -m "..."`.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection

from banter.store.errors import SchemaUnknown

_ONE_AT_A_TIME = 0x42414E54  # "BANT": the advisory lock that makes several starting processes take turns


def migrate(connection: Connection) -> None:
    """Run what is missing, in the transaction of `connection`."""
    if connection.dialect.name == "postgresql":
        # Another process may migrate for longer than a transaction usually waits.
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
    config = configuration()
    script = ScriptDirectory.from_config(config)
    known = {revision.revision for revision in script.walk_revisions()}
    present = set(MigrationContext.configure(connection).get_current_heads())
    if not present <= known:
        raise SchemaUnknown(
            f"The database is at version {', '.join(sorted(present - known))}, which this Banter does not know: it was "
            "used by a newer one. Install that one, or restore the copy made before it ran."
        )
    if present != set(script.get_heads()):
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def configuration() -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return config


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """False for the tables that SQLite makes for itself: for Alembic's `include_name`."""
    return not (kind == "table" and (name or "").startswith("sqlite_"))
