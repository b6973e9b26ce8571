"""Talks with the real reader, in which what a message does depends on what was said before."""

from __future__ import annotations

import pytest

from banter.extraction.reader import SpacyReader
from scoring.model import Money
from tests.leads.visitor import PLAYBOOK, Visitor

READER = SpacyReader(day_first=True, currency="GBP", region="GB", market=PLAYBOOK.market, knowledge=PLAYBOOK.knowledge)
TO_THE_ADDRESS = ("month end takes 6 days", "15k approved", "I decide", "in 30 days", "the first one")
TO_THE_MAILS = ("month end takes 6 days", "no budget this year", "somebody else decides", "no rush", "no")


def talk(*messages: str) -> Visitor:
    return Visitor(reader=READER).says(*messages)


@pytest.mark.parametrize("words", ["approved", "it's approved by the way", "good news: the board approved it"])
def test_an_approval_that_comes_later_is_said_of_the_figure(words: str) -> None:
    visitor = talk("month end takes 9 days", "20k", "not sure", words)
    budget = visitor.lead.answers["budget"]
    assert (budget.band, budget.value) == ("approved_amount", Money(20_000, 20_000, "GBP"))
    assert "utter_corrected" not in visitor.last


def test_an_approval_in_the_place_of_a_figure_takes_the_figure_back() -> None:
    visitor = talk("month end takes 9 days", "20k", "not sure", "sorry, our CFO approved the money last month")
    assert visitor.lead.answers["budget"].band == "approved"


@pytest.mark.parametrize("bye", ["bye", "gotta go, bye", "sorry, have to run"])
def test_who_leaves_over_a_mistyped_address_keeps_the_call_and_is_told_of_the_slip(bye: str) -> None:
    visitor = talk(*TO_THE_ADDRESS, "kim@gmial.com", bye)
    assert visitor.last == ["utter_address_kept", "utter_booked"]
    assert (visitor.asked[-1][0], visitor.lead.status) == (None, "booked")
    visitor.says("it's kim@gmail.com")
    assert (visitor.last, visitor.lead.contact.email) == (["utter_address_changed"], "kim@gmail.com")


def test_who_leaves_over_a_mistyped_address_and_gave_a_number_is_called_there() -> None:
    visitor = talk(*TO_THE_ADDRESS, "kim@gmial.com or 020 7946 0958", "bye")
    assert visitor.last == ["utter_booked_by_phone"]
    assert visitor.lead.contact.email is None


@pytest.mark.parametrize("back", ["yes", "yes, that one", "kim@gmail.com"])
def test_no_mails_go_to_an_address_that_was_not_confirmed(back: str) -> None:
    visitor = talk(*TO_THE_MAILS, "kim@gmial.com", "bye")
    assert visitor.last == ["utter_address_waits"]
    assert (visitor.lead.status, visitor.services.nurturing.enrolled) == ("closed", [])
    visitor.says(back)
    assert (visitor.lead.status, visitor.lead.contact.email) == ("nurture", "kim@gmail.com")


@pytest.mark.parametrize("first", ["maybe", "6", "idk"])
def test_a_first_message_that_replies_to_the_question_counts_as_a_reply(first: str) -> None:
    assert talk(first).lead.asked == ("need", "need")


@pytest.mark.parametrize("first", ["so", "hello there", "what do you sell?"])
def test_a_first_message_that_only_opens_does_not(first: str) -> None:
    assert talk(first).lead.asked == ("need",)


@pytest.mark.parametrize("no", ["nah", "no thanks", "not really"])
def test_who_only_looked_around_and_wants_no_questions_is_let_go(no: str) -> None:
    visitor = talk("just browsing, thanks", no)
    assert (visitor.last, visitor.lead.status) == (["utter_goodbye"], "closed")


def test_no_idea_of_the_money_for_nothing_in_particular_is_no_answer() -> None:
    visitor = talk("dunno", "no idea", "not sure", "idk")
    assert {d: a.band for d, a in visitor.lead.answers.items() if a.said} == {"need": "curious"}


def test_who_has_a_problem_and_no_idea_of_the_money_is_still_finding_out() -> None:
    visitor = talk("month end takes 9 days", "no idea")
    assert visitor.lead.answers["budget"].band == "exploring"


def test_a_number_alone_is_no_other_figure_than_the_one_that_was_named() -> None:
    visitor = talk("month end takes 6 days", "15000", "1")
    assert visitor.lead.answers["budget"].value == Money(15_000, 15_000, "GBP")
    visitor.says("sorry, make that 12000")
    assert visitor.lead.answers["budget"].value == Money(12_000, 12_000, "GBP")


def test_a_vendor_who_asks_for_somebody_is_told_where_to_write_and_nobody_is_called() -> None:
    visitor = talk("We offer SEO services and would like to work with you", "can I talk to a person about it?")
    assert visitor.last == ["utter_disqualified_vendor"]
    assert (visitor.lead.status, "person" in visitor.services.alerts.told) == ("closed", False)


def test_who_does_some_research_is_shown_the_material_first() -> None:
    visitor = talk("how do other companies shorten their close? doing some research")
    assert visitor.lead.browsing
    visitor.says("interesting. ours takes 10 days")
    assert (visitor.lead.answers["need"].band, visitor.lead.awaiting) == ("quantified", "budget")


@pytest.mark.parametrize("words", ["month end takes us 6 days", "ok, we lose 10 hours a week to reconciliations"])
def test_a_need_that_is_told_after_everything_was_skipped_is_heard(words: str) -> None:
    visitor = talk("skip", "skip", "skip", "skip", words)
    assert visitor.lead.answers["need"].band == "quantified"


def test_an_objection_to_the_price_is_met_and_the_open_question_comes_back() -> None:
    visitor = talk("what does it cost?", "that's too expensive")
    assert visitor.last == ["utter_answer_dear"]
    assert visitor.asked[-1] == ("need", "again")


@pytest.mark.parametrize(
    "words", ["wait, we want to be more efficient in general", "sorry, we would just like better reports"]
)
def test_a_wish_puts_a_problem_right_although_it_is_vague(words: str) -> None:
    visitor = talk("we lose about 2,000 pounds a month to billing errors", words)
    assert visitor.lead.answers["need"].band == "general"
    assert "budget" not in visitor.lead.answers


@pytest.mark.parametrize("words", ["wait, it depends on the price", "actually, we haven't looked at money yet"])
def test_an_answer_that_begins_as_corrections_do_is_still_the_answer(words: str) -> None:
    visitor = talk("we lose about 2,000 pounds a month to billing errors", words)
    assert visitor.lead.answers["need"].band == "quantified"
    assert visitor.lead.answers["budget"].band == "exploring"


@pytest.mark.parametrize("words", ["just send me something I can show him", "can you send me a brochure then"])
def test_who_was_let_go_and_then_wants_something_to_read_is_asked_for_an_address(words: str) -> None:
    visitor = talk("month end takes 6 days", "no budget this year", "somebody else decides", "no rush")
    visitor.says("stop asking me things")
    assert visitor.lead.status == "closed"
    visitor.says(words)
    assert (visitor.lead.status, visitor.asked[-1][0]) == ("open", "contact")
    visitor.says("kim@example.com")
    assert visitor.lead.status == "nurture"


def test_a_figure_that_is_put_right_is_no_measure_of_the_need() -> None:
    visitor = talk("our stock counts never match, I own the shop, up to 9,000 a year, as soon as possible")
    visitor.says("correction: 17k, not what I said before")
    assert visitor.lead.answers["need"].band == "specific"
