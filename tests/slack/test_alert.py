"""What the team is told of a lead."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

from banter.leads.model import Lead
from banter.leads.qualify import qualify
from banter.slack.alert import alert_blocks
from banter.slack.as_text import as_text
from banter.slack.words import WORDS
from scoring.known import EVENTS, Event
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


def test_a_lead_scored_by_champ_keeps_the_names_of_champ() -> None:
    lead = a_lead()
    assert lead.score is not None
    champ = replace(lead, score=replace(lead.score, rubric="champ@1"))
    blocks = alert_blocks(
        champ,
        "hot",
        rules(),
        booking=None,
        disposition=None,
        told_at=NOW,
        now=NOW,
        url="https://chat.example/leads/l_1",
    )
    assert "• Money: “we have $15K allocated” (30)" in as_text(blocks)


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


def test_of_who_is_back_it_is_told_what_they_did_last_and_no_link_of_theirs_is_made() -> None:
    at = NOW - timedelta(hours=1)
    events = (
        Event("visit", at - timedelta(days=3), "https://acorn.example/"),
        Event("return", at, "https://evil.example/<https://evil.example|click>"),
        Event("pricing_page", NOW, "https://acorn.example/pricing"),
        Event("feature_used", NOW - timedelta(minutes=1), "Export"),
        Event("download", NOW + timedelta(minutes=5), "https://acorn.example/later.pdf"),
    )
    lead = a_lead(events=events)
    blocks = alert_blocks(lead, "back", rules(), booking=None, disposition=None, told_at=NOW, now=NOW, url="https://x")
    said = json.dumps(blocks)
    assert "Back on your website: 75 points" in said
    assert "Looked at the prices, `/pricing`" in said
    assert "Used the product: Export" in said
    assert "Came back to `/&lt;https evil.example|click&gt;`" in said
    assert "Came to" not in said  # the newest three
    assert "//acorn" not in said
    assert "later.pdf" not in said  # or it would be told anew with each page


def test_there_are_words_for_everything_that_somebody_can_have_done() -> None:
    assert {f"did_{kind}" for kind in EVENTS} <= set(WORDS.texts)
