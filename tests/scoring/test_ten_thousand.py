"""Ten thousand leads, each under a rubric of its own with any of its parts, drawn from one seed."""

from __future__ import annotations

from random import Random

import pytest

from scoring.change import BEST_FIRST, with_bands
from scoring.lint import lint
from scoring.model import BANDS, CRITERIA, DIMENSIONS
from scoring.verdict import Verdict, judge
from tests.scoring.drawn import a_profile, a_rubric, some_answers, what_is_known
from tests.scoring.plainly import points_of


def test_five_hundred_leads_keep_every_promise() -> None:
    _keep(Random(16), 500)


@pytest.mark.slow
def test_ten_thousand_leads_keep_every_promise() -> None:
    _keep(Random(6), 10_000)


@pytest.mark.exhaustive
def test_a_hundred_thousand_leads_keep_every_promise() -> None:
    _keep(Random(60), 100_000)


def _keep(lots: Random, many: int) -> None:
    """The lines are those of a plain reckoning and add up, the label follows, and nothing unknown is above what is
    known. A better band never lowers a total or a route, unless the rubric's own points do: then the linter says so."""
    for number in range(many):
        in_order = number % 500 != 499  # the linter scores hundreds of leads, so it is asked about few
        rubric, profile, known = a_rubric(lots, in_order=in_order), a_profile(lots), what_is_known(lots)
        answers = some_answers(lots)
        verdict = judge(answers, rubric, known, profile)
        _adds_up(verdict, number)
        plainly = points_of(answers, rubric, known, profile)
        assert {line.rule: line.points for line in verdict.lines} == plainly, number
        for dimension in DIMENSIONS:
            without = judge({d: a for d, a in answers.items() if d != dimension}, rubric, known, profile)
            better, worse = sorted(lots.sample(BANDS[dimension], 2), key=BANDS[dimension].index)
            low, high = (judge(with_bands(answers, {dimension: b}), rubric, known, profile) for b in (worse, better))
            assert without.total <= low.total, number
            assert _place(without) >= _place(low), number
            assert without.confidence <= low.confidence, number
            if high.total < low.total or _place(high) > _place(low):
                assert not in_order, number
                at = ("points", CRITERIA[rubric.framework][dimension])
                found = lint(rubric, profile)
                assert any(one.code == "better_worth_less" and one.key[:2] == at for one in found), number


def _adds_up(verdict: Verdict, number: int) -> None:
    total = sum(line.points for line in verdict.lines)
    limits = verdict.rubric.thresholds_for(verdict.known)
    assert verdict.total == total >= 0, number
    assert total <= verdict.rubric.most, number
    label = "hot" if total >= limits.qualified else "warm" if total >= limits.warm else "cold"
    assert verdict.segment == label, number
    assert all(line.evidence and line.rule for line in verdict.lines), number
    if verdict.score.disqualified:
        assert verdict.route.name == "disqualified", number
    elif verdict.rubric.parts.handoff is None and not verdict.rubric.parts.border:
        by_label = {"hot": "book", "warm": "nurture_warm", "cold": "nurture_cold"}
        assert verdict.route.name == by_label[label], number
    assert (verdict.stage == "SQL") == (verdict.route.name == "book"), number


def _place(verdict: Verdict) -> int:
    return [*BEST_FIRST, "disqualified"].index(verdict.route.name)
