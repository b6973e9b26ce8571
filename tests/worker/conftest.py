from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from banter.store.database import SqlStore
from tests.databases import postgresql, sqlite_store

__all__ = ["postgresql"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """An empty, migrated store; each test that takes it runs on both databases."""
    if request.param == "sqlite":
        made = sqlite_store(tmp_path)
        yield made
        made.close()
    else:
        yield request.getfixturevalue("postgresql").store()
