"""Putting a lead on a sequence, taking it off again, and whether a mail that is due may still leave."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from banter import resume_link
from banter.leads.model import Lead, OutboxItem
from banter.leads.playbook import Playbook, Sequence, Step
from banter.leads.ports import Transaction
from banter.nurture import clicks, token
from banter.nurture.render import Links, render
from banter.nurture.track import why

KIND = "nurture"


def enrol(
    tx: Transaction, playbook: Playbook, lead: Lead, route_name: str, now: datetime, public_url: str, *, secret: str
) -> int:
    """Queue the mails of the route's sequence, due counted from `now`; returns how many were new.

    Repeatable: what is queued stays as it is and what was sent is not sent again; only what was taken back in between
    (the lead left the sequence and is here again) is queued anew. Another sequence's mails are taken back. A lead
    without an address, or who unsubscribed, gets none; nor does a test lead.
    """
    sequence = playbook.sequences.get(route_name)
    if lead.test or sequence is None or not lead.contact.email or has_unsubscribed(tx, lead.id):
        return 0
    items = [item for item in tx.outbox.of_lead(lead.id) if item.kind == KIND]
    if any(item.status == "queued" and item.payload.get("sequence") != sequence.name for item in items):
        tx.outbox.cancel(lead.id, KIND)
        items = [item for item in tx.outbox.of_lead(lead.id) if item.kind == KIND]
    new = 0
    for step in sequence.steps:
        key = f"nurture:{lead.id}:{sequence.name}:{step.key}"
        # By what it is, not by its key: a lead that is two has mails under two names.
        about = (sequence.name, step.key)
        same = [item for item in items if (item.payload.get("sequence"), item.payload.get("step")) == about]
        if any(item.status != "cancelled" for item in same):
            continue
        payload = _payload(playbook, lead, sequence, step, now + step.after, public_url.rstrip("/"), secret)
        again = f":{len(same) + 1}" if same else ""
        tx.outbox.put(f"{key}{again}", KIND, payload, due_at=now + step.after, lead=lead.id)
        new += 1
    return new


def stop(tx: Transaction, lead_id: str) -> int:
    """Take back every nurture mail that has not left; returns how many."""
    return tx.outbox.cancel(lead_id, KIND)


def unsubscribe(tx: Transaction, lead_id: str, now: datetime) -> None:
    """No more nurture mails for this lead, ever. The mark is an outbox row of its own that is never sent."""
    lead_id = _by_now(tx, lead_id)
    mark = {"to": "", "subject": "Asked for no more of these mails", "body": ""}
    tx.outbox.put(_mark(lead_id), KIND, mark, due_at=now, lead=lead_id)
    stop(tx, lead_id)


def has_unsubscribed(tx: Transaction, lead_id: str) -> bool:
    lead_id = _by_now(tx, lead_id)
    return any(item.key == _mark(lead_id) for item in tx.outbox.of_lead(lead_id))


def _by_now(tx: Transaction, lead_id: str) -> str:
    """The lead that the one with this id was joined into, if it was: links in old mails hold the old id."""
    lead = tx.leads.get(lead_id)
    return lead_id if lead is None else lead.id


def may_send(item: OutboxItem, tx: Transaction) -> bool:
    """Whether this nurture mail may leave now: its lead is still there and still being nurtured, has an address, and
    has neither booked nor unsubscribed nor been turned
    away, and is no test."""
    lead = tx.leads.get(item.lead) if item.lead is not None else None
    if lead is None or lead.test or not lead.contact.email or lead.status in ("booked", "closed", "handed_over"):
        return False
    if lead.route is not None and lead.route.name not in ("nurture_warm", "nurture_cold"):
        return False
    return not lead.disqualifier and not has_unsubscribed(tx, lead.id)


def _payload(
    playbook: Playbook, lead: Lead, sequence: Sequence, step: Step, due_at: datetime, public_url: str, secret: str
) -> dict[str, Any]:
    links = Links(
        resume=resume_link.url(lead.conversation, due_at, public_url=public_url, secret=secret),
        unsubscribe=f"{public_url}/unsubscribe/{token.make(lead.id, secret)}",
    )
    mail = f"{sequence.name}/{step.key}"
    if clicks.counts(playbook, public_url):
        step = clicks.counted(
            step, lambda target: clicks.by_us(clicks.Click(lead.id, mail, target), public_url, secret)
        )
    reps = playbook.team.reps
    writer = reps[0].name if reps else playbook.company.name
    subject, body = render(step, lead=lead, company=playbook.company, rep=writer, links=links)
    return {
        "to": lead.contact.email,
        "subject": subject,
        "body": body,
        "reply_to": playbook.company.email,
        "headers": {
            "Reply-To": playbook.company.email,
            "List-Unsubscribe": f"<{links.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        "sequence": sequence.name,
        "step": step.key,
        "track": why(lead.answers, playbook.rubric),
    }


def _mark(lead_id: str) -> str:
    return f"nurture:{lead_id}:unsubscribed"
