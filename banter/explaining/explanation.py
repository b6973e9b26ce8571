"""One lead's explanation as a value: every point, what decided, how sure it is, what would have changed it. Pure.

All figures are those that the lead was given, by the rubric that gave them. Who shows it lays it out, and adds no
figure and no word to what a line says.
"""

from __future__ import annotations

from dataclasses import dataclass

from banter.explaining import words
from banter.leads import plain
from banter.leads.override import Override
from scoring.change import Change
from scoring.model import Dimension, Framework, RouteName, Segment, Thresholds
from scoring.verdict import Stage


@dataclass(frozen=True)
class Point:
    """A line of the score. `points` None: the criterion is missing, and adds nothing. `most` None: nobody knows of how
    many any more, or there is no such figure."""

    about: str  # Budget, Behaviour
    plain: str
    points: int | None
    most: int | None
    rule: str | None
    group: str  # of `scoring.model.Line`
    dimension: Dimension | None
    words: tuple[str, ...]  # the visitor's, or the pages they saw
    read: str = ""  # how their words were read, in sentences
    note: str = ""  # where it comes from and how old it is

    @property
    def gave(self) -> str:
        """`30`; what is no answer's with its sign, unless it is a part of something: `-5`."""
        if self.points is None:
            return "0"
        return f"{self.points:+d}" if self.most is None and self.group != "answers" else str(self.points)

    @property
    def figure(self) -> str:
        """`30 of 30`."""
        return self.gave if self.most is None else f"{self.gave} of {self.most}"


@dataclass(frozen=True)
class FitPoint:
    """A trait of the ideal customer, as far as this lead is it."""

    trait: str
    about: str  # Current tool
    plain: str  # fits, nearly fits, does not fit, not known, rules them out
    points: int
    most: int
    known: bool
    words: tuple[str, ...]
    note: str

    @property
    def figure(self) -> str:
        return f"{self.points} of {self.most}"


@dataclass(frozen=True)
class FitSaid:
    percent: int
    at_best: int
    lines: tuple[FitPoint, ...]

    @property
    def said(self) -> str:
        more = f", {self.at_best}% at best" if self.at_best > self.percent else ""
        return f"{self.percent}% of your ideal customer{more}."


@dataclass(frozen=True)
class Flag:
    name: str
    said: str


@dataclass(frozen=True)
class Explanation:
    """Made by `banter.explaining.explain.explain`. What is empty or None is not said."""

    framework: Framework
    rubric: str | None  # None: there is no score yet
    today: str  # the rubric that counts today
    kept: bool  # whether what it was scored by is known still
    total: int
    most: int | None
    bar: int  # what a bar of the total goes up to
    thresholds: Thresholds
    lines: tuple[Point, ...]
    fit: FitSaid | None
    segment: Segment | None
    stage: Stage | None
    confidence: int | None
    missing: tuple[str, ...]  # of the fit, in words; criteria that are missing have a line
    flags: tuple[Flag, ...]  # but those that a line or a reason says
    route: RouteName | None
    final: bool
    why: tuple[str, ...]  # the reasons that are no lines
    now: RouteName | None  # where it would go as it stands, if that is elsewhere by now
    change: Change | None
    changed: str
    changed_by: str  # why the sentence may not hold
    overrides: tuple[Override, ...]

    @property
    def points(self) -> str:
        return f"{self.total} points" if self.most is None else f"{self.total} of {self.most} points"

    @property
    def scale(self) -> str:
        deal = f", for {self.thresholds.name.replace('_', ' ')}" if self.thresholds.name else ""
        return f"warm from {self.thresholds.warm}, qualified from {self.thresholds.qualified}{deal}"

    @property
    def where(self) -> str:
        """The route in words."""
        return "Nothing has been decided yet" if self.route is None else plain.ROUTES[self.route]

    @property
    def standing(self) -> str:
        """Segment and stage: both follow from figures."""
        parts = (words.SEGMENTS[self.segment] if self.segment else "", words.STAGES[self.stage] if self.stage else "")
        return f"{', '.join(part for part in parts if part)}." if any(parts) else ""

    @property
    def sure(self) -> str:
        return "" if self.confidence is None else f"{self.confidence}% of what could be known is known."

    @property
    def unknown(self) -> str:
        return f"Not known of the fit: {', '.join(self.missing)}." if self.missing else ""

    @property
    def edition(self) -> str:
        """Whether the points are today's, and what is not known of them any more."""
        if self.rubric is None or (self.kept and self.rubric == self.today):
            return ""
        since = f"The points have changed since: {self.today} counts today, and this lead keeps those it was given."
        return since if self.kept else f"{since} Of how many each was is not known, for {self.rubric} was not kept."

    @property
    def moved(self) -> str:
        return f"As it stands now, the points say {plain.ROUTES[self.now]}." if self.now else ""

    @property
    def override(self) -> Override | None:
        """What the team says now, if it says otherwise."""
        return self.overrides[-1] if self.overrides and self.overrides[-1].route else None
