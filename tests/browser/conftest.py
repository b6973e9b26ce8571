"""A real browser for the tests. It is the one that is installed: nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import time
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from banter.leads.playbook import Company, Hours
from tests.browser.fake_server import FakeBanter
from tests.browser.page import Chat

ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

COMPANY = Company(
    name="Northlight Ledger",
    product="month-end close software for finance teams",
    timezone=ZoneInfo("Europe/London"),
    locale="en",
    currency="GBP",
    email="hello@northlight.example",
    phone="+44 20 7946 0123",
    website="https://northlight.example/",
    address="Northlight Ledger, 1 Example Street, London",
    price="From 4,000 to 30,000 a year, depending on how many entities and users you have.",
    how_it_works="It connects to your ledger, matches the balances, and gives your team one checklist for the close.",
    competitors="There are good products for larger groups; we are made for small and mid-sized teams.",
    competitor_names=(),
    privacy="What you tell us is kept so that our sales team can answer you, and for nothing else.",
    privacy_url=None,
    material_url=None,
    hours=(Hours(0, time(9), time(18)),),
    hours_text="Monday to Friday 9:00-18:00",
    days_off=(),
)

expect.set_options(timeout=5_000)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The installed Chromium. Without one: a failure where CI=true, else a skip that says what to install.

    Once a module: while Playwright is open an event loop runs in this thread, and other tests want one of their own.
    """
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next((path for path in map(shutil.which, names) if path), None)
    if program is None:
        sentence = "No browser found. Install Chromium (Debian, Ubuntu: `apt install chromium`), then test again."
        if os.environ.get("CI") == "true":
            pytest.fail(sentence)
        pytest.skip(sentence)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, headless=False, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def server() -> Iterator[FakeBanter]:
    fake = FakeBanter(COMPANY)
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def new_context(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes a browser profile of its own; anything that a page reports as an error fails the test at its end."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"locale": "en-GB", "timezone_id": "Europe/Berlin", **options})  # type: ignore[arg-type]
        context.on("weberror", lambda failure: errors.append(str(failure.error)))
        context.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(new_context: Callable[..., BrowserContext], server: FakeBanter) -> Page:
    """The demo page, with the fake server behind it."""
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.goto(server.url)
    return page


@pytest.fixture
def chat(page: Page) -> Chat:
    return Chat(page)
