"""Mistakes in what the bot says are found before anybody talks to it."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from banter.configuration import check_texts, lint_texts, load_playbook
from banter.leads.gsm7 import foreign, septets
from banter.leads.saying import COMPANY_VALUES, RESPONSES, company_values
from tests.booking.examples import COMPANY

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("domain.yml", "config.yml"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def excerpt(file: Path, *names: str) -> str:
    """The texts of these responses alone: reading a whole file takes a second."""
    text = file.read_text(encoding="utf-8")
    found = [re.search(rf"^  {name}:.*?(?=^  \w|\Z)", text, re.M | re.S) for name in names]
    return "responses:\n" + "".join(match.group() for match in found if match)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    texts = excerpt(ROOT / "domain.yml", "utter_acknowledged", "utter_let_go", "utter_ask_budget")
    (tmp_path / "domain.yml").write_text(texts, encoding="utf-8")
    return tmp_path


def spoil(project: Path, old: str, new: str, file: str = "domain.yml") -> int:
    """Replace the first `old`; returns its line."""
    path = project / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_what_ships_has_no_fault() -> None:
    assert check_texts(ROOT) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("{price}", "{prize}", "did you mean price?"),
        ("  utter_ask_budget:", "  utter_ask_bugdet:", "did you mean utter_ask_budget?"),
        ("- action_close_lead", "- action_close_leed", "did you mean action_close_lead?"),
        ("  utter_bye:", "  utter_bye: []\n  utter_by:", "utter_bye"),
        ("required_slots: [need, ", "required_slots: [", "lead_form has to require"),
        ("Which e-mail address should", "Which {email} should", "this text can hold none"),
        ("Got it.", "Got it}.", "belongs to no placeholder"),
        ("What number did {about}", "What number did {abuot}", "did you mean about?"),
        ("Is there a range you'd", "Is there, {about}, a range you'd", "this text can hold none"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_the_mend(project: Path, old: str, new: str, says: str) -> None:
    line = spoil(project, old, new)
    faults = check_texts(project)
    assert any(says in fault.message for fault in faults)
    assert any(abs(fault.line - line) <= 4 for fault in faults), (line, faults)
    assert all(fault.file == "domain.yml" for fault in faults)


def test_an_occasion_without_a_text_is_named(project: Path) -> None:
    text = (project / "domain.yml").read_text(encoding="utf-8")
    (project / "domain.yml").write_text(
        text.replace(
            "value: champ}, {type: slot, name: wording, value: first}",
            "value: champ}, {type: slot, name: wording, value: frist}",
        )
    )
    assert any("framework champ, wording first" in fault.message for fault in check_texts(project))


def test_a_text_without_a_framework_is_for_both(project: Path) -> None:
    path = project / "domain.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("value: probe_figure_of}", "value: probe_figure_off}"), encoding="utf-8")
    missing = [fault.message for fault in check_texts(project) if "wording probe_figure_of" in fault.message]
    assert missing == [
        f"has no text for framework {framework}, wording probe_figure_of" for framework in ("bant", "champ")
    ]


@pytest.mark.parametrize("file", ["domain.yml", "data/nlu.yml", "data/rules.yml"])
def test_broken_yaml_is_named_by_file_and_line(project: Path, file: str) -> None:
    with (project / file).open("a", encoding="utf-8") as out:
        out.write("\n  - [broken: {\n")
    assert next(fault.file for fault in check_texts(project)) == file
    assert all(fault.line > 1 for fault in check_texts(project))


def test_the_code_says_nothing_that_has_no_text() -> None:
    said = set()
    for path in (*(ROOT / "banter" / "leads").glob("*.py"), *(ROOT / "actions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("utter_"):
                said.add(node.value)
    whole = {name for name in said if not name.endswith("_")}
    assert whole <= set(RESPONSES)
    assert all(any(name.startswith(stem) for name in RESPONSES) for stem in said - whole)


def test_every_value_of_the_company_is_there() -> None:
    assert tuple(company_values(COMPANY)) == COMPANY_VALUES


LINTED = load_playbook(ROOT / "playbook").company


def test_what_ships_is_well_worded_in_every_language() -> None:
    assert lint_texts(ROOT, LINTED) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('- text: "Got it."', '- text: "Got it. Thanks, that helps."', 'says "Thanks, that helps." as line'),
        ('- text: "Got it."', f'- text: "Got it{" and so on" * 20}."', "takes 207 characters by SMS, 160 fit"),
        ('- text: "Got it."', '- text: "Got it – fine."', "holds –: by SMS only 70 characters fit"),
        ('- text: "Got it."', '- text: "Got it. Reply YES to go on."', "phone networks act upon"),
        ('- text: "Got it."', '- text: "Got it. A yes or a no is enough."', "phone networks act upon"),
        ('- text: "Got it."', '- text: "Got it. Write \\"help\\" for more."', "phone networks act upon"),
        ("  utter_let_go:\n", '  utter_let_go:\n    - text: "Fine."\n  utter_x:\n', "has 1 of 2 texts"),
        (
            'value: again}]\n      text: "And the money side',
            'value: agian}]\n      text: "And the money side',
            "has 2 of 3 texts",
        ),
    ],
)
def test_a_badly_worded_text_is_named_with_its_line(small: Path, old: str, new: str, says: str) -> None:
    line = spoil(small, old, new)
    faults = lint_texts(small, LINTED)
    assert any(says in fault.message and abs(fault.line - line) <= 8 for fault in faults), faults


def test_a_longer_text_message_may_say_why(small: Path) -> None:
    long = f'- text: "Got it{" and so on" * 20}."\n      metadata: {{sms: "there is no shorter way"}}'
    spoil(small, '- text: "Got it."', long)
    assert lint_texts(small, LINTED) == []


@pytest.mark.parametrize("text", ["who would have to say yes?", "You can end it with one click.", "It starts in May."])
def test_a_word_that_is_not_asked_for_may_be_said(small: Path, text: str) -> None:
    spoil(small, '- text: "Got it."', f'- text: "{text}"')
    assert lint_texts(small, LINTED) == []


def test_text_messages_are_counted_as_networks_do() -> None:
    assert septets("abc äöü €") == 10
    assert foreign("naïve “quotes” – and so on") == "ï“”–"
