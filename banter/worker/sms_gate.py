"""Whether a text message may leave, asked at the very last moment: they have not stopped it, have asked for it, and are
not asleep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from banter.leads.consent import key_of, opted_out
from banter.leads.model import OutboxItem
from banter.leads.playbook import Sms
from banter.leads.quiet import wakes
from banter.phone_numbers import zones
from banter.worker.outcome import Later, TakenBack, Verdict

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

#: What may go to somebody who has opted out: that it was understood, and help when they ask for it.
_AFTER_A_STOP = ("stopped", "help")
#: An answer that comes later than this rings like something that we begin.
_STILL_AN_ANSWER = timedelta(hours=1)
_A_MOMENT = timedelta(seconds=5)


@dataclass(frozen=True)
class SmsGate:
    """`home` is the clock that counts for numbers of which nobody knows where they are."""

    hours: Sms
    home: ZoneInfo
    secret: str
    zones_of: Callable[[str], tuple[str, ...]] = zones

    def __call__(self, item: OutboxItem, tx: SqlTransaction, now: datetime) -> Verdict:
        number = str(item.payload.get("to"))
        ledger = tx.consents.of(key_of("sms", number, self.secret))
        if not ledger:
            return TakenBack("They never wrote to us by SMS, so there is no consent on file.")
        if opted_out(ledger) and item.payload.get("notice") not in _AFTER_A_STOP:
            return TakenBack("They have opted out of text messages.")
        if self._waits_its_turn(item, tx):
            return Later(now + _A_MOMENT)
        if self._answers(item, tx, now):
            return True
        morning = wakes(now, self.zones_of(number) or (self.home.key,), self.hours)
        if morning is None:
            return TakenBack("At no hour is it day everywhere that this number may be.")
        return True if morning == now else Later(morning)

    @staticmethod
    def _waits_its_turn(item: OutboxItem, tx: SqlTransaction) -> bool:
        """Whether something that was said earlier is still being tried: it would arrive after its answer."""
        before = tx.outbox.of_lead(item.lead) if item.lead is not None else ()
        return any(
            (other.kind, other.status, other.payload.get("to")) == (item.kind, "queued", item.payload.get("to"))
            and other.id < item.id
            for other in before
        )

    @staticmethod
    def _answers(item: OutboxItem, tx: SqlTransaction, now: datetime) -> bool:
        """Whether it answers what they wrote just now."""
        if not item.payload.get("prompted"):
            return False
        lead = tx.leads.get(item.lead) if item.lead is not None else None
        return lead is None or lead.heard_at is None or now - lead.heard_at <= _STILL_AN_ANSWER
