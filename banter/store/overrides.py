"""What the team said of where a lead belongs: each line is kept, and the last one counts."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from banter.leads.override import Override
from banter.store.tables import overrides
from scoring.model import RouteName

_COLUMNS = tuple(column for column in overrides.c if column.name != "number")


class SqlOverrides:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_lead(self, lead: str) -> Override | None:
        """What counts; None where nothing was said, or it was taken back."""
        lines = self.all_of(lead)
        return lines[-1] if lines and lines[-1].route is not None else None

    def all_of(self, lead: str) -> list[Override]:
        """Everything that was said, the oldest first."""
        query = select(*_COLUMNS).where(overrides.c.lead == lead).order_by(overrides.c.at, overrides.c.number)
        return [Override(**row._mapping) for row in self._connection.execute(query)]

    def routes(self) -> dict[str, RouteName]:
        """Where each lead belongs of which that was said, by id. People say it one by one, so these are few."""
        query = select(overrides.c.lead, overrides.c.route).order_by(overrides.c.at, overrides.c.number)
        last = {row.lead: row.route for row in self._connection.execute(query)}
        return {lead: route for lead, route in last.items() if route is not None}

    def add(self, override: Override) -> None:
        self._connection.execute(insert(overrides), asdict(override))

    def give(self, lead: str, to: str) -> None:
        """What was said of the one lead was said of the other, which it is from now on."""
        self._connection.execute(update(overrides).where(overrides.c.lead == lead).values(lead=to))
