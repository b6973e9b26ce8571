"""One gentle reminder for a visitor who falls silent: never two, never at night by SMS."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.leads.timed import NUDGE, TIMED, by_day
from tests.leads.absent import QUALIFIED, Absent
from tests.leads.visitor import NOW, PLAYBOOK

MINUTES = timedelta(minutes=1)
HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)


def test_a_silent_visitor_is_reminded_once_of_the_open_question_in_other_words() -> None:
    visitor = Absent().says("need=quantified")
    asked = visitor.lead.asked
    assert visitor.waits(2 * MINUTES) == []
    assert visitor.waits(1 * MINUTES) == ["utter_nudge"]
    assert visitor.asked[-1] == ("budget", "again")
    assert visitor.lead.asked == asked  # a reminder is not a question asked
    assert visitor.lead.nudged
    assert visitor.waits(40 * DAYS) == []


def test_after_a_reminder_and_an_answer_there_is_no_second_one() -> None:
    visitor = Absent().says("need=quantified")
    visitor.waits(5 * MINUTES)
    visitor.says("budget=none")
    assert visitor.services.timers.due == {}
    assert visitor.waits(5 * MINUTES) == []


def test_a_new_message_begins_the_wait_anew() -> None:
    visitor = Absent().says("need=quantified")
    visitor.waits(2 * MINUTES)
    visitor.says("!price")
    assert visitor.services.timers.due == {NUDGE: visitor.now + 3 * MINUTES}
    assert visitor.waits(2 * MINUTES) == []
    assert visitor.waits(1 * MINUTES) == ["utter_nudge"]


def test_a_timer_that_rings_although_something_was_said_meanwhile_says_nothing_and_waits_on() -> None:
    visitor = Absent().says("need=quantified")
    visitor.waits(2 * MINUTES)
    visitor.says("!price")
    assert visitor.rings() == []
    assert not visitor.lead.nudged
    assert visitor.services.timers.due == {NUDGE: visitor.now + 3 * MINUTES}


def test_who_only_opened_the_chat_is_left_alone() -> None:
    visitor = Absent()
    assert visitor.services.timers.due == {}
    assert visitor.rings() == []


def test_a_follow_up_is_reminded_of_in_its_own_words() -> None:
    visitor = Absent().says("need=specific:vague")
    wording = visitor.asked[-1][1]
    assert wording.startswith("probe")
    assert visitor.waits(3 * MINUTES) == ["utter_nudge"]
    assert visitor.asked[-1] == ("need", wording)


def test_times_are_offered_again_as_they_are_free_now() -> None:
    visitor = Absent().says(QUALIFIED)
    assert visitor.lead.awaiting == "slot"
    assert visitor.waits(3 * MINUTES) == ["utter_nudge"]
    assert visitor.asked[-1] == ("slot", "again")
    assert visitor.lead.offered == visitor.services.diary.times(visitor.lead, visitor.now)
    assert visitor.lead.offered


@pytest.mark.parametrize(
    "messages",
    [
        (QUALIFIED, "when:any", "pat@example.com"),  # booked
        ("is:student",),
        ("need=quantified", "#stop"),
        ("opener:support",),
    ],
)
def test_nobody_is_reminded_when_nothing_is_open(messages: tuple[str, ...]) -> None:
    visitor = Absent().says(*messages)
    assert visitor.services.timers.due.get(NUDGE) is None
    assert visitor.rings() == []


def test_nobody_is_reminded_while_a_person_is_in_the_conversation() -> None:
    visitor = Absent().says("need=quantified")
    visitor.lead = replace(visitor.lead, aside="joined")
    assert visitor.waits(DAYS) == []


@pytest.mark.parametrize("channel", ["slack", "terminal"])
def test_a_channel_without_a_wait_in_the_playbook_has_no_reminder(channel: str) -> None:
    visitor = Absent(channel=channel).says("need=quantified")
    assert visitor.services.timers.due == {}
    rules = replace(PLAYBOOK.conversation, nudge={channel: 1 * MINUTES})
    visitor = Absent(replace(PLAYBOOK, conversation=rules), channel=channel).says("need=quantified")
    assert visitor.waits(1 * MINUTES) == ["utter_nudge"]


@pytest.mark.parametrize(("channel", "late"), [("web", 6 * HOURS), ("sms", DAYS + 4 * HOURS)])
def test_a_reminder_that_is_late_because_the_server_was_off_is_left_out_in_the_end(
    channel: str, late: timedelta
) -> None:
    visitor = Absent(channel=channel, now=NOW).says("need=quantified")
    visitor.now += late
    assert visitor.rings() == ["utter_nudge"]
    visitor = Absent(channel=channel, now=NOW).says("need=quantified")
    visitor.now += late + timedelta(seconds=1)
    assert visitor.rings() == []
    assert visitor.services.timers.due == {}
    assert not visitor.lead.nudged


def test_a_text_message_waits_for_the_morning_of_the_visitor() -> None:
    evening = datetime(2026, 11, 20, 23, 0, tzinfo=timezone.utc)  # 18:00 in New York: four hours on it is night there
    visitor = Absent(channel="sms", timezone="America/New_York", now=evening).says("need=quantified")
    morning = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("America/New_York"))
    assert visitor.services.timers.due == {NUDGE: morning}
    assert visitor.waits(DAYS) == ["utter_nudge"]
    assert visitor.rung == [morning]


def test_a_text_message_that_is_due_before_nine_in_the_evening_and_sent_late_waits_too() -> None:
    due = datetime(2026, 11, 20, 20, 58, tzinfo=timezone.utc)
    visitor = Absent(channel="sms", now=due - 4 * HOURS - timedelta(seconds=20)).says("need=quantified")
    assert visitor.services.timers.due == {NUDGE: due}
    visitor.now = due + 5 * MINUTES
    assert visitor.rings() == []
    assert not visitor.lead.nudged
    assert visitor.services.timers.due == {NUDGE: datetime(2026, 11, 21, 9, 0, tzinfo=timezone.utc)}


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(timezone.utc)),
    st.sampled_from(["Europe/London", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Chatham", "America/Sao_Paulo"]),
)
def test_it_is_never_put_off_into_a_night_nor_for_longer_than_one(at: datetime, zone: str) -> None:
    then = by_day(at, zone)
    assert 8 <= then.astimezone(ZoneInfo(zone)).hour < 21
    assert timedelta() <= then - at <= 13 * HOURS
    assert by_day(then, zone) == then


def test_every_timer_does_nothing_for_a_lead_that_is_over() -> None:
    visitor = Absent().says("is:vendor")
    assert [TIMED[name](visitor.lead, visitor._turn()) for name in TIMED] == [None] * len(TIMED)
