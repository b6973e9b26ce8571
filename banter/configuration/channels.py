"""`channels.yml`: how visitors and the team are met."""

from __future__ import annotations

import re
from datetime import time, timedelta

from banter.configuration import values
from banter.configuration.section import Section
from banter.leads.playbook import Channels, Opening, Slack, Sms, Widget

FILE = "channels.yml"
KEYS = ("sms", "slack", "widget")
SMS_KEYS = ("quiet",)
SLACK_KEYS = ("alerts", "test")
WIDGET_KEYS = ("consent", "consent_text", "open", "pricing", "demo")
OPEN_KEYS = ("pages", "after", "leaving")
#: The law of the United States (47 CFR 64.1200): no marketing before 8:00 and after 21:00.
_LATEST, _EARLIEST = time(21), time(8)


def read_channels(section: Section) -> Channels | None:
    """The channels, None after a fault. What is left out is as usual."""
    section.only(*KEYS)
    found = Channels(_sms(section), _slack(section), _widget(section))
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


def _widget(section: Section) -> Widget:
    below = section.below("widget", "{consent: false}") if section.has("widget") else None
    if below is None:
        return Widget()
    below.only(*WIDGET_KEYS)
    consent = bool(below.value_or_none("consent", _yes_or_no))
    texts = below.below("consent_text", "{en: May we keep what you write?}") if below.has("consent_text") else None
    words = (
        {language: texts.text(language, "May we keep what you write?", most=600) for language in texts.names}
        if texts
        else {}
    )
    for language in words:
        if not re.fullmatch(r"[a-z]{2,3}", language):
            below.fault("must be a language, e.g. en", "consent_text", language)
    if consent and not words:
        below.fault("is missing; add e.g. consent_text: {en: May we keep what you write here?}", "consent_text")
    pricing = below.values("pricing", _path, "[/pricing*]") if below.has("pricing") else Widget().pricing
    demo = below.values("demo", _path, "[/demo/thanks]") if below.has("demo") else Widget().demo
    return Widget(consent, words, _opening(below), pricing, demo)


def _opening(section: Section) -> Opening | None:
    below = section.below("open", "{pages: [/pricing*], after: 20s}") if section.has("open") else None
    if below is None or not below.names:
        return None
    below.only(*OPEN_KEYS)
    pages = below.values("pages", _path, "[/pricing*]") if below.has("pages") else Opening().pages
    after, leaving = below.value_or_none("after", _seconds), bool(below.value_or_none("leaving", _yes_or_no))
    if after is None and not leaving:
        section.fault("says when by `after: 20s`, `leaving: true` or both", "open")
    return Opening(pages, after, leaving)


def _yes_or_no(raw: str) -> bool:
    if raw not in ("true", "false"):
        raise values.Unfit("must be true or false")
    return raw == "true"


def _seconds(raw: str) -> timedelta:
    match = re.fullmatch(r"(\d{1,4})\s*s", raw.strip().lower())
    return timedelta(seconds=int(match[1])) if match else values.duration(raw)


def _path(raw: str) -> str:
    if not re.fullmatch(r"[/*][^\s?#]{0,199}", raw):
        raise values.Unfit("must be the path of a page, e.g. /pricing, or /pricing* for all that begins so")
    return raw


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
