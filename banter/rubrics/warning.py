"""What the linter says of a rubric before it is published or tried, as `banter check` says it."""

from __future__ import annotations

from pathlib import Path

from banter.configuration import rubric_warnings
from banter.configuration.faults import Fault
from banter.leads.playbook import Playbook
from banter.rubrics.naming import Named
from scoring.lint import lint


def of_playbook(folder: Path, playbook: Playbook) -> list[str]:
    """Of the rubrics and the profile in `folder`, with file and line."""
    return [str(warning) for warning in rubric_warnings(folder, playbook)]


def of_named(named: Named) -> list[str]:
    """Of a rubric that stands elsewhere, or was published: by its name, without lines."""
    framework = named.rubric.framework
    return [
        "\n".join(
            [
                str(Fault(named.name, 0, ".".join(finding.key), finding.message)),
                *(f"    e.g. {example.in_words(framework)}" for example in finding.examples),
            ]
        )
        for finding in lint(named.rubric, named.profile)
    ]


def faults_of(playbook: Playbook) -> list[str]:
    """What the linter takes for a fault of the rubric in use: it is not to be published."""
    found = lint(playbook.rubric, playbook.profile)
    name = playbook.rubric.framework
    return [f"{name}.{'.'.join(one.key)}: {one.message}" for one in found if one.severity == "fault"]
