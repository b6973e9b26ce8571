from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from banter.booking.slots import free_slots
from banter.booking.words import button, minutes, say, say_moment
from tests.booking.examples import KOLKATA, LONDON, NEW_YORK, NOW, hours, rep, slot, team, utc

DUBAI = ZoneInfo("Asia/Dubai")


def spoken(*parts, zone=LONDON, how=say, now=NOW):
    return how(slot(utc(*parts)), now=now, timezone=zone, company=LONDON, locale="en-GB")


def test_a_time_is_said_with_its_weekday_and_date():
    assert spoken(2026, 11, 26, 15, 30) == "Thursday 26 November, 15:30"


def test_today_and_tomorrow_are_called_so_on_the_visitors_own_calendar():
    assert spoken(2026, 11, 23, 15, 30) == "today, Monday 23 November, 15:30"
    assert spoken(2026, 11, 24, 9) == "tomorrow, Tuesday 24 November, 09:00"
    assert spoken(2026, 11, 24, 4, zone=NEW_YORK, now=utc(2026, 11, 24, 3)) == "today, Monday 23 November, 23:00 (EST)"


def test_the_zone_is_named_where_it_is_not_the_companys():
    assert spoken(2026, 11, 26, 15, 30, zone=NEW_YORK) == "Thursday 26 November, 10:30 (EST)"
    assert spoken(2026, 11, 26, 15, 30, zone=KOLKATA) == "Thursday 26 November, 21:00 (IST)"
    assert spoken(2026, 11, 26, 15, 30, zone=DUBAI) == "Thursday 26 November, 19:30 (Dubai time)"


def test_button_titles_are_short():
    assert spoken(2026, 11, 23, 15, 30, how=button) == "Today, Mon 23 Nov, 15:30"
    assert spoken(2026, 11, 24, 9, how=button) == "Tomorrow, Tue 24 Nov, 09:00"
    assert spoken(2026, 11, 26, 15, 30, how=button) == "Thu 26 Nov, 15:30"
    assert spoken(2026, 11, 26, 15, 30, how=button, zone=NEW_YORK) == "Thu 26 Nov, 10:30 (EST)"


@pytest.mark.parametrize(("hour", "zone"), [(0, "BST"), (1, "GMT")])
def test_an_hour_that_the_clock_shows_twice_is_told_apart(hour, zone):
    assert spoken(2026, 10, 25, hour, 30, now=utc(2026, 10, 20)) == f"Sunday 25 October, 01:30 ({zone})"


@pytest.mark.parametrize("zone", [LONDON, NEW_YORK, KOLKATA])
def test_no_two_times_have_the_same_title(zone):
    night = rep(zone=zone, open_at=hours("00:00", "23:00", range(7)))
    for now in (utc(2026, 10, 20), utc(2027, 3, 20)):
        slots = free_slots(team(night), {}, now=now)
        for how in (say, button):
            titles = [how(one, now=now, timezone=zone, company=LONDON) for one in slots]
            assert len(set(titles)) == len(titles)


def test_other_languages_fall_back_to_english_until_they_are_there():
    assert (
        say_moment(utc(2026, 11, 26, 9), now=NOW, timezone=LONDON, locale="xx") == "Thursday 26 November, 09:00 (GMT)"
    )
    assert minutes(timedelta(minutes=30)) == "30 minutes"


def test_german_companies_say_times_in_german():
    thursday = slot(utc(2026, 11, 26, 15, 30))
    berlin = ZoneInfo("Europe/Berlin")
    said = {"now": NOW, "timezone": berlin, "company": berlin, "locale": "de-DE"}
    assert say(thursday, **said) == "Donnerstag, 26. November, 16:30"
    assert button(thursday, **said) == "Do, 26. Nov., 16:30"
    assert minutes(timedelta(minutes=30), "de-AT") == "30 Minuten"
