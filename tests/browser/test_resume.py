"""Coming back in a real browser: after some hours, and on another device by the link in a mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.accessible import faults_of
from tests.browser.fake_server import SALES_CALL, FakeBanter, Fault
from tests.browser.page import Chat
from tests.browser.test_access import STATES

pytestmark = pytest.mark.slow

GREETING = SALES_CALL[0][0][0]
WELCOME = "Welcome back. Money was still open."
Contexts = Callable[..., BrowserContext]


@pytest.fixture
def talked(chat: Chat, server: FakeBanter) -> str:
    """A conversation on the first device, and its link."""
    chat.open().reads(GREETING)
    chat.say("Our close takes six days")
    chat.reads("From 4,000")
    (conversation,) = server.conversations
    server.welcome = WELCOME
    server.requests.clear()
    return f"{server.url}/resume/{conversation}"


def hours_pass(page: Page) -> None:
    """As far as the browser knows."""
    page.evaluate("Object.keys(localStorage).filter(k => k.endsWith(':here')).forEach(k => localStorage[k] = '0')")


def here(page: Page) -> None:
    """A person moves the pointer."""
    page.mouse.move(40, 40)
    page.mouse.move(60, 60)


def test_who_opens_the_chat_again_is_welcomed_back(chat: Chat, talked: str, server: FakeBanter) -> None:
    chat.close()
    hours_pass(chat.page)
    chat.page.reload()
    chat = Chat(chat.page)
    expect(chat.bubbles).not_to_have_count(0)
    assert server.requests == []  # a page that only loads asks for nothing
    chat.open()
    chat.reads(WELCOME)
    assert chat.lines()[-1] == ("bot", WELCOME)
    chat.close()
    chat.open()
    here(chat.page)
    assert server.requests.count("resume") == 1


def test_who_comes_back_to_an_open_chat_is_welcomed_with_the_first_move(
    chat: Chat, talked: str, server: FakeBanter
) -> None:
    hours_pass(chat.page)
    chat.page.reload()
    chat = Chat(chat.page)
    expect(chat.panel).to_be_visible()
    expect(chat.bubbles).not_to_have_count(0)
    assert server.requests == []
    here(chat.page)
    chat.reads(WELCOME)


@pytest.mark.parametrize("phone", [False, True])
def test_a_link_opens_the_conversation_on_another_device(
    talked: str, server: FakeBanter, new_context: Contexts, chat: Chat, phone: bool
) -> None:
    before = chat.lines()
    size = {"width": 390, "height": 800} if phone else {"width": 1280, "height": 800}
    page = new_context(viewport=size).new_page()
    page.goto(talked)
    there = Chat(page)
    expect(there.panel).to_be_visible()
    expect(there.bubbles).to_have_count(len(before))
    assert there.lines() == before
    assert page.url == f"{server.url}/resume/"  # the key is not left in the address
    assert server.requests == ["link"]
    here(page)
    there.reads(WELCOME)
    there.say("and from here?")
    there.settled()
    assert server.stored()[-1] == "and from here?"
    assert len(server.conversations) == 1
    there.reads("Has money been set aside")
    said = there.lines()
    page.reload()
    expect(there.bubbles).to_have_count(len(said))
    assert there.lines() == said


def test_a_link_takes_the_place_of_a_conversation_of_this_browser_and_loses_nothing(
    talked: str, server: FakeBanter, new_context: Contexts, chat: Chat
) -> None:
    before = chat.lines()
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(server.url)
    there = Chat(page).open()
    there.reads(GREETING)
    server.faults.extend([Fault(503)] * 50)
    there.say("never sent")
    expect(there.panel.locator(".msg[data-state]")).to_have_count(1)
    page.goto(talked)
    expect(Chat(page).bubbles).to_have_count(len(before))
    expect(Chat(page).field).to_have_value("never sent")
    server.faults.clear()
    assert "never sent" not in server.stored()


def test_a_link_waits_for_a_server_that_is_away(talked: str, server: FakeBanter, new_context: Contexts) -> None:
    server.link_faults.extend([Fault(503), Fault(503)])
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(talked)
    expect(Chat(page).bubbles).to_have_count(4, timeout=10_000)
    assert server.requests.count("link") == 3
    assert len(server.conversations) == 1


def test_a_link_to_what_is_gone_says_so_and_a_new_conversation_begins(
    talked: str, server: FakeBanter, new_context: Contexts
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{server.url}/resume/gone")
    there = Chat(page)
    there.reads(GREETING)
    expect(there.note).to_contain_text("has ended")
    assert len(server.conversations) == 2
    assert [c.opening["page"] for c in server.conversations.values()][-1] == f"{server.url}/resume/"


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_the_page_behind_a_link(
    state: str, talked: str, server: FakeBanter, new_context: Contexts
) -> None:
    page = new_context(reduced_motion="reduce", **STATES[state]).new_page()
    page.goto(talked)
    expect(Chat(page).bubbles).to_have_count(4)
    found = faults_of(page)
    Chat(page).close()
    assert [*found, *faults_of(page)] == []
