"""Does a lead show what a finding says of it? It is scored anew here, by the functions that score real leads."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from scoring.fit import Profile
from scoring.lint import Example, Finding
from scoring.model import BANDS, COMMITMENTS, DIMENSIONS, SPECIFICITIES, Answer, Dimension, Thresholds
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score

_ANYBODY = Profile()


def shown(finding: Finding, rubric: Rubric, profile: Profile = _ANYBODY) -> None:
    """The leads of `finding` score and go as it says, and that is what its code means."""
    assert finding.examples
    for one in finding.examples:
        answers = {d: Answer(d, band, one.specificity, one.commitment, "so") for d, band in one.answers.items()}
        points = score(answers, rubric, one.known, profile)
        assert (points.total, route(points, rubric, answers, final=True).name) == (one.total, one.route)
    assert SHOWS[finding.code](rubric, finding.key, *finding.examples), finding


def scored(rubric: Rubric, bands: Mapping[Dimension, str]) -> tuple[int, str]:
    """Total and route of who has given these answers."""
    answers = {dimension: Answer(dimension, band, "some", "intending", "so") for dimension, band in bands.items()}
    points = score(answers, rubric)
    return points.total, route(points, rubric, answers, final=True).name


def routes(rubric: Rubric) -> set[str]:
    """Where leads go, by trying all of them."""
    return {
        scored(rubric, {d: band for d, band in zip(DIMENSIONS, bands, strict=True) if band})[1]
        for bands in product(*((*BANDS[dimension], "") for dimension in DIMENSIONS))
    }


def _limits(rubric: Rubric, key: tuple[str, ...]) -> Thresholds:
    return next((d.thresholds for d in rubric.parts.deals if d.thresholds.name == key[1]), rubric.thresholds)


def _best_answers(rubric: Rubric, one: Example) -> bool:
    return all(rubric.points[d][band] == max(rubric.points[d].values()) for d, band in one.answers.items())


def _crossed(rubric: Rubric, key: tuple[str, ...], *around: Example) -> bool:
    limits = _limits(rubric, key)
    return limits.warm >= limits.qualified and all(one.route != "nurture_warm" for one in around)


def _never_reached(rubric: Rubric, key: tuple[str, ...], best: Example) -> bool:
    if key[0] == "handoff":
        return best.route != "book" and _best_answers(rubric, best)
    return best.total == rubric.most < getattr(_limits(rubric, key), key[-1])


def _never_missed(rubric: Rubric, key: tuple[str, ...], poorest: Example) -> bool:
    """By nobody, or by nobody who answers."""
    if key[0] == "handoff":
        return poorest.route == "book"
    limit = getattr(_limits(rubric, key), key[-1])
    if key[-1] == "warm":
        return limit == 0 and poorest.answers == {}
    poor = all(rubric.points[d][band] == min(rubric.points[d].values()) for d, band in poorest.answers.items())
    return poor and len(poorest.answers) == len(DIMENSIONS) and poorest.total >= limit and poorest.route == "book"


def _empty(_rubric: Rubric, _key: tuple[str, ...], *around: Example) -> bool:
    return all(one.route != "nurture_warm" for one in around)


def _better_is_less(_rubric: Rubric, key: tuple[str, ...], better: Example, worse: Example) -> bool:
    if key[0] == "signals":
        ways = [(one.specificity, one.commitment) for one in (better, worse)]
        orders = [(SPECIFICITIES.index(s), COMMITMENTS.index(c)) for s, c in ways]
        return better.total < worse.total and orders[0] < orders[1] and better.answers == worse.answers
    [dimension] = {d for d, _ in set(better.answers.items()) ^ set(worse.answers.items())}
    those = [better.answers[dimension], worse.answers[dimension]]
    in_order = sorted(those, key=BANDS[dimension].index) == those
    return in_order and better.total < worse.total and key[-1] in those


def _nothing_changed(_rubric: Rubric, _key: tuple[str, ...], answered: Example, silent: Example) -> bool:
    return len(silent.answers) == len(answered.answers) - 1 and silent.route == answered.route


def _alone(_rubric: Rubric, key: tuple[str, ...], only: Example) -> bool:
    return list(only.answers.values()) == [key[-1]] and only.route == "book"


def _does_not_fire(rubric: Rubric, key: tuple[str, ...], asked_for: Example) -> bool:
    parts = rubric.parts
    if key[0] == "negatives":
        [rule] = [rule for rule in parts.negatives if rule.name == key[1]]
        return rule.when.met_by(asked_for.known) is None
    if key[0] == "disqualifiers":
        [out] = [rule for rule in parts.disqualifiers if rule.name == key[1]]
        return out.when.met_by(asked_for.known) is None
    if key[0] == "deals":
        return rubric.thresholds_for(asked_for.known).name != key[1]
    if key[0] == "handoff":
        return asked_for.total < getattr(parts.handoff, key[1])
    return _scored_fit(rubric, asked_for) == 0


def _misnamed(rubric: Rubric, key: tuple[str, ...], one: Example) -> bool:
    """A lead of another name than all that are asked for."""
    [facts] = one.known.facts.values()
    return set(one.known.facts) <= set(key) and len(facts) == 1 and bool(facts[0].names)


def _scored_fit(rubric: Rubric, one: Example) -> int:
    answers = {d: Answer(d, band, one.specificity, one.commitment, "so") for d, band in one.answers.items()}
    return sum(line.points for line in score(answers, rubric, one.known).lines if line.group == "fit")


def _in_both(rubric: Rubric, _key: tuple[str, ...], one: Example) -> bool:
    return sum(deal.when.met_by(one.known) is not None for deal in rubric.parts.deals) > 1


def _in_neither(rubric: Rubric, _key: tuple[str, ...], one: Example) -> bool:
    return rubric.thresholds_for(one.known).name == "" and bool(one.known.facts)


def _capped(rubric: Rubric, key: tuple[str, ...], one: Example) -> bool:
    answers = {d: Answer(d, band, one.specificity, one.commitment, "so") for d, band in one.answers.items()}
    lines = score(answers, rubric, one.known).lines
    return any(line.rule == f"caps.{key[1]}" for line in lines)


def _caught(_rubric: Rubric, _key: tuple[str, ...], one: Example) -> bool:
    return one.route == "disqualified"


def _drowned(_rubric: Rubric, _key: tuple[str, ...], fitting: Example, clicking: Example) -> bool:
    nothing_but = not clicking.known.facts and not fitting.known.events and fitting.answers == clicking.answers
    return nothing_but and fitting.total <= clicking.total


def _to_a_person(_rubric: Rubric, _key: tuple[str, ...], one: Example) -> bool:
    return one.route == "handover"


SHOWS = {
    "out_of_reach": _never_reached,
    "thresholds_crossed": _crossed,
    "cannot_be_missed": _never_missed,
    "warm_is_empty": _empty,
    "better_worth_less": _better_is_less,
    "changes_nothing": _nothing_changed,
    "decides_alone": _alone,
    "never_fires": _does_not_fire,
    "unknown_name": _misnamed,
    "deals_overlap": _in_both,
    "deals_gape": _in_neither,
    "cap_below_parts": _capped,
    "disqualifies_ideal": _caught,
    "clicks_drown_fit": _drowned,
    "border_too_wide": _to_a_person,
}
