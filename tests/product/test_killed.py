"""`kill -9` in the middle of conversations: what was acknowledged is there once. `benchmarks/kills.py` does more."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.product.running import Server, Visitor

pytestmark = pytest.mark.slow

SAID = (
    "month end takes my team 6 days",
    "how much is it?",
    "the board signed off 20k for this",
    "I sign for it myself",
    "by the end of next month",
    "whatever suits you",
    "pat@example.com",
)


def insist(visitor: Visitor, place: int, text: str) -> None:
    """Send until it is acknowledged, with the same id, as the widget does."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            if visitor.sends(f"v{place}", text).status_code == 200:
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)
    raise AssertionError("never acknowledged")


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(tmp_path: Path, model: Path) -> None:
    server = Server(tmp_path).start().ready()
    visitors = [Visitor(server.url) for _ in range(6)]
    half = threading.Barrier(len(visitors) + 1)

    def talks(visitor: Visitor) -> None:
        for place, text in enumerate(SAID):
            if place == 2:
                half.wait(timeout=120)
            insist(visitor, place, text)

    with ThreadPoolExecutor(len(visitors)) as pool:
        talking = [pool.submit(talks, visitor) for visitor in visitors]
        half.wait(timeout=120)
        time.sleep(0.15)  # into the middle of their third messages
        server.kill()
        server.start().ready()
        for talk in talking:
            talk.result()
    try:
        starts = []
        for visitor in visitors:
            transcript = visitor.transcript()
            assert [m["text"] for m in transcript if m["from"] == "visitor"] == list(SAID)
            assert len({m["id"] for m in transcript}) == len(transcript)
            lead = visitor.lead()
            assert lead["status"] == "booked"
            starts.append((lead["booking"]["rep"], lead["booking"]["starts_at"]))
        assert len(set(starts)) == len(visitors)
    finally:
        server.stop()
