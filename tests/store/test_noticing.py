"""What is told of a visitor while a turn of theirs runs waits for it; neither undoes the other, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from banter.leads.behaviour import MOST, OWN, Seen
from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.noticing import Noticing
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from scoring.behaviour import Behaviour, Worth
from scoring.parts import Parts
from tests.leads.visitor import PLAYBOOK

NOON = datetime(2026, 11, 22, 12, tzinfo=timezone.utc)
_WORTH = Parts(behaviour=Behaviour({"page": Worth(1, 100), "return": Worth(5, 5)}))
RULES = replace(PLAYBOOK, rubrics={name: replace(rubric, parts=_WORTH) for name, rubric in PLAYBOOK.rubrics.items()})


def begin(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.conversations.create(Conversation("c_1", "web", "en", "UTC", None, None, NOON))
        tx.leads.save(qualify(Lead("l_1", "c_1", "web", "UTC", NOON, NOON), RULES))


def test_a_turn_and_what_is_told_meanwhile_are_both_kept(store: SqlStore) -> None:
    begin(store)

    def tell(number: int) -> None:
        with store.begin() as tx:
            seen = Seen(str(number), "page", "https://acorn.example/", NOON)
            assert Noticing(RULES, "secret").notice(tx, "c_1", [seen], NOON) == 1

    with ThreadPoolExecutor(4) as pool:
        with store.begin() as tx:
            tx.conversations.lock("c_1")
            lead = tx.leads.get("l_1")
            told = [pool.submit(tell, number) for number in range(4)]
            assert lead is not None
            tx.leads.save(replace(lead, opener="sales", turns=1))
        for one in told:
            one.result()
    with store.begin(readonly=True) as tx:
        lead = tx.leads.get("l_1")
    assert lead is not None
    assert lead.score is not None
    assert (lead.opener, lead.turns, lead.score.total, len(lead.events)) == ("sales", 1, 4, 4)


def test_the_newest_are_kept_of_pages_and_of_the_owners_systems_apart(store: SqlStore) -> None:
    begin(store)
    old = NOON - timedelta(days=9)
    with store.begin() as tx:
        tx.behaviour.add("c_1", [Seen("first", "visit", "https://acorn.example/", old)])
        owners = [Seen(f"owner{OWN}{n}", "feature_used", "", old + timedelta(hours=n)) for n in range(MOST + 5)]
        tx.behaviour.add("c_1", owners)
        tx.behaviour.add("c_1", [Seen(str(n), "page", "https://acorn.example/", NOON) for n in range(MOST + 5)])
        tx.behaviour.add("c_1", [Seen("back", "visit", "https://acorn.example/", NOON)])
    with store.begin(readonly=True) as tx:
        kept = [one.key for one in tx.behaviour.of_conversation("c_1")]
    assert len(kept) == 2 * MOST
    assert {"first", "back", f"owner{OWN}{MOST + 4}"} <= set(kept)  # plain pages go before visits
    assert f"owner{OWN}4" not in kept


def test_who_is_flagged_is_found_by_it(store: SqlStore) -> None:
    begin(store)
    with store.begin(readonly=True) as tx:
        assert tx.leads.page(requalify=True) == []
        assert tx.behaviour.of_lead("l_1") == []
