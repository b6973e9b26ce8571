"""All leads, one after the other, newest first, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select

from banter.leads.model import Lead
from banter.store.encoding import lead_from_json
from banter.store.tables import bookings, leads

#: So many rows are in memory at once.
BATCH = 500


class SqlHistory:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, *, since: datetime | None = None) -> int:
        """How many leads `each` goes through."""
        return int(self._connection.execute(_real(select(func.count()).select_from(leads), since)).scalar_one())

    def each(self, *, since: datetime | None = None, most: int | None = None) -> Iterator[tuple[Lead, bool]]:
        """Each real lead that came `since` then, with whether it has a call. Tests, visitors who said nothing and
        leads that were joined into another are left out."""
        called = (
            select(bookings.c.id).where(bookings.c.lead == leads.c.id, bookings.c.status == "confirmed").exists()
        ).label("called")
        query = _real(select(leads.c.document, called), since).order_by(leads.c.created_at.desc(), leads.c.id.desc())
        if most is not None:
            query = query.limit(most)
        for row in self._connection.execution_options(yield_per=BATCH).execute(query):
            yield lead_from_json(row.document), bool(row.called)

    def reachable(self, *, after: str, most: int) -> list[Lead]:
        """So many leads that have an address or a number, tests too, by id from the one after `after` on."""
        there = or_(leads.c.email.is_not(None), leads.c.phone.is_not(None))
        query = select(leads.c.document).where(there, leads.c.joined_into.is_(None), leads.c.id > after)
        rows = self._connection.execute(query.order_by(leads.c.id).limit(most))
        return [lead_from_json(document) for document in rows.scalars()]

    def search(self, text: str, *, most: int) -> list[Lead]:
        """Whom `text` may mean: the lead with that id, or the one of that conversation; else those with it in
        their address or name, the newest first; tests and who said nothing only where there is nobody else."""
        exact = or_(leads.c.id == text, leads.c.conversation == text)
        ids = select(func.coalesce(leads.c.joined_into, leads.c.id)).where(exact)
        found = self._documents(leads.c.id.in_(ids), most)
        if found:
            return found
        part = text.lower().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        named = or_(
            *(
                func.lower(leads.c.document["contact"][name].as_string()).like(f"%{part}%", escape="\\")
                for name in ("name", "email")
            )
        )
        named = named & leads.c.joined_into.is_(None)
        return self._documents(named & leads.c.listed.is_(True), most) or self._documents(named, most)

    def _documents(self, which: Any, most: int) -> list[Lead]:
        query = select(leads.c.document).where(which).order_by(leads.c.created_at.desc(), leads.c.id.desc()).limit(most)
        return [lead_from_json(document) for document in self._connection.execute(query).scalars()]


def _real(query: Select, since: datetime | None) -> Select:
    query = query.where(leads.c.listed.is_(True), leads.c.joined_into.is_(None))
    return query if since is None else query.where(leads.c.created_at >= since)
