"""One text message taken in, in one transaction: stopping, returning and asking for help are done here and now, without
the dialogue, so that they work when nothing else does. Everything else waits in the inbox for its turn."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from banter.leads.consent import MOST_WORDS, Consent, Kind, command, is_yes, key_of, opted_out, silenced
from banter.leads.delivering import delivery
from banter.leads.model import Lead, Message
from banter.leads.saying import SMS_NOTICES
from banter.store.conversations import Conversation

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction
    from banter.store.inbox import InboxRow

PROVIDER = "twilio"
CHANNEL = "sms"
#: What the channel says by itself: "stopped" is utter_sms_stopped in domain.yml.
NOTICES = tuple(name.removeprefix("utter_sms_") for name in SMS_NOTICES)
#: Told, in the transaction, of a lead who has opted out or is back: as it was, and as it is.
Told = Callable[["SqlTransaction", Lead, Lead, datetime], None]


def nobody(tx: SqlTransaction, before: Lead, lead: Lead, now: datetime) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Text:
    """A message as it came. `token` marks a delivery and its repeats."""

    sid: str
    number: str
    text: str
    media: int = 0
    token: str | None = None


@dataclass(frozen=True)
class Taken:
    """Where it went, and whether the dialogue has something to answer there."""

    conversation: str
    to_answer: bool


@dataclass(frozen=True)
class Intake:
    """Takes messages in. `texts` are the bot's words for each occasion in turn; `stops` tells that somebody opts out in
    words of their own; `longest` is what a message may have; `told` is told of who has opted out, and is back."""

    texts: Mapping[str, Sequence[str]]
    stops: Callable[[str], bool]
    secret: str
    longest: int = 2_000
    told: Told = nobody

    def is_stop(self, text: str) -> bool:
        """Whether the message opts out, by a reserved word or otherwise."""
        meant = command(text)
        return meant == "stop" or (meant is None and len(text) <= self.longest and self.stops(text))

    def take(self, tx: SqlTransaction, message: Text, begun: Conversation, now: datetime, *, stopping: bool) -> Taken:
        """`begun` is the conversation to begin where there is none with that number; `stopping` is what `is_stop` says,
        asked before the transaction, for whoever writes waits for it. Repeatable: the same message again does
        nothing."""
        known = tx.inbox.known(PROVIDER, message.sid)
        if known is not None:
            return Taken(known.conversation, known.done_at is None)
        conversation = tx.conversations.begin_at(begun)
        if message.token is not None and tx.inbox.is_repeat(PROVIDER, message.token, now):
            return Taken(conversation.id, False)
        text = message.text if len(message.text) <= self.longest else ""
        row, new = tx.inbox.put(PROVIDER, message.sid, conversation.id, "message", text, now)
        if not new:
            return Taken(row.conversation, row.done_at is None)
        return Taken(conversation.id, not self._dealt_with(_Here(tx, conversation, row, message, now), stopping))

    def _dealt_with(self, here: _Here, stopping: bool) -> bool:
        """Whether nothing is left for the dialogue to do."""
        text = here.message.text
        key = key_of(CHANNEL, here.message.number, self.secret)
        ledger = here.tx.consents.of(key)
        if not ledger:
            here.note(key, "asked", "first message")
        out = opted_out(ledger)
        meant = command(text)
        if stopping:
            if not out:
                here.silence(self.told)
                here.note(key, "opted_out", "word" if meant else "free words")
            self._answer(here, None if out else "stopped")
        elif meant == "start" and (out or not is_yes(text)):
            here.note(key, "opted_in", "word")
            if not out:
                return False
            here.welcome(self.told)
            self._answer(here, "back")
        elif meant == "help":
            self._answer(here, "help")
        elif out:
            self._answer(here, None)
        elif len(text) > self.longest:
            self._answer(here, "too_long")
        elif here.message.media and text.strip():
            self._say(here, "picture")
            return False
        elif here.message.media or not _is_visible(text):
            self._answer(here, "picture" if here.message.media else "empty")
        else:
            return False
        return True

    def _answer(self, here: _Here, name: str | None) -> None:
        here.heard()
        if name is not None:
            self._say(here, name)
        here.done()

    def _say(self, here: _Here, name: str) -> None:
        """The text whose turn it is: not the one that was said last."""
        said = here.tx.transcript.of_conversation(here.conversation.id)
        last = next((line.text for line in reversed(said) if line.sender == "bot"), None)
        ways = self.texts[name]
        here.say(next((text for text in ways if text != last), ways[0]), name)


@dataclass(frozen=True)
class _Here:
    """A message at its place, with what can be done there."""

    tx: SqlTransaction
    conversation: Conversation
    row: InboxRow
    message: Text
    now: datetime

    def note(self, key: str, kind: Kind, source: str) -> None:
        words = self.message.text[:MOST_WORDS]
        self.tx.consents.add(Consent(key, self.message.number, kind, self.now, words, CHANNEL, source))

    def silence(self, told: Told) -> None:
        """Take back all that is on its way to this number, and what the bot was about to do; what waits to be answered
        is put into the transcript and not answered."""
        tx, conversation = self.tx, self.conversation.id
        tx.conversations.lock(conversation)  # a turn that runs ends first, and what it queued is taken back too
        while (waiting := tx.inbox.next(conversation)) is not None and waiting.id != self.row.id:
            if waiting.kind == "message":
                self._add("visitor", waiting.text, waiting.received_at, waiting.id)
            tx.inbox.done(waiting.id, self.now)
        tx.outbox.cancel_to(self.message.number, CHANNEL)
        lead = tx.leads.of_conversation(conversation)
        if lead is None:
            return
        for kind in (CHANNEL, "nurture"):
            tx.outbox.cancel(lead.id, kind)
        tx.outbox.cancel_timers(lead.id)
        booking = tx.calendar.of_lead(lead.id)
        if booking is not None and booking.status == "held":
            tx.calendar.cancel(booking.id)
        gone = silenced(lead, self.message.text[:MOST_WORDS], self.now)
        tx.leads.save(gone)
        told(tx, lead, gone, self.now)

    def welcome(self, told: Told) -> None:
        """They are back, and may be written to again."""
        self.tx.conversations.lock(self.conversation.id)
        lead = self.tx.leads.of_conversation(self.conversation.id)
        if lead is not None and lead.opted_out is not None:
            back = replace(lead, opted_out=None, updated_at=self.now)
            self.tx.leads.save(back)
            told(self.tx, lead, back, self.now)

    def heard(self) -> None:
        """Put what was said into the transcript; a message without words leaves no line."""
        if _is_visible(self.row.text):
            self._add("visitor", self.row.text, self.now, self.row.id)

    def say(self, text: str, notice: str) -> None:
        """Queue an answer of the channel's own. `notice` says what it is: only some may go to who has opted out."""
        message = self._add("bot", text, self.now, self.row.id)
        lead = self.tx.leads.of_conversation(self.conversation.id)
        out = delivery(message, CHANNEL, self.message.number)
        if out is not None:
            payload = {**out.payload, "notice": notice}
            self.tx.outbox.put(out.key, out.kind, payload, due_at=self.now, lead=lead.id if lead else None)

    def done(self) -> None:
        lead = self.tx.leads.of_conversation(self.conversation.id)
        self.tx.inbox.done(
            self.row.id, self.now, awaiting=lead.awaiting if lead else None, status=lead.status if lead else None
        )

    def _add(self, sender: str, text: str, at: datetime, inbox: int) -> Message:
        message = Message(f"m_{secrets.token_urlsafe(12)}", self.conversation.id, sender, text, at)
        self.tx.transcript.add(message, inbox=inbox)
        return message


def _is_visible(text: str) -> bool:
    return any(not (char.isspace() or char in "\u200b\u200c\u200d\u2060\ufeff\ufe0f") for char in text)
