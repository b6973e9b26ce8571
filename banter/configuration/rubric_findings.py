"""What `scoring.lint` finds in `rubric.yml`, with file and line: `banter check` tells it, and nothing stops for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from banter.configuration import icp, rubric
from banter.configuration.checks import shown
from banter.configuration.document import read_document
from banter.configuration.faults import Fault
from banter.configuration.section import Section
from banter.configuration.vocabulary import vocabulary_of
from banter.leads.playbook import Playbook
from scoring.lint import lint


@dataclass(frozen=True, order=True)
class Warned:
    """A place that may be meant so, one or two leads that show what follows from it, in words, and by which name
    docs/rubric-checks.md explains it."""

    at: Fault
    examples: tuple[str, ...]
    code: str

    def __str__(self) -> str:
        return "\n".join([f"{self.at} [{self.code}]", *(f"    e.g. {example}" for example in self.examples)])


def rubric_warnings(folder: Path, playbook: Playbook) -> list[Warned]:
    """The warnings on both rubrics of the playbook that was read from `folder`, by file and line."""
    found: dict[Fault, Warned] = {}
    vocabulary = vocabulary_of(playbook)
    for framework, made in playbook.rubrics.items():
        for finding in lint(made, playbook.profile, vocabulary):
            of_profile = finding.key[0] == "icp"
            file = folder / (icp.FILE if of_profile else rubric.FILE)
            document, _ = read_document(file, shown(file))
            if document is not None:
                place = Section(shown(file), document, ())
                place.fault(
                    finding.message, *(("ideal", *finding.key[1:]) if of_profile else (framework, *finding.key))
                )
                examples = tuple(one.in_words(framework) for one in finding.examples)
                at = place.faults[0]
                found.setdefault(at, Warned(at, examples, finding.code))  # both rubrics have the same profile
    return sorted(found.values())
