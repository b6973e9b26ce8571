"""What is wrong with a file of the owner's, where, and the mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Fault:
    """`line` counts from 1; 0 when there is no line, as in a missing file. `key` is a path: `points.budget.aproved`."""

    file: str
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.key}: {self.message}" if self.key else f"{where}: {self.message}"


class PlaybookError(ValueError):
    """A playbook that cannot be used; `faults` holds every fault of every file."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(report(faults))
        self.faults = faults


def report(faults: Iterable[Fault]) -> str:
    """One fault a line, by file and line: `playbook/rubric.yml:12: bant.points.budget.aproved: unknown band; ...`."""
    return "\n".join(str(fault) for fault in sorted(set(faults)))


def suggestion(wrong: str, right: Iterable[str]) -> str:
    """How to mend a name: the nearest right one, else all of them."""
    names = list(right)
    near = difflib.get_close_matches(wrong.lower(), names, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"use one of {', '.join(names)}"
