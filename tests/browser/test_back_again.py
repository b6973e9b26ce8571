"""Who has talked and comes back is seen, though they write nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.fake_server import FakeBanter, Fault
from tests.browser.page import Chat
from tests.browser.test_conversation import GREETING
from tests.channels.house import a_house
from tests.channels.test_behaviour_events import OWNER, score, scored, that_counts
from tests.channels.test_events import Running

pytestmark = pytest.mark.slow

#: As if the last page had been looked at an hour ago.
AN_HOUR_LATER = """() => {
  for (const key of Object.keys(localStorage))
    if (key.endsWith(":active")) localStorage[key] = JSON.stringify({ page: "/", at: Date.now() - 36e5 });
}"""


def back(page: Page, url: str) -> None:
    page.evaluate(AN_HOUR_LATER)
    page.goto(url)


def test_a_return_is_told_once_when_the_page_opens(page: Page, chat: Chat, server: FakeBanter) -> None:
    server.visitors = True
    expect(chat.launcher).to_be_visible()
    page.goto(f"{server.url}/pricing")
    assert server.told == []  # of whom nothing is known, nothing is told
    page.goto(server.url)
    chat.open().reads(GREETING)
    chat.close()
    assert page.evaluate("document.querySelector('banter-chat').visitor") == "v-1"
    with page.expect_response("**/api/events"):
        back(page, f"{server.url}/pricing")
    assert server.told == [("v-1", "visit")]
    with page.expect_response("**/api/conversations/*"):
        page.reload()
    assert server.told == [("v-1", "visit")]
    with page.expect_response("**/api/events"):
        page.goto(server.url)
    assert server.told == [("v-1", "visit"), ("v-1", "page")]


def test_what_does_not_arrive_is_told_with_the_next_page(page: Page, chat: Chat, server: FakeBanter) -> None:
    server.visitors = True
    chat.open().reads(GREETING)
    server.told_faults.append(Fault(503))
    with page.expect_response("**/api/events"):
        back(page, f"{server.url}/pricing")
    with page.expect_response("**/api/events"):
        page.goto(server.url)
    assert [kind for _, kind in server.told] == ["visit", "visit", "page"]


def test_a_return_without_a_word_reaches_the_leads_score(
    new_context: Callable[..., BrowserContext], tmp_path: Path
) -> None:
    house = a_house(tmp_path, playbook=that_counts())
    running = Running(house)
    try:
        page = new_context().new_page()
        page.goto(f"http://127.0.0.1:{running.port}/")
        chat = Chat(page)
        chat.open().reads("Hello, I am a bot.")
        chat.say("hello")
        chat.reads("You said: hello")
        (known,) = running.client.get("/api/leads", headers=OWNER).json()["leads"]
        scored(house, known["conversation"])
        with page.expect_response("**/api/events") as told:
            back(page, f"http://127.0.0.1:{running.port}/")
        assert told.value.json() == {"kept": 1}
        assert score(house, known["conversation"])["behaviour.return"] == 4
    finally:
        running.client.close()
        running.stop()
        house.store.close()
