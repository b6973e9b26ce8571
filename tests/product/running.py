"""A `banter serve` of its own for tests, and visitors who talk to it over HTTP."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).parent.parent.parent
TOKEN = "test-admin-token"


@dataclass
class Server:
    """`banter serve` on a free port. `log` holds what it printed."""

    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / f"serve-{self.port}.log").read_text(encoding="utf-8")

    def start(self) -> Server:
        self.port = self.port or free_port()
        with (self.folder / f"serve-{self.port}.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "banter", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env={**os.environ, **environment(self.folder), **self.env},
                stdout=log,
                stderr=log,
            )
        return self

    def ready(self, seconds: float = 120) -> Server:
        assert self.process is not None
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.process.poll() is None:
            try:
                if requests.get(f"{self.url}/readyz", timeout=2).status_code == 200:
                    return self
            except requests.RequestException:
                pass
            time.sleep(0.1)
        raise AssertionError(f"banter serve did not get ready: {self.log[-2000:]}")

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=20)

    def stop(self) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=30)


def environment(folder: Path) -> dict[str, str]:
    return {
        "BANTER_DATABASE_URL": f"sqlite:///{folder}/banter.db",
        "BANTER_ADMIN_TOKEN": TOKEN,
        "BANTER_SECRET": "test-secret-test-secret-test-secret",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Visitor:
    """Somebody who talks to a server over HTTP, and what the team then sees of them."""

    def __init__(self, url: str, **body: Any) -> None:
        self.url = url
        answer = requests.post(f"{url}/api/conversations", json=body, timeout=60)
        assert answer.status_code == 201, answer.text
        self.last: dict[str, Any] = answer.json()
        self.id, self.token = self.last["id"], self.last["token"]
        self.heard: list[str] = [m["text"] for m in self.last["messages"]]
        self._count = 0

    def says(self, *texts: str) -> Visitor:
        for text in texts:
            self._count += 1
            answer = self.sends(f"v{self._count}", text)
            assert answer.status_code == 200, answer.text
            self.last = answer.json()
            self.heard += [m["text"] for m in self.last["messages"]]
        return self

    def sends(self, message_id: str, text: str, url: str | None = None) -> requests.Response:
        return requests.post(
            f"{url or self.url}/api/conversations/{self.id}/messages",
            json={"id": message_id, "text": text},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=60,
        )

    @property
    def awaiting(self) -> str | None:
        return self.last["awaiting"]

    @property
    def status(self) -> str:
        return self.last["status"]

    @property
    def buttons(self) -> list[dict[str, str]]:
        return [button for message in self.last["messages"] for button in message["buttons"]]

    def transcript(self) -> list[dict[str, Any]]:
        answer = requests.get(
            f"{self.url}/api/conversations/{self.id}", headers={"Authorization": f"Bearer {self.token}"}, timeout=60
        )
        return answer.json()["messages"]

    def lead(self) -> dict[str, Any]:
        admin = {"Authorization": f"Bearer {TOKEN}"}
        found = requests.get(
            f"{self.url}/api/leads", params={"conversation": self.id}, headers=admin, timeout=60
        ).json()
        assert len(found["leads"]) == 1
        return requests.get(f"{self.url}/api/leads/{found['leads'][0]['id']}", headers=admin, timeout=60).json()
