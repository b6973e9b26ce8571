"""When the owner of an address is asked whether two leads are them, and that nobody else learns of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from banter.leads.consent import Consent, key_of
from banter.leads.texting import as_text, segments
from banter.nurture.enrol import unsubscribe
from tests.joining.place import MAIL, NUMBER, SECRET, Place
from tests.leads.visitor import PLAYBOOK


def test_who_gives_a_number_that_texts_with_us_is_asked_by_sms_whether_both_are_them(place: Place) -> None:
    place.texts_and_chats()
    (item,) = place.questions()
    assert (item.kind, item.payload["to"], item.status) == ("sms", NUMBER, "queued")
    assert item.payload["prompted"] is False  # so it keeps to the quiet hours
    assert item.lead is None  # no answer of theirs waits for it
    assert segments(as_text(item.payload["text"])).count == 1
    assert place.link().startswith("/same/1.")


def test_who_texts_from_a_number_given_in_the_chat_before_is_asked_just_so(place: Place) -> None:
    place.begin("c_web")
    place.says("c_web", "need=quantified")
    place.says("c_web", f"ring:{NUMBER}")
    assert place.questions() == []  # nobody is texted who never wrote to us
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "hello")
    (item,) = place.questions()
    assert (item.kind, item.payload["to"]) == ("sms", NUMBER)


@pytest.mark.parametrize("written", [MAIL, "Pat@Example.COM"])
def test_who_gives_the_same_mail_address_in_two_places_is_asked_by_mail(place: Place, written: str) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", f"need=quantified {MAIL}")
    place.begin("c_web")
    place.says("c_web", f"budget=approved {written}")
    (item,) = place.questions()
    assert (item.kind, item.payload["to"]) == ("joining", MAIL)
    assert "in the chat on 21 November" in item.payload["body"]
    assert "by text message on 21 November" in item.payload["body"]
    assert NUMBER not in item.payload["body"]
    assert item.payload["headers"]["Reply-To"] == PLAYBOOK.company.email


def test_before_it_is_confirmed_nothing_in_the_chat_is_otherwise_than_with_a_strange_number(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "need=quantified authority=final pat@example.com")
    said = []
    for conversation, number in (("c_known", NUMBER), ("c_strange", "+15550101")):
        place.begin(conversation)
        heard = [place.says(conversation, text) for text in ("budget=approved_amount", f"ring:{number}", "hm")]
        said.append([(one.say, one.ask, one.wording) for one in heard])
    assert len(place.questions()) == 1
    assert said[0] == said[1]
    known, strange = place.lead("c_known"), place.lead("c_strange")
    assert set(known.answers) == set(strange.answers)
    assert known.contact.email is None
    assert place.lead("c_sms").answers.keys() == {"need", "authority"}


def test_a_pair_is_asked_about_once_however_often_the_address_is_given(place: Place) -> None:
    place.texts_and_chats()
    for _ in range(40):
        place.now += timedelta(days=3)
        place.says("c_web", f"ring:{NUMBER}")
        place.says("c_sms", "hm")
    assert len(place.questions()) == 1


def test_an_address_is_asked_once_a_day_and_three_times_at_most_without_an_answer(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "need=quantified")
    for number in range(30):
        if number % 5 == 0:
            place.now += timedelta(days=1)
        place.begin(f"c_{number}")
        place.says(f"c_{number}", f"ring:{NUMBER} hello")
    days = [item.due_at.date() for item in place.questions()]
    assert len(days) == len(set(days)) == 3


def test_who_has_said_no_is_not_asked_again(place: Place) -> None:
    place.texts_and_chats()
    assert place.answers("no").status_code == 200
    place.now += timedelta(days=30)
    place.begin("c_other")
    place.says("c_other", f"ring:{NUMBER} hello")
    assert len(place.questions()) == 1


def test_who_has_stopped_text_messages_is_asked_nothing_by_sms(place: Place) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "need=quantified")
    with place.store.begin() as tx:
        key = key_of("sms", NUMBER, SECRET)
        tx.consents.add(Consent(key, NUMBER, "opted_out", place.now, "stop", "sms", "word"))
    place.begin("c_web")
    place.says("c_web", f"ring:{NUMBER} hello")
    assert place.questions() == []


def test_who_wants_no_more_mails_is_asked_nothing_by_mail(place: Place) -> None:
    place.begin("c_one")
    place.says("c_one", f"need=quantified {MAIL}")
    with place.store.begin() as tx:
        unsubscribe(tx, place.lead("c_one").id, place.now)
    place.begin("c_two")
    place.says("c_two", f"need=quantified {MAIL}")
    assert place.questions() == []


@pytest.mark.parametrize(("first", "second"), [(True, False), (False, True), (True, True)])
def test_tests_are_never_the_same_person_as_anybody(place: Place, first: bool, second: bool) -> None:
    place.begin("c_one", test=first)
    place.says("c_one", f"need=quantified {MAIL}")
    place.begin("c_two", test=second)
    place.says("c_two", f"need=quantified {MAIL}")
    assert place.questions() == []


def test_whoever_invents_many_names_of_one_mailbox_makes_us_ask_it_once_a_day_all_the_same(place: Place) -> None:
    for number in range(6):
        for device in ("web", "phone"):
            place.begin(f"c_{number}_{device}")
            place.says(f"c_{number}_{device}", f"need=quantified pat+{number}@example.com")
    assert len(place.questions()) == 1
