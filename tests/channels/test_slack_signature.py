"""Nothing that Slack has not signed gets in, and nothing that it signed long ago."""

from __future__ import annotations

import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from banter.channels.slack_signature import is_genuine, signed
from tests.channels.slacking import SECRET

VECTORS = [
    json.loads(line)
    for line in Path(__file__).with_name("slack_signature.jsonl").read_text(encoding="utf-8").splitlines()
]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=timezone.utc)
BODY = b'{"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"message","text":"we have 15k"}}'
MUTATED = 100_000


@pytest.mark.parametrize("vector", VECTORS[1:], ids=lambda vector: vector["name"])
def test_slacks_own_examples_come_out_as_it_says(vector: dict[str, Any]) -> None:
    now = datetime.fromtimestamp(vector["clock"], timezone.utc) if vector["clock"] is not None else NOW
    stamps = [vector["timestamp"]] if vector["timestamp"] is not None else []
    signatures = [vector["signature"]] if vector["signature"] is not None else []
    body = (vector["body"] or "").encode()
    assert is_genuine(vector["signing_secret"], body, stamps, signatures, now) is vector["valid"]


def headers(at: datetime = NOW, body: bytes = BODY, secret: str = SECRET) -> tuple[str, str]:
    made = signed(secret, body, at)
    return made["X-Slack-Request-Timestamp"], made["X-Slack-Signature"]


@pytest.mark.parametrize(("seconds", "genuine"), [(0, True), (300, True), (301, False), (-300, True), (-301, False)])
def test_what_is_more_than_300_seconds_off_our_clock_is_refused(seconds: int, genuine: bool) -> None:
    stamp, signature = headers()
    assert is_genuine(SECRET, BODY, [stamp], [signature], NOW + timedelta(seconds=seconds)) is genuine


def test_a_header_that_is_missing_or_doubled_or_not_as_slack_writes_it_is_refused() -> None:
    stamp, signature = headers()
    assert is_genuine(SECRET, BODY, [stamp], [signature], NOW)
    for stamps, signatures in (
        ([], [signature]),
        ([stamp], []),
        ([stamp, stamp], [signature]),
        ([stamp], [signature, signature]),
        ([f" {stamp}"], [signature]),
        ([f"+{stamp}"], [signature]),
        ([stamp[:3] + "_" + stamp[3:]], [signature]),
        (["soon"], [signature]),
        ([""], [signature]),
        (["9" * 5000], [signature]),
        ([stamp], [signature.upper()]),
        ([stamp], [signature[3:]]),
        ([stamp], ["v0=é"]),
        ([stamp], [""]),
    ):
        assert not is_genuine(SECRET, BODY, stamps, signatures, NOW), (stamps, signatures)
    assert not is_genuine("", BODY, [stamp], [headers(secret="x")[1]], NOW)
    assert not is_genuine(SECRET, b"\xff" + BODY, [stamp], [signature], NOW)


def test_none_of_a_hundred_thousand_requests_that_were_changed_is_accepted() -> None:
    chance = random.Random(5)
    stamp, signature = headers()
    others = ["another-secret", SECRET[:-1], SECRET.upper()]
    accepted = 0
    for _ in range(MUTATED):
        body, at, by, secret = BODY, stamp, signature, SECRET
        what = chance.randrange(8)
        if what == 0:  # a bit of the body
            place = chance.randrange(len(body))
            body = body[:place] + bytes([body[place] ^ 1 << chance.randrange(8)]) + body[place + 1 :]
        elif what == 1:  # something left out
            place = chance.randrange(len(body))
            body = body[:place] + body[place + chance.randrange(1, 9) :]
        elif what == 2:  # something put in
            place = chance.randrange(len(body) + 1)
            body = body[:place] + chance.randbytes(chance.randrange(1, 9)) + body[place:]
        elif what == 3:  # two parts changed about
            place = chance.randrange(1, len(body))
            body = body[place:] + body[:place]
        elif what == 4:  # a digit of the signature
            place = chance.randrange(3, len(by))
            by = by[:place] + chance.choice([c for c in "0123456789abcdef" if c != by[place]]) + by[place + 1 :]
        elif what == 5:  # another time, so that it would be new
            at = str(int(stamp) + chance.choice([-1, 1]) * chance.randrange(1, 300))
        elif what == 6:  # cut short
            by = by[: chance.randrange(len(by))]
        else:  # another secret
            by = headers(secret=chance.choice(others))[1]
        accepted += is_genuine(secret, body, [at], [by], NOW)
    assert accepted == 0
