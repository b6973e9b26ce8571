"""A server that answers as Twilio's documentation says, and as badly as a test wants."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)


@dataclass
class Answer:
    """What a POST gets. `made`: the message leaves all the same."""

    status: int = 201
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    made: bool = True
    hangs: bool = False


@dataclass
class FakeTwilio:
    """`forms` are the fields of each POST as they came, `sent` those of the messages that left. `answers` are used up
    one after the other, then all is well."""

    url: str = ""
    forms: list[dict[str, str]] = field(default_factory=list)
    sent: list[dict[str, str]] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    listing: Answer | None = None
    paths: list[str] = field(default_factory=list)
    authorizations: list[tuple[str, str]] = field(default_factory=list)
    freed: threading.Event = field(default_factory=threading.Event)

    def take(self, form: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        self.forms.append(form)
        answer = self.answers.pop(0) if self.answers else Answer()
        if answer.made:
            self.sent.append(form)
        if answer.hangs:
            self.freed.wait(20)
        body = answer.body if answer.body is not None else json.dumps(self._resource(len(self.sent) - 1)).encode()
        return answer.status, body, answer.headers

    def list(self, asked: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        self.asked.append(asked)
        if self.listing is not None:
            return self.listing.status, self.listing.body or b"", self.listing.headers
        found = [self._resource(n) for n, form in enumerate(self.sent) if form["To"] == asked.get("To")]
        return 200, json.dumps({"messages": found, "page_size": 200}).encode(), {}

    def _resource(self, n: int) -> dict[str, Any]:
        form = self.sent[n] if 0 <= n < len(self.sent) else {}
        return {
            "sid": f"SM{n:032x}",
            "status": "queued",
            "body": form.get("Body"),
            "to": form.get("To"),
            "from": form.get("From"),
            "error_code": None,
            "date_created": format_datetime(NOW),
        }


@contextmanager
def fake_twilio() -> Iterator[FakeTwilio]:
    twilio = FakeTwilio()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._note()
            self._answer(*twilio.take(dict(parse_qsl(body, keep_blank_values=True, strict_parsing=True))))

        def do_GET(self) -> None:
            self._note()
            self._answer(*twilio.list(dict(parse_qsl(urlsplit(self.path).query))))

        def _note(self) -> None:
            twilio.paths.append(urlsplit(self.path).path)
            kind, _, credentials = self.headers.get("Authorization", "").partition(" ")
            twilio.authorizations.append((kind, base64.b64decode(credentials).decode()))

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            try:
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                pass  # whoever asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    twilio.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield twilio
    finally:
        twilio.freed.set()
        server.shutdown()
        server.server_close()
        thread.join()
