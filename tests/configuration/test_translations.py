"""A translation is a file beside domain.yml's texts; what it lacks is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from banter.configuration import check_texts, lint_texts, load_playbook
from tests.configuration.test_texts import ROOT, excerpt, spoil

COMPANY = load_playbook(ROOT / "playbook").company
GERMAN = "texts/de.yml"


NAMES = ("utter_acknowledged", "utter_let_go", "utter_stopped", "utter_react_need_quantified", "utter_ask_need")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "texts").mkdir()
    for name in ("domain.yml", GERMAN):
        (tmp_path / name).write_text(excerpt(ROOT / name, *NAMES), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  utter_let_go:", "  utter_lett_go:", "did you mean utter_let_go?"),
        ("  utter_stopped:", "  utter_extra: []\n  utter_stopped:", "unknown response"),
        ("{measure}, das ist viel.", "Das ist viel.", "leaves out {measure}"),
        ("Danke, das hilft.", "Danke, {firma}, das hilft.", "nothing fills {firma}"),
        ("value: probe_hours}", "value: probe_hour}", "has 2 of 3 texts"),
        ("Danke, das hilft.", "Danke. Schreiben Sie STOP zum Beenden.", "phone networks act upon"),
    ],
)
def test_what_a_translation_lacks_is_named_with_its_line(project: Path, old: str, new: str, says: str) -> None:
    line = spoil(project, old, new, GERMAN)
    faults = [fault for fault in lint_texts(project, COMPANY) if fault.file == GERMAN]
    assert any(says in fault.message and abs(fault.line - line) <= 6 for fault in faults), faults


def test_a_response_that_is_not_translated_is_named(project: Path) -> None:
    (project / "texts" / "es.yml").write_text('responses:\n  utter_bye:\n    - text: "Adiós."\n', encoding="utf-8")
    faults = [fault for fault in lint_texts(project, COMPANY) if fault.file == "texts/es.yml"]
    assert any(fault.key == "responses.utter_greet" and "is missing" in fault.message for fault in faults)


def test_an_occasion_that_is_not_translated_is_named(project: Path) -> None:
    path = project / GERMAN
    text = path.read_text(encoding="utf-8").replace("value: probe_money}", "value: probe_mony}")
    path.write_text(text, encoding="utf-8")
    messages = [fault.message for fault in lint_texts(project, COMPANY)]
    assert any("wording probe_money" in message for message in messages)


def test_a_file_that_is_named_for_no_language_is_a_fault(project: Path) -> None:
    (project / GERMAN).rename(project / "texts" / "Deutsch.yml")
    assert any("not named for a language" in fault.message for fault in lint_texts(project, COMPANY))


def test_a_broken_translation_stops_the_start(project: Path) -> None:
    with (project / GERMAN).open("a", encoding="utf-8") as out:
        out.write("\n  - [broken: {\n")
    assert any(fault.file == GERMAN for fault in check_texts(project))
