"""The ideal customer from plain data (`playbook/icp.yml`), checked when it is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scoring.data import RubricError, only, wanted_of, whole
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
    """The profile, and the first fault of each trait."""
    traits: list[Trait] = []
    wrong: list[RubricError] = []
    for about in data:
        try:
            if about not in TRAITS:
                raise RubricError((str(about),), f"unknown trait; use one of {', '.join(TRAITS)}")
            traits.append(_trait(data, about))
        except RubricError as error:
            wrong.append(error)
    return Profile(tuple(traits)), wrong


def _trait(data: Mapping[str, Any], about: str) -> Trait:
    there = only(data, (about,), KEYS)
    weight = whole(data, (about, "weight"), 1, 100)
    if "fits" not in there:
        raise RubricError((about, "fits"), "is missing; say what fits, e.g. fits: [legal]")
    parts = {name: wanted_of(about, there[name], (about, name)) for name in KEYS[1:] if there.get(name) is not None}
    if "fits" not in parts:
        raise RubricError((about, "fits"), "has no value; say what fits, or leave the trait out")
    twice = set(parts["fits"].names) & set(parts["disqualifies"].names) if "disqualifies" in parts else set()
    if twice:
        raise RubricError((about, "disqualifies"), f"'{min(twice)}' also fits; leave one out")
    return Trait(about, weight, parts["fits"], parts.get("disqualifies"))
