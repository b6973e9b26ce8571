"""A lead who wants no more messages: it is kept since when and in which words, and the team hears of it where somebody
is about to write or call."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from banter.leads.consent import concerns_team, silenced
from banter.leads.model import OptOut
from tests.leads.test_aside import OPEN, QUALIFIED, Caller
from tests.leads.visitor import Visitor


def test_a_hot_lead_who_wants_no_more_is_told_to_the_team() -> None:
    visitor = Visitor().says(QUALIFIED, "#stop")
    assert visitor.services.alerts.told == ["hot", "stopped"]
    assert visitor.lead.opted_out == OptOut(visitor.now, "#stop")
    assert visitor.last == ["utter_stopped"]


@pytest.mark.parametrize("joined", [False, True])
def test_so_is_one_who_waits_for_a_person_or_talks_with_one(joined: bool) -> None:
    visitor = Caller().says("!person")
    if joined:
        visitor.is_joined()
    visitor.says("#stop")
    assert visitor.services.alerts.told == ["person", "stopped"]
    assert visitor.lead.aside == ""


def test_nobody_is_told_of_one_whom_nobody_is_about_to_call() -> None:
    visitor = Visitor().says("need=specific", "#stop")
    assert visitor.services.alerts.told == []
    assert visitor.lead.opted_out is not None


def test_said_twice_it_counts_from_the_first_time_and_is_told_once() -> None:
    visitor = Visitor().says(QUALIFIED, "#stop")
    since = visitor.lead.opted_out
    visitor.now += timedelta(days=1)
    visitor.says("#stop")
    assert visitor.lead.opted_out == since
    assert visitor.services.alerts.told.count("stopped") == 1


def test_who_writes_again_wants_an_answer() -> None:
    visitor = Visitor().says(QUALIFIED, "#stop", "?price")
    assert visitor.lead.opted_out is None


def test_very_long_words_are_kept_in_part() -> None:
    visitor = Visitor().says("need=specific", "#stop " + "x" * 500)
    assert visitor.lead.opted_out is not None
    assert len(visitor.lead.opted_out.words) == 200


def test_what_a_text_message_stops_is_kept_the_same_and_a_call_stays_booked() -> None:
    lead = Caller(now=OPEN).says("!person").lead
    now = datetime(2026, 11, 23, 16, tzinfo=timezone.utc)
    assert concerns_team(lead)
    gone = silenced(lead, "STOP", now)
    assert (gone.opted_out, gone.aside, gone.status) == (OptOut(now, "STOP"), "", "closed")
    assert not concerns_team(Visitor().says("need=specific").lead)
