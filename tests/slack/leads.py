"""Leads for the tests of what the team reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

from banter.leads.model import Lead
from banter.leads.playbook import Channels, Playbook, Slack
from banter.leads.qualify import qualify
from banter.leads.reading import Contact
from scoring.model import Answer, Dimension, Evidence, Money
from tests.booking import examples as company
from tests.channels.slacking import ALERTS, TEST

NOW = datetime(2026, 11, 23, 9, 10, tzinfo=timezone.utc)
NEED = "We lose ten hours a week re-typing invoices"
BUDGET = "we have $15K allocated"


def rules() -> Playbook:
    return replace(company.playbook(company.rep("ana")), channels=Channels(slack=Slack(alerts=ALERTS, test=TEST)))


def a_lead(**more: Any) -> Lead:
    answers = {
        "need": Answer("need", "quantified", "precise", "committed", NEED, (Evidence("ten hours a week", 8, 24, "m"),)),
        "budget": Answer(
            "budget",
            "approved_amount",
            "precise",
            "committed",
            BUDGET,
            (Evidence("$15K", 8, 12, "money"), Evidence("allocated", 13, 22, "approval")),
            Money(15_000, 15_000, "USD"),
        ),
        "authority": Answer("authority", "shared", "some", "intending", "me and our CFO"),
        "timeline": Answer("timeline", "declined", "vague", "negative", "rather not say"),
    }
    lead = Lead(
        "l_1",
        "c_1",
        "web",
        "Europe/London",
        NOW,
        NOW,
        opener="sales",
        answers=answers,  # type: ignore[arg-type]
        asked=("need", "budget", "authority", "timeline"),
        contact=Contact(email="robin@acorn.example", name="Robin"),
    )
    return qualify(replace(lead, **more), rules())


def saying(dimension: Dimension, **changes: Any) -> Lead:
    """The same lead with one answer otherwise."""
    answers = a_lead().answers
    return a_lead(answers={**answers, dimension: replace(answers[dimension], **changes)})
