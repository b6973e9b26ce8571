from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from banter.leads.ports import Store
from banter.store.database import SqlStore
from tests.databases import postgresql, sqlite_store
from tests.fakes import FakeStore

__all__ = ["postgresql"]


_DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)]


@pytest.fixture(params=_DATABASES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """An empty, migrated store; each test that takes it runs on both databases."""
    if request.param == "sqlite":
        made = sqlite_store(tmp_path)
        yield made
        made.close()
    else:
        yield request.getfixturevalue("postgresql").store()


@pytest.fixture(params=["fake", *_DATABASES])
def any_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """The same for what `banter.leads.ports` promises: the stand-in that other tests trust has to keep it too."""
    if request.param == "fake":
        yield FakeStore()
    elif request.param == "sqlite":
        made = sqlite_store(tmp_path)
        yield made
        made.close()
    else:
        yield request.getfixturevalue("postgresql").store()
