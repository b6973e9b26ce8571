"""The ledger of who may be written to: what was said, in order. Lines are added and never changed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from banter.leads.consent import Consent, key_of, opted_out
from banter.store.tables import consents

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

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


def note_opt_out(
    tx: SqlTransaction, channel: str, address: str, *, secret: str, source: str, now: datetime, words: str = ""
) -> None:
    """They have stopped it, with the network say: from now on we know it too, and nothing that is queued leaves."""
    key = key_of(channel, address, secret)
    if not opted_out(tx.consents.of(key)):
        tx.consents.add(Consent(key, address, "opted_out", now, words, channel, source))
    tx.outbox.cancel_to(address, channel)
