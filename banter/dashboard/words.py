"""What the names in the data are called on the page. A test holds each table to the names that there are."""

from __future__ import annotations

from collections.abc import Mapping

from banter.explaining.words import EVENTS
from banter.leads.behaviour import OWNERS
from banter.leads.plain import CHANNELS, ROUTES, STATUSES

__all__ = ["CHANNELS", "ROUTES", "STATUSES"]

QUESTIONS: Mapping[str, str] = {
    "need": "what they need",
    "budget": "the budget",
    "authority": "who decides",
    "timeline": "when they need it",
    "contact": "their address",
    "slot": "a time for the call",
}
KINDS: Mapping[str, str] = {
    "invitation": "Invitation",
    "cancellation": "Cancellation",
    "nurture": "Nurture mail",
    "notice": "Notice to the team",
    "transcript": "Transcript to the visitor",
    "joining": "Question whether two leads are one",
    "alert": "Alert",
    "sms": "Text message",
    "slack": "Slack message",
}
ALERTS: Mapping[str, str] = {
    "hot": "Qualified lead",
    "person": "Wants to talk to a person",
    "support": "Customer who needs help",
    "contact": "Left an address for a person",
    "callback": "Call-back booked",
    "erase": "Wants all data deleted",
    "stopped": "Wants no more messages",
    "back": "Back on the website",
}
#: What the list can be narrowed to beside a route.
FLAGS: Mapping[str, str] = {"requalify": "Back, and fits"}
#: What only the owner's own systems tell.
DEEDS: Mapping[str, str] = {kind: EVENTS[kind].capitalize() for kind in OWNERS}
#: What became of something that was to go out, by status.
OUTBOX: Mapping[str, str] = {
    "queued": "Waiting",
    "sent": "Sent",
    "shown": "Would be sent",
    "cancelled": "Taken back",
    "failed": "Failed",
}
BOOKINGS: Mapping[str, str] = {
    "held": "Held, waits for an address",
    "confirmed": "Confirmed",
    "cancelled": "Cancelled",
}
DISPOSITIONS: Mapping[str, str] = {
    "accepted": "Accepted",
    "rejected": "Rejected",
    "later": "To be called back later",
}
#: Where the owner of an address confirmed that two leads are one.
CONFIRMED_BY: Mapping[str, str] = {"sms": "text message", "email": "mail"}
