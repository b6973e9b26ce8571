"""Everything that was sent or is to be sent."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from banter.nurture.enrol import unsubscribe
from banter.store.database import SqlStore
from tests.dashboard.examples import NOW, Clock, app, log_in, settings
from tests.dashboard.test_leads import words


def letters(page: str) -> list[str]:
    return [words(item) for item in re.findall(r"<details>.*?</details>", page, flags=re.DOTALL)]


def put(store: SqlStore, count: int) -> None:
    with store.begin() as tx:
        for number in range(count):
            # Written in another order than due.
            due = NOW + timedelta(days=(number * 37) % count)
            payload = {"to": "pat@example.com", "subject": f"Mail {(number * 37) % count:03}", "body": "Hello"}
            tx.outbox.put(f"k{number}", "nurture", payload, due_at=due, lead=None)


def test_what_is_due_last_stands_first(full: object, team: TestClient) -> None:
    page = team.get("/outbox").text
    due = re.findall(r'</span> <time datetime="([^"]+)"', page)
    assert len(due) == 11
    assert due == sorted(due, reverse=True)


def test_an_item_can_be_opened_and_read(full: object, team: TestClient) -> None:
    (invitation,) = [item for item in letters(team.get("/outbox").text) if "Invitation to pat@example.com" in item]
    for part in (
        "To pat@example.com",
        "Subject Your call with Example Ledger",
        "A calendar file",
        "Your call is booked",
    ):
        assert part in invitation


def test_without_a_mail_server_the_page_says_what_happens_and_how_to_change_it(full: object, team: TestClient) -> None:
    page = words(team.get("/outbox").text)
    assert "No mail server is set up, so mails are shown here instead of being sent." in page
    assert "BANTER_SMTP_HOST" in page
    assert "Would be sent" in page


def test_with_a_mail_server_there_is_no_such_note(full: SqlStore, tmp_path: Path) -> None:
    with TestClient(app(full, settings(tmp_path, smtp=True))) as client:
        log_in(client)
        assert "No mail server" not in client.get("/outbox").text
        assert "No mail server" not in client.get("/leads/l_warm").text


@pytest.mark.parametrize(
    ("status", "count"), [("queued", 3), ("shown", 8), ("sent", 0), ("failed", 0), ("cancelled", 0), ("nonsense", 11)]
)
def test_the_outbox_can_be_narrowed_to_a_status(full: object, team: TestClient, status: str, count: int) -> None:
    page = team.get(f"/outbox?status={status}").text
    assert len(letters(page)) == count
    assert ("Nothing has the status" in page) is (count == 0)


def test_what_failed_says_why(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        (item,) = [item for item in tx.outbox.of_lead("l_warm") if item.status == "queued"]
        tx.outbox.fail(item.id, "The mail server refused the recipient for good (550).")
    (failed,) = letters(team.get("/outbox?status=failed").text)
    assert "Failed" in failed
    assert "Problem The mail server refused the recipient for good (550). (0 tries)" in failed


def test_the_address_of_a_webhook_is_not_shown_because_it_is_often_a_password(
    store: SqlStore, team: TestClient
) -> None:
    address = "https://hooks.example.com/services/T0/B0/secret-part"
    with store.begin() as tx:
        tx.outbox.put("a", "alert", {"url": address, "json": {"kind": "hot"}}, due_at=NOW, lead="l_1")
    page = team.get("/outbox").text
    assert "Alert to hooks.example.com" in words(page)
    assert "secret-part" not in page


def test_an_opt_out_is_a_note_and_no_mail(full: SqlStore, team: TestClient) -> None:
    with full.begin() as tx:
        unsubscribe(tx, "l_warm", NOW)
    (note,) = [item for item in letters(team.get("/outbox").text) if "Opt-out" in item]
    assert "nothing is sent" in note


def test_a_long_outbox_comes_in_pages(store: SqlStore, team: TestClient, clock: Clock) -> None:
    put(store, 90)
    seen: list[str] = []
    address: str | None = "/outbox?status=queued"
    while address is not None:
        page = team.get(address).text
        seen += re.findall(r'<b dir="auto">(Mail \d+)</b>', page)
        onward = re.search(r'href="([^"]+)" rel="next"', page)
        address = html.unescape(onward.group(1)) if onward else None
    assert seen == [f"Mail {number:03}" for number in reversed(range(90))]


def test_an_empty_outbox_says_what_will_be_in_it(team: TestClient) -> None:
    assert "Nothing has been written yet" in team.get("/outbox").text
    assert "nothing on this page" in team.get("/outbox?page=7").text


def test_the_outbox_tells_what_the_carrier_made_of_a_text_message(team: TestClient, store: SqlStore) -> None:
    payload = {"to": "+15550100", "text": "When shall we talk?", "buttons": [["Today, 9:00", "today"]]}
    with store.begin() as tx:
        tx.outbox.put("sms:m_1", "sms", payload, due_at=NOW, lead=None)
        item = tx.outbox.claim(NOW, 1, timedelta(minutes=1))[0]
        tx.outbox.sent(item.id, NOW)
        tx.outbox.delivered(item.id, "undelivered", "30003")
    page = team.get("/outbox").text
    assert "<dt>Delivery</dt><dd>undelivered</dd>" in page
    assert "30003" in page
    assert "1 Today, 9:00" in page
