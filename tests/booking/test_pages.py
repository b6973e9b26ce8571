from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from banter.booking.book import confirm, take
from banter.booking.pages import routes
from banter.leads.reading import Contact
from tests.booking.examples import NOW, PUBLIC_URL, lead, playbook, rep, slot, utc
from tests.fakes import FakeStore

TEN = slot(utc(2026, 11, 24, 10))
RULES = playbook(rep("ana"))
#: In New York, where the call is at 05:00 and the times to move to are in the early morning.
PAT = lead(timezone="America/New_York", contact=Contact(name="<b>Pat</b>", email="pat@example.com"))


class Clock:
    """What the page is told the time is; a test may move it."""

    def __init__(self) -> None:
        self.time = NOW

    def __call__(self):
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def key(store) -> str:
    with store.begin() as tx:
        tx.leads.save(replace(PAT, status="booked", slot=TEN))
        take(tx, RULES, PAT, TEN, NOW)
        return confirm(tx, RULES, PAT, NOW, PUBLIC_URL).key


@pytest.fixture
def client(store, clock):
    app = Starlette(routes=routes(store=store, playbook=RULES, settings_public_url=PUBLIC_URL, now=clock))
    with TestClient(app, base_url=PUBLIC_URL, follow_redirects=False) as client:
        yield client


def values(page: str) -> list[str]:
    return re.findall(r'type="radio" name="time" value="([^"]+)"', page)


def standing(store):
    return next(booking for booking in store.state.bookings.values() if booking.lead == PAT.id)


def test_the_page_shows_the_call_on_the_visitors_clock(client, key):
    page = client.get(f"/booking/{key}")
    assert page.status_code == 200
    assert "Tomorrow, Tuesday 24 November, 05:00 (EST)" in page.text
    assert "30 minutes with Ana Example" in page.text
    assert "America/New York" in page.text
    assert "2026-11-24T10:00Z" not in values(page.text)
    assert "2026-11-24T10:30Z" in values(page.text)


def test_the_page_needs_no_script_and_cannot_be_framed_or_kept(client, key):
    page = client.get(f"/booking/{key}")
    assert "<script" not in page.text
    assert "style=" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["cache-control"] == "no-store"
    assert client.get("/booking/style.css").headers["content-type"].startswith("text/css")


def test_moving_the_call_by_form_moves_it_and_says_so(client, key, store):
    answer = client.post(f"/booking/{key}", data={"action": "move", "time": "2026-11-25T14:00Z"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/booking/{key}?done=moved")
    assert standing(store).starts_at == utc(2026, 11, 25, 14)
    page = client.get(answer.headers["location"]).text
    assert "Wednesday 25 November, 09:00 (EST)" in page
    assert "A new invitation is on its way to pat@example.com" in page


def test_sending_the_form_twice_moves_once(client, key, store):
    for _ in range(2):
        answer = client.post(f"/booking/{key}", data={"action": "move", "time": "2026-11-25T14:00Z"})
        assert answer.status_code == 303
    assert standing(store).sequence == 1


def test_cancelling_by_form_cancels_and_the_page_says_so(client, key, store):
    answer = client.post(f"/booking/{key}", data={"action": "cancel"})
    assert answer.status_code == 303
    assert standing(store).status == "cancelled"
    page = client.get(answer.headers["location"])
    assert "This call is cancelled" in page.text
    assert "We confirm it by mail to pat@example.com" in page.text
    assert "<form" not in page.text
    assert client.post(f"/booking/{key}", data={"action": "cancel"}).status_code == 409


def test_somebody_who_was_faster_leaves_the_call_where_it_was(client, key, store):
    with store.begin() as tx:
        take(tx, RULES, lead(id="l_2"), slot(utc(2026, 11, 25, 14)), NOW)
    answer = client.post(f"/booking/{key}", data={"action": "move", "time": "2026-11-25T14:00Z"})
    assert answer.status_code == 409
    assert "Somebody else was faster" in answer.text
    assert 'role="alert"' in answer.text
    assert "2026-11-25T14:00Z" not in values(answer.text)
    assert standing(store).starts_at == TEN.starts_at


@pytest.mark.parametrize("time", ["2026-11-22T14:00Z", "2027-11-25T14:00Z", "2026-11-25T14:07Z", "x" * 200, "<script>"])
def test_a_time_that_was_never_free_is_not_taken(client, key, store, time):
    answer = client.post(f"/booking/{key}", data={"action": "move", "time": time})
    assert answer.status_code == 409
    assert standing(store).starts_at == TEN.starts_at


@pytest.mark.parametrize("form", [{}, {"action": "move"}, {"action": "explode"}, {"action": "move", "time": ""}])
def test_a_form_without_a_time_asks_for_one(client, key, store, form):
    answer = client.post(f"/booking/{key}", data=form)
    assert answer.status_code == 422
    assert "Please pick one of the times" in answer.text
    assert standing(store).sequence == 0


def test_unknown_and_unconfirmed_bookings_are_not_found(client, store):
    assert client.get("/booking/nobody").status_code == 404
    with store.begin() as tx:
        tx.leads.save(PAT)
        held = take(tx, RULES, PAT, TEN, NOW)
    for answer in (client.get(f"/booking/{held.key}"), client.post(f"/booking/{held.key}", data={"action": "cancel"})):
        assert "There is no call" in answer.text
        assert answer.status_code in (404, 409)
    assert standing(store).status == "held"


def test_a_call_that_has_begun_can_no_longer_be_changed(client, key, clock, store):
    clock.time = TEN.starts_at + timedelta(minutes=1)
    assert "This call is over" in client.get(f"/booking/{key}").text
    assert client.post(f"/booking/{key}", data={"action": "cancel"}).status_code == 409
    assert standing(store).status == "confirmed"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": PUBLIC_URL},
        {"Origin": PUBLIC_URL + ".evil.example"},
    ],
)
def test_a_form_that_another_website_sends_changes_nothing(client, key, store, headers):
    answer = client.post(f"/booking/{key}", data={"action": "cancel"}, headers=headers)
    assert answer.status_code == 403
    assert standing(store).status == "confirmed"


@pytest.mark.parametrize(
    "headers", [{"Origin": PUBLIC_URL}, {"Sec-Fetch-Site": "same-origin", "Origin": PUBLIC_URL}, {}]
)
def test_our_own_form_is_taken(client, key, headers):
    assert client.post(f"/booking/{key}", data={"action": "cancel"}, headers=headers).status_code == 303


def test_a_form_that_is_far_too_large_is_refused(client, key, store):
    assert client.post(f"/booking/{key}", data={"action": "cancel", "x": "y" * 100_000}).status_code == 413
    assert standing(store).status == "confirmed"


def test_what_people_typed_is_shown_as_text(client, store):
    with store.begin() as tx:
        odd = replace(PAT, contact=Contact(email='"<script>x</script>"@example.com'), timezone="Europe/London")
        tx.leads.save(odd)
        take(tx, RULES, odd, TEN, NOW)
        booking = confirm(tx, RULES, odd, NOW, PUBLIC_URL)
    client.post(f"/booking/{booking.key}", data={"action": "cancel"})
    page = client.get(f"/booking/{booking.key}?done=cancelled").text
    assert "&lt;script&gt;" in page
    assert "<script" not in page


def test_when_nobody_is_free_the_page_says_where_to_write(store, key, clock):
    away = replace(
        RULES,
        company=replace(RULES.company, days_off=tuple(TEN.starts_at.date() + timedelta(d) for d in range(-2, 20))),
    )
    app = Starlette(routes=routes(store=store, playbook=away, settings_public_url=PUBLIC_URL, now=clock))
    page = TestClient(app, base_url=PUBLIC_URL).get(f"/booking/{key}").text
    assert "There are no other free times just now" in page
    assert "hello@example.com" in page
