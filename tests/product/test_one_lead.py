"""The whole product: somebody texts, then chats and gives the same number, confirms it, and goes on in both places."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from twilio.request_validator import RequestValidator

from banter.store.database import open_store
from tests.channels.texting import a_form
from tests.product.running import TOKEN, Server, Visitor, environment, free_port

pytestmark = pytest.mark.slow

NUMBER = "+12025550143"  # kept for examples: nothing is sent there
ACCOUNT = f"AC{'0' * 32}"


@pytest.fixture
def server(tmp_path: Path, model: Path) -> Iterator[Server]:
    port = free_port()
    env = {
        "BANTER_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "BANTER_TWILIO_ACCOUNT_SID": ACCOUNT,
        "BANTER_TWILIO_AUTH_TOKEN": TOKEN,
        "BANTER_TWILIO_FROM": "+15550199",
    }
    server = Server(tmp_path, env, port)
    try:
        yield server.start().ready(300)
    finally:
        server.stop()


def texts(server: Server, words: str) -> None:
    """A signed text message, and the time to answer it."""
    form = a_form(words, number=NUMBER, AccountSid=ACCOUNT)
    url = f"{server.url}/sms/twilio"
    signed = RequestValidator(TOKEN).compute_signature(url, form)
    assert requests.post(url, data=form, headers={"X-Twilio-Signature": signed}, timeout=30).status_code == 200
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with_it = [lead for lead in leads(server) if words in str(lead["answers"])]
        if with_it:
            return
        time.sleep(0.1)
    raise AssertionError(f"{words!r} was not answered")


def leads(server: Server) -> list[dict[str, Any]]:
    admin = {"Authorization": f"Bearer {TOKEN}"}
    found: list[dict[str, Any]] = requests.get(f"{server.url}/api/leads", headers=admin, timeout=30).json()["leads"]
    return found


def link(folder: Path) -> str:
    store = open_store(environment(folder)["BANTER_DATABASE_URL"])
    with store.begin(readonly=True) as tx:
        item = tx.outbox.by_key("joining:1")
    store.close()
    assert item is not None
    found = re.search(r"http://\S+/same/\S+", item.payload["text"])
    assert found is not None
    return found.group()


def test_who_texts_and_then_chats_is_one_lead_once_they_confirm_it(server: Server, tmp_path: Path) -> None:
    texts(server, "Our month-end close takes six days")
    texts(server, "The board has approved 20k")
    chat = Visitor(server.url).says("I have the final say", f"my number is {NUMBER}")
    assert len(leads(server)) == 2
    page = requests.get(link(tmp_path), timeout=30)
    assert (page.status_code, "six days" in page.text) == (200, False)
    assert len(leads(server)) == 2
    assert requests.post(link(tmp_path), data={"answer": "yes"}, timeout=30).status_code == 200
    (lead,) = leads(server)
    assert {d: answer["band"] for d, answer in lead["answers"].items()} == {
        "need": "quantified",
        "budget": "approved_amount",
        "authority": "final",
    }
    assert [(one["channel"], one["by"]) for one in lead["joined"]] == [("sms", "sms")]
    assert [one["channel"] for one in lead["conversations"]] == ["sms", "web"]
    assert chat.says("hello again").awaiting == "timeline"
    texts(server, "It has to be live within six weeks")
    (lead,) = leads(server)
    assert (lead["channel"], lead["route"]["name"]) == ("sms", "book")
    assert chat.lead()["id"] == lead["id"]
    assert requests.post(link(tmp_path), data={"answer": "yes"}, timeout=30).status_code == 410
