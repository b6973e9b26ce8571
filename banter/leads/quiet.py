"""The hours in which nobody is written to who did not just write. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from banter.leads.playbook import Sms

_STEP = timedelta(minutes=5)
#: Longer than any night, across all the zones of one number.
_LOOKED_AHEAD = timedelta(days=2)


def is_quiet(now: datetime, zones: Sequence[str], hours: Sms) -> bool:
    """Whether it is night in any of `zones` (IANA names)."""
    return any(_at_night(now.astimezone(ZoneInfo(zone)).time(), hours) for zone in zones)


def wakes(now: datetime, zones: Sequence[str], hours: Sms) -> datetime | None:
    """`now`, or the first moment after it that is day in every one of `zones`; None where there is none, in a country
    so wide that it is always night somewhere. Across a change of the clocks it is their clocks that count."""
    if not is_quiet(now, zones, hours):
        return now
    moment = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    for _ in range(int(_LOOKED_AHEAD / _STEP)):
        moment += _STEP
        if not is_quiet(moment, zones, hours):
            return moment
    return None


def _at_night(clock: time, hours: Sms) -> bool:
    return clock >= hours.quiet_from or clock < hours.quiet_until
