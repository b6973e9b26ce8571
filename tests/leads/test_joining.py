"""What two leads that are one person know together, whatever each of them knew: properties of the pure function."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter.leads.joining import (
    MOST_UNANSWERED,
    ONCE_IN,
    Question,
    could_be_joined,
    goes_on,
    joined,
    may_ask,
    normal_email,
    the_call,
    told_at,
    who_stays,
)
from banter.leads.model import STATUSES, Booking, Lead, Message, OptOut
from banter.leads.qualify import qualify
from banter.leads.questions import next_question
from banter.leads.reading import DISQUALIFIERS, Contact
from scoring.model import DIMENSIONS
from scoring.score import score
from tests.leads.visitor import PLAYBOOK, answer
from tests.scoring.generated import leads as all_answers

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=timezone.utc)
_moments = st.integers(0, 10_000).map(lambda minutes: NOW - timedelta(minutes=minutes))
_words = st.none() | st.sampled_from(("pat@example.com", "kim@example.com", "+15550100"))


@st.composite
def leads(draw: st.DrawFn, name: str = "l_1") -> Lead:
    """Any real lead that was heard of."""
    at = draw(_moments)
    return Lead(
        id=name,
        conversation=f"c_of_{name}",
        channel=draw(st.sampled_from(("web", "sms"))),
        timezone="Europe/London",
        created_at=at,
        updated_at=at,
        heard_at=at,
        opener="sales",
        status=draw(st.sampled_from([s for s in STATUSES if s != "booked"])),
        awaiting=draw(st.none() | st.sampled_from((*DIMENSIONS, "slot", "contact"))),
        answers=draw(all_answers()),
        asked=tuple(draw(st.lists(st.sampled_from(DIMENSIONS), max_size=6))),
        contact=Contact(name=draw(_words), email=draw(_words), phone=draw(_words)),
        disqualifier=draw(st.none() | st.sampled_from(DISQUALIFIERS)),
        told=tuple(draw(st.lists(st.sampled_from(("price", "address", "abuse")), max_size=3))),
        turns=draw(st.integers(0, 9)),
    )


_pairs = st.tuples(leads("l_1"), leads("l_2"))


def one(first: Lead, second: Lead) -> tuple[Lead, Lead, Lead]:
    stays, goes = who_stays(first, second)
    told, there = told_at(stays, ()), told_at(goes, ())
    made = joined(stays, goes, told=told, told_there=there, call=None, by="email", now=NOW)
    return qualify(made, PLAYBOOK), stays, goes


@given(_pairs)
def test_nothing_that_was_said_is_unsaid_and_nothing_is_made_up(pair: tuple[Lead, Lead]) -> None:
    made, stays, goes = one(*pair)
    assert set(made.answers) == set(stays.answers) | set(goes.answers)
    for dimension, known in made.answers.items():
        own, other = stays.answers.get(dimension), goes.answers.get(dimension)
        assert known in (own, other)
        assert known.said == any(each is not None and each.said for each in (own, other))


@given(_pairs)
def test_it_is_the_same_lead_whichever_is_named_first(pair: tuple[Lead, Lead]) -> None:
    first, second = pair
    assert one(first, second)[0] == one(second, first)[0]


@given(_pairs)
def test_points_and_route_are_those_of_the_answers_together(pair: tuple[Lead, Lead]) -> None:
    made, _, _ = one(*pair)
    assert made.score == score(made.answers, PLAYBOOK.rubric)
    assert made.route is not None
    assert (made.disqualifier is None) == all(lead.disqualifier is None for lead in pair)


@given(_pairs)
def test_who_can_be_reached_still_can_and_nothing_is_asked_that_one_of_them_answered(pair: tuple[Lead, Lead]) -> None:
    made, stays, goes = one(*pair)
    assert made.contact.reachable == (stays.contact.reachable or goes.contact.reachable)
    assert next_question(made, PLAYBOOK.conversation) not in made.answers
    if made.questions_left:  # and what neither answered still can be asked
        assert next_question(made, PLAYBOOK.conversation) is not None


@given(_pairs)
def test_no_address_that_was_given_is_lost(pair: tuple[Lead, Lead]) -> None:
    made, stays, goes = one(*pair)
    for name in ("email", "phone"):
        known = {getattr(made.contact, name), *(getattr(joining, name) for joining in made.joined)}
        assert known - {None} == {getattr(lead.contact, name) for lead in (stays, goes)} - {None}


@given(_pairs)
def test_who_spoke_last_stays_and_the_counts_add_up(pair: tuple[Lead, Lead]) -> None:
    made, stays, goes = one(*pair)
    assert stays.heard_at is not None
    assert goes.heard_at is not None
    assert stays.heard_at >= goes.heard_at
    assert (made.id, made.conversation) == (stays.id, stays.conversation)
    assert made.turns == stays.turns + goes.turns
    assert [joining.lead for joining in made.joined] == [goes.id]
    assert made.told.count("address") >= stays.told.count("address")
    assert made.told.count("abuse") == stays.told.count("abuse")


@given(_pairs, st.lists(st.booleans(), max_size=8))
def test_going_to_and_fro_changes_nothing_but_the_place(pair: tuple[Lead, Lead], turns: list[bool]) -> None:
    made, stays, goes = one(*pair)
    lead = made
    for there in turns:
        to = goes if there else stays
        lead = goes_on(lead, to.conversation, to.channel)
        assert (lead.conversation, lead.channel) == (to.conversation, to.channel)
        assert lead.conversation not in lead.threads
    assert (lead.id, lead.answers, lead.contact, lead.score) == (made.id, made.answers, made.contact, made.score)
    assert lead.awaiting is None or lead.awaiting in (stays.awaiting, goes.awaiting)


def test_of_two_calls_the_own_one_to_come_stands_and_a_past_one_only_where_there_is_no_other() -> None:
    def call(days: int, status: str = "confirmed") -> Booking:
        at = NOW + timedelta(days=days)
        return Booking(f"b_{days}", "l_1", "ana", at, at + timedelta(minutes=30), status, "key")

    assert the_call(call(1), call(2), NOW) == call(1)
    assert the_call(call(-1), call(2), NOW) == call(2)
    assert the_call(None, call(-1), NOW) == call(-1)
    assert the_call(call(1, "cancelled"), call(2, "held"), NOW) is None


def test_an_answer_was_given_when_its_words_were_said_last() -> None:
    lead = replace(
        Lead("l_1", "c_1", "web", "UTC", NOW, NOW),
        answers={"need": replace(answer("need", "specific"), text="we retype\nten hours a week")},
        heard_at=NOW,
    )
    lines = [
        Message(f"m_{n}", "c_1", sender, text, NOW - timedelta(hours=9 - n))
        for n, (sender, text) in enumerate(
            (("visitor", "we retype"), ("visitor", "It's ten hours a week."), ("bot", "ten hours a week"))
        )
    ]
    assert told_at(lead, lines) == {"need": lines[1].at}
    assert told_at(lead, ()) == {"need": NOW}


def asked(days: float, verdict: str | None = None) -> Question:
    at = NOW - timedelta(days=days)
    return Question(1, "l_1", "l_2", "email", "key", at, at if verdict else None, verdict)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "may"),
    [
        ([], True),
        ([asked(0.9)], False),
        ([asked(1)], True),
        ([asked(2, "same")], True),
        ([asked(0.5, "same")], False),
        ([asked(400, "other")], False),
        ([asked(n + 1) for n in range(MOST_UNANSWERED - 1)], True),
        ([asked(n + 1) for n in range(MOST_UNANSWERED)], False),
    ],
)
def test_when_an_address_may_be_asked_again(before: list[Question], may: bool) -> None:
    assert may_ask(before, NOW) is may


@given(st.lists(_moments, max_size=40))
def test_nobody_can_make_us_ask_a_stranger_more_than_three_times(tries: list[datetime]) -> None:
    before: list[Question] = []
    for now in sorted(tries):
        if may_ask(before, now):
            before.append(replace(asked(0), asked_at=now))
    assert len(before) <= MOST_UNANSWERED
    assert all(b.asked_at - a.asked_at >= ONCE_IN for a, b in pairwise(before))


def test_addresses_are_compared_without_their_case() -> None:
    assert normal_email(" Pat@Example.com ") == "pat@example.com"
    assert normal_email("  ") is None
    assert normal_email(None) is None


def test_only_real_visitors_who_said_something_are_joined() -> None:
    lead = Lead("l_1", "c_1", "web", "UTC", NOW, NOW, opener="sales")
    assert could_be_joined(lead)
    assert not could_be_joined(replace(lead, test=True))
    assert not could_be_joined(replace(lead, opener=None))
    assert not could_be_joined(replace(lead, opted_out=OptOut(NOW, "no more")))
    assert not could_be_joined(replace(lead, channel="slack"))
    assert not could_be_joined(replace(lead, channel="terminal"))
