"""A lead and what belongs to it. All times are aware and in UTC unless they say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from banter.leads.facts import Facts
from banter.leads.reading import Contact
from scoring.known import Event
from scoring.model import DIMENSIONS, Answer, Dimension, Route, Score

STATUSES = ("open", "booked", "nurture", "handed_over", "closed")
AWAITING = ("need", "budget", "authority", "timeline", "contact", "slot")


@dataclass(frozen=True)
class Slot:
    """A time a rep is free for a call."""

    starts_at: datetime
    ends_at: datetime
    rep: str  # Rep.key


@dataclass(frozen=True)
class OptOut:
    """They want no more messages, since `at`. `words` are theirs; none where only their network told us."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Thread:
    """What is open in one of a lead's conversations while it goes on in another: the lead's fields of these names."""

    awaiting: str | None = None
    question: str = ""
    offered: tuple[Slot, ...] = ()
    proposed: str = ""
    tries: int = 0


@dataclass(frozen=True)
class Joined:
    """Another lead that turned out to be the same person. `by` is where the owner of the address that both gave
    confirmed it: email or sms. `email` and `phone` are what it gave and the one lead goes by another of."""

    lead: str
    conversation: str
    channel: str
    at: datetime
    by: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class Asked:
    """They asked for something, when and in which words."""

    at: datetime
    words: str


@dataclass(frozen=True)
class Lead:
    """One visitor's conversation about buying: what was said, what was asked, where it stands.

    `asked` lists the questions put so far, probes included, e.g. ("need", "need", "budget"). A repetition of an open
    question after a digression is not a new question. `offered` are the times on the visitor's screen.
    """

    id: str
    conversation: str
    channel: str  # web, sms, slack, terminal
    timezone: str  # IANA name: the browser's, else the company's
    created_at: datetime
    updated_at: datetime
    test: bool = False
    status: str = "open"
    awaiting: str | None = None
    opener: str | None = None
    answers: Mapping[Dimension, Answer] = field(default_factory=dict)
    asked: tuple[Dimension, ...] = ()
    probe: str = ""  # the wording of the last follow-up, e.g. "probe_figure", kept until the next question
    about: str = ""  # whom or what that follow-up names: "your CFO"
    question: str = ""  # the words in which the open question was put last; empty where they are not known
    worded: Mapping[Dimension, str] = field(default_factory=dict)  # the words in which each was put first
    contact: Contact = Contact()
    email_check: str | None = None  # asked ("did you mean ...?"), then settled; once in a conversation
    contact_declined: bool = False
    disqualifier: str | None = None
    elsewhere: str | None = None  # handover or support
    offered: tuple[Slot, ...] = ()
    slot: Slot | None = None  # chosen; held or booked
    slot_declined: bool = False
    turned_down: tuple[datetime, ...] = ()  # starts of times that were shown and suited nobody
    turns: int = 0  # messages heard
    at_once: bool = False  # answered all or all but one of the questions in the first message
    tries: int = 0  # replies to the open question that did not answer it
    score: Score | None = None
    route: Route | None = None
    facts: Facts = Facts()  # beside the answers; nothing is asked or decided by them
    imported: Facts = Facts()  # what an import from a CRM tells of them: counts where they said nothing
    told: tuple[str, ...] = ()  # what of theirs was answered: topics, and keys of the playbook's answers
    proposed: str = ""  # what a plain yes would accept now: "person"
    probed: tuple[Dimension, ...] = ()  # follow-ups put to the answers as they stand now
    put_off: tuple[str, ...] = ()  # a follow-up (dimension, wording, about) that another one came before
    doubted: tuple[Dimension, ...] = ()  # contradictions that were asked about
    doubt: Answer | None = None  # what the answer in doubt was before
    before: str = ""  # that answer in their words, for the question which of the two holds
    browsing: bool = False  # only looking around: gets answers, and is asked nothing until they want to be
    heard_at: datetime | None = None  # when the visitor last said something
    nudged: bool = False  # reminded once of the open question; never again
    welcomed_at: datetime | None = None  # when who came back was last told where things stood
    unprompted: int = 0  # how often the bot spoke by itself
    aside: str = ""  # the bot is silent: "waiting" for a person who was asked for, or a person is "joined"
    callback: bool = False  # a call-back was asked for, outside of the hours
    demo: Asked | None = None  # the first time that they asked to be shown the product
    opted_out: OptOut | None = None  # until they write again, by SMS until they say START
    joined: tuple[Joined, ...] = ()  # leads that are this one by now; their conversations go on with it
    threads: Mapping[str, Thread] = field(default_factory=dict)  # what is open elsewhere, by conversation
    events: tuple[Event, ...] = ()  # what they did on the website and elsewhere, where the rubric counts it
    seen_at: datetime | None = None  # when that last changed anything

    @property
    def changed_at(self) -> datetime:
        """When it was last heard of them, in the conversation or otherwise; points fade up to then."""
        return max(self.updated_at, self.seen_at or self.updated_at)

    @property
    def questions_left(self) -> bool:
        """Whether one of the four questions has no answer yet, not even a refusal."""
        return any(dimension not in self.answers for dimension in DIMENSIONS)


@dataclass(frozen=True)
class Booking:
    """A call. `status`: held (no address yet), confirmed, cancelled. `key` opens the reschedule and cancel page."""

    id: str
    lead: str
    rep: str
    starts_at: datetime
    ends_at: datetime
    status: str
    key: str
    held_until: datetime | None = None
    sequence: int = 0  # iCalendar SEQUENCE: grows with each change


@dataclass(frozen=True)
class OutboxItem:
    """Something to be sent. `key` is unique and goes along to the receiver, so that a repeat is recognised.

    `kind`: invitation, cancellation, nurture, notice, joining, alert, sms, slack. `status`: queued, sent, shown
    (nothing is configured to send it), cancelled, failed. `payload` is JSON: mails have to, subject, body and may have
    ics; alerts url and json; what `banter.leads.delivering` queues, its fields.
    """

    id: int
    key: str
    kind: str
    lead: str | None
    payload: Mapping[str, Any]
    due_at: datetime
    status: str
    attempts: int = 0
    last_error: str | None = None
    sent_at: datetime | None = None
    delivery: str | None = None  # of a text message, as the carrier says: sent, delivered, undelivered, failed
    receipt: str | None = None  # the receiver's own id of it


@dataclass(frozen=True)
class Message:
    """One line of a transcript. `sender` is visitor, bot or rep; `buttons` are (title, value)."""

    id: str
    conversation: str
    sender: str
    text: str
    at: datetime
    buttons: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Disposition:
    """What somebody of the team made of a lead. `status`: accepted, rejected (with a `reason`), or later: to be called
    back later, which may still become one of the others. `by` is who as the channel knows them, `name` as people do."""

    lead: str
    status: str
    by: str
    at: datetime
    reason: str | None = None
    name: str | None = None
