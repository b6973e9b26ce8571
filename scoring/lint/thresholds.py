"""Thresholds that some lead must reach and some other must miss, so that each route has leads of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from scoring.fit import Profile
from scoring.known import Known
from scoring.lint.finding import Code, Example, Finding, Severity
from scoring.lint.leads import Leads, best_lead, every_lead, lead
from scoring.lint.people import somebody
from scoring.lint.totals import totals
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, SPECIFICITIES, Thresholds
from scoring.rubric import Rubric


def thresholds(rubric: Rubric, profile: Profile, leads: Leads) -> Iterator[Finding]:
    """What is wrong with `qualified` and `warm`, those of all deals and those of some."""
    yield from _judged(rubric, profile, ("thresholds",), rubric.thresholds, leads)
    for place, deal in enumerate(rubric.parts.deals):
        known = somebody(deal.when, but=[earlier.when for earlier in rubric.parts.deals[:place]])
        if known is not None:
            those = every_lead(rubric, profile, known)
            yield from _judged(rubric, profile, ("deals", deal.thresholds.name), deal.thresholds, those)


def _judged(
    rubric: Rubric, profile: Profile, key: tuple[str, ...], limits: Thresholds, leads: Leads
) -> Iterator[Finding]:
    """`leads` are those for whom these limits count and of whom nothing else is known."""
    qualified, warm = limits.qualified, limits.warm

    def found(code: Code, name: str, message: str, *examples: Example, severity: Severity = "warning") -> Finding:
        return Finding(code, (*key, name), message, severity, examples)

    beyond = f"can never be reached: the best answers give {rubric.most} points; set it to {rubric.most} or less"
    if rubric.most < qualified:
        yield found("out_of_reach", "qualified", beyond, best_lead(rubric, profile), severity="fault")
    if warm >= qualified:
        mend = f"must be below qualified ({qualified}): nobody can be warm"
        yield found("thresholds_crossed", "warm", mend, *_around(leads, qualified), severity="fault")
        return  # what else could be said of the two follows from this
    if rubric.most < warm:
        yield found("out_of_reach", "warm", beyond, best_lead(rubric, profile), severity="fault")
    elif rubric.most >= qualified and not _any_between(rubric, profile, leads, warm, qualified):
        span = f"{warm}" if warm == qualified - 1 else f"a total from {warm} to {qualified - 1}"
        mend = f"no lead can be warm: nothing adds up to {span}; set it further below qualified"
        yield found("warm_is_empty", "warm", mend, *_around(leads, qualified))
    if warm <= 0:
        mend = "nobody can miss it: no total is below 0, so no lead is ever cold; set it higher"
        yield found("cannot_be_missed", "warm", mend, leads[-1])
    poorest = _poorest(rubric, profile, leads[-1].known)
    if poorest.total >= qualified and poorest.route == "book":
        mend = f"whoever answers everything gets a call: the poorest answers give {poorest.total} points; set it higher"
        yield found("cannot_be_missed", "qualified", mend, poorest)


def _any_between(rubric: Rubric, profile: Profile, leads: Leads, warm: int, qualified: int) -> bool:
    if rubric.parts.handoff is not None:
        return True  # who has many points and is not handed off is nurtured as a warm lead
    return any(warm <= one.total < qualified for one in leads) or any(
        warm <= total < qualified for total in totals(rubric, profile)
    )


def _poorest(rubric: Rubric, profile: Profile, known: Known) -> Example:
    """Who has answered everything in the way that gives least."""
    answers = {d: min(BANDS[d], key=rubric.points[d].__getitem__) for d in DIMENSIONS}
    ways = product(SPECIFICITIES, COMMITMENTS)
    return min((lead(rubric, profile, answers, known, *way) for way in ways), key=_total)


def _around(leads: Sequence[Example], total: int) -> tuple[Example, ...]:
    """The highest lead below `total` and the lowest from there on."""
    below = max((one for one in leads if one.total < total), key=_total, default=None)
    above = min((one for one in leads if one.total >= total), key=_total, default=None)
    return tuple(one for one in (below, above) if one is not None)


def _total(one: Example) -> int:
    return one.total
