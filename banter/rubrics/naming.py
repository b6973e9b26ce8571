"""Which rubric somebody means: `bant@2`, a file, what is in force, or what stands in the playbook."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from banter.configuration.rubric_file import Written, read_rubric_file
from banter.leads.playbook import Playbook
from banter.leads.published import Published, profile_document
from scoring.fit import Profile
from scoring.rubric import Rubric, RubricError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from banter.store.database import SqlTransaction

_STAMP = re.compile(r"([a-z]+)@([0-9]{1,9})")


class NoSuchRubric(Exception):
    """Nothing is known under that name; the message says what is."""


@dataclass(frozen=True)
class Named:
    """A rubric and its profile, with the name to call it by in an answer. `kept_profile` as `Published` has it; where
    it was not kept, `profile` is today's."""

    name: str
    rubric: Rubric
    document: Mapping[str, Any]
    profile: Profile
    kept_profile: Mapping[str, Any] | None


def find(tx: SqlTransaction, name: str, playbook_file: Path, playbook: Playbook) -> Named:
    """`force`, `playbook`, a version as `bant@2`, else a file; of a file with several the section of the playbook's
    framework. A file goes with today's profile.

    Raises NoSuchRubric, and PlaybookError for a file with faults.
    """
    framework, today = playbook.conversation.framework, playbook.profile
    if name == "force":
        standing = tx.rubrics.in_force()
        if standing is None:
            raise NoSuchRubric("Nothing is in force yet: `banter serve` has not started with this database.")
        return _published(standing, f"{standing.stamp}, in force", today)
    if name == "playbook":
        return _written(read_rubric_file(playbook_file)[framework], today)
    if _STAMP.fullmatch(name):
        return _published(version(tx, name), name, today)
    path = Path(name)
    if not path.is_file():
        raise NoSuchRubric(f"There is no file {name}, and a published rubric is named like bant@1. {_known(tx)}")
    rubrics = read_rubric_file(path)
    return _written(rubrics.get(framework) or next(iter(rubrics.values())), today)


def not_kept(named: Named) -> str:
    """A sentence where its profile was not kept, else nothing."""
    if named.kept_profile is not None:
        return ""
    return f"The profile of {named.name} was not kept, so today's icp.yml counts."


def version(tx: SqlTransaction, name: str) -> Published:
    """The published rubric of that name and version. Raises NoSuchRubric."""
    found = _STAMP.fullmatch(name)
    if found is None:
        raise NoSuchRubric(f"{name} is no published rubric; write it like bant@1. {_known(tx)}")
    standing = tx.rubrics.get(found[1], int(found[2]))
    if standing is None:
        raise NoSuchRubric(f"{name} was never published. {_known(tx)}")
    return standing


def _written(written: Written, today: Profile) -> Named:
    return Named(written.file, written.rubric, written.document, today, profile_document(today))


def _published(standing: Published, name: str, today: Profile) -> Named:
    try:
        profile = today if standing.customer is None else standing.customer
        return Named(name, standing.rubric, standing.document, profile, standing.profile)
    except RubricError as wrong:
        raise NoSuchRubric(f"{standing.stamp} cannot be read by this version of Banter: {wrong}") from wrong


def _known(tx: SqlTransaction) -> str:
    names = [one.stamp for one in tx.rubrics.all()]
    return f"Published are: {', '.join(names)}." if names else "None was published yet: `banter serve` does it."
