"""Publishing what stands in the playbook, and taking back what was published before. Nothing is lost by either."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from banter.configuration.checks import shown
from banter.configuration.rubric_file import Written, read_rubric_file
from banter.leads.published import Published
from banter.rubrics.naming import version
from banter.rubrics.publishing import free_version, published, same
from banter.rubrics.rewriting import write_section
from scoring.diff import differences
from scoring.model import Framework

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

_RESTART = "Restart `banter serve`: from then on leads are scored by it."


class NothingToDo(Exception):
    """It stands there already; the message says so."""


@dataclass(frozen=True)
class Planned:
    """A rollback that has yet to be done: what is wanted back, what stands there now, and the lines that change."""

    wanted: Published
    file: str
    changes: tuple[str, ...]
    keep: bool  # what stands there was never published, so the file is kept


def publish(tx: SqlTransaction, file: Path, framework: Framework, now: datetime) -> str:
    """Keep the playbook's rubric for good and say so. Where its version is another rubric's, the file gets the next."""
    written = read_rubric_file(file)[framework]
    standing = tx.rubrics.get(framework, written.rubric.version)
    force = tx.rubrics.in_force()
    said = []
    if standing is not None and same(standing, written):
        if force is not None and force.stamp == standing.stamp:
            return f"{standing.stamp} is published and in force, and {written.file} holds the same: nothing to do."
        return f"{standing.stamp} is published already. {_RESTART}"
    if standing is not None:
        free = free_version(tx, framework)
        written = write_section(file, framework, {**written.document, "version": free})
        said.append(f"{standing.stamp} is taken, so {written.file} says `version: {free}` now.")
    new = tx.rubrics.publish(published(written, now))
    said.append(f"{new.stamp} is published.")
    said += _against(force, written)
    return "\n".join([*said, _RESTART])


def rollback(tx: SqlTransaction, stamp: str, file: Path) -> Planned:
    """What a rollback would do. Raises NoSuchRubric, NothingToDo."""
    wanted = version(tx, stamp)
    written = read_rubric_file(file).get(wanted.name)
    if written is not None and written.rubric.version == wanted.version and same(wanted, written):
        raise NothingToDo(f"{written.file} holds {stamp} already. If another one is in force, restart `banter serve`.")
    standing = None if written is None else tx.rubrics.get(written.rubric.framework, written.rubric.version)
    known = written is not None and standing is not None and same(standing, written)
    now = {} if written is None else written.document
    lines = (f"version {now.get('version', 'not there')} -> {wanted.version}", *differences(now, wanted.document))
    return Planned(wanted, file.name if written is None else written.file, lines, keep=not known)


def write_back(planned: Planned, file: Path, now: datetime) -> str:
    """Do it, and say so. A draft that was never published is kept beside the file."""
    said = []
    if planned.keep:
        kept = file.with_name(f"{file.name}.until-{now:%Y%m%d-%H%M%S}")
        kept.write_bytes(file.read_bytes())
        said.append(f"What stood there was never published; it is kept as {shown(kept)}.")
    write_section(file, planned.wanted.name, planned.wanted.document)
    said.append(f"{planned.file} holds {planned.wanted.stamp} again, as it was published.")
    return "\n".join([*said, _RESTART])


def _against(force: Published | None, written: Written) -> list[str]:
    if force is None:
        return []
    lines = differences(force.document, written.document)
    return [f"Against {force.stamp}, which is in force:", *(f"  {line}" for line in lines)] if lines else []
