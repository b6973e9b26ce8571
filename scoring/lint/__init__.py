"""Is a rubric what its owner means? A rubric -> findings, each with a lead that shows it. Pure.

Nothing is guessed: a rubric tells so few leads apart by their answers that every one of them is scored and routed
(`every_lead`), and what is known beside is tried at the ends of every range (`people`).
"""

from __future__ import annotations

from scoring.fit import Profile
from scoring.lint.beside import beside
from scoring.lint.conditions import conditions
from scoring.lint.criteria import criteria
from scoring.lint.finding import CODES, Code, Example, Finding
from scoring.lint.leads import every_lead
from scoring.lint.names import names
from scoring.lint.thresholds import thresholds
from scoring.lint.vocabulary import ANY_NAMES, Names, Vocabulary
from scoring.rubric import Rubric

__all__ = ["CODES", "Code", "Example", "Finding", "Names", "Vocabulary", "lint"]
_ANYBODY = Profile()


def lint(rubric: Rubric, profile: Profile = _ANYBODY, vocabulary: Vocabulary = ANY_NAMES) -> tuple[Finding, ...]:
    """Every finding, faults first. `rubric` may be one that `rubric_from` refuses (`as_written`): it refuses just the
    rubrics that have a fault here. A key that begins with "icp" is the profile's. `vocabulary` says which names facts
    can have, as far as the caller knows."""
    leads = every_lead(rubric, profile)
    found = [
        *thresholds(rubric, profile, leads),
        *criteria(rubric, profile, leads),
        *conditions(rubric, profile, vocabulary),
        *names(rubric, profile, vocabulary),
        *beside(rubric, profile, leads),
    ]
    return tuple(sorted(found, key=lambda finding: finding.severity != "fault"))
