"""The points of a lead, told as plainly as can be and as slowly: what `scoring.score` must agree with, lead by lead."""

from __future__ import annotations

from fractions import Fraction

from scoring.fit import Profile, Trait
from scoring.known import Fact, Known
from scoring.model import DIMENSIONS, Answer, Dimension
from scoring.rubric import Rubric
from scoring.wanted import Wanted, When

Points = dict[str, int]


def points_of(answers: dict[Dimension, Answer], rubric: Rubric, known: Known, profile: Profile) -> Points:
    """By rule, in no order."""
    said = {d: answers[d] for d in DIMENSIONS if d in answers and answers[d].band not in ("declined", "unclear")}
    made = {f"{d}.{answer.band}": rubric.points[d][answer.band] for d, answer in said.items()}
    signals, behaviour, negatives = _signals(said, rubric), _behaviour(known, rubric), _negatives(known, rubric)
    made |= signals | behaviour | negatives
    share = sum(_fit(known, trait) for trait in profile.traits)
    most = sum(trait.weight for trait in profile.traits)
    if most and rubric.parts.fit_adds * (100 * share // most) // 100:
        made["fit.profile"] = rubric.parts.fit_adds * (100 * share // most) // 100
    for name, group in (("signals", signals), ("behaviour", behaviour), ("negatives", negatives)):
        if name in rubric.parts.caps:
            cap, total = rubric.parts.caps[name], sum(group.values())
            if name == "negatives" and total < -cap:
                made["caps.negatives"] = -cap - total
            if name != "negatives" and total > cap:
                made[f"caps.{name}"] = cap - total
    if sum(made.values()) < 0:
        made["floor.zero"] = -sum(made.values())
    return made


def holds(when: When, known: Known) -> bool:
    wanted = all(any(_share(w, fact) == 1 for fact in known.about(about)) for about, w in when.all_of.items())
    return wanted and all(
        known.about(about) and all(_share(w, fact) == 0 for fact in known.about(about))
        for about, w in when.none_of.items()
    )


def _signals(said: dict[Dimension, Answer], rubric: Rubric) -> Points:
    made = {}
    for dimension, answer in said.items():
        given = rubric.parts.signals.get(dimension, {})
        left = rubric.points[dimension][answer.band]
        signs = (answer.specificity, answer.commitment)
        for sign in sorted(signs, key=lambda sign: given.get(sign, 0), reverse=True):
            counted = given.get(sign, 0)
            if left + counted < 0:
                counted = -left
            left += counted
            if counted:
                made[f"signals.{dimension}.{sign}"] = counted
    return made


def _behaviour(known: Known, rubric: Rubric) -> Points:
    made = {}
    for kind, worth in rubric.parts.behaviour.worth.items():
        total = 0.0
        for event in known.events:
            if event.kind == kind:
                days = (known.now - event.at).total_seconds() / 86_400 if known.now else 0
                half_lives = max(0, days) / rubric.parts.behaviour.half_life if rubric.parts.behaviour.half_life else 0
                total += worth.points * 2**-half_lives
        if int(min(total, worth.most) + 0.5):
            made[f"behaviour.{kind}"] = int(min(total, worth.most) + 0.5)
    return made


def _negatives(known: Known, rubric: Rubric) -> Points:
    return {f"negatives.{rule.name}": rule.points for rule in rubric.parts.negatives if holds(rule.when, known)}


def _fit(known: Known, trait: Trait) -> int:
    return int(trait.weight * max((_share(trait.fits, fact) for fact in known.about(trait.about)), default=0))


def _share(wanted: Wanted, fact: Fact) -> Fraction:
    if wanted.names:
        return Fraction(bool(set(wanted.names) & set(fact.names)))
    if fact.least is None and fact.most is None:
        return Fraction(0)
    low, high = fact.least or 0, float("inf") if fact.most is None else fact.most
    for slack, share in ((0.0, Fraction(1)), (0.2, Fraction(1, 2))):
        least = 0 if wanted.least is None else wanted.least * (1 - slack)
        most = float("inf") if wanted.most is None else wanted.most * (1 + slack)
        if low <= most and high >= least:
            return share
    return Fraction(0)
