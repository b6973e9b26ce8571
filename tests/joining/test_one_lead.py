"""What the one lead knows and has once it is confirmed, and how it goes on in both conversations."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from banter.leads.facts import Facts, Labelled
from banter.leads.model import Booking, Disposition, Lead
from banter.nurture.enrol import has_unsubscribed, unsubscribe
from tests.joining.place import MAIL, NUMBER, Place
from tests.leads.visitor import PLAYBOOK

QUALIFIED = "need=quantified budget=approved_amount authority=final timeline=within_60_days"
EARLY = "need=specific budget=exploring authority=none timeline=someday"


@pytest.fixture
def one(place: Place) -> Place:
    place.texts_and_chats()
    assert place.answers("yes").status_code == 200
    return place


def booking(place: Place, lead: Lead) -> Booking | None:
    with place.store.begin(readonly=True) as tx:
        return tx.calendar.of_lead(lead.id)


def test_the_one_lead_knows_what_was_said_in_both(one: Place) -> None:
    (lead,) = one.listed()
    assert {d: answer.band for d, answer in lead.answers.items()} == {
        "need": "quantified",
        "budget": "approved_amount",
        "authority": "final",
    }
    assert lead.contact.phone == NUMBER
    assert lead.score is not None
    assert len(lead.score.lines) == 3
    assert lead.score.total == sum(line.points for line in lead.score.lines)
    assert [(joined.channel, joined.by) for joined in lead.joined] == [("sms", "sms")]


def test_the_id_and_the_conversation_of_the_other_answer_with_the_one(place: Place) -> None:
    place.texts_and_chats()
    ids = {place.lead("c_sms").id, place.lead("c_web").id}
    place.answers("yes")
    (lead,) = place.listed()
    with place.store.begin(readonly=True) as tx:
        assert {tx.leads.get(each).id for each in ids} == {lead.id}
        for conversation in ("c_sms", "c_web"):
            assert [found.id for found in tx.leads.page(conversation=conversation)] == [lead.id]
        assert tx.leads.conversations(lead.id) == [("c_sms", "sms"), ("c_web", "web")]


@pytest.mark.parametrize("conversation", ["c_sms", "c_web"])
def test_in_neither_conversation_is_anything_asked_again(one: Place, conversation: str) -> None:
    heard = one.says(conversation, "hm")
    assert heard.ask == "timeline"
    heard = one.says(conversation, "timeline=within_60_days")
    assert heard.ask == "slot"
    (lead,) = one.listed()
    assert lead.route is not None
    assert lead.route.name == "book"
    assert lead.conversation == conversation


def test_it_goes_to_and_fro_and_nothing_is_lost(one: Place) -> None:
    first = one.listed()[0].id
    one.says("c_sms", "timeline=within_60_days")
    one.says("c_web", "!price")
    one.says("c_sms", f"{MAIL}")
    one.says("c_web", "hm")
    (lead,) = one.listed()
    assert lead.id == first
    assert lead.contact.email == MAIL
    assert set(lead.answers) == {"need", "budget", "authority", "timeline"}
    assert one.lead("c_sms").id == one.lead("c_web").id == first


def test_a_question_left_open_in_one_place_is_the_one_an_answer_there_belongs_to(place: Place) -> None:
    place.begin("c_web")
    place.says("c_web", f"need=quantified budget=approved {MAIL}")
    asked_there = place.lead("c_web").awaiting
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", MAIL)
    place.answers("yes")
    assert place.lead("c_web").awaiting == asked_there
    assert place.lead("c_sms").id == place.lead("c_web").id


def test_of_two_answers_the_later_one_counts_whoever_spoke_last(place: Place) -> None:
    place.reads()
    place.begin("c_web")
    place.says("c_web", "Month end takes my team six days. There is no budget for it yet.")
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "The board has approved 20k for new software")
    place.says("c_web", f"I have the final say. My address is {MAIL}")
    place.says("c_sms", f"My address is {MAIL}")
    place.says("c_web", "thanks")  # the chat's words are the last, what it says of money is older
    place.answers("yes")
    (lead,) = place.listed()
    assert {d: answer.band for d, answer in lead.answers.items()} == {
        "need": "quantified",
        "budget": "approved_amount",
        "authority": "final",
    }
    assert lead.conversation == "c_web"


def test_a_call_booked_by_the_one_stays_booked_and_its_link_goes_on_working(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", QUALIFIED)
    place.says("c_sms", "when:any")
    place.says("c_sms", MAIL)
    booked = place.lead("c_sms")
    assert booked.status == "booked"
    call = booking(place, booked)
    place.begin("c_web")
    place.says("c_web", f"need=general ring:{NUMBER}")
    place.answers("yes")
    (lead,) = place.listed()
    assert lead.status == "booked"
    assert (lead.slot, lead.conversation) == (booked.slot, "c_web")
    moved = booking(place, lead)
    assert call is not None
    assert moved is not None
    assert (moved.id, moved.key, moved.status, moved.lead) == (call.id, call.key, "confirmed", lead.id)
    assert [item.status for item in place.outbox() if item.kind == "invitation"] == ["queued", "queued"]


def test_of_two_calls_one_is_cancelled_and_everybody_is_told(place: Place) -> None:
    for conversation, channel, number in (("c_web", "web", None), ("c_sms", "sms", NUMBER)):
        place.begin(conversation, channel, number=number)
        place.says(conversation, QUALIFIED)
        place.says(conversation, "when:any")
        place.says(conversation, MAIL)
        assert place.lead(conversation).status == "booked"
    first, last = (booking(place, place.lead(conversation)) for conversation in ("c_web", "c_sms"))
    place.answers("yes")
    (lead,) = place.listed()
    kept = booking(place, lead)
    assert first is not None
    assert kept is not None
    assert last is not None
    assert kept.id == last.id
    with place.store.begin(readonly=True) as tx:
        gone = tx.calendar.by_key(first.key)
    assert gone is not None
    assert gone.status == "cancelled"
    told = {item.payload["to"] for item in place.outbox() if item.kind == "cancellation"}
    assert MAIL in told
    assert len(told) == 2


def test_a_time_held_by_the_other_is_free_again(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", QUALIFIED)
    place.says("c_sms", "when:any")
    held = place.lead("c_sms")
    assert held.slot is not None
    place.begin("c_web")
    place.says("c_web", f"need=quantified ring:{NUMBER}")
    place.answers("yes")
    (lead,) = place.listed()
    with place.store.begin(readonly=True) as tx:
        assert tx.calendar.busy(held.slot.rep, held.slot.starts_at, held.slot.ends_at) == []
    assert lead.slot is None


def test_nobody_gets_two_sequences_of_mails(place: Place) -> None:
    for conversation, channel, number in (("c_web", "web", None), ("c_sms", "sms", NUMBER)):
        place.begin(conversation, channel, number=number)
        place.says(conversation, EARLY)
        while place.lead(conversation).status == "open":
            place.says(conversation, MAIL)
        assert place.lead(conversation).status == "nurture"
    steps = len(PLAYBOOK.sequences["nurture_cold"].steps)
    place.answers("yes")
    (lead,) = place.listed()
    mails = [item for item in place.outbox() if item.kind == "nurture" and item.status == "queued"]
    assert len(mails) == steps
    assert {item.lead for item in mails} == {lead.id}


def test_who_wanted_no_mails_as_the_one_gets_none_as_the_other_and_old_links_go_on_working(place: Place) -> None:
    place.texts_and_chats()
    goes, stays = place.lead("c_sms").id, place.lead("c_web").id
    with place.store.begin() as tx:
        unsubscribe(tx, goes, place.now)
    place.answers("yes")
    with place.store.begin() as tx:
        assert has_unsubscribed(tx, stays)
        assert has_unsubscribed(tx, goes)


def test_a_link_in_an_old_mail_of_the_other_still_ends_the_mails(one: Place) -> None:
    (lead,) = one.listed()
    (joined,) = lead.joined
    with one.store.begin() as tx:
        unsubscribe(tx, joined.lead, one.now)
        assert has_unsubscribed(tx, lead.id)


def test_reminders_of_the_other_are_taken_back(place: Place) -> None:
    place.texts_and_chats()
    place.answers("yes")
    queued = [item for item in place.outbox() if item.kind.startswith("timer_") and item.status == "queued"]
    assert len(queued) <= 1
    assert all(item.payload["conversation"] == "c_web" for item in queued)
    place.says("c_sms", "hm")
    queued = [item for item in place.outbox() if item.kind.startswith("timer_") and item.status == "queued"]
    assert all(item.payload["conversation"] == "c_sms" for item in queued)


def test_what_the_team_decided_about_the_one_holds(place: Place) -> None:
    place.texts_and_chats()
    with place.store.begin() as tx:
        tx.dispositions.decide(Disposition(place.lead("c_sms").id, "accepted", "U1", place.now))
    place.answers("yes")
    (lead,) = place.listed()
    with place.store.begin(readonly=True) as tx:
        assert tx.dispositions.of_lead(lead.id) is not None


def test_a_student_in_one_place_is_one_in_both(place: Place) -> None:
    place.texts_and_chats()
    with place.store.begin() as tx:
        tx.leads.save(replace(place.lead("c_sms"), disqualifier="student"))
    place.answers("yes")
    (lead,) = place.listed()
    assert lead.disqualifier == "student"
    assert lead.route is not None
    assert lead.route.name == "disqualified"


def test_who_qualifies_only_as_one_is_told_of_and_once(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "need=quantified budget=approved_amount authority=final")
    place.begin("c_web")
    place.says("c_web", "need=declined budget=declined authority=declined timeline=within_60_days")
    while place.lead("c_web").status == "open":
        place.says("c_web", MAIL)
    assert place.lead("c_web").status == "nurture"
    place.says("c_sms", MAIL)
    place.says("c_web", "hm")
    place.answers("yes")
    (lead,) = place.listed()
    assert lead.route is not None
    assert (lead.route.name, lead.status) == ("book", "nurture")
    told = [item for item in place.outbox() if item.kind in ("alert", "notice")]
    assert [item.lead for item in told] == [lead.id]


def test_three_places_become_one_lead(one: Place) -> None:
    one.now += timedelta(days=2)
    one.begin("c_third")
    one.says("c_third", f"timeline=within_60_days ring:{NUMBER}")
    assert len(one.questions()) == 2
    assert one.answers("yes").status_code == 200
    (lead,) = one.listed()
    assert len(lead.joined) == 2
    assert set(lead.answers) == {"need", "budget", "authority", "timeline"}
    for conversation in ("c_sms", "c_web", "c_third"):
        one.says(conversation, "hm")
        assert one.lead(conversation).id == lead.id
        assert len(one.listed()) == 1


def test_the_one_lead_knows_at_once_what_a_crm_tells_under_what_the_other_left(place: Place) -> None:
    told = Facts(industry=Labelled("legal"))
    place.texts_and_chats()
    with place.store.begin() as tx:
        tx.imported.put(tx.imported.begin("crm.csv", place.now), {("phone", NUMBER): told})
    assert place.answers("yes").status_code == 200
    (lead,) = place.listed()
    assert lead.imported == told
