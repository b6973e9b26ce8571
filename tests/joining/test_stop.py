"""STOP from a number whose lead goes on in the chat by now: it works at once, and for the one lead."""

from __future__ import annotations

from banter.channels.sms_intake import NOTICES, Intake, Text
from banter.leads.consent import key_of, opted_out
from banter.store.conversations import Conversation
from tests.joining.place import MAIL, NUMBER, SECRET, Place


def texts(place: Place, words: str, sid: str) -> None:
    intake = Intake({name: (name,) for name in NOTICES}, lambda text: False, SECRET)
    begun = Conversation("c_new", "sms", "en", "Europe/London", None, None, place.now, address=NUMBER)
    with place.store.begin() as tx:
        intake.take(tx, Text(sid, NUMBER, words), begun, place.now, stopping=intake.is_stop(words))


def test_a_stop_by_sms_takes_back_what_was_to_come_for_the_one_lead(place: Place) -> None:
    place.texts_and_chats()
    place.answers("yes")
    (before,) = place.listed()
    assert before.conversation == "c_web"
    texts(place, "STOP", "SM1")
    (lead,) = place.listed()
    assert (lead.id, lead.status) == (before.id, "closed")
    assert lead.answers == before.answers
    waiting = [item for item in place.outbox() if item.status == "queued"]
    assert [item.payload.get("notice") for item in waiting if item.kind == "sms"] == ["stopped"]
    assert not [item for item in waiting if item.kind.startswith(("timer_", "nurture"))]
    with place.store.begin(readonly=True) as tx:
        assert opted_out(tx.consents.of(key_of("sms", NUMBER, SECRET)))


def test_who_has_stopped_the_texts_may_go_on_in_the_chat(place: Place) -> None:
    place.texts_and_chats()
    place.answers("yes")
    texts(place, "STOP", "SM1")
    place.says("c_web", f"timeline=within_60_days {MAIL}")
    (lead,) = place.listed()
    assert set(lead.answers) == {"need", "budget", "authority", "timeline"}
    sent = [item for item in place.outbox() if item.kind == "sms" and item.status == "queued"]
    assert [item.payload.get("notice") for item in sent] == ["stopped"]


def test_a_question_that_waits_for_the_morning_is_taken_back_by_a_stop(place: Place) -> None:
    place.texts_and_chats()
    texts(place, "STOP", "SM1")
    (item,) = place.questions()
    assert item.status == "cancelled"
