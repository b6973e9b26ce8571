"""Consent first, where the playbook wants it: nothing is kept in the browser and nothing is told before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from banter.leads.playbook import Widget
from tests.browser.fake_server import FakeBanter
from tests.browser.page import Chat
from tests.browser.test_conversation import GREETING

pytestmark = pytest.mark.slow

WIDGET = Widget(consent=True, consent_text={"en": "May we keep what you write?", "de": "Dürfen wir das speichern?"})


@pytest.fixture
def asking(new_context: Callable[..., BrowserContext], server: FakeBanter) -> Page:
    server.widget = WIDGET
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{server.url}/?utm_source=news")
    return page


def kept(page: Page) -> list[str]:
    return [str(key) for key in page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]")]


def test_nothing_is_kept_or_told_before_the_visitor_agrees(asking: Page, server: FakeBanter) -> None:
    chat = Chat(asking)
    chat.launcher.click()
    expect(chat.panel.get_by_text("May we keep what you write?")).to_be_visible()
    expect(chat.field).to_be_hidden()
    expect(chat.panel.get_by_role("link", name="Privacy").first).to_have_attribute(
        "href", "https://northlight.example/privacy"
    )
    asking.mouse.move(300, 300)
    asking.keyboard.press("a")
    assert kept(asking) == []
    assert "open" not in server.requests
    chat.panel.get_by_role("button", name="Agree and chat").click()
    chat.reads(GREETING)
    assert chat.focused() == "textarea"
    (conversation,) = server.conversations.values()
    assert conversation.opening["consent"] == WIDGET.wordings()[0][1]
    assert server.seen[0]["campaign"] == "utm_source=news"


def test_who_does_not_agree_leaves_no_trace_but_that_the_chat_is_closed(asking: Page, server: FakeBanter) -> None:
    chat = Chat(asking)
    chat.launcher.click()
    chat.panel.get_by_role("button", name="No, thanks").click()
    expect(chat.panel).to_be_hidden()
    asking.goto(f"{server.url}/pricing")
    expect(chat.launcher).to_be_visible()
    assert [key.rpartition(":")[2] for key in kept(asking)] == ["closed"]
    assert server.conversations == {}


def test_it_is_asked_once(asking: Page, server: FakeBanter) -> None:
    chat = Chat(asking)
    chat.launcher.click()
    chat.panel.get_by_role("button", name="Agree and chat").click()
    chat.reads(GREETING)
    asking.reload()
    chat.reads(GREETING)
    expect(chat.field).to_be_visible()
    chat.say("hello")
    chat.reads("What takes the most time")
    assert server.requests.count("open") == 1


def test_words_that_have_changed_since_are_asked_for_anew(asking: Page, server: FakeBanter) -> None:
    chat = Chat(asking)
    chat.launcher.click()
    server.widget = Widget(consent=True, consent_text={"en": "May we keep it for a year?"})
    chat.panel.get_by_role("button", name="Agree and chat").click()
    expect(chat.note).to_contain_text("Ask the visitor for consent.")
    expect(chat.field).to_be_hidden()
    assert server.conversations == {}
    asking.reload()
    chat.launcher.click()
    expect(chat.panel.get_by_text("May we keep it for a year?")).to_be_visible()
    chat.panel.get_by_role("button", name="Agree and chat").click()
    chat.reads(GREETING)


def test_it_is_asked_in_the_language_of_the_page(asking: Page, server: FakeBanter) -> None:
    asking.goto(f"{server.url}/german")
    chat = Chat(asking)
    chat.launcher.click()
    expect(chat.panel.get_by_text("Dürfen wir das speichern?")).to_be_visible()
    chat.panel.get_by_role("button", name="Zustimmen und chatten").click()
    chat.reads(GREETING)
    (conversation,) = server.conversations.values()
    assert conversation.opening["consent"] == WIDGET.wordings()[1][1]


def test_keys_alone_agree(asking: Page) -> None:
    chat = Chat(asking)
    asking.locator("body").press("Shift+Tab")
    asking.keyboard.press("Enter")
    expect(chat.panel).to_be_visible()
    assert chat.focused() == "h2"
    for _ in range(10):
        asking.keyboard.press("Tab")
        if asking.evaluate("document.querySelector('banter-chat').shadowRoot.activeElement?.type") == "submit":
            break
    asking.keyboard.press("Enter")
    chat.reads(GREETING)
    assert chat.focused() == "textarea"


def test_a_link_to_a_conversation_waits_for_consent_too(
    asking: Page, server: FakeBanter, new_context: Callable[..., BrowserContext]
) -> None:
    chat = Chat(asking)
    chat.launcher.click()
    chat.panel.get_by_role("button", name="Agree and chat").click()
    chat.reads(GREETING)
    (conversation,) = server.conversations
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{server.url}/resume/{conversation}")
    there = Chat(page)
    agree = there.panel.get_by_role("button", name="Agree and chat")
    expect(agree).to_be_visible()
    assert kept(page) == []
    assert "link" not in server.requests
    agree.click()
    there.reads(GREETING)
    assert page.url == f"{server.url}/resume/"
    assert len(server.conversations) == 1
