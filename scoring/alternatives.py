"""What could be known of a lead instead, so far as rules can tell: a few facts that stand for all there are. Pure.

A rule asks for a name, or where a figure lies among the ends of ranges. So each name, each end, and what is just beyond
it is all that has to be tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scoring.fit import Trait
from scoring.known import Fact
from scoring.parts import Parts
from scoring.wanted import NEARLY, Wanted

#: A name that no rule asks for.
NEITHER = "something else"


def facts_to_try(wanted: Iterable[Wanted]) -> list[Fact]:
    """Each name that is asked for and one that is not; each end of each range, and the figures just beside it."""
    names: dict[str, None] = {}
    figures: set[int] = set()
    for one in wanted:
        names.update(dict.fromkeys(one.names))
        for end in (one.least, one.most):
            if end is not None:
                near = (end, int(end * (1 - NEARLY)), int(end * (1 + NEARLY)))
                figures.update(figure + step for figure in near for step in (-1, 0, 1) if figure + step >= 0)
    named = [Fact((name,), words=(name,)) for name in (*names, NEITHER)] if names else []
    return [*named, *(Fact((), figure, figure, (f"{figure}",)) for figure in sorted(figures))]


def that_fit(trait: Trait, parts: Parts) -> tuple[Fact, ...]:
    """Facts that fit the trait, one for each way in which the rules tell them apart: all of its names, or all of its
    range, are one fact where no rule makes a difference between them."""
    alike = _alike(trait, parts, share=1)
    if len(alike) == 1 and not trait.fits.names:
        return (Fact((), trait.fits.least, trait.fits.most),)
    return tuple(Fact(tuple(name for fact in those for name in fact.names), *_figure(those[0])) for those in alike)


def that_miss(trait: Trait, parts: Parts) -> tuple[Fact, ...]:
    """Facts that do not fit the trait and do not nearly fit it, one for each way in which the rules tell them apart."""
    return tuple(those[0] for those in _alike(trait, parts, share=0))


def _alike(trait: Trait, parts: Parts, share: float) -> list[list[Fact]]:
    """The facts that fit by `share`, those together of which all rules make the same."""
    asked = list(_asked(trait, parts))
    groups: dict[tuple[float, ...], list[Fact]] = {}
    for fact in facts_to_try(asked):
        if trait.fits.share(fact) == share:
            groups.setdefault(tuple(wanted.share(fact) for wanted in asked), []).append(fact)
    return list(groups.values())


def _asked(trait: Trait, parts: Parts) -> Iterator[Wanted]:
    yield trait.fits
    if trait.disqualifies is not None:
        yield trait.disqualifies
    for when in parts.conditions:
        yield from (side[trait.about] for side in (when.all_of, when.none_of) if trait.about in side)


def _figure(fact: Fact) -> tuple[float | None, float | None]:
    return fact.least, fact.most
