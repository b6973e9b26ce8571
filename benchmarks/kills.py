"""`kill -9` at random moments during 100 conversations: what was acknowledged is there once, and nothing twice.

Visitors send each message with an id of its own and send it again with the same id until it is acknowledged, as the
widget does. Afterwards the database is read.
"""

from __future__ import annotations

import argparse
import collections
import random
import sqlite3
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from benchmarks.peers import Banter, end, free_port, start_banter, wait_until_up

SAID = (
    "month end takes my team 6 days and we still find errors",
    "how much is it?",
    "the board signed off 20k for this",
    "I run finance here, my signature",
    "sorry, make that 25k",
    "must be live by the end of next month",
    "whatever suits you",
    "visitor{number}@example.com",
)
AT_ONCE = 6


class Visitor:
    def __init__(self, url: str, number: int, over: threading.Event) -> None:
        self.url, self.number, self.over = url, number, over
        self.acknowledged: dict[str, str] = {}
        self.id = self.token = ""

    def comes(self) -> None:
        opened = self._insist("/api/conversations", {}, {})
        self.id, self.token = opened["id"], opened["token"]
        pause = random.Random(self.number)
        for place, text in enumerate(SAID):
            body = {"id": f"v{place}", "text": text.format(number=self.number)}
            path = f"/api/conversations/{self.id}/messages"
            self._insist(path, body, {"Authorization": f"Bearer {self.token}"})
            self.acknowledged[body["id"]] = body["text"]
            self.over.wait(pause.uniform(0.1, 1.0))

    def _insist(self, path: str, body: dict, headers: dict) -> dict:
        while True:
            try:
                answer = requests.post(self.url + path, json=body, headers=headers, timeout=30)
                if answer.ok:
                    return answer.json()
                if answer.status_code not in (429, 503):
                    raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
            except requests.RequestException:
                pass  # killed; it will be back
            time.sleep(0.3)


def faults_in(database: Path, visitors: list[Visitor]) -> list[str]:
    """Every promise that the database breaks, in a sentence."""
    db = sqlite3.connect(database)
    found = []
    for visitor in visitors:
        rows = db.execute(
            "SELECT text FROM messages WHERE conversation = ? AND sender = 'visitor'", (visitor.id,)
        ).fetchall()
        said = collections.Counter(text for (text,) in rows)
        for text in visitor.acknowledged.values():
            if said[text] != 1:
                found.append(f"{visitor.id}: {text!r} is there {said[text]} times")
        leads = db.execute("SELECT count(*) FROM leads WHERE conversation = ?", (visitor.id,)).fetchone()[0]
        if leads != 1:
            found.append(f"{visitor.id}: {leads} leads")
    twice = "SELECT inbox, count(*) FROM messages WHERE sender = 'bot' GROUP BY inbox, text HAVING count(*) > 1"
    found += [f"inbox row {row}: the same reply {count} times" for row, count in db.execute(twice)]
    open_rows = db.execute("SELECT count(*) FROM inbox WHERE done_at IS NULL").fetchone()[0]
    if open_rows:
        found.append(f"{open_rows} messages without an answer")
    overlapping = """SELECT count(*) FROM bookings a JOIN bookings b ON a.rep = b.rep AND a.id < b.id
        AND a.status != 'cancelled' AND b.status != 'cancelled'
        AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at"""
    if db.execute(overlapping).fetchone()[0]:
        found.append("two calls of one rep overlap")
    again = "SELECT count(*) FROM (SELECT key FROM outbox GROUP BY key HAVING count(*) > 1)"
    if db.execute(again).fetchone()[0]:
        found.append("something is in the outbox twice")
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--conversations", type=int, default=100)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args([] if __name__ != "__main__" else None)
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as name:
        folder, port, over = Path(name), free_port(), threading.Event()
        server: Banter = start_banter(folder, port)
        wait_until_up(f"{server.url}/readyz", server.process)
        visitors = [Visitor(server.url, number, over) for number in range(asked.conversations)]
        kills = 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            coming = [pool.submit(visitor.comes) for visitor in visitors]
            while kills < asked.kills and not all(visit.done() for visit in coming):
                time.sleep(chance.uniform(1.0, 4.0))
                server.process.kill()
                server.process.wait()
                kills += 1
                server = start_banter(folder, port)
                wait_until_up(f"{server.url}/readyz", server.process)
            for visit in coming:
                visit.result()
        time.sleep(6)  # the sweep answers what nobody waited for
        end(server.process)
        found = faults_in(folder / "banter.db", visitors)
        acknowledged = sum(len(visitor.acknowledged) for visitor in visitors)
        with sqlite3.connect(folder / "banter.db") as db:
            booked = db.execute("SELECT count(*) FROM bookings WHERE status = 'confirmed'").fetchone()[0]
    print(f"{kills} kills, {len(visitors)} conversations, {acknowledged} messages acknowledged, {booked} calls booked")
    print(f"  lost, doubled or mixed up: {len(found)} (wanted: 0)")
    for fault in found[:20]:
        print(f"  {fault}")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
