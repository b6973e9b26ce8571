"""How well a lead matches the ideal customer: a score of its own, beside what they said they want to buy.

What is not known is neither a match nor a miss. It adds nothing, and the fit says how much better it could still be;
so an unknown lead is never called a bad one, and never counts for more than one that is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scoring.known import Fact, Known
from scoring.wanted import Wanted


@dataclass(frozen=True)
class Trait:
    """One trait of the ideal customer: what counts as it, for how much, and what rules a lead out."""

    about: str  # of `scoring.known.TRAITS`
    weight: int
    fits: Wanted
    disqualifies: Wanted | None = None


@dataclass(frozen=True)
class Profile:
    """The ideal customer. Without traits there is nothing to compare with."""

    traits: tuple[Trait, ...] = ()

    @property
    def most(self) -> int:
        return sum([trait.weight for trait in self.traits])


@dataclass(frozen=True)
class FitLine:
    """One trait of a lead: `points` of `most`; `words` are what it rests on, from `source`. Not known: no points."""

    about: str
    points: int
    most: int
    known: bool
    words: tuple[str, ...] = ()
    source: str = ""
    at: date | None = None


@dataclass(frozen=True)
class Fit:
    """The traits one by one. `disqualified` names the trait that rules the lead out."""

    lines: tuple[FitLine, ...]
    disqualified: str | None = None

    @property
    def points(self) -> int:
        return sum([line.points for line in self.lines])

    @property
    def most(self) -> int:
        return sum([line.most for line in self.lines])

    @property
    def percent(self) -> int:
        """What is known to fit, of all that was asked for."""
        most = self.most
        return 100 * self.points // most if most else 0

    @property
    def at_best(self) -> int:
        """The percent if all that is not known yet turned out to fit."""
        most = self.most
        return 100 * sum([line.points if line.known else line.most for line in self.lines]) // most if most else 100

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple([line.about for line in self.lines if not line.known])


def fit(known: Known, profile: Profile) -> Fit | None:
    """The lead compared with the profile, None without one."""
    if not profile.traits:
        return None
    lines = []
    disqualified = None
    for trait in profile.traits:
        facts = known.about(trait.about)
        lines.append(_line(trait, facts))
        if trait.disqualifies and not disqualified and any(trait.disqualifies.share(fact) == 1 for fact in facts):
            disqualified = trait.about
    return Fit(tuple(lines), disqualified)


def _line(trait: Trait, facts: tuple[Fact, ...]) -> FitLine:
    if not facts:
        return FitLine(trait.about, 0, trait.weight, False)
    best = facts[0] if len(facts) == 1 else max(facts, key=trait.fits.share)  # who uses Excel and HubSpot uses Excel
    points = int(trait.weight * trait.fits.share(best))
    return FitLine(trait.about, points, trait.weight, True, best.words or best.names[:1], best.source, best.at)
