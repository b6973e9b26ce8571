from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from banter.leads.reading import Contact
from banter.store import migrations, tables
from banter.store.database import SqlStore, open_store
from banter.store.errors import SchemaUnknown
from tests.databases import sqlite_url
from tests.store.values import lead


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """A database without a single table."""
    if request.param == "sqlite":
        store = open_store(sqlite_url(tmp_path))
        yield store
        store.close()
    else:
        server = request.getfixturevalue("postgresql")
        store = open_store(server.url())
        yield store
        server.drop(store)


def table_names(store: SqlStore) -> set[str]:
    return {name for name in inspect(store.engine).get_table_names() if migrations.is_ours(name, "table", {})}


def test_an_empty_database_gets_every_table(empty: SqlStore) -> None:
    assert table_names(empty) == set()
    empty.migrate()
    assert table_names(empty) == {*tables.metadata.tables, "alembic_version"}


def test_migrating_again_changes_nothing(empty: SqlStore) -> None:
    empty.migrate()
    with empty.begin() as tx:
        tx.leads.save(lead())
    empty.migrate()
    with empty.begin() as tx:
        assert tx.leads.get("l_1") == lead()


def test_the_migrations_lead_to_what_the_queries_expect(empty: SqlStore) -> None:
    empty.migrate()
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_name": migrations.is_ours}
        )
        assert compare_metadata(context, tables.metadata) == []


def test_every_index_is_what_the_tables_say(empty: SqlStore) -> None:
    empty.migrate()
    found = inspect(empty.engine)
    for name, table in tables.metadata.tables.items():
        expected = {index.name: [column.name for column in index.columns] for index in table.indexes}
        there = {
            index["name"]: index["column_names"]
            for index in found.get_indexes(name)
            if not index.get("duplicates_constraint")
        }
        assert there == expected


def test_several_processes_that_start_at_once_migrate_one_after_the_other(empty: SqlStore) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: empty.migrate(), range(4)))
    with empty.begin() as tx:
        tx.leads.save(lead())


def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(empty: SqlStore) -> None:
    def half_way() -> None:
        with empty.engine.begin() as connection:
            migrations.migrate(connection)
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        half_way()
    assert table_names(empty) == set()


def test_a_database_of_a_newer_version_is_refused_in_words(empty: SqlStore) -> None:
    empty.migrate()
    with empty.begin() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaUnknown, match="at version 9999, which this Banter does not know"):
        empty.migrate()


def test_the_steps_form_one_line() -> None:
    script = ScriptDirectory.from_config(migrations.configuration())
    assert len(script.get_heads()) == 1
    assert len(script.get_bases()) == 1


def test_all_steps_can_be_taken_back(empty: SqlStore) -> None:
    empty.migrate()
    config = migrations.configuration()
    with empty.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert table_names(empty) == {"alembic_version"}
    empty.migrate()


def test_leads_from_before_can_be_found_by_the_address_they_gave(empty: SqlStore) -> None:
    empty.migrate()
    with empty.begin() as tx:
        tx.leads.save(lead(contact=Contact(email="Pat@Example.com", phone="+15550100")))
    config = migrations.configuration()
    with empty.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0008")
    with empty.engine.begin() as connection:
        connection.execute(text("UPDATE leads SET email = 'Pat@Example.com'"))  # as it was written then
    empty.migrate()
    with empty.begin(readonly=True) as tx:
        assert [found.id for found in tx.leads.with_address("sms", "+15550100", but="l_2")] == ["l_1"]
        assert [found.id for found in tx.leads.with_address("email", "pat@example.com", but="l_2")] == ["l_1"]
