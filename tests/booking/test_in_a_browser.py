"""The pages in a real browser, without JavaScript: usable by keyboard, and no accessibility faults in either colour."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest
import uvicorn
from starlette.applications import Starlette

from banter.booking import pages as booking_pages
from banter.booking.book import confirm, take
from banter.nurture import pages as nurture_pages
from banter.nurture import token
from tests.accessible import faults_of
from tests.booking.examples import NOW, lead, playbook, rep, slot, utc
from tests.browser.conftest import browser
from tests.fakes import FakeStore

__all__ = ["browser"]

pytestmark = pytest.mark.slow

RULES = playbook(rep("ana"))
TEN = slot(utc(2026, 11, 24, 10))


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def url(store):
    """A server on this machine with a booked call `key-1` of lead `l_1`."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    with store.begin() as tx:
        tx.leads.save(replace(lead(), status="booked", slot=TEN))
        take(tx, RULES, lead(), TEN, NOW)
        confirm(tx, RULES, lead(), NOW, address)
    routes = [
        *booking_pages.routes(store=store, playbook=RULES, settings_public_url=address, now=lambda: NOW),
        *nurture_pages.routes(store=store, playbook=RULES, secret="s", now=lambda: NOW),
    ]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield address
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1100])
def test_the_pages_have_no_accessibility_faults(browser, url, scheme, width):
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text))
    for path in ("/booking/key-1", f"/unsubscribe/{token.make('l_1', 's')}"):
        page.goto(url + path)
        if path.startswith("/booking"):
            page.get_by_text("More days").click()
            page.get_by_text("Cancel the call", exact=True).click()
        assert faults_of(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the side"
    assert errors == []
    context.close()


def test_a_call_is_moved_and_cancelled_by_keyboard_without_javascript(browser, url, store):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/booking/key-1")
    page.get_by_role("radio", name="11:30").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Move the call").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=moved")
    assert "11:30" in page.locator(".when").inner_text()
    page.locator("summary", has_text="Cancel the call").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Yes, cancel the call").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**done=cancelled")
    assert page.locator("h1").inner_text() == "This call is cancelled"
    assert store.state.bookings["b_1"].status == "cancelled"
    context.close()
