"""Alerts, posted to a real HTTP server on loopback."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from banter.leads.model import OutboxItem
from banter.worker.outcome import Never, NotNow
from banter.worker.webhook import post

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)


class Receiver:
    """Keeps each request as (path, headers, body) and answers `status`."""

    def __init__(self) -> None:
        self.got: list[tuple[str, dict[str, str], Any]] = []
        self.status = 204
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((self.path, dict(self.headers), json.loads(body)))
                self.send_response(receiver.status)
                if receiver.status in (301, 302, 307):
                    self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


def an_alert(url: Any, **content: Any) -> OutboxItem:
    return OutboxItem(1, "l_1:hot", "alert", "l_1", {"url": url, "json": content}, NOW, "queued", 1)


def test_an_alert_arrives_as_json_with_its_key(receiver: Receiver) -> None:
    post(an_alert(receiver.url, text="A hot lead – 90 points"))
    [(path, headers, body)] = receiver.got
    assert path == "/hook"
    assert headers["Idempotency-Key"] == "l_1:hot"
    assert headers["Content-Type"] == "application/json"
    assert body == {"text": "A hot lead – 90 points"}


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 429, 500, 503])
def test_anything_but_success_is_tried_again_and_redirects_lead_nowhere(receiver: Receiver, status: int) -> None:
    receiver.status = status
    with pytest.raises(NotNow, match=str(status)):
        post(an_alert(receiver.url))
    assert [path for path, _, _ in receiver.got] == ["/hook"]


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://127.0.0.1/", "javascript:alert(1)", "//x", "http://", 5])
def test_only_web_addresses_are_called(url: Any) -> None:
    with pytest.raises(Never):
        post(an_alert(url))


def test_a_receiver_that_is_away_is_tried_again_and_its_address_stays_out_of_the_log() -> None:
    with pytest.raises(NotNow) as caught:
        post(an_alert("http://127.0.0.1:9/secret-path"))
    assert "secret-path" not in str(caught.value)
