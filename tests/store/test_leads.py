from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from banter.leads.ports import Store
from banter.store import tables
from banter.store.database import SqlStore
from scoring.model import Line, Route, Score
from tests.store.values import MINUTE, NOW, lead


def test_a_lead_is_found_by_its_id_and_by_its_conversation(any_store: Store) -> None:
    one = lead("l_1", conversation="c_9")
    with any_store.begin() as tx:
        tx.leads.save(one)
    with any_store.begin() as tx:
        assert tx.leads.get("l_1") == one
        assert tx.leads.of_conversation("c_9") == one
        assert tx.leads.get("l_2") is None
        assert tx.leads.of_conversation("c_8") is None


def test_saving_again_replaces(any_store: Store) -> None:
    with any_store.begin() as tx:
        tx.leads.save(lead())
        later = replace(lead(), status="closed", updated_at=NOW + MINUTE)
        tx.leads.save(later)
        assert tx.leads.get("l_1") == later
        assert list(tx.leads.page()) == [later]


def test_a_conversation_never_has_two_leads(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.leads.save(lead("l_1", conversation="c_1"))
    with pytest.raises(IntegrityError), store.begin() as tx:
        tx.leads.save(lead("l_2", conversation="c_1"))


def test_pages_run_from_the_newest_to_the_oldest(any_store: Store) -> None:
    with any_store.begin() as tx:
        for number in range(5):
            tx.leads.save(lead(f"l_{number}", created_at=NOW + number * MINUTE, updated_at=NOW - number * MINUTE))
        pages = [[one.id for one in tx.leads.page(page=page, size=2)] for page in (1, 2, 3, 4)]
    assert pages == [["l_4", "l_3"], ["l_2", "l_1"], ["l_0"], []]


def test_leads_of_the_same_moment_stand_in_one_order_so_that_no_page_repeats_one(any_store: Store) -> None:
    with any_store.begin() as tx:
        for name in "bdace":
            tx.leads.save(lead(f"l_{name}"))
        seen = [one.id for page in (1, 2, 3) for one in tx.leads.page(page=page, size=2)]
    assert seen == ["l_e", "l_d", "l_c", "l_b", "l_a"]


def test_test_leads_and_silent_visitors_are_left_out_unless_their_conversation_is_asked_for(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.leads.save(lead("l_test", test=True))
        tx.leads.save(lead("l_silent", opener=None))
        tx.leads.save(lead("l_real"))
        assert [one.id for one in tx.leads.page()] == ["l_real"]
        assert [one.id for one in tx.leads.page(conversation="c_of_l_test")] == ["l_test"]
        assert [one.id for one in tx.leads.page(conversation="c_of_l_silent")] == ["l_silent"]


def test_leads_are_filtered_by_route_and_by_their_last_change(any_store: Store) -> None:
    with any_store.begin() as tx:
        tx.leads.save(lead("l_old", route=Route("book", (), final=True)))
        tx.leads.save(lead("l_new", route=Route("book", (), final=True), updated_at=NOW + MINUTE))
        tx.leads.save(lead("l_cold", route=Route("nurture_cold", (), final=True), updated_at=NOW + MINUTE))
        assert {one.id for one in tx.leads.page(route="book")} == {"l_old", "l_new"}
        assert {one.id for one in tx.leads.page(since=NOW + MINUTE)} == {"l_new", "l_cold"}
        assert [one.id for one in tx.leads.page(route="book", since=NOW + MINUTE)] == ["l_new"]


def test_what_leads_are_searched_by_follows_from_the_lead(store: SqlStore) -> None:
    scored = lead(
        status="booked",
        score=Score("bant@1", (Line("budget.amount", 20, ("15k",), "budget"),), ()),
        route=Route("nurture_cold", (), final=False),
    )
    scored = replace(scored, contact=replace(scored.contact, email="pat@example.com"))
    with store.begin() as tx:
        tx.leads.save(scored)
        row = tx.connection.execute(select(tables.leads)).one()
    assert (row.status, row.route, row.total, row.email) == ("booked", "nurture_cold", 20, "pat@example.com")
