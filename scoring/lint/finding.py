"""What is wrong with a rubric, and a lead that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from scoring.known import NOTHING, Known
from scoring.model import CRITERIA, Dimension, Framework, RouteName

Code = Literal[
    "out_of_reach",
    "thresholds_crossed",
    "cannot_be_missed",
    "warm_is_empty",
    "better_worth_less",
    "changes_nothing",
    "decides_alone",
    "never_fires",
    "unknown_name",
    "deals_overlap",
    "deals_gape",
    "cap_below_parts",
    "disqualifies_ideal",
    "clicks_drown_fit",
    "border_too_wide",
]
CODES: tuple[Code, ...] = get_args(Code)
#: A fault keeps the product from starting; a warning may be meant, and is only told.
Severity = Literal["fault", "warning"]


@dataclass(frozen=True)
class Example:
    """A lead that has given just these `answers` (band by dimension) and of whom this is `known`; what it scores and
    where it goes. `specificity` and `commitment` are those of its answers."""

    answers: Mapping[Dimension, str]
    total: int
    route: RouteName
    known: Known = NOTHING
    specificity: str = "some"
    commitment: str = "intending"

    def in_words(self, framework: Framework) -> str:
        """`need specific, budget approved, authority not told, timeline not told, size 40: 40 points, nurture_warm`."""
        names = CRITERIA[framework].items()
        said = [f"{name} {self.answers.get(dimension, 'not told')}" for dimension, name in names]
        if (self.specificity, self.commitment) != ("some", "intending"):
            said.append(f"said {self.specificity} and {self.commitment}")
        said += [f"{about.replace('_', ' ')} {facts[0].plain}" for about, facts in self.known.facts.items()]
        did = {event.kind: sum(one.kind == event.kind for one in self.known.events) for event in self.known.events}
        said += [f"{kind.replace('_', ' ')} {times} times" for kind, times in did.items()]
        return f"{', '.join(said)}: {self.total} points, {self.route}"


@dataclass(frozen=True)
class Finding:
    """`key` is the path of the entry to mend, below the rubric's own section: ("points", "budget", "approved").

    `examples` are one lead, or two that differ in one thing.
    """

    code: Code
    key: tuple[str, ...]
    message: str
    severity: Severity
    examples: tuple[Example, ...]
