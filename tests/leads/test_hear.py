"""What a message does, decided without Rasa."""

from __future__ import annotations

from dataclasses import replace

import pytest

from banter.leads.doubts import raised
from banter.leads.playbook import Playbook, TurnAway
from scoring.model import Evidence
from tests.leads.visitor import PLAYBOOK, Visitor, answer

QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"
CHAMP = replace(
    PLAYBOOK,
    conversation=replace(PLAYBOOK.conversation, framework="champ", order=("need", "authority", "budget", "timeline")),
)
QUESTIONS_OF_THEIRS = ["price", "bot", "why", "meaning", "privacy", "how_it_works", "competitors", "hours"]


def test_it_says_hello_and_asks_the_first_question() -> None:
    visitor = Visitor()
    assert visitor.said == ["utter_greet"]
    assert visitor.asked == [("need", "first")]


def test_four_clear_answers_are_four_questions_then_times_then_an_address_then_a_call() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved_amount", "authority=final", "timeline=within_60_days")
    assert [ask for ask, _ in visitor.asked] == ["need", "budget", "authority", "timeline", "slot"]
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "book"
    visitor.says("when:any", "pat@example.com")
    assert visitor.lead.status == "booked"
    assert visitor.questions == 4
    assert visitor.said[-1] == "utter_booked"


def test_who_says_everything_at_once_is_asked_nothing_more_about_it() -> None:
    visitor = Visitor().says(f"{QUALIFIED} pat@example.com")
    assert visitor.lead.awaiting == "slot"
    assert visitor.questions == 1


def test_a_vague_answer_is_probed_once_and_then_taken_as_it_is() -> None:
    visitor = Visitor().says("need=general:vague")
    assert visitor.asked[-1] == ("need", "probe_example")
    visitor.says("need=general:vague")
    assert visitor.asked[-1] == ("budget", "first")
    assert visitor.lead.answers["need"].band == "general"


def test_a_probe_that_is_answered_clearly_replaces_the_vague_answer() -> None:
    visitor = Visitor().says("need=general:vague", "need=quantified")
    assert visitor.lead.answers["need"].band == "quantified"
    assert visitor.asked[-1] == ("budget", "first")


def test_an_approval_without_a_figure_is_asked_for_the_figure() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved")
    assert visitor.asked[-1] == ("budget", "probe_figure")


def test_there_are_never_more_than_six_questions() -> None:
    visitor = Visitor()
    while visitor.lead.awaiting != "contact":
        visitor.says("blah blah")
    assert visitor.questions == 6
    assert {a.band for a in visitor.lead.answers.values()} == {"unclear"}


def test_declining_is_accepted_without_a_probe() -> None:
    visitor = Visitor().says("need=quantified", "budget=declined:vague")
    assert visitor.asked[-1] == ("authority", "first")
    assert visitor.last == ["utter_declined"]


@pytest.mark.parametrize("playbook", [PLAYBOOK, CHAMP], ids=["bant", "champ"])
@pytest.mark.parametrize("topic", QUESTIONS_OF_THEIRS)
def test_every_question_of_theirs_is_answered_at_every_question_of_ours(playbook: Playbook, topic: str) -> None:
    visitor = Visitor(playbook)
    steps = {"need": "quantified", "budget": "approved_amount", "authority": "final", "timeline": "within_60_days"}
    seen = []
    while visitor.lead.awaiting is not None:
        open_question = visitor.lead.awaiting
        before = visitor.lead.answers, visitor.lead.slot
        visitor.says(f"!{topic}")
        assert visitor.last[0].startswith("utter_answer_")
        assert visitor.lead.awaiting == open_question
        assert (visitor.lead.answers, visitor.lead.slot) == before
        seen.append(open_question)
        visitor.says(
            {"slot": "when:any", "contact": "pat@example.com"}.get(open_question)
            or f"{open_question}={steps[open_question]}"
        )
    assert seen == [*playbook.conversation.order, "slot", "contact"]
    assert visitor.questions == 4
    assert visitor.lead.status == "booked"


def test_a_correction_counts_as_if_it_had_been_said_at_once() -> None:
    right = Visitor().says("need=quantified", "budget=approved_amount", "authority=shared", "timeline=within_year")
    corrected = Visitor().says(
        "need=quantified", "budget=none", "authority=shared", "~ budget=approved_amount", "timeline=within_year"
    )
    assert {d: a.band for d, a in corrected.lead.answers.items()} == {d: a.band for d, a in right.lead.answers.items()}
    assert corrected.lead.score.total == right.lead.score.total
    assert corrected.lead.route == right.lead.route
    assert corrected.lead.awaiting == right.lead.awaiting


def test_what_was_said_clearly_is_not_changed_by_a_passing_remark() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved_amount", "budget=none authority=final")
    assert visitor.lead.answers["budget"].band == "approved_amount"


def test_a_correction_after_enrolment_that_qualifies_leads_to_times() -> None:
    visitor = Visitor().says(
        "need=quantified", "budget=none", "authority=final", "timeline=within_60_days", "pat@example.com"
    )
    assert visitor.lead.status == "nurture"
    visitor.says("~ budget=approved_amount")
    assert visitor.lead.awaiting == "slot"
    assert visitor.services.nurturing.stopped == 1


def test_vague_visitors_are_told_so_and_enrolled_once_they_give_an_address() -> None:
    visitor = Visitor().says("need=curious", "budget=none", "authority=none", "timeline=someday")
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "nurture_cold"
    assert visitor.lead.awaiting == "contact"
    assert "utter_not_yet_cold" in visitor.said
    visitor.says("pat@example.com")
    assert visitor.lead.status == "nurture"
    assert visitor.services.nurturing.enrolled == ["nurture_cold"]


def test_who_gives_no_address_is_let_go_and_not_enrolled() -> None:
    visitor = Visitor().says("need=curious", "budget=none", "authority=none", "timeline=someday", "#refusal")
    assert visitor.lead.status == "closed"
    assert visitor.services.nurturing.enrolled == []
    assert visitor.last == ["utter_let_go"]


def test_stop_ends_it_at_any_moment() -> None:
    visitor = Visitor().says("need=quantified", "#stop")
    assert (visitor.lead.status, visitor.lead.awaiting) == ("closed", None)
    assert visitor.last == ["utter_stopped"]


def test_a_student_is_sent_off_kindly_whatever_the_points() -> None:
    visitor = Visitor().says(f"{QUALIFIED} is:student")
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "disqualified"
    assert visitor.lead.status == "closed"


def test_a_customer_with_a_problem_gets_help_and_no_questions() -> None:
    visitor = Visitor().says("opener:support #question")
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "support"
    assert visitor.lead.awaiting is None
    assert visitor.services.alerts.told == ["support"]


def test_a_message_after_the_end_is_answered_and_changes_nothing() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "pat@example.com")
    before = visitor.lead.answers, visitor.lead.status, visitor.lead.slot
    visitor.says("!price", "#smalltalk", "blah")
    assert (visitor.lead.answers, visitor.lead.status, visitor.lead.slot) == before
    assert visitor.said[-3:] == ["utter_answer_price", "utter_bye", "utter_after_booked"]


def test_who_cannot_name_a_time_is_handed_to_a_person_after_a_few_tries() -> None:
    visitor = Visitor().says(QUALIFIED, "blah", "blah", "blah")
    assert visitor.lead.slot_declined
    visitor.says("pat@example.com")
    assert visitor.lead.status == "handed_over"


def test_the_team_hears_of_a_qualified_lead_before_a_time_is_chosen() -> None:
    visitor = Visitor().says(QUALIFIED)
    assert visitor.services.alerts.told == ["hot"]


def test_an_address_given_early_is_kept_and_the_open_question_comes_back() -> None:
    visitor = Visitor().says("pat@example.com", "pat@example.com")
    assert visitor.asked[-1] == ("need", "again")
    assert visitor.questions == 1
    assert visitor.lead.contact.email == "pat@example.com"


def test_nonsense_is_called_what_it_is_and_asked_about_once() -> None:
    visitor = Visitor().says("blah", "blah")
    assert visitor.last == ["utter_not_understood"]
    assert visitor.asked[-1] == ("need", "probe")


def test_a_greeting_after_stop_is_met_politely_and_asks_nothing() -> None:
    visitor = Visitor().says("#stop", "#smalltalk")
    assert visitor.last == ["utter_after_closed"]
    assert visitor.lead.awaiting is None


def test_talk_about_the_call_changes_no_answer() -> None:
    visitor = Visitor().says(QUALIFIED, "timeline=someday need=general")
    assert visitor.lead.answers["timeline"].band == "within_60_days"
    assert visitor.lead.answers["need"].band == "quantified"


def test_a_booked_visitor_is_shown_where_to_move_or_cancel_the_call() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "pat@example.com", "!cancel_call", "!move_call", "blah")
    assert visitor.said[-3:] == ["utter_answer_change_call", "utter_answer_change_call", "utter_after_booked"]
    assert visitor.lead.status == "booked"


def test_another_time_can_be_had_after_one_was_chosen() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "!move_call")
    assert visitor.lead.awaiting == "slot"
    assert visitor.last == ["utter_other_times"]
    visitor.says("when:any", "pat@example.com")
    assert visitor.lead.status == "booked"


def test_a_customer_stays_a_customer_whatever_they_tell_about_the_problem() -> None:
    visitor = Visitor().says("opener:support #question", "opener:support need=quantified")
    assert visitor.lead.status == "handed_over"
    assert visitor.last == ["utter_support_more"]


def test_the_reader_is_told_what_was_asked_and_after_a_digression_the_words_of_the_open_question() -> None:
    visitor = Visitor().says("need=quantified", "!price", "budget=approved", "budget=approved_amount")
    told = list(dict.fromkeys(visitor.reader.questions))
    assert told == ["need first?", "budget first?", "budget again?", "budget probe_figure?"]


def test_an_address_put_right_after_booking_gets_the_invitation_and_a_stranger_cannot_mail_half_the_world() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "pta@example.com", "pat@example.com")
    assert visitor.lead.contact.email == "pat@example.com"
    assert visitor.last == ["utter_address_changed"]
    visitor.says("sam@example.com", "kim@example.com")
    assert visitor.last == ["utter_address_settled"]
    assert visitor.lead.contact.email == "sam@example.com"
    mails = [item.payload["to"] for item in visitor.state.outbox.values() if item.kind == "invitation"]
    assert "kim@example.com" not in mails


def test_an_address_put_right_after_enrolment_gets_the_mails() -> None:
    visitor = Visitor().says("need=curious budget=none authority=none timeline=someday", "pta@example.com")
    visitor.says("pat@example.com")
    assert (visitor.lead.status, visitor.lead.contact.email) == ("nurture", "pat@example.com")
    assert visitor.services.nurturing.stopped == 1
    assert len(visitor.services.nurturing.enrolled) == 2


def test_a_contradiction_is_asked_about_once_and_the_last_word_counts_meanwhile() -> None:
    visitor = Visitor().says("need=quantified", "budget=none", "? budget=approved_amount")
    assert visitor.asked[-1] == ("budget", "doubt")
    assert visitor.lead.answers["budget"].band == "approved_amount"
    visitor.says("which:former")
    assert visitor.lead.answers["budget"].band == "none"
    assert visitor.last == ["utter_doubt_settled"]
    assert visitor.asked[-1] == ("authority", "again")
    visitor.says("? budget=approved_amount")
    assert visitor.asked[-1] == ("authority", "again")
    assert visitor.lead.answers["budget"].band == "approved_amount"


def test_of_an_answer_that_rests_on_both_the_later_words_are_said_back() -> None:
    earlier = answer("budget", "approved_amount")
    first = replace(earlier, text="20k is approved", evidence=(Evidence("20k", 0, 3, "money"),))
    both = replace(earlier, text="20k is approved\nWe can spend 2k", evidence=(Evidence("2k", 29, 31, "money"),))
    lead = raised(replace(Visitor().lead, answers={"budget": both}), "budget", first)
    assert (lead.before, lead.about) == ("20k is approved", "We can spend 2k")


def test_a_refusal_of_the_last_follow_up_is_accepted_before_the_times_come() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved_amount", "authority=final", "timeline=someday:some")
    assert visitor.asked[-1] == ("timeline", "probe_date")
    visitor.says("#refusal")
    assert visitor.last == ["utter_declined", "utter_qualified"]


def test_a_follow_up_comes_back_after_a_correction_however_the_talk_began() -> None:
    visitor = Visitor().says("authority=final", "need=general:some", "~ authority=shared")
    assert visitor.last == ["utter_corrected"]
    assert visitor.asked[-1] == visitor.asked[-2] == ("need", "probe_example")


def test_the_first_insult_costs_no_question_even_after_a_greeting() -> None:
    visitor = Visitor().says("#smalltalk")
    before = len(visitor.lead.asked)
    visitor.says("rude")
    assert (visitor.asked[-1], len(visitor.lead.asked)) == (("need", "again"), before)


def test_a_correction_that_says_so_is_not_asked_about() -> None:
    visitor = Visitor().says("need=quantified", "budget=none", "~ budget=approved_amount")
    assert visitor.asked[-1] == ("authority", "again")
    assert visitor.last == ["utter_corrected"]


def test_a_corrected_answer_is_followed_up_as_it_would_have_been_at_first() -> None:
    visitor = Visitor().says("need=quantified", "budget=none", "~ budget=approved")
    assert visitor.asked[-1] == ("budget", "probe_figure")
    visitor.says("budget=approved_amount")
    assert visitor.asked[-1] == ("authority", "again")


def test_who_looks_around_gets_the_material_then_one_offer_and_no_questions() -> None:
    visitor = Visitor().says("opener:research know:security")
    assert visitor.last == ["utter_answer_known", "utter_research_first", "utter_research_offer"]
    assert visitor.lead.awaiting is None
    visitor.says("!price")
    assert visitor.last == ["utter_answer_price"]
    assert visitor.lead.awaiting is None
    visitor.says("#smalltalk")
    assert visitor.last == ["utter_browsing"]
    visitor.says("need=quantified")
    assert visitor.asked[-1] == ("budget", "first")


@pytest.mark.parametrize("opener", ["research", "other"])
def test_who_is_only_curious_looks_around_and_a_buyer_who_is_curious_does_not(opener: str) -> None:
    visitor = Visitor().says(f"opener:{opener} need=curious")
    assert visitor.last == ["utter_research_first", "utter_research_offer"]
    assert visitor.lead.answers == {}
    assert Visitor().says(f"opener:{opener} need=curious budget=amount").asked[-1] != (None, "first")
    assert Visitor().says("opener:sales need=curious").asked[-1] == ("budget", "first")


def test_who_looks_around_may_have_the_questions_asked_later_on() -> None:
    visitor = Visitor().says("opener:research know:security", "!price", "go-on")
    assert visitor.last == ["utter_questions_begin"]
    assert visitor.asked[-1] == ("need", "again")


def test_go_ahead_and_ask_is_no_answer_whatever_was_read_in_it() -> None:
    visitor = Visitor().says("go-on need=general:vague")
    assert visitor.last == ["utter_questions_begin"]
    assert visitor.lead.answers == {}
    assert visitor.asked[-1] == ("need", "again")


def test_who_takes_up_the_offer_is_asked_what_would_have_been_asked_first() -> None:
    visitor = Visitor().says("opener:research know:security", "yes")
    assert visitor.asked[-1] == ("need", "again")
    assert visitor.questions == 1


def test_a_question_nobody_answered_brings_the_offer_of_a_person_and_a_yes_accepts_it() -> None:
    visitor = Visitor().says("!unknown")
    assert visitor.last == ["utter_offer_person"]
    assert visitor.lead.awaiting == "need"
    visitor.says("yes")
    assert visitor.services.alerts.told == ["person"]


def test_a_second_question_that_nobody_answered_is_not_met_with_the_same_offer() -> None:
    visitor = Visitor().says("!unknown", "!unknown")
    assert visitor.last == ["utter_answer_unknown"]


def test_who_asks_for_a_call_is_asked_on_and_who_insists_gets_a_person() -> None:
    visitor = Visitor().says("!book_call")
    assert visitor.last == ["utter_asked_for_call"]
    assert visitor.lead.awaiting == "need"
    visitor.says("!book_call")
    assert visitor.services.alerts.told == ["person"]


def test_who_is_told_that_a_call_is_early_and_wants_one_all_the_same_gets_a_person() -> None:
    visitor = Visitor().says("need=curious budget=none authority=none timeline=someday", "!book_call")
    assert visitor.services.alerts.told == ["person"]
    assert visitor.lead.status == "handed_over"


def test_why_it_is_early_is_answered_with_the_reason() -> None:
    visitor = Visitor().says("need=curious budget=none authority=none timeline=someday", "!why_not")
    assert visitor.last == ["utter_why_early_cold"]
    assert visitor.lead.awaiting == "contact"


def test_rudeness_is_met_calmly_twice_and_then_it_ends() -> None:
    visitor = Visitor().says("rude")
    assert visitor.last == ["utter_abused"]
    assert visitor.asked[-1] == ("need", "again")
    visitor.says("rude")
    assert visitor.last == ["utter_abused_again"]
    visitor.says("rude")
    assert visitor.lead.status == "closed"


def test_another_language_is_answered_as_such_and_fills_nothing() -> None:
    visitor = Visitor().says("in:de budget=none")
    assert visitor.last == ["utter_other_language"]
    assert not visitor.lead.answers
    assert visitor.asked[-1] == ("need", "again")


def test_outside_the_territory_and_too_small_end_kindly_where_the_owner_says_so() -> None:
    strict = replace(PLAYBOOK, market=replace(PLAYBOOK.market, turn_away=TurnAway(("GB",), 5)))
    visitor = Visitor(strict).says("from:FR need=quantified")
    assert (visitor.last, visitor.lead.status) == (["utter_disqualified_territory"], "closed")
    visitor = Visitor(strict).says("people:3 need=quantified")
    assert visitor.last == ["utter_disqualified_too_small"]
    assert Visitor(strict).says("from:GB people:40").lead.status == "open"
    assert Visitor().says("from:FR people:3").lead.status == "open"


def test_a_customer_is_helped_by_the_owners_own_answer_first() -> None:
    visitor = Visitor().says("opener:support help:password")
    assert visitor.last == ["utter_helped"]
    assert visitor.services.alerts.told == []
    visitor.says("opener:other no")
    assert visitor.last == ["utter_support"]
    assert visitor.services.alerts.told == ["support"]


def test_a_customer_who_was_helped_and_then_asks_to_buy_is_asked_as_a_buyer() -> None:
    visitor = Visitor().says("opener:support help:password", "opener:other yes")
    assert visitor.last == ["utter_help_more"]
    visitor.says("need=quantified")
    assert visitor.lead.elsewhere is None
    assert visitor.asked[-1] == ("budget", "first")


def test_a_known_question_is_answered_with_the_owners_words() -> None:
    visitor = Visitor().says("know:free-trial")
    assert visitor.last == ["utter_answer_known"]
    assert visitor.asked[-1] == ("need", "again")
    visitor.says("know:free-trial")
    assert visitor.last == ["utter_answer_known_again"]


def test_a_plain_yes_after_the_chat_was_let_go_takes_it_up_again() -> None:
    visitor = Visitor().says("need=quantified", "rude", "rude", "rude")
    assert visitor.lead.status == "closed"
    visitor.says("yes")
    assert visitor.asked[-1] == ("budget", "again")
    assert visitor.lead.status == "open"


def test_who_refuses_a_mail_for_a_booked_time_is_asked_for_a_number_and_keeps_the_time() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "#refusal")
    assert visitor.asked[-1] == ("contact", "phone")
    assert visitor.lead.slot is not None
    visitor.says("ring:+442079460999")
    assert visitor.lead.status == "booked"


def test_a_number_that_comes_after_the_goodbye_still_leads_to_a_call() -> None:
    visitor = Visitor().says(QUALIFIED, "when:any", "#refusal", "#refusal")
    assert visitor.lead.status == "closed"
    visitor.says("ring:+442079460999")
    assert visitor.lead.status == "open"
    assert visitor.lead.awaiting == "slot"


def test_who_had_refused_everything_and_answers_after_all_is_heard() -> None:
    refused = "need=declined:vague budget=declined:vague authority=declined:vague timeline=declined:vague"
    visitor = Visitor().says(refused, "#refusal")
    assert visitor.lead.status == "closed"
    visitor.says("need=quantified budget=approved_amount")
    assert visitor.lead.answers["budget"].band == "approved_amount"
    assert visitor.lead.status == "open"


def test_times_that_were_turned_down_are_not_offered_again() -> None:
    visitor = Visitor().says(QUALIFIED)
    seen = {slot.starts_at for slot in visitor.lead.offered}
    for _ in range(3):
        visitor.says("when:none")
        shown = {slot.starts_at for slot in visitor.lead.offered}
        assert shown
        assert not shown & seen
        seen |= shown


def test_a_follow_up_that_is_passed_over_twice_is_let_go() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved", "timeline=within_year", "authority=final")
    assert [wording for ask, wording in visitor.asked if ask == "budget"] == ["first", "probe_figure", "probe_figure"]
    assert visitor.lead.awaiting in ("slot", "contact")


def test_a_customer_with_a_problem_who_talks_as_a_buyer_is_asked_as_one() -> None:
    visitor = Visitor().says("opener:support #question", "opener:support budget=amount authority=final")
    assert visitor.lead.elsewhere is None
    assert visitor.asked[-1] == ("need", "again")


def test_who_asks_what_a_question_means_is_no_researcher() -> None:
    visitor = Visitor().says("opener:research !meaning")
    assert visitor.asked[-1] == ("need", "again")


def test_who_asks_six_questions_first_is_still_asked_what_is_open_and_nobody_for_ever() -> None:
    visitor = Visitor().says("need=quantified", *["!price", "!why"] * 3)
    assert visitor.asked[-1] == ("budget", "again")
    visitor.says("!price", "!why")
    assert visitor.asked[-1] == ("authority", "first")
    assert visitor.lead.answers["budget"].band == "unclear"


def test_a_follow_up_is_let_go_after_as_many_questions_and_what_was_said_stays() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved", *["!price", "!why"] * 3)
    assert visitor.asked[-1] == ("budget", "probe_figure")
    visitor.says("!price", "!why")
    assert visitor.asked[-1] == ("authority", "first")
    assert visitor.lead.answers["budget"].band == "approved"


def test_a_greeting_is_no_small_talk_yet() -> None:
    visitor = Visitor().says("#smalltalk", "#smalltalk")
    assert (visitor.asked[-1], visitor.questions) == (("need", "again"), 1)
    visitor.says("#smalltalk")
    assert (visitor.asked[-1], visitor.questions) == (("need", "probe"), 2)


def test_small_talk_and_insults_are_borne_with_once_at_each_question() -> None:
    for idle in ("#smalltalk", "rude"):
        visitor = Visitor().says("need=quantified", idle)
        assert visitor.asked[-1] == ("budget", "again")
        visitor.says(idle)
        assert visitor.asked[-1] == ("budget", "probe")
        assert visitor.questions == 3


def test_who_chatted_at_the_question_is_not_asked_its_follow_up_twice() -> None:
    visitor = Visitor().says("need=quantified", "#smalltalk", "budget=approved", "#smalltalk")
    assert visitor.asked[-1] == ("authority", "first")


def test_a_rude_question_is_answered_and_brings_the_open_one_back_once() -> None:
    visitor = Visitor().says("need=quantified", "rude !price")
    assert visitor.asked[-1] == ("budget", "again")
    visitor.says("rude !price")
    assert visitor.asked[-1] == ("budget", "probe")
    assert "utter_answer_price" in visitor.last


def test_insults_end_it_only_when_nothing_is_answered_in_between() -> None:
    visitor = Visitor().says("rude", "need=quantified", "rude", "budget=none", "rude")
    assert visitor.lead.status == "open"
    visitor.says("rude", "rude")
    assert visitor.lead.status == "closed"


def test_who_keeps_the_approved_figure_private_is_not_asked_for_it() -> None:
    visitor = Visitor().says("need=quantified", "budget=approved #refusal")
    assert visitor.asked[-1] == ("authority", "first")


def test_the_question_that_was_answered_with_just_looking_counts_when_it_is_put_again() -> None:
    visitor = Visitor().says("opener:research #answer", "yes")
    assert (visitor.asked[-1], visitor.questions) == (("need", "again"), 2)


def test_who_tells_three_of_the_four_at_once_is_asked_for_the_last_one_only() -> None:
    visitor = Visitor().says("need=specific authority=final timeline=someday:vague")
    assert visitor.asked[-1] == ("budget", "first")
    visitor.says("budget=approved")
    assert visitor.lead.awaiting not in ("need", "budget", "authority", "timeline")


def test_who_answers_a_follow_up_as_vaguely_as_before_and_asks_a_price_is_not_asked_it_again() -> None:
    visitor = Visitor().says("need=quantified", "budget=exploring:vague")
    assert visitor.asked[-1] == ("budget", "probe_range")
    visitor.says("#smalltalk")
    assert visitor.asked[-1] == ("budget", "probe_range")
    visitor.says("!price budget=exploring:vague")
    assert visitor.last == ["utter_answer_price"]
    assert visitor.asked[-1][0] == "authority"
