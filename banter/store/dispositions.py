"""What somebody of the team made of a lead: one line a lead, and who was first counts."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import Connection

from banter.leads.model import Disposition
from banter.store.tables import dispositions
from banter.store.upsert import put_once

_OF = select(dispositions).where(dispositions.c.lead == bindparam("of"))


class SqlDispositions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_lead(self, lead: str) -> Disposition | None:
        row = self._connection.execute(_OF, {"of": lead}).first()
        return None if row is None else Disposition(**row._mapping)

    def give(self, lead: str, to: str) -> None:
        """What the team made of the one lead holds for the other, unless they have decided about that, too."""
        if self.of_lead(to) is None:
            self._connection.execute(update(dispositions).where(dispositions.c.lead == lead).values(lead=to))

    def decide(self, wanted: Disposition) -> tuple[Disposition, bool]:
        """What stands now, and whether that is `wanted`. The first who accepts or rejects decides, whoever else presses
        at the same moment; who only wants to call back later can be overtaken."""
        if put_once(self._connection, dispositions, ("lead",), asdict(wanted)):
            return wanted, True
        if wanted.status != "later":
            still_open = (dispositions.c.lead == wanted.lead) & (dispositions.c.status == "later")
            if self._connection.execute(update(dispositions).where(still_open).values(**asdict(wanted))).rowcount:
                return wanted, True
        standing = self.of_lead(wanted.lead)
        assert standing is not None
        return standing, False
