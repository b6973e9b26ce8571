"""The event stream, over real sockets, because what matters is when something arrives."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from banter.channels.limits import Limits
from banter.edge import server
from banter.leads.model import Message
from tests.channels.house import NOON, House, a_house

QUICK = replace(Limits(), poll_seconds=0.05, heartbeat_seconds=0.2, streams_each=2)


class Running:
    """An edge behind a real server on a port of its own."""

    def __init__(self, house: House, *, patience_seconds: float = 10.0) -> None:
        self.house = house
        self.server = server(house.app, host="127.0.0.1", port=0, patience_seconds=patience_seconds)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        wait_until(lambda: self.server.started)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=5)

    def begin(self) -> tuple[str, str]:
        begun = self.client.post("/api/conversations", json={}).json()
        return begun["id"], begun["token"]

    def say(self, conversation: str, token: str, text: str) -> httpx.Response:
        return self.client.post(
            f"/api/conversations/{conversation}/messages",
            json={"id": text, "text": text},
            headers={"Authorization": f"Bearer {token}"},
        )

    def stop(self) -> float:
        """Seconds that stopping took."""
        began = time.monotonic()
        self.server.should_exit = True
        self.thread.join(15)
        assert not self.thread.is_alive()
        return time.monotonic() - began


def wait_until(condition: Any) -> None:
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    running = Running(a_house(tmp_path, limits=QUICK))
    yield running
    running.client.close()
    running.stop()
    running.house.store.close()


@contextmanager
def listening(running: Running, conversation: str, **how: Any) -> Iterator[Iterator[str]]:
    with running.client.stream("GET", f"/api/conversations/{conversation}/events", **how) as answer:
        assert answer.status_code == 200, answer.read()
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield answer.iter_lines()


def next_message(lines: Iterator[str]) -> dict[str, Any]:
    """The next event; heartbeats and hints are passed over."""
    found: dict[str, Any] = {}
    for line in lines:
        if not line and "data" in found:
            assert found["event"] == "message"
            assert found["id"] == json.loads(found["data"])["id"]
            return json.loads(found["data"])  # type: ignore[no-any-return]
        name, _, value = line.partition(": ")
        found[name] = value
    raise AssertionError("the stream ended")


def test_a_stream_replays_what_was_said_and_goes_on_with_what_is(running: Running) -> None:
    conversation, token = running.begin()
    with listening(running, conversation, params={"token": token}) as lines:
        assert next_message(lines)["text"] == "Hello, I am a bot."
        running.say(conversation, token, "hello")
        visitor, bot = next_message(lines), next_message(lines)
    assert (visitor["from"], visitor["text"]) == ("visitor", "hello")
    assert (bot["from"], bot["text"], bot["buttons"]) == ("bot", "You said: hello", [])


def test_a_stream_begins_after_the_message_named_and_the_header_wins(running: Running) -> None:
    conversation, token = running.begin()
    bearer = {"Authorization": f"Bearer {token}"}
    greeting = running.client.get(f"/api/conversations/{conversation}", headers=bearer).json()["messages"][0]["id"]
    last = running.say(conversation, token, "one").json()["messages"][0]["id"]
    running.say(conversation, token, "two")
    with listening(running, conversation, params={"after": greeting}, headers=bearer) as lines:
        assert next_message(lines)["text"] == "one"
    with listening(
        running, conversation, params={"after": greeting}, headers={**bearer, "Last-Event-ID": last}
    ) as lines:
        assert next_message(lines)["text"] == "two"


def test_what_another_process_writes_is_seen(running: Running) -> None:
    conversation, token = running.begin()
    with listening(running, conversation, params={"token": token}) as lines:
        next_message(lines)
        with running.house.store.begin() as transaction:
            transaction.transcript.add(Message("m_rep", conversation, "rep", "Hello, I am Robin.", NOON))
        assert next_message(lines)["from"] == "rep"


def test_a_quiet_stream_shows_that_it_lives(running: Running) -> None:
    conversation, token = running.begin()
    with listening(running, conversation, params={"token": token}) as lines:
        seen = []
        for line in lines:
            seen.append(line)
            if line.startswith(": "):
                break
    assert seen[0].startswith("retry: ")


def test_a_conversation_has_few_streams_and_one_that_is_closed_makes_room(running: Running) -> None:
    conversation, token = running.begin()
    path = f"/api/conversations/{conversation}/events?token={token}"
    with listening(running, conversation, params={"token": token}) as one:
        next_message(one)
        with listening(running, conversation, params={"token": token}) as two:
            next_message(two)
            assert running.client.get(path).status_code == 429

    def room() -> bool:
        with running.client.stream("GET", path) as answer:
            return answer.status_code == 200

    wait_until(room)


def test_open_streams_do_not_keep_the_server_from_stopping(tmp_path: Path) -> None:
    running = Running(a_house(tmp_path))
    conversation, token = running.begin()
    with listening(running, conversation, params={"token": token}) as lines:
        next_message(lines)
        assert running.stop() < 3
        assert [line for line in lines if line.startswith("data")] == []
    running.client.close()
    running.house.store.close()


def test_a_wrong_place_is_refused_and_only_looking_opens_no_stream(running: Running) -> None:
    conversation, token = running.begin()
    path = f"/api/conversations/{conversation}/events?token={token}"
    assert running.client.get(f"{path}&after=%00").status_code == 422
    assert running.client.get(f"{path}&after={'x' * 300}").status_code == 422
    assert running.client.head(path).status_code == 200
    assert running.client.get(f"/api/conversations/{conversation}/events?token=wrong").status_code == 401
