"""A lead, and what it was scored by -> its explanation. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from banter.explaining import changed, words
from banter.explaining.explanation import Explanation, FitPoint, FitSaid, Flag, Point
from banter.leads import plain
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.leads.published import Edition
from banter.leads.qualify import verdict
from banter.leads.requalifying import flags_of
from scoring.change import Change
from scoring.fit import Fit
from scoring.model import CRITERIA, Dimension, Line, Route, RouteName, Score
from scoring.rubric import Rubric
from scoring.verdict import Verdict, missing, stage


def explain(lead: Lead, by: Edition, playbook: Playbook, overrides: Sequence[Override] = ()) -> Explanation:
    """The explanation of `lead`, which was scored by `by` while `playbook` counts today."""
    rubric, score = by.rubric, lead.score
    total = score.total if score else 0
    limits = (score.thresholds if score else None) or (rubric.limits(score) if score else rubric.thresholds)
    made = _again(lead, by, playbook) if score and lead.route else None
    change, sentence, note = _change(lead, by, made)
    today = playbook.rubrics.get(rubric.framework, playbook.rubric).name
    return Explanation(
        framework=rubric.framework,
        rubric=score.rubric if score else None,
        today=today,
        kept=by.rubric_kept,
        total=total,
        most=max(total, rubric.most) if by.rubric_kept else None,
        bar=max(total, rubric.most, limits.qualified, 1),
        thresholds=limits,
        lines=(*_criteria(lead, by), *_beside(lead, by)),
        fit=_fit(score.fit) if score and score.fit else None,
        segment=limits.segment(total) if score else None,
        stage=stage(score, lead.route) if score and lead.route else None,
        confidence=score.confidence if score else None,
        missing=_unknown(score),
        flags=tuple(Flag(name, words.flag(name, rubric.framework)) for name in flags_of(lead) if not _said(name)),
        route=lead.route.name if lead.route else None,
        final=lead.route.final if lead.route else True,
        why=deciding(lead.route, rubric) if lead.route else (),
        now=_elsewhere_now(lead, by, made),
        change=change,
        changed=sentence,
        changed_by=note,
        overrides=tuple(overrides),
    )


def deciding(route: Route, rubric: Rubric) -> tuple[str, ...]:
    """The reasons but those that only repeat a line of the score, which stand behind the others."""
    criteria = tuple(name.capitalize() for name in CRITERIA[rubric.framework].values())
    groups = tuple(f"{name}, " for name in ("Signals", "Behaviour", "Negatives", "Fit", "Caps", "Floor"))
    heads = (*(f"{name}: " for name in criteria), *(f"{name}, said " for name in criteria), *groups)
    last = len(route.reasons)
    while last > 1 and route.reasons[last - 1].startswith(heads):
        last -= 1
    return route.reasons[:last]


def _again(lead: Lead, by: Edition, playbook: Playbook) -> Verdict:
    """The verdict on the lead as it stands, by what it was scored by."""
    framework = by.rubric.framework
    then = replace(
        playbook,
        rubrics={**playbook.rubrics, framework: by.rubric},
        conversation=replace(playbook.conversation, framework=framework),
        profile=by.profile,
    )
    return verdict(lead, then)


def _elsewhere_now(lead: Lead, by: Edition, made: Verdict | None) -> RouteName | None:
    if made is None or lead.route is None or not by.rubric_kept or made.route.name == lead.route.name:
        return None
    return made.route.name


def _change(lead: Lead, by: Edition, made: Verdict | None) -> tuple[Change | None, str, str]:
    """The smallest change, as a sentence, and what it is told by where that is not what the lead was scored by."""
    if made is None or lead.score is None or lead.route is None:
        return None, changed.UNDECIDED, ""
    if made.disqualified or made.elsewhere or lead.score.disqualified:
        return None, changed.NOT_BY_POINTS, ""
    if (made.total, made.route.name) != (lead.score.total, lead.route.name):
        return None, f"Cannot be told any more: {_why_not(lead.score, by)}", ""
    change, note = made.counterfactual, ""
    if not by.rubric_kept:
        note = f"By {by.rubric.name}, because {lead.score.rubric} was not kept."
    elif not by.profile_kept:
        note = f"By today's icp.yml, because the profile of {lead.score.rubric} was not kept."
    if change is None:
        return None, changed.NOTHING_WOULD, note
    return change, changed.said(change, lead, by.rubric.framework), note


def _why_not(score: Score, by: Edition) -> str:
    if not by.rubric_kept:
        return f"{score.rubric} was not kept."
    return "more is known of the lead by now than when it was scored."


def _criteria(lead: Lead, by: Edition) -> tuple[Point, ...]:
    return tuple(_criterion(lead, dimension, by) for dimension in CRITERIA[by.rubric.framework])


def _criterion(lead: Lead, dimension: Dimension, by: Edition) -> Point:
    answer, lines = lead.answers.get(dimension), lead.score.lines if lead.score else ()
    line = next((line for line in lines if line.dimension == dimension and line.group == "answers"), None)
    name = words.criterion(dimension, by.rubric.framework)
    most = max(by.rubric.points[dimension].values()) if by.rubric_kept else None
    if line is None:
        said = () if answer is None else tuple(e.text for e in answer.evidence) or (answer.text,)
        missing = f"{plain.missing(answer, dimension in lead.asked)}, so it adds nothing"
        return Point(name, missing, None, most, None, "answers", dimension, said)
    read = ""
    if answer is not None:
        understood = plain.understood(answer.value)
        read = f"{f'Read as {understood}. ' if understood else ''}{plain.manner(answer)}."
    return Point(
        name,
        words.plain(line),
        line.points,
        most,
        line.rule,
        line.group,
        dimension,
        line.evidence,
        read,
        words.whence(line.source, line.at),
    )


def _beside(lead: Lead, by: Edition) -> tuple[Point, ...]:
    """Points that are no answer's: a signal, a visit, a cap."""
    score = lead.score
    if score is None:
        return ()
    scored_on = lead.changed_at.date()
    return tuple(_line(line, score, by, scored_on) for line in score.lines if line.group != "answers")


def _line(line: Line, score: Score, by: Edition, scored_on: date) -> Point:
    return Point(
        words.about(line, by.rubric.framework),
        words.plain(line, score.fit.percent if score.fit else None),
        line.points,
        _most(line, by),
        line.rule,
        line.group,
        line.dimension,
        line.evidence if line.group in ("behaviour", "negatives") else (),  # of the others they stand elsewhere
        note=_note(line, by, scored_on),
    )


def _most(line: Line, by: Edition) -> int | None:
    parts = by.rubric.parts
    if not by.rubric_kept:
        return None
    if line.group == "behaviour":
        worth = parts.behaviour.worth.get(line.rule.partition(".")[2])
        return worth.most if worth else None
    return parts.fit_adds or None if line.rule == "fit.profile" else None


def _note(line: Line, by: Edition, scored_on: date) -> str:
    """Where it comes from; of what fades, how old it was when it was scored."""
    where = words.whence(line.source, line.at) if line.group not in ("fit", "caps", "floor") else ""
    half_life = by.rubric.parts.behaviour.half_life
    if line.group != "behaviour" or line.at is None or not half_life or not by.rubric_kept:
        return where
    return f"{where}, {words.age((scored_on - line.at).days)}; half is left after {half_life} days"


def _fit(fit: Fit) -> FitSaid:
    lines = tuple(
        FitPoint(
            line.about,
            words.trait(line.about),
            words.verdict_on(line, fit.disqualified),
            line.points,
            line.most,
            line.known,
            line.words,
            words.whence(line.source, line.at) if line.known else "",
        )
        for line in fit.lines
    )
    return FitSaid(fit.percent, fit.at_best, lines)


def _said(flag: str) -> bool:
    """Whether a line or a reason says it already."""
    return flag == "border" or flag.endswith(".capped")


def _unknown(score: Score | None) -> tuple[str, ...]:
    found = (name.partition(".")[2] for name in missing(score) if name.startswith("fit.")) if score else ()
    return tuple(words.trait(name).lower() for name in found)
