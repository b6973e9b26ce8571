"""The widget without a mouse, without eyes, on a phone, in the dark, and under a strict content security policy."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from banter.channels import widget
from banter.configuration import load_playbook
from banter.leads.playbook import Opening
from tests.accessible import faults_of
from tests.browser.fake_server import CHANNELS, STRICT, FakeBanter, Fault
from tests.browser.page import Chat
from tests.browser.test_conversation import GREETING, talk

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
STATES = {
    "desktop, light": {**DESKTOP, "color_scheme": "light"},
    "desktop, dark": {**DESKTOP, "color_scheme": "dark"},
    "phone, light": {**PHONE, "color_scheme": "light"},
    "phone, dark": {**PHONE, "color_scheme": "dark"},
}


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_at_any_point_of_a_conversation(
    state: str, new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context(reduced_motion="reduce", **STATES[state]).new_page()
    page.goto(server.url)
    chat = Chat(page)
    found = {"closed": faults_of(page)}
    chat.open().reads(GREETING)
    found["open"] = faults_of(page)
    talk(chat, "Hi", "six days")
    expect(chat.replies).to_have_count(2)
    found["with buttons"] = faults_of(page)
    talk(chat, "yes", "me", "in May")
    expect(chat.replies).to_have_count(4)
    found["with a list of times"] = faults_of(page)
    talk(chat, "the second")
    server.faults.append(Fault(503, retry_after="600"))
    chat.say("pat@example.com")
    expect(chat.panel.locator("[data-state='Waiting to send']")).to_be_visible()
    chat.field.fill("x" * 2001)
    found["error"] = faults_of(page)
    chat.panel.get_by_role("button", name="Try now").click()
    chat.reads("You're booked")
    chat.field.fill("")
    server.push("A person here.", "rep")
    chat.reads("A person here.")
    found["the end"] = faults_of(page)
    chat.close()
    server.push("One more thing")
    expect(chat.launcher).to_have_accessible_name("Chat with us, unread messages: 1")
    found["unread"] = faults_of(page)
    assert {moment: faults for moment, faults in found.items() if faults} == {}


@pytest.mark.slow
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_where_something_is_asked_for_or_missing(
    state: str, new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    server.widget = replace(server.widget, consent=True)
    page = new_context(reduced_motion="reduce", **STATES[state]).new_page()
    page.goto(server.url)
    chat = Chat(page)
    chat.launcher.click()
    agree = chat.panel.get_by_role("button", name="Agree and chat")
    expect(agree).to_be_visible()
    found = {"consent": faults_of(page)}
    agree.click()
    chat.reads(GREETING)
    letter = chat.panel.get_by_role("button", name="Transcript by mail")
    letter.click()
    found["mail form"] = faults_of(page)
    chat.panel.get_by_label("Your e-mail address").fill("pat@example.com")
    chat.panel.get_by_role("button", name="Send", exact=True).click()
    expect(chat.note).to_contain_text("on its way")
    found["mail is on its way"] = faults_of(page)
    chat.panel.get_by_role("button", name="Sound").click()
    found["sound on"] = faults_of(page)
    page.context.set_offline(True)
    expect(chat.note).to_contain_text("You are offline")
    chat.say("still here")
    expect(chat.panel.locator("[data-state='Waiting to send']")).to_be_visible()
    found["offline"] = faults_of(page)
    assert {moment: faults for moment, faults in found.items() if faults} == {}


@pytest.mark.slow
@pytest.mark.parametrize("state", ["desktop, light", "phone, dark"])
def test_axe_finds_nothing_on_a_right_to_left_page(
    state: str, new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context(reduced_motion="reduce", **STATES[state]).new_page()
    page.goto(f"{server.url}/bare")
    found = {"closed": faults_of(page)}
    chat = Chat(page).open()
    talk(chat, "Hi", "six days")
    found["open"] = faults_of(page)
    talk(chat, "yes", "me", "in May")
    expect(chat.panel.locator(".replies.days button")).to_have_count(4)
    found["calendar"] = faults_of(page)
    assert {moment: faults for moment, faults in found.items() if faults} == {}
    box = chat.panel.bounding_box()
    assert box is not None
    assert box["x"] < 100  # the end of a line is on the left here
    mine = chat.panel.locator(".msg.visitor .text").first.bounding_box()
    theirs = chat.panel.locator(".msg.bot .text").first.bounding_box()
    assert mine is not None
    assert theirs is not None
    assert mine["x"] < theirs["x"]


@pytest.mark.slow
def test_only_what_is_new_is_announced_and_once(chat: Chat, server: FakeBanter) -> None:
    """What is put into the log while it is live is what a screen reader says."""
    chat.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.announced = [];"
        " const log = document.querySelector('banter-chat').shadowRoot.querySelector('[role=log]');"
        " new MutationObserver(all => log.ariaLive === 'polite' && all.forEach(one => one.addedNodes.forEach(node =>"
        " node.querySelector?.('.text') && announced.push(node.querySelector('.text').textContent))))"
        ".observe(log, {childList: true, subtree: true}); })"
    )
    chat.page.reload()
    chat.open().reads(GREETING)
    talk(chat, "Hi", "six days")
    server.stream_twice = True
    server.drop_streams()
    server.push("A person here.", "rep")
    chat.reads("A person here.")
    said = [text for _, text in chat.lines()]
    announced = chat.page.evaluate("announced")
    assert announced == said
    chat.page.reload()
    expect(chat.bubbles).to_have_count(len(said))
    expect(chat.panel.get_by_role("log")).to_have_attribute("aria-live", "polite")
    server.push("And one more.")
    chat.reads("And one more.")
    assert chat.page.evaluate("announced") == ["And one more."]
    log = chat.panel.get_by_role("log")
    assert log.locator("button, [role=status], .typing, .replies").count() == 0


@pytest.mark.slow
def test_keys_alone_lead_from_the_page_to_a_booking(chat: Chat, server: FakeBanter) -> None:
    keyboard = chat.page.keyboard
    chat.page.locator("body").press("Shift+Tab")  # the launcher is the last thing on the page
    assert chat.focused() == "launcher"
    keyboard.press("Enter")
    chat.reads(GREETING)
    assert chat.focused() == "textarea"
    keyboard.type("Hi")
    keyboard.press("Shift+Enter")
    keyboard.type("what does it cost?")
    keyboard.press("Enter")
    chat.reads("What takes")
    keyboard.type("six days")
    keyboard.press("Enter")
    expect(chat.replies).to_have_count(2)
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")  # the first of the two
    chat.reads("Who signs")
    assert chat.focused() == "textarea"
    for text, answer in (("me", "And when"), ("in May", "Which suits you?")):
        keyboard.type(text)
        keyboard.press("Tab")
        keyboard.press("Space")  # the button, this time
        chat.reads(answer)
    expect(chat.replies).to_have_count(4)
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    keyboard.press("Space")
    chat.reads("Which e-mail")
    keyboard.type("pat@example.com")
    keyboard.press("Enter")
    chat.reads("You're booked")
    assert server.stored()[0] == "Hi\nwhat does it cost?"
    assert chat.said()[-2] == "Tue 24 Nov, 14:00"


@pytest.mark.slow
def test_escape_closes_and_the_focus_goes_back(chat: Chat) -> None:
    for closing in ("Escape", "Close chat"):
        chat.open().reads(GREETING)
        if closing == "Escape":
            chat.page.keyboard.press("Escape")
        else:
            chat.close()
        expect(chat.panel).to_be_hidden()
        assert chat.focused() == "launcher"


@pytest.mark.slow
def test_on_a_phone_it_covers_the_screen_and_the_page_behind_is_out_of_reach(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context(**PHONE).new_page()
    page.goto(server.url)
    chat = Chat(page)
    page.get_by_role("link", name="Ask us anything").tap()
    chat.reads(GREETING)
    expect(chat.panel).to_have_css("opacity", "1")
    assert page.evaluate("document.querySelector('banter-chat').panel.offsetHeight") == 844
    assert page.evaluate("document.querySelector('banter-chat').panel.offsetWidth") == 390
    assert page.evaluate("document.querySelector('banter-chat').panel.matches(':modal')")
    assert chat.focused() == "h2"  # no keyboard jumps up over the greeting
    page.keyboard.press("Escape")
    expect(chat.panel).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.slow
def test_a_button_of_the_page_opens_the_chat(chat: Chat) -> None:
    chat.page.get_by_role("link", name="Talk to us").click()
    chat.reads(GREETING)
    assert chat.focused() == "textarea"


@pytest.mark.slow
def test_a_chat_that_opens_by_itself_takes_no_focus(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = new_context().new_page()
    page.goto(f"http://localhost:{server.port}/embedded")
    Chat(page).reads(GREETING)
    assert Chat(page).focused() == ""


@pytest.mark.slow
def test_reduced_motion_moves_nothing(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    moving = "() => document.querySelector('banter-chat').shadowRoot.getAnimations().length"
    for motion, still in (("reduce", True), ("no-preference", False)):
        page = new_context(reduced_motion=motion).new_page()
        page.goto(server.url)
        server.slow = 30.0
        chat = Chat(page).open()
        chat.reads(GREETING)
        chat.say("hello")
        expect(chat.panel.locator(".typing")).to_be_visible()
        assert (page.evaluate(moving) == 0) is still


@pytest.mark.slow
def test_the_colours_can_be_changed_from_the_page(page: Page) -> None:
    page.add_init_script(
        "const s = new CSSStyleSheet(); s.replaceSync('banter-chat { --accent: rgb(10, 20, 30) }');"
        " document.adoptedStyleSheets = [s]"
    )
    page.reload()
    expect(Chat(page).launcher).to_have_css("background-color", "rgb(10, 20, 30)")


@pytest.mark.slow
def test_the_page_is_honest_readable_and_asks_for_nothing_from_elsewhere(page: Page, server: FakeBanter) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    answer = page.reload()
    assert answer is not None
    assert answer.header_value("content-security-policy") == STRICT
    expect(page.get_by_role("contentinfo")).to_contain_text("Northlight Ledger is made up.")
    expect(page.get_by_role("link", name="the leads")).to_have_attribute("href", "/leads")
    assert all(url.startswith(server.url) for url in asked)


def test_the_widget_is_smaller_than_ten_kilobytes_with_everything_switched_on() -> None:
    playbook = load_playbook(CHANNELS.parents[1] / "playbook")
    opens = Opening(("/pricing*", "/plans*"), timedelta(seconds=20), True)
    full = replace(playbook.channels.widget, consent=True, open=opens)
    for made in (playbook, replace(playbook, channels=replace(playbook.channels, widget=full))):
        size = len(gzip.compress(widget.served(widget.given(made, widget.texts(made))), 9))
        assert size < 10 * 1024


def test_nothing_in_the_widget_can_interpret_html_or_leave_a_cookie() -> None:
    source = (CHANNELS / "static" / "widget.js").read_text("utf-8")
    forbidden = [
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "cookie",
        "alert(",
        "setHTML",
        "DOMParser",
    ]
    code = re.sub(r"^\s*//.*$", "", source, flags=re.MULTILINE)
    assert [word for word in forbidden if word in code] == []
    assert json.dumps(re.findall(r"https?://[\w.]+", code)) == '["http://www.w3.org"]'


def test_the_page_has_no_inline_style_or_script() -> None:
    template = (CHANNELS / "templates" / "demo.html").read_text("utf-8")
    assert re.findall(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)", template) == []
