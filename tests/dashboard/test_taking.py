"""A lead is taken or rejected on its page as it is in Slack, and who was first counts wherever they were."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from banter.dashboard.taking import NO_DEED, NO_REASON, NOBODY
from banter.leads.model import Disposition
from banter.leads.playbook import Channels, Slack
from banter.services import OutboxAlerts
from banter.slack.as_text import as_text
from banter.store.database import SqlStore
from tests.booking import examples as company
from tests.dashboard.examples import BOOKED, NOW, RULES, Clock, app, csrf_of, log_in, settings
from tests.dashboard.test_leads import words

LEAD = BOOKED.id
WITH_SLACK = replace(
    RULES,
    team=company.playbook(company.rep("ana"), company.rep("ben")).team,
    channels=Channels(slack=Slack(alerts="C0ALERTS01")),
)
PAGE = "http://testserver"


@pytest.fixture
def tapped() -> list[None]:
    return []


@pytest.fixture
def by_slack(store: SqlStore, clock: Clock, tmp_path: Path, tapped: list[None]) -> TestClient:
    """A team of two whose alert of the lead stands in Slack."""
    with store.begin() as tx:
        tx.leads.save(BOOKED)
        OutboxAlerts(tx, WITH_SLACK, PAGE).tell(BOOKED, "hot", NOW)
    queued: Callable[[], None] = lambda: tapped.append(None)  # noqa: E731
    made = app(store, settings(tmp_path), rules=WITH_SLACK, now=clock, queued=queued)
    client = TestClient(made, follow_redirects=False)
    assert log_in(client).status_code == 303
    return client


def take(client: TestClient, status: str, by: str = "ana", reason: str = "", lead: str = LEAD) -> Any:
    form = {"csrf": csrf_of(client.get("/leads").text), "by": by, "reason": reason, "status": status}
    return client.post(f"/leads/{lead}/take", data=form)


def standing(store: SqlStore, lead: str = LEAD) -> Disposition | None:
    with store.begin(readonly=True) as tx:
        return tx.dispositions.of_lead(lead)


def alert(store: SqlStore) -> str:
    """The alert as it reads in Slack by now."""
    with store.begin(readonly=True) as tx:
        items = [item for item in tx.outbox.of_lead(LEAD) if item.kind == "slack"]
    return as_text(max(items, key=lambda item: item.id).payload["blocks"])


def test_who_accepts_on_the_page_stands_there_and_in_the_alert_with_how_long_it_took(
    store: SqlStore, by_slack: TestClient, clock: Clock, tapped: list[None]
) -> None:
    clock.time += timedelta(seconds=42)
    answer = take(by_slack, "accepted")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/leads/{LEAD}#taken")
    assert "Accepted by Ana Example after 42 s" in alert(store)
    assert "[Accept]" not in alert(store)
    page = by_slack.get(f"/leads/{LEAD}").text
    assert "Accepted Ana Example on Mon 23 Nov 2026, 09:10 GMT Within 42 s of the first alert" in words(page)
    assert f"/leads/{LEAD}/take" not in page
    assert len(tapped) == 1  # Slack hears of it at once


def test_pressing_twice_or_late_changes_nothing_and_says_who_was_first(
    store: SqlStore, by_slack: TestClient, clock: Clock
) -> None:
    clock.time += timedelta(minutes=5)
    take(by_slack, "rejected", reason="no_budget")
    before = (standing(store), alert(store))
    again = take(by_slack, "rejected", reason="no_budget")
    late = take(by_slack, "accepted", by="ben")
    assert (again.status_code, late.status_code) == (409, 409)
    assert "You did this already: rejected (No budget). Nothing was changed." in words(again.text)
    assert "Ana Example was first, 5 min after the alert: rejected (No budget). Nothing was changed." in words(
        late.text
    )
    assert (standing(store), alert(store)) == before


def test_who_was_first_in_slack_is_named_to_who_comes_late_here(store: SqlStore, by_slack: TestClient) -> None:
    with store.begin() as tx:
        tx.dispositions.decide(Disposition(LEAD, "accepted", "U1", NOW + timedelta(seconds=3), None, "robin"))
    assert "robin was first, 3 s after the alert: accepted." in words(take(by_slack, "accepted").text)


def test_a_rejection_needs_a_reason_from_the_list(store: SqlStore, by_slack: TestClient) -> None:
    for reason in ("", "because", "<script>"):
        refused = take(by_slack, "rejected", reason=reason)
        assert refused.status_code == 422
        assert NO_REASON in refused.text
        assert '<option value="ana" selected>' in refused.text  # what was chosen is kept
    assert standing(store) is None
    take(by_slack, "rejected", reason="poor_fit")
    assert "Rejected by Ana Example after 0 s: Not our kind of customer" in alert(store)
    assert "Because Not our kind of customer" in words(by_slack.get(f"/leads/{LEAD}").text)


def test_everybody_says_who_they_are(store: SqlStore, by_slack: TestClient) -> None:
    assert "Please choose" in by_slack.get(f"/leads/{LEAD}").text
    for by in ("", "U1", "somebody"):
        refused = take(by_slack, "accepted", by=by)
        assert (refused.status_code, html.unescape(refused.text).count(NOBODY)) == (422, 1)
    assert NO_DEED in take(by_slack, "sold").text
    assert standing(store) is None
    take(by_slack, "accepted", by="-")
    assert "Accepted by Somebody of the team after" in alert(store)
    assert "Somebody of the team was first" in words(take(by_slack, "accepted", by="-").text)


def test_who_calls_back_later_can_still_be_overtaken(store: SqlStore, by_slack: TestClient) -> None:
    take(by_slack, "later")
    page = by_slack.get(f"/leads/{LEAD}").text
    assert "To be called back later Ana Example" in words(page)
    assert 'value="later"' not in page
    assert take(by_slack, "later", by="ben").status_code == 409
    assert take(by_slack, "accepted", by="ben").status_code == 303
    assert "Accepted by Ben Example" in alert(store)


def test_without_slack_the_same_is_kept_and_shown(full: SqlStore, team: TestClient) -> None:
    page = team.get(f"/leads/{LEAD}").text
    assert '<option value="ana" selected>' in page  # a team of one need not choose
    assert take(team, "later").status_code == 303
    assert take(team, "rejected", reason="duplicate").status_code == 303
    assert standing(full) == Disposition(LEAD, "rejected", "team:ana", NOW, "duplicate", "Ana Example")
    assert "Because We know them already Within 60 min of the first alert" in words(team.get(f"/leads/{LEAD}").text)
    with full.begin(readonly=True) as tx:
        assert not [item for item in tx.outbox.of_lead(LEAD) if item.kind == "slack"]


def test_of_who_was_told_of_nowhere_no_time_is_said(full: SqlStore, team: TestClient) -> None:
    quiet = "l_quiet"
    take(team, "accepted", lead=quiet)
    assert "Ana Example was first: accepted. Nothing was changed." in words(
        take(team, "accepted", "-", lead=quiet).text
    )
    assert "of the first alert" not in words(team.get(f"/leads/{quiet}").text)


def test_a_test_lead_cannot_be_taken(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        tx.leads.save(replace(BOOKED, id="l_test", conversation="c_test", test=True))
    assert "/take" not in team.get("/leads/l_test").text
    assert take(team, "accepted", lead="l_test").status_code == 409
    assert standing(full, "l_test") is None


def test_nothing_is_taken_without_the_token_of_the_form_or_a_session(full: SqlStore, team: TestClient) -> None:
    form = {"by": "ana", "status": "accepted"}
    csrf = csrf_of(team.get("/leads").text)
    assert team.post(f"/leads/{LEAD}/take", data=form).status_code == 403
    assert team.post(f"/leads/{LEAD}/take", data={**form, "csrf": csrf[:-1]}).status_code == 403
    assert team.post("/leads/l_unknown/take", data={**form, "csrf": csrf}).status_code == 404
    team.cookies.clear()
    assert team.post(f"/leads/{LEAD}/take", data={**form, "csrf": csrf}).status_code == 303
    assert standing(full) is None
