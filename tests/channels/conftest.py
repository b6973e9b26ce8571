from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.house import House, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = a_house(tmp_path)
    with house.client:
        yield house
    house.store.close()
