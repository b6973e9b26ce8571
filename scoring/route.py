"""Points -> where the lead goes. The name follows from the score alone, so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.model import CRITERIA, Answer, Dimension, Line, Route, RouteName, Score
from scoring.rubric import Rubric

_NOT_SERVED = {
    "territory": "The visitor's business is outside of the countries you sell in.",
    "too_small": "The visitor's company is smaller than those you sell to.",
}


def route(
    score: Score,
    rubric: Rubric,
    answers: Mapping[Dimension, Answer],
    *,
    final: bool,
    disqualified: str | None = None,
    elsewhere: RouteName | None = None,
) -> Route:
    """The route and its reasons.

    `disqualified` names what rules the lead out (`student`, `job_seeker`, `vendor`, `competitor`, `territory`,
    `too_small`) and beats any total, as a disqualifier of the rubric or the profile does.
    `elsewhere` is `handover` or `support` when the visitor asked for that instead of a conversation about buying.
    """
    if disqualified:
        who = _NOT_SERVED.get(disqualified) or f"The visitor is a {disqualified.replace('_', ' ')}, not a buyer."
        return Route("disqualified", (who,), final=True)
    if score.disqualified:
        return Route("disqualified", (score.disqualified,), final=True)
    if elsewhere:
        asked = {"handover": "The visitor asked for a person.", "support": "The visitor is a customer who needs help."}
        return Route(elsewhere, (asked.get(elsewhere, elsewhere),), final=True)
    return Route(by_points(score, rubric), (*_why(score, rubric), *_reasons(score, rubric, answers)), final)


def by_points(score: Score, rubric: Rubric) -> RouteName:
    """Where the points alone send the lead. One that is qualified however the border falls is booked; one that would be
    if it fell kindly goes to a person; the others get mails, by their segment."""
    if score.disqualified:
        return "disqualified"
    border = rubric.parts.border
    if _qualified(score, rubric, -border, kindly=False):
        return "book"
    if _qualified(score, rubric, border, kindly=True):
        return "handover"
    limits = rubric.limits(score)
    return "nurture_cold" if limits.segment(score.total) == "cold" else "nurture_warm"


def _qualified(score: Score, rubric: Rubric, grace: int, *, kindly: bool) -> bool:
    """With `grace` points more; `kindly`, as if all that is not known of the fit spoke for the lead."""
    handoff = rubric.parts.handoff
    if handoff is None:
        return score.total + grace >= rubric.limits(score).qualified
    if any(dimension in score.missing for dimension in handoff.enough):
        return False
    fit = score.fit
    percent = (100 if kindly else 0) if fit is None else fit.at_best if kindly else fit.percent
    return handoff.met(percent, score.intent + grace)


def _why(score: Score, rubric: Rubric) -> tuple[str, ...]:
    """The first reasons: the total among the thresholds, then what the hand-off rule and the border made of it."""
    limits = rubric.limits(score)
    total, parts, name = score.total, rubric.parts, by_points(score, rubric)
    means = {
        "hot": f"{limits.qualified} or more is qualified",
        "warm": f"{limits.warm} to {limits.qualified - 1} is warm",
        "cold": f"below {limits.warm} is cold",
    }
    of = f" for {limits.name.replace('_', ' ')}" if limits.name else ""
    reasons = [f"{total} of {rubric.most} points: {means[limits.segment(total)]}{of}."]
    if parts.handoff is not None:
        reasons.append(_handed_off(score, rubric, name))
    elif name == "handover":
        reasons.append(f"{parts.border} points or fewer from {limits.qualified}: a person decides.")
    return tuple(reasons)


def _handed_off(score: Score, rubric: Rubric, name: RouteName) -> str:
    rule, fit = rubric.parts.handoff, score.fit
    assert rule is not None
    lacking = [CRITERIA[rubric.framework][d] for d in rule.enough if d in score.missing]
    if lacking:
        return f"Not enough is said to open a call with: {', '.join(lacking)} is missing."
    known = "not known" if fit is None else f"{fit.percent}%"
    if fit is not None and fit.at_best > fit.percent:
        known += f", {fit.at_best}% at best"
    figures = f"fit {known}, intent {score.intent} points"
    if name == "book":
        return f"Ready for sales: {figures}."
    if name == "handover":
        return f"On the border of what sales takes, so a person decides: {figures}."
    return f"Not for sales yet: {figures}."


def _reasons(score: Score, rubric: Rubric, answers: Mapping[Dimension, Answer]) -> tuple[str, ...]:
    names = CRITERIA[rubric.framework]
    gained = [_line(line, rubric) for line in score.lines]
    lost = []
    for dimension in score.missing:
        answer = answers.get(dimension)
        said = "not asked yet" if answer is None else "not told" if answer.band == "declined" else "not clear"
        lost.append(f"{names[dimension].capitalize()}: {said}, so it adds nothing.")
    return (*gained, *lost)


def _line(line: Line, rubric: Rubric) -> str:
    if line.dimension is not None:
        name = CRITERIA[rubric.framework][line.dimension].capitalize()
        what = line.rule.rpartition(".")[2].replace("_", " ")
        if line.group == "answers":
            return f"{name}: {what}, {line.points} of {max(rubric.points[line.dimension].values())}."
        return f"{name}, said {what}: {line.points:+d}."
    group, _, rule = line.rule.partition(".")
    return f"{group.capitalize()}, {rule.replace('_', ' ')}: {line.points:+d}."
