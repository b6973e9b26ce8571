"""Visitors of every kind through the whole product: what must never happen to any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from banter.simulate.figures import Funnel
from banter.simulate.in_process import in_process
from banter.simulate.lines import cast
from banter.simulate.run import simulate
from tests.dialogue.conftest import model  # noqa: F401 - trains where that is needed

pytestmark = pytest.mark.slow
TODAY = date(2026, 11, 23)
#: Not those of benchmarks/conversation.py.
SEED, VISITORS = 11, 150


@pytest.fixture(scope="module")
def run(model: Path) -> Iterator[Funnel]:  # noqa: F811
    with in_process({}, TODAY) as driver:
        yield simulate(driver, cast(), visitors=VISITORS, seed=SEED, today=TODAY)


def none_met(run: Funnel, *sorts: str) -> None:
    """Fails with those who met such trouble, as `--visitors 150 --seed 11 --today 2026-11-23` prints them."""
    met = [
        f"visitor {told.dialogue.visitor.number} ({told.dialogue.visitor.kind.name}): {one.sort}: {one.what}"
        for told in run.told
        for one in told.trouble
        if one.sort in sorts
    ]
    assert not met, "\n".join(met)


def test_no_conversation_breaks_off_or_falls_silent(run: Funnel) -> None:
    none_met(run, "failure", "silence")


def test_nobody_is_asked_a_seventh_question_and_most_are_asked_five_at_most(run: Funnel) -> None:
    none_met(run, "seventh")
    assert run.whole.asked_median <= 5


def test_who_said_everything_at_once_is_asked_one_question_at_most(run: Funnel) -> None:
    none_met(run, "asked_known")


def test_no_sentence_is_said_twice_running(run: Funnel) -> None:
    none_met(run, "repeated")


def test_nobody_is_asked_the_same_for_ever_and_everybody_who_stays_gets_somewhere(run: Funnel) -> None:
    none_met(run, "stuck")
    assert run.reached_an_outcome == run.stayed


def test_what_a_leaving_visitor_said_is_kept(run: Funnel) -> None:
    left = [told for told in run.told if told.outcome == "left"]
    kept = [told for told in left if told.dialogue.exchanges[-1].known]
    assert left
    assert len(kept) == len(left)


def test_the_same_seed_sends_the_same_visitors_who_are_answered_the_same(run: Funnel) -> None:
    with in_process({}, TODAY) as driver:
        again = simulate(driver, cast(), visitors=5, seed=SEED, today=TODAY)
    assert [told.dialogue for told in again.told] == [told.dialogue for told in run.told[:5]]
