"""Nothing that people do at any question throws the conversation off: the whole grid, generated from `grid.yml`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from tests.conversations.grid import ACTS, DATA, NONE, QUESTIONS, Cell, cells, cover, rows
from tests.conversations.grid_table import Table
from tests.conversations.not_yet import NOT_YET, not_yet
from tests.dialogue.conftest import engine, model  # noqa: F401 - loaded once, trained where that is needed


@pytest.fixture(scope="session")
def table(engine: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:  # noqa: F811
    table = Table(engine, tmp_path_factory.mktemp("grid"))
    yield table
    table.ends()


def test_every_question_and_every_act_is_in_the_grid() -> None:
    assert len(rows()) == len(QUESTIONS) * len(ACTS) - len(NONE)
    assert len(cells()) == len(rows()) * 2 * 4
    assert {(cell.question, cell.act) for cell in cover()} == set(rows())
    layers = set(itertools.product(DATA["frameworks"], DATA["channels"]))
    for act in set(ACTS) - {act for act, _ in NONE}:
        assert {(cell.framework, cell.channel) for cell in cover() if cell.act == act} == layers, act


def test_what_is_not_met_yet_is_in_the_grid() -> None:
    assert set(NOT_YET["grid"]) <= {" / ".join(row) for row in rows()}


def test_everything_in_the_file_is_said_somewhere() -> None:
    order = ("need", "budget", "authority", "timeline")
    said = {line.say for cell in cells() for line in (*cell.way(order).lines, cell.line(order))}
    written = {one if isinstance(one, str) else one["say"] for several in _lists(DATA) for one in several}
    parts = {clause for d, clauses in DATA["clauses"].items() for clause in clauses}
    assert written - parts - said - {*DATA["frameworks"], *DATA["channels"]} == set()


def _lists(data: Any) -> Iterator[list[Any]]:
    if isinstance(data, dict):
        for value in data.values():
            yield from _lists(value)
    elif isinstance(data, list):
        yield data


@pytest.mark.slow
@pytest.mark.parametrize("cell", [not_yet(cell, "grid", f"{cell.question} / {cell.act}") for cell in cover()])
def test_every_act_at_every_question_is_dealt_with(cell: Cell, table: Table) -> None:
    played = table.plays(cell)
    if played.faults:
        pytest.fail(played.told, pytrace=False)


@pytest.mark.slow
@pytest.mark.exhaustive
@pytest.mark.parametrize("row", [not_yet(row, "grid", " / ".join(row)) for row in rows()])
def test_it_is_so_by_both_frameworks_on_every_channel(row: tuple[str, str], table: Table) -> None:
    played = [table.plays(cell) for cell in cells() if (cell.question, cell.act) == row]
    told = [one.told for one in played if one.faults]
    if told:
        pytest.fail("\n\n".join(told), pytrace=False)
