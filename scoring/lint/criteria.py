"""Criteria whose answers are worth what they say: a better one never less, none of them all or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from scoring.change import BEST_FIRST
from scoring.fit import Profile
from scoring.known import NOTHING
from scoring.lint.finding import Code, Example, Finding
from scoring.lint.leads import Leads, lead
from scoring.lint.order import misplaced
from scoring.lint.totals import answered, totals
from scoring.model import BANDS, COMMITMENTS, CRITERIA, DIMENSIONS, SPECIFICITIES, Dimension
from scoring.rubric import Rubric

_Table = Mapping[frozenset[tuple[Dimension, str]], Example]


def criteria(rubric: Rubric, profile: Profile, leads: Leads) -> Iterator[Finding]:
    """What is wrong with the points of each criterion and of how it is answered."""
    by_answers = {frozenset(one.answers.items()): one for one in leads}
    thresholds_work = rubric.warm < rubric.qualified <= rubric.most
    for dimension in DIMENSIONS:
        yield from _in_order(rubric, profile, dimension, by_answers)
        yield from _signals_in_order(rubric, profile, dimension)
        if thresholds_work:
            yield from _counts(rubric, profile, dimension, by_answers)
            yield from _not_alone(rubric, dimension, leads)


def _in_order(rubric: Rubric, profile: Profile, dimension: Dimension, table: _Table) -> Iterator[Finding]:
    for slip in misplaced(BANDS[dimension], rubric.points[dimension], "answer"):
        pairs = [pair for pair in _pairs(table, dimension, slip.better, slip.worse) if pair[0].total < pair[1].total]
        shown: tuple[Example, ...] | None = pairs[0] if pairs else None
        shown = next((pair for pair in pairs if _rank(pair[0]) > _rank(pair[1])), shown)
        if shown is None:  # said the usual way, signals may take all that either gives
            ways = product(SPECIFICITIES, COMMITMENTS)
            alone = (
                tuple(lead(rubric, profile, {dimension: band}, NOTHING, *way) for band in slip.both) for way in ways
            )
            shown = next((pair for pair in alone if pair[0].total < pair[1].total), None)
        if shown is not None:
            yield _finding("better_worth_less", rubric, dimension, slip.message, shown, slip.name)


def _signals_in_order(rubric: Rubric, profile: Profile, dimension: Dimension) -> Iterator[Finding]:
    """A more exact answer, and a firmer one, is never worth less."""
    given = rubric.parts.signals.get(dimension, {})
    for signs in (SPECIFICITIES, COMMITMENTS):
        for slip in misplaced(signs, {sign: given.get(sign, 0) for sign in signs}, "sign"):
            pairs = (
                tuple(lead(rubric, profile, {dimension: band}, specificity=s, commitment=c) for s, c in ways)
                for band in BANDS[dimension]
                for ways in _ways(signs, slip.better, slip.worse)
            )
            shown = next((pair for pair in pairs if pair[0].total < pair[1].total), None)
            if shown is None:
                continue  # no answer gives so much that the signs could take it
            name, message = slip.name, slip.message
            if name not in given:  # the other of the two is to change
                name = slip.better if slip.worse == name else slip.worse
                message = f"is worth {given[name]}, and {slip.name}, which is left out, 0: the better sign gives less"
            key = ("signals", CRITERIA[rubric.framework][dimension], name)
            yield Finding("better_worth_less", key, message, "warning", shown)


def _ways(signs: tuple[str, ...], better: str, worse: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """The two signs, each beside every sign of the other kind, in pairs of specificity and commitment."""
    for other in COMMITMENTS if signs is SPECIFICITIES else SPECIFICITIES:
        yield tuple((sign, other) if signs is SPECIFICITIES else (other, sign) for sign in (better, worse))


def _counts(rubric: Rubric, profile: Profile, dimension: Dimension, table: _Table) -> Iterator[Finding]:
    """There is a lead for whom one answer leads elsewhere than none: whatever else is said and known of it."""
    others_count = any(rubric.best.values())
    enough = rubric.parts.handoff.enough if rubric.parts.handoff else ()
    if not others_count or dimension in enough or _moves(rubric, profile, dimension):
        return
    most = rubric.best[dimension]
    worth = "is worth nothing" if most == 0 else f"is worth too little ({most} at most)"
    message = f"{worth}: no answer to it ever changes where a lead goes; give it more points or do not ask it"
    best = max(BANDS[dimension], key=lambda band: rubric.points[dimension][band])
    shown = next(_pairs(table, dimension, best, None))
    yield _finding("changes_nothing", rubric, dimension, message, shown)


def _moves(rubric: Rubric, profile: Profile, dimension: Dimension) -> bool:
    """Whether some total of all else lies so far below some threshold that an answer to this can make up for it."""
    parts = rubric.parts
    most = max(points + max(0, signals) for points, signals in answered(rubric, dimension))
    limits = [rubric.thresholds, *(deal.thresholds for deal in parts.deals)]
    border = {-parts.border, parts.border}
    steps = {one.warm for one in limits}
    if parts.handoff is None:
        steps |= {one.qualified + b for one in limits for b in border}
    rest = totals(rubric, profile, but=dimension)
    moves = any(step - most <= total < step for step in steps for total in rest if step > 0)
    if moves or parts.handoff is None:
        return moves
    intents = {needed + b for needed in (parts.handoff.strong_intent, parts.handoff.moderate_intent) for b in border}
    rest = totals(replace(rubric, parts=replace(parts, fit_adds=0)), profile, but=dimension)
    return any(step - most <= intent < step for step in intents for intent in rest)


def _not_alone(rubric: Rubric, dimension: Dimension, leads: Leads) -> Iterator[Finding]:
    """No answer is enough for a call whatever else was said or not."""
    points = rubric.points[dimension]
    with_band = {band: [one for one in leads if one.answers.get(dimension) == band] for band in BANDS[dimension]}
    alone = [band for band, those in with_band.items() if all(one.route == BEST_FIRST[0] for one in those)]
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
    for answers, first in table.items():
        if first.answers.get(dimension) == one:
            rest = answers - {(dimension, one)} if one is not None else answers
            yield first, table[rest | {(dimension, other)} if other is not None else rest]


def _rank(one: Example) -> int:
    return BEST_FIRST.index(one.route)


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
