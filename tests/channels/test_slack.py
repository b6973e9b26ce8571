"""What Slack sends is taken in once, whatever is repeated, forged or of no interest."""

from __future__ import annotations

import json
import random
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from banter.channels.limits import Limits, Rate
from banter.channels.slack_signature import signed
from tests.channels.slacking import DIRECT, REP, SECRET, TEAM, TEST, SlackHouse, a_slack_house

JSON = "application/json"


def test_a_message_in_the_test_channel_begins_a_conversation_in_its_thread(slack: SlackHouse) -> None:
    assert slack.event("We lose ten hours a week", ts="1795348800.000100").status_code == 200
    assert slack.inbox() == [("start", ""), ("message", "We lose ten hours a week")]
    with slack.store.begin(readonly=True) as tx:
        begun = tx.conversations.at("slack", f"{TEAM}/{TEST}/1795348800.000100")
    assert begun is not None
    assert begun.test
    assert slack.event("15k", thread_ts="1795348800.000100").status_code == 200
    assert slack.event("another", ts="1795348800.000200").status_code == 200
    slack.settle()
    with slack.store.begin(readonly=True) as tx:
        assert [row[0] for row in tx.connection.exec_driver_sql("SELECT count(*) FROM conversations")] == [2]
        said = [m.text for m in tx.transcript.of_conversation(begun.id) if m.sender == "visitor"]
    assert said == ["We lose ten hours a week", "15k"]


def test_a_direct_message_is_a_test_conversation_too_and_other_channels_are_none(slack: SlackHouse) -> None:
    slack.event("hello", channel=DIRECT)
    slack.event("hello", channel="C0ELSEWHER")
    slack.event("hello", channel="C0ELSEWHER", thread_ts="1795348800.000001")
    assert slack.inbox() == [("start", ""), ("message", "hello")]


def test_a_captured_request_sent_a_thousand_times_is_one_turn(slack: SlackHouse) -> None:
    body = slack.event_body("We lose ten hours a week")
    headers = signed(SECRET, body, slack.clock[0])
    for _ in range(1_000):
        assert slack.post("/slack/events", body, kind=JSON, headers=headers).status_code == 200
    assert slack.inbox() == [("start", ""), ("message", "We lose ten hours a week")]
    slack.settle()
    assert slack.dialogue.turns == 2
    slack.clock[0] += timedelta(seconds=301)
    assert slack.post("/slack/events", body, kind=JSON, headers=headers).status_code == 401


def test_each_message_sent_five_times_over_twenty_connections_at_once_is_heard_once(slack: SlackHouse) -> None:
    bodies = [slack.event_body(f"message {number}", ts=f"1795348800.{number:06}") for number in range(40)]
    sent = [(body, signed(SECRET, body, slack.clock[0])) for body in bodies for _ in range(5)]
    random.Random(7).shuffle(sent)

    def post(one: tuple[bytes, dict[str, str]]) -> int:
        return slack.post("/slack/events", one[0], kind=JSON, headers=one[1]).status_code

    with ThreadPoolExecutor(20) as connections:
        assert set(connections.map(post, sent)) == {200}
    heard = [text for kind, text in slack.inbox() if kind == "message"]
    assert sorted(heard) == sorted(f"message {number}" for number in range(40))
    slack.settle()
    assert slack.dialogue.turns == 80


def test_too_many_requests_of_one_address_are_sent_away(tmp_path: Path) -> None:
    house = a_slack_house(tmp_path, limits=Limits(address=Rate(a_second=1.0, burst=3)))
    with house.client:
        answers = [house.post("/slack/events", b"{}", kind=JSON, headers={}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert answers[-1].headers["Retry-After"]
    house.store.close()


def test_a_retry_of_slacks_is_the_same_message(slack: SlackHouse) -> None:
    body = slack.event_body("hello", id="Ev1")
    for number in range(4):
        retry = {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": "http_timeout"}
        headers = {**signed(SECRET, body, slack.clock[0]), **retry}
        assert slack.post("/slack/events", body, kind=JSON, headers=headers).status_code == 200
        slack.clock[0] += timedelta(minutes=1)
    slack.settle()
    assert slack.dialogue.turns == 2


def test_it_is_acknowledged_while_the_dialogue_hangs_or_is_down(slack: SlackHouse) -> None:
    slack.dialogue.slow = threading.Event()
    assert slack.event("hello").status_code == 200
    assert slack.dialogue.turns == 0
    slack.dialogue.slow.set()
    slack.settle()
    slack.dialogue.down = True
    assert slack.event("hello again").status_code == 200
    assert slack.inbox()[-1] == ("message", "hello again")


@pytest.mark.parametrize(
    "unlike_a_persons",
    [
        {"bot_id": "B1"},
        {"bot_profile": {"id": "B1"}},
        {"app_id": "A1"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"subtype": "bot_message"},
        {"subtype": 7},
        {"hidden": True},
        {"user": None},
        {"user": "USLACKBOT"},
        {"text": None},
        {"text": "  "},
        {"text": "<@U0BOT00001>"},
        {"text": ["hello"]},
        {"ts": None},
        {"ts": "soon"},
        {"channel": "C1/../x"},
        {"type": "reaction_added"},
    ],
    ids=str,
)
def test_what_no_person_said_is_acknowledged_and_no_more(slack: SlackHouse, unlike_a_persons: dict[str, Any]) -> None:
    assert slack.event(**{"text": "hello", "channel_type": "im", **unlike_a_persons}).status_code == 200
    assert slack.inbox() == []


def test_the_bots_own_words_are_not_heard_however_they_come(slack: SlackHouse) -> None:
    whole = json.loads(slack.event_body("hello", user="U0BOT"))
    whole["authorizations"] = [{"user_id": "U0BOT", "is_bot": True}]
    assert slack.post("/slack/events", json.dumps(whole).encode(), kind=JSON).status_code == 200
    assert slack.inbox() == []


def test_slacks_markup_is_read_as_what_a_person_typed(slack: SlackHouse) -> None:
    slack.event(
        "<@U0BOT> *R&amp;D* at <http://acorn.example|acorn.example>, mail <mailto:a@acorn.example|a@acorn.example>"
    )
    assert slack.inbox()[-1] == ("message", "R&D at acorn.example, mail a@acorn.example")


def test_the_address_is_confirmed_when_slack_asks(slack: SlackHouse) -> None:
    body = json.dumps({"type": "url_verification", "token": "x", "challenge": "3eZbrw1aB"}).encode()
    answer = slack.post("/slack/events", body, kind=JSON)
    assert (answer.status_code, answer.json()) == (200, {"challenge": "3eZbrw1aB"})
    assert slack.post("/slack/events", body, kind=JSON, headers={}).status_code == 401


@pytest.mark.parametrize("path", ["/slack/events", "/slack/interactivity", "/slack/commands"])
def test_nothing_is_taken_in_unsigned_nor_without_a_secret(slack: SlackHouse, path: str, tmp_path: Path) -> None:
    body = b"not even {json"
    assert slack.post(path, body, kind=JSON, headers={}).status_code == 401
    stale = signed(SECRET, body, slack.clock[0] - timedelta(seconds=301))
    assert slack.post(path, body, kind=JSON, headers=stale).status_code == 401
    assert slack.post(path, body, kind=JSON, headers=signed("wrong", body, slack.clock[0])).status_code == 401
    (tmp_path / "closed").mkdir()
    closed = a_slack_house(tmp_path / "closed", secret=None)
    with closed.client:
        assert closed.post(path, body, kind=JSON).status_code == 401
    closed.store.close()


@pytest.mark.parametrize("body", [b"", b"[]", b"7", b"{", b'"x"', b"[" * 50_000, b"\xff\xfe"])
def test_nonsense_that_is_signed_is_refused_and_stores_nothing(slack: SlackHouse, body: bytes) -> None:
    for path in ("/slack/events", "/slack/interactivity"):
        assert slack.client.post(path, content=body, headers=signed_or_not(slack, body)).status_code in (400, 401)
    assert slack.inbox() == []


def signed_or_not(slack: SlackHouse, body: bytes) -> dict[str, str]:
    try:
        return signed(SECRET, body, slack.clock[0])
    except UnicodeDecodeError:
        return {}


def test_a_message_that_is_too_long_is_told_so_and_not_heard(slack: SlackHouse) -> None:
    slack.event("x" * 2_001, ts="1795348800.000100")
    assert slack.inbox() == []
    [item] = slack.outbox()
    assert item.payload["to"] == f"{TEAM}/{TEST}/1795348800.000100"
    assert slack.woken


def test_forty_thousand_characters_of_markup_are_too_long_as_well(slack: SlackHouse) -> None:
    for text in ("*a " * 13_000, "<https://acorn.example/a|x>" * 1_500):
        assert slack.event(text).status_code == 200
    assert slack.inbox() == []
    assert len(slack.outbox()) == 2


def test_the_command_opens_a_test_conversation_once_where_it_was_asked_for(slack: SlackHouse) -> None:
    for _ in range(3):
        assert slack.command("test", id="1.a").status_code == 200
    answer = slack.command("Test ", channel="C0ELSEWHER")
    assert answer.json()["response_type"] == "ephemeral"
    here, direct = slack.outbox()
    assert (here.payload["to"], here.payload["team"], here.payload["opens"]) == (TEST, TEAM, True)
    assert direct.payload["to"] == REP
    assert "/banter test" in slack.command("help").json()["text"]
    assert len(slack.outbox()) == 2


def test_slacks_check_of_the_certificate_is_answered(slack: SlackHouse) -> None:
    body = b"token=x&ssl_check=1"
    assert slack.post("/slack/commands", body, kind="application/x-www-form-urlencoded").status_code == 200
