"""Criteria whose answers are worth what they say: a better one never less, none of them all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise

from scoring.change import BY_POINTS
from scoring.lint.finding import Code, Example, Finding
from scoring.lint.leads import Leads
from scoring.model import BANDS, CRITERIA, DIMENSIONS, Dimension
from scoring.rubric import Rubric


def criteria(rubric: Rubric, leads: Leads) -> Iterator[Finding]:
    """What is wrong with the points of each criterion."""
    by_answers = {frozenset(lead.answers.items()): lead for lead in leads}
    thresholds_work = rubric.warm < rubric.qualified and len({lead.route for lead in leads}) > 1
    for dimension in DIMENSIONS:
        yield from _in_order(rubric, dimension, by_answers)
        if thresholds_work:
            yield from _counts(rubric, dimension, by_answers)
            yield from _not_alone(rubric, dimension, leads)


_Table = Mapping[frozenset[tuple[Dimension, str]], Example]


def _in_order(rubric: Rubric, dimension: Dimension, table: _Table) -> Iterator[Finding]:
    """A better answer is never worth less. Of answers out of order the fewest are named that would have to change."""
    points = rubric.points[dimension]
    kept = _longest_in_order(dimension, points)
    for place, band in enumerate(BANDS[dimension]):
        if band in kept:
            continue
        better = [other for other in BANDS[dimension][:place] if other in kept]
        worse = [other for other in BANDS[dimension][place + 1 :] if other in kept]
        least, most = (points[worse[0]] if worse else 0), (points[better[-1]] if better else None)
        room = f"{least} or more" if most is None else f"{least} to {most}" if least < most else f"{least}"
        if most is not None and points[band] > most:
            first, second = better[-1], band
            message = f"is worth {points[band]}, more than {first} ({most}), which is a better answer; give it {room}"
        else:
            first, second = band, worse[0]
            message = f"is worth {points[band]}, less than {second} ({least}), which is a worse answer; give it {room}"
        pairs = list(_pairs(table, dimension, first, second))
        shown = next((pair for pair in pairs if _rank(pair[0]) > _rank(pair[1])), pairs[0])
        yield _finding("better_worth_less", rubric, dimension, message, shown, band)


def _longest_in_order(dimension: Dimension, points: Mapping[str, int]) -> tuple[str, ...]:
    """The most bands whose points never rise from a better one to a worse."""
    bands = BANDS[dimension]
    return next(
        kept
        for count in range(len(bands), 0, -1)
        for kept in combinations(bands, count)
        if all(points[one] >= points[next_one] for one, next_one in pairwise(kept))
    )


def _counts(rubric: Rubric, dimension: Dimension, table: _Table) -> Iterator[Finding]:
    """There is a lead for whom the best answer leads elsewhere than another one, or none."""
    bands: tuple[str | None, ...] = (*BANDS[dimension], None)
    pairs = [pair for one, other in combinations(bands, 2) for pair in _pairs(table, dimension, one, other)]
    if any(one.route != other.route for one, other in pairs):
        return
    most = max(rubric.points[dimension].values())
    worth = "is worth nothing" if most == 0 else f"is worth too little ({most} at most)"
    message = f"{worth}: no answer to it ever changes where a lead goes; give it more points or do not ask it"
    best = max(BANDS[dimension], key=lambda band: rubric.points[dimension][band])
    shown = next(_pairs(table, dimension, best, None))
    yield _finding("changes_nothing", rubric, dimension, message, shown)


def _not_alone(rubric: Rubric, dimension: Dimension, leads: Leads) -> Iterator[Finding]:
    """No answer is enough for a call whatever else was said or not."""
    points = rubric.points[dimension]
    with_band = {band: [one for one in leads if one.answers.get(dimension) == band] for band in BANDS[dimension]}
    alone = [band for band, those in with_band.items() if all(one.route == BY_POINTS[0] for one in those)]
    if not alone:
        return
    band = min(alone, key=lambda band: points[band])
    others = f", and so {'is' if len(alone) == 2 else 'are'} {', '.join(b for b in alone if b != band)}"
    message = (
        f"is enough for a call ({points[band]} points, {rubric.qualified} are needed) whatever else was said"
        f"{others if len(alone) > 1 else ''}; give it fewer points or raise qualified"
    )
    yield _finding("decides_alone", rubric, dimension, message, (with_band[band][-1],), band)


def _pairs(
    table: _Table, dimension: Dimension, one: str | None, other: str | None
) -> Iterator[tuple[Example, Example]]:
    """Every two leads that differ in this one answer. None: it was not given."""
    for answers, lead in table.items():
        if lead.answers.get(dimension) == one:
            rest = answers - {(dimension, one)} if one is not None else answers
            yield lead, table[rest | {(dimension, other)} if other is not None else rest]


def _rank(lead: Example) -> int:
    return BY_POINTS.index(lead.route)


def _finding(
    code: Code,
    rubric: Rubric,
    dimension: Dimension,
    message: str,
    examples: tuple[Example, ...],
    band: str | None = None,
) -> Finding:
    key = ("points", CRITERIA[rubric.framework][dimension], *([band] if band else []))
    return Finding(code, key, message, "warning", examples)
