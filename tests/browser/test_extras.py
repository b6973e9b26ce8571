"""The transcript by mail, the sound, and what is told of pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.fake_server import FakeBanter, Fault
from tests.browser.page import Chat
from tests.browser.test_conversation import GREETING, talk

pytestmark = pytest.mark.slow

LISTEN = """
window.tones = 0;
const begin = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (...a) { window.tones++; return begin.apply(this, a); };
"""


def mail(chat: Chat, address: str) -> None:
    chat.panel.get_by_role("button", name="Transcript by mail").click()
    chat.panel.get_by_label("Your e-mail address").fill(address)
    chat.panel.get_by_role("button", name="Send", exact=True).click()


def test_the_transcript_goes_to_the_address_that_is_named(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    chat.field.fill("half a thought")
    mail(chat, "pat@example.com")
    expect(chat.note).to_have_text("The transcript is on its way to pat@example.com")
    assert server.mailed == [{"email": "pat@example.com", "locale": "en"}]
    expect(chat.field).to_have_value("half a thought")
    expect(chat.panel.get_by_role("button", name="Transcript by mail")).to_be_focused()


def test_it_is_never_thanked_for_when_it_is_not_on_its_way(chat: Chat, server: FakeBanter) -> None:
    chat.open().reads(GREETING)
    server.mail_faults.extend([Fault(422), Fault(429, retry_after="600"), Fault(503)])
    mail(chat, "pat@nowhere.example")
    expect(chat.note).to_have_text("Please check that address.")
    send = chat.panel.get_by_role("button", name="Send", exact=True)
    for _ in range(2):
        send.click()
        expect(chat.note).to_have_text("Not sent")
    send.click()
    expect(chat.note).to_contain_text("on its way to pat@nowhere.example")
    assert len(server.mailed) == 1


def test_one_can_think_better_of_it(chat: Chat, server: FakeBanter) -> None:
    expect(chat.launcher).to_be_visible()
    chat.open().reads(GREETING)
    chat.panel.get_by_role("button", name="Transcript by mail").click()
    expect(chat.field).to_be_hidden()
    chat.panel.get_by_role("button", name="Cancel").click()
    expect(chat.field).to_be_visible()
    assert server.mailed == []


def test_the_sound_is_off_until_it_is_switched_on(chat: Chat, server: FakeBanter) -> None:
    page = chat.page
    page.add_init_script(LISTEN)
    page.reload()
    chat.open().reads(GREETING)
    server.push("One")
    chat.reads("One")
    sound = chat.panel.get_by_role("button", name="Sound")
    expect(sound).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("tones") == 0
    sound.click()
    expect(sound).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("tones") == 1  # how it will sound
    page.reload()
    chat.reads("One")
    assert page.evaluate("tones") == 0  # not for what was said before
    server.push("Two")
    chat.reads("Two")
    assert page.evaluate("tones") == 1
    sound.click()
    server.push("Three")
    chat.reads("Three")
    assert page.evaluate("tones") == 1


def test_pages_campaign_and_downloads_are_told_with_what_the_visitor_says(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context().new_page()
    page.goto(f"{server.url}/?utm_source=news&utm_medium=mail&token=secret", referer="https://news.example/")
    page.goto(f"{server.url}/pricing?mail=pat@example.com")
    page.reload()
    assert server.seen == []
    chat = Chat(page).open()
    chat.reads(GREETING)
    assert [(one["kind"], one["page"]) for one in server.seen] == [
        ("visit", f"{server.url}/"),
        ("page", f"{server.url}/pricing"),
    ]
    assert server.seen[0]["campaign"] == "utm_source=news&utm_medium=mail"
    assert all(0 <= one["ago"] < 60 for one in server.seen)
    page.evaluate(
        "const a = document.createElement('a'); a.href = '/guide.pdf?x=1'; a.textContent = 'Guide';"
        "a.addEventListener('click', e => e.preventDefault()); document.querySelector('main').append(a)"
    )
    page.get_by_role("link", name="Guide").click()
    assert len(server.seen) == 2
    talk(chat, "hello")
    assert (server.seen[2]["kind"], server.seen[2]["page"]) == ("download", f"{server.url}/guide.pdf")
    talk(chat, "once more")
    assert len({one["id"] for one in server.seen}) == len(server.seen) == 3


def test_a_demo_is_asked_for_by_pressing_what_the_page_marks(page: Page, chat: Chat, server: FakeBanter) -> None:
    page.evaluate(
        "const b = document.createElement('button'); b.dataset.banterDemo = ''; b.textContent = 'Book a demo';"
        "document.querySelector('main').append(b)"
    )
    page.get_by_role("button", name="Book a demo").click()
    chat.open().reads(GREETING)
    assert [(one["kind"], one["page"]) for one in server.seen] == [
        ("visit", f"{server.url}/"),
        ("demo", f"{server.url}/"),
    ]


def test_what_could_not_be_told_is_told_with_the_next_message(chat: Chat, server: FakeBanter) -> None:
    server.opening_faults.append(Fault(503))
    chat.open().reads(GREETING)
    assert [one["kind"] for one in server.seen] == ["visit"]


def test_who_comes_back_after_a_while_pays_another_visit(page: Page, server: FakeBanter) -> None:
    page.evaluate(
        "for (const k of Object.keys(localStorage).filter(k => k.endsWith(':active')))"
        " localStorage[k] = JSON.stringify({at: Date.now() - 2e6, page: '/'})"
    )
    page.reload()
    Chat(page).open().reads(GREETING)
    assert [one["kind"] for one in server.seen] == ["visit", "visit"]
