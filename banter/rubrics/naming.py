"""Which rubric somebody means: `bant@2`, a file, what is in force, or what stands in the playbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banter.configuration.rubric_file import Written, read_rubric_file
from banter.leads.published import Published
from scoring.model import Framework
from scoring.rubric import Rubric, RubricError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banter.store.database import SqlTransaction

_STAMP = re.compile(r"([a-z]+)@([0-9]{1,9})")


class NoSuchRubric(Exception):
    """Nothing is known under that name; the message says what is."""


@dataclass(frozen=True)
class Named:
    """A rubric with the name to call it by in an answer."""

    name: str
    rubric: Rubric
    document: Mapping[str, Any]


def find(tx: SqlTransaction, name: str, playbook_file: Path, framework: Framework) -> Named:
    """`force`, `playbook`, a version as `bant@2`, else a file; of a file with several the section of `framework`.

    Raises NoSuchRubric, and PlaybookError for a file with faults.
    """
    if name == "force":
        standing = tx.rubrics.in_force()
        if standing is None:
            raise NoSuchRubric("Nothing is in force yet: `banter serve` has not started with this database.")
        return _published(standing, f"{standing.stamp}, in force")
    if name == "playbook":
        written = read_rubric_file(playbook_file)[framework]
        return Named(written.file, written.rubric, written.document)
    if _STAMP.fullmatch(name):
        return _published(version(tx, name), name)
    path = Path(name)
    if not path.is_file():
        raise NoSuchRubric(f"There is no file {name}, and a published rubric is named like bant@1. {_known(tx)}")
    return _of_file(read_rubric_file(path), framework)


def version(tx: SqlTransaction, name: str) -> Published:
    """The published rubric of that name and version. Raises NoSuchRubric."""
    found = _STAMP.fullmatch(name)
    if found is None:
        raise NoSuchRubric(f"{name} is no published rubric; write it like bant@1. {_known(tx)}")
    standing = tx.rubrics.get(found[1], int(found[2]))
    if standing is None:
        raise NoSuchRubric(f"{name} was never published. {_known(tx)}")
    return standing


def _of_file(rubrics: Mapping[Framework, Written], framework: Framework) -> Named:
    written = rubrics.get(framework) or next(iter(rubrics.values()))
    return Named(written.file, written.rubric, written.document)


def _published(standing: Published, name: str) -> Named:
    try:
        return Named(name, standing.rubric, standing.document)
    except RubricError as wrong:
        raise NoSuchRubric(f"{standing.stamp} cannot be read by this version of Banter: {wrong}") from wrong


def _known(tx: SqlTransaction) -> str:
    names = [one.stamp for one in tx.rubrics.all()]
    return f"Published are: {', '.join(names)}." if names else "None was published yet: `banter serve` does it."
