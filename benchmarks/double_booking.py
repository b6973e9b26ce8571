"""Promise 7: many want one time at the same moment, and exactly one gets it.

    python -m benchmarks.double_booking [--at-once 500] [--rounds 100] [--processes 4] [--database URL]

Without --database it runs on a new SQLite file (one process) and on a PostgreSQL of its own (--processes of them).
Beside it, in the same run and for the same times, the peer: look whether the time is free, then write, no constraint.
The exit status is 1 when a time was booked twice, or by nobody.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from sqlalchemy import text

from banter.leads.model import Slot
from banter.leads.ports import SlotTaken
from banter.store.database import SqlStore, open_store
from banter.store.errors import StoreUnavailable
from tests.databases import running_postgresql, sqlite_url

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
CALL, BUFFER, HOLD = timedelta(minutes=30), 15, timedelta(minutes=15)


def banter(store: SqlStore, wanted: Slot, lead: str) -> bool:
    with store.begin() as tx:
        try:
            held = tx.calendar.hold(lead, wanted, buffer_minutes=BUFFER, until=NOW + HOLD, now=NOW)
            tx.calendar.confirm(held.id)
        except SlotTaken:
            return False
    return True


def look_then_write(store: SqlStore, wanted: Slot, lead: str) -> bool:
    call = {"rep": wanted.rep, "start": wanted.starts_at.isoformat(), "lead": lead}
    with store.begin(readonly=True) as tx:
        looked = tx.connection.execute(text("SELECT count(*) FROM peer WHERE rep = :rep AND start = :start"), call)
        if looked.scalar():
            return False
    with store.begin() as tx:
        tx.connection.execute(text("INSERT INTO peer (rep, start, lead) VALUES (:rep, :start, :lead)"), call)
    return True


def slot_of(round_number: int) -> Slot:
    start = NOW + timedelta(hours=1 + round_number)
    return Slot(start, start + CALL, "ada")


def one_round(store: SqlStore, book: Callable[..., bool], wanted: Slot, leads: list[str], wait: Any) -> Counter[str]:
    """Each lead on a thread of its own, all let go together. A database that is too busy is asked again: counted."""
    outcomes: Counter[str] = Counter()
    counting = threading.Lock()
    start = threading.Barrier(len(leads) + 1)

    def want(lead: str) -> None:
        again = 0
        start.wait()
        while True:
            try:
                booked = book(store, wanted, lead)
                break
            except StoreUnavailable:
                again += 1
        with counting:
            outcomes["booked" if booked else "refused"] += 1
            outcomes["asked again"] += again

    threads = [threading.Thread(target=want, args=(lead,)) for lead in leads]
    for thread in threads:
        thread.start()
    wait()
    start.wait()
    for thread in threads:
        thread.join()
    return outcomes


def process(url: str, number: int, at_once: int, rounds: int, barrier: Any, results: Any) -> None:
    store = open_store(url)
    for round_number in range(rounds):
        for book in (banter, look_then_write):
            leads = [f"l_{book.__name__}_{round_number}_{number}_{n}" for n in range(at_once)]
            began = time.monotonic()
            outcome = one_round(store, book, slot_of(round_number), leads, barrier.wait)
            results.put((book.__name__, round_number, dict(outcome), time.monotonic() - began))
    store.close()


def measure(name: str, url: str, at_once: int, rounds: int, processes: int) -> bool:
    store = open_store(url)
    store.migrate()
    with store.begin() as tx:
        tx.connection.execute(text("CREATE TABLE peer (rep TEXT, start TEXT, lead TEXT)"))
    spawn = multiprocessing.get_context("spawn")
    barrier, results = spawn.Barrier(processes), spawn.Queue()
    workers = [
        spawn.Process(target=process, args=(url, number, at_once // processes, rounds, barrier, results))
        for number in range(processes)
    ]
    for worker in workers:
        worker.start()
    per_round: dict[tuple[str, int], Counter[str]] = {}
    seconds: Counter[str] = Counter()
    for _ in range(2 * rounds * processes):
        book, round_number, outcome, took = results.get(timeout=300)
        per_round.setdefault((book, round_number), Counter()).update(outcome)
        seconds[book] += took / processes
    for worker in workers:
        worker.join()
    wanted = at_once // processes * processes
    print(f"{name}: {wanted} at once for one time, {rounds} rounds, {processes} process(es)")
    wrong = {}
    for book, title in (("banter", "Banter"), ("look_then_write", "look, then write")):
        counts = [outcome for (which, _), outcome in per_round.items() if which == book]
        total: Counter[str] = sum(counts, Counter())
        wrong[book] = sum(count["booked"] != 1 for count in counts)
        print(
            f"  {title:18} booked {total['booked']:6}  refused {total['refused']:6}"
            f"  asked again {total['asked again']:4}  rounds not booked exactly once {wrong[book]:4}  most in one round"
            f" {max(count['booked'] for count in counts):4}  {1000 * seconds[book] / rounds:7.0f} ms a round"
        )
    with store.begin(readonly=True) as tx:
        busy = list(tx.calendar.busy("ada", NOW, NOW + timedelta(hours=2 + rounds)))
    store.close()
    return wrong["banter"] == 0 and len(busy) == rounds


@contextmanager
def databases(given: str | None, processes: int) -> Iterator[list[tuple[str, str, int]]]:
    if given:
        yield [(given.partition(":")[0], given, 1 if given.startswith("sqlite") else processes)]
        return
    with tempfile.TemporaryDirectory() as folder, running_postgresql() as server:
        yield [("SQLite", sqlite_url(Path(folder)), 1), ("PostgreSQL", server.url(), processes)]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--at-once", type=int, default=500)
    options.add_argument("--rounds", type=int, default=100)
    options.add_argument("--processes", type=int, default=4)
    options.add_argument("--database", help="an empty database of your own")
    chosen = options.parse_args()
    with databases(chosen.database, chosen.processes) as wanted:
        right = [measure(name, url, chosen.at_once, chosen.rounds, processes) for name, url, processes in wanted]
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
