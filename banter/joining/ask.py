"""Two leads give the same number or mail address: its owner is asked, at that very address, whether both are them.

Nobody else is told anything: who types somebody else's address learns nothing, not even that it is known here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from banter.joining import token
from banter.leads.consent import key_of, opted_out
from banter.leads.joining import Question, Via, could_be_joined, mailbox, may_ask, normal_email
from banter.leads.joining_words import JoiningWords
from banter.leads.model import Lead
from banter.leads.playbook import Company

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

#: The kind of the outbox item for a mail; what goes by SMS is an ordinary text message.
KIND = "joining"
#: Whether a lead wants no mails.
Unsubscribed = Callable[["SqlTransaction", str], bool]


@dataclass(frozen=True)
class Asking:
    """What is needed to ask. `public_url` has no slash at its end."""

    words: JoiningWords
    company: Company
    public_url: str
    secret: str = field(repr=False)
    unsubscribed: Unsubscribed = lambda tx, lead: False

    def notice(self, tx: SqlTransaction, lead: Lead, now: datetime) -> Question | None:
        """At the end of a turn: ask about the first other lead that could be the same person, if anything may be asked.
        Nothing of the other lead is read by the turn, or changed."""
        if not could_be_joined(lead):
            return None
        for via, address in _addresses(lead):
            key = key_of(f"joining {via}", mailbox(via, address), self.secret)
            if not may_ask(tx.joinings.to(key), now):  # first, for this happens at the end of every turn
                continue
            others = [other for other in tx.leads.with_address(via, address, but=lead.id) if could_be_joined(other)]
            others = [other for other in others if tx.joinings.of_pair(lead.id, other.id) is None]
            if not others or not self._may_be_written_to(tx, via, address, (lead, *others)):
                continue
            question = tx.joinings.put(lead.id, others[0].id, via, key, now)
            if question is not None:
                self._post(tx, question, address, (lead, others[0]), now)
            return question
        return None

    def _may_be_written_to(self, tx: SqlTransaction, via: Via, address: str, leads: tuple[Lead, ...]) -> bool:
        """By SMS only who wrote to us so, and has not stopped that; by mail nobody who wants no more mails. The gates
        ask again before anything leaves."""
        if via == "sms":
            ledger = tx.consents.of(key_of("sms", address, self.secret))
            return bool(ledger) and not opted_out(ledger)
        return not any(self.unsubscribed(tx, lead.id) for lead in leads)

    def _post(
        self, tx: SqlTransaction, question: Question, address: str, leads: tuple[Lead, Lead], now: datetime
    ) -> None:
        link = token.url(question.number, public_url=self.public_url, secret=self.secret)
        one, other = self.words.places(leads, self.company.timezone)
        values = {"company": self.company.name, "link": link}
        key = f"{KIND}:{question.number}"
        if question.via == "sms":
            text = self.words.say("text", **values)
            # Nobody waits for it, so it keeps to the quiet hours; it is no lead's, whose answers would wait for it.
            payload = {"to": address, "text": text, "buttons": [], "prompted": False, "answers": False}
            tx.outbox.put(key, "sms", payload, due_at=now, lead=None)
        else:
            body = self.words.say("body", **values, one=one, other=other, sender=self._sender())
            headers = {"Reply-To": self.company.email}
            payload = {"to": address, "subject": self.words.say("subject", **values), "body": body, "headers": headers}
            tx.outbox.put(key, KIND, payload, due_at=now, lead=leads[0].id)

    def _sender(self) -> str:
        return f"{self.company.name}\n{self.company.email}"


def _addresses(lead: Lead) -> Iterator[tuple[Via, str]]:
    """A number first: who writes from it has shown that it is theirs."""
    if lead.contact.phone:
        yield "sms", lead.contact.phone
    email = normal_email(lead.contact.email)
    if email is not None:
        yield "email", email
