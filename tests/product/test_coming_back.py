"""The whole product: a silent visitor is reminded once whatever is killed, and a link goes on elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import requests
from playwright.sync_api import BrowserContext, expect

from banter import resume_link
from banter.store.database import SqlStore, open_store
from banter.store.tables import outbox
from tests.browser.conftest import browser, new_context  # noqa: F401 - fixtures
from tests.browser.page import Chat
from tests.product.running import Server, Visitor, environment

pytestmark = pytest.mark.slow
Contexts = Callable[..., BrowserContext]
NEED = "month end takes my team 6 days"


def hours_pass(store: SqlStore, visitors: list[Visitor], span: timedelta) -> None:
    """As if they had said their last word `span` earlier."""
    with store.begin() as tx:
        for visitor in visitors:
            lead = tx.leads.of_conversation(visitor.id)
            assert lead is not None
            assert lead.heard_at is not None
            tx.leads.save(replace(lead, heard_at=lead.heard_at - span))
            rung = outbox.update().where(outbox.c.lead == lead.id, outbox.c.status == "queued")
            tx.connection.execute(rung.values(due_at=datetime.now(timezone.utc) - timedelta(seconds=1)))


def test_each_silent_visitor_is_reminded_once_whatever_is_killed(tmp_path: Path, model: Path) -> None:
    server = Server(tmp_path)
    try:
        server.start().ready(300)
        visitors = [Visitor(server.url).says(NEED) for _ in range(8)]
        silent = Visitor(server.url)  # only opened the chat
        before = [len(visitor.transcript()) for visitor in visitors]
        server.kill()
        store = open_store(environment(tmp_path)["BANTER_DATABASE_URL"])
        hours_pass(store, visitors, timedelta(minutes=10))
        store.close()
        server.start().ready(300)
        time.sleep(5.3)  # the timers have rung, and the sweep that runs them is about to begin or in the middle
        server.kill()
        server.start().ready(300)
        end = time.monotonic() + 60
        while time.monotonic() < end:
            lengths = [len(visitor.transcript()) for visitor in visitors]
            if all(now >= then + 2 for now, then in zip(lengths, before, strict=True)):
                break
            time.sleep(0.3)
        time.sleep(6)  # a sweep more
        assert [len(visitor.transcript()) for visitor in visitors] == [then + 2 for then in before]
        for visitor in visitors:
            assert visitor.transcript()[-1]["text"].endswith("?")
            assert visitor.says("our board signed off 20k").lead()["answers"]["budget"]["band"] == "approved_amount"
        assert len(silent.transcript()) == len(silent.heard)
    finally:
        server.stop()


def test_who_comes_back_is_welcomed_and_goes_on_from_a_link_on_another_device(
    server: Server,
    new_context: Contexts,  # noqa: F811
) -> None:
    visitor = Visitor(server.url).says(NEED)
    store = open_store(environment(server.folder)["BANTER_DATABASE_URL"])
    hours_pass(store, [visitor], timedelta(hours=7))
    store.close()
    secret = environment(server.folder)["BANTER_SECRET"]
    link = resume_link.url(visitor.id, datetime.now(timezone.utc), public_url=server.url, secret=secret)
    before = visitor.transcript()
    for _ in range(2):  # previews
        assert requests.get(link, timeout=30).status_code == 200
    assert visitor.transcript() == before

    page = new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.goto(link)
    chat = Chat(page)
    expect(chat.bubbles).not_to_have_count(0, timeout=10_000)
    assert page.url == f"{server.url}/resume/"
    page.mouse.move(30, 30)
    chat.reads('"month end takes my team 6 days"', timeout=10_000)
    chat.say("our board signed off 20k")
    chat.settled()
    assert visitor.lead()["answers"]["budget"]["band"] == "approved_amount"
    page.reload()
    expect(Chat(page).bubbles.first).to_be_visible(timeout=10_000)
