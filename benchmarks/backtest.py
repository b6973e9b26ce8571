"""A hundred thousand leads scored again: `python -m benchmarks.backtest [LEADS]`.

The peer, in the same run on the same SQLite file: the same rows read and decoded, and nothing done with them. Prints
seconds, the ratio and the memory that each took at its most; status 1 beyond 30 seconds.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

from sqlalchemy import insert

from banter.configuration import load_playbook
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.qualify import qualify
from banter.rubrics.backtest import backtest, by
from banter.store.database import SqlStore, open_store
from banter.store.encoding import lead_to_json
from banter.store.tables import leads
from scoring.backtest import Tally
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension, Evidence

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
MOST_SECONDS = 30


def answer(dimension: Dimension, band: str) -> Answer:
    text = f"what somebody may say about {dimension}: {band}, and a few words beside it"
    return Answer(dimension, band, "some", "intending", text, (Evidence(text[:20], 0, 20, "sign"),))


def a_lead(number: int, dice: random.Random, playbook: Playbook) -> Lead:
    answers = {d: answer(d, dice.choice((*BANDS[d], "declined"))) for d in DIMENSIONS}
    at = NOW - timedelta(minutes=number)
    made = Lead(f"l_{number}", f"c_{number}", "web", "Europe/London", at, at, opener="sales", answers=answers)
    return qualify(replace(made, asked=DIMENSIONS), playbook)


def fill(store: SqlStore, count: int, playbook: Playbook) -> None:
    dice = random.Random(6)
    for start in range(0, count, 5000):
        made = [a_lead(number, dice, playbook) for number in range(start, min(start + 5000, count))]
        rows = [
            {
                "id": lead.id,
                "conversation": lead.conversation,
                "channel": lead.channel,
                "status": lead.status,
                "route": lead.route.name if lead.route else None,
                "total": lead.score.total if lead.score else None,
                "created_at": lead.created_at,
                "updated_at": lead.updated_at,
                "listed": True,
                "document": lead_to_json(lead),
            }
            for lead in made
        ]
        with store.begin() as tx:
            tx.connection.execute(insert(leads), rows)


def timed(work: Callable[[], int]) -> tuple[float, int, float]:
    """Seconds, leads, and the most memory so far in MB."""
    started = time.perf_counter()
    count = work()
    return time.perf_counter() - started, count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    playbook = load_playbook(ROOT / "playbook")
    rubric = playbook.rubric
    draft = by(replace(rubric, version=rubric.version + 1, qualified=rubric.qualified - 5), playbook)
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/banter.db")
        store.migrate()
        fill(store, count, playbook)
        tally = Tally()

        def read() -> int:
            with store.begin(readonly=True) as tx:
                return sum(1 for _ in tx.history.each())

        def scored() -> int:
            with store.begin(readonly=True) as tx:
                return sum(1 for _ in backtest(tx, draft, tally))

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peer, _, peer_memory = timed(read)
        took, done, memory = timed(scored)
        store.close()
    print(f"{done:,} leads, {tally.moved:,} would have moved")
    print(f"read and decoded alone: {peer:.1f} s; backtest: {took:.1f} s; ratio {took / peer:.2f}")
    print(f"memory at its most: {before:.0f} MB before, {peer_memory:.0f} MB reading, {memory:.0f} MB scoring")
    sys.exit(took > MOST_SECONDS)


if __name__ == "__main__":
    main()
