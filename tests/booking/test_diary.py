from __future__ import annotations

from dataclasses import replace

import pytest

from banter.booking.diary import TeamDiary
from banter.leads.ports import Diary
from banter.leads.reading import TimeWish
from tests.booking.examples import NOW, PUBLIC_URL, lead, playbook, slot, utc
from tests.fakes import FakeStore


@pytest.fixture
def diary():
    store = FakeStore()
    with store.begin() as tx:
        yield TeamDiary(tx, playbook(), PUBLIC_URL)


def test_as_many_times_are_offered_as_the_team_says(diary):
    as_port: Diary = diary
    times = as_port.times(lead(), NOW)
    assert len(times) == 3
    assert times[0].starts_at == utc(2026, 11, 23, 10, 30)


def test_pressing_a_button_takes_exactly_that_time(diary):
    pat = lead(offered=diary.times(lead(), NOW))
    for offered in pat.offered:
        for text in (diary.button(offered, pat, NOW), f" {diary.title(offered, pat, NOW).upper()} "):
            assert diary.choose(pat, text, TimeWish(any_time=True), NOW).slot == offered


def test_a_button_pressed_after_midnight_still_means_the_day_it_was_shown_for(diary):
    pat = lead(offered=(slot(utc(2026, 11, 24, 15)), slot(utc(2026, 11, 25, 15))))
    shown = [diary.button(one, pat, NOW) for one in pat.offered]
    assert shown == ["Tomorrow, Tue 24 Nov, 15:00", "Wed 25 Nov, 15:00"]
    after_midnight = utc(2026, 11, 24, 0, 30)
    for title, one in zip(shown, pat.offered, strict=True):
        assert diary.choose(pat, title, TimeWish(), after_midnight).slot == one


def test_by_sms_a_time_is_said_as_briefly_as_it_can_be_and_known_again(diary):
    there = {"Europe/London": "", "America/New_York": " EST", "Asia/Kathmandu": " UTC+5:45", "America/Bogota": " UTC-5"}
    for zone, said in there.items():
        pat = lead(channel="sms", timezone=zone, offered=(slot(utc(2026, 11, 24, 15)),))
        title = diary.button(pat.offered[0], pat, NOW)
        assert title.endswith(said or "15:00")
        assert title.startswith("Tue 24 Nov ")
        assert diary.choose(pat, title, TimeWish(), NOW).slot == pat.offered[0]


def test_an_older_button_still_means_its_time(diary):
    assert diary.choose(lead(), "Thu 26 Nov, 10:30", TimeWish(), NOW).slot == slot(utc(2026, 11, 26, 10, 30))


def test_other_words_are_read_as_the_wish(diary):
    pat = lead(offered=diary.times(lead(), NOW))
    assert diary.choose(pat, "the second", TimeWish(ordinals=(2,)), NOW).slot == pat.offered[1]
    assert diary.choose(pat, "hm", TimeWish(), NOW).reason == "unclear"


def test_a_time_is_held_then_confirmed(diary):
    pat = lead()
    diary.take(pat, slot(utc(2026, 11, 24, 10)), NOW)
    booking = diary.confirm(replace(pat, slot=slot(utc(2026, 11, 24, 10))), NOW)
    assert booking.status == "confirmed"
    assert diary.tx.outbox.of_lead(pat.id)[0].payload["body"].count(f"{PUBLIC_URL}/booking/{booking.key}") == 1


def test_what_is_released_is_offered_again(diary):
    first = diary.times(lead(), NOW)[0]
    diary.take(lead(), first, NOW)
    assert diary.times(lead(id="l_2"), NOW)[0] != first
    diary.release(lead())
    assert diary.times(lead(id="l_2"), NOW)[0] == first
