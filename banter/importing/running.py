"""A file into the database: tried first, then a few hundred rows at a time, and nothing is lost if it is broken off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from banter.importing.table import Row
from banter.importing.values import About, Faulty, Reader
from banter.leads.facts import Facts
from banter.leads.imported import Key, filled, keys_of, told_of
from banter.leads.playbook import Playbook

if TYPE_CHECKING:
    from banter.store.database import SqlStore, SqlTransaction

#: So many rows are one transaction: a server on the same database waits no longer than that.
BATCH = 500
#: Which addresses a file has named already is all that is kept of it in memory.
MOST_ROWS = 500_000


@dataclass
class Told:
    """What became of the rows, and of the leads that are there already."""

    rows: int = 0
    new: int = 0  # addresses, numbers and domains that something is known of now
    changed: int = 0
    same: int = 0
    empty: int = 0  # rows that tell nothing beside whom they are about
    faulty: int = 0
    unknown: Counter[str] = field(default_factory=Counter)
    leads: int = 0
    rescored: int = 0
    stopped: str = ""  # why the rest of the file was left, with what to do
    elsewhere: list[tuple[str, str, str]] = field(default_factory=list)  # lead, where it is, where it would be


def take(
    store: SqlStore,
    rows: Iterable[Row],
    reader: Reader,
    *,
    day: date,
    number: int | None,
    complain: Callable[[int, str], None],
) -> Told:
    """Every row that can be read, in the order of the file; of two about the same the first counts. `number` is the
    import's; None: it is a trial, and nothing is written. `complain` is told each faulty row's line and mend. Of a file
    that is too long the first rows are taken, and `stopped` says so."""
    told = Told()
    named: set[int] = set()
    for batch in _batches(_readable(rows, reader, day, told, named, complain)):
        facts = {key: its for about in batch for key, its in about.told.items()}
        with store.begin(readonly=number is None) as tx:
            new, other = tx.imported.compare(facts)
            if number is not None and (new or other):
                tx.imported.put(number, {**new, **other})
        told.new += len(new)
        told.changed += len(other)
        told.same += len(facts) - len(new) - len(other)
    return told


def refresh(store: SqlStore, playbook: Playbook, told: Told) -> Told:
    """Every lead that is there knows what is imported of it now, and no more."""
    after = ""
    while True:
        with store.begin(readonly=True) as tx:
            leads = tx.history.reachable(after=after, most=BATCH)
            if not leads:
                return told
            found = tx.imported.of({key for lead in leads for key in keys_of(lead)})
        after = leads[-1].id
        for lead in leads:
            if told_of(keys_of(lead), found) != lead.imported:
                with store.begin() as tx:
                    _fill(tx, lead.id, playbook, told)


def _fill(tx: SqlTransaction, lead_id: str, playbook: Playbook, told: Told) -> None:
    home = tx.leads.home(lead_id)
    if home is None:
        return
    tx.conversations.lock(home)
    lead = tx.leads.get(lead_id)
    if lead is None:
        return
    made = filled(lead, tx.imported.about(lead), playbook)
    tx.leads.save(made.lead)
    told.leads += 1
    told.rescored += made.rescored
    if made.elsewhere is not None and lead.route is not None:
        told.elsewhere.append((lead.id, lead.route.name, made.elsewhere))


def _readable(
    rows: Iterable[Row],
    reader: Reader,
    day: date,
    told: Told,
    named: set[int],
    complain: Callable[[int, str], None],
) -> Iterator[About]:
    for row in rows:
        if told.rows == MOST_ROWS:
            told.stopped = f"Line {row.line}: {MOST_ROWS:,} rows are the most; import the rest as a file of its own."
            return
        told.rows += 1
        try:
            if row.fault:
                raise Faulty(row.fault)
            about = reader.read(row.cells, day)
            yield from _once(about, told, named)
        except Faulty as fault:
            told.faulty += 1
            complain(row.line, str(fault))


def _once(about: About, told: Told, named: set[int]) -> Iterator[About]:
    """The row with what no row before it was about."""
    told.unknown.update(about.unknown)
    if about.facts == Facts():
        told.empty += 1
        return
    own = [key for key in about.told if key[0] != "colleague"]
    if own and all(_known(key, named) for key in own):
        raise Faulty(f"is about {own[0][1]} again; the first row about it counts, so leave one out")
    kept = {key: its for key, its in about.told.items() if not _known(key, named)}
    named.update(map(hash, kept))
    yield About(kept, about.facts)


def _known(key: Key, named: set[int]) -> bool:
    return hash(key) in named


def _batches(rows: Iterator[About]) -> Iterator[list[About]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
