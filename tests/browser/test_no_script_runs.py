"""Two hundred ways to smuggle a script (payloads.jsonl), wherever text from outside is shown: none runs. The pages
stand without the content security policy that they are served with, so it is the markup that keeps them harmless."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from starlette.testclient import TestClient

from banter.leads.behaviour import Seen
from banter.leads.model import Lead, Message
from banter.leads.reading import Contact
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from tests.browser.fake_server import FakeBanter
from tests.browser.page import Chat
from tests.browser.test_conversation import GREETING
from tests.dashboard import examples
from tests.databases import sqlite_store

pytestmark = pytest.mark.slow

PAYLOADS = [json.loads(line) for line in (Path(__file__).parent / "payloads.jsonl").read_text("utf-8").splitlines()]
#: What a payload does when it runs.
ALARM = "window.hits = 0; for (const n of ['alert', 'confirm', 'prompt']) window[n] = () => void window.hits++;"
#: A policy that forbids nothing.
OPEN = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'"


def hits(page: Page) -> int:
    """After whatever hovers, focuses and loads has had its chance."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))")
    return int(page.evaluate("hits"))


def test_there_are_two_hundred_and_careless_markup_would_run_them(browser: Browser) -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 200
    page = browser.new_page()
    page.add_init_script(ALARM)
    page.goto("about:blank")
    page.set_content("<body>" + "".join(f"<div>{text}</div>" for text in PAYLOADS if "<img" in text))
    assert hits(page) > 5
    page.close()


def test_none_runs_in_the_widget(new_context: Callable[..., BrowserContext], server: FakeBanter) -> None:
    server.policy = OPEN
    page = new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(ALARM)
    page.goto(f"{server.url}/bare?{PAYLOADS[0]}#{PAYLOADS[1]}")
    chat = Chat(page).open()
    chat.reads(GREETING)
    for text in PAYLOADS:
        for sender in ("bot", "rep", "visitor"):
            server.push(text, sender)
    expect(chat.bubbles).to_have_count(1 + 3 * len(PAYLOADS), timeout=30_000)
    shown = [text for _, text in chat.lines()][1:]
    # the visitor's own, as they are written; in the others a mail address loses its scheme
    assert shown[2::3] == PAYLOADS
    found = chat.panel.evaluate(
        "panel => [...panel.querySelectorAll('.text *')].map(n => n.localName + ' ' + (n.href || '').split(':')[0])"
    )
    assert set(found) <= {"a http", "a https", "a mailto"}
    server.script = ((("Pick one",), tuple((text, text) for text in PAYLOADS)),)
    for text in PAYLOADS[:5]:
        chat.say(text)
    expect(chat.replies).to_have_count(len(PAYLOADS))
    for button in chat.replies.all()[::40]:
        button.hover()
    chat.panel.get_by_role("button", name="Transcript by mail").click()
    chat.panel.get_by_label("Your e-mail address").fill(PAYLOADS[2])
    assert hits(page) == 0
    page.evaluate(
        "texts => { for (const text of texts) { const chat = document.createElement('banter-chat');"
        " Object.assign(chat.dataset, {title: text, subtitle: text, lang: text, theme: text});"
        " document.body.append(chat); chat.remove(); } }",
        PAYLOADS,
    )
    assert hits(page) == 0


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return sqlite_store(tmp_path)


def leads_of(store: SqlStore) -> list[Lead]:
    """Leads that hold all payloads: as names, companies, addresses, in the chat, and as what they looked at."""
    made = []
    for number in range(0, len(PAYLOADS), 10):
        texts = PAYLOADS[number : number + 10]
        lead = examples.lead(
            f"evil{number}",
            number,
            examples.answer("need", "specific", texts[0], texts[0][:8]),
            contact=Contact(name=texts[1], email=texts[2], phone=texts[3], company=texts[4]),
            status="nurture",
        )
        begun = Conversation(lead.conversation, "web", "en", "Europe/London", texts[5], texts[6], lead.created_at)
        with store.begin() as tx:
            tx.conversations.create(begun)
            tx.leads.save(replace(lead))
            for place, text in enumerate(texts):
                for sender in ("visitor", "bot", "rep"):
                    buttons = ((text, text),) if sender == "bot" else ()
                    at = lead.created_at + timedelta(seconds=place)
                    tx.transcript.add(Message(f"m_{number}_{place}_{sender}", begun.id, sender, text, at, buttons))
                # straight into the table: what is told from outside is measured before
                seen = Seen(
                    f"{place}", "visit", f"https://a.example/{text}", at, text, {"utm_source": text, text: text}
                )
                tx.behaviour.add(begun.id, [seen, replace(seen, key=f"{place}d", kind="download")])
            mail = {"to": texts[7], "subject": texts[8], "body": texts[9]}
            tx.outbox.put(f"mail{number}", "transcript", mail, due_at=lead.created_at, lead=lead.id)
        made.append(lead)
    return made


def test_none_runs_on_the_teams_pages(browser: Browser, store: SqlStore, tmp_path: Path) -> None:
    leads = leads_of(store)
    app = examples.app(store, examples.settings(tmp_path))
    page = browser.new_page(viewport={"width": 1280, "height": 2000})
    page.add_init_script(ALARM)
    page.goto("about:blank")
    with TestClient(app) as team:
        examples.log_in(team)
        for path in ("/leads", "/outbox", *(f"/leads/{lead.id}" for lead in leads)):
            answer = team.get(path)
            assert answer.status_code == 200
            assert "unsafe" not in answer.headers["Content-Security-Policy"]
            page.set_content(answer.text, wait_until="commit")
            assert (
                page.evaluate("document.querySelectorAll('main script, main iframe, main object, main img').length")
                == 0
            )
            assert hits(page) == 0, path
            evil = page.evaluate(
                "[...document.querySelectorAll('a[href]')].map(a => a.protocol)"
                ".filter(p => ![':', 'about:', 'http:', 'https:', 'mailto:', 'tel:'].includes(p))"
            )
            assert evil == [], path
        assert PAYLOADS[-1][:12] in page.locator("main").inner_text()
    page.close()
    store.close()
