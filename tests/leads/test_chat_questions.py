"""What is asked about the chat itself, the call and the mails, and a request to delete what is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banter.leads.quoting import summary
from tests.leads.visitor import PLAYBOOK, Visitor

QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"
UNDECIDED = ("need=quantified", "budget=none", "authority=final", "timeline=within_60_days", "pat@example.com")


@pytest.mark.parametrize("topic", ["alive", "caller", "zone", "material", "company", "bot", "privacy", "deletion"])
def test_it_is_answered_and_the_open_question_comes_back(topic: str) -> None:
    visitor = Visitor().says(f"!{topic}")
    assert visitor.last[0].startswith(f"utter_answer_{topic}")
    assert visitor.asked[-1] == ("need", "again")


def test_a_joke_asked_for_is_small_talk_and_no_question_for_the_team() -> None:
    visitor = Visitor().says("!playful")
    assert visitor.last == ["utter_smalltalk_playful"]
    assert visitor.lead.proposed == ""
    assert visitor.services.alerts.told == []


def test_whoever_chooses_a_time_may_ask_who_calls_and_by_which_clock() -> None:
    visitor = Visitor().says(QUALIFIED)
    offered = visitor.lead.offered
    visitor.says("!caller", "!zone")
    assert visitor.lead.awaiting == "slot"
    assert visitor.lead.offered == offered


def test_the_caller_is_named_where_one_person_takes_all_the_calls() -> None:
    team = replace(PLAYBOOK.team, reps=PLAYBOOK.team.reps[:1])
    visitor = Visitor(replace(PLAYBOOK, team=team)).says("!caller")
    assert visitor.last == ["utter_answer_caller"]


def test_who_gets_mails_may_ask_for_the_promise_again() -> None:
    visitor = Visitor().says(*UNDECIDED)
    assert visitor.lead.status == "nurture"
    visitor.says("!mails")
    assert visitor.last == ["utter_answer_mails"]


def test_mails_that_nobody_promised_are_an_open_question() -> None:
    assert Visitor().says("!mails").last == ["utter_offer_person"]


@pytest.mark.parametrize("words", ["!erase", "!erase #stop"])
def test_a_request_to_delete_goes_to_the_team_and_ends_all_messages(words: str) -> None:
    visitor = Visitor().says("need=quantified", words)
    assert visitor.last == ["utter_answer_erase"]
    assert visitor.services.alerts.told == ["erase"]
    assert (visitor.lead.status, visitor.lead.awaiting) == ("closed", None)


def test_a_request_to_delete_is_no_support_case_even_as_the_first_message() -> None:
    visitor = Visitor().says("!erase")
    assert "utter_support" not in visitor.said
    assert visitor.lead.status == "closed"


def test_a_request_to_delete_while_waiting_for_a_person_counts() -> None:
    visitor = Visitor()
    visitor.lead = replace(visitor.lead, aside="waiting", status="handed_over")
    visitor.says("!erase")
    assert visitor.services.alerts.told == ["erase"]
    assert visitor.lead.aside == ""


def test_one_more_guest_gets_no_invitation_in_place_of_the_first() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "pat@example.com", "!guest sam@example.com")
    assert visitor.last == ["utter_answer_guest"]
    assert visitor.lead.contact.email == "pat@example.com"
    visitor.says("sam@example.com")
    assert (visitor.last, visitor.lead.contact.email) == (["utter_address_changed"], "sam@example.com")


def test_who_asks_what_they_said_hears_it_in_their_own_words_and_the_question_comes_back() -> None:
    visitor = Visitor().says("need=quantified", "!noted")
    assert visitor.last[0] == "utter_answer_noted"
    assert summary(visitor.lead, 240) == f'"{visitor.lead.answers["need"].text}"'
    assert visitor.asked[-1] == ("budget", "again")


def test_who_has_said_nothing_yet_is_told_so() -> None:
    assert Visitor().says("!noted").last[0] == "utter_answer_noted_nothing"
