"""Two leads become one, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from banter.leads.joining import Said, Via, joined, the_call, told_at, who_stays
from banter.leads.known import events_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.ports import Services
from banter.leads.qualify import qualify

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


@dataclass(frozen=True)
class Joining:
    """What joining touches beside the leads. `cancel_call` cancels the call of a booking's key and tells all who have
    to know; `stop_mails` notes that a lead wants none, `wants_none` whether it does; `after` shows the team what has
    changed."""

    playbook: Playbook
    services: Callable[[SqlTransaction], Services]
    cancel_call: Callable[[SqlTransaction, str, datetime], object]
    stop_mails: Callable[[SqlTransaction, str, datetime], None]
    wants_none: Callable[[SqlTransaction, str], bool]
    after: Callable[[SqlTransaction, Lead, datetime], None]

    def join(self, tx: SqlTransaction, first: str, second: str, by: Via, now: datetime) -> Lead | None:
        """The one lead that `first` and `second` (ids) are from now on; None where one of them is gone. Repeatable."""
        pair = both(tx, first, second)
        if pair is None or pair[0].id == pair[1].id:
            return pair[0] if pair is not None else None
        stays, goes = who_stays(*pair)
        stays, goes = self._one_call(tx, stays, goes, now)
        self._quiet(tx, stays, goes, now)
        call = tx.calendar.of_lead(stays.id)
        lead = joined(
            stays,
            goes,
            told=_told_at(tx, stays),
            told_there=_told_at(tx, goes),
            call=call,
            by=by,
            now=now,
        )
        if self.playbook.rubric.parts.behaviour.worth:
            seen = (*tx.behaviour.of_lead(stays.id), *tx.behaviour.of_lead(goes.id))
            lead = replace(lead, events=events_of(seen, self.playbook.channels.widget, lead))
        lead = replace(lead, imported=tx.imported.about(lead))  # what either of them can be reached at
        lead = qualify(lead, self.playbook)
        tx.outbox.give(goes.id, stays.id)
        tx.dispositions.give(goes.id, stays.id)
        tx.overrides.give(goes.id, stays.id)
        tx.leads.join(goes.id, stays.id)
        tx.leads.save(lead)
        if lead.route is not None and lead.route.name == "book" and lead.route.final and lead.status == "nurture":
            self.services(tx).alerts.tell(lead, "hot", now)  # neither of them was by itself
        self.after(tx, lead, now)
        return lead

    def _one_call(self, tx: SqlTransaction, stays: Lead, goes: Lead, now: datetime) -> tuple[Lead, Lead]:
        """One call at most: the one that stands is the staying lead's, another is cancelled, and what is only held is
        free again where a call stands."""
        own, others = tx.calendar.of_lead(stays.id), tx.calendar.of_lead(goes.id)
        kept = the_call(own, others, now)
        for call in (own, others):
            if call is None or call == kept or call.status == "cancelled":
                continue
            if call.status == "held":
                if call == others or kept is not None:
                    tx.calendar.cancel(call.id)
            elif call.starts_at > now:
                self.cancel_call(tx, call.key, now)
        if kept is not None and kept == others:
            tx.calendar.give(kept.id, stays.id)
        return tx.leads.get(stays.id) or stays, tx.leads.get(goes.id) or goes

    def _quiet(self, tx: SqlTransaction, stays: Lead, goes: Lead, now: datetime) -> None:
        """Nothing comes twice: what was still to come for the lead that goes is taken back. Who wants no more mails
        gets none as the other lead either."""
        tx.outbox.cancel(goes.id, "nurture")
        tx.outbox.cancel_timers(goes.id)
        if self.wants_none(tx, goes.id) and not self.wants_none(tx, stays.id):
            self.stop_mails(tx, stays.id, now)


def both(tx: SqlTransaction, first: str, second: str) -> tuple[Lead, Lead] | None:
    """The two leads as they stand, with the homes of both locked; always in one order, so that no two who join wait for
    each other in a ring."""
    homes: tuple[str, ...] = ()
    while True:
        leads = [tx.leads.get(lead) for lead in (first, second)]
        one, other = leads
        if one is None or other is None:
            return None
        now_at = tuple(sorted({tx.leads.home(lead.id) or lead.conversation for lead in (one, other)}))
        if now_at == homes:
            return one, other
        for home in now_at:  # while they were waited for, one may have been joined into a third
            tx.conversations.hold(home)
        homes = now_at


def _told_at(tx: SqlTransaction, lead: Lead) -> Said:
    conversations = [conversation for conversation, _ in tx.leads.conversations(lead.id)]
    return told_at(lead, [line for each in conversations for line in tx.transcript.of_conversation(each)])
