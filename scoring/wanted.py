"""What a rule or a profile looks for in a fact: one of some names, or a figure in a range; with tolerance."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.known import FIGURES, Fact, Known

#: A figure this share beyond the end of a range fits nearly.
NEARLY = 0.2
_RANGE = re.compile(r"\s*(?:(\d+)\s*(?:-|to)\s*(\d+)|(\d+)\s*\+|under\s+(\d+))\s*")


@dataclass(frozen=True)
class Wanted:
    """Names in small letters, or a range with both ends in it; None is open."""

    names: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None

    def share(self, fact: Fact) -> float:
        """1 when the fact is what is wanted, a half when a figure is nearly so, else 0.

        Figures: any overlap counts, so "40 to 60 people" is within 50-500.
        """
        if self.names:
            for name in fact.names:
                if name in self.names:
                    return 1.0
            return 0.0
        low = fact.least if fact.least is not None else fact.most
        high = fact.most if fact.most is not None else fact.least
        if low is None or high is None:
            return 0.0
        if fact.least is None:
            low = 0.0  # "up to 40" reaches down to nothing
        if fact.most is None:
            high = float("inf")
        least, most = self.least, self.most
        if (least is None or high >= least) and (most is None or low <= most):
            return 1.0
        near = (least is None or high >= least * (1 - NEARLY)) and (most is None or low <= most * (1 + NEARLY))
        return 0.5 if near else 0.0


@dataclass(frozen=True)
class When:
    """Holds when every fact of `all_of` is known and wanted, and each of `none_of` is known and not wanted.

    What is not known never makes a rule hold: nobody loses points, or the door, for what was not said.
    """

    all_of: Mapping[str, Wanted] = field(default_factory=dict)
    none_of: Mapping[str, Wanted] = field(default_factory=dict)

    def met_by(self, known: Known) -> tuple[Fact, ...] | None:
        """The facts that it rests on, None when it does not hold."""
        found: list[Fact] = []
        for about, wanted in self.all_of.items():
            for fact in known.about(about):
                if wanted.share(fact) == 1:
                    found.append(fact)
                    break
            else:
                return None
        for about, wanted in self.none_of.items():
            there = known.about(about)
            if not there or any(wanted.share(fact) for fact in there):
                return None
            found.append(there[0])
        return tuple(found)


def wanted_from(about: str, data: Any) -> Wanted:
    """A list of names (`[legal, finance]`), or for figures a range: `20-500`, `20+` or `under 20`.

    Raises ValueError with the mend.
    """
    if about in FIGURES:
        found = _RANGE.fullmatch(data) if isinstance(data, str) else None
        if found is None:
            raise ValueError("must be a range, e.g. 20-500, 20+ or under 20")
        low, high, least, below = (int(part) if part else None for part in found.groups())
        low, high = low if least is None else least, high if below is None else below - 1
        if (low is not None and high is not None and low > high) or (high is not None and high < 0):
            raise ValueError("begins above its end; write the smaller number first")
        return Wanted((), low, high)
    if not isinstance(data, (list, tuple)) or not data or not all(isinstance(one, str) and one.strip() for one in data):
        raise ValueError("must be a list of names, e.g. [legal, finance]")
    return Wanted(tuple(dict.fromkeys(one.strip().lower() for one in data)))
