"""A member of the team writes into a visitor's conversation, hands it back to the bot, or closes it. Each is one
transaction under the conversation's lock, so that the bot never speaks into the middle of it."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from banter.leads.aside import HAND_BACK, PATIENCE, rep_closed, rep_wrote
from banter.leads.consent import key_of, opted_out
from banter.leads.delivering import delivery
from banter.leads.model import Lead, Message, OptOut, OutboxItem
from banter.leads.moments import Clock
from banter.leads.timed import NUDGE

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

#: As for visitors.
MOST = 2_000
#: Bytes of the form: every character may take four, each of them written as %xx.
MOST_BYTES = 12 * MOST + 1_024
SMS = "sms"
_ONCE = re.compile(r"[A-Za-z0-9_-]{8,64}")

EMPTY = "There is nothing to send yet: please write something."
TOO_LONG = f"That is more than {MOST:,} characters. Please send it in several messages."
UNSENDABLE = "There is a character in it that cannot be sent (a null byte). Please type the message anew."
NO_ONCE = "This form was incomplete, so nothing was sent. Please load the page again."
OUT = "They want no more text messages, since {since}. Nothing can be sent to them until they text START."
NO_NUMBER = "There is no phone number of this visitor, so no text message can be sent to them."
#: Why nobody can write into a conversation that is held there.
ELSEWHERE = {
    "terminal": "This conversation was held in a terminal, and nothing can be written into it from here.",
    "slack": "This conversation is a test in Slack: answer there.",
}
_NO_CHANNEL = "Nothing can be written into a conversation of this channel from here."


@dataclass(frozen=True)
class Draft:
    """The form: what was typed, and why it was not sent."""

    once: str
    text: str = ""
    problem: str | None = None


def new_draft() -> Draft:
    """An empty form. `once` makes it one message, however often it is sent."""
    return Draft(secrets.token_urlsafe(12))


def read_draft(form: dict[str, str]) -> Draft:
    """The form as it was sent, with what is wrong with it."""
    once = form.get("once", "")
    text = form.get("text", "").replace("\r\n", "\n")
    if not _ONCE.fullmatch(once):
        return Draft(new_draft().once, text, NO_ONCE)
    if "\x00" in text:
        return Draft(once, text.replace("\x00", ""), UNSENDABLE)
    if all(unicodedata.category(c)[0] == "Z" or unicodedata.category(c) in ("Cc", "Cf") for c in text):
        return Draft(once, "", EMPTY)
    return Draft(once, text, TOO_LONG if len(text) > MOST else None)


def stopped(tx: SqlTransaction, lead: Lead, secret: str) -> OptOut | None:
    """That they want no more messages, by the ledger of their number where there is one: it knows also what they told
    their network, or said elsewhere from that number."""
    held_with = tx.conversations.get(lead.conversation)
    number = (held_with.address if held_with is not None and lead.channel == SMS else None) or lead.contact.phone
    ledger = tx.consents.of(key_of(SMS, number, secret)) if number else ()
    if opted_out(ledger):
        said = next(line for line in reversed(ledger) if line.kind == "opted_out")
        return OptOut(said.at, said.words)
    return lead.opted_out


def cannot_write(lead: Lead, out: OptOut | None, clock: Clock) -> str | None:
    """Why nobody can write to this visitor here; None where one can. `out` is what `stopped` says."""
    if lead.channel == "web":
        return None
    if lead.channel == SMS and out is not None:
        return OUT.format(since=clock.full(out.at))
    if lead.channel == SMS:
        return None if lead.contact.phone else NO_NUMBER
    return ELSEWHERE.get(lead.channel, _NO_CHANNEL)


def is_handed_back(items: Sequence[OutboxItem]) -> bool:
    """Whether the bot is about to take over again."""
    return any(item.kind == f"timer_{HAND_BACK}" and item.status == "queued" for item in items)


def held(tx: SqlTransaction, lead_id: str) -> Lead | None:
    """The lead as it stands, with its conversation locked until the transaction ends."""
    lead = tx.leads.get(lead_id) if lead_id.isprintable() else None
    if lead is None:
        return None
    tx.conversations.lock(lead.conversation)
    return tx.leads.get(lead_id)


def write(tx: SqlTransaction, lead: Lead, draft: Draft, now: datetime) -> None:
    """Put the message into the transcript, and send it where the channel does not show it by itself. From now on the
    bot is silent. The same form again does nothing."""
    message_id = _message_id(lead, draft.once)
    if any(message.id == message_id for message in tx.transcript.of_conversation(lead.conversation)):
        return
    message = Message(message_id, lead.conversation, "rep", draft.text, now)
    tx.transcript.add(message)
    _quiet(tx, lead)
    tx.leads.save(rep_wrote(lead, now))
    held_with = tx.conversations.get(lead.conversation)
    address = (held_with.address if held_with is not None else None) or lead.contact.phone
    out = delivery(message, lead.channel, address)
    if out is not None:
        tx.outbox.put(out.key, out.kind, out.payload, due_at=now, lead=lead.id)


def hand_back(tx: SqlTransaction, lead: Lead, now: datetime) -> None:
    """The bot takes over in a turn of its own, a moment later."""
    if lead.aside and not is_handed_back(tx.outbox.of_lead(lead.id)):
        payload = {"conversation": lead.conversation, "name": HAND_BACK}
        key = f"timer:{HAND_BACK}:{lead.id}:{secrets.token_urlsafe(9)}"
        tx.outbox.put(key, f"timer_{HAND_BACK}", payload, due_at=now, lead=lead.id)


def close(tx: SqlTransaction, lead: Lead, now: datetime) -> None:
    """Nothing more is said; a time that was only held is free again."""
    booking = tx.calendar.of_lead(lead.id)
    if booking is not None and booking.status == "held":
        tx.calendar.cancel(booking.id)
    _quiet(tx, lead)
    tx.leads.save(rep_closed(lead, now))


def _quiet(tx: SqlTransaction, lead: Lead) -> None:
    """The bot does nothing by itself any more."""
    for name in (PATIENCE, HAND_BACK, NUDGE):
        tx.outbox.cancel(lead.id, f"timer_{name}")


def _message_id(lead: Lead, once: str) -> str:
    return "m_" + hashlib.sha256(f"{lead.id}\n{once}".encode()).hexdigest()[:24]
