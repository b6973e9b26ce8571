"""A test lead holds and confirms nothing real, whatever it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banter.booking.diary import TeamDiary
from banter.leads.model import Lead
from banter.leads.ports import SlotTaken
from banter.leads.reading import Contact
from banter.nurture.enrol import enrol, may_send
from tests.booking import examples as company
from tests.fakes import FakeStore

NOW = company.NOW
RULES = company.playbook(company.rep("ana"))
TEST = Lead("l_1", "c_1", "slack", "Europe/London", NOW, NOW, test=True, contact=Contact(email="robin@acorn.example"))


def test_it_sees_the_real_times_and_takes_none() -> None:
    store = FakeStore()
    with store.begin() as tx:
        diary = TeamDiary(tx, RULES, "https://chat.example", "secret")
        times = diary.times(TEST, NOW)
        assert times == diary.times(replace(TEST, test=False), NOW)
        assert diary.take(TEST, times[0], NOW).status == "held"
        booking = diary.confirm(replace(TEST, slot=times[0]), NOW)
        assert (booking.status, booking.starts_at) == ("confirmed", times[0].starts_at)
        diary.send_again(replace(TEST, status="booked"), NOW)
        diary.release(TEST)
        assert diary.times(replace(TEST, test=False), NOW) == times
        assert diary.link(replace(TEST, status="booked")) == "https://chat.example/booking/test"
    assert (store.state.bookings, store.state.outbox) == ({}, {})


def test_it_confirms_nothing_that_it_did_not_choose() -> None:
    with FakeStore().begin() as tx, pytest.raises(SlotTaken):
        TeamDiary(tx, RULES, "https://chat.example", "secret").confirm(TEST, NOW)


def test_it_is_put_on_no_sequence_and_what_was_queued_does_not_leave() -> None:
    store = FakeStore()
    with store.begin() as tx:
        for route in RULES.sequences:
            assert enrol(tx, RULES, TEST, route, NOW, "https://chat.example", secret="secret") == 0
        assert tx.outbox.of_lead(TEST.id) == []
        enrol(tx, RULES, replace(TEST, test=False), "nurture_warm", NOW, "https://chat.example", secret="secret")
        tx.leads.save(TEST)
        assert tx.outbox.of_lead(TEST.id)
        assert not any(may_send(item, tx) for item in tx.outbox.of_lead(TEST.id))  # type: ignore[arg-type]
