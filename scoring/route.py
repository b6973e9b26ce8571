"""Points -> where the lead goes. The name follows from the number alone, so that the two cannot disagree."""

from __future__ import annotations

from collections.abc import Mapping

from scoring.model import CRITERIA, Answer, Dimension, Route, RouteName, Score
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
    `too_small`) and beats any total.
    `elsewhere` is `handover` or `support` when the visitor asked for that instead of a conversation about buying.
    """
    if disqualified:
        who = _NOT_SERVED.get(disqualified) or f"The visitor is a {disqualified.replace('_', ' ')}, not a buyer."
        return Route("disqualified", (who,), final=True)
    if elsewhere:
        asked = {"handover": "The visitor asked for a person.", "support": "The visitor is a customer who needs help."}
        return Route(elsewhere, (asked.get(elsewhere, elsewhere),), final=True)
    total = score.total
    if total >= rubric.qualified:
        name: RouteName = "book"
        why = f"{total} of {rubric.most} points: {rubric.qualified} or more is qualified."
    elif total >= rubric.warm:
        name = "nurture_warm"
        why = f"{total} of {rubric.most} points: {rubric.warm} to {rubric.qualified - 1} is warm."
    else:
        name = "nurture_cold"
        why = f"{total} of {rubric.most} points: below {rubric.warm} is cold."
    return Route(name, (why, *_reasons(score, rubric, answers)), final)


def _reasons(score: Score, rubric: Rubric, answers: Mapping[Dimension, Answer]) -> tuple[str, ...]:
    names = CRITERIA[rubric.framework]
    gained = [
        f"{names[line.dimension].capitalize()}: {line.rule.split('.')[1].replace('_', ' ')}, "
        f"{line.points} of {max(rubric.points[line.dimension].values())}."
        for line in score.lines
    ]
    lost = []
    for dimension in score.missing:
        answer = answers.get(dimension)
        said = "not asked yet" if answer is None else "not told" if answer.band == "declined" else "not clear"
        lost.append(f"{names[dimension].capitalize()}: {said}, so it adds nothing.")
    return (*gained, *lost)
