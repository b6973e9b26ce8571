from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import postgresql, sqlite_store
from tests.joining.place import Place

__all__ = ["postgresql"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """Each test that takes it runs on both databases."""
    if request.param == "sqlite":
        store = sqlite_store(tmp_path)
        yield Place(store)
        store.close()
    else:
        yield Place(request.getfixturevalue("postgresql").store())
