"""In a real browser: from the page of the made-up company to a booked call, and what the team then sees."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import browser, new_context  # noqa: F401 - fixtures
from tests.browser.page import Chat
from tests.product.running import TOKEN, Server

pytestmark = pytest.mark.slow
Contexts = Callable[..., BrowserContext]


def test_from_the_page_to_a_booked_call_and_the_leads_page(server: Server, new_context: Contexts) -> None:  # noqa: F811
    page = new_context(viewport={"width": 1280, "height": 860}).new_page()
    page.goto(server.url)
    chat = Chat(page).open()
    chat.reads("a bot")
    chat.say("Hi, what does it cost?")
    chat.reads("From 4,000")
    chat.say("Month end takes my team 6 days and we still find errors.")
    chat.settled()
    chat.say("I'm the CFO, we have 15k approved, need it live by end of next month.")
    chat.reads("short call", timeout=10_000)
    chat.pick(chat.buttons()[1])
    chat.reads("e-mail address")
    chat.say("browser@example.com")
    chat.reads("booked: ")
    before = chat.lines()
    page.reload()  # a second visit: the same conversation, and the page as good as before
    expect(Chat(page).bubbles).to_have_count(len(before), timeout=10_000)
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"

    page.goto(f"{server.url}/leads")
    page.get_by_label(re.compile("token|login", re.IGNORECASE)).first.fill(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="browser@example.com").click()
    expect(page.get_by_text("100 of 100 points: 75 or more is qualified.")).to_be_visible()
    assert "15k" in page.locator("mark").all_inner_texts()[0] or any(
        "15k" in text for text in page.locator("mark").all_inner_texts()
    )


def test_two_tabs_show_one_conversation(server: Server, new_context: Contexts) -> None:  # noqa: F811
    context = new_context(viewport={"width": 1280, "height": 860})
    one, two = context.new_page(), context.new_page()
    one.goto(server.url)
    first = Chat(one).open()
    first.reads("a bot")
    two.goto(server.url)
    second = Chat(two).open()
    second.reads("a bot")
    first.say("how much is it?")
    first.reads("From 4,000", timeout=15_000)
    first.settled()
    second.reads("From 4,000", timeout=15_000)
    expect(second.bubbles).to_have_count(len(first.lines()), timeout=10_000)
