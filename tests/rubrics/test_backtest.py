"""Who would have moved under another rubric, and what that would have meant."""

from __future__ import annotations

import json
import tracemalloc
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from banter.leads.behaviour import Seen
from banter.rubrics.backtest import backtest, by
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from scoring.backtest import Tally
from scoring.behaviour import Behaviour, Worth
from scoring.parts import Parts
from scoring.rubric import rubric_from
from tests.dashboard import examples
from tests.dashboard.examples import ALL, BOOKED, COLD, RULES, WARM
from tests.databases import sqlite_store
from tests.rubrics.conftest import House


@pytest.fixture
def lived(house: House) -> House:
    """A house with leads of every kind in it."""
    examples.fill(house.store)
    house.start()
    return house


def as_json(house: House, *options: str) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    said = house.banter("rubric", "backtest", "--json", *options)
    assert said.exit_code == 0, said.output
    *moved, sums = (json.loads(line) for line in said.stdout.splitlines())
    return moved, sums


def test_the_same_rubric_moves_nobody_and_tests_do_not_count(lived: House) -> None:
    moved, sums = as_json(lived)
    assert moved == []
    assert (sums["leads"], sums["moved"], sums["points_changed"]) == (len(ALL), 0, 0)
    assert all(route["before"] == route["after"] for route in sums["routes"].values())


def test_who_would_have_moved_is_shown_with_the_lines_that_differ(lived: House) -> None:
    assert BOOKED.score is not None
    lived.edit("approved_amount: 30 ", "approved_amount: 3 ")
    lived.edit("qualified: 75", "qualified: 85")
    (one,), sums = as_json(lived)
    assert one["lead"] == BOOKED.id
    assert one["before"] == {"route": "book", "total": BOOKED.score.total}
    assert one["after"] == {"route": "nurture_warm", "total": BOOKED.score.total - 27}
    assert one["why"][0] == "budget.approved_amount 30 -> 3"
    assert one["why"][1].startswith("was: 100 of 100 points: 75 or more is qualified")
    assert one["call"] is True
    assert sums["calls"] == sums["calls_of_leads_that_would_not_have_qualified"] == 1
    assert sums["moves"] == [{"before": "book", "after": "nurture_warm", "leads": 1}]


def test_who_would_have_qualified_is_counted(lived: House) -> None:
    assert WARM.score is not None
    lived.edit("qualified: 75", f"qualified: {WARM.score.total}")
    lived.edit("warm: 40", "warm: 10")
    moved, sums = as_json(lived)
    assert WARM.id in {one["lead"] for one in moved}
    assert sums["would_have_qualified"] == sum(one["after"]["route"] == "book" for one in moved) >= 1
    assert sums["calls_of_leads_that_would_not_have_qualified"] == 0


def test_who_was_turned_away_or_asked_for_a_person_stays_where_they_are(lived: House) -> None:
    lived.edit("qualified: 75", "qualified: 1")
    lived.edit("warm: 40", "warm: 0")
    moved, _ = as_json(lived)
    assert {one["before"]["route"] for one in moved} <= {"nurture_warm", "nurture_cold", "book"}


def test_a_published_version_and_a_file_can_be_tried(lived: House, tmp_path: Path) -> None:
    lived.edit("qualified: 75", "qualified: 20")
    lived.edit("warm: 40", "warm: 10")
    draft = tmp_path / "draft.yml"
    draft.write_text(lived.file.read_text(encoding="utf-8"), encoding="utf-8")
    assert as_json(lived, "--rubric", "bant@1")[1]["moved"] == 0
    assert as_json(lived, "--rubric", str(draft))[1]["moved"] > 0
    missing = lived.banter("rubric", "backtest", "--rubric", "nowhere.yml")
    assert (missing.exit_code, "no file nowhere.yml" in missing.output) == (1, True)


def test_only_the_newest_or_those_since_a_day(lived: House) -> None:
    assert as_json(lived, "--limit", "2")[1]["leads"] == 2
    day = f"{COLD.created_at + timedelta(days=1):%Y-%m-%d}"
    assert 0 < as_json(lived, "--since", day)[1]["leads"] < len(ALL)
    assert lived.banter("rubric", "backtest", "--since", "last week").exit_code == 2


def test_people_read_sentences(lived: House) -> None:
    lived.edit("qualified: 75", "qualified: 99")
    lived.edit("approved_amount: 30 ", "approved_amount: 35 ")
    lived.edit("final: 25 ", "final: 5 ")
    said = lived.banter("rubric", "backtest").output
    assert f"{len(ALL)} leads by playbook/rubric.yml" in said
    assert "Calls that leads took up: 1. Leads with such a call that would not have qualified: 1." in said
    assert f"Pat Example  l_booked  {BOOKED.created_at:%Y-%m-%d}  has a call" in said
    assert "Book -> Warm nurture" in said
    assert "    authority.final 25 -> 5\n" in said
    assert "more would have moved" in lived.banter("rubric", "backtest", "--show", "0").output


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=3)])
def test_a_draft_that_counts_what_visitors_did_is_tried_on_what_they_did_though_nothing_counted_then(
    lived: House, later: timedelta
) -> None:
    page = "https://acorn.example/pricing"
    with lived.store.begin() as tx:
        if tx.conversations.get(WARM.conversation) is None:
            at = WARM.created_at
            tx.conversations.create(Conversation(WARM.conversation, "web", "en", "UTC", None, None, at))
        tx.behaviour.add(WARM.conversation, [Seen("1", "page", page, WARM.updated_at + later)])
    parts = Parts(behaviour=Behaviour({"pricing_page": Worth(60, 60)}))
    draft = by(replace(RULES.rubric, parts=parts), RULES)
    with lived.store.begin(readonly=True) as tx:
        moved = [one for one in backtest(tx, draft, Tally()) if one is not None]
        kept = tx.leads.get(WARM.id)
    assert [one.lead.id for one in moved] == [WARM.id]
    assert kept == WARM


def test_without_leads_there_is_nothing_to_try_it_on(house: House) -> None:
    assert "no leads with a score yet" in house.banter("rubric", "backtest").output


def test_a_thousand_leads_more_take_no_more_memory(tmp_path: Path) -> None:
    store = sqlite_store(tmp_path)
    other = rubric_from("bant", {**_shipped(), "version": 9, "thresholds": {"qualified": 99, "warm": 98}})

    def peak(leads: int) -> int:
        _fill(store, leads)
        tracemalloc.start()
        with store.begin(readonly=True) as tx:
            tally = Tally()
            for _ in backtest(tx, by(other, RULES), tally):
                pass
        assert tally.leads == leads
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    try:
        peak(600)
        assert 1.5 * peak(1200) > peak(2400)
    finally:
        store.close()


def _shipped() -> dict[str, Any]:
    rubric = RULES.rubrics["bant"]
    return {"points": {name: dict(bands) for name, bands in rubric.points.items()}}


def _fill(store: SqlStore, most: int) -> None:
    with store.begin() as tx:
        for number in range(most):
            at = BOOKED.created_at + timedelta(seconds=number)
            tx.leads.save(replace(BOOKED, id=f"l_{number}", conversation=f"c_{number}", created_at=at))
