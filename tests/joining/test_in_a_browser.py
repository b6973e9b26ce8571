"""The page that asks whether two are one, in a real browser: no accessibility faults, by keyboard, without a script."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser

from tests.accessible import faults_of
from tests.browser.conftest import browser
from tests.databases import sqlite_store
from tests.joining.place import Place

__all__ = ["browser"]

pytestmark = pytest.mark.slow


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Place]:
    store = sqlite_store(tmp_path)
    place = Place(store)
    place.texts_and_chats()
    yield place
    store.close()


@pytest.fixture
def url(asked: Place) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(asked.client.app, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_it_has_no_accessibility_faults_and_works_by_keyboard(
    browser: Browser, asked: Place, url: str, scheme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})  # type: ignore[arg-type]
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda line: errors.append(line.text))
    page.goto(url + asked.link())
    assert faults_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out to the side"
    page.get_by_role("button", name="Yes").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()
    assert faults_of(page) == []
    assert len(asked.listed()) == 1
    assert errors == []
    context.close()


def test_it_works_without_javascript(browser: Browser, asked: Place, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(url + asked.link())
    page.get_by_role("button", name="No", exact=True).click()
    assert "stay apart" in page.content()
    assert len(asked.listed()) == 2
    context.close()
