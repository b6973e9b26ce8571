"""The widget as a visitor sees it: open it, write, read, pick. Works against the fake server and the whole product."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class Chat:
    """The chat widget on an open page. Every method waits until what it needs is there (5 s at most)."""

    page: Page

    @property
    def launcher(self) -> Locator:
        return self.page.locator("banter-chat .launcher")

    @property
    def panel(self) -> Locator:
        return self.page.locator("banter-chat dialog")

    @property
    def field(self) -> Locator:
        return self.panel.get_by_role("textbox", name="Your message")

    @property
    def bubbles(self) -> Locator:
        return self.panel.locator(".msg .text")

    @property
    def note(self) -> Locator:
        return self.panel.get_by_role("status")

    @property
    def replies(self) -> Locator:
        return self.panel.locator(".replies button")

    def open(self) -> Chat:
        self.launcher.click()
        expect(self.panel).to_be_visible()
        return self

    def close(self) -> None:
        self.panel.get_by_role("button", name="Close chat").click()
        expect(self.panel).to_be_hidden()

    def say(self, text: str) -> None:
        """Write and send. Does not wait for the answer."""
        self.field.fill(text)
        self.field.press("Enter")

    def pick(self, title: str) -> None:
        """Press the suggested answer with this title."""
        self.panel.locator(".replies").get_by_role("button", name=title, exact=True).click()

    def reads(self, text: str, **options: Any) -> None:
        """Wait until a message of the bot (or a person) contains `text`."""
        expect(self.panel.locator(".msg:not(.visitor)", has_text=text).last).to_be_visible(**options)

    def settled(self) -> None:
        """Wait until nothing of the visitor's is on its way."""
        expect(self.panel.locator(".msg[data-state]")).to_have_count(0)

    def lines(self) -> list[tuple[str, str]]:
        """What is on the screen, in order: (visitor, bot or rep; text)."""
        found = self.panel.locator(".msg").evaluate_all(
            "nodes => nodes.map(n => [n.classList[1], n.querySelector('.text').textContent])"
        )
        return [(sender, text) for sender, text in found]

    def said(self) -> list[str]:
        """The visitor's lines only."""
        return [text for sender, text in self.lines() if sender == "visitor"]

    def buttons(self) -> list[str]:
        """Titles of the suggested answers; of a calendar's times with their days."""
        titles = self.replies.evaluate_all("nodes => nodes.map(node => node.ariaLabel || node.textContent)")
        return [str(title) for title in titles]

    def focused(self) -> str:
        """Class or tag of what has the focus inside the widget; empty when the focus is elsewhere."""
        return str(
            self.page.evaluate(
                "() => { const f = document.querySelector('banter-chat').shadowRoot.activeElement;"
                " return f ? f.className || f.localName : ''; }"
            )
        )
