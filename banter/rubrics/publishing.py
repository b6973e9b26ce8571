"""A rubric is published once and stays as it is: every score keeps its version, so that two equal leads with different
points can always be explained."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from banter.configuration.rubric_file import Written
from banter.leads.published import Published
from scoring.diff import differences
from scoring.model import Framework
from scoring.rubric import RubricError

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


class RubricTaken(Exception):
    """That name and version were published with other numbers; the message says what differs, and the mend."""


def put_in_force(tx: SqlTransaction, written: Written, now: datetime) -> Published:
    """What a server does at its start: the rubric of the playbook is published, unless it was, and is in force from
    now on, unless it is. Raises RubricTaken."""
    standing = tx.rubrics.publish(published(written, now))
    if not same(standing, written):
        raise RubricTaken(_refusal(standing, written, free_version(tx, standing.name)))
    before = tx.rubrics.in_force()
    if before is None or before.stamp != standing.stamp:
        tx.rubrics.put_in_force(standing.name, standing.version, now)
    return standing


def published(written: Written, now: datetime) -> Published:
    rubric = written.rubric
    return Published(rubric.framework, rubric.version, written.document, now, written.file)


def same(standing: Published, written: Written) -> bool:
    """Whether both score alike. What only says the same otherwise (a comment, a default written out) is no change."""
    if standing.document == written.document:
        return True
    try:
        return standing.rubric == written.rubric
    except RubricError:
        return False


def free_version(tx: SqlTransaction, name: Framework) -> int:
    """The version that comes next under this name."""
    return 1 + max((one.version for one in tx.rubrics.all() if one.name == name), default=0)


def _refusal(standing: Published, written: Written, free: int) -> str:
    lines = "\n".join(f"  {line}" for line in differences(standing.document, written.document))
    return (
        f"{standing.stamp} was published on {standing.published_at:%Y-%m-%d}, and the scores made with it keep that "
        f"name. {written.file} has other numbers under the same version:\n{lines}\n"
        f"Raise `version` to {free} in {written.file}:{written.line} (`banter rubric publish` does it for you), "
        f"or take the old numbers back: `banter rubric rollback {standing.stamp}`."
    )
