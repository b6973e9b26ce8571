"""One person who talks with us in two places is one lead, once the owner of the address that both leads gave has said
so: when to ask, what the one lead then knows, and how it goes on in either conversation. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from banter.leads.facts import merge_facts
from banter.leads.model import Booking, Joined, Lead, Message, Slot, Thread
from banter.leads.reading import Contact
from scoring.model import DIMENSIONS, Answer, Dimension

#: Where the question goes: to the address that both leads have.
Via = Literal["sms", "email"]
Verdict = Literal["same", "other"]

#: How long the link in the question works.
LIFETIME = timedelta(days=7)
#: An address is asked once a day, whoever types it; not again after so many questions without an answer, and never
#: after a no.
ONCE_IN = timedelta(days=1)
MOST_UNANSWERED = 3
#: Channels of real visitors.
CHANNELS = ("web", "sms")
Said = Mapping[Dimension, datetime]


@dataclass(frozen=True)
class Question:
    """Whether two leads are the same person, put to the owner of an address. `key` stands for that address."""

    number: int
    first: str  # of the two leads, in the order of their ids
    second: str
    via: Via
    key: str
    asked_at: datetime
    answered_at: datetime | None = None
    verdict: Verdict | None = None

    def is_open(self, now: datetime) -> bool:
        return self.answered_at is None and now < self.asked_at + LIFETIME


def normal_email(address: str | None) -> str | None:
    """How addresses are compared: mail programs make no difference of case."""
    return (address or "").strip().lower() or None


def mailbox(via: Via, address: str) -> str:
    """Whose an address is, as far as it shows: pat+1@ and pat+2@ are read by one person, who is asked as one."""
    local, at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}{at}{domain}" if via == "email" else address


def may_ask(before: Sequence[Question], now: datetime) -> bool:
    """Whether an address may be asked once more, after all that it was asked `before`."""
    if any(question.verdict == "other" for question in before):
        return False
    unanswered = sum(question.answered_at is None for question in before)
    return unanswered < MOST_UNANSWERED and all(now - question.asked_at >= ONCE_IN for question in before)


def could_be_joined(lead: Lead) -> bool:
    """Whether it is a real visitor's, in a channel where people are who they were before, who may be written to."""
    return not lead.test and lead.opener is not None and lead.channel in CHANNELS and lead.opted_out is None


def who_stays(one: Lead, other: Lead) -> tuple[Lead, Lead]:
    """The lead that goes on, and the one that becomes a part of it: somebody of the team is with it or on the way,
    else its visitor spoke last."""
    stays, goes = sorted((one, other), key=lambda lead: (bool(lead.aside), _heard(lead), lead.id), reverse=True)
    return stays, goes


def told_at(lead: Lead, messages: Sequence[Message]) -> Said:
    """When each answer was given, by the last message that holds its words; else when the visitor last spoke."""
    said = [message for message in messages if message.sender == "visitor"]
    return {
        dimension: max((m.at for m in said if _last_words(answer) in m.text), default=_heard(lead))
        for dimension, answer in lead.answers.items()
    }


def joined(
    stays: Lead, goes: Lead, *, told: Said, told_there: Said, call: Booking | None, by: Via, now: datetime
) -> Lead:
    """The one lead: of two answers the one that was given later, what only one of them knows, and the `call` that
    stands. `told` and `told_there` say when each answer of `stays` and `goes` was given. To be qualified anew."""
    answers, theirs = _answers(stays, goes, told, told_there)
    call_stands = call is not None and call.status == "confirmed"
    contact = _contact(stays.contact, goes.contact)
    lead = replace(
        stays,
        created_at=min(stays.created_at, goes.created_at),
        updated_at=now,
        timezone=goes.timezone if (stays.channel, goes.channel) == ("sms", "web") else stays.timezone,
        answers=answers,
        opener=stays.opener or goes.opener,
        # Each once: a follow-up in one place uses up no question in the other.
        asked=tuple(dict.fromkeys((*stays.asked, *(d for d in goes.asked if d in theirs)))),
        probed=(*(d for d in stays.probed if d not in theirs), *(d for d in goes.probed if d in theirs)),
        doubted=tuple(dict.fromkeys((*stays.doubted, *goes.doubted))),
        contact=contact,
        contact_declined=stays.contact_declined and not contact.reachable,
        email_check=stays.email_check or goes.email_check,
        disqualifier=stays.disqualifier or goes.disqualifier,
        elsewhere=stays.elsewhere or goes.elsewhere,
        callback=stays.callback or (goes.callback and call_stands),
        facts=merge_facts(goes.facts, stays.facts),
        demo=stays.demo or goes.demo,
        told=(*(t for t in goes.told if t not in (*stays.told, "abuse")), *stays.told),
        turned_down=(*goes.turned_down, *stays.turned_down),
        turns=stays.turns + goes.turns,
        unprompted=stays.unprompted + goes.unprompted,
        nudged=stays.nudged or goes.nudged,
        browsing=stays.browsing and goes.browsing,
        joined=(*stays.joined, *goes.joined, _record(goes, contact, by, now)),
        threads={**goes.threads, **stays.threads, goes.conversation: _thread(goes)},
    )
    if call is not None and call_stands:
        slot = Slot(call.starts_at, call.ends_at, call.rep)
        lead = replace(lead, slot=slot, offered=(), awaiting=None, slot_declined=False)
    return replace(lead, status=_status(stays, goes, call_stands))


def goes_on(lead: Lead, conversation: str, channel: str) -> Lead:
    """The lead as it stands in that one of its conversations. The question that is open there is the one that counts,
    if it is still to be answered; else the one that is open altogether."""
    if lead.conversation == conversation:
        return lead
    threads = {**lead.threads, lead.conversation: _thread(lead)}
    there = threads.pop(conversation, Thread())
    lead = replace(lead, conversation=conversation, channel=channel, threads=threads)
    if not _still_open(lead, there.awaiting):
        return lead
    return replace(
        lead,
        awaiting=there.awaiting,
        question=there.question,
        offered=there.offered,
        proposed=there.proposed,
        tries=there.tries,
        probe="",
        about="",
    )


def the_call(own: Booking | None, others: Booking | None, now: datetime) -> Booking | None:
    """Of the calls of the lead that stays and of the other, the one that stands: the next to come, its own first."""
    standing = [call for call in (own, others) if call is not None and call.status == "confirmed"]
    to_come = [call for call in standing if call.ends_at > now]
    return next(iter((*to_come, *standing)), None)


def _answers(
    stays: Lead, goes: Lead, told: Said, told_there: Said
) -> tuple[dict[Dimension, Answer], frozenset[Dimension]]:
    """The answers, and of which dimensions they are the other lead's."""
    found: dict[Dimension, Answer] = {}
    theirs = set()
    for dimension in DIMENSIONS:
        own, other = stays.answers.get(dimension), goes.answers.get(dimension)
        if other is not None and _counts(other, own, told_there.get(dimension), told.get(dimension)):
            theirs.add(dimension)
            found[dimension] = other
        elif own is not None:
            found[dimension] = own
    return found, frozenset(theirs)


def _counts(other: Answer, own: Answer | None, at: datetime | None, own_at: datetime | None) -> bool:
    """Whether the other lead's answer counts in place of the own one: said beats unsaid, then later beats earlier."""
    if own is None or own.said != other.said:
        return own is None or other.said
    return at is not None and own_at is not None and at > own_at


def _contact(own: Contact, other: Contact) -> Contact:
    """The own one, and what only the other knows."""
    return replace(
        own,
        name=own.name or other.name,
        email=own.email or other.email,
        phone=own.phone or other.phone,
        company=own.company or other.company,
    )


def _record(goes: Lead, contact: Contact, by: Via, now: datetime) -> Joined:
    same_mail = normal_email(goes.contact.email) == normal_email(contact.email)
    email = None if same_mail else goes.contact.email
    phone = None if goes.contact.phone == contact.phone else goes.contact.phone
    return Joined(goes.id, goes.conversation, goes.channel, now, by, email, phone)


def _status(stays: Lead, goes: Lead, call_stands: bool) -> str:
    if call_stands:
        return "booked"
    if stays.status in ("open", "closed") or goes.status != "handed_over":
        return stays.status if stays.status != "booked" else "open"
    return "handed_over"


def _still_open(lead: Lead, awaiting: str | None) -> bool:
    if lead.status != "open" or lead.aside or awaiting is None:
        return False
    if awaiting in DIMENSIONS:
        return awaiting not in lead.answers
    if awaiting == "slot":
        return lead.slot is None and not lead.slot_declined
    return not lead.contact.email


def _thread(lead: Lead) -> Thread:
    return Thread(lead.awaiting, lead.question, lead.offered, lead.proposed, lead.tries)


def _heard(lead: Lead) -> datetime:
    return lead.heard_at or lead.updated_at


def _last_words(answer: Answer) -> str:
    """What of an answer was said last: one that was told in pieces has them on lines of their own."""
    return answer.text.rpartition("\n")[2]
