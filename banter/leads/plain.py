"""What the names in the data are called where people of the team read them. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from banter.leads.model import Lead
from banter.leads.moments import say_date
from scoring.model import Answer, Dimension, Money, RouteName, Timing

ROUTES: Mapping[RouteName, str] = {
    "book": "Book",
    "nurture_warm": "Warm nurture",
    "nurture_cold": "Cold nurture",
    "handover": "Hand-over",
    "support": "Support",
    "disqualified": "Disqualified",
}
STATUSES: Mapping[str, str] = {
    "open": "Open",
    "booked": "Booked",
    "nurture": "In nurture",
    "handed_over": "Handed over",
    "closed": "Closed",
}
CHANNELS: Mapping[str, str] = {"web": "Web chat", "sms": "SMS", "slack": "Slack", "terminal": "Terminal"}
SENDERS: Mapping[str, str] = {"visitor": "Visitor", "bot": "Bot", "rep": "Team"}
#: Where something is known from that they did not say.
SOURCES: Mapping[str, str] = {
    "phone": "by their phone number",
    "mail": "by their mail address",
    "time zone": "by their time zone",
    "locale": "by their browser's language",
    "crm": "from your CRM",
    "profile": "by your ideal customer",
    "rubric": "by the rubric",
}
BANDS: Mapping[Dimension, Mapping[str, str]] = {
    "budget": {
        "approved_amount": "approved, with an amount",
        "approved": "approved, no figure named",
        "amount": "a figure, not approved yet",
        "exploring": "nothing set aside yet",
        "none": "no money for it",
    },
    "authority": {
        "final": "has the final say",
        "shared": "decides together with others",
        "influence": "recommends, somebody else signs",
        "none": "somebody else decides",
    },
    "need": {
        "quantified": "a problem, with a measure of it",
        "specific": "a problem of their own, no measure",
        "general": "a wish anyone could have",
        "curious": "no problem named, just looking",
    },
    "timeline": {
        "within_60_days": "needed within 60 days",
        "within_120_days": "needed in 61 to 120 days",
        "within_year": "needed within a year",
        "someday": "later, or no date at all",
    },
}
_SPECIFICITIES = {"precise": "Precise", "some": "Somewhat precise", "vague": "Vague"}
_PERIODS = {"year": " a year", "quarter": " a quarter", "month": " a month", "once": ", once"}


def who(lead: Lead) -> str:
    """The best name there is for a lead."""
    contact = lead.contact
    return contact.name or contact.email or contact.phone or "No address yet"


def printable(text: str) -> str:
    """As it may be written to a terminal: what visitors type must not move its cursor, colour it or rename it."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in text)


def missing(answer: Answer | None, asked: bool) -> str:
    """Why a dimension has no points."""
    if answer is None:
        return "no answer yet" if asked else "not asked"
    return "not told" if answer.band == "declined" else "not clear"


def manner(answer: Answer) -> str:
    """How precise an answer is and how bound the visitor: `Precise, committed`."""
    return f"{_SPECIFICITIES.get(answer.specificity, answer.specificity)}, {answer.commitment}"


def understood(value: Money | Timing | None) -> str | None:
    """The figure or date that was read out of the words, to be checked at a glance."""
    if isinstance(value, Money):
        return _money(value)
    if isinstance(value, Timing):
        if value.last_day is not None:
            return f"by {say_date(value.last_day)}"
        if value.days_max is not None:
            return f"within {value.days_max} days"
    return None


def _money(value: Money) -> str | None:
    if value.min is None and value.max is None:
        return None
    if value.min is None:
        figure = f"up to {_figure(value.max)}"
    elif value.max is None:
        figure = f"{_figure(value.min)} or more"
    elif value.min == value.max:
        figure = _figure(value.min)
    else:
        figure = f"{_figure(value.min)} to {_figure(value.max)}"
    currency = f" {value.currency}" if value.currency else ""
    return f"{figure}{currency}{_PERIODS.get(value.period or '', '')}"


def _figure(amount: float | None) -> str:
    amount = amount or 0.0
    return f"{amount:,.0f}" if float(amount).is_integer() else f"{amount:,.2f}"
