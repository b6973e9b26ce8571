"""When a visitor would like to be called."""

from __future__ import annotations

from datetime import date, time

import pytest

from banter.extraction.wish import read_wish
from banter.leads.reading import TimeWish
from tests.steps import steps_of

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "ordinals"),
    [
        ("the first one", (1,)),
        ("2", (2,)),
        ("option 3", (3,)),
        ("#3", (3,)),
        ("the last", (-1,)),
        ("let's do 2", (2,)),
        ("the second works", (2,)),
        ("the 2nd one", (2,)),
        ("I'll take number two", (2,)),
        ("1 or 3", (1, 3)),
        ("the first two", (1, 2)),
        ("the earliest", (1,)),
        ("asap", (1,)),
        ("not the first one, the second", (2,)),
        ("yes the first one please", (1,)),
    ],
)
def test_one_of_the_times_shown_is_picked_by_its_place(text, ordinals):
    assert read_wish(text, TODAY) == TimeWish(ordinals=ordinals)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("how about tomorrow?", "2026-11-19", "2026-11-19"),
        ("next Monday", "2026-11-23", "2026-11-23"),
        ("the 27th", "2026-11-27", "2026-11-27"),
        ("on the 2nd", "2026-12-02", "2026-12-02"),
        ("later this week", "2026-11-18", "2026-11-22"),
        ("next week", "2026-11-23", "2026-11-29"),
        ("early next week", "2026-11-23", "2026-11-25"),
        ("before Friday", "2026-11-18", "2026-11-19"),
        ("by Friday", "2026-11-18", "2026-11-20"),
        ("after Friday", "2026-11-21", None),
        ("in two weeks", "2026-12-02", "2026-12-02"),
    ],
)
def test_days_bound_the_wish(text, first, last):
    wish = TimeWish(date.fromisoformat(first), date.fromisoformat(last) if last else None)
    assert read_wish(text, TODAY) == wish


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("10:30", time(10, 30), time(10, 30)),
        ("3pm", time(15), time(15)),
        ("3.30pm", time(15, 30), time(15, 30)),
        ("at 3", time(15), time(15)),
        ("half past 3", time(15, 30), time(15, 30)),
        ("after 4", time(16), None),
        ("any time after 4", time(16), None),
        ("before noon", None, time(11, 59)),
        ("morning", time(6), time(11, 59)),
        ("in the afternoon", time(12), time(18)),
        ("between 2 and 4", time(14), time(16)),
        ("2-4pm", time(14), time(16)),
        ("7-9am", time(7), time(9)),
        ("noon", time(12), time(12)),
        ("at 10 or 11", time(10), time(11)),
    ],
)
def test_times_of_day_bound_the_start_of_the_call(text, earliest, latest):
    assert read_wish(text, TODAY) == TimeWish(earliest=earliest, latest=latest)


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("Thursday or Friday", (3, 4)),
        ("Tuesday to Thursday", (1, 2, 3)),
        ("can we do Monday instead", (0,)),
        ("can't do Friday", (0, 1, 2, 3)),
        ("any day but Friday", (0, 1, 2, 3)),
    ],
)
def test_weekdays_without_a_date_are_weekdays(text, weekdays):
    assert read_wish(text, TODAY) == TimeWish(weekdays=weekdays)


def test_weekdays_of_a_week_keep_the_week():
    week = (date(2026, 11, 23), date(2026, 11, 29))
    assert read_wish("Monday or Tuesday next week", TODAY) == TimeWish(*week, weekdays=(0, 1))


def test_a_day_and_a_time_of_day_go_together():
    tomorrow = date(2026, 11, 19)
    assert read_wish("tomorrow afternoon works", TODAY) == TimeWish(
        tomorrow, tomorrow, earliest=time(12), latest=time(18)
    )
    assert read_wish("Tuesday at 3pm", TODAY) == TimeWish(weekdays=(1,), earliest=time(15), latest=time(15))


@pytest.mark.parametrize(
    "text", ["whatever suits you", "any of them is fine", "anytime", "either", "I don't mind", "no preference"]
)
def test_a_visitor_who_does_not_mind_takes_any_time(text):
    assert read_wish(text, TODAY) == TimeWish(any_time=True)


@pytest.mark.parametrize(
    "text", ["none of these", "I can't make those", "no", "neither works", "do you have something later?"]
)
def test_a_visitor_for_whom_nothing_fits_is_heard(text):
    assert read_wish(text, TODAY) == TimeWish(none_fit=True)


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "yes please",
        "ok",
        "ok thanks",
        "sure",
        "sounds good",
        "yes that works",
        "works for me",
        "perfect, thank you",
        "that's fine with me",
        "great, let's do it",
        "yep go ahead",
        "good, please do",
        "yes, my email is pat@example.com",
    ],
)
def test_a_plain_yes_takes_what_was_proposed_and_chooses_none_of_several(text):
    assert read_wish(text, TODAY) == TimeWish(agrees=True)


@pytest.mark.parametrize(
    "text",
    [
        "ok so fixed assets take two people three days",
        "leave them a note: 12k approved",
        "we have 2 entities and about 15 users",
        "we have 3 sites",
        "it takes 4 people every month and it's a mess",
        "our second entity is German",
        "the first close after the merger was a disaster for everybody",
        "the import doesn't work in our current tool either",
        "we need it asap",
        "we need to be live asap",
        "sure, but month end takes us 6 days",
        "yes and by the way the board approved 20k",
        "I don't need any help with the ledger",
        "our accountant works at 3 sites",
        "ok, and it all happens in 2 spreadsheets",
        "no idea why invoices go missing but they do every month",
        "tell them we run 3 ledgers",
        "we work until 9 in the evening at month end, all of us",
        "I am the owner",
        "have a nice evening",
        "good morning",
    ],
)
def test_a_statement_that_merely_holds_a_number_picks_no_time(text):
    assert not read_wish(text, TODAY).said


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("after lunch", time(13), time(18)),
        ("any time after lunch", time(13), time(18)),
        ("right after lunch", time(13), time(14)),
        ("ok, 14 hour", time(14), time(14)),
        ("14 hours", time(14), time(14)),
        ("14h", time(14), time(14)),
        ("14h30", time(14, 30), time(14, 30)),
        ("15 h please", time(15), time(15)),
        ("at 2 in the afternoon", time(14), time(14)),
        ("2 in the afternoon", time(14), time(14)),
        ("8 in the evening?", time(20), time(20)),
        ("at 9 at night", time(21), time(21)),
        ("at 7 in the morning", time(7), time(7)),
        ("3 in the morning lol", time(3), time(3)),
        ("the 2 p.m. one", time(14), time(14)),
        ("10 a.m.", time(10), time(10)),
        ("am please", time(6), time(11, 59)),
    ],
)
def test_times_of_day_are_understood_in_many_spellings(text, earliest, latest):
    assert read_wish(text, TODAY) == TimeWish(earliest=earliest, latest=latest)


@pytest.mark.parametrize(
    ("text", "weekday", "earliest", "latest"),
    [
        ("Wednesday after lunch", 2, time(13), time(18)),
        ("monday after lunch would suit me", 0, time(13), time(18)),
        ("friday, any time after lunch", 4, time(13), time(18)),
        ("monday morning at 7", 0, time(7), time(7)),
        ("tuesday evening at 8", 1, time(20), time(20)),
        ("sunday 3am", 6, time(3), time(3)),
        ("sunday 3 am?", 6, time(3), time(3)),
        ("sunday at 3 in the night", 6, time(3), time(3)),
        ("saturday at 11pm", 5, time(23), time(23)),
        ("thursday 15h ok", 3, time(15), time(15)),
    ],
)
def test_a_weekday_and_a_part_of_the_day_go_together(text, weekday, earliest, latest):
    assert read_wish(text, TODAY) == TimeWish(weekdays=(weekday,), earliest=earliest, latest=latest)


@pytest.mark.parametrize("text", ["Tuesday's lovely", "tuesday’s good for me"])
def test_a_weekday_is_heard_with_its_verb(text):
    assert read_wish(text, TODAY) == TimeWish(weekdays=(1,))


@pytest.mark.parametrize(
    ("text", "ordinals"),
    [
        ("I'd like to take the second of those if it is still free for us", (2,)),
        ("could you put me down for number 3 please, that would be great", (3,)),
        ("yes, second time", (2,)),
        ("3 please", (3,)),
        ("2 works", (2,)),
        ("the third suits me best", (3,)),
    ],
)
def test_who_chooses_may_use_as_many_words_as_they_like(text, ordinals):
    assert read_wish(text, TODAY) == TimeWish(ordinals=ordinals)


def test_who_cannot_make_any_of_them_does_not_take_any():
    assert read_wish("cant do any of those", TODAY) == TimeWish(none_fit=True)


def test_nothing_fits_but_a_day_is_named():
    wish = read_wish("none of those, do you have anything Thursday?", TODAY)
    assert wish == TimeWish(weekdays=(3,), none_fit=True)


@pytest.mark.parametrize(
    "text",
    [
        "pat2@example.com",
        "my email is pat@example.com",
        "call me on +1 415 555 0199",
        "what does it cost?",
        "🙂",
        "",
        "\0",
    ],
)
def test_what_says_nothing_about_a_time_is_no_wish(text):
    assert not read_wish(text, TODAY).said


def test_an_address_beside_a_wish_does_not_hide_it():
    wish = read_wish("tomorrow please, pat7@example.com", TODAY)
    assert wish == TimeWish(date(2026, 11, 19), date(2026, 11, 19))


@pytest.mark.parametrize("piece", ["1 ", "3:", "monday ", "half past ", "a@", "not ", "option 1 ", "'", "tomorrow "])
def test_twice_as_much_of_anything_takes_about_twice_as_many_steps(piece):
    once, twice = (steps_of(lambda n=n: read_wish((piece * n)[:n], TODAY)) for n in (1_000, 2_000))
    assert twice < 2.6 * once + 2_000
