"""Rules with a condition: each holds for somebody, no earlier one takes all its leads, none rules out ideal ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from scoring.fit import Profile
from scoring.known import FIGURES, Fact, Known
from scoring.lint.finding import Finding
from scoring.lint.leads import BEST, lead
from scoring.lint.people import ideal, somebody
from scoring.lint.vocabulary import Vocabulary
from scoring.rubric import Rubric
from scoring.wanted import When

#: A gap of this share between two ranges is a slip, a wider one may be left to the general thresholds.
_SLIP = 0.05


def conditions(rubric: Rubric, profile: Profile, vocabulary: Vocabulary) -> Iterator[Finding]:
    """What is wrong with negatives, disqualifiers and deals, and with what the profile rules out itself."""
    parts = rubric.parts
    rules = [("negatives", rule.name, rule.when) for rule in parts.negatives]
    rules += [("disqualifiers", rule.name, rule.when) for rule in parts.disqualifiers]
    rules += [("deals", deal.thresholds.name, deal.when) for deal in parts.deals]
    dead = {(part, name) for part, name, when in rules if somebody(when) is None}
    for part, name, when in rules:
        if (part, name) in dead:
            known = Known({about: _near(when, about) for about in when.all_of})
            shown = lead(rubric, profile, BEST, known)
            message = "can never hold: what `unless` rules out is all that `when` asks for; mend one of the two"
            yield Finding("never_fires", (part, name), message, "warning", (shown,))
    yield from _deals(rubric, profile, {name for part, name in dead if part == "deals"})
    yield from _ideal(rubric, profile, vocabulary)


def _deals(rubric: Rubric, profile: Profile, dead: set[str]) -> Iterator[Finding]:
    """The first deal whose condition holds counts, so an earlier one may take all of a later one, or a part of it."""
    deals = [deal for deal in rubric.parts.deals if deal.thresholds.name not in dead]
    for place, deal in enumerate(deals):
        earlier = [other.when for other in deals[:place]]
        if earlier and somebody(deal.when, but=earlier) is None:
            shown = lead(rubric, profile, BEST, somebody(deal.when) or Known())
            message = "never counts: each of its leads is taken by a deal above it; move it up or narrow the others"
            yield Finding("never_fires", ("deals", deal.thresholds.name), message, "warning", (shown,))
    for first, second in combinations(deals, 2):
        yield from _beside(rubric, profile, first.when, second.when, first.thresholds.name, second.thresholds.name)


def _beside(
    rubric: Rubric, profile: Profile, first: When, second: When, first_name: str, second_name: str
) -> Iterator[Finding]:
    """Two deals that are told apart by one range each: the ranges neither cross nor leave a crack between them."""
    abouts = {*first.all_of, *second.all_of}
    if first.none_of or second.none_of or len(abouts) != 1 or not abouts <= set(FIGURES):
        return
    [about] = abouts
    low, high = sorted((first.all_of[about], second.all_of[about]), key=lambda one: (one.least or 0, one.most or 0))
    if low.most is None or high.least is None:
        return
    key = ("deals", second_name)
    if high.least <= low.most and (high.most is None or high.most > low.most) and high.least > (low.least or 0):
        both = Known({about: (Fact((), high.least, high.least),)})
        message = (
            f"overlaps {first_name}: {high.least} to {low.most} is in both, and the upper of the two counts; "
            "let one range end where the other begins"
        )
        yield Finding("deals_overlap", key, message, "warning", (lead(rubric, profile, BEST, both),))
    elif 0 < high.least - low.most - 1 <= max(1, _SLIP * low.most):
        neither = Known({about: (Fact((), low.most + 1, low.most + 1),)})
        message = (
            f"leaves a gap beside {first_name}: {low.most + 1} to {high.least - 1} is in neither; "
            "let one range begin where the other ends"
        )
        yield Finding("deals_gape", key, message, "warning", (lead(rubric, profile, BEST, neither),))


def _ideal(rubric: Rubric, profile: Profile, vocabulary: Vocabulary) -> Iterator[Finding]:
    """Nobody who fits the profile is ruled out by what it asks for."""
    fits = {trait.about: trait.fits for trait in profile.traits}
    perfect = ideal(profile, vocabulary)
    for rule in rubric.parts.disqualifiers:
        if not {*rule.when.all_of, *rule.when.none_of} <= set(fits):
            continue  # it is about something that the profile says nothing of
        caught = somebody(rule.when, fitting=profile, vocabulary=vocabulary)
        if caught is not None:
            shown = lead(rubric, profile, BEST, Known({**perfect.facts, **caught.facts}))
            message = "rules out a customer who fits the profile in every trait; narrow it, or the profile"
            yield Finding("disqualifies_ideal", ("disqualifiers", rule.name), message, "warning", (shown,))
    for trait in profile.traits:
        if trait.disqualifies is None:
            continue
        caught = somebody(When({trait.about: trait.disqualifies}), fitting=profile, vocabulary=vocabulary)
        if caught is not None:
            shown = lead(rubric, profile, BEST, Known({**perfect.facts, **caught.facts}))
            message = "rules out what `fits` asks for; let one range end where the other begins"
            yield Finding("disqualifies_ideal", ("icp", trait.about, "disqualifies"), message, "warning", (shown,))


def _near(when: When, about: str) -> tuple[Fact, ...]:
    """A fact that `when` asks for."""
    wanted = when.all_of[about]
    if wanted.names:
        return (Fact(wanted.names[:1]),)
    figure = wanted.least if wanted.least is not None else wanted.most
    return (Fact((), figure, figure),)
