"""Who is first takes a lead, whoever else presses at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from threading import Barrier

from banter.leads.model import Disposition
from banter.store.database import SqlStore

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=timezone.utc)
ACCEPTED = Disposition("l_1", "accepted", "U1", NOW, None, "robin")
REJECTED = Disposition("l_1", "rejected", "U2", NOW + timedelta(seconds=1), "no_budget")
LATER = Disposition("l_1", "later", "U3", NOW)


def test_the_first_decides_and_the_second_is_told_who_it_was(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.dispositions.of_lead("l_1") is None
        assert tx.dispositions.decide(ACCEPTED) == (ACCEPTED, True)
        assert tx.dispositions.decide(REJECTED) == (ACCEPTED, False)
        assert tx.dispositions.decide(LATER) == (ACCEPTED, False)
        assert tx.dispositions.of_lead("l_1") == ACCEPTED
        assert tx.dispositions.of_lead("l_2") is None


def test_who_only_calls_back_later_can_be_overtaken_by_a_decision_and_by_nothing_else(store: SqlStore) -> None:
    with store.begin() as tx:
        assert tx.dispositions.decide(LATER) == (LATER, True)
        assert tx.dispositions.decide(Disposition("l_1", "later", "U4", NOW)) == (LATER, False)
        assert tx.dispositions.decide(REJECTED) == (REJECTED, True)
        assert tx.dispositions.decide(ACCEPTED) == (REJECTED, False)


def test_of_eight_at_once_one_takes_it_and_all_are_told_the_same(store: SqlStore) -> None:
    for begun in (False, True):  # with somebody who calls back later, and without
        lead = f"l_{begun}"
        if begun:
            with store.begin() as tx:
                tx.dispositions.decide(Disposition(lead, "later", "U", NOW))
        barrier = Barrier(8)

        def press(number: int, lead: str = lead, barrier: Barrier = barrier) -> tuple[str, bool]:
            barrier.wait(20)
            with store.begin() as tx:
                standing, new = tx.dispositions.decide(Disposition(lead, "accepted", f"U{number}", NOW))
            return standing.by, new

        with ThreadPoolExecutor(8) as people:
            told = list(people.map(press, range(8)))
        assert sum(new for _, new in told) == 1
        assert len({by for by, _ in told}) == 1
