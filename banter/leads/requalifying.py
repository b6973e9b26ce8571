"""What visitors do when the conversation is over: points by it, who is back, and what does not follow from it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.qualify import qualify
from scoring.known import Event
from scoring.verdict import flags, is_cold_and_fits

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
    found = tuple(flag for flag in flags(lead.score, lead.route) if flag != _REQUALIFY)
    return (*found, _REQUALIFY) if is_cold_and_fits(lead.score) and _is_back(lead) else found


def is_back_cold(lead: Lead) -> bool:
    """Whether a cold lead who fits well is back on the website, and is to be asked again: nobody of the team is on the
    case, and nothing that was said speaks against it."""
    return _REQUALIFY in flags_of(lead)


def noticed(lead: Lead, events: Sequence[Event], playbook: Playbook, now: datetime) -> Lead:
    """The lead after `events`, all that they ever did: its points and route are today's, nothing else of it changes.
    Who was scored by an older rubric, and has nothing more to say, keeps that score: what counts now was not what they
    were asked under."""
    if tuple(events) == lead.events:
        return lead
    told = replace(lead, events=tuple(events), seen_at=now)
    if lead.score is None:
        return told
    if lead.status != "open" and lead.score.rubric != playbook.rubric.name:
        return replace(told, seen_at=lead.seen_at)
    today = qualify(told, playbook)
    return replace(today, seen_at=lead.seen_at) if today.score is lead.score else today


def _is_back(lead: Lead) -> bool:
    heard = last_heard(lead)
    if heard is None or lead.aside or lead.disqualifier or lead.opted_out or lead.status in ("booked", "handed_over"):
        return False
    return any(event.kind == "return" and event.at >= heard + _AWAY for event in lead.events)
