"""Several at once, in a shadow tree, in a frame, in other languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.accessible import faults_of
from tests.browser.fake_server import FakeBanter
from tests.browser.page import Chat
from tests.browser.test_access import PHONE
from tests.browser.test_conversation import GREETING, talk

pytestmark = pytest.mark.slow

SAID = "nodes => nodes.map(n => n.textContent)"


def test_several_on_one_page_are_one_conversation(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{server.url}/several")
    one, two = page.locator("#one"), page.locator("#two")
    expect(one.locator(".msg .text")).to_have_text([GREETING])
    expect(two.locator(".msg .text")).to_have_text([GREETING])
    field = one.get_by_role("textbox", name="Your message")
    field.fill("Hi")
    field.press("Enter")
    expect(two.locator(".msg.visitor .text")).to_have_text(["Hi"])
    german = two.get_by_role("textbox", name="Ihre Nachricht")
    german.fill("six days")
    german.press("Enter")
    expect(one.locator(".replies button")).to_have_count(2)
    corner = Chat(page)
    page.locator("banter-chat").first.locator(".launcher").click()
    everywhere = [
        page.locator(s).locator(".msg .text").evaluate_all(SAID) for s in ("#one", "#two", "banter-chat >> nth=0")
    ]
    assert everywhere[0] == everywhere[1] == everywhere[2]
    assert server.stored() == ["Hi", "six days"]
    assert server.requests.count("open") == 1
    assert corner.page.locator("banter-chat").count() == 3
    assert faults_of(page) == []


def test_it_lives_in_a_shadow_tree_beside_a_framework(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context().new_page()
    page.goto(f"{server.url}/german")
    page.evaluate(
        "() => { document.querySelector('banter-chat').remove(); const host = document.createElement('our-app');"
        " const chat = document.createElement('banter-chat'); const link = document.createElement('a');"
        " link.href = '#'; link.textContent = 'Talk'; link.dataset.banterOpen = ''; chat.dataset.lang = 'en';"
        " host.attachShadow({mode: 'open'}).append(link, chat); document.body.append(host); }"
    )
    page.get_by_role("link", name="Talk").click()
    chat = Chat(page)
    chat.reads(GREETING)
    talk(chat, "Hi")
    page.evaluate(
        "() => { const host = document.querySelector('our-app'); document.querySelector('main').append(host); }"
    )
    chat.reads("What takes the most time")  # moved by its framework, it is there again
    talk(chat, "six days")
    assert chat.said() == ["Hi", "six days"]
    assert server.requests.count("open") == 1


def test_the_page_that_is_the_chat_stands_in_a_frame(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{server.url}/framing")
    frame = page.frame_locator("iframe")
    expect(frame.locator(".msg .text")).to_have_text([GREETING])
    field = frame.get_by_role("textbox", name="Your message")
    field.fill("Hi")
    field.press("Enter")
    expect(frame.locator(".msg.bot .text").last).to_have_text("What takes the most time in your month-end close today?")
    expect(frame.get_by_role("button", name="Close chat")).to_have_count(0)
    assert server.stored() == ["Hi"]


@pytest.mark.parametrize("phone", [False, True])
def test_the_page_that_is_the_chat_is_whole(
    phone: bool, new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context(**(PHONE if phone else {"viewport": {"width": 1280, "height": 800}})).new_page()
    page.goto(f"{server.url}/chat")
    expect(page.locator(".msg .text")).to_have_text([GREETING])
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Your message")).to_be_visible()
    assert faults_of(page) == []


def test_the_pages_language_chooses_the_words(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(f"{server.url}/german")
    expect(page.locator("banter-chat .launcher")).to_have_accessible_name("Chatten Sie mit uns")
    page.locator("banter-chat .launcher").click()
    field = page.get_by_role("textbox", name="Ihre Nachricht")
    field.fill("Hallo")
    field.press("Enter")
    chat = Chat(page)
    chat.reads("What takes the most time")
    expect(chat.panel).to_have_attribute("lang", "de")
    chat.panel.get_by_role("button", name="Verlauf per E-Mail").click()
    expect(page.get_by_label("Ihre E-Mail-Adresse")).to_be_visible()
    assert faults_of(page) == []
    assert server.requests.count("words") == 1


def test_english_asks_for_no_words_and_a_language_that_is_not_there_is_english(page: Page, server: FakeBanter) -> None:
    page.goto(f"{server.url}/bare")
    expect(Chat(page).launcher).to_have_accessible_name("Chat with us")
    expect(Chat(page).panel).to_have_attribute("lang", "en")
    assert "words" not in server.requests


def test_the_page_to_try_it_on_switches_everything(page: Page, server: FakeBanter) -> None:
    page.goto(f"{server.url}/try")
    chat = Chat(page)
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("banter-chat")).to_have_attribute("data-theme", "dark")
    page.get_by_role("button", name="Español").click()
    expect(chat.launcher).to_have_accessible_name("Hable con nosotros")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Ask for it").click()
    page.get_by_role("button", name="Open the chat").click()
    expect(chat.panel.get_by_text("May we keep what you write?")).to_be_visible()
    chat.panel.get_by_role("button", name="Agree and chat").click()
    chat.reads(GREETING)
    page.get_by_role("button", name="Offline").click()
    expect(chat.note).to_contain_text("You are offline")
    chat.say("one")
    chat.say("two")
    page.get_by_role("button", name="Online").click()
    chat.reads("Has money been set aside")
    assert server.stored() == ["one", "two"]
    page.get_by_role("button", name="Right to left").click()
    chat.reads("Has money been set aside")
    assert faults_of(page) == []
    page.get_by_role("button", name="Forget this conversation").click()
    expect(chat.panel).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter(k => k.endsWith(':chat')).length") == 0
