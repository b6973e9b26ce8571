"""Does a lead show what a finding says of it? It is scored anew here, by the functions that score real leads."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

from scoring.lint import Example, Finding
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension
from scoring.route import route
from scoring.rubric import Rubric
from scoring.score import score


def shown(finding: Finding, rubric: Rubric) -> None:
    """The leads of `finding` score and go as it says, and that is what its code means."""
    assert finding.examples
    for one in finding.examples:
        assert scored(rubric, one.answers) == (one.total, one.route)
    assert SHOWS[finding.code](rubric, finding.key[-1], *finding.examples), finding


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


def _crossed(rubric: Rubric, _name: str, *around: Example) -> bool:
    return rubric.warm >= rubric.qualified and all(one.route != "nurture_warm" for one in around)


def _never_reached(rubric: Rubric, name: str, best: Example) -> bool:
    return rubric.most == best.total < getattr(rubric, name)


def _never_missed(rubric: Rubric, name: str, poorest: Example) -> bool:
    """By nobody, or by nobody who answers."""
    least = {"warm": 0, "qualified": sum(min(points.values()) for points in rubric.points.values())}
    return least[name] == poorest.total >= getattr(rubric, name)


def _empty(_rubric: Rubric, _name: str, *around: Example) -> bool:
    return [one.route for one in around] in (["nurture_cold", "book"], ["book"])


def _better_is_less(_rubric: Rubric, band: str, better: Example, worse: Example) -> bool:
    [dimension] = {d for d, _ in set(better.answers.items()) ^ set(worse.answers.items())}
    those = [better.answers[dimension], worse.answers[dimension]]
    in_order = sorted(those, key=BANDS[dimension].index) == those
    return in_order and better.total < worse.total and band in those


def _nothing_changed(_rubric: Rubric, _name: str, answered: Example, silent: Example) -> bool:
    return len(silent.answers) == len(answered.answers) - 1 and silent.route == answered.route


def _alone(_rubric: Rubric, band: str, only: Example) -> bool:
    return list(only.answers.values()) == [band] and only.route == "book"


SHOWS = {
    "thresholds_crossed": _crossed,
    "out_of_reach": _never_reached,
    "cannot_be_missed": _never_missed,
    "warm_is_empty": _empty,
    "better_worth_less": _better_is_less,
    "changes_nothing": _nothing_changed,
    "decides_alone": _alone,
}
