"""`team.yml`: who takes calls, when, and how long they last."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from banter.configuration import values
from banter.configuration.hours import read_hours
from banter.configuration.section import Section
from banter.leads.playbook import Hours, Rep, Team

FILE = "team.yml"
KEYS = ("reps", "call", "buffer", "notice", "horizon", "offered", "hold", "alert_webhooks")
REP_KEYS = ("key", "name", "email", "timezone", "hours", "days_off")
#: The database keeps two calls apart by steps of this many minutes.
STEP = timedelta(minutes=5)


def read_team(section: Section, company_hours: tuple[Hours, ...], company_zone: ZoneInfo | None) -> Team | None:
    """The team, None after a fault. A rep without hours or a time zone has the company's."""
    before = len(section.faults)
    section.only(*KEYS)
    reps = _reps(section, company_hours, company_zone)
    call = _length(section, "call", "30m", least=STEP, most=timedelta(hours=8), steps=True)
    buffer = _length(section, "buffer", "10m", least=timedelta(), most=timedelta(hours=8), steps=True)
    notice = _length(section, "notice", "1h", least=timedelta(), most=timedelta(days=60))
    horizon = _length(section, "horizon", "14d", least=timedelta(days=1), most=timedelta(days=365))
    hold = _length(section, "hold", "20m", least=timedelta(minutes=1), most=timedelta(days=2))
    offered = section.whole("offered", 1, 10)
    webhooks = section.values("alert_webhooks", values.url, "[]")
    if notice is not None and horizon is not None and horizon <= notice:
        section.fault("must be longer than notice, else no time can ever be offered", "horizon")
    if call is not None and reps and not any(_span(hours) >= call for rep in reps for hours in rep.hours):
        section.fault("is longer than any opening hours of a rep; no time can ever be offered", "call")
    if len(section.faults) > before:
        return None
    if call is None or buffer is None or notice is None or horizon is None or hold is None:
        return None
    return Team(reps, call, buffer, notice, horizon, offered, hold, webhooks)


def _length(
    section: Section, name: str, like: str, *, least: timedelta, most: timedelta, steps: bool = False
) -> timedelta | None:
    length = section.value(name, values.duration, like)
    if length is None:
        return None
    if not least <= length <= most:
        section.fault(f"must be from {_in_words(least)} to {_in_words(most)}", name)
    elif steps and length % STEP:
        section.fault(f"must be a multiple of 5 minutes, e.g. {like}", name)
    else:
        return length
    return None


def _in_words(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes % 1440 == 0 and minutes:
        return f"{minutes // 1440}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 and minutes else f"{minutes}m"


def _span(hours: Hours) -> timedelta:
    return timedelta(hours=hours.closes.hour, minutes=hours.closes.minute) - timedelta(
        hours=hours.opens.hour, minutes=hours.opens.minute
    )


def _reps(section: Section, company_hours: tuple[Hours, ...], company_zone: ZoneInfo | None) -> tuple[Rep, ...]:
    items = section.items("reps", "[{key: sales-1, name: The sales team, email: sales@example.com}]")
    if not items and section.has("reps") and isinstance(section.names["reps"].value, tuple):
        section.fault("has nobody in it; without a rep no call can be booked", "reps")
    reps = []
    lines: dict[str, int] = {}
    for place, item in enumerate(items, start=1):
        below = section.as_section(item, "reps", str(place))
        if below is None:
            continue
        before = len(below.faults)
        rep = _rep(below, company_hours, company_zone)
        if rep is not None and rep.key in lines:
            below.fault(f"'{rep.key}' is taken by the rep in line {lines[rep.key]}; give each their own", "key")
        elif rep is not None and len(below.faults) == before:
            lines[rep.key] = below.names["key"].line
            reps.append(rep)
    return tuple(reps)


def _rep(section: Section, company_hours: tuple[Hours, ...], company_zone: ZoneInfo | None) -> Rep | None:
    section.only(*REP_KEYS)
    key = section.value("key", values.slug, "sales-1")
    name = section.text("name", "The sales team", most=80)
    email = section.value("email", values.email, "sales@example.com")
    zone = section.value_or_none("timezone", values.zone) or company_zone
    hours = company_hours
    if section.has("hours"):
        hours = read_hours(section, "hours")
    elif "hours" in section.names:
        section.fault("has no times; write some, or leave the line out to take the company's", "hours")
    days_off = section.values("days_off", values.day, "[]") if section.has("days_off") else ()
    if key is None or email is None or zone is None:
        return None
    return Rep(key, name, email, hours, days_off, zone)
