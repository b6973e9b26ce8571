from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dialogue.conftest import model  # noqa: F401 - trains where that is needed
from tests.product.running import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Server]:  # noqa: F811
    running = Server(tmp_path_factory.mktemp("serve")).start().ready()
    yield running
    running.stop()
