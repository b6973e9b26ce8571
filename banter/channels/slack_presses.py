"""What a press on a button of ours does, in one transaction: a repeat, a second press or a late one changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banter.channels.slack_payload import Press
from banter.explaining.stored import explained
from banter.leads.model import Disposition, OutboxItem
from banter.slack.alert import ACCEPT, LATER, REJECT
from banter.slack.answer import SAY, UNDERSTOOD
from banter.slack.card import understood_blocks
from banter.slack.outgoing import KIND, SlackPost
from banter.slack.threads import PROVIDER
from banter.slack.words import WORDS

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

_STATUSES = {ACCEPT: "accepted", REJECT: "rejected", LATER: "later"}


def pressed(tx: SqlTransaction, press: Press, post: SlackPost) -> str | None:
    """The conversation that now has something to answer, if any. What is to be shown is queued by `post`."""
    action = press.action.partition(":")[0]
    if action not in (SAY, UNDERSTOOD, *_STATUSES) or tx.inbox.is_repeat(PROVIDER, press.id, post.now):
        return None
    if action == SAY:
        return _said(tx, press, post)
    if action == UNDERSTOOD:
        _understood(tx, press, post)
    else:
        _taken(tx, press, post, _STATUSES[action])
    return None


def _said(tx: SqlTransaction, press: Press, post: SlackPost) -> str | None:
    """A visitor's button counts as a message with its value, once for each message of the bot's: two presses in a hurry
    are one."""
    message, _, place = press.value.rpartition(":")
    item = _message(tx, message)
    buttons = item.payload["buttons"] if item is not None else []
    if item is None or not place.isdecimal() or int(place) >= len(buttons):
        return None
    title, value = buttons[int(place)]
    row, new = tx.inbox.put(PROVIDER, f"press:{message}", item.payload["conversation"], "message", value, post.now)
    if not new:
        return None
    post.chosen(item, press.user, title)
    return row.conversation


def _understood(tx: SqlTransaction, press: Press, post: SlackPost) -> None:
    item = _message(tx, press.value)
    lead = tx.leads.of_conversation(item.payload["conversation"]) if item is not None else None
    if item is None or lead is None:
        return
    said = ""
    for message in tx.transcript.of_conversation(lead.conversation):
        if message.id == press.value:
            break
        said = message.text if message.sender == "visitor" else said
    post.understood(item, understood_blocks(lead, explained(tx, lead, post.playbook), said))


def _taken(tx: SqlTransaction, press: Press, post: SlackPost, status: str) -> None:
    lead_id, _, reason = press.value.partition(":")
    lead = tx.leads.get(lead_id)
    alerts = post.alerts_of(lead.id) if lead is not None else []
    if lead is None or not alerts or (status == "rejected" and reason not in WORDS.reasons):
        post.only_for(press.id, WORDS["gone"], press.channel, press.user)
        return
    wanted = Disposition(lead.id, status, press.user, post.now, reason or None, press.name or None)
    standing, new = post.take(lead, wanted)
    if not new:
        post.late(press.id, standing, alerts[0].due_at, press.channel, press.user)


def _message(tx: SqlTransaction, message: str) -> OutboxItem | None:
    """What was sent of the bot's message with that id in the transcript."""
    item = tx.outbox.by_key(f"{KIND}:{message}")
    return item if item is not None and "conversation" in item.payload else None
