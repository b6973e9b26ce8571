"""`.env.example`, docs/configuration.md, the playbook's comments and the code say the same."""

from __future__ import annotations

import re

import pytest
from ruamel.yaml import YAML

from banter.configuration import channels, check, company, conversation, icp, knowledge, market, nurture, report, team
from banter.configuration.checks import FILES
from banter.nurture.render import PLACEHOLDERS
from banter.settings import DEFAULTS, VARIABLES
from scoring.model import BANDS, CRITERIA
from scoring.parts import PARTS
from tests.configuration.folder import ROOT, SHIPPED, Folder

DOCS = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
KEYS = {
    "company.yml": {*company.KEYS},
    "conversation.yml": {*conversation.KEYS},
    "rubric.yml": {"version", "points", "thresholds", *PARTS},
    "icp.yml": {*icp.KEYS},
    "team.yml": {*team.KEYS, *team.REP_KEYS},
    "market.yml": {*market.KEYS},
    "channels.yml": {
        *channels.KEYS,
        *channels.SMS_KEYS,
        *channels.SLACK_KEYS,
        *channels.WIDGET_KEYS,
        *channels.OPEN_KEYS,
    },
    "answers.yml": {*knowledge.KEYS, *knowledge.ENTRY_KEYS},
    "nurture.yml": {"promise", "steps", *nurture.STEP_KEYS},
}


def chapter(title: str) -> str:
    """The docs from `## title` to the next chapter."""
    _, _, after = DOCS.partition(f"\n## {title}\n")
    assert after, f"docs/configuration.md has no chapter {title}"
    return after.partition("\n## ")[0]


def rows(text: str) -> dict[str, str]:
    """The first cell of each table row that is a name, and the second."""
    return dict(re.findall(r"^\| `([A-Za-z_]+)` \| ([^|]*?) ?\|", text, re.MULTILINE))


def test_every_setting_is_in_the_docs_and_in_the_example_in_one_order() -> None:
    in_example = list(dict.fromkeys(re.findall(r"^# (BANTER_[A-Z_]+)=", EXAMPLE, re.MULTILINE)))
    assert in_example == list(VARIABLES)
    assert list(rows(chapter("Settings"))) == list(VARIABLES)


def test_the_code_reads_no_other_setting_than_the_documented_ones() -> None:
    source = (ROOT / "banter" / "settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r"BANTER_[A-Z_]*[A-Z]", source)) == set(VARIABLES)


def test_the_defaults_in_the_docs_and_in_the_example_are_those_of_the_code() -> None:
    documented = {name: cell.strip("`") for name, cell in rows(chapter("Settings")).items() if cell.startswith("`")}
    assert documented == DEFAULTS
    for name, default in DEFAULTS.items():
        assert f"# {name}={default}\n" in EXAMPLE, name


def test_the_example_sets_nothing_so_that_a_copy_of_it_starts() -> None:
    assert all(line.startswith("#") or not line.strip() for line in EXAMPLE.splitlines())


@pytest.mark.parametrize("file", FILES)
def test_every_key_of_the_playbook_is_in_the_docs(file: str) -> None:
    assert (
        set(rows(chapter(f"playbook/{file}"))) - {n for names in CRITERIA.values() for n in names.values()}
        == KEYS[file]
    )


def test_every_placeholder_of_the_mails_is_in_the_docs() -> None:
    assert re.findall(r"^\| `{([a-z_]+)}` \|", chapter("playbook/nurture.yml"), re.MULTILINE) == list(PLACEHOLDERS)


def test_every_criterion_and_band_is_in_the_docs() -> None:
    text = chapter("playbook/rubric.yml")
    for dimension, bands in BANDS.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{CRITERIA['bant'][dimension]}` |"))
        assert f"| `{CRITERIA['champ'][dimension]}` |" in row
        assert tuple(re.findall(r"`([a-z_0-9]+)`", row.rpartition("|")[0].rpartition("|")[2])) == bands


@pytest.mark.parametrize("file", ["company.yml", "conversation.yml", "team.yml", "market.yml"])
def test_every_key_of_the_files_that_ship_has_a_comment(file: str) -> None:
    lines = (SHIPPED / file).read_text(encoding="utf-8").splitlines()
    bare = [
        line
        for before, line in zip(["", *lines], lines, strict=False)
        if re.match(r"[a-z_]+:", line) and "#" not in line and not before.startswith("#")
    ]
    assert not bare


@pytest.mark.parametrize("file", ["company.yml", "conversation.yml", "team.yml", "market.yml"])
def test_the_files_that_ship_show_every_key_there_is(file: str) -> None:
    given = YAML(typ="safe", pure=True).load(SHIPPED / file)
    module = {"company.yml": company, "conversation.yml": conversation, "team.yml": team, "market.yml": market}[file]
    assert tuple(given) == module.KEYS


def test_the_reports_that_the_docs_show_are_what_is_reported(folder: Folder) -> None:
    folder.change("rubric.yml", "approved: 22 ", "aproved: 22 ")
    folder.change("team.yml", "monday-friday: 9:00-18:00", "monday-friday: 18:00-9:00")
    shown = re.search(r"```\n(playbook/rubric\.yml.*?)\n```", DOCS, re.DOTALL)
    assert shown
    assert report(check(folder.path, {})) == shown[1]
