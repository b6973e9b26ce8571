"""Banter and a stock Rasa as real processes on this machine, for the benchmarks to talk to."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}
#: Rates that no benchmark reaches: what is measured is the turn, not the limit.
OPEN_GATES = {"BANTER_RATE_CONVERSATION": "1000000", "BANTER_RATE_ADDRESS": "1000000"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_up(url: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the server of {url} ended with {process.returncode}")
        try:
            if requests.get(url, timeout=2).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise RuntimeError(f"{url} was not up after {seconds:.0f} s")


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Banter:
    """A running `banter serve`; `folder` holds its database."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    started: float  # time.monotonic() when the process was started

    def open(self) -> Chat:
        answer = requests.post(f"{self.url}/api/conversations", json={}, timeout=60)
        answer.raise_for_status()
        return Chat(self.url, answer.json())


class Chat:
    """One visitor. A session of its own keeps the connection, as a browser does."""

    def __init__(self, url: str, opened: dict) -> None:
        self.url, self.id, self.token, self.last = url, opened["id"], opened["token"], opened
        self.session = requests.Session()
        self.session.headers["Authorization"] = f"Bearer {self.token}"
        self.count = 0

    def say(self, text: str, message_id: str | None = None) -> dict:
        self.count += 1
        body = {"id": message_id or f"b{self.count}", "text": text}
        answer = self.session.post(f"{self.url}/api/conversations/{self.id}/messages", json=body, timeout=60)
        answer.raise_for_status()
        self.last = answer.json()
        return self.last


def start_banter(folder: Path, port: int | None = None, **env: str) -> Banter:
    port = port or free_port()
    settings = {
        "BANTER_DATABASE_URL": f"sqlite:///{folder}/banter.db",
        "BANTER_ADMIN_TOKEN": "benchmark-token",
        "BANTER_SECRET": "benchmark-secret-benchmark-secret",
        **OPEN_GATES,
        **QUIET,
        **env,
    }
    started = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "banter", "serve", "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return Banter(f"http://127.0.0.1:{port}", folder, process, started)


@contextmanager
def banter(**env: str) -> Iterator[Banter]:
    with tempfile.TemporaryDirectory() as folder:
        running = start_banter(Path(folder), **env)
        try:
            wait_until_up(f"{running.url}/readyz", running.process)
            yield running
        finally:
            end(running.process)


@contextmanager
def stock_rasa() -> Iterator[str]:
    """The address of a stock Rasa's `rest` channel: `rasa run` beside `rasa run actions`, an SQLite tracker store."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "stock"
        shutil.copytree(Path(__file__).parent / "stock_rasa", folder)
        port, actions_port = free_port(), free_port()
        endpoints = folder / "endpoints.yml"
        endpoints.write_text(endpoints.read_text().replace("ACTIONS_PORT", str(actions_port)))
        env = {**os.environ, **QUIET}
        rasa = [sys.executable, "-m", "rasa"]
        subprocess.run([*rasa, "train"], cwd=folder, env=env, check=True, capture_output=True)
        silent = {"cwd": folder, "env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        actions = subprocess.Popen([*rasa, "run", "actions", "--port", str(actions_port)], **silent)
        server = subprocess.Popen([*rasa, "run", "--port", str(port), "-i", "127.0.0.1"], **silent)
        try:
            wait_until_up(f"http://127.0.0.1:{actions_port}/health", actions)
            wait_until_up(f"http://127.0.0.1:{port}/", server)
            yield f"http://127.0.0.1:{port}/webhooks/rest/webhook"
        finally:
            end(server)
            end(actions)
