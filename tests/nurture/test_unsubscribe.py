from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from banter.nurture import token
from banter.nurture.enrol import enrol, has_unsubscribed
from banter.nurture.pages import routes
from tests.booking.examples import NOW, PUBLIC_URL, lead, playbook
from tests.fakes import FakeStore

SECRET = "a secret of the test"
URL = f"/unsubscribe/{token.make('l_1', SECRET)}"


@pytest.fixture
def store() -> FakeStore:
    store = FakeStore()
    with store.begin() as tx:
        tx.leads.save(lead())
        enrol(tx, playbook(), lead(), "nurture_warm", NOW, PUBLIC_URL, secret=SECRET)
    return store


@pytest.fixture
def client(store):
    app = Starlette(routes=routes(store=store, playbook=playbook(), secret=SECRET, now=lambda: NOW))
    with TestClient(app, base_url=PUBLIC_URL) as client:
        yield client


def queued(store):
    return [item for item in store.state.outbox.values() if item.status == "queued"]


def test_looking_at_the_page_changes_nothing(client, store):
    page = client.get(URL)
    assert page.status_code == 200
    assert "<form" in page.text
    assert len(queued(store)) == 2


def test_the_button_ends_the_mails(client, store):
    assert "You get no more of these mails" in client.post(URL).text
    assert queued(store) == []
    assert "You get no more of these mails" in client.get(URL).text
    with store.begin() as tx:
        assert has_unsubscribed(tx, "l_1")


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_one_click_of_a_mail_program_ends_the_mails_from_anywhere(client, store, kind):
    headers = {"Content-Type": kind, "Origin": "https://mail.example", "Sec-Fetch-Site": "cross-site"}
    assert client.post(URL, content="List-Unsubscribe=One-Click", headers=headers).status_code == 200
    assert queued(store) == []


@pytest.mark.parametrize(
    "bad", ["l_1", "l_1.", "l_1.AAAA", "l_2." + URL.rpartition(".")[2], URL.rpartition("/")[2][:-1], "x.", "ü.ü", "%00"]
)
def test_a_token_that_is_not_ours_is_not_found_and_ends_nothing(client, store, bad):
    assert client.post(f"/unsubscribe/{bad}").status_code == 404
    assert client.get(f"/unsubscribe/{bad}").status_code == 404
    assert len(queued(store)) == 2


def test_pages_and_style_come_without_script(client):
    page = client.get(URL)
    assert "<script" not in page.text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert client.get("/unsubscribe/style.css").status_code == 200


@given(st.text(max_size=40), st.text(max_size=60))
def test_only_the_secret_makes_a_token(lead_id, guess):
    assert token.read(token.make(lead_id, SECRET), SECRET) == lead_id
    assert token.read(token.make(lead_id, SECRET + "x"), SECRET) is None
    assert token.read(guess, SECRET) is None
