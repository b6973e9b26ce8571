from __future__ import annotations

import itertools
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.booking.slots import free_slots, grid, in_utc, merged
from banter.leads.playbook import Hours
from tests.booking.examples import ADELAIDE, KOLKATA, LONDON, NEW_YORK, NOW, UTC, hours, rep, team, utc

LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clock changes by half an hour


def starts(slots, zone=LONDON):
    return [f"{slot.starts_at.astimezone(zone):%a %H:%M}" for slot in slots]


def on(day: date, zone: ZoneInfo, opens: str, closes: str, **more):
    """The local starts on `day`, Sunday or not, for somebody who is open `opens` to `closes` each day."""
    someone = rep(zone=zone, open_at=hours(opens, closes, range(7)))
    midnight = datetime.combine(day, time(0), zone).astimezone(UTC)
    slots = free_slots(team(someone, buffer=0, notice=0, **more), {}, now=midnight, last=midnight + timedelta(hours=26))
    return [slot for slot in slots if slot.starts_at.astimezone(zone).date() == day]


def test_times_lie_in_the_opening_hours_and_leave_out_lunch():
    today = free_slots(team(), {}, now=NOW, last=utc(2026, 11, 23, 23))
    assert starts(today) == [
        "Mon 10:30", "Mon 11:00", "Mon 11:30", "Mon 13:00", "Mon 13:30",
        "Mon 14:00", "Mon 14:30", "Mon 15:00", "Mon 15:30", "Mon 16:00", "Mon 16:30", "Mon 17:00",
    ]  # fmt: skip


def test_hours_that_touch_are_one_stretch():
    someone = rep(open_at=(*hours("09:00", "10:15"), *hours("10:15", "11:00")))
    tomorrow = free_slots(team(someone), {}, now=NOW, first=utc(2026, 11, 24), last=utc(2026, 11, 24, 23))
    assert "Tue 10:00" in starts(tomorrow)


def test_nobody_is_called_on_days_off():
    someone = rep(days_off=[date(2026, 11, 24)])
    slots = free_slots(team(someone), {}, now=NOW, last=utc(2026, 11, 27, 23), days_off=[date(2026, 11, 26)])
    assert {text[:3] for text in starts(slots)} == {"Mon", "Wed", "Fri"}


def test_the_buffer_is_kept_on_both_sides_of_a_call():
    taken = {"ana": [(utc(2026, 11, 24, 10), utc(2026, 11, 24, 10, 45))]}  # a call from 10:00 to 10:30 with its buffer
    slots = starts(free_slots(team(), taken, now=NOW, first=utc(2026, 11, 24), last=utc(2026, 11, 24, 12)))
    assert slots == ["Tue 09:00", "Tue 11:00", "Tue 11:30"]


def test_calls_of_twenty_minutes_start_on_the_quarter_and_of_an_hour_on_the_half():
    assert grid(timedelta(minutes=20)) == grid(timedelta(minutes=45)) == timedelta(minutes=15)
    assert grid(timedelta(minutes=30)) == grid(timedelta(minutes=60)) == timedelta(minutes=30)
    slots = starts(free_slots(team(call=20), {}, now=NOW, last=utc(2026, 11, 23, 11)))
    assert slots == ["Mon 10:15", "Mon 10:30", "Mon 10:45", "Mon 11:00"]


def test_the_grid_is_that_of_the_local_clock_in_a_half_hour_zone():
    someone = rep(zone=KOLKATA, open_at=hours("09:00", "11:00"))
    slots = free_slots(team(someone, call=60), {}, now=NOW, last=utc(2026, 11, 24, 23))
    assert starts(slots, KOLKATA) == ["Tue 09:00", "Tue 09:30", "Tue 10:00"]
    assert slots[0].starts_at == utc(2026, 11, 24, 3, 30)


def test_when_two_are_free_the_one_with_less_to_do_takes_the_call():
    taken = {"ana": [(utc(2026, 11, 25, 10), utc(2026, 11, 25, 12))]}
    slots = free_slots(team(rep("ana"), rep("ben")), taken, now=NOW)
    assert {slot.rep for slot in slots} == {"ben"}
    assert len({slot.starts_at for slot in slots}) == len(slots)


def test_when_two_are_equally_free_the_first_of_the_team_takes_the_call():
    slots = free_slots(team(rep("zoe"), rep("ana")), {}, now=NOW)
    assert {slot.rep for slot in slots} == {"zoe"}


def test_a_second_rep_fills_the_gaps_of_the_first():
    mornings, afternoons = rep("ana", open_at=hours("09:00", "12:00")), rep("ben", open_at=hours("11:00", "15:00"))
    tomorrow = free_slots(team(mornings, afternoons), {}, now=NOW, first=utc(2026, 11, 24), last=utc(2026, 11, 24, 23))
    assert [slot.rep for slot in tomorrow] == ["ana"] * 6 + ["ben"] * 6


def test_hours_past_midnight_run_into_the_next_day():
    night = rep(open_at=hours("22:00", "02:00", (0,)))
    slots = starts(free_slots(team(night, call=60), {}, now=NOW, last=utc(2026, 11, 25)))
    assert slots == ["Mon 22:00", "Mon 22:30", "Mon 23:00", "Mon 23:30", "Tue 00:00", "Tue 00:30", "Tue 01:00"]


@pytest.mark.parametrize(
    ("zone", "day", "skipped"),
    [(LONDON, date(2027, 3, 28), 1), (NEW_YORK, date(2027, 3, 14), 2), (ADELAIDE, date(2026, 10, 4), 2)],
)
def test_the_hour_that_spring_leaves_out_is_never_offered(zone, day, skipped):
    slots = on(day, zone, "00:00", "06:00")
    local = [slot.starts_at.astimezone(zone) for slot in slots]
    assert [f"{at:%H:%M}" for at in local] == [
        f"{hour:02}:{minute:02}" for hour in range(6) if hour != skipped for minute in (0, 30)
    ]
    assert [b.starts_at - a.starts_at for a, b in itertools.pairwise(slots)] == [timedelta(minutes=30)] * (
        len(slots) - 1
    )


@pytest.mark.parametrize(
    ("zone", "day", "doubled"),
    [(LONDON, date(2026, 10, 25), 1), (NEW_YORK, date(2026, 11, 1), 1), (ADELAIDE, date(2027, 4, 4), 2)],
)
def test_the_hour_that_autumn_doubles_is_offered_twice_each_as_a_time_of_its_own(zone, day, doubled):
    slots = on(day, zone, "00:00", "06:00")
    clock = [f"{slot.starts_at.astimezone(zone):%H:%M}" for slot in slots]
    assert clock.count(f"{doubled:02}:30") == clock.count(f"{doubled:02}:00") == 2
    assert len(slots) == len({slot.starts_at for slot in slots}) == 14


@pytest.mark.parametrize(
    ("zone", "before", "after", "starts_utc"),
    [
        (LONDON, date(2027, 3, 26), date(2027, 3, 29), (9, 8)),
        (LONDON, date(2026, 10, 23), date(2026, 10, 26), (8, 9)),
        (NEW_YORK, date(2027, 3, 12), date(2027, 3, 15), (14, 13)),
        (NEW_YORK, date(2026, 10, 30), date(2026, 11, 2), (13, 14)),
        (ADELAIDE, date(2026, 10, 2), date(2026, 10, 5), (23.5, 22.5)),
        (ADELAIDE, date(2027, 4, 2), date(2027, 4, 5), (22.5, 23.5)),
    ],
)
def test_nine_o_clock_stays_nine_o_clock_across_the_clock_change(zone, before, after, starts_utc):
    found = []
    for day in (before, after):
        first = on(day, zone, "09:00", "17:00")[0].starts_at
        assert first.astimezone(zone).time() == time(9)
        found.append(first.hour + first.minute / 60)
    assert tuple(found) == starts_utc


def test_hours_that_open_inside_the_missing_hour_open_when_the_clock_has_jumped():
    day = date(2027, 3, 28)
    assert in_utc(day, Hours(6, time(1, 30), time(3)), LONDON) == [(utc(2027, 3, 28, 1), utc(2027, 3, 28, 2))]
    assert in_utc(day, Hours(6, time(1, 0), time(2)), LONDON) == []


def test_hours_that_close_inside_the_doubled_hour_open_a_second_time():
    assert in_utc(date(2026, 10, 25), Hours(6, time(0), time(1, 30)), LONDON) == [
        (utc(2026, 10, 24, 23), utc(2026, 10, 25, 0, 30)),
        (utc(2026, 10, 25, 1), utc(2026, 10, 25, 1, 30)),
    ]


def test_a_clock_change_of_half_an_hour_is_followed_too():
    day = date(2026, 10, 4)  # 02:00 becomes 02:30
    clock = [f"{slot.starts_at.astimezone(LORD_HOWE):%H:%M}" for slot in on(day, LORD_HOWE, "01:00", "04:00")]
    assert clock == ["01:00", "01:30", "02:30", "03:00", "03:30"]


ZONES = st.sampled_from([LONDON, NEW_YORK, KOLKATA, ADELAIDE, LORD_HOWE, ZoneInfo("Asia/Kathmandu")])
CLOCK = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
HOURS = st.builds(Hours, st.integers(0, 6), CLOCK, CLOCK).filter(lambda h: h.opens < h.closes)
#: Around both clock changes of every zone above, and elsewhere.
MOMENTS = st.datetimes(datetime(2026, 9, 25), datetime(2027, 4, 10), timezones=st.just(UTC))


@st.composite
def teams(draw):
    zones = draw(st.lists(ZONES, min_size=1, max_size=3))
    reps = [
        rep(
            f"rep{number}",
            zone=zone,
            open_at=tuple(draw(st.lists(HOURS, min_size=1, max_size=6))),
            days_off=draw(st.lists(st.dates(date(2026, 9, 25), date(2027, 4, 20)), max_size=3)),
        )
        for number, zone in enumerate(zones)
    ]
    return team(
        *reps,
        call=draw(st.sampled_from([15, 20, 30, 45, 60])),
        buffer=draw(st.sampled_from([0, 10, 15])),
        notice=draw(st.sampled_from([0, 60, 240])),
        horizon=draw(st.integers(1, 10)),
    )


def is_open(someone, instant: datetime) -> bool:
    """Independent of the code under test: what does the clock on the wall say?"""
    local = instant.astimezone(someone.timezone)
    return local.date() not in someone.days_off and any(
        hours.weekday == local.weekday() and hours.opens <= local.time() < hours.closes for hours in someone.hours
    )


@settings(max_examples=80, deadline=None)
@given(teams(), MOMENTS, st.data())
def test_no_time_lies_outside_the_hours_overlaps_a_call_or_violates_the_notice(group, now, data):
    busy = {
        someone.key: [
            (begin, begin + timedelta(minutes=length))
            for begin, length in data.draw(
                st.lists(
                    st.tuples(st.integers(0, 960).map(lambda q: now + timedelta(minutes=15 * q)), st.integers(1, 400)),
                    max_size=5,
                )
            )
        ]
        for someone in group.reps
    }
    slots = free_slots(group, busy, now=now)
    by_key = {someone.key: someone for someone in group.reps}
    assert [slot.starts_at for slot in slots] == sorted({slot.starts_at for slot in slots})
    step = grid(group.call).total_seconds() / 60
    for slot in slots:
        someone = by_key[slot.rep]
        assert now + group.notice <= slot.starts_at <= now + group.horizon
        assert slot.ends_at - slot.starts_at == group.call
        assert slot.starts_at.astimezone(someone.timezone).minute % step == 0
        for begin, end in busy[slot.rep]:
            assert slot.ends_at + group.buffer <= begin or slot.starts_at >= end
        minute = slot.starts_at
        while minute < slot.ends_at:
            assert is_open(someone, minute)
            minute += timedelta(minutes=5)


@settings(max_examples=40, deadline=None)
@given(teams(), MOMENTS)
def test_no_open_time_on_the_grid_is_left_out(group, now):
    found = {slot.starts_at for slot in free_slots(group, {}, now=now)}
    step = grid(group.call).total_seconds() / 60
    instant = now.replace(minute=0, second=0, microsecond=0)
    until = min(now + group.horizon, now + timedelta(days=3))
    while instant <= until:
        for someone in group.reps:
            whole = all(
                is_open(someone, instant + timedelta(minutes=m)) for m in range(0, int(group.call.seconds / 60), 5)
            )
            if instant >= now + group.notice and whole and instant.astimezone(someone.timezone).minute % step == 0:
                assert instant in found
        instant += timedelta(minutes=15)


def test_touching_stretches_are_joined():
    a, b, c = utc(2026, 1, 1), utc(2026, 1, 2), utc(2026, 1, 3)
    assert merged([(b, c), (a, b), (c, c)]) == [(a, c)]
