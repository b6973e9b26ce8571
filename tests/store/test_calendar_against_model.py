"""Whatever is done to a calendar, in any order: the database and the plain model must agree after each step."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.leads.model import Booking
from banter.leads.ports import Calendar, SlotTaken
from banter.store.database import SqlStore
from tests.databases import sqlite_store
from tests.fakes import FakeStore
from tests.store.values import MINUTE, NOW, slot

LEADS = st.sampled_from(["l_1", "l_2", "l_3"])
SLOTS = st.builds(slot, st.sampled_from([0, 5, 20, 40]), st.just(30), st.sampled_from(["ada", "ada", "bob"]))
WHAT = st.sampled_from(["hold", "hold", "confirm", "move", "cancel"])
STEPS = st.lists(st.tuples(WHAT, LEADS, SLOTS, st.sampled_from([0, 1, 15])), min_size=2, max_size=14)


def do(calendar: Calendar, what: str, lead: str, slot, now) -> Booking | str | None:
    booking = calendar.of_lead(lead)
    try:
        if what == "hold":
            if booking is not None and booking.status == "confirmed":
                return None
            return calendar.hold(lead, slot, buffer_minutes=10, until=now + 15 * MINUTE, now=now)
        if booking is None or (what == "move" and booking.status != "confirmed"):
            return None
        if what == "confirm":
            return calendar.confirm(booking.id)
        if what == "move":
            return calendar.move(booking.id, slot, buffer_minutes=10, now=now)
        return calendar.cancel(booking.id)
    except SlotTaken:
        return "taken"


def shown(outcome: Booking | str | None) -> Booking | str | None:
    return replace(outcome, id="", key="") if isinstance(outcome, Booking) else outcome


@pytest.fixture(scope="module")
def empty() -> Iterator[SqlStore]:
    with tempfile.TemporaryDirectory() as folder:
        store = sqlite_store(Path(folder))
        yield store
        store.close()


class _Undo(Exception):
    pass


@settings(max_examples=120, deadline=None)
@given(steps=STEPS)
def test_the_database_and_the_model_agree_and_nothing_overlaps(
    empty: SqlStore, steps: list[tuple[str, str, object, int]]
) -> None:
    def both() -> None:
        with empty.begin() as real, FakeStore().begin() as model:
            _compare(real.calendar, model.calendar, steps)
            raise _Undo

    with pytest.raises(_Undo):
        both()


def _compare(real: Calendar, model: Calendar, steps: list) -> None:
    now = NOW
    for what, lead, wanted, minutes in steps:
        now += minutes * MINUTE
        outcomes = [shown(do(calendar, what, lead, wanted, now)) for calendar in (real, model)]
        assert outcomes[0] == outcomes[1]
        for each in ("l_1", "l_2", "l_3"):
            assert shown(real.of_lead(each)) == shown(model.of_lead(each))
        for rep in ("ada", "bob"):
            times = [list(calendar.busy(rep, NOW, NOW + timedelta(days=3), now=now)) for calendar in (real, model)]
            assert times[0] == times[1]
            assert all(ends <= starts for (_, ends), (starts, _) in pairwise(times[0]))
