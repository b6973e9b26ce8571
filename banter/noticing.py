"""What a lead did is kept and counted at once: in the caller's transaction, under the lock that their turns take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from banter.leads.behaviour import Seen
from banter.leads.consent import key_of
from banter.leads.known import events_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.ports import Alerts
from banter.leads.qualify import WITH_TEAM
from banter.leads.requalifying import is_back_cold, noticed

if TYPE_CHECKING:
    from banter.store.conversations import Conversation
    from banter.store.database import SqlTransaction

#: The channel whose visitors are asked whether what they look at may be kept.
_ASKED = "web"
Kept = int | Literal["unknown", "no_consent"]


@dataclass(frozen=True)
class Noticing:
    """`alerts` tell the team, `after` shows it what has changed about a lead that it was told of; `unsubscribed` is
    whether a lead wants no more mails."""

    playbook: Playbook
    secret: str = field(repr=False)
    alerts: Callable[[SqlTransaction], Alerts] | None = None
    after: Callable[[SqlTransaction, Lead, datetime], None] = lambda tx, lead, now: None
    unsubscribed: Callable[[SqlTransaction, str], bool] = lambda tx, lead: False

    def notice(self, tx: SqlTransaction, conversation_id: str, seen: Sequence[Seen], now: datetime) -> Kept:
        """How much of `seen` was new and is kept: nothing of who wants no more messages, or wants all that is known of
        them deleted, and no clicks in mails of who wants no more of these. `unknown`: there is no such conversation;
        `no_consent`: they were to agree first, and have not."""
        conversation = tx.conversations.lock(conversation_id)
        if conversation is None:
            return "unknown"
        if not agreed(tx, conversation, self.playbook, self.secret):
            return "no_consent"
        lead = tx.leads.of_conversation(conversation_id)
        if lead is not None and _wants_no_more(tx, lead):
            return 0
        if lead is not None and any(one.kind == "email_click" for one in seen) and self.unsubscribed(tx, lead.id):
            seen = [one for one in seen if one.kind != "email_click"]
        new = tx.behaviour.add(conversation_id, seen)
        if lead is not None and new:
            self._count(tx, lead.id, now)
        return new

    def _count(self, tx: SqlTransaction, lead_id: str, now: datetime) -> None:
        """Points by what they did, where the rubric gives any; and the team hears what it may want to act on."""
        lead = tx.leads.get(lead_id)
        if lead is None or lead.score is None or not self.playbook.rubric.parts.behaviour.worth:
            return
        today = noticed(
            lead, events_of(tx.behaviour.of_lead(lead.id), self.playbook.channels.widget, lead), self.playbook, now
        )
        if today == lead:
            return
        tx.leads.save(today)
        kind = _news(lead, today)
        if kind is not None and self.alerts is not None:
            self.alerts(tx).tell(today, kind, now)
        self.after(tx, today, now)


def agreed(tx: SqlTransaction, conversation: Conversation, playbook: Playbook, secret: str) -> bool:
    """Whether what they do may be kept: they said so, or were not to be asked."""
    if conversation.channel != _ASKED or not playbook.channels.widget.consent:
        return True
    return any(line.kind == "kept" for line in tx.consents.of(key_of(_ASKED, conversation.id, secret)))


def _news(was: Lead, lead: Lead) -> str | None:
    """What the team is told, a kind of alert. Of who talks with the bot now it hears when that ends."""
    over = lead.status in ("nurture", "closed")
    there = lead.route is not None and lead.route.name in WITH_TEAM
    if over and there and lead.route != was.route and (was.route is None or was.route.name not in WITH_TEAM):
        return "hot" if lead.route is not None and lead.route.name == "book" else "back"
    return "back" if is_back_cold(lead) and not is_back_cold(was) else None


def _wants_no_more(tx: SqlTransaction, lead: Lead) -> bool:
    return lead.opted_out is not None or "erase" in lead.told
