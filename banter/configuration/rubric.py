"""`rubric.yml`: points and thresholds, a section for each framework. The rules themselves are `scoring.rubric`'s."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from banter.configuration.conversation import FRAMEWORKS
from banter.configuration.section import Section
from scoring.fit import Profile
from scoring.lint import lint
from scoring.model import BANDS, CRITERIA, Framework
from scoring.parts import MOST_POINTS, PARTS
from scoring.rubric import Rubric, RubricError, as_written, problems, rubric_from

FILE = "rubric.yml"
#: Parts that compare with the ideal customer; `without_profile` tells where there is none.
_OF_PROFILE = ("fit", "handoff")
_ANYBODY = Profile()


def read_rubrics(section: Section, profile: Profile = _ANYBODY) -> dict[Framework, Rubric]:
    """Both rubrics; those without a fault only. `profile` is who leads are compared with, where that is known."""
    section.only(*FRAMEWORKS, what="framework")
    rubrics: dict[Framework, Rubric] = {}
    for framework in FRAMEWORKS:
        below = section.below(framework, "{version: 1, points: ..., thresholds: ...}")
        if below is not None and (rubric := _rubric(below, framework, profile)) is not None:
            rubrics[framework] = rubric
    return rubrics


def _rubric(section: Section, framework: Framework, profile: Profile) -> Rubric | None:
    # `rubric_from` stops at its first fault; an owner wants all. So the form is read here, and what only the whole
    # can show (a threshold out of reach, say) is left to it.
    before = len(section.faults)
    section.only("version", "points", "thresholds", *PARTS)
    section.whole("version", 1, 1_000_000)
    thresholds = section.below("thresholds", "{qualified: 75, warm: 40}")
    if thresholds:
        thresholds.only("qualified", "warm", what="threshold")
        for name in ("qualified", "warm"):
            thresholds.whole(name, 0, 4 * MOST_POINTS)
    points = section.below("points", "{budget: {...}, ...}")
    if points:
        criteria = CRITERIA[framework]
        _renamed(points, framework)
        for dimension, name in criteria.items():
            bands = points.below(name, "{" + ", ".join(f"{band}: 5" for band in BANDS[dimension]) + "}")
            if bands:
                _without_points(bands)
                bands.only(*BANDS[dimension], "declined", "unclear", what="band")
                for band in BANDS[dimension]:
                    bands.whole(band, 0, MOST_POINTS)
    if len(section.faults) > before:
        return None
    data = section.entry.plain()
    wrong = problems(framework, data)
    if not wrong:
        return rubric_from(framework, data)
    for key, message in _shown(framework, data, profile) or [(fault.key, fault.message) for fault in wrong]:
        section.fault(message, *key)
    return None


def without_profile(section: Section, rubrics: Mapping[Framework, Rubric]) -> None:
    """Parts that compare with the ideal customer where there is none could never count."""
    for framework, rubric in rubrics.items():
        for part, used in zip(_OF_PROFILE, (rubric.parts.fit_adds, rubric.parts.handoff), strict=True):
            if used:
                section.fault("compares with the ideal customer; describe it in icp.yml", framework, part)


def _shown(framework: Framework, data: Mapping[str, Any], profile: Profile) -> list[tuple[tuple[str, ...], str]]:
    """Why thresholds are refused, each with a lead that shows it."""
    try:
        found = lint(as_written(framework, data), profile)
    except RubricError:
        return []
    return [
        (finding.key, f"{finding.message}; e.g. {finding.examples[0].in_words(framework)}")
        for finding in found
        if finding.severity == "fault" and finding.key[0] not in _OF_PROFILE
    ]


def _renamed(points: Section, framework: Framework) -> None:
    """A criterion under the other framework's name gets the right name, not the nearest spelling."""
    right = CRITERIA[framework]
    other: Framework = "champ" if framework == "bant" else "bant"
    names = {name: right[dimension] for dimension, name in CRITERIA[other].items()}
    for name in points.names:
        if name not in right.values() and name in names:
            points.fault(f"unknown criterion; {framework} calls it {names[name]}", name)
    points.only(*right.values(), *(name for name in names if name not in right.values()), what="criterion")


def _without_points(bands: Section) -> None:
    for band in ("declined", "unclear"):
        if band in bands.names:
            bands.fault("gives no points: what is not said is shown as missing; leave this line out", band)
