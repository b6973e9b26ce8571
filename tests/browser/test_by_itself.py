"""The chat opens by itself by rule only, and never again for who closed it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from banter.leads.playbook import Opening, Widget
from tests.browser.fake_server import FakeBanter
from tests.browser.page import Chat
from tests.browser.test_access import PHONE

pytestmark = pytest.mark.slow

SOON = Widget(open=Opening(("/pric*",), timedelta(seconds=30)))
LEAVING = Widget(open=Opening(("/pricing", "/"), None, True))


def on_page(context: BrowserContext, server: FakeBanter, widget: Widget, path: str) -> Page:
    """The clock of the page is ours."""
    server.widget = widget
    page = context.new_page()
    page.clock.install()
    page.goto(f"{server.url}{path}")
    expect(Chat(page).launcher).to_be_visible()
    return page


def leave(page: Page) -> None:
    page.evaluate("document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientY: -1}))")


def test_it_opens_after_a_while_on_the_pages_of_the_rule(
    new_context: Callable[..., BrowserContext], server: FakeBanter
) -> None:
    page = on_page(new_context(), server, SOON, "/pricing")
    page.clock.run_for(29_000)
    expect(Chat(page).panel).to_be_hidden()
    page.clock.run_for(2_000)
    expect(Chat(page).panel).to_be_visible()
    assert Chat(page).focused() == ""


def test_it_stays_shut_on_other_pages(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    page = on_page(new_context(), server, SOON, "/")
    page.clock.run_for(120_000)
    leave(page)
    expect(Chat(page).panel).to_be_hidden()


def test_it_opens_for_who_is_about_to_leave(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    page = on_page(new_context(), server, LEAVING, "/pricing")
    page.evaluate("document.documentElement.dispatchEvent(new MouseEvent('mouseleave', {clientY: 300}))")
    page.clock.run_for(120_000)
    expect(Chat(page).panel).to_be_hidden()
    leave(page)
    expect(Chat(page).panel).to_be_visible()


def test_it_never_opens_again_for_who_closed_it(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    context = new_context()
    page = on_page(context, server, LEAVING, "/pricing")
    leave(page)
    Chat(page).close()
    leave(page)
    expect(Chat(page).panel).to_be_hidden()
    page.close()
    again = on_page(context, server, Widget(open=Opening(("*",), timedelta(seconds=1), True)), "/")
    again.clock.run_for(60_000)
    leave(again)
    expect(Chat(again).panel).to_be_hidden()
    Chat(again).open()


def test_it_never_opens_by_itself_on_a_phone(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    page = on_page(new_context(**PHONE), server, Widget(open=Opening(("*",), timedelta(seconds=1), True)), "/")
    page.clock.run_for(60_000)
    leave(page)
    expect(Chat(page).panel).to_be_hidden()
