from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timezone

import pytest

from banter.extraction.facts import FactFinder
from banter.importing.running import Told, take
from banter.importing.table import Row
from banter.importing.values import Reader
from banter.store.database import SqlStore
from tests.databases import postgresql
from tests.leads.visitor import PLAYBOOK
from tests.rubrics.conftest import house
from tests.store.conftest import store

__all__ = ["house", "postgresql", "store"]

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
DAY = date(2026, 11, 23)
READER = Reader(PLAYBOOK.market, "GB", FactFinder(PLAYBOOK.market))

Take = Callable[..., Told]


def rows(*cells: dict[str, str]) -> list[Row]:
    return [Row(number, one) for number, one in enumerate(cells, start=2)]


@pytest.fixture
def taken(store: SqlStore) -> Take:
    """Import rows; faults are put into the list `told.faults`."""

    def run(those: Iterable[Row], *, file: str = "crm.csv", day: date = DAY, faults: list[str] | None = None) -> Told:
        with store.begin() as tx:
            number = tx.imported.begin(file, NOW)
        heard = [] if faults is None else faults
        return take(
            store, those, READER, day=day, number=number, complain=lambda line, mend: heard.append(f"{line}: {mend}")
        )

    return run
