"""Who comes back after hours is told where things stand; after weeks it begins anew with what is still known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.leads.model import Lead, OptOut
from banter.leads.quoting import summary
from banter.leads.returning import anew, begins_anew, is_back
from scoring.model import DIMENSIONS, Answer, Dimension
from tests.leads.absent import QUALIFIED, Absent
from tests.leads.visitor import NOW, PLAYBOOK

HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)
LATER = 7 * HOURS
RULES = PLAYBOOK.conversation


def said(visitor: Absent, dimension: Dimension, text: str) -> None:
    answers = visitor.lead.answers
    visitor.lead = replace(visitor.lead, answers={**answers, dimension: replace(answers[dimension], text=text)})


def test_a_reload_says_nothing_new() -> None:
    visitor = Absent().says("need=quantified")
    visitor.waits(5 * HOURS)
    before = visitor.lead
    assert visitor.opens() == []
    assert visitor.lead == before


def test_the_next_day_they_are_told_where_things_stand_in_their_own_words_and_asked_on() -> None:
    visitor = Absent().says("need=quantified", "authority=final")
    said(visitor, "need", "Well. Month end takes six days!")
    asked = visitor.lead.asked
    visitor.waits(LATER)
    assert visitor.opens() == ["utter_welcome_back"]
    assert visitor.values["utter_welcome_back"] == {"summary": '"Well. Month end takes six days", "authority is final"'}
    assert visitor.asked[-1] == ("budget", "again")
    assert visitor.lead.asked == asked
    assert visitor.lead.awaiting == "budget"


def test_once_in_an_absence_however_often_the_chat_is_opened() -> None:
    visitor = Absent().says("need=quantified")
    visitor.waits(LATER)
    assert visitor.opens()
    assert visitor.opens() == []
    visitor.waits(2 * DAYS)
    assert visitor.opens() == []
    visitor.says("!price")
    visitor.waits(LATER)
    assert visitor.opens() == ["utter_welcome_back"]


def test_who_never_said_anything_is_not_told_what_they_said() -> None:
    visitor = Absent()
    visitor.waits(60 * DAYS)
    assert visitor.opens() == []


def test_who_writes_without_opening_is_heard_as_always() -> None:
    visitor = Absent(channel="sms").says("need=quantified")
    visitor.waits(3 * DAYS)
    visitor.says("budget=none")
    assert "utter_welcome_back" not in visitor.last
    assert visitor.lead.answers["budget"].band == "none"
    assert visitor.opens() == []


def test_an_open_follow_up_comes_back_as_one() -> None:
    visitor = Absent().says("need=specific:vague")
    wording = visitor.asked[-1][1]
    visitor.waits(LATER)
    visitor.opens()
    assert visitor.asked[-1] == ("need", wording)


def test_times_of_yesterday_are_not_offered_again() -> None:
    visitor = Absent().says(QUALIFIED)
    visitor.waits(3 * DAYS)
    assert visitor.opens() == ["utter_welcome_back"]
    assert visitor.asked[-1] == ("slot", "again")
    assert all(slot.starts_at > visitor.now for slot in visitor.lead.offered)


@pytest.mark.parametrize("opens", [True, False])
def test_a_held_time_that_has_gone_by_is_given_back_and_others_are_offered(opens: bool) -> None:
    visitor = Absent().says(QUALIFIED, "when:any")
    held = visitor.lead.slot
    assert held is not None
    visitor.waits(held.starts_at - visitor.now + LATER)
    if opens:
        visitor.opens()
    else:
        visitor.says("pat@example.com")
    assert visitor.asked[-1][0] == "slot"
    assert visitor.lead.slot is None
    assert visitor.lead.status == "open"
    assert all(slot.starts_at > visitor.now for slot in visitor.lead.offered)


def test_a_held_time_that_is_still_to_come_is_booked_the_next_day() -> None:
    visitor = holding_a_time()
    held = visitor.lead.slot
    visitor.waits(LATER)
    assert visitor.opens() == ["utter_welcome_back"]
    assert visitor.asked[-1] == ("contact", "again")
    visitor.says("pat@example.com")
    assert (visitor.lead.status, visitor.lead.slot) == ("booked", held)


def holding_a_time() -> Absent:
    """In three days or later."""
    visitor = Absent().says(QUALIFIED)
    late = visitor.services.diary.times(visitor.lead, visitor.now + 3 * DAYS)[-1]
    visitor.lead = replace(visitor.lead, awaiting="contact", slot=late, offered=())
    visitor.services.diary.take(visitor.lead, late, visitor.now)
    return visitor


def test_after_booking_it_is_said_when_the_call_is() -> None:
    visitor = holding_a_time().says("pat@example.com")
    visitor.waits(LATER)
    assert visitor.opens() == ["utter_welcome_back_booked"]
    assert set(visitor.values["utter_welcome_back_booked"]) == {"time", "link"}
    visitor.says("!price")
    visitor.waits(40 * DAYS)
    assert visitor.opens() == ["utter_welcome_back_called"]
    assert visitor.lead.status == "booked"


def test_who_took_back_their_call_is_offered_other_times() -> None:
    visitor = holding_a_time().says("pat@example.com")
    visitor.services.diary.tx.calendar.cancel(visitor.services.diary.tx.calendar.of_lead("l_1").id)  # type: ignore[union-attr]
    visitor.lead = replace(visitor.lead, slot=None, offered=(), status="open", awaiting=None)
    visitor.waits(LATER)
    assert visitor.opens() == ["utter_welcome_back"]
    assert visitor.asked[-1] == ("slot", "again")
    assert visitor.lead.offered


@pytest.mark.parametrize(
    ("messages", "response"),
    [
        (("need=general budget=none authority=none timeline=someday", "pat@example.com"), "utter_welcome_back_nurture"),
        (("need=quantified", "#stop"), "utter_welcome_back_closed"),
        (("is:student",), "utter_welcome_back_closed"),
        (("opener:support",), "utter_welcome_back_handed_over"),
    ],
)
def test_where_nothing_is_open_a_fitting_sentence_is_said_and_nothing_changes(
    messages: tuple[str, ...], response: str
) -> None:
    visitor = Absent().says(*messages)
    before = visitor.lead.status
    visitor.waits(LATER)
    assert visitor.opens() == [response]
    assert visitor.asked[-1][0] is None
    assert visitor.lead.status == before


def test_a_person_in_the_conversation_is_not_talked_over() -> None:
    visitor = Absent().says("need=quantified")
    visitor.lead = replace(visitor.lead, aside="joined")
    visitor.waits(60 * DAYS)
    assert visitor.opens() == []
    assert not begins_anew(visitor.lead, RULES, visitor.now)


def after_a_month(*messages: str) -> Absent:
    visitor = Absent().says(*messages)
    visitor.waits(31 * DAYS)
    return visitor


def test_after_a_month_it_begins_anew_with_what_is_still_known() -> None:
    visitor = after_a_month("need=quantified", "budget=approved_amount", "authority=shared")
    assert visitor.lead.awaiting == "timeline"
    assert visitor.opens() == ["utter_anew"]
    assert set(visitor.lead.answers) == {"need", "authority"}
    assert visitor.values["utter_anew"] == {"summary": '"need is quantified", "authority is shared"'}
    assert visitor.asked[-1] == ("timeline", "again")  # its words are still on their screen
    assert visitor.lead.asked == ("timeline",)
    assert visitor.opens() == []
    visitor.says("timeline=within_year")
    assert visitor.lead.asked == ("timeline", "budget")


def test_a_message_after_a_month_begins_anew_and_is_heard_as_it_is() -> None:
    visitor = after_a_month("need=quantified", "budget=approved_amount", "authority=shared")
    visitor.says("budget=none")
    assert {d: a.band for d, a in visitor.lead.answers.items()} == {
        "need": "quantified",
        "authority": "shared",
        "budget": "none",
    }
    assert visitor.lead.heard_at == visitor.now
    assert visitor.lead.awaiting == "timeline"


def test_a_message_after_they_were_welcomed_anew_does_not_begin_again() -> None:
    visitor = after_a_month("need=quantified", "budget=approved_amount")
    visitor.opens()
    visitor.waits(2 * DAYS)
    visitor.says("authority=final budget=none")
    assert set(visitor.lead.answers) == {"need", "authority", "budget"}


def test_what_they_would_rather_not_say_is_not_asked_after_a_month_either() -> None:
    visitor = after_a_month("need=quantified budget=declined authority=final")
    visitor.opens()
    visitor.says("timeline=within_60_days")
    assert visitor.lead.answers["budget"].band == "declined"
    assert "budget" not in visitor.lead.asked


def test_who_was_nurtured_and_comes_back_after_a_month_can_qualify() -> None:
    visitor = Absent().says("need=quantified budget=none authority=final timeline=someday", "pat@example.com")
    assert visitor.lead.status == "nurture"
    visitor.waits(31 * DAYS)
    assert visitor.opens() == ["utter_anew"]
    assert visitor.asked[-1] == ("budget", "first")
    assert visitor.services.nurturing.stopped == 0  # looking is not replying
    visitor.says("budget=approved_amount")
    assert visitor.services.nurturing.stopped >= 1
    visitor.says("timeline=within_60_days")
    assert visitor.lead.awaiting == "slot"
    assert visitor.lead.contact.email == "pat@example.com"


def test_a_reason_to_end_outlasts_a_month() -> None:
    visitor = after_a_month("is:competitor")
    assert visitor.opens() == ["utter_welcome_back_closed"]
    assert visitor.lead.disqualifier == "competitor"


def test_the_wish_that_all_be_deleted_outlasts_a_month_and_nothing_else_that_was_answered_does() -> None:
    visitor = Absent().says("need=quantified", "!price")
    visitor.lead = replace(visitor.lead, told=(*visitor.lead.told, "erase"))
    visitor.waits(31 * DAYS)
    assert "price" in visitor.lead.told
    assert anew(visitor.lead, visitor.now).told == ("erase",)


def test_a_reminder_is_not_given_twice_because_it_began_anew() -> None:
    visitor = after_a_month("need=quantified")
    assert visitor.said.count("utter_nudge") == 1
    visitor.opens()
    visitor.says("budget=none")
    visitor.waits(DAYS)
    assert visitor.said.count("utter_nudge") == 1


ANYTHING = (
    *("need=general", "budget=none", "budget=approved_amount", "authority=final", "timeline=someday", "!price"),
    *("pat@example.com", "#refusal", "#nonsense", "when:any", "~ need=quantified"),
)


@given(
    st.lists(st.sampled_from(ANYTHING), min_size=1, max_size=8),
    st.lists(st.integers(0, 45 * 24), min_size=1, max_size=3),
)
def test_whenever_they_come_back_there_is_one_welcome_no_seventh_question_and_no_dead_end(
    messages: list[str], hours: list[int]
) -> None:
    visitor = Absent().says(*messages)
    for pause in hours:
        visitor.waits(pause * HOURS)
        welcomed = visitor.opens()
        assert bool(welcomed) <= (pause >= 6)
        assert visitor.opens() == []
        visitor.says(messages[0])
        assert len(visitor.lead.asked) <= RULES.most_questions
        assert visitor.last or visitor.asked[-1][0], "a message is always answered"
        assert visitor.lead.status != "open" or visitor.lead.awaiting is not None or visitor.lead.browsing
    assert visitor.said.count("utter_nudge") <= 1


def test_words_with_a_link_and_words_of_no_use_are_not_said_back() -> None:
    lead = Absent().lead
    assert summary(lead, 130) == ""
    bad = Answer("need", "specific", "precise", "intending", "look at https://bad.example {company}")
    no = Answer("budget", "declined", "precise", "intending", "I'd rather not say")
    assert summary(replace(lead, answers={"need": bad, "budget": no}), 130) == ""


@given(st.text(max_size=300), st.sampled_from([50, 130, 240]))
def test_a_summary_is_one_short_line_whatever_was_said(text: str, most: int) -> None:
    answers = {d: Answer(d, "unclear" if d == "need" else "none", "vague", "tentative", text) for d in DIMENSIONS}
    words = summary(replace(Absent().lead, answers=answers), most)
    assert len(words) <= most
    assert words.isprintable()
    assert not set("{}“”") & set(words)


def test_a_lead_of_before_this_was_kept_is_known_by_its_last_change() -> None:
    lead = replace(Absent().says("need=quantified").lead, heard_at=None)
    assert not is_back(lead, RULES, lead.updated_at + 5 * HOURS)
    assert is_back(lead, RULES, lead.updated_at + 6 * HOURS)


def test_beginning_anew_keeps_who_they_are_and_nothing_of_how_far_they_were() -> None:
    lead = Absent().says(QUALIFIED, "when:any", "pat@example.com").lead
    lead = replace(lead, status="closed", probed=("need",), told=("price",), doubted=("budget",), callback=True)
    fresh = anew(lead, NOW + 31 * DAYS)
    for name in ("id", "conversation", "contact", "facts", "created_at", "opener", "turns", "heard_at", "timezone"):
        assert getattr(fresh, name) == getattr(lead, name), name
    assert set(fresh.answers) == {"need", "authority"}
    untouched = Lead("l_1", "c_1", "web", "Europe/London", NOW, NOW)
    for name in (
        "asked",
        "probed",
        "told",
        "doubted",
        "offered",
        "slot",
        "status",
        "callback",
        "tries",
        "score",
        "route",
    ):
        assert getattr(fresh, name) == getattr(untouched, name), name


def test_who_wanted_no_more_messages_still_wants_none_when_they_only_open_the_chat_after_a_month() -> None:
    absent = Absent().says("need=quantified")
    gone = OptOut(absent.now, "stop")
    lead = replace(absent.lead, status="closed", opted_out=gone)
    assert anew(lead, absent.now + 40 * 24 * HOURS).opted_out == gone
