"""What another rubric would have made of leads that were scored: who would have moved, why, and the sums. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from scoring.model import Line, Route, RouteName, Score

QUALIFIED: RouteName = "book"


@dataclass(frozen=True)
class Outcome:
    """A score and the route that came of it: what is stored of a lead, or what another rubric makes of it."""

    score: Score
    route: Route


@dataclass(frozen=True)
class Move:
    """From one route to another, and what differs between the two scores."""

    before: RouteName
    after: RouteName
    total_before: int
    total_after: int
    why: tuple[str, ...]


def move(was: Outcome, would_be: Outcome) -> Move | None:
    """None where the lead goes where it went."""
    if was.route.name == would_be.route.name:
        return None
    why = (*_lines(was.score, would_be.score), *_reasons(was.route, would_be.route))
    return Move(was.route.name, would_be.route.name, was.score.total, would_be.score.total, why)


def _lines(was: Score, would_be: Score) -> tuple[str, ...]:
    before, after = _points(was.lines), _points(would_be.lines)
    return tuple(
        f"{rule} {before.get(rule, 0)} -> {after.get(rule, 0)}"
        for rule in dict.fromkeys((*before, *after))
        if before.get(rule, 0) != after.get(rule, 0)
    )


def _points(lines: tuple[Line, ...]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.rule] += line.points
    return sums


def _reasons(was: Route, would_be: Route) -> tuple[str, ...]:
    """The first reason is what decided: the total beside its threshold, or what beats any total."""
    return (f"was: {was.reasons[0]}", f"would be: {would_be.reasons[0]}") if was.reasons and would_be.reasons else ()


@dataclass
class Tally:
    """The sums, lead by lead: it holds counts alone, so that it is as small after the last lead as after the first."""

    leads: int = 0
    moved: int = 0
    points_changed: int = 0
    before: Counter[str] = field(default_factory=Counter)  # by route
    after: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)  # by both routes
    calls: int = 0
    calls_lost: int = 0  # booked calls of leads that would not have qualified
    newly_qualified: int = 0
    overridden: int = 0  # leads of which the team says where they belong
    agreed_before: int = 0
    agreed_after: int = 0

    def add(self, was: Outcome, would_be: Outcome, *, called: bool, override: str | None = None) -> Move | None:
        """Count one lead; `called` says whether it has a call, `override` where the team says that it belongs. Returns
        its move."""
        self.leads += 1
        self.points_changed += was.score.total != would_be.score.total
        self.before[was.route.name] += 1
        self.after[would_be.route.name] += 1
        self.calls += called
        if override is not None:
            self.overridden += 1
            self.agreed_before += override == was.route.name
            self.agreed_after += override == would_be.route.name
        moved = move(was, would_be)
        if moved is not None:
            self.moved += 1
            self.moves[moved.before, moved.after] += 1
            self.calls_lost += called and moved.before == QUALIFIED
            self.newly_qualified += moved.after == QUALIFIED
        return moved
