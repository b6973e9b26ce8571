"""A hundred thousand leads scored again: `python -m benchmarks.backtest [LEADS]`.

Once by the rubric that ships with another threshold, once by one with every part and a profile: each lead has a size,
an industry and five events. The peer, in the same run on the same SQLite file: the same rows read and decoded, and
nothing done with them. Prints seconds of one core, so that whatever else the machine does counts little, the ratio, and
the memory that each took at its most; status 1 beyond 30 seconds.
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
from functools import partial
from pathlib import Path

from ruamel.yaml import YAML
from sqlalchemy import insert

from banter.configuration import load_playbook
from banter.leads.facts import Facts, Labelled, Size
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.qualify import qualify
from banter.rubrics.backtest import backtest, by
from banter.store.database import SqlStore, open_store
from banter.store.encoding import lead_to_json
from banter.store.tables import leads
from benchmarks.scoring import PARTS, PROFILE
from scoring.backtest import Tally
from scoring.known import Event
from scoring.model import BANDS, DIMENSIONS, Answer, Dimension, Evidence
from scoring.profile import profile_from
from scoring.rubric import rubric_from

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=timezone.utc)
MOST_SECONDS = 30
KINDS = ("visit", "page", "pricing_page", "return")


def answer(dimension: Dimension, band: str) -> Answer:
    text = f"what somebody may say about {dimension}: {band}, and a few words beside it"
    return Answer(dimension, band, "some", "intending", text, (Evidence(text[:20], 0, 20, "sign"),))


def a_lead(number: int, dice: random.Random, playbook: Playbook) -> Lead:
    answers = {d: answer(d, dice.choice((*BANDS[d], "declined"))) for d in DIMENSIONS}
    at = NOW - timedelta(minutes=number)
    facts = Facts(
        sizes=(Size("people", people := dice.randint(1, 900), people),),
        industry=Labelled(dice.choice(("legal", "retail")), (Evidence("what they do", 0, 12, "industry"),)),
    )
    events = tuple(Event(dice.choice(KINDS), at - timedelta(days=n), "https://a.example/") for n in range(5))
    made = Lead(f"l_{number}", f"c_{number}", "web", "Europe/London", at, at, opener="sales", answers=answers)
    return qualify(replace(made, asked=DIMENSIONS, facts=facts, events=events), playbook)


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
    """Seconds of one core, what `work` says, and the most memory so far in MB."""
    started = time.process_time()
    told = work()
    return time.process_time() - started, told, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    playbook = load_playbook(ROOT / "playbook")
    rubric = playbook.rubric
    draft = by(replace(rubric, version=rubric.version + 1, qualified=rubric.qualified - 5), playbook)
    data = YAML(typ="safe", pure=True).load(ROOT / "scoring" / "presets" / "bant.yml")
    whole = replace(by(rubric_from("bant", {**data, **PARTS}), playbook), profile=profile_from(PROFILE))
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{folder}/banter.db")
        store.migrate()
        fill(store, count, playbook)

        def read() -> int:
            with store.begin(readonly=True) as tx:
                return sum(1 for _ in tx.history.each())

        def scored(rules: Playbook) -> int:
            tally = Tally()
            with store.begin(readonly=True) as tx:
                for _ in backtest(tx, rules, tally):
                    pass
            return tally.moved

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        peer, done, memory = timed(read)
        print(f"{done:,} leads read and decoded alone: {peer:.1f} s, memory {memory:.0f} MB ({before:.0f} before)")
        slowest = 0.0
        for name, rules in (("as it ships", draft), ("with every part", whole)):
            took, moved, memory = timed(partial(scored, rules))
            slowest = max(slowest, took)
            print(f"{name}: {took:.1f} s, ratio {took / peer:.2f}, memory {memory:.0f} MB; {moved:,} would have moved")
        store.close()
    sys.exit(slowest > MOST_SECONDS)


if __name__ == "__main__":
    main()
