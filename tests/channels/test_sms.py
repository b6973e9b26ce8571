"""A text message comes in by Twilio: taken in once, acknowledged at once, answered by the outbox."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from banter.channels.limits import Limits, Rate
from banter.leads.consent import key_of
from tests.channels.house import House, a_house
from tests.channels.texting import (
    NUMBER,
    a_form,
    lead_of,
    new_sid,
    outbox,
    post,
    settle,
    signature,
    text,
    transcript,
)


def test_a_text_message_is_answered_by_the_outbox(house: House) -> None:
    text(house, "hello")
    assert transcript(house) == [("visitor", "hello"), ("bot", "You said: hello")]
    (item,) = outbox(house)
    assert (item.kind, item.payload["to"], item.payload["text"]) == ("sms", NUMBER, "You said: hello")
    assert item.payload["prompted"] is True


def test_one_number_is_one_conversation_and_another_is_another(house: House) -> None:
    text(house, "hello")
    text(house, "we need help with invoices")
    text(house, "hello", number="+15550101")
    assert [line for _, line in transcript(house)][::2] == ["hello", "we need help with invoices"]
    assert transcript(house, "+15550101")[0] == ("visitor", "hello")


def test_it_is_acknowledged_while_the_dialogue_hangs_and_answered_when_it_is_back(house: House) -> None:
    house.dialogue.slow = threading.Event()
    assert post(house, a_form("hello")).status_code == 200
    house.dialogue.slow.set()
    house.dialogue.slow = None
    settle(house)
    assert len(transcript(house)) == 2


def test_it_is_acknowledged_with_the_dialogue_down_and_kept(house: House) -> None:
    house.dialogue.down = True
    assert post(house, a_form("hello")).status_code == 200
    assert transcript(house) == []
    house.dialogue.down = False
    text(house, "are you there?")
    assert [line for who, line in transcript(house) if who == "visitor"] == ["hello", "are you there?"]


def test_each_message_is_one_turn_however_often_and_from_wherever_it_comes(house: House) -> None:
    forms = [a_form(f"message {n}", number=f"+1555010{n % 10}") for n in range(40)]
    storm = [form for n, form in enumerate(forms) for _ in range(1 + n % 5)]
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda form: post(house, form).status_code, storm))
    settle(house)
    assert set(answers) == {200}
    assert house.dialogue.turns == len(forms)
    assert len(outbox(house)) == len(forms)


def test_a_repeat_is_known_by_its_token_too(house: House) -> None:
    post(house, a_form("hello"), I_Twilio_Idempotency_Token="a-token")
    post(house, a_form("hello"), I_Twilio_Idempotency_Token="a-token")
    settle(house)
    assert house.dialogue.turns == 1
    post(house, a_form("hello"), I_Twilio_Idempotency_Token="another")
    settle(house)
    assert house.dialogue.turns == 2


def test_a_picture_is_answered_kindly_and_nothing_of_it_is_kept(house: House) -> None:
    url = "https://api.twilio.com/2010-04-01/Accounts/AC/Messages/MM/Media/ME"
    text(house, "", media=1, MediaUrl0=url, MediaContentType0="image/jpeg")
    assert transcript(house) == [("bot", "picture.")]
    assert [item.payload["text"] for item in outbox(house)] == ["picture."]
    assert url.encode() not in b"".join(file.read_bytes() for file in _files(house))


def test_the_words_beside_a_picture_are_heard(house: House) -> None:
    text(house, "this is our invoice pile", media=2)
    assert transcript(house) == [
        ("bot", "picture."),
        ("visitor", "this is our invoice pile"),
        ("bot", "You said: this is our invoice pile"),
    ]


def test_a_message_without_words_and_one_that_is_too_long_are_told_so(house: House) -> None:
    text(house, " \u200b ")
    text(house, "a" * 2_001)
    text(house, "a" * 2_000)
    assert [line for who, line in transcript(house) if who == "bot"] == [
        "empty.",
        "too_long.",
        "You said: " + "a" * 2_000,
    ]


def test_the_same_thing_is_not_said_in_the_same_words_twice_running(house: House) -> None:
    for _ in range(3):
        text(house, "help")
    assert [line for who, line in transcript(house) if who == "bot"] == ["help.", "help again.", "help."]


def test_what_is_typed_stays_text_whatever_it_looks_like(house: House) -> None:
    for words in ("/restart", '/inform{"budget": "approved"}', "<script>alert(1)</script>", "'; DROP TABLE inbox; --"):
        text(house, words)
        assert ("visitor", words) in transcript(house)


def test_a_number_tells_where_they_are(house: House) -> None:
    text(house, "hello", number="+4915112345678")
    text(house, "hello", number=NUMBER)
    with house.store.begin(readonly=True) as tx:
        german, unknown = tx.conversations.at("sms", "+4915112345678"), tx.conversations.at("sms", NUMBER)
    assert german is not None
    assert unknown is not None
    assert (german.timezone, german.locale, german.address) == ("Europe/Berlin", "en-DE", "+4915112345678")
    assert (unknown.timezone, unknown.locale) == ("Europe/Dublin", "en-US")


def test_who_writes_first_has_asked_for_an_answer(house: House) -> None:
    text(house, "hello")
    text(house, "again")
    with house.store.begin(readonly=True) as tx:
        (line,) = tx.consents.of(key_of("sms", NUMBER, house.settings.secret))
    assert (line.kind, line.address, line.words, line.channel, line.source) == (
        "asked",
        NUMBER,
        "hello",
        "sms",
        "first message",
    )


@pytest.mark.parametrize("number", ["12345", "whatsapp:+15550100", "", "anonymous"])
def test_what_comes_from_no_number_is_taken_by_and_answered_by_nobody(house: House, number: str) -> None:
    assert post(house, a_form("hello", number=number)).status_code == 200
    settle(house)
    assert outbox(house) == []
    assert house.dialogue.turns == 0


def test_too_many_at_once_from_a_number_are_refused_but_a_stop_never_is(tmp_path: Path) -> None:
    house = a_house(tmp_path, limits=Limits(conversation=Rate(0.01, 2)))
    with house.client:
        answers = [post(house, a_form("hello")).status_code for _ in range(4)]
        assert answers == [200, 200, 429, 429]
        assert post(house, a_form("STOP")).status_code == 200
        settle(house)
    house.store.close()


def test_a_public_address_with_a_query_is_signed_with_it(house: House) -> None:
    form = a_form("hello")
    assert post(house, form, "/sms/twilio?site=2&x=%20").status_code == 200
    assert post(house, form, "/sms/twilio?site=3", signed=signature(form, "/sms/twilio?site=2")).status_code == 403


def test_behind_a_proxy_the_public_address_counts(house: House) -> None:
    form = a_form("hello")
    sent = {"Host": "10.0.0.7:8080", "X_Forwarded_Host": "evil.example", "X_Forwarded_Proto": "http"}
    assert post(house, form, **sent).status_code == 200
    assert post(house, form, signed=signature(form, base="http://testserver")).status_code == 403


def test_without_an_account_it_is_said_what_is_missing(tmp_path: Path) -> None:
    house = a_house(tmp_path, twilio=False)
    with house.client:
        answer = post(house, a_form("hello"))
    assert answer.status_code == 404
    assert "BANTER_TWILIO_AUTH_TOKEN" in answer.json()["error"]["message"]
    house.store.close()


def test_a_lead_is_reached_at_the_number_they_write_from(house: House) -> None:
    text(house, "hello", sid=new_sid())
    lead = lead_of(house)
    assert lead is not None
    assert lead.channel == "sms"


def _files(house: House) -> list[Path]:
    return [file for file in house.settings.root.iterdir() if file.is_file()]
