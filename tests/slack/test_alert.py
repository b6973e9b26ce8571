"""What the team is told of a lead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.slack.alert import alert_blocks
from banter.slack.as_text import as_text
from tests.slack.leads import BUDGET, NEED, NOW, a_lead, rules


def told(lead: Lead) -> str:
    blocks = alert_blocks(
        lead,
        "hot",
        rules(),
        booking=None,
        disposition=None,
        told_at=NOW,
        now=NOW + timedelta(minutes=1),
        url="https://x",
    )
    return as_text(blocks)


def test_the_alert_tells_why_in_the_leads_words() -> None:
    assert f"“{BUDGET}”" in told(a_lead())


def test_who_said_everything_in_one_message_is_not_quoted_whole_for_each_answer() -> None:
    lead, whole = a_lead(), f"{NEED}, {BUDGET}"
    answers = {
        d: replace(answer, text=whole) if d in ("need", "budget") else answer for d, answer in lead.answers.items()
    }
    alert = told(qualify(replace(lead, answers=answers), rules()))
    assert "ten hours a week" in alert
    assert "$15K, allocated" in alert
    assert alert.count(whole) == 1  # in the line to open with
