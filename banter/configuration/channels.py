"""`channels.yml`: how visitors and the team are met, beside the web page."""

from __future__ import annotations

import re
from datetime import time

from banter.configuration import values
from banter.configuration.section import Section
from banter.leads.playbook import Channels, Slack, Sms

FILE = "channels.yml"
KEYS = ("sms", "slack")
SMS_KEYS = ("quiet",)
SLACK_KEYS = ("alerts", "test")
#: The law of the United States (47 CFR 64.1200): no marketing before 8:00 and after 21:00.
_LATEST, _EARLIEST = time(21), time(8)


def read_channels(section: Section) -> Channels | None:
    """The channels, None after a fault. What is left out is as usual."""
    section.only(*KEYS)
    found = Channels(_sms(section), _slack(section))
    return None if section.faults else found


def _sms(section: Section) -> Sms:
    below = section.below("sms", "{quiet: 21:00-8:00}") if section.has("sms") else None
    if below is None:
        return Sms()
    below.only(*SMS_KEYS)
    quiet = below.value_or_none("quiet", _night)
    return Sms(*quiet) if quiet else Sms()


def _slack(section: Section) -> Slack:
    below = section.below("slack", "{alerts: C0123456789}") if section.has("slack") else None
    if below is None:
        return Slack()
    below.only(*SLACK_KEYS)
    return Slack(*(below.value_or_none(name, _channel) for name in SLACK_KEYS))


def _night(raw: str) -> tuple[time, time]:
    """From an hour of one day to an hour of the next."""
    begins, _, ends = raw.partition("-")
    if not ends:
        raise values.Unfit("must be two times with - between, e.g. 21:00-8:00")
    first, last = values.clock(begins.strip()), values.clock(ends.strip())
    if not last < first:
        raise values.Unfit("must go on past midnight, e.g. 21:00-8:00")
    if first > _LATEST or last < _EARLIEST:
        raise values.Unfit("must hold 21:00-8:00, in which many places forbid it; write that, or longer")
    return first, last


def _channel(raw: str) -> str:
    if not re.fullmatch(r"[CGD][A-Z0-9]{8,20}", raw):
        raise values.Unfit(
            "must be the channel's ID, e.g. C0123456789 (in Slack: the channel's name, About, at the bottom)"
        )
    return raw
