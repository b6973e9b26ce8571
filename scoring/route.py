"""Points -> where the lead goes. The name follows from the score alone, so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scoring.model import CRITERIA, Answer, Dimension, Line, Route, RouteName, Score
from scoring.parts import Handoff
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
    figures = _figures(score)
    name = _by_figures(figures, score, rubric)
    return Route(name, (*_why(figures, score, rubric, name), *_reasons(score, rubric, answers)), final)


def by_points(score: Score, rubric: Rubric) -> RouteName:
    """Where the points alone send the lead. One that is qualified however the border falls is booked; one that would be
    if it fell kindly goes to a person; the others get mails, by their segment."""
    return _by_figures(_figures(score), score, rubric)


class _Figures(NamedTuple):
    """What decides, read off the score once: the fit in percent as it is known, and if all that is not known spoke for
    the lead."""

    total: int
    intent: int
    fit: int
    at_best: int


def _figures(score: Score) -> _Figures:
    if score.fit is None:
        return _Figures(score.total, score.intent, 0, 100)
    return _Figures(score.total, score.intent, score.fit.percent, score.fit.at_best)


def _by_figures(figures: _Figures, score: Score, rubric: Rubric) -> RouteName:
    if score.disqualified:
        return "disqualified"
    border = rubric.parts.border
    if _qualified(figures, figures.fit, -border, score, rubric):
        return "book"
    if _qualified(figures, figures.at_best, border, score, rubric):
        return "handover"
    return "nurture_cold" if rubric.limits(score).segment(figures.total) == "cold" else "nurture_warm"


def _qualified(figures: _Figures, fit: int, grace: int, score: Score, rubric: Rubric) -> bool:
    """With this fit, and `grace` points more."""
    handoff = rubric.parts.handoff
    if handoff is None:
        return figures.total + grace >= rubric.limits(score).qualified
    if any(dimension in score.missing for dimension in handoff.enough):
        return False
    return handoff.met(fit, figures.intent + grace)


def _why(figures: _Figures, score: Score, rubric: Rubric, name: RouteName) -> list[str]:
    """The first reasons: the total among the thresholds, then what the hand-off rule and the border made of it."""
    limits, parts, total = rubric.limits(score), rubric.parts, figures.total
    means = {
        "hot": f"{limits.qualified} or more is qualified",
        "warm": f"{limits.warm} to {limits.qualified - 1} is warm",
        "cold": f"below {limits.warm} is cold",
    }
    of = f" for {limits.name.replace('_', ' ')}" if limits.name else ""
    reasons = [f"{total} of {rubric.most} points: {means[limits.segment(total)]}{of}."]
    if parts.handoff is not None:
        reasons.append(_handed_off(figures, score, rubric, parts.handoff, name))
    elif name == "handover":
        reasons.append(f"{parts.border} points or fewer from {limits.qualified}: a person decides.")
    return reasons


def _handed_off(figures: _Figures, score: Score, rubric: Rubric, rule: Handoff, name: RouteName) -> str:
    lacking = [CRITERIA[rubric.framework][d] for d in rule.enough if d in score.missing]
    if lacking:
        return f"Not enough is said to open a call with: {', '.join(lacking)} is missing."
    known = "not known" if score.fit is None else f"{figures.fit}%"
    if score.fit is not None and figures.at_best > figures.fit:
        known += f", {figures.at_best}% at best"
    said = f"fit {known}, intent {figures.intent} points"
    if name == "book":
        return f"Ready for sales: {said}."
    if name == "handover":
        return f"On the border of what sales takes, so a person decides: {said}."
    return f"Not for sales yet: {said}."


def _reasons(score: Score, rubric: Rubric, answers: Mapping[Dimension, Answer]) -> list[str]:
    told = rubric.sentences
    reasons = []
    for line in score.lines:
        sentence = told.get((line.rule, line.points))
        if sentence is None:
            sentence = told[line.rule, line.points] = _line(line, rubric)
        reasons.append(sentence)
    for dimension in score.missing:
        answer = answers.get(dimension)
        said = "not asked yet" if answer is None else "not told" if answer.band == "declined" else "not clear"
        reasons.append(f"{rubric.criteria[dimension]}: {said}, so it adds nothing.")
    return reasons


def _line(line: Line, rubric: Rubric) -> str:
    head, _, rule = line.rule.partition(".")
    what = rule.replace("_", " ")
    if line.dimension is None:
        return f"{head.capitalize()}, {what}: {line.points:+d}."
    name = rubric.criteria[line.dimension]
    if head == line.dimension:
        return f"{name}: {what}, {line.points} of {rubric.best[line.dimension]}."
    return f"{name}, said {what.rpartition('.')[2]}: {line.points:+d}."
