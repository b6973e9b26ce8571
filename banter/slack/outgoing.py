"""What is queued for Slack, in the transaction that it comes of. `banter.worker.slack` sends it.

A payload has `text` (what a notification shows) and `blocks`, and says where it goes: `to` is "TEAM/CHANNEL/THREAD" or
a channel or person; with `of` it changes the message that was queued under that key; with `user` only they see it; with
`opens` a test conversation begins in its thread.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from banter.explaining.stored import explained
from banter.leads.model import Booking, Disposition, Lead, OutboxItem
from banter.leads.playbook import Playbook
from banter.slack.alert import alert_blocks, mention, title, told_late
from banter.slack.answer import answer_blocks, fallback
from banter.slack.blocks import Block, section
from banter.slack.card import card_blocks
from banter.slack.words import WORDS

if TYPE_CHECKING:
    from banter.store.conversations import Conversation
    from banter.store.database import SqlTransaction

KIND = "slack"
_ALERT = f"{KIND}:alert:"
_THROUGH = ("booked", "nurture", "handed_over", "closed")


@dataclass(frozen=True)
class SlackPost:
    """Queues in one transaction, at `now`. `public_url` has no slash at its end."""

    tx: SqlTransaction
    playbook: Playbook
    public_url: str
    now: datetime

    def put(self, key: str, text: str, blocks: Sequence[Block], *, lead: str | None = None, **more: Any) -> None:
        """The same key again does nothing."""
        payload = {"text": text, "blocks": list(blocks), **more}
        self.tx.outbox.put(key, KIND, payload, due_at=self.now, lead=lead)

    # Test conversations

    def opening(self, once: str, team: str, channel: str, user: str) -> None:
        """The message whose thread becomes a test conversation, asked for by the command `once`."""
        text = WORDS.said("begun", user=user)
        self.put(f"{KIND}:test:{once}", text, [section(text)], to=channel, team=team, opens=True)

    def too_long(self, once: str, to: str) -> None:
        text = WORDS["too_long"]
        self.put(f"{KIND}:too-long:{once}", text, [section(text)], to=to)

    def chosen(self, item: OutboxItem, user: str, title: str) -> None:
        """The bot's message `item` without its buttons, and who pressed which."""
        self._changed(item, "chosen", chosen=[user, title])

    def understood(self, item: OutboxItem, blocks: Sequence[Block]) -> None:
        """The bot's message `item` with what was understood under it."""
        self._changed(item, "understood", understood=list(blocks))

    def _changed(self, item: OutboxItem, what: str, **more: Any) -> None:
        known: dict[str, Any] = {}
        for change in ("chosen", "understood"):
            before = self.tx.outbox.by_key(f"{item.key}:{change}")
            known |= {name: before.payload[name] for name in (change,) if before is not None}
        known |= more
        chosen = known.get("chosen")
        blocks = answer_blocks(
            item.payload["text"],
            [(title, value) for title, value in item.payload["buttons"]],
            item.key.partition(":")[2],
            ask=bool(item.payload.get("answers")),
            chosen=(chosen[0], chosen[1]) if chosen else None,
            understood=known.get("understood", ()),
        )
        text = fallback(item.payload["text"])
        self.put(f"{item.key}:{what}", text, blocks, lead=item.lead, to=item.payload["to"], of=item.key, **known)

    def card(self, conversation: Conversation, lead: Lead) -> None:
        """The score card, once for each end that the conversation comes to."""
        if conversation.address is None or lead.status not in _THROUGH:
            return
        route, total = (lead.route.name if lead.route else None), (lead.score.total if lead.score else 0)
        made = explained(self.tx, lead, self.playbook)
        text = WORDS.said("card", points=made.points)
        key = f"{KIND}:card:{lead.id}:{lead.status}:{route}:{total}"
        self.put(key, text, card_blocks(made), lead=lead.id, to=conversation.address)

    # Leads

    def alert(self, lead: Lead, kind: str, again: str = "") -> None:
        """Tell the team's channel of a lead, where there is one. `again`: what makes it another alert of this kind."""
        channel = self.playbook.channels.slack.alerts
        if channel is None or lead.test:
            return
        text, blocks = self._alert(lead, kind, self.now)
        self.put(f"{_ALERT}{kind}:{lead.id}{again}", text, blocks, lead=lead.id, to=channel)

    def preview(self, lead: Lead, kind: str = "hot") -> list[Block]:
        """That alert, and nothing is queued."""
        return self._alert(lead, kind, self.now)[1]

    def alerts_of(self, lead: str) -> list[OutboxItem]:
        return [i for i in self.tx.outbox.of_lead(lead) if i.key.startswith(_ALERT) and "of" not in i.payload]

    def take(self, lead: Lead, wanted: Disposition) -> tuple[Disposition, bool]:
        """Who is first decides, and every alert of the lead then shows it: what stands now, and whether that is new."""
        standing, new = self.tx.dispositions.decide(wanted)
        if new:
            self.renew(lead)
        return standing, new

    def renew(self, lead: Lead) -> None:
        """Every alert of this lead as it reads now, where that differs from what was queued last."""
        items = self.tx.outbox.of_lead(lead.id)
        for item in self.alerts_of(lead.id):
            text, blocks = self._alert(lead, item.key.split(":")[2], item.due_at)
            changes = sorted((i for i in items if i.payload.get("of") == item.key), key=lambda i: i.id)
            if [item, *changes][-1].payload["blocks"] == blocks:
                continue
            # What it says stands in the key, so that of two at the same moment neither is taken for the other.
            says = hashlib.sha256(json.dumps(blocks).encode()).hexdigest()[:16]
            key = f"{item.key}:{len(changes) + 1}:{says}"
            self.put(key, text, blocks, lead=lead.id, to=item.payload["to"], of=item.key)

    def late(self, once: str, standing: Disposition, told_at: datetime, channel: str, user: str) -> None:
        text = told_late(standing, told_at, user, name=mention(standing))
        self.only_for(once, text, channel, user, lead=standing.lead)

    def only_for(self, once: str, text: str, channel: str, user: str, *, lead: str | None = None) -> None:
        self.put(f"{KIND}:only:{once}", text, [section(text)], lead=lead, to=channel, user=user)

    def _call_of(self, lead: str) -> Booking | None:
        """The call, also one that was cancelled; a time that was only held and given back is none."""
        booking = self.tx.calendar.of_lead(lead)
        if booking is None or booking.status != "cancelled":
            return booking
        told = f"cancellation:{booking.id}:"
        return booking if any(item.key.startswith(told) for item in self.tx.outbox.of_lead(lead)) else None

    def _alert(self, lead: Lead, kind: str, told_at: datetime) -> tuple[str, list[Block]]:
        blocks = alert_blocks(
            lead,
            kind,
            self.playbook,
            booking=self._call_of(lead.id),
            disposition=self.tx.dispositions.of_lead(lead.id),
            told_at=told_at,
            now=self.now,
            url=f"{self.public_url}/leads/{lead.id}",
        )
        return title(lead, kind), blocks


def after_turn(
    tx: SqlTransaction,
    playbook: Playbook,
    public_url: str,
    conversation: Conversation,
    lead: Lead,
    now: datetime,
) -> None:
    """What a turn that has been carried out and answered shows in Slack: the score card of a test conversation that is
    through, and what has changed about a lead that the team was told of."""
    post = SlackPost(tx, playbook, public_url, now)
    if conversation.channel == KIND and conversation.test:
        post.card(conversation, lead)
    elif playbook.channels.slack.alerts is not None and not lead.test:
        post.renew(lead)
