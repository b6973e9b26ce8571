"""A small company, its team and a lead, for the tests of booking and nurture."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from banter.leads.model import Lead, Slot
from banter.leads.playbook import Company, Conversation, Hours, Playbook, Rep, Sequence, Step, Team
from banter.leads.reading import Contact
from scoring.rubric import rubric_from

UTC = timezone.utc
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")
ADELAIDE = ZoneInfo("Australia/Adelaide")  # half an hour off, with clock changes

#: A Monday, 09:10 in London.
NOW = datetime(2026, 11, 23, 9, 10, tzinfo=UTC)
PUBLIC_URL = "https://chat.example.com"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def hours(opens: str, closes: str, weekdays: range | tuple[int, ...] = range(5)) -> tuple[Hours, ...]:
    return tuple(Hours(day, time.fromisoformat(opens), time.fromisoformat(closes)) for day in weekdays)


WEEK = (*hours("09:00", "12:00"), *hours("13:00", "17:30"))


def rep(key: str = "ana", *, zone: ZoneInfo = LONDON, open_at: tuple[Hours, ...] = WEEK, days_off=()) -> Rep:
    return Rep(key, f"{key.capitalize()} Example", f"{key}@example.com", open_at, tuple(days_off), zone)


def team(*reps: Rep, call: int = 30, buffer: int = 15, notice: int = 60, horizon: int = 14) -> Team:
    return Team(
        reps=reps or (rep(),),
        call=timedelta(minutes=call),
        buffer=timedelta(minutes=buffer),
        notice=timedelta(minutes=notice),
        horizon=timedelta(days=horizon),
        offered=3,
        hold=timedelta(minutes=15),
        alert_webhooks=(),
    )


def slot(starts_at: datetime, who: str = "ana", length: int = 30) -> Slot:
    return Slot(starts_at, starts_at + timedelta(minutes=length), who)


COMPANY = Company(
    name="Example Ledger",
    product="month-end-close software",
    timezone=LONDON,
    locale="en-GB",
    currency="GBP",
    email="hello@example.com",
    phone=None,
    website="https://www.example.com",
    address="1 Example Street, Exampleton",
    price="It depends.",
    how_it_works="Well.",
    competitors="Fairly.",
    competitor_names=(),
    privacy="Kept here.",
    privacy_url=None,
    material_url=None,
    hours=WEEK,
    hours_text="Monday to Friday 9:00-17:30",
    days_off=(),
)

RUBRIC = rubric_from(
    "bant",
    {
        "version": 1,
        "points": {
            "budget": {"approved_amount": 30, "approved": 22, "amount": 16, "exploring": 10, "none": 0},
            "authority": {"final": 25, "shared": 20, "influence": 15, "none": 5},
            "need": {"quantified": 25, "specific": 18, "general": 8, "curious": 2},
            "timeline": {"within_60_days": 20, "within_120_days": 12, "within_year": 6, "someday": 3},
        },
        "thresholds": {"qualified": 75, "warm": 40},
    },
)


def sequence(name: str) -> Sequence:
    steps = (
        Step("hello", timedelta(0), "Thank you, {name}", "Hi {name},\n\nyou mentioned {problem}.\n\n{rep}"),
        Step("later", timedelta(days=14), "Still there?", "Hi {name},\n\n{resume_link}\n\n{company} makes {product}."),
    )
    return Sequence(name, "We will write to you.", steps)


def playbook(*reps: Rep, **changes: int) -> Playbook:
    return Playbook(
        company=COMPANY,
        conversation=Conversation("bant", ("need", "budget", "authority", "timeline"), 6, {}, ()),
        rubrics={"bant": RUBRIC},
        team=team(*reps, **changes),
        sequences={name: sequence(name) for name in ("nurture_warm", "nurture_cold")},
    )


LEAD = Lead(
    id="l_1",
    conversation="c_1",
    channel="web",
    timezone="Europe/London",
    created_at=NOW,
    updated_at=NOW,
    contact=Contact(name="Pat Example", email="pat@example.com", company="Example Bakery"),
)


def lead(**changes) -> Lead:
    return replace(LEAD, **changes)
