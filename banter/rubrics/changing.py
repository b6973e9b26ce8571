"""Publishing what stands in the playbook, and taking back what was published before. Nothing is lost by either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from banter.configuration import icp, market
from banter.configuration.checks import shown
from banter.configuration.document import read_document
from banter.configuration.faults import PlaybookError
from banter.configuration.icp_file import read_icp_file, read_market_file
from banter.configuration.rubric_file import Written, read_rubric_file
from banter.leads.playbook import Playbook
from banter.leads.published import Published, profile_document
from banter.rubrics.naming import version
from banter.rubrics.publishing import (
    free_version,
    profile_differences,
    published,
    same,
    same_profile,
    same_rubric,
)
from banter.rubrics.rewriting import replace_all, with_profile, with_section, write_section
from scoring.diff import differences
from scoring.fit import Profile
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
    keep: bool  # what stands there was never published, so the files are kept
    rubric_changes: bool = True
    profile_changes: bool = False
    customer: Profile | None = None  # the profile that stands there; None: it cannot be read

    @property
    def files(self) -> str:
        """What changes, as a message names it."""
        beside = str(PurePosixPath(self.file).with_name(icp.FILE))
        changing = ((self.file, self.rubric_changes), (beside, self.profile_changes))
        return " and ".join(file for file, changes in changing if changes)


def refuse_what_is_published(tx: SqlTransaction, file: Path, playbook: Playbook) -> None:
    """Raises NothingToDo where what the playbook holds is published as it stands."""
    framework = playbook.conversation.framework
    written = read_rubric_file(file)[framework]
    standing, force = tx.rubrics.get(framework, written.rubric.version), tx.rubrics.in_force()
    if standing is None or not same(standing, written, playbook.profile):
        return
    if force is not None and force.stamp == standing.stamp:
        raise NothingToDo(
            f"{standing.stamp} is published and in force, and {written.file} holds the same: nothing to do."
        )
    raise NothingToDo(f"{standing.stamp} is published already. {_RESTART}")


def publish(tx: SqlTransaction, file: Path, playbook: Playbook, now: datetime) -> str:
    """Keep the playbook's rubric and profile for good and say so. Where its version is another's, the file gets the
    next. Raises NothingToDo."""
    refuse_what_is_published(tx, file, playbook)
    framework, profile = playbook.conversation.framework, playbook.profile
    written = read_rubric_file(file)[framework]
    standing, force = tx.rubrics.get(framework, written.rubric.version), tx.rubrics.in_force()
    said = []
    if standing is not None:
        free = free_version(tx, framework)
        written = write_section(file, framework, {**written.document, "version": free})
        said.append(f"{standing.stamp} is taken, so {written.file} says `version: {free}` now.")
    new = tx.rubrics.publish(published(written, profile, now))
    said.append(f"{new.stamp} is published.")
    said += _against(force, new)
    return "\n".join([*said, _RESTART])


def rollback(tx: SqlTransaction, stamp: str, file: Path) -> Planned:
    """What a rollback would do, whatever else is wrong with the playbook. Raises NoSuchRubric, NothingToDo."""
    wanted = version(tx, stamp)
    written, now = _standing_rubric(file, wanted.name)
    customer, profile_now = _standing_profile(file.parent)
    rubric_changes = written is None or written.rubric.version != wanted.version or not same_rubric(wanted, written)
    profile_changes = wanted.profile is not None and (customer is None or not same_profile(wanted, customer))
    shown_file = written.file if written else shown(file)
    if not rubric_changes and not profile_changes:
        raise NothingToDo(f"{shown_file} holds {stamp} already. If another one is in force, restart `banter serve`.")
    standing = None if written is None else tx.rubrics.get(written.rubric.framework, written.rubric.version)
    known = written is not None and standing is not None and customer is not None and same(standing, written, customer)
    lines = [f"version {now.get('version', 'not there')} -> {wanted.version}"] if rubric_changes else []
    lines += differences(now, wanted.document) if rubric_changes else ()
    if profile_changes:
        lines += profile_differences(profile_now, wanted.profile)
    if wanted.profile is None:
        lines.append(f"{icp.FILE} stays as it is: the profile of {stamp} was not kept")
    return Planned(
        wanted,
        shown_file,
        tuple(lines),
        keep=not known,
        rubric_changes=rubric_changes,
        profile_changes=profile_changes,
        customer=customer,
    )


def write_back(planned: Planned, file: Path, now: datetime) -> str:
    """Do it, and say so. A draft that was never published is kept beside the file. Raises PlaybookError, and nothing is
    changed, where a file cannot hold it."""
    wanted, drafts = planned.wanted, []
    if planned.rubric_changes:
        drafts.append(with_section(file, wanted.name, wanted.document))
    if planned.profile_changes and wanted.profile is not None:
        standing = {} if planned.customer is None else profile_document(planned.customer)
        sold_to = read_market_file(file.with_name(market.FILE))
        drafts.append(with_profile(file.with_name(icp.FILE), wanted.profile, standing, sold_to))
    said = []
    for draft in drafts if planned.keep else ():
        if draft.path.exists():
            kept = draft.path.with_name(f"{draft.path.name}.until-{now:%Y%m%d-%H%M%S}")
            kept.write_bytes(draft.path.read_bytes())
            said.append(f"What stood there was never published; it is kept as {shown(kept)}.")
    replace_all(*drafts)
    holds = "holds" if len(drafts) == 1 else "hold"
    said.append(f"{planned.files} {holds} {wanted.stamp} again, as it was published.")
    return "\n".join([*said, _RESTART])


def _standing_rubric(file: Path, name: Framework) -> tuple[Written | None, Mapping[str, Any]]:
    """The section as it stands, and as plain data; None for what cannot be read. Raises PlaybookError where the file is
    no YAML: nothing could be written into it either."""
    entry, faults = read_document(file, shown(file))
    if entry is None:
        raise PlaybookError(tuple(faults))
    plain = entry.value[name].plain() if name in entry.value else {}
    try:
        written = read_rubric_file(file, only=name).get(name)
    except PlaybookError:
        written = None
    return written, plain if isinstance(plain, Mapping) else {}


def _standing_profile(folder: Path) -> tuple[Profile | None, Mapping[str, Any]]:
    """The same for the profile."""
    file = folder / icp.FILE
    try:
        customer = read_icp_file(file, read_market_file(folder / market.FILE))
        return customer, profile_document(customer)
    except PlaybookError:
        entry, faults = read_document(file, shown(file))
        if entry is None:
            raise PlaybookError(tuple(faults)) from None
        plain = entry.value["ideal"].plain() if "ideal" in entry.value else {}
        return None, plain if isinstance(plain, Mapping) else {}


def _against(force: Published | None, new: Published) -> list[str]:
    if force is None:
        return []
    lines = (
        *differences(force.document, new.document),
        *profile_differences(force.profile, new.profile, (force.stamp, new.stamp)),
    )
    return [f"Against {force.stamp}, which is in force:", *(f"  {line}" for line in lines)] if lines else []
