"""The ledger of who may be written to: what was said, in order. Lines are added and never changed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from banter.leads.consent import Consent
from banter.store.tables import consents

_COLUMNS: Any = (
    consents.c.key,
    consents.c.address,
    consents.c.kind,
    consents.c.at,
    consents.c.words,
    consents.c.channel,
    consents.c.source,
)
_OF = select(*_COLUMNS).where(consents.c.key == bindparam("of")).order_by(consents.c.number)


class SqlConsents:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, consent: Consent) -> None:
        self._connection.execute(consents.insert(), asdict(consent))

    def of(self, key: str) -> list[Consent]:
        """All that was said from an address, by its key (`banter.leads.consent.key_of`), in order."""
        return [Consent(**row._mapping) for row in self._connection.execute(_OF, {"of": key})]
