"""The pages in a real browser: without a mouse, without eyes, on a phone, in the dark, on paper, without scripts."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.store.database import SqlStore
from tests import accessible
from tests.browser.conftest import browser
from tests.dashboard.examples import HOSTILE, NOW, RULES, TOKEN, app, settings
from tests.explaining.examples import LEADS, WHOLE

__all__ = ["browser"]

pytestmark = pytest.mark.slow

STATES: dict[str, dict[str, Any]] = {
    f"{device}, {scheme}": {**options, "color_scheme": scheme}
    for device, options in {
        "desktop": {"viewport": {"width": 1280, "height": 800}},
        "phone": {"viewport": {"width": 360, "height": 780}, "has_touch": True, "is_mobile": True},
    }.items()
    for scheme in ("light", "dark")
}


@contextmanager
def served(store: SqlStore, folder: Path, rules: Playbook = RULES) -> Iterator[str]:
    """A server on this machine, by its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    pages = app(store, settings(folder, public_url=address), rules=rules)
    server = uvicorn.Server(uvicorn.Config(pages, log_level="error", ws="none", lifespan="off"))
    thread = threading.Thread(target=server.run, args=([listening],))
    thread.start()
    yield address
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture
def url(full: SqlStore, tmp_path: Path) -> Iterator[str]:
    """A server with every example in it."""
    with served(full, tmp_path) as address:
        yield address


@pytest.fixture
def whole(full: SqlStore, tmp_path: Path) -> Iterator[str]:
    """The same with every part of the scoring on, a lead of an older rubric, and one that the team sees otherwise."""
    with full.begin() as tx:
        for one in LEADS:
            tx.leads.save(one)
        assert LEADS[0].score is not None
        tx.leads.save(
            replace(LEADS[0], id="l_old", conversation="c_old", score=replace(LEADS[0].score, rubric="bant@0"))
        )
        tx.overrides.add(Override("l_hedged", "book", "Their CFO called", "team:ana", NOW, "Ana Example"))
    with served(full, tmp_path, WHOLE) as address:
        yield address


def log_in(page: Page, url: str) -> None:
    page.goto(f"{url}/leads")
    page.get_by_label("Administrator token").fill(TOKEN)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/leads")


def faults_of(page: Page) -> list[str]:
    """What axe finds wrong, one line each; and whether anything sticks out to the side."""
    faults = accessible.faults_of(page)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("the page is wider than the screen")
    return faults


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_any_page(state: str, browser: Browser, url: str) -> None:
    context = browser.new_context(reduced_motion="reduce", **STATES[state])
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text))
    page.goto(f"{url}/login")
    found = {"login": faults_of(page)}
    page.get_by_label("Administrator token").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    found["wrong token"] = faults_of(page)
    told.clear()  # a browser tells of every 403
    log_in(page, url)
    paths = ["/leads", "/leads?route=support&since=2026-11-24", "/outbox", "/outbox?status=failed"]
    for path in (*paths, *(f"/leads/l_{name}" for name in ("booked", "warm", "cold", "hostile", "talking", "student"))):
        page.goto(url + path)
        for summary in page.locator("summary").all()[:2]:
            summary.click()
        found[path] = faults_of(page)
    assert told == []
    page.goto(f"{url}/leads/l_unknown")
    found["unknown"] = faults_of(page)
    assert {where: faults for where, faults in found.items() if faults} == {}
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_of_a_lead_with_everything_on(state: str, browser: Browser, whole: str) -> None:
    context = browser.new_context(reduced_motion="reduce", **STATES[state])
    page = context.new_page()
    log_in(page, whole)
    found = {}
    for name in ("booked", "ruled_out", "unknown", "rude", "old", "new", "of_test"):
        page.goto(f"{whole}/leads/l_{name}")
        found[name] = faults_of(page)
    page.goto(f"{whole}/leads/l_hedged")
    found["the team's"] = faults_of(page)
    page.get_by_text("Change this, or take it back").click()
    found["the form"] = faults_of(page)
    # A browser of today would not send it; what the server says must be heard and seen all the same.
    page.locator("form[action$='/override']").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("It belongs to")).to_be_visible()
    found["the form with its error"] = faults_of(page)
    assert {where: faults for where, faults in found.items() if faults} == {}
    context.close()


def test_keys_alone_and_no_script_lead_to_a_lead_and_out_again(browser: Browser, url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{url}/leads/l_booked")
    expect(page.get_by_label("Administrator token")).to_be_focused()
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/leads/l_booked")
    assert page.locator("h1").inner_text() == "Pat Example"
    page.get_by_role("link", name="in the transcript for Budget").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#said-6")
    page.get_by_role("button", name="Log out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
    page.goto(f"{url}/leads")
    assert page.url.startswith(f"{url}/login")
    context.close()


def test_a_reader_of_the_screen_hears_tables_and_what_a_mark_speaks_for(browser: Browser, url: str) -> None:
    for options in (STATES["desktop, light"], STATES["phone, light"]):
        context = browser.new_context(**options)
        page = context.new_page()
        log_in(page, url)
        table = page.get_by_role("table", name="Leads, newest first")
        expect(table.get_by_role("columnheader")).to_have_count(6)
        row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=re.compile("Pat Example")))
        expect(row.get_by_role("cell")).to_have_count(5)
        row.get_by_role("link").click()
        expect(page.get_by_role("img", name="100 of 100 points. Warm from 40, qualified from 75.")).to_be_visible()
        expect(page.get_by_role("row").filter(has=page.get_by_role("rowheader"))).to_have_count(5)
        marks = [" ".join(mark.inner_text().split()) for mark in page.locator(".said mark").all()]
        assert marks[0].startswith("Need: month end close")
        context.close()


def test_who_is_signed_in_and_follows_a_link_in_a_mail_sees_the_lead_and_no_login(browser: Browser, url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, url)
    # Another site, as the browser sees it: it holds a strict cookie back on the way from there.
    page.route("http://mail.example/", lambda route: route.fulfill(body=f"<a href='{url}/leads/l_booked'>Lead</a>"))
    page.goto("http://mail.example/")
    page.get_by_role("link").click()
    page.wait_for_url("**/leads/l_booked")
    expect(page.get_by_role("heading", level=1)).to_have_text("Pat Example")
    context.clear_cookies()
    page.goto("http://mail.example/")
    page.get_by_role("link").click()
    expect(page.get_by_label("Administrator token")).to_be_visible()
    context.close()


def test_nothing_that_a_visitor_wrote_runs(browser: Browser, url: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    log_in(page, url)
    for path in ("/leads", "/leads/l_hostile", "/outbox"):
        page.goto(url + path)
    page.goto(f"{url}/leads/l_hostile")
    assert page.locator("h1").inner_text() == HOSTILE
    assert page.locator("main script, main img").count() == 0
    assert dialogs == []
    context.close()


def test_on_paper_there_is_the_lead_and_nothing_to_click(browser: Browser, url: str) -> None:
    context = browser.new_context(viewport={"width": 720, "height": 1000}, color_scheme="dark")
    page = context.new_page()
    log_in(page, url)
    page.goto(f"{url}/leads/l_booked")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Log out")).to_be_hidden()
    expect(page.get_by_role("link", name="Move or cancel the call")).to_be_hidden()
    expect(page.get_by_role("heading", name="Transcript")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    context.close()
