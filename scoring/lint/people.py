"""People whom a condition is about: what could be known of a lead, at the ends of every range and for each name.

A condition asks for a name, or where a figure lies among the ends of ranges. So a few facts stand for all: each name,
each end, and what is just beyond it. What a condition does not ask for may stay unknown: then no other one holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice, product

from scoring.alternatives import facts_to_try
from scoring.fit import Profile
from scoring.known import Fact, Known
from scoring.lint.vocabulary import ANY_NAMES, Vocabulary
from scoring.wanted import Wanted, When

_MOST_TRIED = 10_000
_ANYBODY = Profile()


def somebody(
    condition: When, *, but: Iterable[When] = (), fitting: Profile = _ANYBODY, vocabulary: Vocabulary = ANY_NAMES
) -> Known | None:
    """One for whom `condition` holds and none of `but`, and who fits the profile in all that it asks for. None: there
    is nobody."""
    others = tuple(but)
    choices = _choices(condition, others, fitting, vocabulary)
    tried = 0
    for facts in islice(product(*choices.values()), _MOST_TRIED):
        known = Known({about: (fact,) for about, fact in zip(choices, facts, strict=True)})
        if all(other.met_by(known) is None for other in others):
            return known
        tried += 1
    if tried < _MOST_TRIED:
        return None
    return Known({about: (facts[0],) for about, facts in choices.items()})  # too many to tell: given the benefit


def ideal(profile: Profile, vocabulary: Vocabulary = ANY_NAMES) -> Known:
    """Who fits the profile in every trait and is not ruled out by it, as far as there is anybody."""
    facts: dict[str, tuple[Fact, ...]] = {}
    for trait in profile.traits:
        asked = [trait.fits, trait.disqualifies] if trait.disqualifies else [trait.fits]
        fitting = [fact for fact in _facts(trait.about, asked, vocabulary) if trait.fits.share(fact) == 1]
        welcome = [fact for fact in fitting if trait.disqualifies is None or trait.disqualifies.share(fact) < 1]
        facts[trait.about] = tuple((welcome or fitting)[:1])
    return Known(facts)


def _choices(
    condition: When, others: tuple[When, ...], profile: Profile, vocabulary: Vocabulary
) -> Mapping[str, list[Fact]]:
    """By what they are about, the facts with which `condition` can hold."""
    fits = {trait.about: trait.fits for trait in profile.traits}
    choices: dict[str, list[Fact]] = {}
    for about in dict.fromkeys((*condition.all_of, *condition.none_of)):
        parts = (condition.all_of, condition.none_of, fits, *(part for o in others for part in (o.all_of, o.none_of)))
        about_it = When(
            {about: condition.all_of[about]} if about in condition.all_of else {},
            {about: condition.none_of[about]} if about in condition.none_of else {},
        )
        choices[about] = [
            fact
            for fact in _facts(about, [part[about] for part in parts if about in part], vocabulary)
            if about_it.met_by(Known({about: (fact,)})) is not None
            and (about not in fits or fits[about].share(fact) == 1)
        ]
    return choices


def _facts(about: str, wanted: Iterable[Wanted], vocabulary: Vocabulary) -> list[Fact]:
    """Those to try, each by all the names that it goes by."""
    beside = vocabulary[about].beside if about in vocabulary else {}
    return [
        replace(fact, names=(*fact.names, *beside[fact.names[0]])) if fact.names and fact.names[0] in beside else fact
        for fact in facts_to_try(wanted)
    ]
