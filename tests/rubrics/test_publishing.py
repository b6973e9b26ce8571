"""A rubric that was published stays as it is: at the start, by hand, and when it is wanted back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from banter.configuration.rubric_file import read_rubric_file
from banter.rubrics.publishing import RubricTaken
from scoring.model import CRITERIA
from tests.configuration.folder import ROOT, SHIPPED
from tests.rubrics.conftest import House

BETTER = ("approved_amount: 30 ", "approved_amount: 35 ")


def line_of(house: House, words: str) -> int:
    """The first line of the file with these words."""
    lines = house.file.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, start=1) if words in line)


def test_an_untouched_install_starts_as_often_as_it_likes(house: House) -> None:
    assert [house.start(), house.start()] == ["bant@1", "bant@1"]
    listed = house.banter("rubric", "list")
    assert listed.exit_code == 0
    assert listed.output.splitlines() == ["bant@1       published 2026-11-23 10:00  from playbook/rubric.yml  in force"]


def test_other_numbers_under_a_published_version_are_refused_with_what_differs_and_the_mend(house: House) -> None:
    house.start()
    house.edit(*BETTER)
    with pytest.raises(RubricTaken) as refused:
        house.start()
    assert "\n  points.budget.approved_amount 30 -> 35\n" in str(refused.value)
    assert f"Raise `version` to 2 in playbook/rubric.yml:{line_of(house, 'version: 1')} " in str(refused.value)
    assert "`banter rubric rollback bant@1`" in str(refused.value)


def test_the_same_numbers_under_the_same_version_start_again_however_they_are_written(house: House) -> None:
    house.start()
    house.edit("approved: 22          # approved, no figure\n", "approved: 22\n")
    assert house.start() == "bant@1"


def test_a_raised_version_starts_and_the_old_one_is_kept(house: House) -> None:
    house.start()
    house.edit(*BETTER)
    house.edit("version: 1", "version: 2")
    assert house.start() == "bant@2"
    with house.store.begin(readonly=True) as tx:
        old = tx.rubrics.get("bant", 1)
    assert old is not None
    assert old.rubric.points["budget"]["approved_amount"] == 30


def test_the_section_that_does_not_count_may_be_changed_at_will(house: House) -> None:
    house.start()
    text = house.file.read_text(encoding="utf-8")
    head, champ = text.split("\nchamp:")
    house.file.write_text(head + "\nchamp:" + champ.replace("approved: 22", "approved: 23"), encoding="utf-8")
    assert house.start() == "bant@1"


def test_publishing_raises_the_version_by_itself_and_keeps_every_comment(house: House) -> None:
    house.start()
    house.edit(*BETTER)
    before = house.file.read_text(encoding="utf-8")
    said = house.banter("rubric", "publish")
    assert said.exit_code == 0
    assert "`version: 2`" in said.output
    assert "points.budget.approved_amount 30 -> 35" in said.output
    assert house.file.read_text(encoding="utf-8") == before.replace("version: 1", "version: 2", 1)
    assert house.start() == "bant@2"
    again = house.banter("rubric", "publish")
    assert "nothing to do" in again.output


def test_what_is_published_but_not_started_yet_waits(house: House) -> None:
    house.start()
    house.edit(*BETTER)
    house.banter("rubric", "publish")
    assert "published already" in house.banter("rubric", "publish").output
    listed = house.banter("rubric", "list").output.splitlines()
    assert [line.split()[0] for line in listed if line.endswith("in force")] == ["bant@1"]


def test_a_published_rubric_comes_back_as_it_was_and_the_draft_is_kept(house: House) -> None:
    shipped = house.file.read_text(encoding="utf-8")
    house.start()
    house.edit(*BETTER)
    house.edit("warm: 40", "warm: 45")
    draft = house.file.read_text(encoding="utf-8")
    asked = house.banter("rubric", "rollback", "bant@1", typed="n\n")
    assert asked.exit_code == 1
    assert "thresholds.warm 45 -> 40" in asked.output
    assert house.file.read_text(encoding="utf-8") == draft
    done = house.banter("rubric", "rollback", "bant@1", "--yes")
    assert done.exit_code == 0, done.output
    assert house.file.read_text(encoding="utf-8") == shipped
    (kept,) = house.playbook.glob("rubric.yml.until-*")
    assert kept.read_text(encoding="utf-8") == draft
    assert read_rubric_file(kept)["bant"].rubric.points["budget"]["approved_amount"] == 35
    assert house.banter("check", "--playbook", str(house.playbook)).exit_code == 0
    assert house.start() == "bant@1"


def test_a_rollback_from_one_published_rubric_to_another_leaves_no_file_behind(house: House) -> None:
    house.start()
    house.edit(*BETTER)
    house.banter("rubric", "publish")
    house.start()
    assert house.banter("rubric", "rollback", "bant@1", "--yes").exit_code == 0
    assert list(house.playbook.glob("rubric.yml.until-*")) == []
    assert house.start() == "bant@1"
    assert "already" in house.banter("rubric", "rollback", "bant@1").output
    assert house.banter("rubric", "rollback", "bant@2", "--yes").exit_code == 0
    assert house.start() == "bant@2"


@pytest.mark.parametrize("name", ["bant@7", "champ@1", "bant", "bant@", "../x"])
def test_a_version_that_was_never_published_is_named_with_those_that_were(house: House, name: str) -> None:
    house.start()
    said = house.banter("rubric", "rollback", name)
    assert said.exit_code == 1
    assert "bant@1" in said.output


def test_the_difference_is_in_plain_lines(house: House) -> None:
    assert "Nothing is in force yet" in house.banter("rubric", "diff").output
    house.start()
    assert house.banter("rubric", "diff").output.startswith("Nothing differs between bant@1, in force and playbook/")
    house.edit(*BETTER)
    assert house.banter("rubric", "diff").output == "points.budget.approved_amount 30 -> 35\n"
    assert house.banter("rubric", "diff", "playbook", "bant@1").output == "points.budget.approved_amount 35 -> 30\n"


def test_a_draft_with_faults_is_named_as_banter_check_names_it(house: House) -> None:
    house.start()
    house.edit("approved_amount: 30", "aproved_amount: thirty")
    checked = house.banter("check", "--playbook", str(house.playbook))
    for command in (["diff"], ["publish"], ["backtest"], ["list"]):
        said = house.banter("rubric", *command)
        assert said.exit_code == 1
        assert said.output == checked.output
    assert (
        f"playbook/rubric.yml:{line_of(house, 'aproved_amount')}: bant.points.budget.aproved_amount: unknown band"
        in checked.output
    )


def test_a_draft_elsewhere_may_hold_one_framework_or_be_a_preset(house: House) -> None:
    shutil.copy(SHIPPED / "rubric.yml", house.playbook.parent / "draft.yml")
    for framework in CRITERIA:
        preset = read_rubric_file(ROOT / "scoring" / "presets" / f"{framework}.yml")
        assert preset[framework].document == read_rubric_file(SHIPPED / "rubric.yml")[framework].document
    whole = (SHIPPED / "rubric.yml").read_text(encoding="utf-8")
    only = house.playbook.parent / "only.yml"
    only.write_text("champ:" + whole.split("\nchamp:")[1], encoding="utf-8")
    assert set(read_rubric_file(only)) == {"champ"}
    only.write_text("colours: red\n", encoding="utf-8")
    assert "holds no rubric" in house.banter("rubric", "backtest", "--rubric", str(only)).output
    only.write_text((ROOT / "scoring" / "presets" / "bant.yml").read_text().replace("none: 0", "nothing: 0"))
    assert ": points.budget.nothing: unknown band" in house.banter("rubric", "backtest", "--rubric", str(only)).output


def test_what_was_switched_on_goes_and_comes_back_and_every_other_line_stays(house: House) -> None:
    house.start()
    shipped = house.file.read_text(encoding="utf-8")
    house.edit("  # behaviour:  ", "  behaviour:  ")
    house.edit("  #   half_life: 14 ", "    half_life: 14 ")
    house.edit("  #   points: {visit: 2,", "    points: {visit: 2,")
    house.edit("  # border: 5 ", "  border: 5 ")
    house.edit("version: 1", "version: 2")
    switched_on = house.file.read_text(encoding="utf-8")
    assert house.start() == "bant@2"

    assert house.banter("rubric", "rollback", "bant@1", "--yes").exit_code == 0
    back = house.file.read_text(encoding="utf-8")
    assert [line.replace("#", "").split() for line in back.splitlines()] == [
        line.replace("#", "").split() for line in shipped.splitlines()
    ], "what was on is a comment now, and no line is lost"
    assert house.start() == "bant@1"

    assert house.banter("rubric", "rollback", "bant@2", "--yes").exit_code == 0
    again = house.file.read_text(encoding="utf-8")
    assert again.index("\n  behaviour:") < again.index("# What follows is off"), (
        "above the comments, in its own section"
    )
    assert [line for line in back.splitlines() if "version" not in line] == [
        line for line in again.splitlines() if "version" not in line and line in back.splitlines()
    ]
    assert house.start() == "bant@2"
    assert read_rubric_file(house.file)["bant"].rubric.parts.border == 5
    assert switched_on.count("\n") <= again.count("\n")


def test_check_says_what_the_start_would_refuse(house: House) -> None:
    assert house.banter("check").exit_code == 0
    house.start()
    house.edit(*BETTER)
    checked = house.banter("check")
    assert checked.exit_code == 1
    assert "The server would not start: bant@1 was published" in checked.output
    assert "Raise `version` to 2 in" in checked.output
    house.edit("version: 1", "version: 2")
    assert house.banter("check").exit_code == 0


def test_check_makes_no_database_and_asks_none_about_another_folder(house: House, tmp_path: Path) -> None:
    house.monkeypatch.setenv("BANTER_DATABASE_URL", f"sqlite:///{tmp_path}/none_yet.db")
    assert house.banter("check").exit_code == 0
    assert not (tmp_path / "none_yet.db").exists()
