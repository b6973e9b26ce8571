"""The hours in which nobody is written to who did not just write. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from banter.leads.playbook import Sms

#: Longer than any night, across all the zones of one number.
_LOOKED_AHEAD = timedelta(days=2)


def is_quiet(now: datetime, zones: Sequence[str], hours: Sms) -> bool:
    """Whether it is night in any of `zones` (IANA names)."""
    return any(_at_night(now.astimezone(ZoneInfo(zone)).time(), hours) for zone in zones)


def wakes(now: datetime, zones: Sequence[str], hours: Sms) -> datetime | None:
    """`now`, or the first moment after it that is day in every one of `zones`; None where there is none, in a country
    so wide that it is always night somewhere. Across a change of the clocks it is their clocks that count."""
    moment = now
    while moment - now < _LOOKED_AHEAD:
        asleep = [zone for zone in zones if is_quiet(moment, (zone,), hours)]
        if not asleep:
            return moment
        moment = max(_morning(moment, zone, hours) for zone in asleep)
    return None


def _morning(moment: datetime, zone: str, hours: Sms) -> datetime:
    """When the night ends that it is at `moment` in `zone`, in UTC."""
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=local.time() >= hours.quiet_from)
    return datetime.combine(day, hours.quiet_until, tzinfo=local.tzinfo).astimezone(timezone.utc)


def _at_night(clock: time, hours: Sms) -> bool:
    return clock >= hours.quiet_from or clock < hours.quiet_until
