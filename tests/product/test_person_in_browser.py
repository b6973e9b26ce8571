"""A visitor asks for a person, and somebody of the team answers on the lead's page, each in a browser of their own."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import browser, new_context  # noqa: F401 - fixtures
from tests.browser.page import Chat
from tests.product.running import ROOT, TOKEN, Server

pytestmark = pytest.mark.slow
Contexts = Callable[..., BrowserContext]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Server]:
    """A company that is open at any time."""
    folder = tmp_path_factory.mktemp("open")
    playbook = folder / "playbook"
    shutil.copytree(ROOT / "playbook", playbook)
    company = playbook / "company.yml"
    words = company.read_text("utf-8")
    always = re.sub(r"monday-friday: \S+", "monday-sunday: 0:00-23:59", words)
    company.write_text(re.sub(r"(?m)^days_off:.*", "days_off: []", always), "utf-8")
    running = Server(folder, {"BANTER_PLAYBOOK": str(playbook)}).start().ready()
    yield running
    running.stop()


def test_a_rep_answers_and_hands_back_and_the_visitor_sees_it_without_loading_the_page_anew(
    server: Server,
    new_context: Contexts,  # noqa: F811
) -> None:
    visitor = new_context(viewport={"width": 1280, "height": 860}).new_page()
    visitor.goto(server.url)
    chat = Chat(visitor).open()
    chat.reads("bot")
    chat.say("Month end takes my team 6 days and we still find errors.")
    chat.settled()
    chat.say("can I talk to a real person please")
    chat.settled()
    expect(chat.replies).to_have_text(["Go on with the bot"])

    team = new_context(viewport={"width": 1280, "height": 860}).new_page()
    team.goto(f"{server.url}/leads")
    team.get_by_label("Administrator token").fill(TOKEN)
    team.keyboard.press("Enter")
    expect(team.locator("tr.waits")).to_have_count(1)
    team.locator("tr.waits a").first.click()
    team.get_by_label("Your message").fill("Hello, <b>Ana</b> here. What would you like to know?")
    team.get_by_role("button", name="Send").click()
    expect(team.locator(".said .rep")).to_have_count(1)
    chat.reads("Hello, <b>Ana</b> here.", timeout=10_000)

    before = len(chat.lines())
    chat.say("do you work with Xero?")
    chat.settled()
    team.reload()
    expect(team.get_by_text("do you work with Xero?")).to_be_visible()
    assert len(chat.lines()) == before + 1  # the bot said nothing

    team.get_by_role("button", name="Hand back to the bot").click()
    expect(chat.bubbles).to_have_count(before + 3, timeout=15_000)
    (_, back), (_, question) = chat.lines()[-2:]
    assert "bot" in back
    assert question.endswith("?")
    team.reload()
    team.get_by_role("button", name="Close the conversation").click()
    expect(team.locator(".chip.status")).to_have_text("Closed")
