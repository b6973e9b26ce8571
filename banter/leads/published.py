"""A rubric and its profile as they were published: from then on both stay as they are, because leads were scored by
them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from banter.leads.playbook import Playbook
from scoring.fit import Profile, Trait
from scoring.model import Framework
from scoring.profile import profile_from
from scoring.rubric import Rubric, RubricError, rubric_from
from scoring.wanted import Wanted


@dataclass(frozen=True)
class Published:
    """`document` is the framework's section of `rubric.yml` as plain data, `source` where it came from, and
    `in_force_at` when a server last began to score by it; None: none has. `profile` is `ideal` of `icp.yml`, as
    `profile_document` writes it; None: it was published before profiles were kept."""

    name: Framework
    version: int
    document: Mapping[str, Any]
    published_at: datetime
    source: str
    in_force_at: datetime | None = None
    profile: Mapping[str, Any] | None = None

    @property
    def stamp(self) -> str:
        """`bant@1`: what a score is stamped with."""
        return f"{self.name}@{self.version}"

    @property
    def rubric(self) -> Rubric:
        """Raises RubricError where this version of Banter cannot read it any more."""
        return rubric_from(self.name, self.document)

    @property
    def customer(self) -> Profile | None:
        """The profile; None where it was not kept. Raises RubricError as `rubric` does."""
        return None if self.profile is None else profile_from(self.profile)


@dataclass(frozen=True)
class Edition:
    """What a lead is explained by. `rubric_kept` and `profile_kept`: it is what the lead was scored by; else it was not
    kept, and this is today's."""

    rubric: Rubric
    profile: Profile
    rubric_kept: bool
    profile_kept: bool


def edition(stamp: str | None, standing: Published | None, playbook: Playbook) -> Edition:
    """What a score with that stamp was made with, as far as it was kept: `standing` is what was published as it.
    `stamp` None: there is no score yet, and today's is right."""
    if standing is not None:
        try:
            profile = standing.customer
            return Edition(standing.rubric, playbook.profile if profile is None else profile, True, profile is not None)
        except RubricError:
            pass  # of another version of Banter: as if it had not been kept
    framework = (stamp or "").partition("@")[0]
    today = next((rubric for name, rubric in playbook.rubrics.items() if name == framework), playbook.rubric)
    right = stamp is None or stamp == today.name
    return Edition(today, playbook.profile, right, right)


def profile_document(profile: Profile) -> dict[str, dict[str, Any]]:
    """A profile as plain data that `scoring.profile` reads, with the names that facts go by: `legal`, where the owner
    wrote "solicitors". What it means then does not hang on the lists of today's market.yml."""
    return {
        trait.about: {
            "weight": trait.weight,
            "fits": _plain(trait.fits),
            **({} if trait.disqualifies is None else {"disqualifies": _plain(trait.disqualifies)}),
        }
        for trait in profile.traits
    }


def same_customer(one: Profile, other: Profile) -> bool:
    """Whether both score alike: in which order traits and names stand says nothing."""
    return {_unordered(trait) for trait in one.traits} == {_unordered(trait) for trait in other.traits}


def _unordered(trait: Trait) -> Trait:
    parts = (trait.fits, trait.disqualifies)
    fits, disqualifies = (part and replace(part, names=tuple(sorted(part.names))) for part in parts)
    assert fits is not None
    return replace(trait, fits=fits, disqualifies=disqualifies)


def _plain(wanted: Wanted) -> list[str] | str:
    if wanted.names:
        return list(wanted.names)
    if wanted.least is None:
        return f"under {(wanted.most or 0) + 1}"
    return f"{wanted.least}+" if wanted.most is None else f"{wanted.least}-{wanted.most}"
