"""Thresholds that some lead must reach and some other must miss, so that each route has leads of its own."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.lint.finding import Code, Example, Finding, Severity
from scoring.lint.leads import Leads, complete
from scoring.rubric import Rubric


def thresholds(rubric: Rubric, leads: Leads) -> Iterator[Finding]:
    """What is wrong with `qualified` and `warm`, judged by the totals that leads can have."""
    best, least = max(leads, key=_total), min(leads, key=_total)
    poorest = min(complete(leads), key=_total)
    if best.total < rubric.qualified:
        mend = f"can never be reached: the best answers give {best.total} points; set it to {best.total} or less"
        yield _finding("out_of_reach", "qualified", mend, best, severity="fault")
    if rubric.warm >= rubric.qualified:
        mend = f"must be below qualified ({rubric.qualified}): nobody can be warm"
        yield _finding("thresholds_crossed", "warm", mend, *_around(leads, rubric.qualified), severity="fault")
        return  # what else could be said of the two follows from this
    if best.total < rubric.warm:
        mend = f"can never be reached: the best answers give {best.total} points; set it to {best.total} or less"
        yield _finding("out_of_reach", "warm", mend, best, severity="fault")
    elif best.total >= rubric.qualified and not any(rubric.warm <= lead.total < rubric.qualified for lead in leads):
        mend = (
            f"no lead can be warm: no answers add up to {_span(rubric.warm, rubric.qualified - 1)}; "
            "set it further below qualified"
        )
        yield _finding("warm_is_empty", "warm", mend, *_around(leads, rubric.qualified))
    if least.total >= rubric.warm:
        mend = f"nobody can miss it: the least total is {least.total}, so no lead is ever cold; set it higher"
        yield _finding("cannot_be_missed", "warm", mend, least)
    if poorest.total >= rubric.qualified:
        mend = (
            f"whoever answers everything is offered a call: the poorest answers give {poorest.total} points; "
            "set it higher"
        )
        yield _finding("cannot_be_missed", "qualified", mend, poorest)


def _finding(code: Code, name: str, message: str, *examples: Example, severity: Severity = "warning") -> Finding:
    return Finding(code, ("thresholds", name), message, severity, examples)


def _around(leads: Leads, total: int) -> tuple[Example, ...]:
    """The highest lead below `total` and the lowest from there on."""
    below = max((lead for lead in leads if lead.total < total), key=_total, default=None)
    above = min((lead for lead in leads if lead.total >= total), key=_total, default=None)
    return tuple(one for one in (below, above) if one is not None)


def _span(first: int, last: int) -> str:
    return f"{first}" if first == last else f"a total from {first} to {last}"


def _total(lead: Example) -> int:
    return lead.total
