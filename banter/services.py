"""What the use cases may do in the world, bound to one transaction: the real diary, nurturing and alerts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from banter.booking.diary import TeamDiary
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.ports import Transaction
from banter.leads.telling import summary
from banter.nurture.nurturing import MailNurturing
from banter.slack.outgoing import SlackPost


@dataclass(frozen=True)
class TurnServices:
    """`banter.leads.ports.Services` of one transaction. `public_url` has no slash at its end."""

    tx: Transaction
    playbook: Playbook
    public_url: str
    secret: str = field(repr=False)

    @cached_property
    def diary(self) -> TeamDiary:
        return TeamDiary(self.tx, self.playbook, self.public_url, self.secret)

    @cached_property
    def nurturing(self) -> MailNurturing:
        return MailNurturing(self.tx, self.playbook, self.public_url, self.secret)

    @cached_property
    def timers(self) -> OutboxTimers:
        return OutboxTimers(self.tx)

    @cached_property
    def alerts(self) -> OutboxAlerts:
        return OutboxAlerts(self.tx, self.playbook, self.public_url)


@dataclass(frozen=True)
class OutboxTimers:
    """`banter.leads.ports.Timers`: an outbox row that the worker turns into a turn when it is due."""

    tx: Transaction

    def set(self, lead: Lead, name: str, due_at: datetime) -> None:
        self.cancel(lead, name)
        # By chance: a key is used once, and a timer may be set again for the very moment of one that was taken back.
        key = f"timer:{name}:{lead.id}:{secrets.token_urlsafe(9)}"
        self.tx.outbox.put(
            key, f"timer_{name}", {"conversation": lead.conversation, "name": name}, due_at=due_at, lead=lead.id
        )

    def cancel(self, lead: Lead, name: str) -> None:
        self.tx.outbox.cancel(lead.id, f"timer_{name}")


@dataclass(frozen=True)
class OutboxAlerts:
    """`banter.leads.ports.Alerts`: an outbox row per webhook of the team, without one a mail to the company; and
    a message in the team's Slack channel, where one is named."""

    tx: Transaction
    playbook: Playbook
    public_url: str

    def tell(self, lead: Lead, kind: str, now: datetime) -> None:
        if lead.test:
            return
        again = f":{now:%Y-%m-%dT%H}" if kind in _AGAIN else ""
        if not again and self._told_before(lead, kind):
            return
        SlackPost(self.tx, self.playbook, self.public_url, now).alert(lead, kind, again)
        told = alert(lead, kind, now, self.public_url)
        webhooks = self.playbook.team.alert_webhooks
        for number, url in enumerate(webhooks):
            key = f"alert:{kind}:{lead.id}:{number}{again}"
            self.tx.outbox.put(key, "alert", {"url": url, "json": told}, due_at=now, lead=lead.id)
        if not webhooks:
            mail = notice(told, self.playbook.company.email)
            self.tx.outbox.put(f"notice:{kind}:{lead.id}{again}", "notice", mail, due_at=now, lead=lead.id)

    def _told_before(self, lead: Lead, kind: str) -> bool:
        """Whether it was told of a lead that is this one by now."""
        heads = [(f"alert:{kind}:{one.lead}", f"notice:{kind}:{one.lead}") for one in lead.joined]
        if not heads:
            return False
        keys = [item.key.removeprefix("slack:") for item in self.tx.outbox.of_lead(lead.id)]
        return any(key.startswith(head) for key in keys for head in heads)


SUBJECTS = {
    "hot": "A qualified lead",
    "person": "A visitor would like to talk to a person",
    "contact": "A visitor who wants a person left an address",
    "support": "A customer needs help",
    "callback": "A visitor has booked a call-back",
    "erase": "A visitor wants all that is known of them deleted",
    "stopped": "A lead wants no more messages",
    "back": "A lead is back on your website",
}
#: What a visitor may ask for again another day, and the team has to hear again then; told once an hour at most.
_AGAIN = ("person", "contact", "stopped")


def notice(told: dict[str, Any], to: str) -> dict[str, Any]:
    """An alert as a mail to the company: what happened, in the visitor's words, and where to read on."""
    reach = told["contact"]["email"] or told["contact"]["phone"] or "no address yet"
    words = "\n".join(f"- {name}: {text}" for name, text in told["words"].items()) or "- nothing yet"
    facts = "".join(f"- {about}: {what}\n" for about, what in told["facts"].items())
    facts = f"\nBeside that:\n{facts}" if facts else ""
    reasons = "\n".join(f"- {reason}" for reason in told["reasons"])
    waits = "They are waiting in the chat now: write to them from the page below.\n\n" if told["waits"] else ""
    asked = f"\nWhat they were asked last: {told['question']}\n" if told["question"] else ""
    stopped = told["opted_out"]
    if stopped:
        words_of_it = f": {stopped['words']}" if stopped["words"] else "."
        waits = f"Please do not write to them any more. They have asked for that{words_of_it}\n\n"
    body = (
        f"{waits}{told['total']} points. To reach: {reach}\n\nIn their words:\n{words}\n{facts}{asked}\n{reasons}\n\n"
        f"{told['url']}\n"
    )
    return {"to": to, "subject": SUBJECTS[told["kind"]], "body": body}


def alert(lead: Lead, kind: str, now: datetime, public_url: str) -> dict[str, Any]:
    """What the team is told: who, why, in the lead's own words, and where to read on. `at` is UTC; `waits` tells that
    the visitor is waiting in the chat. The fields are described in docs/leads.md."""
    need, out = lead.answers.get("need"), lead.opted_out
    url = f"{public_url}/leads/{lead.id}"
    return {
        "kind": kind,
        "at": now.isoformat(),
        "lead": lead.id,
        "url": url,
        "transcript": f"{url}#transcript",
        "channel": lead.channel,
        "waits": lead.aside == "waiting",
        "opted_out": None if out is None else {"at": out.at.isoformat(), "words": out.words},
        "wants": need.text if need is not None and need.said else None,
        "open_question": lead.awaiting,
        "question": lead.question or None,
        "total": lead.score.total if lead.score else 0,
        "route": lead.route.name if lead.route else None,
        "reasons": list(lead.route.reasons) if lead.route else [],
        "words": {d: a.text for d, a in lead.answers.items() if a.said},
        "facts": summary(lead.facts, lead.imported),
        "contact": {"name": lead.contact.name, "email": lead.contact.email, "phone": lead.contact.phone},
    }
