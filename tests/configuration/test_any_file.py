"""Whatever is in a file, the check answers with faults or with a playbook, and never breaks."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from banter.configuration import PlaybookError, check, load_playbook
from banter.configuration.document import read_document
from banter.configuration.rubric import read_rubrics
from banter.configuration.section import Section
from scoring.rubric import RubricError, rubric_from
from tests.configuration.folder import SHIPPED, copied

FILES = ("company.yml", "conversation.yml", "rubric.yml", "team.yml", "answers.yml")
#: Values that a key was not made for, some of them YAML's own traps.
ODD = (
    "", "~", "no", "-1", "0", "1e400", ".inf", ".nan", "0o9", "007", "9" * 30, "12:30:45", "2026-13-45", "[]",
    "[[]]", "{}", "{a: b}", "[1, {a: b}]", "'", '"', "!!int x", "!!binary aGk=", "!x y", "&a 1", "*a",
    "<<: {}", "? x", "%", "@", "`",
    "\\", "x" * 3000, "\u202e", "\U0001f600", "\x85", "|", "- -", "a: b: c", "9:00-9:00", "-", "--", "monday",
    "+", "+1", "http://[",
    "https://h:x/", "a@b", "Etc", "../etc/passwd", "{0.__class__}", "{", "}",
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_file_with_any_line_spoilt_is_read_or_refused_and_never_breaks_the_check(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = copied(tmp_path_factory.mktemp("any"))
    file = data.draw(st.sampled_from(FILES))
    lines = (SHIPPED / file).read_text(encoding="utf-8").splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        how = data.draw(st.sampled_from(("value", "value", "value", "drop", "twice", "indent", "line")))
        odd = data.draw(st.sampled_from(ODD))
        name, colon, _ = lines[at].partition(":")
        new = {
            "value": [f"{name}{colon} {odd}"],
            "drop": [],
            "twice": [lines[at], lines[at]],
            "indent": [f"  {lines[at]}"],
            "line": [odd],
        }[how]
        lines[at : at + 1] = new or ["#"]
    (folder.path / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    faults = check(folder.path, {})
    total = (folder.path / file).read_bytes().count(b"\n") + 1
    assert all(fault.message and 0 <= fault.line <= total for fault in faults)
    if faults:
        with pytest.raises(PlaybookError):
            load_playbook(folder.path)
    else:
        assert load_playbook(folder.path).rubric.most > 0


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("bytes") / "team.yml"
    file.write_bytes(content)
    entry, faults = read_document(file, "team.yml")
    assert entry is not None or faults


def _rubric_data() -> dict[str, Any]:
    return YAML(typ="safe", pure=True).load(SHIPPED / "rubric.yml")["bant"]


def _paths(data: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    if not isinstance(data, dict):
        return [path]
    below = [found for key in data for found in _paths(data[key], (*path, key))]
    return [path, *below] if path else below


CHANGES: list[Callable[[dict[str, Any], str], None]] = [
    lambda place, key: place.pop(key),
    lambda place, key: place.update({key: -1}),
    lambda place, key: place.update({key: 1.5}),
    lambda place, key: place.update({key: "12"}),
    lambda place, key: place.update({key: True}),
    lambda place, key: place.update({key: None}),
    lambda place, key: place.update({key: [1]}),
    lambda place, key: place.update({key: {}}),
    lambda place, key: place.update({key: 0}),
    lambda place, key: place.update({key: 60}),
    lambda place, key: place.update({key + "x": place.pop(key)}),
]


@pytest.mark.parametrize("path", _paths(_rubric_data()), ids=".".join)
def test_the_loader_refuses_exactly_the_rubrics_that_scoring_refuses(tmp_path: Path, path: tuple[str, ...]) -> None:
    for number, change in enumerate(CHANGES):
        data = copy.deepcopy(_rubric_data())
        place = data
        for key in path[:-1]:
            place = place[key]
        change(place, path[-1])
        text = io.StringIO()
        YAML(typ="safe", pure=True).dump({"bant": data}, text)
        file = tmp_path / f"{number}.yml"
        file.write_text(text.getvalue(), encoding="utf-8")
        entry, _ = read_document(file, "rubric.yml")
        assert entry is not None
        section = Section("rubric.yml", entry, ())
        rubrics = read_rubrics(section)
        try:
            wanted = rubric_from("bant", data)
        except RubricError:
            wanted = None
        assert rubrics.get("bant") == wanted, (path, number)
        assert wanted is not None or any(fault.key.startswith("bant") for fault in section.faults)
