"""What would have sent a lead elsewhere: the least that would have had to be otherwise. Pure.

The smallest change is the one of fewest things: of answers, and of traits of the ideal customer that are not known and
would have had to fit. Of as few things, it is the one that moves the fewest points (of intent, and of the fit); of as
few points, the first by the order of DIMENSIONS and of the profile. What is known of who somebody is stands, unless
nothing else suffices: then such a trait may be otherwise too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

from scoring.alternatives import that_fit, that_miss
from scoring.fit import Profile
from scoring.known import NOTHING, Fact, Known
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension, RouteName, Score
from scoring.route import by_points
from scoring.rubric import Rubric
from scoring.score import score

#: The routes that points decide, best first; and with a border, where a person decides.
BY_POINTS: tuple[RouteName, ...] = ("book", "nurture_warm", "nurture_cold")
BEST_FIRST: tuple[RouteName, ...] = ("book", "handover", "nurture_warm", "nurture_cold")
_ANYBODY = Profile()
Answers = Mapping[Dimension, Answer]
Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class Instead:
    """One answer as it would have had to be. `was` is None where it was not given, and `points` are 0 then."""

    dimension: Dimension
    was: str | None
    points: int
    band: str
    gained: int


@dataclass(frozen=True)
class Being:
    """One trait of who they are as it would have had to be: `fact`, or any of its names or figures. `was` is what is
    known of it, empty where nothing is; `points` and `gained` are of the fit."""

    about: str
    was: tuple[Fact, ...]
    points: int
    fact: Fact
    gained: int


@dataclass(frozen=True)
class Change:
    """Those answers and traits, the total and the fit (in percent) that they would have made, and where they lead."""

    answers: tuple[Instead, ...]
    total: int
    route: RouteName
    traits: tuple[Being, ...] = ()
    fit: int | None = None

    def applied(self, answers: Answers, known: Known) -> tuple[Answers, Known]:
        """A lead's answers and what is known of it, with this change made."""
        bands = {one.dimension: one.band for one in self.answers}
        return with_bands(answers, bands), with_facts(known, {one.about: one.fact for one in self.traits})


def nearest_change(
    answers: Answers, rubric: Rubric, known: Known = NOTHING, profile: Profile = _ANYBODY
) -> Change | None:
    """The smallest change that would have sent the lead to a better route, from the best one to a worse. None: no
    change of answers and traits would have.

    For leads whose route the points decide; who is disqualified or asked for a person goes where they go by that.
    """
    lead = _Lead(answers, rubric, known, profile)
    if lead.route not in BEST_FIRST:
        return None
    for known_too in (False, True):
        if found := lead.nearest(lead.otherwise(known_too)):
            return found
    return None


def with_bands(answers: Answers, bands: Mapping[Dimension, str]) -> dict[Dimension, Answer]:
    """The answers with other bands, said as exactly and as firmly as before; as usual where nothing was said."""
    then = dict(answers)
    for dimension, band in bands.items():
        was = answers.get(dimension)
        plain = Answer(dimension, band, "some", "intending", "")
        then[dimension] = replace(was, band=band) if was is not None and was.said else plain
    return then


def with_facts(known: Known, facts: Facts) -> Known:
    """All that is known, but of each of these traits this fact alone."""
    return replace(known, facts={**known.facts, **{about: (fact,) for about, fact in facts.items()}})


class _Lead:
    """A lead as it stands, and what it would be otherwise."""

    def __init__(self, answers: Answers, rubric: Rubric, known: Known, profile: Profile) -> None:
        self.answers, self.rubric, self.known, self.profile = answers, rubric, known, profile
        self.bands = {d: answer.band for d in DIMENSIONS if (answer := answers.get(d)) is not None and answer.said}
        self.score = score(answers, rubric, known, profile)
        self.route = by_points(self.score, rubric)
        self.booked = self.route == BEST_FIRST[0]

    def otherwise(self, known_too: bool) -> Mapping[str, tuple[Fact, ...]]:
        """By trait, the facts that could be known of it instead: those that fit where the lead is to do better."""
        parts = self.rubric.parts
        return {
            trait.about: that_miss(trait, parts) if self.booked else that_fit(trait, parts)
            for trait in self.profile.traits
            if (known_too if self.known.about(trait.about) else not self.booked)
        }

    def nearest(self, facts: Mapping[str, tuple[Fact, ...]]) -> Change | None:
        """The smallest change of answers and of these facts."""
        who: list[dict[str, Fact]] = []
        for count in range(len(DIMENSIONS) + len(facts) + 1):
            who += [those for those in _choices(facts, count) if self._answers_may_do(those)]
            found = [
                (self._moved(then), bands, those, then)
                for those in who
                for dimensions in combinations(DIMENSIONS, count - len(those))
                if self._these_may_do(dimensions, those)
                for bands in self._each_band(dimensions)
                if self._leads_elsewhere(then := self._scored(bands, those))
            ]
            if found:
                _, bands, those, then = min(found, key=lambda one: one[0])  # of equal ones the first
                return self._change(bands, those, then)
        return None

    def _answers_may_do(self, facts: Facts) -> bool:
        """Whether any answers lead elsewhere, with these facts. As a band of more points never lowers a route, the
        best answers do if any do (and for who is booked the poorest): so nothing else need be tried where they do not.
        """
        said = [dimension for dimension in DIMENSIONS if dimension in self.bands or not self.booked]
        return self._leads_elsewhere(self._scored({d: self._extreme(d, BANDS[d]) for d in said}, facts))

    def _these_may_do(self, dimensions: tuple[Dimension, ...], facts: Facts) -> bool:
        """The same of these answers, all of them otherwise than they are."""
        bands = {d: self._extreme(d, self._others(d)) for d in dimensions}
        return self._leads_elsewhere(self._scored(bands, facts))

    def _extreme(self, dimension: Dimension, bands: Sequence[str]) -> str:
        return (min if self.booked else max)(bands, key=self.rubric.points[dimension].__getitem__)

    def _others(self, dimension: Dimension) -> list[str]:
        return [band for band in BANDS[dimension] if band != self.bands.get(dimension)]

    def _each_band(self, dimensions: tuple[Dimension, ...]) -> Iterator[dict[Dimension, str]]:
        each = product(*(self._others(dimension) for dimension in dimensions))
        return (dict(zip(dimensions, bands, strict=True)) for bands in each)

    def _scored(self, bands: Mapping[Dimension, str], facts: Facts) -> Score:
        known = with_facts(self.known, facts) if facts else self.known
        return score(with_bands(self.answers, bands), self.rubric, known, self.profile)

    def _leads_elsewhere(self, then: Score) -> bool:
        there = by_points(then, self.rubric)
        if there not in BEST_FIRST:
            return False
        return there != self.route if self.booked else BEST_FIRST.index(there) < BEST_FIRST.index(self.route)

    def _moved(self, then: Score) -> int:
        return abs(then.intent - self.score.intent) + abs(_fit_points(then) - _fit_points(self.score))

    def _change(self, bands: Mapping[Dimension, str], facts: Facts, then: Score) -> Change:
        answers = tuple(self._instead(dimension, band) for dimension, band in bands.items())
        before, after = ({line.about: line.points for line in s.fit.lines} if s.fit else {} for s in (self.score, then))
        traits = tuple(
            Being(about, self.known.about(about), before[about], fact, after[about]) for about, fact in facts.items()
        )
        fit = then.fit.percent if then.fit else None
        return Change(answers, then.total, by_points(then, self.rubric), traits, fit)

    def _instead(self, dimension: Dimension, band: str) -> Instead:
        was, points = self.bands.get(dimension), self.rubric.points[dimension]
        return Instead(dimension, was, 0 if was is None else points[was], band, points[band])


def _choices(facts: Mapping[str, tuple[Fact, ...]], count: int) -> Iterator[dict[str, Fact]]:
    """Every way to have so many of the traits otherwise."""
    for abouts in combinations(facts, count):
        for those in product(*(facts[about] for about in abouts)):
            yield dict(zip(abouts, those, strict=True))


def _fit_points(score: Score) -> int:
    return score.fit.points if score.fit else 0
