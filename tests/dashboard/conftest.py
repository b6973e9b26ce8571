from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from banter.store.database import SqlStore
from tests.dashboard import examples
from tests.databases import sqlite_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = sqlite_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def full(store: SqlStore) -> SqlStore:
    """The store with every example in it."""
    examples.fill(store)
    return store


@pytest.fixture
def clock() -> examples.Clock:
    return examples.Clock()


@pytest.fixture
def stranger(store: SqlStore, clock: examples.Clock, tmp_path: Path) -> Iterator[TestClient]:
    """Somebody who is not signed in."""
    app = examples.app(store, examples.settings(tmp_path), now=clock)
    with TestClient(app, follow_redirects=False) as client:
        yield client


@pytest.fixture
def team(stranger: TestClient) -> TestClient:
    """Somebody who is."""
    assert examples.log_in(stranger).status_code == 303
    return stranger
