"""What was imported from a CRM: facts by the address, number or domain that they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, delete, func, insert, or_, select
from sqlalchemy.engine import Connection

from banter.leads.facts import Facts, without_evidence
from banter.leads.imported import Import, Key, keys_of, told_of
from banter.leads.model import Lead
from banter.store.encoding import facts_from_json, facts_to_json
from banter.store.tables import imported, imports
from banter.store.upsert import put_all


class SqlImported:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def about(self, lead: Lead) -> Facts:
        """What is told of the lead by what it can be reached at."""
        keys = keys_of(lead)
        return told_of(keys, self.of(keys)) if keys else Facts()

    def of(self, keys: Iterable[Key]) -> dict[Key, Facts]:
        """What is kept under each of these keys. As many as a statement takes: a thousand are no matter."""
        by_kind: dict[str, list[str]] = {}
        for kind, key in keys:
            by_kind.setdefault(kind, []).append(key)
        if not by_kind:
            return {}
        wanted = or_(*(and_(imported.c.kind == kind, imported.c.key.in_(its)) for kind, its in by_kind.items()))
        rows = self._connection.execute(select(imported.c.kind, imported.c.key, imported.c.facts).where(wanted))
        return {(row.kind, row.key): facts_from_json(row.facts) for row in rows}

    def begin(self, file: str, at: datetime) -> int:
        """A new import's number."""
        made = self._connection.execute(insert(imports), {"file": file, "at": at})
        return int(made.inserted_primary_key[0])

    def compare(self, told: Mapping[Key, Facts]) -> tuple[dict[Key, Facts], dict[Key, Facts]]:
        """What of it is new, and what is other than what is kept; the same on another day is neither."""
        there = self.of(told)
        new = {key: facts for key, facts in told.items() if key not in there}
        other = {
            key: facts
            for key, facts in told.items()
            if key in there and without_evidence(there[key]) != without_evidence(facts)
        }
        return new, other

    def put(self, number: int, told: Mapping[Key, Facts]) -> None:
        """From now on this is what is known under each of these keys, by that import."""
        rows = [
            {"kind": kind, "key": key, "facts": facts_to_json(facts), "number": number}
            for (kind, key), facts in told.items()
        ]
        put_all(self._connection, imported, ("kind", "key"), rows)

    def all(self) -> list[Import]:
        """Every import that something is kept of, the newest first."""
        counts = select(imported.c.number, func.count().label("kept"))
        counts = counts.group_by(imported.c.number).subquery()
        query = select(imports, counts.c.kept).join(counts, counts.c.number == imports.c.number)
        rows = self._connection.execute(query.order_by(imports.c.number.desc()))
        return [Import(row.number, row.file, row.at, row.kept) for row in rows]

    def forget(self, number: int | None) -> int:
        """Take an import back, or all; how many addresses know less now."""
        gone = delete(imported) if number is None else delete(imported).where(imported.c.number == number)
        count = self._connection.execute(gone).rowcount
        self._connection.execute(delete(imports).where(imports.c.number == number) if number else delete(imports))
        return int(count)

    def forget_about(self, keys: Iterable[Key]) -> int:
        """Take back what is kept under these keys."""
        count = 0
        for kind, key in keys:
            gone = delete(imported).where(imported.c.kind == kind, imported.c.key == key)
            count += self._connection.execute(gone).rowcount
        return count
