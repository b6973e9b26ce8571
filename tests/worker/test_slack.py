"""What leaves for Slack, to a real HTTP server on loopback that answers as Slack documents, and as it does not."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest

from banter.leads.model import OutboxItem
from banter.slack.blocks import MOST_BLOCKS, MOST_BUTTON, MOST_ELEMENTS, MOST_TEXT, MOST_VALUE
from banter.store.database import SqlStore
from banter.worker.outcome import Never, NotNow
from banter.worker.slack import SlackSender
from banter.worker.slack_gate import slack_gate
from banter.worker.worker import Worker
from tests.channels.house import a_playbook
from tests.databases import sqlite_store

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
THREAD = "T0001/C0TESTING1/1795348800.000100"
Answer = tuple[int, dict[str, str], bytes]


def ok(**more: Any) -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps({"ok": True, **more}).encode()


def no(error: Any, status: int = 200, **headers: str) -> Answer:
    body = json.dumps({"ok": False, "error": error}).encode()
    return status, {"Content-Type": "application/json", **headers}, body


class FakeSlack:
    """Keeps each call as (method, arguments). `answers` come first; after them every message is written."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.answers: list[Answer] = []
        self.messages: list[dict[str, Any]] = []
        self.may_read = True
        self.hangs = threading.Event()
        self.hang = False
        slack = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"] or 0))
                status, headers, answer = slack.take(self.path.rpartition("/")[2], body, self.headers)
                if slack.hang:
                    slack.hangs.wait(10)
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/api/"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def take(self, method: str, body: bytes, headers: Any) -> Answer:
        assert headers["Authorization"] == "Bearer xoxb-test"
        is_json = headers["Content-Type"].startswith("application/json")
        fields = {name: values[0] for name, values in parse_qs(body.decode()).items()} if not is_json else {}
        arguments = json.loads(body) if is_json else fields
        self.calls.append((method, arguments))
        if method.startswith("conversations."):
            return ok(messages=self.messages) if self.may_read else no("missing_scope")
        if self.answers:
            return self.answers.pop(0)
        return ok(channel=arguments["channel"], ts=f"1795348900.{len(self.calls):06}")

    def stop(self) -> None:
        self.hangs.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    fake = FakeSlack()
    yield fake
    fake.stop()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = sqlite_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def sender(slack: FakeSlack, store: SqlStore) -> SlackSender:
    return SlackSender("xoxb-test", store, a_playbook().company, base_url=slack.url, seconds=1)


def an_item(text: str = "Hello.", *, key: str = "slack:m_1", attempts: int = 1, **payload: Any) -> OutboxItem:
    said = {
        "to": THREAD,
        "text": text,
        "buttons": [],
        "conversation": "c_1",
        "prompted": True,
        "answers": True,
        **payload,
    }
    return OutboxItem(1, key, "slack", "l_1", said, NOW, "queued", attempts)


def within_the_documented_limits(arguments: dict[str, Any]) -> None:
    """https://docs.slack.dev/reference/block-kit and https://docs.slack.dev/reference/methods/chat.postMessage."""
    assert arguments["text"].strip()
    assert len(arguments["text"]) <= 4_000
    blocks = arguments["blocks"]
    assert 0 < len(blocks) <= MOST_BLOCKS == 50
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids))
    for block in blocks:
        assert len(block.get("block_id", "")) <= 255
        if block["type"] == "section":
            assert 0 < len(block["text"]["text"]) <= MOST_TEXT == 3_000
        elif block["type"] == "header":
            assert block["text"]["type"] == "plain_text"
            assert 0 < len(block["text"]["text"]) <= 150
        elif block["type"] == "context":
            assert 0 < len(block["elements"]) <= 10
            assert all(0 < len(element["text"]) <= 3_000 for element in block["elements"])
        elif block["type"] == "actions":
            elements = block["elements"]
            assert 0 < len(elements) <= MOST_ELEMENTS == 25
            assert len({element["action_id"] for element in elements}) == len(elements)
            for element in elements:
                assert len(element["action_id"]) <= 255
                if element["type"] == "button":
                    assert 0 < len(element["text"]["text"]) <= MOST_BUTTON == 75
                    assert len(element["value"]) <= MOST_VALUE == 2_000
                    assert len(element.get("url", "")) <= 3_000
                    assert element.get("style") in (None, "primary", "danger")
                else:
                    assert element["type"] == "static_select"
                    assert 0 < len(element["placeholder"]["text"]) <= 150
                    assert 0 < len(element["options"]) <= 100
                    assert all(len(o["text"]["text"]) <= 75 and len(o["value"]) <= 150 for o in element["options"])
        else:
            assert block == {"type": "divider"}


def test_an_answer_of_the_bot_goes_into_its_thread_with_its_buttons_and_its_key(
    slack: FakeSlack, sender: SlackSender
) -> None:
    item = an_item("When suits you?", buttons=[["Tomorrow, 9:00", "tomorrow 9"], ["None of these", "none"]])
    assert sender.send(item, NOW) == "C0TESTING1/1795348900.000001"
    [(method, said)] = slack.calls
    assert method == "chat.postMessage"
    assert (said["channel"], said["thread_ts"]) == ("C0TESTING1", "1795348800.000100")
    assert said["metadata"] == {"event_type": "banter_message", "event_payload": {"key": "slack:m_1"}}
    within_the_documented_limits(said)
    _, choices, below = said["blocks"]
    assert [(e["text"]["text"], e["value"]) for e in choices["elements"]] == [
        ("Tomorrow, 9:00", "m_1:0"),
        ("None of these", "m_1:1"),
    ]
    assert [e["action_id"] for e in below["elements"]] == ["understood"]


@pytest.mark.parametrize(
    "text",
    ["x" * 40_000, "word " * 9_000, "&" * 10_000, "a\n" * 60_000, "<!channel> & <@U1>", " . ", "é" * 3_001],
    ids=lambda text: text[:10],
)
def test_whatever_the_text_what_is_sent_keeps_to_slacks_limits(
    slack: FakeSlack, sender: SlackSender, text: str
) -> None:
    buttons = [[f"{n} {text}"[:500], "v" * 2_000] for n in range(60)]
    sender.send(an_item(text, buttons=buttons), NOW)
    within_the_documented_limits(slack.calls[0][1])


def test_nothing_that_somebody_wrote_becomes_a_mention(slack: FakeSlack, sender: SlackSender) -> None:
    sender.send(an_item("<!channel> <@U1> @here R&D, see https://a.example/x?a=1&b=2."), NOW)
    section = slack.calls[0][1]["blocks"][0]["text"]
    assert section["text"] == ("&lt;!channel&gt; &lt;@U1&gt; @here R&amp;D, see <https://a.example/x?a=1&amp;b=2>.")
    assert section["verbatim"] is True


@pytest.mark.parametrize(("after", "waits"), [("7", 7), ("0", 0), ("soon", None), ("-1", None)])
def test_too_much_at_once_waits_as_long_as_slack_says(
    slack: FakeSlack, sender: SlackSender, after: str, waits: int | None
) -> None:
    slack.answers = [no("ratelimited", 429, **{"Retry-After": after})]
    with pytest.raises(NotNow) as caught:
        sender.send(an_item(), NOW)
    assert caught.value.wait == (None if waits is None else timedelta(seconds=waits))


@pytest.mark.parametrize(
    "answer",
    [
        no("internal_error", 500),
        (502, {"Content-Type": "text/html"}, b"<html>Bad gateway</html>"),
        (503, {}, b""),
        (200, {"Content-Type": "text/html"}, b"<html>Sign in to the hotel's network</html>"),
        (200, {}, b""),
        (200, {}, b"null"),
        (200, {}, b"[1]"),
        (200, {}, b"true"),
        (200, {}, b'"ok"'),
        (200, {"Content-Type": "application/json; charset=klingon"}, b"{}"),
        (200, {}, b"\xff\xfe"),
        ok(),
        ok(ts=7, channel="C1"),
        no(None),
        no(["x"]),
        no("something new"),
        no("not_in_channel"),
        no("channel_not_found"),
        no("invalid_auth"),
        no("missing_scope"),
        (302, {"Location": "http://127.0.0.1:9/"}, b""),
    ],
    ids=lambda answer: f"{answer[0]} {answer[2][:30]!r}",
)
def test_what_is_no_yes_of_slacks_is_tried_again(slack: FakeSlack, sender: SlackSender, answer: Answer) -> None:
    slack.answers = [answer]
    with pytest.raises(NotNow) as caught:
        sender.send(an_item("the lead's words"), NOW)
    assert "hotel" not in str(caught.value)
    assert "lead's words" not in str(caught.value)
    assert "xoxb" not in str(caught.value)


@pytest.mark.parametrize("error", ["is_archived", "invalid_blocks", "msg_too_long", "message_not_found"])
def test_what_slack_refuses_for_good_is_given_up(slack: FakeSlack, sender: SlackSender, error: str) -> None:
    slack.answers = [no(error)]
    with pytest.raises(Never, match=error):
        sender.send(an_item(), NOW)


def test_a_slack_that_does_not_answer_or_is_away_is_tried_again(
    slack: FakeSlack, sender: SlackSender, store: SqlStore
) -> None:
    slack.hang = True
    with pytest.raises(NotNow):
        sender.send(an_item(), NOW)
    away = SlackSender("xoxb-test", store, a_playbook().company, base_url="http://127.0.0.1:9/api/", seconds=1)
    with pytest.raises(NotNow):
        away.send(an_item(), NOW)


def test_a_message_whose_answer_was_lost_is_not_written_twice(slack: FakeSlack, sender: SlackSender) -> None:
    slack.messages = [
        {"ts": "1.1", "text": "somebody else's"},
        {"ts": "1.2", "metadata": {"event_type": "other", "event_payload": {}}},
        {"ts": "1.3", "metadata": {"event_type": "banter_message", "event_payload": {"key": "slack:m_1"}}},
    ]
    assert sender.send(an_item(attempts=2), NOW) == "C0TESTING1/1.3"
    assert [method for method, _ in slack.calls] == ["conversations.replies"]
    assert slack.calls[0][1]["ts"] == "1795348800.000100"
    sender.send(an_item(attempts=2, key="slack:alert:hot:l_1", to="C0ALERTS01", blocks=[{"type": "divider"}]), NOW)
    assert [method for method, _ in slack.calls[1:]] == ["conversations.history", "chat.postMessage"]


def test_a_bot_that_may_not_read_the_channel_writes_all_the_same(slack: FakeSlack, sender: SlackSender) -> None:
    slack.may_read = False
    assert sender.send(an_item(attempts=2), NOW) == "C0TESTING1/1795348900.000002"


def put(store: SqlStore, key: str, **payload: Any) -> None:
    with store.begin() as tx:
        tx.outbox.put(key, "slack", {"to": THREAD, "text": key, **payload}, due_at=NOW, lead="l_1")


def work(store: SqlStore, sender: SlackSender, *, rounds: int = 1) -> None:
    worker = Worker(store, mail=None, now=lambda: NOW, senders={"slack": sender}, gates={"slack": slack_gate})
    for _ in range(rounds):
        worker.run_once(NOW)


def test_a_change_finds_the_message_that_was_written(slack: FakeSlack, sender: SlackSender, store: SqlStore) -> None:
    put(store, "slack:m_1", buttons=[])
    put(store, "slack:m_1:chosen", of="slack:m_1", blocks=[{"type": "divider"}])
    work(store, sender)
    assert [method for method, _ in slack.calls] == ["chat.postMessage", "chat.update"]
    changed = slack.calls[1][1]
    assert (changed["channel"], changed["ts"]) == ("C0TESTING1", "1795348900.000001")


def test_a_change_that_comes_late_does_not_undo_a_later_one(
    slack: FakeSlack, sender: SlackSender, store: SqlStore
) -> None:
    put(store, "slack:m_1", buttons=[])
    put(store, "first", of="slack:m_1", blocks=[{"type": "divider"}])
    put(store, "second", of="slack:m_1", blocks=[{"type": "divider"}])
    work(store, sender)
    assert [said["text"] for method, said in slack.calls if method == "chat.update"] == ["second"]


def test_a_change_waits_for_its_message_and_goes_with_it(
    slack: FakeSlack, sender: SlackSender, store: SqlStore
) -> None:
    put(store, "slack:m_1", buttons=[])
    put(store, "slack:m_1:chosen", of="slack:m_1", blocks=[{"type": "divider"}])
    slack.answers = [no("internal_error", 500)]
    work(store, sender)
    with store.begin(readonly=True) as tx:
        change = tx.outbox.by_key("slack:m_1:chosen")
    assert change is not None
    assert (change.status, change.due_at, change.attempts) == ("queued", NOW + timedelta(seconds=30), 0)
    put(store, "orphan", of="nothing", blocks=[{"type": "divider"}])
    work(store, sender)
    with store.begin(readonly=True) as tx:
        assert tx.outbox.by_key("orphan").status == "cancelled"  # type: ignore[union-attr]


def test_what_only_one_person_is_told_is_told_to_them_alone(slack: FakeSlack, sender: SlackSender) -> None:
    item = an_item("Ana was first.", to="C0ALERTS01", user="U1", blocks=[{"type": "divider"}])
    assert sender.send(item, NOW) is None
    [(method, said)] = slack.calls
    assert (method, said["channel"], said["user"]) == ("chat.postEphemeral", "C0ALERTS01", "U1")


def test_a_thread_that_a_command_opened_becomes_a_conversation_that_begins_at_once(
    slack: FakeSlack, store: SqlStore
) -> None:
    begun: list[str] = []
    sender = SlackSender("xoxb-test", store, a_playbook().company, base_url=slack.url, seconds=1, opened=begun.append)
    slack.answers = [ok(channel="D0DIRECT01", ts="1795348900.000001")] * 2
    opens: Callable[[], Any] = lambda: sender.send(  # noqa: E731
        an_item("Write here.", to="U1", team="T0001", opens=True, blocks=[{"type": "divider"}]), NOW
    )
    assert opens() == opens() == "D0DIRECT01/1795348900.000001"
    with store.begin(readonly=True) as tx:
        conversation = tx.conversations.at("slack", "T0001/D0DIRECT01/1795348900.000001")
        assert conversation is not None
        assert conversation.test
        assert [tx.inbox.next(conversation.id).kind] == ["start"]  # type: ignore[union-attr]
    assert begun == [conversation.id] * 2


@pytest.mark.parametrize("payload", [{"to": ""}, {"to": "T1/C1"}, {"text": " "}, {"text": None}], ids=str)
def test_an_item_that_makes_no_message_is_given_up(sender: SlackSender, payload: dict[str, Any]) -> None:
    with pytest.raises(Never):
        sender.send(an_item(**{"text": "x", **payload}), NOW)


def test_a_thread_is_written_in_order_though_slack_was_busy(
    slack: FakeSlack, sender: SlackSender, store: SqlStore
) -> None:
    for number in (1, 2, 3):
        put(store, f"slack:m_{number}", buttons=[])
    slack.answers = [no("ratelimited", 429, **{"Retry-After": "5"})]
    work(store, sender)
    assert [said["text"] for _, said in slack.calls] == ["slack:m_1"]
    for seconds in (5, 7, 9):
        Worker(store, mail=None, now=lambda: NOW, senders={"slack": sender}, gates={"slack": slack_gate}).run_once(
            NOW + timedelta(seconds=seconds)
        )
    written = [said["text"] for method, said in slack.calls[1:] if method == "chat.postMessage"]
    assert written == ["slack:m_1", "slack:m_2", "slack:m_3"]


def test_a_slack_that_is_busy_for_hours_loses_nothing(slack: FakeSlack, sender: SlackSender, store: SqlStore) -> None:
    put(store, "slack:m_1", buttons=[])
    put(store, "slack:m_1:chosen", of="slack:m_1", blocks=[{"type": "divider"}])
    slack.answers = [no("ratelimited", 429, **{"Retry-After": "1"}) for _ in range(8)]
    worker = Worker(store, mail=None, now=lambda: NOW, senders={"slack": sender}, gates={"slack": slack_gate})
    for minutes in range(240):
        worker.run_once(NOW + timedelta(minutes=minutes))
    assert [method for method, _ in slack.calls if method.startswith("chat.")][-2:] == [
        "chat.postMessage",
        "chat.update",
    ]
    assert len(slack.calls) < 30
