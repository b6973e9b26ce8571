"""What is wrong with a rubric, and a lead that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from scoring.model import CRITERIA, Dimension, Framework, RouteName

Code = Literal[
    "out_of_reach",
    "thresholds_crossed",
    "cannot_be_missed",
    "warm_is_empty",
    "better_worth_less",
    "changes_nothing",
    "decides_alone",
]
CODES: tuple[Code, ...] = get_args(Code)
#: A fault keeps the product from starting; a warning may be meant, and is only told.
Severity = Literal["fault", "warning"]


@dataclass(frozen=True)
class Example:
    """A lead that has given just these `answers` (band by dimension), what it scores and where it goes."""

    answers: Mapping[Dimension, str]
    total: int
    route: RouteName

    def in_words(self, framework: Framework) -> str:
        """`need specific, budget approved, authority not told, timeline not told: 40 points, nurture_warm`."""
        names = CRITERIA[framework].items()
        said = ", ".join(f"{name} {self.answers.get(dimension, 'not told')}" for dimension, name in names)
        return f"{said}: {self.total} points, {self.route}"


@dataclass(frozen=True)
class Finding:
    """`key` is the path of the entry to mend, below the rubric's own section: ("points", "budget", "approved").

    `examples` are one lead, or two that differ in one answer.
    """

    code: Code
    key: tuple[str, ...]
    message: str
    severity: Severity
    examples: tuple[Example, ...]
