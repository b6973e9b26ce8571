"""What the bot does by itself when a timer runs out. It runs as a turn, and decides by how things stand then. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from banter.leads.aside import HAND_BACK, PATIENCE, handed_back, out_of_patience
from banter.leads.model import Lead
from banter.leads.playbook import Conversation
from banter.leads.returning import put_again, silent_since
from banter.leads.saying import Heard, Say
from banter.leads.turn import Turn

NUDGE = "nudge"
#: Channels that ring in somebody's pocket: never before eight and after nine in the evening, on their clock.
_QUIET = ("sms",)
_DAY_BEGINS, _NIGHT_BEGINS, _MORNING = time(8), time(21), time(9)


def nudge(lead: Lead, turn: Turn) -> Heard | None:
    """One gentle reminder with the open question in other words; None when they have said something since, when all is
    said, or when it is night. What is still to come is set again by `remind`."""
    due = _due(lead, turn)
    if due is None or due > turn.now:
        return None
    return put_again(replace(lead, nudged=True, updated_at=turn.now), (Say("utter_nudge"),), turn)


#: By the timer's name: what is to be said, None when nothing is.
TIMED: Mapping[str, Callable[[Lead, Turn], Heard | None]] = {
    NUDGE: nudge,
    PATIENCE: out_of_patience,
    HAND_BACK: handed_back,
}


def remind(lead: Lead, turn: Turn) -> None:
    """At the end of a turn: set the one reminder for a visitor who may fall silent now, or take it back."""
    if lead.channel not in turn.playbook.conversation.nudge:
        return
    due = _due(lead, turn)
    if due is None:
        turn.services.timers.cancel(lead, NUDGE)
    else:
        turn.services.timers.set(lead, NUDGE, due)


def _due(lead: Lead, turn: Turn) -> datetime | None:
    """When to remind, now or later; None: not at all. Who only opened the chat is left alone."""
    wait = turn.playbook.conversation.nudge.get(lead.channel)
    since = silent_since(lead)
    if wait is None or since is None or lead.nudged or lead.aside or lead.status != "open" or lead.awaiting is None:
        return None
    if turn.now - since > _latest(lead, wait, turn.playbook.conversation):
        return None
    due = max(since + wait, turn.now)
    return by_day(due, lead.timezone) if lead.channel in _QUIET else due


def _latest(lead: Lead, wait: timedelta, rules: Conversation) -> timedelta:
    """A reminder that could not be given in time, because the server was off, is left out. Where a chat can be opened
    again, the welcome back takes its place."""
    if lead.channel in _QUIET or wait >= rules.recap_after:
        return wait + timedelta(days=1)
    return rules.recap_after


def by_day(at: datetime, timezone: str) -> datetime:
    """`at`, or the next morning at nine when it is night in `timezone` (an IANA name). In `at`'s own zone."""
    local = at.astimezone(ZoneInfo(timezone))
    if _DAY_BEGINS <= local.time() < _NIGHT_BEGINS:
        return at
    day = local.date() + timedelta(days=1 if local.time() >= _NIGHT_BEGINS else 0)
    return datetime.combine(day, _MORNING, tzinfo=local.tzinfo).astimezone(at.tzinfo)
