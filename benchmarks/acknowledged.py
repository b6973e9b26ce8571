"""How soon a webhook is acknowledged at 50 messages a second, with the dialogue stopped, hung and on, beside the least
that a webhook can do (`bare_edge.py`) in the same run; how long a STOP takes; and that each message, sent 1 to 5 times
over many connections, is there once.

Messages come when they are due, whether or not earlier ones were answered, as they do from outside; a time is counted
from that moment. Half are text messages, half Slack's; every tenth text message is a STOP. The servers take turns.
"""

from __future__ import annotations

import argparse
import collections
import json
import os
import random
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from urllib.parse import urlencode

import requests
from twilio.request_validator import RequestValidator

from banter.channels.slack_signature import signed
from benchmarks.peers import OPEN_GATES, QUIET, ROOT, end, free_port, wait_until_up

A_SECOND, CONNECTIONS = 50, 20
PUBLIC = "https://chat.example"
ACCOUNT, TOKEN, SLACK = "AC" + "0" * 32, "benchmark-token", "benchmark-secret"
ENVIRONMENT = {
    "BANTER_ADMIN_TOKEN": "benchmark-token",
    "BANTER_SECRET": "benchmark-secret-benchmark-secret",
    "BANTER_PUBLIC_URL": PUBLIC,
    "BANTER_TWILIO_ACCOUNT_SID": ACCOUNT,
    "BANTER_TWILIO_AUTH_TOKEN": TOKEN,
    "BANTER_TWILIO_FROM": "+15550199",
    "BANTER_SLACK_SIGNING_SECRET": SLACK,
    **OPEN_GATES,
    **QUIET,
}
SAID = ("month end takes my team six days", "what does it cost?", "15k, approved", "my signature", "by summer")


@dataclass(frozen=True)
class Webhook:
    """A genuine request, and how often it comes."""

    path: str
    body: bytes
    headers: Mapping[str, str]
    times: int
    id: str
    stop: bool = False


@dataclass
class Measured:
    """Seconds from the moment each was due to its 200."""

    all: list[float] = field(default_factory=list)
    stops: list[float] = field(default_factory=list)
    refused: collections.Counter[int] = field(default_factory=collections.Counter)

    def add(self, webhook: Webhook, seconds: float, status: int) -> None:
        if status != 200:
            self.refused[status] += 1
            return
        (self.stops if webhook.stop else self.all).append(seconds)


def a_text(number: int, chance: random.Random) -> Webhook:
    stop = number % 20 == 1
    sid = f"SM{secrets.token_hex(16)}"
    # A number for each forty messages: a conversation goes on, and who has stopped is not asked again.
    fields = {
        "AccountSid": ACCOUNT,
        "Body": "STOP" if stop else chance.choice(SAID),
        "From": f"+447700900{number // 40 % 1000:03d}",  # nobody's: nothing can leave
        "MessageSid": sid,
        "NumMedia": "0",
        "To": "+15550199",
    }
    signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC}/sms/twilio", fields)
    body = urlencode(fields).encode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
    return Webhook("/sms/twilio", body, headers, chance.randint(1, 5), sid, stop)


def a_post(number: int, chance: random.Random) -> Webhook:
    event_id = f"Ev{secrets.token_hex(8)}"
    event = {
        "type": "message",
        "channel": "D0BENCH",
        "channel_type": "im",
        "user": "U0BENCH",
        "text": chance.choice(SAID),
        "ts": f"{time.time():.6f}",
        "thread_ts": f"{1_700_000_000 + number // 20}.000100",
    }
    whole = {"type": "event_callback", "team_id": "T0BENCH", "event_id": event_id, "event": event}
    body = json.dumps(whole).encode()
    headers = {"Content-Type": "application/json", **signed(SLACK, body, datetime.now(timezone.utc))}
    return Webhook("/slack/events", body, headers, chance.randint(1, 5), event_id)


def webhooks(seconds: float, seed: int) -> list[Webhook]:
    """As many requests, repeats counted, as come in that time."""
    chance, made, requests_ = random.Random(seed), [], 0
    while requests_ < seconds * A_SECOND:
        number = len(made) + seed * 100_000
        webhook = (a_text if len(made) % 2 else a_post)(number, chance)
        made.append(webhook)
        requests_ += webhook.times
    return made


def send(url: str, made: Sequence[Webhook], seed: int) -> Measured:
    """All of them at their pace, repeats of one mixed among the next few."""
    chance, measured = random.Random(seed), Measured()
    places = [(place + chance.uniform(0, 6), each) for place, each in enumerate(made) for _ in range(each.times)]
    due = [each for _, each in sorted(places, key=lambda pair: pair[0])]

    def one(webhook: Webhook, moment: float) -> None:
        answer = requests.post(url + webhook.path, data=webhook.body, headers=webhook.headers, timeout=30)
        measured.add(webhook, time.perf_counter() - moment, answer.status_code)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        began, sent = time.perf_counter(), []
        for number, webhook in enumerate(due):
            moment = began + number / A_SECOND
            time.sleep(max(0.0, moment - time.perf_counter()))
            sent.append(pool.submit(one, webhook, moment))
        for each in sent:
            each.result()
    return measured


def faults_in(database: Path, made: Sequence[Webhook]) -> list[str]:
    """What is not there exactly once."""
    with sqlite3.connect(database) as db:
        rows = db.execute("SELECT provider_id, count(*) FROM inbox GROUP BY provider_id").fetchall()
        answered = db.execute(
            "SELECT inbox, count(*) FROM messages WHERE sender = 'visitor' GROUP BY inbox HAVING count(*) > 1"
        ).fetchall()
    held = dict(rows)
    found = [f"{each.id} is there {held.get(each.id, 0)} times" for each in made if held.get(each.id, 0) != 1]
    return found + [f"inbox row {row} had {count} turns" for row, count in answered]


@contextmanager
def a_server(folder: Path, *command: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", *command, "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **ENVIRONMENT, "BANTER_DATABASE_URL": f"sqlite:///{folder}/banter.db"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_up(f"{url}/readyz" if "serve" in command else f"{url}/healthz", process)
        yield url
    finally:
        end(process)


def p(values: Sequence[float], share: float) -> float:
    """Milliseconds that this share of the values stays within."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] * 1000 if values else float("nan")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=10, help="of load in each round")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args([] if __name__ != "__main__" else None)
    commands = {
        "bare": ("benchmarks.bare_edge", "--database", "{folder}/bare.db"),
        "stopped": ("benchmarks.edge_alone", "--dialogue", "stopped"),
        "hung": ("benchmarks.edge_alone", "--dialogue", "hung"),
        "on": ("banter", "serve"),
    }
    whole: dict[str, Measured] = {name: Measured() for name in commands}
    sent: dict[str, list[Webhook]] = {name: [] for name in commands}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = {}
        for name, command in commands.items():
            (folder / name).mkdir()
            words = [word.format(folder=folder / name) for word in command]
            urls[name] = stack.enter_context(a_server(folder / name, *words))
        for url in urls.values():
            send(url, webhooks(1, 99), 99)  # warm
        for number in range(asked.rounds):
            for name, url in urls.items():
                made = webhooks(asked.seconds, number)
                got = send(url, made, number)
                sent[name] += made
                whole[name].all += got.all
                whole[name].stops += got.stops
                whole[name].refused += got.refused
        faults = {name: faults_in(folder / name / "banter.db", sent[name]) for name in commands if name != "bare"}
    bare = p(whole["bare"].all, 0.99)
    print(f"{A_SECOND} webhooks a second over {CONNECTIONS} connections, each message 1 to 5 times")
    for name, got in whole.items():
        every = got.all + got.stops
        line = f"  {name:8} {len(every)} acknowledged, {got.refused.total()} not; p50 {p(every, 0.5):.0f} ms, "
        line += f"p99 {p(every, 0.99):.0f} ms ({p(every, 0.99) / bare:.1f} times the bare one's)"
        print(line + f"; slowest STOP of {len(got.stops)} {p(got.stops, 1):.0f} ms")
    for name, found in faults.items():
        print(f"  {name}: {len(sent[name])} messages, {len(found)} not there exactly once (wanted: 0)")
        for fault in found[:5]:
            print(f"    {fault}")
    if any(faults.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
