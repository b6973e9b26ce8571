"""A file with rubrics, by itself: `playbook/rubric.yml`, one of `scoring/presets/`, or a draft of the owner's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from banter.configuration.checks import shown
from banter.configuration.conversation import FRAMEWORKS
from banter.configuration.document import Entry, read_document
from banter.configuration.faults import Fault, PlaybookError
from banter.configuration.rubric import read_rubrics
from banter.configuration.section import Section
from scoring.model import CRITERIA, Framework
from scoring.rubric import Rubric


@dataclass(frozen=True)
class Written:
    """A rubric as it stands in a file: itself, the section as plain data, and where its `version` stands."""

    rubric: Rubric
    document: Mapping[str, Any]
    file: str
    line: int


def read_rubric_file(path: Path, *, only: Framework | None = None) -> dict[Framework, Written]:
    """The rubrics of a file with a section for each framework, or of one that holds a single one, as the presets do;
    with `only` that one, if it is there, whatever the rest of the file is like.

    Raises PlaybookError with every fault, as `banter check` names them.
    """
    file = shown(path)
    entry, faults = read_document(path, file)
    if entry is None or (faults := [fault for fault in faults if _is_about(fault, only)]):
        raise PlaybookError(tuple(faults))
    single = _single(entry)
    sections = {single: entry} if single else entry.value
    if only is not None:
        sections = {name: section for name, section in sections.items() if name == only}
        if only not in sections:
            return {}
    if not single and not any(name in sections for name in FRAMEWORKS):
        raise PlaybookError((Fault(file, 1, "", f"holds no rubric; it needs a section {' or '.join(FRAMEWORKS)}"),))
    # A draft may hold one of the two: that the other is missing is no fault of it.
    given = {name: sections[name] for name in FRAMEWORKS if name in sections}
    section = Section(file, Entry({**sections}, "", 1), ())
    rubrics = read_rubrics(section)
    wrong = [fault for fault in section.faults if not _is_of_the_other(fault, given)]
    if single:
        wrong = [Fault(f.file, f.line, f.key.removeprefix(f"{single}."), f.message) for f in wrong]
    if wrong:
        raise PlaybookError(tuple(wrong))
    return {
        name: Written(rubrics[name], section.plain(), file, _line_of_version(section))
        for name, section in given.items()
    }


def _is_about(fault: Fault, only: Framework | None) -> bool:
    return only is None or not fault.key or fault.key.split(".")[0] == only


def _single(entry: Entry) -> Framework | None:
    """The framework of a file that is one rubric: its criteria tell."""
    if "points" not in entry.value:
        return None
    points = entry.value["points"].value
    names = points if isinstance(points, Mapping) else {}
    return max(FRAMEWORKS, key=lambda framework: len(set(CRITERIA[framework].values()) & set(names)))


def _is_of_the_other(fault: Fault, given: Mapping[Framework, Entry]) -> bool:
    return fault.key in FRAMEWORKS and fault.key not in given


def _line_of_version(section: Entry) -> int:
    return int(section.value["version"].line)
