"""Sections and profiles written back into the owner's files, however those are written."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from banter.rubrics.rewriting import with_profile, with_section
from tests.configuration.folder import SHIPPED

SAFE = YAML(typ="safe", pure=True)
MENU = "  # What follows is off"


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return Path(shutil.copy(SHIPPED / "rubric.yml", tmp_path))


def written(file: Path, part: str, **parts: Any) -> str:
    """The file after `part` was written in it above the menu and then the shipped section came back with `parts`."""
    shipped = file.read_text(encoding="utf-8")
    document = {**SAFE.load(shipped)["bant"], **parts}
    file.write_text(shipped.replace(MENU, part + MENU, 1), encoding="utf-8")
    text = with_section(file, "bant", document).content.decode()
    whole = SAFE.load(text)
    assert (whole["bant"], whole["champ"]) == (document, SAFE.load(shipped)["champ"])
    assert set(comments(shipped)) <= set(comments(text)), "every comment is there"
    assert set(parts) == set() or text.index(f"\n  {next(iter(parts))}:") < text.index(MENU)
    return text


BLOCK = "  behaviour:\n    points:\n      visit: 2\n      download: 4   # a guide\n"
DEAL = "  deals:\n    big:\n      when: {size: 10+}\n      qualified: 80\n      warm: 40\n"
FLOW = "  behaviour: {half_life: 14, points: {visit: 2}\n}\n"


@pytest.mark.parametrize("part", [BLOCK, DEAL, FLOW])
def test_a_part_that_goes_becomes_a_comment(file: Path, part: str) -> None:
    text = written(file, part)
    assert f"  # {part.splitlines()[0].strip()}" in text


def test_a_part_that_holds_other_things_stands_in_its_own_section(file: Path) -> None:
    assert "      page: 1" in written(file, BLOCK, behaviour={"points": {"visit": 2, "page": 1}})


def test_a_part_with_other_numbers_keeps_its_lines(file: Path) -> None:
    text = written(file, BLOCK, behaviour={"points": {"visit": 3, "download": 4}})
    assert "      visit: 3\n      download: 4   # a guide\n" in text


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_stay_as_they_are(file: Path, ends: str) -> None:
    shipped = file.read_text(encoding="utf-8")
    file.write_bytes(shipped.replace("\n", ends).encode())
    content = with_section(file, "bant", {**SAFE.load(shipped)["bant"], "border": 5}).content.decode()
    assert content.count(ends) >= shipped.count("\n")
    assert SAFE.load(content.replace(ends, "\n"))["champ"] == SAFE.load(shipped)["champ"]


def test_a_trait_that_changes_keeps_what_was_noted_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "icp.yml"
    was = {"industry": {"weight": 20, "fits": ["software"]}, "size": {"weight": 5, "fits": "10-250"}}
    wanted = {**was, "industry": {"weight": 10, "fits": ["legal"]}}
    text = "ideal:\n  industry:\n    weight: 20 # since May\n    fits: [software]\n    # about size\n"
    file.write_text(text + "  size: {weight: 5, fits: 10-250}\n", encoding="utf-8")
    now = with_profile(file, wanted, was, None).content.decode()
    assert SAFE.load(now)["ideal"] == wanted
    assert "# since May" in now
    assert "# about size" in now
