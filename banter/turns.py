"""One turn: a message or an opening, with everything that it changes, in one transaction.

Actions join the turn that is under way (`banter serve`), or open one of their own (`rasa shell`, `rasa run actions`).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from banter.leads.behaviour import OWN, Seen
from banter.leads.closing import close
from banter.leads.facts import Facts, Place, dated
from banter.leads.hear import greet, hear, read
from banter.leads.known import events_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.ports import Services
from banter.leads.qualify import qualify
from banter.leads.reading import Contact, Reader, Reading
from banter.leads.requalifying import noticed
from banter.leads.returning import anew, begins_anew, said_anew, welcome_back
from banter.leads.saying import Heard, Say, company_values, form_slots
from banter.leads.timed import NUDGE, TIMED, remind
from banter.leads.turn import Turn, worded
from banter.store.conversations import Conversation
from banter.store.database import SqlStore, SqlTransaction

#: Said by the intent classifier and not sure enough to be believed below this.
SURE_ENOUGH = 0.6
#: Intents that name no topic, and change nothing in what is read.
MANNERS = ("greet", "thank", "goodbye")
#: The promise that nothing more comes: the channel has to keep it.
STOPPED = "utter_stopped"
#: Keeps what a visitor types from being read as one of Rasa's commands; taken off again before it is read.
GUARD = "\u2060"


@dataclass
class OpenTurn:
    """A turn under way. `dialogue_state` is what the dialogue keeps; `lead` is saved when the turn ends."""

    conversation: str
    lead: Lead
    tx: SqlTransaction
    turn: Turn
    dialogue_state: dict[str, Any] | None = None
    reading: Reading | None = None
    unprompted: Heard | None = None  # what the bot says by itself in this turn
    stops: bool = False  # they were promised that nothing more comes
    resumes: bool = False  # that is said to somebody who is back
    values: dict[str, str] = field(default_factory=dict)
    locales: tuple[str, ...] = ()  # what to speak, the first that there are texts in

    @property
    def playbook(self) -> Playbook:
        return self.turn.playbook

    def hear(self, message: dict[str, Any]) -> Heard:
        """Greet at the opening, else hear the message (a Rasa `latest_message`), and keep what it made of the lead."""
        intent = message.get("intent") or {}
        if self.unprompted is not None:  # no visitor's words can make it so
            return self.unprompted
        if intent.get("name") == "start" and not message.get("text", "").removeprefix("EXTERNAL: start"):
            return self._keep(greet(self.lead, self.turn))
        text, hint = (message.get("text") or "").removeprefix(GUARD), _hint(intent)
        reading = self.reading if hint in (None, *MANNERS) else None  # a topic's hint may change what is read
        again = self._says_that_it_begins_anew()
        heard = hear(self.lead, text, hint=hint, turn=self.turn, reading=reading)
        self.stops = any(say.response == STOPPED for say in heard.say)
        return self._keep(replace(heard, say=(*again, *heard.say)))

    def speaks(self, kind: str, name: str) -> bool:
        """Decide what the bot does by itself: `kind` resume greets somebody who is back, `timer` does what is due under
        `name`. False when there is nothing to say, and the dialogue need not run."""
        timed = TIMED.get(name) if kind == "timer" else None
        heard = welcome_back(self.lead, self.turn) if kind == "resume" else timed and timed(self.lead, self.turn)
        if heard is None:
            return False
        lead = replace(heard.lead, awaiting=heard.ask, unprompted=heard.lead.unprompted + 1)
        self.unprompted = self._keep(replace(heard, lead=qualify(lead, self.playbook)))
        self.resumes = kind == "resume"
        return True

    def is_plain_answer(self, text: str) -> bool:
        """Whether the message says all it says without the intent classifier: an answer, a time or an address, and no
        question that is not understood. The reading is kept for `hear`, so that a message is read once."""
        if not self.lead.asked or self._begins_anew():  # what is open when it is heard is not what is open now
            return False
        self.reading = read(self.lead, text, None, self.turn)
        says = bool(self.reading.answers or self.reading.wish.said or self.reading.contact.email)
        return says and "unknown" not in self.reading.topics

    def said(self, texts: Sequence[str]) -> None:
        """Keep the words of the question that is open after this turn, for reading what answers it. `texts` is all that
        was said in the turn, in order; the question comes last, after the greeting and any digression."""
        asked = texts[-1] if texts and self.lead.awaiting is not None else ""
        self.lead = worded(self.lead, asked)

    def close(self) -> Heard:
        if self.resumes:  # who comes back is not sent anything for it
            return Heard(self.lead, (), self.lead.awaiting)
        return self._keep(close(self.lead, self.turn.services, self.turn.playbook, self.turn.now))

    def slots(self, heard: Heard) -> dict[str, str | float | None]:
        return form_slots(heard, self.playbook)

    def _begins_anew(self) -> bool:
        return begins_anew(self.lead, self.playbook.conversation, self.turn.now)

    def _says_that_it_begins_anew(self) -> tuple[Say, ...]:
        return (said_anew(anew(self.lead, self.turn.now)),) if self._begins_anew() else ()

    def _keep(self, heard: Heard) -> Heard:
        self.lead = heard.lead
        return heard


_current: ContextVar[OpenTurn | None] = ContextVar("turn", default=None)


def current_turn() -> OpenTurn:
    """The turn under way. Raises LookupError outside of one."""
    turn = _current.get()
    if turn is None:
        raise LookupError("no turn is under way")
    return turn


def turn_under_way(conversation: str) -> OpenTurn | None:
    """The turn of this conversation that the caller runs inside of, if any."""
    turn = _current.get()
    return turn if turn is not None and turn.conversation == conversation else None


@dataclass(frozen=True)
class Turns:
    """Opens turns. Built once by `banter.bootstrap`. `after` is called once a turn's messages are in the transaction,
    for what else is to be shown of it; `stopped` where the visitor was promised that nothing more comes; `agreed` is
    whether what is done in a conversation may be kept."""

    store: SqlStore
    reader: Reader
    playbook: Playbook
    services: Callable[[SqlTransaction], Services]
    clock: Callable[[], datetime]
    place: Callable[[str, str], Place | None] = lambda timezone, locale: None  # what zone and locale tell, if anything
    after: Callable[[SqlTransaction, Conversation, Lead, datetime], None] = lambda tx, conversation, lead, now: None
    stopped: Callable[[SqlTransaction, Conversation, str, datetime], None] = lambda tx, conversation, words, now: None
    agreed: Callable[[SqlTransaction, Conversation], bool] = lambda tx, conversation: True

    @contextmanager
    def begin(self, tx: SqlTransaction, conversation: Conversation) -> Iterator[OpenTurn]:
        """A turn inside `tx`, which its caller commits. The lead and the dialogue's state are saved at the end."""
        now = self.clock()
        lead = tx.leads.of_conversation(conversation.id)
        if lead is None:
            lead = _new_lead(conversation, now, self._signs(conversation, now))
            tx.leads.save(lead)  # what the turn queues for this lead refers to it
        if self.playbook.rubric.parts.behaviour.worth:
            lead = self._today(tx, lead, now)
        services = self.services(tx)
        if lead.threads and (stored := tx.leads.get(lead.id)) and stored.conversation != conversation.id:
            services.timers.cancel(lead, NUDGE)  # they go on here, and are not reminded there
        turn = OpenTurn(
            conversation.id,
            lead,
            tx,
            Turn(self.reader, services, self.playbook, now, tx.imported.about),
            dialogue_state=tx.trackers.load(conversation.id),
            values=company_values(self.playbook.company),
            locales=(self.playbook.company.locale,),  # not the visitor's: answers are read in English only
        )
        token = _current.set(turn)
        try:
            yield turn
            turn.lead = self._with_call(tx, turn.lead, now)
            remind(turn.lead, turn.turn)
            tx.leads.save(turn.lead)
            if turn.dialogue_state is not None:
                tx.trackers.save(conversation.id, turn.dialogue_state)
        finally:
            _current.reset(token)

    def _signs(self, conversation: Conversation, now: datetime) -> Facts:
        """What is known of somebody who has not said a word."""
        place = self.place(conversation.timezone, conversation.locale)
        return dated(Facts(place=place), now.astimezone(self.playbook.company.timezone).date())

    def _today(self, tx: SqlTransaction, lead: Lead, now: datetime) -> Lead:
        """The lead with the points for all that they did."""
        events = events_of(tx.behaviour.of_lead(lead.id), self.playbook.channels.widget, lead)
        return noticed(lead, events, self.playbook, now)

    def _with_call(self, tx: SqlTransaction, lead: Lead, now: datetime) -> Lead:
        """A call that this turn booked is something that they did, where the rubric counts what they do and they agreed
        that it is kept, if they were to."""
        if lead.status != "booked" or not self.playbook.rubric.parts.behaviour.worth:
            return lead
        call = tx.calendar.of_lead(lead.id)
        if call is None or call.status != "confirmed":
            return lead
        booked = Seen(f"booking{OWN}{call.id}", "booked_call", "", now)
        home = tx.conversations.get(tx.leads.home(lead.id) or lead.conversation)
        if home is None or not self.agreed(tx, home):
            return lead
        return self._today(tx, lead, now) if tx.behaviour.add(home.id, [booked]) else lead

    @contextmanager
    def alone(self, conversation: str) -> Iterator[OpenTurn]:
        """A turn in a transaction of its own, of a conversation that is made if it is not there, as a test."""
        with self.store.begin() as tx:
            known = tx.conversations.lock(conversation)
            if known is None:
                company = self.playbook.company
                known = Conversation(
                    conversation, "terminal", company.locale, company.timezone.key, None, None, self.clock(), test=True
                )
                tx.conversations.create(known)
            with self.begin(tx, known) as turn:
                yield turn


def _new_lead(conversation: Conversation, now: datetime, facts: Facts) -> Lead:
    return Lead(
        id=f"l_{secrets.token_urlsafe(12)}",
        conversation=conversation.id,
        channel=conversation.channel,
        timezone=conversation.timezone,
        created_at=now,
        updated_at=now,
        test=conversation.test,
        facts=facts,
        contact=Contact(phone=conversation.address if conversation.channel == "sms" else None),
    )


def _hint(intent: dict[str, Any]) -> str | None:
    """`ask_price`, said with enough confidence, hints at the topic `price`; manners are passed on as they are."""
    name = intent.get("name") or ""
    if (not name.startswith("ask_") and name not in MANNERS) or (intent.get("confidence") or 0.0) < SURE_ENOUGH:
        return None
    return str(name).removeprefix("ask_")
