from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.house import House, a_house
from tests.channels.slacking import SlackHouse, a_slack_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = a_house(tmp_path)
    with house.client:
        yield house
    house.store.close()


@pytest.fixture
def slack(tmp_path: Path) -> Iterator[SlackHouse]:
    house = a_slack_house(tmp_path)
    with house.client:
        yield house
    house.store.close()
