"""The owner's lists of industries, pains and tools."""

from __future__ import annotations

import pytest

from banter.configuration import check, load_playbook
from tests.configuration.folder import Folder


def test_the_lists_that_ship_are_long_enough_to_start_with(folder: Folder) -> None:
    market = load_playbook(folder.path).market
    assert len(market.industries) >= 25
    assert len(market.pains) >= 8
    assert "HubSpot" in market.tools


def test_each_measure_names_pains_that_there_are(folder: Folder) -> None:
    market = load_playbook(folder.path).market
    named = [pain for pains in market.measures.values() for pain in pains]
    assert set(named) <= set(market.pains)
    assert len(named) == len(set(named))


def test_the_lists_may_be_empty(folder: Folder) -> None:
    (folder.path / "market.yml").write_text("industries: {}\npains: {}\ntools: []\n", encoding="utf-8")
    market = load_playbook(folder.path).market
    assert (dict(market.industries), dict(market.pains), market.tools) == ({}, {}, ())


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("industries: {}\npains: {}\n", 0, "tools", "is missing"),
        ("industries: {}\npains: {}\ntool: []\n", 3, "tool", "did you mean tools?"),
        ("industries: [shops]\npains: {}\ntools: []\n", 1, "industries", "must hold `name: value` lines"),
        ("industries:\n  legal: law firm\npains: {}\ntools: []\n", 2, "industries.legal", "must be a list"),
        ("industries:\n  legal: []\n  x: [' ']\npains: {}\ntools: []\n", 3, "industries.x.1", "is empty"),
        ("industries:\n  a: [bar]\n  b: [Bar]\npains: {}\ntools: []\n", 3, "industries.b", "stands under a already"),
        ("industries: {}\npains:\n  cost: ['...']\ntools: []\n", 3, "pains.cost.1", "holds no word"),
        ("industries: {}\npains: {}\ntools: []\nmeasures: {ours: []}\n", 4, "measures.ours", "did you mean hours?"),
        ("industries: {}\npains: {x: [y]}\ntools: []\nmeasures: {hours: [z]}\n", 4, "measures.hours.1", "x"),
        ("industries: {}\npains: {}\ntools: [A, A]\n", 3, "tools", "is in the list twice"),
        ("industries: {}\npains: {}\ntools: [" + "x" * 61 + "]\n", 3, "tools.1", "is 61 characters long"),
    ],
)
def test_each_mistake_is_named_with_its_line(folder: Folder, text: str, line: int, key: str, message: str) -> None:
    (folder.path / "market.yml").write_text(text, encoding="utf-8")
    (fault,) = check(folder.path, {})
    assert (fault.file, fault.key) == ("playbook/market.yml", key)
    assert fault.line == line or line == 0
    assert message in fault.message
