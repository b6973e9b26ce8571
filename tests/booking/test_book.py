from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from icalendar import Calendar

from banter import resume_link
from banter.booking.book import NoCall, cancel, confirm, release, reschedule, take, times_for, times_to_move
from banter.leads.ports import SlotTaken
from banter.leads.reading import Contact
from tests.booking.examples import COMPANY, NOW, PUBLIC_URL, lead, playbook, rep, slot, utc
from tests.fakes import FakeStore

PLAYBOOK = playbook(rep("ana"), rep("ben"))
TEN = slot(utc(2026, 11, 24, 10))
ELEVEN = slot(utc(2026, 11, 24, 11))
PAT = lead()
SAM = lead(id="l_2", conversation="c_2", contact=Contact(email="sam@example.com"))


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    with store.begin() as tx:
        tx.leads.save(PAT)
        tx.leads.save(SAM)
    return store


def booked(store, who=PAT, when=TEN, rules=PLAYBOOK):
    with store.begin() as tx:
        take(tx, rules, who, when, NOW)
        booking = confirm(tx, rules, who, NOW, PUBLIC_URL)
        tx.leads.save(replace(who, status="booked", slot=when))
    return booking


def mails(store, kind=None, status="queued"):
    items = [item for item in store.state.outbox.values() if item.status == status and kind in (None, item.kind)]
    return {(item.kind, item.payload["to"]): item for item in items}


def event(item):
    calendar = Calendar.from_ical(item.payload["ics"])
    return calendar, calendar.walk("VEVENT")[0]


def test_a_held_time_is_not_offered_to_others_until_it_runs_out(store):
    with store.begin() as tx:
        take(tx, playbook(), PAT, TEN, NOW)
        assert TEN.starts_at not in {one.starts_at for one in times_for(tx, playbook(), SAM, NOW)}
        assert TEN.starts_at in {one.starts_at for one in times_for(tx, playbook(), PAT, NOW)}
        later = NOW + timedelta(minutes=15)
        assert TEN.starts_at in {one.starts_at for one in times_for(tx, playbook(), SAM, later)}


def test_two_leads_never_get_one_time(store):
    with store.begin() as tx:
        take(tx, PLAYBOOK, PAT, TEN, NOW)
        with pytest.raises(SlotTaken):
            take(tx, PLAYBOOK, SAM, TEN, NOW)
        assert take(tx, PLAYBOOK, SAM, replace(TEN, rep="ben"), NOW).status == "held"


def test_another_choice_gives_the_first_one_back(store):
    with store.begin() as tx:
        take(tx, PLAYBOOK, PAT, TEN, NOW)
        take(tx, PLAYBOOK, PAT, ELEVEN, NOW)
        assert take(tx, PLAYBOOK, SAM, TEN, NOW).rep == "ana"


def test_a_released_time_is_free_again_but_a_confirmed_call_stays(store):
    with store.begin() as tx:
        take(tx, PLAYBOOK, PAT, TEN, NOW)
        release(tx, PAT)
        release(tx, SAM)
        assert take(tx, PLAYBOOK, SAM, TEN, NOW).status == "held"
        confirm(tx, PLAYBOOK, SAM, NOW, PUBLIC_URL)
        release(tx, SAM)
        assert tx.calendar.of_lead(SAM.id).status == "confirmed"


def test_company_holidays_are_free_of_calls(store):
    closed = replace(PLAYBOOK, company=replace(COMPANY, days_off=(TEN.starts_at.date(),)))
    with store.begin() as tx:
        assert TEN.starts_at.date() not in {one.starts_at.date() for one in times_for(tx, closed, PAT, NOW)}


def test_a_confirmed_call_invites_the_lead_and_tells_the_rep(store):
    booking = booked(store)
    sent = mails(store)
    assert set(sent) == {("invitation", "pat@example.com"), ("invitation", "ana@example.com")}
    invited = sent["invitation", "pat@example.com"]
    assert invited.key == f"invitation:{booking.id}:0:lead"
    assert "Tuesday 24 November, 10:00 (GMT)" in invited.payload["subject"]
    assert f"{PUBLIC_URL}/booking/{booking.key}" in invited.payload["body"]
    assert invited.payload["reply_to"] == invited.payload["headers"]["Reply-To"] == "ana@example.com"
    assert sent["invitation", "ana@example.com"].payload["reply_to"] == "pat@example.com"
    calendar, call = event(invited)
    assert calendar["METHOD"] == "REQUEST"
    assert (str(call["UID"]), call["SEQUENCE"], str(call["STATUS"])) == (f"{booking.id}@banter", 0, "CONFIRMED")
    assert (call.decoded("DTSTART"), call.decoded("DTEND")) == (TEN.starts_at, TEN.ends_at)
    assert b"DTSTART:20261124T100000Z" in calendar.to_ical()
    assert call.decoded("DTSTAMP") == NOW
    assert (str(call["ORGANIZER"]), str(call["ATTENDEE"])) == ("mailto:ana@example.com", "mailto:pat@example.com")


def test_the_mails_to_the_lead_hold_the_link_to_their_conversation_and_nobody_elses_do(store):
    with store.begin() as tx:
        take(tx, PLAYBOOK, PAT, TEN, NOW)
        booking = confirm(tx, PLAYBOOK, PAT, NOW, PUBLIC_URL, secret="a secret of the test")
        cancel(tx, PLAYBOOK, booking.key, NOW, PUBLIC_URL, secret="a secret of the test")
    for item in store.state.outbox.values():
        links = re.findall(rf"{PUBLIC_URL}/resume/(\S+)", item.payload["body"])
        mine = item.payload["to"] == PAT.contact.email
        opened = [resume_link.read(link, NOW, "a secret of the test") for link in links]
        assert opened == ([PAT.conversation] if mine else [])
        assert "/resume/" not in item.payload["ics"]  # calendars are shared with colleagues


def test_confirming_twice_invites_once(store):
    booked(store)
    with store.begin() as tx:
        confirm(tx, PLAYBOOK, PAT, NOW, PUBLIC_URL)
    assert len(store.state.outbox) == 2


def test_a_booked_lead_gets_no_more_nurture_mails(store):
    with store.begin() as tx:
        tx.outbox.put("n", "nurture", {"to": "pat@example.com"}, due_at=NOW + timedelta(days=3), lead=PAT.id)
    booked(store)
    assert [item.status for item in store.state.outbox.values() if item.kind == "nurture"] == ["cancelled"]


def test_confirming_without_a_held_time_says_that_it_is_gone(store):
    with store.begin() as tx, pytest.raises(SlotTaken):
        confirm(tx, PLAYBOOK, PAT, NOW, PUBLIC_URL)


def test_a_hold_that_ran_out_is_lost_only_when_somebody_else_took_the_time(store):
    later = NOW + timedelta(minutes=30)
    with store.begin() as tx:
        take(tx, PLAYBOOK, PAT, TEN, NOW)
        take(tx, PLAYBOOK, SAM, TEN, later)
        with pytest.raises(SlotTaken):
            confirm(tx, PLAYBOOK, PAT, later, PUBLIC_URL)
        assert confirm(tx, PLAYBOOK, SAM, later + timedelta(hours=1), PUBLIC_URL).status == "confirmed"


def test_a_lead_with_only_a_phone_is_called_and_the_rep_is_told(store):
    booked(store, replace(PAT, contact=Contact(phone="+442079460123")))
    (told,) = mails(store).values()
    assert told.payload["to"] == "ana@example.com"
    assert "Please call +442079460123" in told.payload["body"]
    assert told.payload["reply_to"] == COMPANY.email


def test_moving_tells_both_with_the_next_sequence_number(store):
    booking = booked(store)
    with store.begin() as tx:
        moved = reschedule(tx, PLAYBOOK, booking.key, ELEVEN, NOW, PUBLIC_URL)
    assert (moved.id, moved.starts_at, moved.sequence, moved.status) == (booking.id, ELEVEN.starts_at, 1, "confirmed")
    told = mails(store)["invitation", "pat@example.com"]
    calendar, call = event(told)
    assert (str(call["UID"]), call["SEQUENCE"], calendar["METHOD"]) == (f"{booking.id}@banter", 1, "REQUEST")
    assert told.payload["subject"].startswith("New time")
    assert len(mails(store, status="cancelled")) == 2  # the invitation that had not left yet
    assert store.state.leads[PAT.id].slot == ELEVEN
    with store.begin() as tx:
        assert take(tx, PLAYBOOK, SAM, TEN, NOW).status == "held"


def test_moving_by_half_an_hour_is_not_in_the_way_of_itself(store):
    booking = booked(store)
    with store.begin() as tx:
        times = times_to_move(tx, PLAYBOOK, booking, PAT, NOW)
        half_past = next(one for one in times if one.starts_at == utc(2026, 11, 24, 10, 30))
        assert half_past.rep == "ana"
        assert TEN.starts_at not in {one.starts_at for one in times}
        assert reschedule(tx, PLAYBOOK, booking.key, half_past, NOW, PUBLIC_URL).starts_at == half_past.starts_at


def test_the_lead_keeps_the_rep_they_know_wherever_that_one_is_free(store):
    booking = booked(store)
    booked(store, SAM, ELEVEN)
    with store.begin() as tx:
        times = {one.starts_at: one.rep for one in times_to_move(tx, PLAYBOOK, booking, PAT, NOW)}
    assert times[utc(2026, 11, 24, 15)] == "ana"
    assert times[ELEVEN.starts_at] == "ben"


def test_moving_to_another_rep_cancels_with_the_first_one(store):
    booking = booked(store)
    with store.begin() as tx:
        reschedule(tx, PLAYBOOK, booking.key, replace(ELEVEN, rep="ben"), NOW, PUBLIC_URL)
    sent = mails(store)
    assert set(sent) == {
        ("invitation", "pat@example.com"), ("invitation", "ben@example.com"), ("cancellation", "ana@example.com"),
    }  # fmt: skip
    calendar, _ = event(sent["cancellation", "ana@example.com"])
    assert calendar["METHOD"] == "CANCEL"


def test_moving_to_a_taken_time_changes_nothing(store):
    booking = booked(store)
    booked(store, SAM, ELEVEN)
    before = store.state.copy()
    with store.begin() as tx, pytest.raises(SlotTaken):
        reschedule(tx, PLAYBOOK, booking.key, ELEVEN, NOW, PUBLIC_URL)
    assert store.state == before


def test_moving_to_where_it_is_tells_nobody(store):
    booking = booked(store)
    with store.begin() as tx:
        assert reschedule(tx, PLAYBOOK, booking.key, TEN, NOW, PUBLIC_URL) == booking
    assert len(store.state.outbox) == 2


def test_cancelling_tells_both_and_opens_the_lead_again(store):
    booking = booked(store)
    with store.begin() as tx:
        gone = cancel(tx, PLAYBOOK, booking.key, NOW, PUBLIC_URL)
    assert gone.status == "cancelled"
    sent = mails(store)
    assert set(sent) == {("cancellation", "pat@example.com"), ("cancellation", "ana@example.com")}
    calendar, call = event(sent["cancellation", "pat@example.com"])
    assert (calendar["METHOD"], str(call["STATUS"]), str(call["UID"])) == (
        "CANCEL",
        "CANCELLED",
        f"{booking.id}@banter",
    )
    after = store.state.leads[PAT.id]
    assert (after.status, after.awaiting, after.slot) == ("open", None, None)
    with store.begin() as tx:
        assert take(tx, PLAYBOOK, SAM, TEN, NOW).status == "held"


def test_a_lead_who_cancelled_can_book_again(store):
    booking = booked(store)
    with store.begin() as tx:
        cancel(tx, PLAYBOOK, booking.key, NOW, PUBLIC_URL)
    again = booked(store, store.state.leads[PAT.id])
    assert again.id != booking.id
    assert ("invitation", "pat@example.com") in mails(store)


def test_calls_that_are_not_there_can_be_neither_moved_nor_cancelled(store):
    booking = booked(store)
    with store.begin() as tx:
        held = take(tx, PLAYBOOK, SAM, ELEVEN, NOW)
        for key, now in (("nobody's", NOW), (held.key, NOW), (booking.key, TEN.starts_at)):
            with pytest.raises(NoCall):
                cancel(tx, PLAYBOOK, key, now, PUBLIC_URL)
        cancel(tx, PLAYBOOK, booking.key, NOW, PUBLIC_URL)
        with pytest.raises(NoCall, match="cancelled"):
            reschedule(tx, PLAYBOOK, booking.key, ELEVEN, NOW, PUBLIC_URL)


def test_a_call_of_somebody_who_left_the_team_can_still_be_cancelled(store):
    booking = booked(store)
    with store.begin() as tx:
        cancel(tx, playbook(rep("ben")), booking.key, NOW, PUBLIC_URL)
    assert ("cancellation", COMPANY.email) in mails(store)


def test_a_lead_with_a_call_moves_it_instead_of_holding_a_second(store):
    booked(store)
    with store.begin() as tx, pytest.raises(SlotTaken, match="move"):
        take(tx, PLAYBOOK, PAT, ELEVEN, NOW)


@pytest.mark.parametrize(
    "name", ['Pat "The\r\nBCC: x@example.com" O\'Neill; DROP, TABLE', "Ünï {name} 北\x00京", "a" * 300, " "]
)
def test_whatever_name_is_typed_the_mail_and_the_calendar_stay_whole(store, name):
    booked(store, replace(PAT, contact=Contact(name=name, email="pat@example.com")))
    for item in mails(store).values():
        assert "\n" not in item.payload["subject"]
        assert "\r" not in item.payload["subject"]
        calendar, call = event(item)
        assert len(calendar.walk("VEVENT")) == 1
        assert str(call["ATTENDEE"]) == "mailto:pat@example.com"
        assert all(len(line) <= 75 for line in item.payload["ics"].encode().split(b"\r\n"))
