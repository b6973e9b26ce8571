"""What visitors do when the conversation is over: points by it, who is back, and what does not follow from it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.qualify import qualify
from scoring.known import Event
from scoring.verdict import flags

#: Where a lead belongs with a person of the team, who was told so.
WITH_TEAM = ("book", "handover")
_REQUALIFY = "requalify"
#: Who opens the website in another tab while the bot asks was not away.
_AWAY = timedelta(hours=1)


def last_heard(lead: Lead) -> datetime | None:
    """When the visitor last said something; None when they only opened the chat."""
    return lead.heard_at or (lead.updated_at if lead.turns else None)


def flags_of(lead: Lead) -> tuple[str, ...]:
    """The flags of `scoring.verdict.flags`; `requalify` only for who is back since their last word."""
    if lead.score is None or lead.route is None:
        return ()
    found = flags(lead.score, lead.route)
    return found if _is_back(lead) else tuple(flag for flag in found if flag != _REQUALIFY)


def is_back_cold(lead: Lead) -> bool:
    """Whether a cold lead who fits well is back on the website, and is to be asked again: nobody of the team is on the
    case, and nothing that was said speaks against it."""
    return _REQUALIFY in flags_of(lead)


def noticed(lead: Lead, events: Sequence[Event], playbook: Playbook, now: datetime) -> Lead:
    """The lead after `events`, all that they ever did: its points and route are today's, nothing else of it changes.
    Who belongs with the team is not taken away from it by points that fade: they keep what they came with."""
    if tuple(events) == lead.events:
        return lead
    told = replace(lead, events=tuple(events), seen_at=now)
    if lead.score is None:
        return told
    today = qualify(told, playbook)
    was, is_now = lead.route, today.route
    settled = was is not None and was.final and was.name in WITH_TEAM
    if settled and is_now is not None and is_now.name not in WITH_TEAM:
        return replace(told, seen_at=lead.seen_at)
    return today


def _is_back(lead: Lead) -> bool:
    heard = last_heard(lead)
    if heard is None or lead.aside or lead.disqualifier or lead.opted_out or lead.status in ("booked", "handed_over"):
        return False
    return any(event.kind == "return" and event.at >= heard + _AWAY for event in lead.events)
