"""What `scoring.lint` finds in `rubric.yml`, with file and line: `banter check` tells it, and nothing stops for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from banter.configuration import rubric
from banter.configuration.checks import shown
from banter.configuration.document import read_document
from banter.configuration.faults import Fault
from banter.configuration.section import Section
from scoring.lint import lint


@dataclass(frozen=True, order=True)
class Warned:
    """A place that may be meant so, and one or two leads that show what follows from it, in words."""

    at: Fault
    examples: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([str(self.at), *(f"    e.g. {example}" for example in self.examples)])


def rubric_warnings(folder: Path) -> list[Warned]:
    """The warnings on both rubrics, by line. A rubric with a fault has none: `check` names the fault."""
    file = shown(folder / rubric.FILE)
    document, _ = read_document(folder / rubric.FILE, file)
    if document is None:
        return []
    section = Section(file, document, ())
    found = []
    for framework, made in rubric.read_rubrics(section).items():
        for finding in lint(made):
            place = Section(file, document, ())
            place.fault(finding.message, framework, *finding.key)
            found.append(Warned(place.faults[0], tuple(one.in_words(framework) for one in finding.examples)))
    return sorted(found)
