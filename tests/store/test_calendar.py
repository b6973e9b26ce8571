from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from banter.leads.model import Booking, Slot
from banter.leads.ports import SlotTaken, Store, Transaction
from banter.store import tables
from banter.store.database import SqlStore
from tests.store.values import MINUTE, NOW, slot

HOLD = timedelta(minutes=15)


def hold(tx: Transaction, lead: str, wanted: Slot, *, buffer: int = 0, now=NOW) -> Booking:
    return tx.calendar.hold(lead, wanted, buffer_minutes=buffer, until=now + HOLD, now=now)


def busy(tx: Transaction, rep: str = "ada", **more) -> list:
    return list(tx.calendar.busy(rep, NOW, NOW + timedelta(days=3), **more))


def test_a_held_time_is_confirmed_and_found(any_store: Store) -> None:
    with any_store.begin() as tx:
        held = hold(tx, "l_1", slot())
        assert (held.status, held.held_until, held.sequence) == ("held", NOW + HOLD, 0)
        assert (held.starts_at, held.ends_at, held.rep) == (slot().starts_at, slot().ends_at, "ada")
    with any_store.begin() as tx:
        confirmed = tx.calendar.confirm(held.id)
        assert (confirmed.status, confirmed.held_until) == ("confirmed", None)
        assert tx.calendar.confirm(held.id) == confirmed
    with any_store.begin() as tx:
        assert tx.calendar.by_key(held.key) == tx.calendar.of_lead("l_1") == confirmed
        assert tx.calendar.by_key("guess") is None
        assert tx.calendar.of_lead("l_2") is None


def test_keys_cannot_be_guessed_from_each_other(store: SqlStore) -> None:
    with store.begin() as tx:
        keys = {hold(tx, f"l_{n}", slot(30 * n)).key for n in range(20)}
    assert len(keys) == 20
    assert min(map(len, keys)) >= 32


@pytest.mark.parametrize(("minutes", "length"), [(0, 30), (-15, 30), (15, 30), (5, 10), (-30, 90), (29, 30), (-29, 30)])
def test_an_overlapping_time_of_the_same_rep_is_taken(any_store: Store, minutes: int, length: int) -> None:
    with any_store.begin() as tx:
        hold(tx, "l_1", slot())
    with any_store.begin() as tx:
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot(minutes, length))
        hold(tx, "l_2", slot(minutes, length, rep="bob"))


def test_times_that_only_touch_do_not_overlap(any_store: Store) -> None:
    with any_store.begin() as tx:
        hold(tx, "l_1", slot())
        hold(tx, "l_2", slot(30))
        hold(tx, "l_3", slot(-30))
        assert len(busy(tx)) == 3


def test_the_buffer_after_a_call_belongs_to_it(any_store: Store) -> None:
    with any_store.begin() as tx:
        first = hold(tx, "l_1", slot(), buffer=15)
        assert busy(tx) == [(first.starts_at, first.ends_at + timedelta(minutes=15))]
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot(30))
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot(-30), buffer=15)
        hold(tx, "l_2", slot(45), buffer=15)


def test_a_refused_hold_leaves_nothing_and_the_transaction_goes_on(any_store: Store) -> None:
    with any_store.begin() as tx:
        hold(tx, "l_1", slot())
        before = hold(tx, "l_2", slot(60))
    with any_store.begin() as tx:
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot(15))
        tx.outbox.put("k", "alert", {}, due_at=NOW, lead="l_2")
    with any_store.begin() as tx:
        assert tx.calendar.of_lead("l_2") == before
        assert len(busy(tx)) == 2
        assert len(tx.outbox.of_lead("l_2")) == 1


def test_another_hold_gives_the_first_time_back(any_store: Store) -> None:
    with any_store.begin() as tx:
        first = hold(tx, "l_1", slot())
        second = hold(tx, "l_1", slot(15))
        assert tx.calendar.of_lead("l_1") == second
        assert tx.calendar.by_key(first.key).status == "cancelled"
        assert busy(tx) == [(second.starts_at, second.ends_at)]


def test_holding_the_same_time_again_only_makes_it_last(any_store: Store) -> None:
    with any_store.begin() as tx:
        first = hold(tx, "l_1", slot())
        again = hold(tx, "l_1", slot(), now=NOW + MINUTE)
        assert (again.id, again.key, again.held_until) == (first.id, first.key, NOW + MINUTE + HOLD)
        assert len(busy(tx)) == 1


def test_a_confirmed_call_is_not_lost_to_a_hold_of_another_time(any_store: Store) -> None:
    with any_store.begin() as tx:
        confirmed = tx.calendar.confirm(hold(tx, "l_1", slot()).id)
        with pytest.raises(SlotTaken):
            hold(tx, "l_1", slot())
        hold(tx, "l_1", slot(60))
        assert tx.calendar.by_key(confirmed.key).status == "confirmed"


def test_a_hold_that_ran_out_is_anybodys(any_store: Store) -> None:
    with any_store.begin() as tx:
        first = hold(tx, "l_1", slot())
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot(), now=NOW + HOLD - MINUTE)
        second = hold(tx, "l_2", slot(15), now=NOW + HOLD)
        assert busy(tx) == [(second.starts_at, second.ends_at)]
        with pytest.raises(SlotTaken):
            tx.calendar.confirm(first.id)
        tx.calendar.confirm(second.id)
    with any_store.begin() as tx:
        assert tx.calendar.of_lead("l_1").status == "cancelled"


def test_a_hold_that_ran_out_is_still_confirmed_when_nobody_took_the_time(store: SqlStore) -> None:
    with store.begin() as tx:
        first = hold(tx, "l_1", slot())
        assert tx.calendar.sweep(NOW + HOLD) == 1
        assert busy(tx) == []
    with store.begin() as tx:
        assert tx.calendar.confirm(first.id).status == "confirmed"
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot())


def test_sweeping_leaves_confirmed_calls_and_running_holds(store: SqlStore) -> None:
    with store.begin() as tx:
        tx.calendar.confirm(hold(tx, "l_1", slot()).id)
        hold(tx, "l_2", slot(60))
        assert tx.calendar.sweep(NOW + HOLD - MINUTE) == 0
        assert len(busy(tx)) == 2
        assert tx.calendar.sweep(NOW + HOLD) == 1
        assert tx.calendar.sweep(NOW + HOLD) == 0
        assert len(busy(tx)) == 1


def test_who_knows_the_time_sees_that_a_hold_ran_out_before_anybody_sweeps(any_store: Store) -> None:
    with any_store.begin() as tx:
        hold(tx, "l_1", slot())
        assert len(busy(tx, now=NOW)) == 1
        assert busy(tx, now=NOW + HOLD) == []


def test_a_call_moves_and_its_old_time_is_free(any_store: Store) -> None:
    with any_store.begin() as tx:
        booked = tx.calendar.confirm(hold(tx, "l_1", slot(), buffer=15).id)
        moved = tx.calendar.move(booked.id, slot(15, rep="ada"), buffer_minutes=15, now=NOW)
        assert (moved.id, moved.key, moved.status, moved.sequence) == (booked.id, booked.key, "confirmed", 1)
        assert (moved.starts_at, moved.ends_at) == (slot(15).starts_at, slot(15).ends_at)
        hold(tx, "l_2", slot(-30), buffer=15)
        other_rep = tx.calendar.move(booked.id, slot(15, rep="bob"), buffer_minutes=0, now=NOW)
        assert (other_rep.rep, other_rep.sequence) == ("bob", 2)
        assert len(busy(tx, "bob")) == 1


def test_a_move_to_a_taken_time_changes_nothing(any_store: Store) -> None:
    with any_store.begin() as tx:
        booked = tx.calendar.confirm(hold(tx, "l_1", slot()).id)
        hold(tx, "l_2", slot(60))
    with any_store.begin() as tx, pytest.raises(SlotTaken):
        tx.calendar.move(booked.id, slot(45), buffer_minutes=0, now=NOW)
    with any_store.begin() as tx:
        assert tx.calendar.of_lead("l_1") == booked
        assert len(busy(tx)) == 2
        with pytest.raises(SlotTaken):
            hold(tx, "l_3", slot())


def test_a_move_may_take_a_time_whose_hold_ran_out(any_store: Store) -> None:
    with any_store.begin() as tx:
        hold(tx, "l_2", slot(60))
        booked = tx.calendar.confirm(hold(tx, "l_1", slot()).id)
        tx.calendar.move(booked.id, slot(60), buffer_minutes=0, now=NOW + HOLD)
        assert len(busy(tx)) == 1


def test_a_cancelled_call_is_over_and_its_time_free(any_store: Store) -> None:
    with any_store.begin() as tx:
        booked = tx.calendar.confirm(hold(tx, "l_1", slot()).id)
        cancelled = tx.calendar.cancel(booked.id)
        assert (cancelled.status, cancelled.sequence) == ("cancelled", 1)
        assert tx.calendar.cancel(booked.id) == cancelled
        assert tx.calendar.of_lead("l_1") == cancelled
        with pytest.raises(SlotTaken):
            tx.calendar.confirm(booked.id)
        fresh = hold(tx, "l_1", slot())
        assert tx.calendar.of_lead("l_1") == fresh


def test_a_cancelled_call_cannot_be_moved(store: SqlStore) -> None:
    with store.begin() as tx:
        gone = tx.calendar.cancel(hold(tx, "l_1", slot()).id)
        with pytest.raises(SlotTaken):
            tx.calendar.move(gone.id, slot(60), buffer_minutes=0, now=NOW)
        assert busy(tx) == []


def test_a_hold_of_a_time_tomorrow_counts_tomorrow(store: SqlStore) -> None:
    with store.begin() as tx:
        held = hold(tx, "l_1", slot())
        assert len(tx.calendar.busy("ada", held.starts_at, held.ends_at)) == 1


def test_an_unknown_booking_is_named(any_store: Store) -> None:
    with any_store.begin() as tx, pytest.raises(KeyError, match="b_none"):
        tx.calendar.confirm("b_none")


def test_busy_is_by_start_and_only_of_the_time_asked_for(any_store: Store) -> None:
    with any_store.begin() as tx:
        for number, minutes in enumerate((60, 0, 120)):
            hold(tx, f"l_{number}", slot(minutes))
        starts = [starts for starts, _ in busy(tx)]
        assert starts == sorted(starts)
        assert len(starts) == 3
        assert len(tx.calendar.busy("ada", slot(30).starts_at, slot(60).starts_at)) == 0
        assert len(tx.calendar.busy("ada", slot(25).starts_at, slot(65).starts_at)) == 2


def test_odd_times_take_the_whole_five_minutes_around_them(store: SqlStore) -> None:
    with store.begin() as tx:
        hold(tx, "l_1", slot(2, 31))
        assert busy(tx) == [(slot(0).starts_at, slot(35).starts_at)]
        with pytest.raises(SlotTaken):
            hold(tx, "l_2", slot(-1, 2))


def test_no_five_minutes_are_left_behind(store: SqlStore) -> None:
    with store.begin() as tx:
        for _ in range(3):
            booked = tx.calendar.confirm(hold(tx, "l_1", slot(), buffer=15).id)
            tx.calendar.move(booked.id, slot(10), buffer_minutes=15, now=NOW)
            tx.calendar.cancel(booked.id)
        assert tx.connection.execute(select(func.count()).select_from(tables.booked_ticks)).scalar() == 0
