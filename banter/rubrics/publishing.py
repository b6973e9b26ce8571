"""A rubric is published once, with the profile beside it, and both stay as they are: every score keeps its version, so
that two equal leads with different points can always be explained."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from banter.configuration.icp import FILE as PROFILE_FILE
from banter.configuration.rubric_file import Written
from banter.leads.published import Published, profile_document, same_customer
from scoring.diff import differences
from scoring.fit import Profile
from scoring.model import Framework
from scoring.rubric import RubricError

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


#: What the profile's lines of a difference begin with.
ICP = "icp."


class RubricTaken(Exception):
    """That name and version were published with other numbers; the message says what differs, and the mend."""


def put_in_force(tx: SqlTransaction, written: Written, profile: Profile, now: datetime) -> Published:
    """What a server does at its start: the rubric and the profile of the playbook are published, unless they were, and
    in force from now on, unless they are. Raises RubricTaken."""
    standing = tx.rubrics.publish(published(written, profile, now))
    if not same(standing, written, profile):
        raise RubricTaken(_refusal(standing, written, profile, free_version(tx, standing.name)))
    if standing.profile is None:  # published before profiles were kept: what it scores by from now on, at least
        tx.rubrics.keep_profile(standing.name, standing.version, profile_document(profile))
    before = tx.rubrics.in_force()
    if before is None or before.stamp != standing.stamp:
        tx.rubrics.put_in_force(standing.name, standing.version, now)
    return standing


def refusal(tx: SqlTransaction, written: Written, profile: Profile) -> str | None:
    """Why a server would not start with this rubric and profile, with the mend; None: it would. Changes nothing."""
    standing = tx.rubrics.get(written.rubric.framework, written.rubric.version)
    if standing is None or same(standing, written, profile):
        return None
    return _refusal(standing, written, profile, free_version(tx, standing.name))


def published(written: Written, profile: Profile, now: datetime) -> Published:
    rubric = written.rubric
    return Published(
        rubric.framework, rubric.version, written.document, now, written.file, profile=profile_document(profile)
    )


def same(standing: Published, written: Written, profile: Profile) -> bool:
    """Whether both score alike. What only says the same otherwise (a comment, a default written out) is no change;
    a profile that was not kept could be any."""
    return same_rubric(standing, written) and same_profile(standing, profile)


def same_rubric(standing: Published, written: Written) -> bool:
    if standing.document == written.document:
        return True
    try:
        return standing.rubric == written.rubric
    except RubricError:
        return False


def same_profile(standing: Published, profile: Profile) -> bool:
    try:
        return standing.customer is None or same_customer(standing.customer, profile)
    except RubricError:
        return False


def free_version(tx: SqlTransaction, name: Framework) -> int:
    """The version that comes next under this name."""
    return 1 + max((one.version for one in tx.rubrics.all() if one.name == name), default=0)


def profile_differences(
    old: Mapping[str, Any] | None, new: Mapping[str, Any] | None, names: tuple[str, str] = ("", "")
) -> tuple[str, ...]:
    """What differs between two profiles as plain data, a line each. None: of the one of that name it was not kept."""
    if old is None or new is None:
        missing = names[0] if old is None else names[1]
        return (
            (f"{ICP[:-1]}: the profile of {missing} was not kept, so it is compared with nothing",) if missing else ()
        )
    return tuple(ICP + line for line in differences(old, new))


def _refusal(standing: Published, written: Written, profile: Profile, free: int) -> str:
    day = f"{standing.published_at:%Y-%m-%d}"
    lines = []
    if not same_rubric(standing, written):
        lines += differences(standing.document, written.document)
    if not same_profile(standing, profile):
        lines += profile_differences(standing.profile, profile_document(profile))
    return (
        f"{standing.stamp} was published on {day}, and the scores made with it keep that name. "
        f"{_what_is_other(standing, written, profile)} under the same version:\n"
        + "".join(f"  {line}\n" for line in lines)
        + f"Raise `version` to {free} in {written.file}:{written.line} (`banter rubric publish` does it for you), "
        f"or take the old numbers back: `banter rubric rollback {standing.stamp}`."
    )


def _what_is_other(standing: Published, written: Written, profile: Profile) -> str:
    profile_file = str(PurePosixPath(written.file).with_name(PROFILE_FILE))
    if same_rubric(standing, written):
        return f"{profile_file} describes another customer"
    if same_profile(standing, profile):
        return f"{written.file} has other numbers"
    return f"{written.file} has other numbers, and {profile_file} describes another customer,"
