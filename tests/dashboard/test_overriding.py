"""Somebody of the team knows better than the points: said on the lead's page, beside the result and never over it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from banter.dashboard.overruling import NO_ROUTE
from banter.dashboard.taking import NOBODY
from banter.leads.override import Override
from banter.overriding import ALREADY, NO_REASON, NOTHING_STANDS, contradicts
from banter.services import TurnServices
from banter.store.database import SqlStore
from tests.dashboard.examples import BOOKED, NOW, RULES, SECRET, WARM, Clock, csrf_of
from tests.dashboard.test_leads import words


def say(client: TestClient, route: str, why: str = "I know them", by: str = "ana", lead: str = WARM.id) -> Any:
    form = {"csrf": csrf_of(client.get("/leads").text), "by": by, "route": route, "why": why}
    return client.post(f"/leads/{lead}/override", data=form)


def standing(store: SqlStore, lead: str = WARM.id) -> Override | None:
    with store.begin(readonly=True) as tx:
        return tx.overrides.of_lead(lead)


def mails(store: SqlStore, status: str) -> int:
    with store.begin(readonly=True) as tx:
        return sum(item.kind == "nurture" and item.status == status for item in tx.outbox.of_lead(WARM.id))


def test_who_when_and_why_stand_beside_the_result_which_stays(full: SqlStore, team: TestClient) -> None:
    answer = say(team, "book", "Their CFO called me")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/leads/{WARM.id}#override")
    page = words(team.get(f"/leads/{WARM.id}").text)
    assert "The team: Book" in page
    assert "Book Ana Example on Mon 23 Nov 2026, 09:10 GMT Because Their CFO called me" in page
    assert "the team: Book" in words(team.get("/leads").text)
    with full.begin(readonly=True) as tx:
        assert tx.leads.get(WARM.id) == WARM


def test_mails_that_would_contradict_it_are_taken_back_and_later_ones_do_not_leave(
    full: SqlStore, team: TestClient
) -> None:
    assert mails(full, "queued") > 0
    say(team, "book")
    assert mails(full, "queued") == 0
    with full.begin() as tx:
        TurnServices(tx, RULES, "http://testserver", SECRET).nurturing.enrol(WARM, NOW)
        queued = [item for item in tx.outbox.of_lead(WARM.id) if item.status == "queued"]
        assert queued
        assert all(contradicts(item, tx) for item in queued)
    say(team, "back", "It was somebody else")
    with full.begin(readonly=True) as tx:
        assert not any(contradicts(item, tx) for item in queued)


def test_between_the_two_sequences_nothing_is_taken_back_and_nothing_sent(full: SqlStore, team: TestClient) -> None:
    before = mails(full, "queued")
    assert say(team, "nurture_cold").status_code == 303
    assert mails(full, "queued") == before


def test_a_booked_call_stays_when_its_lead_is_turned_away(full: SqlStore, team: TestClient) -> None:
    say(team, "disqualified", lead=BOOKED.id)
    with full.begin(readonly=True) as tx:
        booking = tx.calendar.of_lead(BOOKED.id)
    assert booking is not None
    assert booking.status == "confirmed"


def test_it_is_changed_and_taken_back_and_all_of_it_stays_readable(
    full: SqlStore, team: TestClient, clock: Clock
) -> None:
    assert say(team, "back").status_code == 409
    assert NOTHING_STANDS in say(team, "back").text
    say(team, "book", "First thought")
    assert ALREADY in say(team, "book", "First thought").text
    clock.time += timedelta(minutes=1)
    say(team, "support", "A customer")
    clock.time += timedelta(minutes=1)
    say(team, "back", "Wrong person")
    assert standing(full) is None
    page = words(team.get(f"/leads/{WARM.id}").text)
    assert "The team:" not in page
    for reason in ("First thought", "A customer", "Wrong person"):
        assert reason in page


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"route": "book", "by": "nobody"}, NOBODY),
        ({"route": "heaven"}, NO_ROUTE),
        ({"route": "book", "why": " \n "}, NO_REASON),
        ({"route": "book", "why": "x" * 501}, "longer than 500 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    full: SqlStore, team: TestClient, form: dict[str, str], problem: str
) -> None:
    answer = say(team, **{"why": "Their CFO called me", **form})
    assert answer.status_code == 422
    assert problem in answer.text
    assert form.get("why", "Their CFO called me").strip() in answer.text
    assert standing(full) is None


def test_tests_and_strangers_override_nothing(full: SqlStore, team: TestClient, stranger: TestClient) -> None:
    assert say(team, "book", lead="l_test").status_code == 409
    assert say(team, "book", lead="l_nobody").status_code == 404
    assert team.post(f"/leads/{WARM.id}/override", data={"by": "ana", "route": "book", "why": "x"}).status_code == 403
    stranger.cookies.clear()
    assert stranger.post(f"/leads/{WARM.id}/override", data={}).headers["location"].startswith("/login")


def test_a_reason_is_shown_as_it_was_typed(full: SqlStore, team: TestClient) -> None:
    say(team, "book", "<script>alert(1)</script>")
    page = team.get(f"/leads/{WARM.id}").text
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
