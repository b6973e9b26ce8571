"""The ideal customer from plain data (`playbook/icp.yml`), checked when it is built."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from scoring.data import Reader, RubricError, wanted_of
from scoring.fit import Profile, Trait
from scoring.known import TRAITS

KEYS = ("weight", "fits", "disqualifies")


def profile_from(data: Mapping[str, Any]) -> Profile:
    """A profile of the traits that `data` names, in its order; none of them: no profile. Raises the first fault."""
    profile, wrong = read_profile(data)
    if wrong:
        raise wrong[0]
    return profile


def read_profile(data: Mapping[str, Any]) -> tuple[Profile, list[RubricError]]:
    """The profile, and all that is wrong with it."""
    read = Reader(data)
    found = [_trait(read, about) for about in read.only((), TRAITS, "trait")]
    return Profile(tuple(trait for trait in found if trait is not None)), read.faults


def _trait(read: Reader, about: str) -> Trait | None:
    there = read.only((about,), KEYS)
    if not isinstance(read.data[about], Mapping):
        return None
    weight = read.whole((about, "weight"), 1, 100)
    if there.get("fits") is None:
        mend = (
            "has no value; say what fits, or leave the trait out"
            if "fits" in there
            else "is missing; say what fits, e.g. fits: [legal]"
        )
        read.faults.append(RubricError((about, "fits"), mend))
    given = {name: there[name] for name in KEYS[1:] if there.get(name) is not None}
    parts = {name: read.attempt(partial(wanted_of, about, value, (about, name))) for name, value in given.items()}
    fits, disqualifies = parts.get("fits"), parts.get("disqualifies")
    twice = set(fits.names) & set(disqualifies.names) if fits and disqualifies else set()
    if twice:
        read.faults.append(RubricError((about, "disqualifies"), f"'{min(twice)}' also fits; leave one out"))
    return Trait(about, weight, fits, disqualifies) if weight and fits else None
