"""What was said and is known -> points, one line for each rule that counts. The total is the sum of the lines.

An unknown answer never counts for more than a known one: it adds nothing, and a signal takes at most what its answer
gave.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scoring.behaviour import behaviour_lines
from scoring.fit import Fit, Profile, fit
from scoring.known import NOTHING, Known
from scoring.model import DIMENSIONS, FIT_RULE, Answer, Dimension, Line, Score
from scoring.rubric import Rubric

_ANYBODY = Profile()


def score(
    answers: Mapping[Dimension, Answer], rubric: Rubric, known: Known = NOTHING, profile: Profile = _ANYBODY
) -> Score:
    """Points for each answer under `rubric`, and for what else it counts. A declined, unclear or missing answer gives
    no line and is `missing`."""
    said = {d: answer for d in DIMENSIONS if (answer := answers.get(d)) is not None and answer.said}
    matched = fit(known, profile)
    lines = [
        Line(f"{dimension}.{answer.band}", rubric.points[dimension][answer.band], _words(answer), dimension)
        for dimension, answer in said.items()
    ]
    if not rubric.answers_alone:
        lines += _beside(said, rubric, known, matched)
        if rubric.parts.negatives:  # nothing else takes more than what it takes from
            lines += _floor(lines)
    doubts = {dimension: doubt for dimension, answer in said.items() if (doubt := _doubt(answer))}
    sure, knowable = _confidence(said, doubts, rubric, matched)
    return Score(
        rubric.name,
        tuple(lines),
        tuple([d for d in DIMENSIONS if d not in said]),
        rubric.thresholds_for(known),
        matched,
        sure,
        knowable,
        tuple([f"{dimension}.{doubt}" for dimension, doubt in doubts.items()]),
        _disqualified(known, matched, rubric),
    )


def _beside(said: Mapping[Dimension, Answer], rubric: Rubric, known: Known, matched: Fit | None) -> list[Line]:
    """What counts beside the answers, group by group, and what the caps take off again."""
    groups = {
        "signals": _signals(said, rubric),
        "behaviour": behaviour_lines(known, rubric.parts.behaviour),
        "negatives": _negatives(known, rubric),
    }
    lines = [*groups["signals"], *groups["behaviour"], *groups["negatives"], *_fit(matched, rubric)]
    return lines + _caps(groups, rubric) if rubric.parts.caps else lines


def _floor(lines: Sequence[Line]) -> list[Line]:
    total = sum([line.points for line in lines])
    return [Line("floor.zero", -total, ("No total is below 0.",), None, "rubric")] if total < 0 else []


def _words(answer: Answer) -> tuple[str, ...]:
    return tuple([piece.text for piece in answer.evidence]) or (answer.text,)


def _signals(said: Mapping[Dimension, Answer], rubric: Rubric) -> list[Line]:
    """How exact and how firm each answer is. What they take together is at most what the answer gave."""
    lines = []
    for dimension, given in rubric.parts.signals.items():
        answer = said.get(dimension)
        if answer is None:
            continue
        left = rubric.points[dimension][answer.band]
        exact, firm = given.get(answer.specificity, 0), given.get(answer.commitment, 0)
        both = ((answer.specificity, exact), (answer.commitment, firm))
        for name, worth in both if exact >= firm else both[::-1]:  # what adds comes first, so no order changes anything
            points = max(-left, worth)
            left += points
            if points:
                lines.append(Line(f"signals.{dimension}.{name}", points, _words(answer), dimension))
    return lines


def _negatives(known: Known, rubric: Rubric) -> list[Line]:
    lines = []
    for rule in rubric.parts.negatives:
        facts = rule.when.met_by(known)
        if facts is not None:
            words = tuple([word for fact in facts for word in (fact.words or fact.names[:1])])
            lines.append(Line(f"negatives.{rule.name}", rule.points, words, None, facts[0].source, facts[0].at))
    return lines


def _fit(matched: Fit | None, rubric: Rubric) -> list[Line]:
    points = rubric.parts.fit_adds * matched.percent // 100 if matched else 0
    if matched is None or not points:
        return []
    words = tuple([word for line in matched.lines if line.points for word in line.words])
    return [Line(FIT_RULE, points, words, None, "profile")]


def _caps(groups: Mapping[str, list[Line]], rubric: Rubric) -> list[Line]:
    """What a group has beyond its cap is taken off again, on a line of its own."""
    lines = []
    for group, cap in rubric.parts.caps.items():
        made = sum([line.points for line in groups[group]])
        over = min(0, made + cap) if group == "negatives" else max(0, made - cap)
        if over:
            lines.append(
                Line(f"caps.{group}", -over, (f"{made} points of {group}; the cap is {cap}.",), None, "rubric")
            )
    return lines


def _doubt(answer: Answer) -> str:
    return "guessed" if answer.guessed else "hedged" if _hedged(answer) else ""


def _hedged(answer: Answer) -> bool:
    return answer.commitment == "tentative" or answer.specificity == "vague"


def _confidence(
    said: Mapping[Dimension, Answer], doubts: Mapping[Dimension, str], rubric: Rubric, matched: Fit | None
) -> tuple[int, int]:
    """What is known, and what could be: criteria by the most they can give, traits of the profile by their weight.
    A hedged or guessed answer counts half, and so does a trait that only a sign tells (a phone number's country)."""
    sure = knowable = 0
    for dimension, most in rubric.best.items():
        weight = most or 1
        knowable += 2 * weight
        if dimension in said:
            sure += weight if dimension in doubts else 2 * weight
    for line in matched.lines if matched else ():
        knowable += 2 * line.most
        sure += (2 if line.source == "said" else 1) * line.most if line.known else 0
    return sure, knowable


def _disqualified(known: Known, matched: Fit | None, rubric: Rubric) -> str | None:
    for rule in rubric.parts.disqualifiers:
        if rule.when.met_by(known) is not None:
            return rule.reason
    if matched and matched.disqualified:
        about = matched.disqualified.replace("_", " ")
        words = next((line.words for line in matched.lines if line.about == matched.disqualified), ())
        return f"The profile of your customers rules out this {about}: {', '.join(words)}."
    return None
