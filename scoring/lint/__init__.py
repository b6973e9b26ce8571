"""Is a rubric what its owner means? A rubric -> findings, each with a lead that shows it. Pure.

Nothing is guessed: a rubric has so few different leads that every one of them is scored and routed (`every_lead`), and
the checks ask that table.
"""

from __future__ import annotations

from scoring.lint.criteria import criteria
from scoring.lint.finding import CODES, Code, Example, Finding
from scoring.lint.leads import every_lead
from scoring.lint.thresholds import thresholds
from scoring.rubric import Rubric

__all__ = ["CODES", "Code", "Example", "Finding", "lint"]


def lint(rubric: Rubric) -> tuple[Finding, ...]:
    """Every finding, faults first. `rubric` may be one that `rubric_from` refuses (`as_written`): it refuses just the
    rubrics that have a fault here."""
    leads = every_lead(rubric)
    found = [*thresholds(rubric, leads), *criteria(rubric, leads)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "fault"))
