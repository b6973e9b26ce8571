"""`banter override`, and what a backtest makes of it."""

from __future__ import annotations

import json

import pytest

from tests.dashboard import examples
from tests.dashboard.examples import BOOKED, COLD, WARM
from tests.rubrics.conftest import House


@pytest.fixture
def lived(house: House) -> House:
    examples.fill(house.store)
    return house


def test_a_lead_is_named_by_id_conversation_or_part_of_a_name_or_address(lived: House) -> None:
    for name in (WARM.id, WARM.conversation, "sam@exa", "SAMPLE"):
        said = lived.banter("override", name, "book", "--reason", f"because of {name}", "--by", "Ana")
        assert said.output == (
            "Sam Sample belongs to Book, says Ana. By the points it is Warm nurture, and that stays.\n"
        ), name
    with lived.store.begin(readonly=True) as tx:
        standing = tx.overrides.of_lead(WARM.id)
        assert standing is not None
        assert (standing.route, standing.reason, standing.by) == ("book", "because of SAMPLE", "terminal:Ana")
        assert len(tx.overrides.all_of(WARM.id)) == 4
        assert tx.leads.get(WARM.id) == WARM
        assert not [i for i in tx.outbox.of_lead(WARM.id) if i.kind == "nurture" and i.status == "queued"]
    assert "where the points say again" in lived.banter("override", WARM.id, "back", "--reason", "No").output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nobody", "book", "--reason", "x"), "No lead has the id"),
        (("", "book", "--reason", "x"), "No lead has the id"),
        (("%", "book", "--reason", "x"), "No lead has the id"),
        (("example.com", "book", "--reason", "x"), "Several leads fit"),
        (("l_warm", "heaven", "--reason", "x"), "There is no route heaven; use one of book,"),
        (("l_warm", "book"), "Please write why"),
        (("l_warm", "back", "--reason", "x"), "nothing to take back"),
        (("l_test", "book", "--reason", "x"), "This is a test"),
    ],
)
def test_what_cannot_be_done_is_said_with_the_mend(lived: House, arguments: tuple[str, ...], said: str) -> None:
    result = lived.banter("override", *arguments)
    assert result.exit_code == 1
    assert said in result.output


def test_a_backtest_says_how_often_a_rubric_agrees_with_the_team(lived: House) -> None:
    lived.start()
    lived.banter("override", WARM.id, "book", "--reason", "They bought")
    lived.banter("override", COLD.id, "nurture_warm", "--reason", "They may")
    lived.banter("override", BOOKED.id, "book", "--reason", "Right so")
    assert WARM.score is not None
    lived.edit("qualified: 75", f"qualified: {WARM.score.total}")
    lived.edit("warm: 40", "warm: 20")
    assert (
        "said otherwise of 3: 1 of them went where the team says, 2 would have."
        in lived.banter("rubric", "backtest").output
    )
    sums = json.loads(lived.banter("rubric", "backtest", "--json").output.splitlines()[-1])
    assert sums["overridden"] == {"leads": 3, "met_before": 1, "met_after": 2}
