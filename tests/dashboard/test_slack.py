"""What the team did in Slack stands on the lead's page, and what was written there in the outbox."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from banter.leads.model import Disposition
from banter.services import OutboxAlerts
from banter.store.database import SqlStore
from tests.dashboard.examples import BOOKED, HOSTILE, NOW
from tests.dashboard.test_leads import words
from tests.slack.leads import rules


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        ("accepted", None, "Accepted robin on Mon 23 Nov 2026, 09:10 GMT"),
        ("rejected", "poor_fit", "Rejected robin on Mon 23 Nov 2026, 09:10 GMT Because Not our kind of customer"),
        ("later", None, "To be called back later robin"),
    ],
)
def test_who_took_a_lead_stands_on_its_page(
    full: SqlStore, team: TestClient, status: str, reason: str | None, said: str
) -> None:
    assert "What the team made of it" not in words(team.get(f"/leads/{BOOKED.id}").text)
    with full.begin() as tx:
        tx.dispositions.decide(Disposition(BOOKED.id, status, "U1", NOW, reason, "robin"))
    assert said in words(team.get(f"/leads/{BOOKED.id}").text)


def test_an_alert_in_slack_is_listed_with_the_others_and_can_be_read(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        OutboxAlerts(tx, rules(), "https://chat.example").tell(BOOKED, "hot", NOW)
    page = words(team.get("/outbox").text)
    assert "Qualified lead: 100 points" in page
    assert "Slack message to C0ALERTS01" in page
    assert "[Accept]" in page
    assert "C0ALERTS01" in words(team.get(f"/leads/{BOOKED.id}").text)


def test_a_name_from_slack_runs_nothing(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        tx.dispositions.decide(Disposition(BOOKED.id, "accepted", "U1", NOW, None, HOSTILE))
    assert "<script>" not in team.get(f"/leads/{BOOKED.id}").text


def test_a_test_leads_page_says_that_it_counts_nowhere(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        tx.leads.save(replace(BOOKED, id="l_test", conversation="c_test", test=True))
    page = words(team.get("/leads/l_test").text)
    assert "a test holds no time, is sent nothing and counts nowhere" in page
    assert "/leads/l_test" not in team.get("/leads").text
