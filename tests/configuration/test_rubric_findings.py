"""What is odd about a rubric is told with file, line and a lead that shows it; only a fault stops the bot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from banter.cli import app
from banter.configuration import check, load_playbook, rubric_warnings
from banter.configuration.rubric_findings import Warned
from banter.nurture.render import check_step
from scoring.lint import CODES
from tests.configuration.folder import ROOT, SHIPPED, Folder
from tests.scoring.lint.rubrics import PLANTED, SOUND, defect

CHAMP = (SHIPPED / "rubric.yml").read_text(encoding="utf-8").partition("champ:\n")[2]


def written(folder: Folder, rubric: Path) -> Folder:
    """The playbook with this rubric as its `bant`, and with the ideal customer that the file holds under `icp`."""
    text, _, ideal = rubric.read_text(encoding="utf-8").partition("icp:\n")
    (folder.path / "icp.yml").write_text(f"ideal:\n{ideal}", encoding="utf-8")
    bant = "".join(f"  {line}\n" for line in text.splitlines())
    (folder.path / "rubric.yml").write_text(f"bant:\n{bant}champ:\n{CHAMP}", encoding="utf-8")
    return folder


def warnings(folder: Folder) -> list[Warned]:
    return rubric_warnings(folder.path, load_playbook(folder.path))


@pytest.mark.parametrize("rubric", PLANTED, ids=lambda path: path.stem)
def test_each_planted_defect_is_told_at_its_line_and_nothing_else_is(folder: Folder, rubric: Path) -> None:
    written(folder, rubric)
    told = check(folder.path, {}) or [warning.at for warning in warnings(folder)]
    keys = [".".join(("ideal", *place[1:]) if place[0] == "icp" else ("bant", *place)) for place in defect(rubric)[1]]
    assert sorted({fault.key for fault in told}) == sorted(keys)
    for fault in told:
        lines = (folder.path / Path(fault.file).name).read_text(encoding="utf-8").splitlines()
        assert fault.key.split(".")[-1] in lines[fault.line - 1]


@pytest.mark.parametrize("rubric", SOUND, ids=lambda path: path.stem)
def test_of_a_sound_rubric_nothing_is_told(folder: Folder, rubric: Path) -> None:
    written(folder, rubric)
    assert check(folder.path, {}) == []
    assert warnings(folder) == []


def test_of_the_playbook_that_ships_nothing_is_told() -> None:
    assert rubric_warnings(SHIPPED, load_playbook(SHIPPED, check_step=check_step)) == []


@pytest.mark.parametrize("example", sorted((ROOT / "examples").glob("*/rubric.yml")), ids=lambda path: path.parent.name)
def test_of_the_examples_nothing_is_told(example: Path) -> None:
    assert rubric_warnings(example.parent, load_playbook(example.parent)) == []


def test_a_warning_shows_two_leads_and_stops_nothing(folder: Folder) -> None:
    folder.change("rubric.yml", "approved: 22 ", "approved: 5  ")
    assert load_playbook(folder.path).rubrics["bant"].points["budget"]["approved"] == 5
    done = CliRunner().invoke(app, ["check", "--playbook", str(folder.path)])
    assert done.exit_code == 0, done.output
    line = folder.line("rubric.yml", "approved: 5")
    assert f"rubric.yml:{line}: bant.points.budget.approved: is worth 5, less than amount (16)" in done.output
    assert re.search(r"^    e\.g\. .*budget approved, .*: \d+ points, nurture_warm$", done.output, re.MULTILINE)
    assert re.search(r"^    e\.g\. .*budget amount, .*: \d+ points, book$", done.output, re.MULTILINE)


def test_a_fault_stops_it_with_a_lead_that_shows_why(folder: Folder) -> None:
    folder.change("rubric.yml", "qualified: 75", "qualified: 101")
    done = CliRunner().invoke(app, ["check", "--playbook", str(folder.path)])
    assert done.exit_code == 1
    assert "can never be reached: the best answers give 100 points; set it to 100 or less; e.g. need" in done.output
    assert "nurture_warm" in done.output


def test_the_docs_name_every_finding_and_show_a_report_as_it_is(folder: Folder) -> None:
    page = (ROOT / "docs" / "rubric-checks.md").read_text(encoding="utf-8")
    named = dict(re.findall(r"^\| `([a-z_]+)` \| (\w+) \|", page, re.MULTILINE))
    assert tuple(named) == CODES
    folder.change("rubric.yml", "approved: 22 ", "approved: 5  ")
    assert f"```\n{warnings(folder)[0]}\n```" in page
