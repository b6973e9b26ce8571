"""One lead's explanation as a value: every point, what decided, how sure it is, what would have changed it. Pure.

All figures are those that the lead was given, by the rubric that gave them. Who shows it lays it out, and adds no
figure and no word to what a line says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from banter.explaining import changed, words
from banter.leads import plain
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.leads.published import Edition
from banter.leads.qualify import verdict
from banter.leads.requalifying import flags_of
from scoring.change import Change
from scoring.fit import Fit
from scoring.model import CRITERIA, Dimension, Framework, Line, Route, RouteName, Score, Segment, Thresholds
from scoring.rubric import Rubric
from scoring.verdict import Stage, Verdict, missing, stage


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
    """Made by `explain`. What is empty or None is not said."""

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
