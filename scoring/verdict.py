"""The result, one value: what a lead is worth, how sure that is, where it goes, why, and what would have changed it.

Nothing here is stored beside what it follows from. So no label can disagree with its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from scoring.change import Change, nearest_change
from scoring.fit import Fit, Profile
from scoring.known import NOTHING, Known
from scoring.model import Answer, Dimension, Line, Route, RouteName, Score, Segment
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score

Stage = Literal["MQL", "SQL", "PQL"]
_ANYBODY = Profile()
_OF_USERS = ("behaviour.trial_started", "behaviour.feature_used")
_GOOD_FIT = 60


@dataclass(frozen=True)
class Verdict:
    """One lead under one rubric. Made by `judge`."""

    answers: Mapping[Dimension, Answer]
    rubric: Rubric
    known: Known
    profile: Profile
    score: Score
    final: bool
    disqualified: str | None
    elsewhere: RouteName | None

    @property
    def total(self) -> int:
        return self.score.total

    @property
    def intent(self) -> int:
        return self.score.intent

    @property
    def fit(self) -> Fit | None:
        return self.score.fit

    @property
    def confidence(self) -> int:
        """Percent of what could be known that is known; hedged answers count half."""
        return self.score.confidence or 0

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.score.lines

    @property
    def missing(self) -> tuple[str, ...]:
        return missing(self.score)

    @property
    def segment(self) -> Segment:
        return self.rubric.limits(self.score).segment(self.total)

    @cached_property
    def route(self) -> Route:
        return route(
            self.score,
            self.rubric,
            self.answers,
            final=self.final,
            disqualified=self.disqualified,
            elsewhere=self.elsewhere,
        )

    @property
    def stage(self) -> Stage | None:
        return stage(self.score, self.route)

    @property
    def flags(self) -> tuple[str, ...]:
        return flags(self.score, self.route)

    @cached_property
    def counterfactual(self) -> Change | None:
        """The smallest change that would have led elsewhere; None where the points did not decide."""
        if self.disqualified or self.elsewhere:
            return None
        return nearest_change(self.answers, self.rubric, self.known, self.profile)


def judge(
    answers: Mapping[Dimension, Answer],
    rubric: Rubric,
    known: Known = NOTHING,
    profile: Profile = _ANYBODY,
    *,
    final: bool = True,
    disqualified: str | None = None,
    elsewhere: RouteName | None = None,
) -> Verdict:
    """The verdict on a lead; the last three as `scoring.route.route` has them."""
    points = score(answers, rubric, known, profile)
    return Verdict(answers, rubric, known, profile, points, final, disqualified, elsewhere)


def missing(score: Score) -> tuple[str, ...]:
    """What is not known, though it was asked for: of the four criteria and of the profile (`fit.industry`)."""
    return (*score.missing, *(f"fit.{about}" for about in (score.fit.missing if score.fit else ())))


def stage(score: Score, route: Route) -> Stage | None:
    """SQL: goes to sales. PQL: not cold, and uses the product already. MQL: not cold. None: cold, or no buyer."""
    if route.name == "book":
        return "SQL"
    if route.name in ("disqualified", "support") or score.segment in (None, "cold"):
        return None
    return "PQL" if any(line.rule in _OF_USERS for line in score.lines) else "MQL"


def flags(score: Score, route: Route) -> tuple[str, ...]:
    """What whoever reads the figures ought to know: `budget.hedged`, `need.guessed`, `behaviour.capped`, `fit.unknown`
    (nothing of the profile is known), `border` (a person decides), `requalify` (cold, fits well, and is back)."""
    found = list(score.doubts)
    found += [f"{line.rule.partition('.')[2]}.capped" for line in score.lines if line.group == "caps"]
    fit = score.fit
    if fit is not None and not any(line.known for line in fit.lines):
        found.append("fit.unknown")
    if route.name == "handover" and len(route.reasons) > 1:
        found.append("border")
    if is_cold_and_fits(score) and any(line.rule == "behaviour.return" for line in score.lines):
        found.append("requalify")
    return tuple(found)


def is_cold_and_fits(score: Score) -> bool:
    """Who is worth another look when they are back."""
    return score.segment == "cold" and score.fit is not None and score.fit.percent >= _GOOD_FIT
