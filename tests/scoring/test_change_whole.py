"""The smallest change, under rubrics with every part: it changes the route, and all that is smaller is tried."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

import pytest

from scoring.change import BEST_FIRST, Change, nearest_change, with_bands, with_facts
from scoring.fit import Profile, Trait
from scoring.known import Fact, Known
from scoring.model import BANDS, DIMENSIONS, Score
from scoring.profile import profile_from
from scoring.route import by_points
from scoring.rubric import Rubric
from scoring.score import score
from tests.scoring.drawn import Answers, a_profile, a_rubric, some_answers, what_is_known
from tests.scoring.test_parts import IDEAL, WARM, knows, with_parts

Otherwise = dict[str, str | Fact]
HANDOFF = {"strong_fit": 70, "moderate_fit": 30, "strong_intent": 95, "moderate_intent": 50}


def test_a_trait_that_is_not_known_is_named_where_it_is_less_than_an_answer() -> None:
    change = nearest_change(WARM, with_parts(handoff=HANDOFF), knows(size=Fact((), 80, 80)), IDEAL)
    assert change is not None
    assert (change.answers, change.route, change.fit) == ((), "book", 80)
    [one] = change.traits
    assert (one.about, one.was, one.points, one.fact.plain, one.gained) == ("industry", (), 0, "legal or finance", 40)


def test_a_range_that_is_not_known_is_named_whole() -> None:
    change = nearest_change(WARM, with_parts(handoff=HANDOFF), knows(industry=Fact(("legal",))), IDEAL)
    assert change is not None
    assert [(one.about, one.fact.plain) for one in change.traits] == [("size", "50-500")]


def test_where_a_rule_tells_figures_of_a_range_apart_one_that_does_is_named() -> None:
    rubric = with_parts(
        handoff=HANDOFF,
        disqualifiers={"large": {"when": {"size": "60+"}, "reason": "They are too large for us."}},
    )
    change = nearest_change(WARM, rubric, knows(industry=Fact(("legal",))), IDEAL)
    assert change is not None
    assert [(one.about, one.fact.plain) for one in change.traits] == [("size", "50")]


def test_who_somebody_is_known_to_be_stands_while_anything_else_suffices() -> None:
    rubric = with_parts(handoff={**HANDOFF, "strong_intent": 70})
    known = knows(industry=Fact(("retail",)), size=Fact((), 80, 80))
    change = nearest_change(WARM, rubric, known, IDEAL)
    assert change is not None
    assert [one.about for one in change.traits] == []
    assert change.route == "book"


def test_who_somebody_is_known_to_be_is_named_where_nothing_else_suffices() -> None:
    rubric = with_parts(handoff={**HANDOFF, "moderate_fit": 50, "strong_intent": 101, "strong_fit": 80})
    known = knows(industry=Fact(("retail",)), size=Fact((), 80, 80), title=Fact(("clerk",)))
    change = nearest_change(WARM, rubric, known, IDEAL)
    assert change is not None
    assert [(one.about, one.was[0].plain, one.gained) for one in change.traits] == [("industry", "retail", 40)]
    assert (change.answers, change.fit, change.route) == ((), 80, "book")


def test_as_many_answers_are_named_as_it_takes() -> None:
    change = nearest_change({}, with_parts(thresholds={"qualified": 100, "warm": 90}))
    assert change is not None
    assert [(one.dimension, one.band) for one in change.answers] == [
        ("budget", "approved_amount"),
        ("authority", "influence"),
        ("need", "quantified"),
        ("timeline", "within_60_days"),
    ]
    assert (change.total, change.route) == (90, "nurture_warm")


def test_nothing_is_named_where_nothing_would_have_done() -> None:
    profile = profile_from({"industry": {"weight": 10, "fits": ["legal"], "disqualifies": ["legal services"]}})
    rubric = with_parts(handoff={**HANDOFF, "strong_fit": 90, "moderate_intent": 101, "strong_intent": 101})
    best = with_bands({}, {d: BANDS[d][0] for d in DIMENSIONS})
    assert nearest_change(best, rubric, knows(industry=Fact(("legal",))), profile) is None


def test_of_a_hundred_drawn_leads_each_has_the_smallest_change_that_there_is() -> None:
    _try_all(Random(8), 100)


@pytest.mark.exhaustive
def test_of_five_thousand_drawn_leads_each_has_the_smallest_change_that_there_is() -> None:
    _try_all(Random(80), 5_000)


def _try_all(lots: Random, many: int) -> None:
    for number in range(many):
        rubric, profile = a_rubric(lots, in_order=number % 2 == 0), a_profile(lots, 3)
        _smallest(some_answers(lots), rubric, what_is_known(lots), profile, number)


def _smallest(answers: Answers, rubric: Rubric, known: Known, profile: Profile, number: int) -> None:
    standing = score(answers, rubric, known, profile)
    here = by_points(standing, rubric)
    change = nearest_change(answers, rubric, known, profile)
    if here == "disqualified":
        assert change is None
        return
    count = 99
    if change is not None:
        then = _applied(change, answers, known, rubric, profile)
        assert by_points(then, rubric) == change.route, number
        assert _elsewhere(here, change.route), number
        assert (then.total, then.fit.percent if then.fit else None) == (change.total, change.fit), number
        count = len(change.answers) + len(change.traits)
        for each in _each_meant(change):
            other = _scored(answers, rubric, known, profile, each)
            assert by_points(other, rubric) == change.route, number
    stands = change is None or not any(one.was for one in change.traits)
    for known_too in (False,) if change is not None and stands else (False, True):
        for each in _all_ways(answers, known, profile, here, known_too, count):
            other = _scored(answers, rubric, known, profile, each)
            if not _elsewhere(here, by_points(other, rubric)):
                continue
            assert change is not None, (number, each)
            if known_too or stands:
                mine = _moved(standing, _applied(change, answers, known, rubric, profile))
                assert (len(each), _moved(standing, other)) >= (count, mine), (number, each)
            else:
                raise AssertionError(f"{number}: {each} would have done without another trait than is known")


def _applied(change: Change, answers: Answers, known: Known, rubric: Rubric, profile: Profile) -> Score:
    then, facts = change.applied(answers, known)
    return score(then, rubric, facts, profile)


def _each_meant(change: Change) -> Iterator[Otherwise]:
    """The change with each single name or figure that it says would do."""
    traits = [[(one.about, fact) for fact in _singles(one.fact)] for one in change.traits]
    for those in product(*traits):
        yield {**{one.dimension: one.band for one in change.answers}, **dict(those)}


def _singles(fact: Fact) -> list[Fact]:
    if fact.names:
        return [Fact((name,)) for name in fact.names]
    low, high = fact.least or 0, fact.most if fact.most is not None else (fact.least or 0) + 2_000
    return [Fact((), figure, figure) for figure in sorted({low, low + (high - low) // 3, (low + high) // 2, high})]


def _all_ways(
    answers: Answers, known: Known, profile: Profile, here: str, known_too: bool, most: int
) -> Iterator[Otherwise]:
    """Every way to have at most so many things otherwise."""
    things: dict[str, list[str | Fact]] = {}
    for dimension in DIMENSIONS:
        was = answers.get(dimension)
        things[dimension] = [band for band in BANDS[dimension] if was is None or band != was.band]
    for trait in profile.traits:
        if known_too if known.about(trait.about) else here != "book":
            things[trait.about] = _facts(trait, fitting=here != "book")
    for count in range(1, min(most, len(things)) + 1):
        for names in combinations(things, count):
            for those in product(*(things[name] for name in names)):
                yield dict(zip(names, those, strict=True))


def _facts(trait: Trait, *, fitting: bool) -> list[str | Fact]:
    names = (*trait.fits.names, "retail")
    figures = () if trait.fits.names else (0, 5, 9, 12, 19, 25, 30, 45, 70, 120, 350, 600, 7_000)
    facts = [Fact((name,)) for name in names] if trait.fits.names else [Fact((), f, f) for f in figures]
    return [fact for fact in facts if trait.fits.share(fact) == (1 if fitting else 0)]


def _scored(answers: Answers, rubric: Rubric, known: Known, profile: Profile, each: Otherwise) -> Score:
    bands = {dimension: each[dimension] for dimension in DIMENSIONS if dimension in each}
    facts = {name: fact for name, fact in each.items() if isinstance(fact, Fact)}
    return score(with_bands(answers, bands), rubric, with_facts(known, facts), profile)  # type: ignore[arg-type]


def _moved(before: Score, then: Score) -> int:
    fits = [one.fit.points if one.fit else 0 for one in (before, then)]
    return abs(then.intent - before.intent) + abs(fits[1] - fits[0])


def _elsewhere(here: str, there: str) -> bool:
    if there not in BEST_FIRST:
        return False
    return there != here if here == "book" else BEST_FIRST.index(there) < BEST_FIRST.index(here)  # type: ignore[arg-type]
