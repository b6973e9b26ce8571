from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.booking.choose import choose, offer
from banter.booking.slots import free_slots
from banter.leads.reading import TimeWish
from tests.booking.examples import KOLKATA, LONDON, NEW_YORK, NOW, slot, team, utc

TODAY, TOMORROW = date(2026, 11, 23), date(2026, 11, 24)  # a Monday and a Tuesday
FREE = free_slots(team(), {}, now=NOW)  # two weeks, 9:00 to 12:00 and 13:00 to 17:30, London


def shown(count=3, free=FREE, zone=LONDON):
    return offer(free, now=NOW, timezone=zone, count=count)


def said(slots, zone=LONDON):
    return [f"{one.starts_at.astimezone(zone):%a %d %H:%M}" for one in slots]


def chosen(wish, offered=None, free=FREE, zone=LONDON):
    return choose(wish, shown() if offered is None else offered, free, timezone=zone, now=NOW)


def test_the_soonest_time_is_shown_first_and_the_others_differ_in_part_of_the_day_and_day():
    assert said(shown()) == ["Mon 23 10:30", "Mon 23 13:00", "Tue 24 09:00"]
    assert said(shown(5))[3:] == ["Wed 25 13:00", "Thu 26 09:00"]
    assert said(shown(2)) == ["Mon 23 10:30", "Tue 24 13:00"]


def test_a_visitor_far_away_is_not_offered_the_night_while_there_are_other_times():
    assert said(shown(zone=NEW_YORK), NEW_YORK) == ["Mon 23 08:00", "Mon 23 12:00", "Tue 24 08:00"]
    assert said(shown(zone=KOLKATA), KOLKATA) == ["Mon 23 16:00", "Mon 23 18:30", "Tue 24 14:30"]


def test_at_night_it_is_still_within_a_day_when_there_is_nothing_else():
    night = [slot(utc(2026, 11, 24, 3)), slot(utc(2026, 11, 27, 12))]
    assert said(shown(free=night)) == ["Tue 24 03:00", "Fri 27 12:00"]


def test_on_a_single_busy_morning_the_times_lie_apart():
    morning = [one for one in FREE if one.starts_at.date() == TOMORROW and one.starts_at.hour < 12]
    assert said(shown(free=morning)) == ["Tue 24 09:00", "Tue 24 10:00", "Tue 24 11:30"]


def test_nothing_free_shows_nothing():
    assert shown(free=[]) == ()
    assert shown(0) == ()


AFTERNOON = {"earliest": time(12), "latest": time(18)}
MORNING = {"earliest": time(6), "latest": time(12)}


@pytest.mark.parametrize(
    ("words", "wish", "meant"),
    [
        ("the first one", TimeWish(ordinals=(1,)), "Mon 23 10:30"),
        ("second please", TimeWish(ordinals=(2,)), "Mon 23 13:00"),
        ("the last", TimeWish(ordinals=(-1,)), "Tue 24 09:00"),
        ("the first or the second", TimeWish(ordinals=(1, 2)), "Mon 23 10:30"),
        ("whatever suits you", TimeWish(any_time=True), "Mon 23 10:30"),
        ("tomorrow afternoon works", TimeWish(TOMORROW, TOMORROW, **AFTERNOON), "Tue 24 13:00"),
        ("any time tomorrow afternoon", TimeWish(TOMORROW, TOMORROW, any_time=True, **AFTERNOON), "Tue 24 13:00"),
        ("tomorrow morning", TimeWish(TOMORROW, TOMORROW, **MORNING), "Tue 24 09:00"),
        ("today", TimeWish(TODAY, TODAY), "Mon 23 10:30"),
        ("this afternoon", TimeWish(TODAY, TODAY, **AFTERNOON), "Mon 23 13:00"),
        ("at 1", TimeWish(earliest=time(13), latest=time(13)), "Mon 23 13:00"),
        ("tomorrow at 3", TimeWish(TOMORROW, TOMORROW, earliest=time(15), latest=time(15)), "Tue 24 15:00"),
        ("Thursday", TimeWish(weekdays=(3,)), "Thu 26 09:00"),
        ("Wednesday or Friday after four", TimeWish(weekdays=(2, 4), earliest=time(16)), "Wed 25 16:00"),
        ("before eleven", TimeWish(latest=time(11)), "Mon 23 10:30"),
        ("next week", TimeWish(date(2026, 11, 30), date(2026, 12, 4)), "Mon 30 09:00"),
        ("Friday next week", TimeWish(date(2026, 11, 30), date(2026, 12, 6), weekdays=(4,)), "Fri 04 09:00"),
        ("from Thursday on", TimeWish(first_day=date(2026, 11, 26)), "Thu 26 09:00"),
        ("none of these, but Friday", TimeWish(weekdays=(4,), none_fit=True), "Fri 27 09:00"),
        ("not those, later today", TimeWish(TODAY, TODAY, none_fit=True), "Mon 23 11:00"),
        ("the last one on Thursday", TimeWish(weekdays=(3,), ordinals=(-1,)), "Thu 26 17:00"),
        ("the first one on Thursday", TimeWish(weekdays=(3,), ordinals=(1,)), "Thu 26 09:00"),
        ("the first one, tomorrow", TimeWish(TOMORROW, TOMORROW, ordinals=(1,)), "Tue 24 09:00"),
    ],
)
def test_words_pick_the_time_they_mean(words, wish, meant):
    choice = chosen(wish)
    assert said([choice.slot]) == [meant], words
    assert (choice.alternatives, choice.reason) == ((), "chosen")


def test_a_time_on_the_screen_that_fits_is_meant_before_an_earlier_one_that_was_never_shown():
    offered = (slot(utc(2026, 11, 24, 15, 30)), slot(utc(2026, 11, 25, 9)))
    assert said([chosen(TimeWish(TOMORROW, TOMORROW, **AFTERNOON), offered).slot]) == ["Tue 24 15:30"]
    assert said([chosen(TimeWish(earliest=time(9), latest=time(9)), offered).slot]) == ["Wed 25 09:00"]


def test_days_and_hours_are_those_of_the_visitor():
    late = chosen(TimeWish(TOMORROW, TOMORROW, **AFTERNOON), (), zone=KOLKATA)
    assert said([late.slot], KOLKATA) == ["Tue 24 14:30"]
    early = chosen(TimeWish(TOMORROW, TOMORROW, earliest=time(8)), (), zone=NEW_YORK)
    assert said([early.slot], NEW_YORK) == ["Tue 24 08:00"]


def test_a_day_without_free_times_gets_the_nearest_ones():
    saturday = chosen(TimeWish(date(2026, 11, 28), date(2026, 11, 28), **AFTERNOON))
    assert (saturday.slot, saturday.reason) == (None, "none_then")
    assert said(saturday.alternatives) == ["Fri 27 11:30", "Fri 27 13:00", "Fri 27 13:30"]


def test_a_day_without_free_times_and_no_hour_named_gets_times_that_differ():
    saturday = chosen(TimeWish(date(2026, 11, 28), date(2026, 11, 28)))
    assert said(saturday.alternatives) == ["Thu 26 09:00", "Fri 27 09:00", "Fri 27 13:00"]


def test_a_taken_hour_gets_the_times_around_it():
    free = [one for one in FREE if one.starts_at != utc(2026, 11, 24, 15)]
    choice = chosen(TimeWish(TOMORROW, TOMORROW, earliest=time(15), latest=time(15)), free=free)
    assert choice.reason == "none_then"
    assert {"Tue 24 14:30", "Tue 24 15:30"} <= set(said(choice.alternatives))


def test_a_day_after_the_horizon_gets_the_last_times_there_are():
    choice = chosen(TimeWish(date(2027, 2, 1), date(2027, 2, 28)))
    assert choice.reason == "none_then"
    assert {one.starts_at.date() for one in choice.alternatives} <= {date(2026, 12, 4), date(2026, 12, 7)}


def test_none_of_these_shows_other_times():
    choice = chosen(TimeWish(none_fit=True))
    assert (choice.slot, choice.reason, len(choice.alternatives)) == (None, "none_fit", 3)
    assert said(choice.alternatives) == ["Tue 24 13:00", "Wed 25 09:00", "Thu 26 09:00"]


def test_none_of_these_when_there_are_no_others_shows_none():
    offered = shown()
    assert chosen(TimeWish(none_fit=True), offered, offered).alternatives == ()


@pytest.mark.parametrize(
    "wish", [TimeWish(), TimeWish(ordinals=(7,)), TimeWish(ordinals=(0,)), TimeWish(ordinals=(-9,))]
)
def test_words_that_name_no_time_show_the_same_times_again(wish):
    choice = chosen(wish)
    assert (choice.slot, choice.alternatives, choice.reason) == (None, shown(), "unclear")


def test_whatever_suits_takes_the_soonest_when_nothing_was_shown():
    assert chosen(TimeWish(any_time=True), ()).slot == FREE[0]
    assert chosen(TimeWish(any_time=True), (), free=[]).reason == "unclear"


def test_a_shown_time_goes_to_a_colleague_when_its_rep_was_taken_meanwhile():
    offered = (slot(utc(2026, 11, 24, 10), "ana"),)
    assert chosen(TimeWish(ordinals=(1,)), offered, [slot(utc(2026, 11, 24, 10), "ben")]).slot.rep == "ben"


DATES = st.none() | st.dates(date(2026, 11, 16), date(2026, 12, 20))
TIMES = st.none() | st.times().map(lambda at: at.replace(microsecond=0))
WISHES = st.builds(
    TimeWish,
    DATES,
    DATES,
    st.lists(st.integers(0, 6), max_size=3).map(tuple),
    TIMES,
    TIMES,
    st.lists(st.integers(-5, 5), max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
)
SOME_FREE = st.lists(st.sampled_from(FREE), max_size=30, unique=True).map(
    lambda found: sorted(found, key=lambda s: s.starts_at)
)


@settings(max_examples=200, deadline=None)
@given(WISHES, SOME_FREE, st.sampled_from([LONDON, NEW_YORK, KOLKATA]), st.integers(1, 5))
def test_whatever_is_wished_only_times_that_are_there_come_back(wish, free, zone, count):
    offered = offer(free, now=NOW, timezone=zone, count=count)
    assert len(offered) == min(count, len(free))
    assert list(offered) == sorted(set(offered), key=lambda one: one.starts_at)
    if any(one.starts_at <= NOW + timedelta(hours=24) for one in free):
        assert offered[0].starts_at <= NOW + timedelta(hours=24)
    choice = choose(wish, offered, free, timezone=zone, now=NOW)
    assert (choice.slot is None) == (choice.reason != "chosen")
    assert set(choice.alternatives) <= set(free)
    assert len(choice.alternatives) <= max(len(offered), 3)
    if choice.slot is not None:
        assert choice.slot in free
        local = choice.slot.starts_at.astimezone(zone)
        assert wish.first_day is None or local.date() >= wish.first_day
        assert wish.last_day is None or local.date() <= wish.last_day
        assert not wish.weekdays or local.weekday() in wish.weekdays
        if wish.earliest and wish.latest and wish.earliest <= wish.latest:
            assert wish.earliest <= local.time() <= wish.latest


def test_a_yes_takes_the_one_time_that_was_proposed_and_none_of_several():
    assert chosen(TimeWish(agrees=True), FREE[:1]).slot == FREE[0]
    several = chosen(TimeWish(agrees=True), FREE[:3])
    assert (several.slot, several.reason, several.alternatives) == (None, "unclear", tuple(FREE[:3]))
