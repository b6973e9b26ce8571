"""Who asks for a person: inside the hours the bot steps aside, outside of them a call-back is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest

from banter.leads.aside import handed_back, out_of_patience, rep_closed, rep_wrote
from banter.leads.closing import close
from banter.leads.playbook import Playbook
from banter.leads.saying import Heard
from tests.leads.visitor import NOW, PLAYBOOK, Visitor

OPEN = datetime(2026, 11, 23, 15, 0, tzinfo=timezone.utc)  # a Monday
QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"


class Caller(Visitor):
    """A visitor who may be left waiting, joined and handed back."""

    def __init__(self, playbook: Playbook = PLAYBOOK, *, now: datetime = OPEN) -> None:
        super().__init__(playbook, now=now)

    def waits(self) -> Caller:
        """Until nobody came."""
        self.now += self.playbook.conversation.patience
        return self._by_itself(out_of_patience(self.lead, self._turn()))

    def is_joined(self) -> Caller:
        self.lead = rep_wrote(self.lead, self.now)
        return self

    def is_handed_back(self) -> Caller:
        return self._by_itself(handed_back(self.lead, self._turn()))

    def _by_itself(self, heard: Heard | None) -> Caller:
        self.last = []
        if heard is not None:
            before = len(self.said)
            self._keep(heard)
            if heard.ask is None:
                self._keep(close(self.lead, self.services, self.playbook, self.now))  # type: ignore[arg-type]
            self.last = self.said[before:]
        return self


@pytest.mark.parametrize("words", ["!person", "#human"])
def test_inside_the_hours_the_team_is_told_and_the_bot_steps_aside(words: str) -> None:
    visitor = Caller()
    visitor.says("need=quantified", words)
    assert visitor.services.alerts.told == ["person"]
    assert visitor.last == ["utter_person_waiting"]
    assert (visitor.lead.aside, visitor.lead.status, visitor.lead.awaiting) == ("waiting", "handed_over", None)
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "handover"
    assert visitor.services.timers.due == {"patience": visitor.now + PLAYBOOK.conversation.patience}


def test_what_is_said_along_with_the_wish_is_kept_and_answered() -> None:
    visitor = Caller()
    visitor.says("need=quantified budget=approved_amount !price #human pat@example.com")
    assert visitor.last == ["utter_answer_price", "utter_person_waiting"]
    assert set(visitor.lead.answers) == {"need", "budget"}
    assert visitor.lead.contact.email == "pat@example.com"


def test_while_they_wait_the_first_message_is_passed_on_and_the_others_are_kept_in_silence() -> None:
    visitor = Caller()
    visitor.says("!person", "hello out there")
    assert visitor.last == ["utter_person_passed_on"]
    visitor.says("it is urgent")
    assert visitor.last == []
    visitor.says("!price")
    assert visitor.last == []
    assert visitor.lead.aside == "waiting"
    assert visitor.lead.turns == 4


def test_while_they_wait_an_address_is_kept_and_the_team_told_of_it() -> None:
    visitor = Caller()
    visitor.says("!person", "pat@example.com")
    assert visitor.last == ["utter_thanks_contact"]
    assert visitor.lead.contact.email == "pat@example.com"
    assert visitor.services.alerts.told == ["person", "contact"]


def test_while_they_wait_an_answer_counts_and_nothing_is_asked() -> None:
    visitor = Caller()
    visitor.says("!person", QUALIFIED)
    assert set(visitor.lead.answers) == {"need", "budget", "authority", "timeline"}
    assert visitor.lead.score is not None
    assert visitor.lead.score.total == 100
    assert visitor.asked[-1][0] is None
    assert visitor.lead.status == "handed_over"


def test_who_would_rather_go_on_has_the_bot_back_at_once_with_the_question_in_other_words() -> None:
    visitor = Caller()
    visitor.says("need=quantified", "!person", "go-on")
    assert visitor.last == ["utter_person_back"]
    assert visitor.asked[-1] == ("budget", "again")
    assert visitor.lead.asked == ("need", "budget")
    assert visitor.services.timers.due == {}
    visitor.says("budget=approved_amount", "authority=final", "timeline=within_60_days", "when:any", "pat@example.com")
    assert visitor.lead.status == "booked"
    assert visitor.questions == 4


def test_when_nobody_comes_the_bot_is_back_and_asks_how_they_can_be_reached() -> None:
    visitor = Caller()
    visitor.says("need=quantified", "!person").waits()  # type: ignore[attr-defined]
    assert visitor.last == ["utter_person_nobody"]
    assert visitor.asked[-1] == ("contact", "someone")
    visitor.says("pat@example.com")
    assert visitor.last == ["utter_someone_will_write"]
    assert visitor.lead.status == "handed_over"
    assert visitor.services.alerts.told == ["person", "contact"]


@pytest.mark.parametrize("words", ["go-on", "budget=approved_amount", "#refusal"])
def test_when_nobody_comes_whoever_wants_to_goes_on_with_the_questions(words: str) -> None:
    visitor = Caller()
    visitor.says("need=quantified", "!person").waits().says(words)  # type: ignore[attr-defined]
    assert visitor.asked[-1] == (("authority", "first") if "=" in words else ("budget", "again"))
    assert visitor.lead.aside == ""


def test_when_nobody_comes_who_can_be_reached_is_asked_what_was_open() -> None:
    visitor = Caller()
    visitor.says("need=quantified pat@example.com", "!person").waits()  # type: ignore[attr-defined]
    assert visitor.last == ["utter_person_nobody_known"]
    assert visitor.asked[-1] == ("budget", "again")


def test_when_nobody_comes_who_was_choosing_a_time_is_offered_times_again() -> None:
    visitor = Caller()
    visitor.says(f"{QUALIFIED} pat@example.com", "!person").waits()  # type: ignore[attr-defined]
    assert visitor.last == ["utter_person_nobody_known"]
    assert visitor.asked[-1] == ("slot", "again")
    visitor.says("when:any")
    assert visitor.lead.status == "booked"


def test_the_end_of_patience_does_nothing_once_somebody_has_come_or_they_went_on() -> None:
    joined = Caller()
    joined.says("!person")
    joined.is_joined().waits()
    assert (joined.last, joined.lead.aside) == ([], "joined")
    gone_on = Caller()
    gone_on.says("!person", "go-on")
    assert gone_on.waits().last == []


def test_once_a_person_has_joined_the_bot_is_silent_and_reads_nothing() -> None:
    visitor = Caller()
    visitor.says("need=quantified", "!person").is_joined()  # type: ignore[attr-defined]
    before = visitor.lead
    visitor.says(QUALIFIED, "!price", "go-on", "is:student", "blah", "pat@example.com")
    assert visitor.last == []
    assert (visitor.lead.answers, visitor.lead.facts) == (before.answers, before.facts)
    assert visitor.lead.score == before.score
    assert (visitor.lead.aside, visitor.lead.disqualifier, visitor.lead.status) == ("joined", None, "handed_over")
    assert visitor.lead.contact.email == "pat@example.com"


@pytest.mark.parametrize("joined", [False, True])
def test_a_stop_works_while_the_bot_is_aside(joined: bool) -> None:
    visitor = Caller()
    visitor.says("!person")
    if joined:
        visitor.is_joined()
    visitor.says("#stop")
    assert visitor.last == ["utter_stopped"]
    assert (visitor.lead.aside, visitor.lead.status) == ("", "closed")
    assert visitor.services.nurturing.stopped == 1


def test_handed_back_the_bot_asks_what_was_open_in_other_words() -> None:
    visitor = Caller()
    visitor.says("need=quantified", "!person").is_joined().says("blah").is_handed_back()  # type: ignore[attr-defined]
    assert visitor.last == ["utter_person_back"]
    assert visitor.asked[-1] == ("budget", "again")
    assert (visitor.lead.aside, visitor.lead.status, visitor.lead.elsewhere) == ("", "open", None)
    assert visitor.is_handed_back().last == []  # once


def test_a_rep_may_join_without_being_asked_for_and_hand_back() -> None:
    visitor = Caller()
    visitor.says("need=quantified").is_joined().says("budget=none")  # type: ignore[attr-defined]
    assert visitor.lead.answers.keys() == {"need"}
    visitor.is_handed_back()
    assert visitor.asked[-1] == ("budget", "again")
    assert visitor.lead.status == "open"


def test_a_conversation_that_the_team_has_closed_stays_so_until_they_say_something_new() -> None:
    visitor = Caller()
    visitor.says("need=quantified", "!person").is_joined()  # type: ignore[attr-defined]
    visitor.lead = rep_closed(visitor.lead, visitor.now)
    assert (visitor.lead.status, visitor.lead.aside) == ("closed", "")
    visitor.says("#smalltalk")
    assert visitor.asked[-1][0] is None
    visitor.says("budget=approved_amount")
    assert visitor.asked[-1] == ("authority", "first")


@pytest.mark.parametrize("end", ["booked", "nurture", "closed"])
def test_a_person_can_be_had_after_the_end(end: str) -> None:
    visitor = Caller()
    if end == "booked":
        visitor.says(f"{QUALIFIED} pat@example.com", "when:any")
    elif end == "nurture":
        visitor.says("need=curious budget=none authority=none timeline=someday pat@example.com")
    else:
        visitor.says("#stop")
    assert visitor.lead.status == end
    visitor.says("!person")
    assert visitor.last == ["utter_person_waiting"]
    assert visitor.lead.status == (end if end != "closed" else "handed_over")
    visitor.is_joined().is_handed_back()
    assert visitor.last == (["utter_person_back"] if end == "closed" else ["utter_person_back_free"])


@pytest.mark.parametrize("kind", ["student", "support"])
def test_a_person_can_be_had_by_whom_the_questions_are_not_for(kind: str) -> None:
    words = "is:student" if kind == "student" else "opener:support help"
    inside = Caller()
    inside.says(words, "!person")
    assert inside.last == ["utter_person_waiting"]
    inside.is_joined().is_handed_back()
    assert (inside.last, inside.asked[-1][0]) == (["utter_person_back_free"], None)
    outside = Caller(now=NOW)
    outside.says(words, "!person")
    assert (outside.last, outside.asked[-1][0]) == (["utter_answer_person_closed_how"], None)


def test_outside_the_hours_a_call_back_is_booked() -> None:
    visitor = Caller(now=NOW)
    visitor.says("need=quantified", "!person")
    assert visitor.last == ["utter_person_callback"]
    assert visitor.asked[-1] == ("slot", "first")
    assert visitor.lead.offered
    assert visitor.lead.callback
    assert visitor.lead.aside == ""
    visitor.says("when:any")
    assert visitor.asked[-1] == ("contact", "book")
    visitor.says("pat@example.com")
    assert visitor.last == ["utter_booked"]
    assert visitor.lead.status == "booked"
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "handover"
    assert visitor.services.alerts.told == ["person", "contact", "callback"]
    kinds = [item.kind for item in visitor.state.outbox.values()]
    assert "invitation" in kinds


def test_who_names_a_day_where_mails_were_offered_asks_for_a_call() -> None:
    told = "need=curious budget=none authority=none timeline=someday"
    outside = Caller(now=NOW).says(told, "when:thursday")
    assert outside.last == ["utter_person_callback"]
    assert (outside.asked[-1], outside.lead.callback) == (("slot", "first"), True)
    inside = Caller().says(told, "when:thursday")
    assert inside.last == ["utter_person_waiting"]
    corrects = Caller(now=NOW).says(told, "~ timeline=within_60_days when:thursday")
    assert (corrects.asked[-1][0], corrects.lead.callback) == ("contact", False)


def test_outside_the_hours_questions_in_between_are_answered_and_answers_kept() -> None:
    visitor = Caller(now=NOW)
    visitor.says("need=quantified", "!person", "!price", "budget=approved_amount")
    assert visitor.asked[-1][0] == "slot"
    assert "utter_answer_price" in visitor.said
    assert set(visitor.lead.answers) == {"need", "budget"}
    visitor.says("when:any", "!hours", "pat@example.com")
    assert visitor.lead.status == "booked"


def test_outside_the_hours_who_takes_no_time_is_asked_for_an_address() -> None:
    visitor = Caller(now=NOW)
    visitor.says("need=quantified", "!person", "#refusal")
    assert visitor.asked[-1] == ("contact", "someone")
    visitor.says("pat@example.com")
    assert visitor.last == ["utter_someone_will_write"]
    assert visitor.lead.status == "handed_over"
    visitor.says("go-on")
    assert visitor.asked[-1] == ("budget", "again")


def test_outside_the_hours_who_takes_neither_is_asked_what_was_open_and_may_qualify() -> None:
    visitor = Caller(now=NOW)
    visitor.says("need=quantified", "!person", "#refusal", "#refusal")
    assert visitor.asked[-1] == ("budget", "again")
    assert not visitor.lead.callback
    visitor.says("budget=approved_amount authority=final timeline=within_60_days", "when:any", "pat@example.com")
    assert visitor.lead.status == "booked"


def test_outside_the_hours_whoever_wants_to_goes_on_with_the_questions_and_still_gets_the_call() -> None:
    visitor = Caller(now=NOW)
    visitor.says("need=quantified", "!person", "go-on")
    assert visitor.asked[-1] == ("budget", "again")
    visitor.says("budget=none authority=none timeline=someday")
    assert visitor.asked[-1][0] == "slot"
    visitor.says("when:any", "pat@example.com")
    assert visitor.lead.status == "booked"
    assert visitor.lead.route is not None
    assert visitor.lead.route.name == "handover"


def test_outside_the_hours_without_any_time_an_address_is_asked_for() -> None:
    nobody = replace(PLAYBOOK, team=replace(PLAYBOOK.team, horizon=timedelta(0)))
    visitor = Caller(nobody, now=NOW)
    visitor.says("!person")
    assert visitor.last == ["utter_answer_person_closed_how"]
    assert visitor.asked[-1] == ("contact", "someone")
    known = Caller(nobody, now=NOW)
    known.says("need=quantified pat@example.com", "!person")
    assert known.last == ["utter_answer_person_closed"]
    assert known.asked[-1] == ("budget", "again")


def test_who_asks_for_a_person_again_and_again_gets_no_dead_end() -> None:
    visitor = Caller(now=NOW)
    visitor.says(*["!person"] * 5)
    assert visitor.asked[-1][0] == "slot"
    assert visitor.services.alerts.told == ["person"]
    assert visitor.questions == 1


def test_who_picks_a_time_with_the_words_of_somebody_who_wants_a_call_has_it() -> None:
    visitor = Caller()
    visitor.says(f"{QUALIFIED} pat@example.com", "!person when:any")
    assert visitor.lead.status == "booked"
    assert visitor.services.alerts.told == ["hot"]
