"""What one message says, as the extraction reads it and the use cases take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Protocol

from banter.leads.facts import Facts
from scoring.model import Answer, Dimension

#: What a message can do while a question is open (docs/labels.md).
ACTS = (
    "answer",
    "multi_answer",
    "correction",
    "question",
    "refusal",
    "human",
    "stop",
    "smalltalk",
    "nonsense",
)
OPENERS = ("sales", "support", "research", "other")
#: Questions of the visitor's that have an answer of their own, `utter_answer_<topic>` in domain.yml.
TOPICS = (
    "price",
    "bot",
    "why",
    "meaning",
    "privacy",
    "how_it_works",
    "company",
    "competitors",
    "hours",
    "person",
    "call",  # how long, with whom, by phone or video
    "move_call",
    "cancel_call",
    "book_call",  # wants one, rather than asking about it
    "why_not",  # "why is it too early?"
    "caller",  # who calls
    "free_call",  # whether the call costs anything
    "guest",  # somebody else who should be on the call
    "zone",  # by which clock the times are meant
    "mails",  # how many mails will come, and when
    "material",  # something to read
    "deletion",  # whether what they say can be deleted
    "erase",  # wants all that is known of them deleted
    "noted",  # "what did I tell you so far?"
    "alive",  # "anyone there?"
    "dear",  # "that's too expensive": an objection, and the price is known
    "speaks",  # which languages the bot itself follows
    "playful",  # "what's 2+2?"
    "unknown",
)
DISQUALIFIERS = ("student", "job_seeker", "vendor", "competitor")


@dataclass(frozen=True)
class TimeWish:
    """When a visitor would like to be called, in their own time zone. Everything None or empty: nothing said about it.

    `ordinals`: "the first one" is (1,), "the last" is (-1,). Days are inclusive; `earliest`/`latest` bound the start of
    the call ("afternoon" is 12:00 to 18:00, "at 3" is 15:00 to 15:00).
    """

    first_day: date | None = None
    last_day: date | None = None
    weekdays: tuple[int, ...] = ()  # 0 is Monday
    earliest: time | None = None
    latest: time | None = None
    ordinals: tuple[int, ...] = ()
    any_time: bool = False  # "whatever suits you", "any of them"
    agrees: bool = False  # "yes", "works for me": takes what was proposed, which is no choice among several
    none_fit: bool = False  # "none of these", "can't make those"

    @property
    def said(self) -> bool:
        return self != TimeWish()


@dataclass(frozen=True)
class Contact:
    """How to reach a visitor. `email_hint` is a sentence when an address looks mistyped or cannot be one."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None  # E.164
    company: str | None = None
    email_hint: str | None = None
    email_meant: str | None = None  # the address that was probably meant, where it looks mistyped

    @property
    def reachable(self) -> bool:
        """Whether there is a way to reach them: an address or a number."""
        return bool(self.email or self.phone)


@dataclass(frozen=True)
class Mentions:
    """Whom and what a message speaks of, as it can be said back: "your CFO", "Karen"; "once the new ERP is in"."""

    person: str | None = None  # the one other person or body named
    approver: str | None = None  # who released the money
    event: str | None = None  # what things wait for
    unapproved: bool = False  # somebody still has to agree to the money: "it isn't signed off", "if the board says yes"


@dataclass(frozen=True)
class Reading:
    """One message, read once. `answers` holds what it says on each dimension (the last word wins within a message).

    `corrects` names the dimensions that the message marks as changed ("sorry, make that 25k"). `topics` names the
    visitor's questions, in order. `opener` is what the message would be as the first of a conversation.
    """

    text: str
    acts: tuple[str, ...] = ()
    answers: Mapping[Dimension, Answer] = field(default_factory=dict)
    corrects: tuple[Dimension, ...] = ()
    topics: tuple[str, ...] = ()
    opener: str = "other"
    disqualifier: str | None = None
    contact: Contact = Contact()
    contradicts: tuple[Dimension, ...] = ()  # of `corrects`: without a word that marks a change
    bare: str = ""  # the text without the words that only tell that something is corrected; as long as `text`
    leaves: bool = False  # only ends the talk: "gotta run, bye"
    mail_instead: bool = False  # wants no call, but something in writing
    material: bool = False  # wants something sent to read
    demo: bool = False  # asks to be shown the product
    takes_back: bool = False  # begins with words such as "I misspoke"
    wish: TimeWish = TimeWish()
    facts: Facts = Facts()
    agrees: bool | None = None  # a short yes or no
    resumes: bool = False  # lets the bot go on: "yes, go ahead and ask"; "never mind", having asked for a person
    idle: bool = False  # tells a story, speaks of the weather
    evades: bool = False  # only avoids an answer: "hard to say", "you tell me"
    which: str | None = None  # "former" or "latter" of two things that were said
    found: tuple[str, ...] = ()  # the playbook's answers (`Known.key`) to questions of theirs, in order
    helped: tuple[str, ...] = ()  # the playbook's answers for customers who need help
    abusive: bool = False  # insults or threatens
    language: str | None = None  # ISO 639-1 where the message is surely in another language than English
    mentions: Mentions = Mentions()

    @property
    def introduced(self) -> bool:
        """Whether the message begins as corrections do: "sorry", "actually", "wait"."""
        return bool(self.bare) and self.bare != self.text


class Reader(Protocol):
    """Reads messages; real one: `banter.extraction.reader.SpacyReader`."""

    def read(
        self,
        text: str,
        *,
        open_question: str | None,
        known: Mapping[Dimension, str],
        today: date,
        topic_hint: str | None,
        question: str = "",
    ) -> Reading:
        """Read `text` (up to 2,000 characters) said on `today`, the visitor's date, while `open_question` was open
        (`need | budget | authority | timeline | contact | slot`), with the bands already `known`. `topic_hint` is the
        topic that the dialogue's intent classifier suggests, or None. `question` is what the bot asked, word for word,
        where that is known: "nobody" means one thing after "who else must approve?". Never raises on any text."""
        ...
