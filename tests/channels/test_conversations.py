"""What the widget and other programs can do over HTTP."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from banter.channels.limits import Limits, Rate
from banter.store.errors import StoreUnavailable
from tests.channels.house import NOON, House, a_house


def test_a_conversation_begins_with_a_greeting(house: House) -> None:
    answer = house.client.post("/api/conversations", json={"page": "https://acorn.example/pricing", "locale": "en"})
    assert answer.status_code == 201
    begun = answer.json()
    assert begun["id"].startswith("c_")
    assert begun["awaiting"] == "need"
    assert begun["status"] == "open"
    [greeting] = begun["messages"]
    assert greeting["text"] == "Hello, I am a bot."
    assert greeting["buttons"] == [{"title": "What does it cost?", "value": "price"}]
    with house.store.begin(readonly=True) as transaction:
        stored = transaction.conversations.get(begun["id"])
    assert stored is not None
    assert (stored.page, stored.timezone) == ("https://acorn.example/pricing", "Europe/Dublin")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("America/New_York", "America/New_York"),
        ("Mars/Olympus", "Europe/Dublin"),
        ("../../etc/passwd", "Europe/Dublin"),
        ("Europe", "Europe/Dublin"),
        ("", "Europe/Dublin"),
        (None, "Europe/Dublin"),
    ],
)
def test_the_browsers_time_zone_is_kept_and_an_unknown_one_is_the_companys(
    house: House, given: str | None, kept: str
) -> None:
    conversation, _ = house.begin(timezone=given)
    with house.store.begin(readonly=True) as transaction:
        stored = transaction.conversations.get(conversation)
    assert stored is not None
    assert stored.timezone == kept


def test_a_message_is_answered_with_the_bots_new_messages_only(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello", id="1")
    answer = house.say(conversation, headers, "what does it cost?", id="2")
    assert answer.status_code == 200
    assert [m["text"] for m in answer.json()["messages"]] == ["You said: what does it cost?"]
    assert (answer.json()["awaiting"], answer.json()["status"]) == ("budget", "open")


def test_the_same_id_again_gets_the_same_answer_and_does_nothing(house: House) -> None:
    conversation, headers = house.begin()
    first = house.say(conversation, headers, "hello", id="same")
    turns = house.dialogue.turns
    again = house.say(conversation, headers, "something else", id="same")
    assert again.status_code == 200
    assert again.json() == first.json()
    assert house.dialogue.turns == turns


def test_the_same_id_in_two_conversations_is_two_messages(house: House) -> None:
    one, two = house.begin(), house.begin()
    assert house.say(*one, "from one", id="x").json()["messages"][0]["text"] == "You said: from one"
    assert house.say(*two, "from two", id="x").json()["messages"][0]["text"] == "You said: from two"


def test_no_id_of_a_clients_can_pass_as_the_start(house: House) -> None:
    conversation, headers = house.begin()
    for client_id in ("", "start", conversation, ":"):
        answer = house.say(conversation, headers, "hello", id=client_id)
        assert answer.status_code == 422 or answer.json()["messages"][0]["text"] == "You said: hello"


def test_one_message_sent_twenty_times_at_once_is_one_turn(house: House) -> None:
    conversation, headers = house.begin()
    before = house.dialogue.turns
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: house.say(conversation, headers, "hi", id="x"), range(20)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text for answer in answers}) == 1
    assert house.dialogue.turns == before + 1


@pytest.mark.parametrize(
    "text", ["/restart", '/budget{"x":"y"}', "<b>hi</b>", "👍", "  hi  ", "e\u0301" * 1000, "x" * 2000, "' OR 1=1 --"]
)
def test_odd_text_is_text_and_is_kept_as_typed(house: House, text: str) -> None:
    conversation, headers = house.begin()
    assert house.say(conversation, headers, text).status_code == 200
    shown = house.client.get(f"/api/conversations/{conversation}", headers=headers).json()
    assert shown["messages"][1]["text"] == text


def test_the_transcript_says_who_said_what_and_when(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    shown = house.client.get(f"/api/conversations/{conversation}", headers=headers).json()
    assert [(m["from"], m["text"]) for m in shown["messages"]] == [
        ("bot", "Hello, I am a bot."),
        ("visitor", "hello"),
        ("bot", "You said: hello"),
    ]
    assert {m["at"] for m in shown["messages"]} == {"2026-11-21T12:00:00Z"}
    assert (shown["awaiting"], shown["status"]) == ("budget", "open")


def test_visitors_cannot_reach_each_others_conversations(house: House) -> None:
    mine, my_headers = house.begin()
    theirs, their_headers = house.begin()
    for headers in (my_headers, {}, {"Authorization": my_headers["Authorization"][:-1]}, {"Authorization": "Basic eA"}):
        assert house.say(theirs, headers, "hi").status_code == 401
        assert house.client.get(f"/api/conversations/{theirs}", headers=headers).status_code == 401
        assert house.client.get(f"/api/conversations/{theirs}/events", headers=headers).status_code == 401
    assert house.client.get(f"/api/conversations/{theirs}", headers=their_headers).status_code == 200
    assert mine != theirs


def test_a_token_in_the_address_opens_nothing_but_the_stream(house: House) -> None:
    conversation, headers = house.begin()
    token = headers["Authorization"].removeprefix("Bearer ")
    assert house.client.get(f"/api/conversations/{conversation}?token={token}").status_code == 401


def test_a_message_outlives_a_dialogue_that_is_down(house: House) -> None:
    conversation, headers = house.begin()
    house.dialogue.down = True
    refused = house.say(conversation, headers, "important", id="7")
    assert refused.status_code == 503
    assert int(refused.headers["Retry-After"]) >= 1
    house.dialogue.down = False
    answer = house.say(conversation, headers, "important", id="7")
    assert [m["text"] for m in answer.json()["messages"]] == ["You said: important"]


def test_a_conversation_whose_greeting_fails_has_not_begun(house: House) -> None:
    house.dialogue.down = True
    answer = house.client.post("/api/conversations", json={})
    assert answer.status_code == 503
    assert "token" not in answer.text


def test_a_slow_turn_is_not_waited_for_and_its_answer_comes_with_the_same_id(tmp_path: Path) -> None:
    house = a_house(tmp_path, limits=Limits(turn_seconds=0.2))
    with house.client:
        conversation, headers = house.begin()
        house.dialogue.slow = threading.Event()
        assert house.say(conversation, headers, "slow", id="1").status_code == 503
        assert house.client.get("/healthz").status_code == 200
        house.dialogue.slow.set()
        answer = house.say(conversation, headers, "slow", id="1")
        assert [m["text"] for m in answer.json()["messages"]] == ["You said: slow"]
    house.store.close()


@pytest.mark.parametrize(
    "error", [StoreUnavailable("locked"), OperationalError("INSERT", {"text": "private"}, Exception("disk full"))]
)
def test_a_database_that_is_away_is_never_thanked_for(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    conversation, headers = house.begin()

    def away(*, readonly: bool = False) -> None:
        raise error

    monkeypatch.setattr(house.store, "begin", away)
    answers = [
        house.client.post("/api/conversations", json={}),
        house.say(conversation, headers, "private"),
        house.client.get(f"/api/conversations/{conversation}", headers=headers),
        house.client.get(f"/api/conversations/{conversation}/events", headers=headers),
        house.client.get("/readyz"),
    ]
    assert [answer.status_code for answer in answers] == [503] * 5
    assert all(answer.headers["Retry-After"] for answer in answers)
    assert "private" not in caplog.text
    assert house.client.get("/healthz").status_code == 200


def test_a_fault_of_ours_answers_in_the_agreed_shape_and_logs_no_words_of_visitors(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    conversation, headers = house.begin()
    house.dialogue.broken = RuntimeError("pat@example.com")
    answer = house.say(conversation, headers, "hello")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "RuntimeError" in caplog.text
    assert "pat@example.com" not in caplog.text


def test_a_message_that_was_given_up_is_said_to_be_so(house: House) -> None:
    conversation, headers = house.begin()
    house.dialogue.down = True
    house.say(conversation, headers, "poison", id="1")
    with house.store.begin() as transaction:
        row = transaction.inbox.next(conversation)
        assert row is not None
        transaction.inbox.give_up(row.id, "three times", NOON)
    answer = house.say(conversation, headers, "poison", id="1")
    assert answer.status_code == 503
    assert "new id" in answer.json()["error"]["message"]


def test_fifty_messages_in_a_second_are_partly_refused_and_none_is_lost(house: House) -> None:
    conversation, headers = house.begin()
    answers = [house.say(conversation, headers, f"message {n}", id=str(n)) for n in range(50)]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200] * 30 + [429] * 20
    assert answers[-1].json()["error"]["code"] == "too_many"
    house.clock[0] += timedelta(seconds=int(answers[-1].headers["Retry-After"]))
    assert house.say(conversation, headers, "message 49", id="49").status_code == 200
    shown = house.client.get(f"/api/conversations/{conversation}", headers=headers).json()
    said = [m["text"] for m in shown["messages"] if m["from"] == "visitor"]
    assert said == [f"message {n}" for n in [*range(30), 49]]


def test_one_address_may_hold_many_conversations_but_not_without_end(tmp_path: Path) -> None:
    house = a_house(tmp_path, limits=replace(Limits(), opening=Rate(1.0, 20), address=Rate(1.0, 30)))
    with house.client:
        opened = [house.client.post("/api/conversations", json={}).status_code for _ in range(25)]
        assert opened == [201] * 20 + [429] * 5
    house.store.close()


def test_a_locked_database_stops_nothing_that_needs_none(house: House) -> None:
    conversation, headers = house.begin()
    with ThreadPoolExecutor(20) as pool:
        with house.store.begin():
            everybody = [pool.submit(house.say, conversation, headers, "hello", id=str(n)) for n in range(20)]
            for path in ("/healthz", "/readyz", "/widget.js", "/", "/api/openapi.json"):
                assert house.client.get(path).status_code == 200
            shown = house.client.get(f"/api/conversations/{conversation}", headers=headers)
            assert shown.status_code == 200
            assert not any(waiting.done() for waiting in everybody)
        assert {waiting.result().status_code for waiting in everybody} == {200}


def test_readiness_names_what_is_missing(house: House) -> None:
    assert house.client.get("/readyz").status_code == 200
    house.dialogue.ready = False
    answer = house.client.get("/readyz")
    assert answer.status_code == 503
    assert "dialogue" in answer.json()["error"]["message"]
