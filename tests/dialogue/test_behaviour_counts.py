"""What a visitor does on the website reaches the score of the turn, where the rubric counts it; on a real database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from banter.booking.diary import TeamDiary
from banter.leads.behaviour import Seen
from banter.leads.playbook import Playbook
from banter.store.conversations import Conversation
from banter.turns import Turns
from scoring.behaviour import Behaviour, Worth
from scoring.parts import Parts
from tests.databases import sqlite_store
from tests.dialogue.talk import Services
from tests.leads.visitor import NOW, PLAYBOOK, FakeAlerts, FakeNurturing, FakeReader, FakeTimers

COUNTED = {
    name: replace(rubric, parts=Parts(behaviour=Behaviour({"pricing_page": Worth(8, 8)})))
    for name, rubric in PLAYBOOK.rubrics.items()
}


@pytest.mark.parametrize(
    ("playbook", "total"), [(PLAYBOOK, 0), (replace(PLAYBOOK, rubrics=COUNTED), 8)], ids=["off", "on"]
)
def test_a_pricing_page_counts_where_the_rubric_says_so_and_nowhere_else(
    tmp_path: Path, playbook: Playbook, total: int
) -> None:
    store = sqlite_store(tmp_path)
    turns = Turns(
        store,
        FakeReader(),
        playbook,
        lambda tx: Services(None, FakeNurturing(), FakeAlerts(), FakeTimers()),  # type: ignore[arg-type, return-value]
        lambda: NOW,
    )
    zone = playbook.company.timezone.key
    with store.begin() as tx:
        conversation = Conversation("c_1", "web", "en", zone, None, None, NOW)
        tx.conversations.create(conversation)
        tx.behaviour.add("c_1", [Seen("1", "page", "https://a.example/pricing", NOW)])
        with turns.begin(tx, conversation) as turn:
            turn.hear({"text": "", "intent": {"name": "start"}})
    with store.begin(readonly=True) as tx:
        lead = tx.leads.of_conversation("c_1")
    store.close()
    assert lead is not None
    assert lead.score is not None
    assert lead.score.total == total
    assert [line.rule for line in lead.score.lines] == (["behaviour.pricing_page"] if total else [])


@pytest.mark.parametrize("agreed", [True, False])
def test_a_call_that_the_turn_booked_counts_at_once_and_once_unless_it_may_not_be_kept(
    tmp_path: Path, agreed: bool
) -> None:
    worth = Behaviour({"booked_call": Worth(30, 30)})
    rubrics = {name: replace(rubric, parts=Parts(behaviour=worth)) for name, rubric in PLAYBOOK.rubrics.items()}
    playbook = replace(PLAYBOOK, rubrics=rubrics)
    store = sqlite_store(tmp_path)
    turns = Turns(
        store,
        FakeReader(),
        playbook,
        lambda tx: Services(TeamDiary(tx, playbook, "", ""), FakeNurturing(), FakeAlerts(), FakeTimers()),  # type: ignore[arg-type, return-value]
        lambda: NOW,
        agreed=lambda tx, conversation: agreed,
    )
    said = (
        "",
        "need=quantified budget=approved_amount authority=final timeline=within_60_days",
        "when:any",
        "a@b.example",
    )
    with store.begin() as tx:
        tx.conversations.create(Conversation("c_1", "web", "en", "Europe/London", None, None, NOW))
    totals = []
    for text in (*said, "thanks"):
        with store.begin() as tx:
            conversation = tx.conversations.lock("c_1")
            assert conversation is not None
            with turns.begin(tx, conversation) as turn:
                heard = turn.hear({"text": text, "intent": {"name": "" if text else "start"}})
                turn.lead = replace(turn.lead, awaiting=heard.ask)
                if heard.ask is None:
                    turn.close()
        with store.begin(readonly=True) as tx:
            lead = tx.leads.of_conversation("c_1")
        assert lead is not None
        assert lead.score is not None
        totals.append((lead.status, lead.score.total))
    with store.begin(readonly=True) as tx:
        kept = [one.kind for one in tx.behaviour.of_conversation("c_1")]
    store.close()
    end = 130 if agreed else 100
    assert totals == [("open", 0), ("open", 100), ("open", 100), ("booked", end), ("booked", end)]
    assert kept == (["booked_call"] if agreed else [])
