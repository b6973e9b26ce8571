"""Whatever a visitor types stands on the pages as it was typed, and the real edge serves them under its frame."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path

from starlette.testclient import TestClient

from banter import edge
from banter.dashboard.desk import HEADERS
from banter.dashboard.pages import routes
from banter.leads.model import Message
from banter.leads.reading import Contact
from banter.store.database import SqlStore
from tests.dashboard.examples import HOSTILE, NOW, RULES, answer, lead, log_in, settings

NASTY = (
    HOSTILE,
    "</p></li></ol><h1>Hello</h1>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "&lt;b&gt; &amp; &#60; &nbsp;",
    "{{ 7 * 7 }} {% raw %} {# no #} ${x} <%= y %>",
    "]]> --> <!-- <![CDATA[",
    "\n\n  three lines\n\tand a tab  \n",
    "\u202eright to left \u05e9\u05dc\u05d5\u05dd\u200f",
    "e\u0301" * 500,
    "👩‍👩‍👧‍👦 🏳️‍🌈 \u2028 \u00a0 \ufeff",
    "x" * 2000,
    " " * 2000,
    "/restart",
    "=cmd|' /C calc'!A0",
)


class Texts(HTMLParser):
    """The text of each `<p class="text">`, and the names of all elements."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.elements: set[str] = set()
        self._inside = False
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag == "p":
            self._inside = dict(attrs).get("class") == "text"
            if self._inside:
                self.texts.append("")
        elif tag == "span":
            self._hidden += 1  # the names of marks

    def handle_endtag(self, tag: str) -> None:
        if tag == "span":
            self._hidden -= 1
        elif tag == "p":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside and not self._hidden:
            self.texts[-1] += data


def test_everything_is_shown_as_it_was_typed(store: SqlStore, team: TestClient) -> None:
    plain = Texts()
    with store.begin() as tx:
        tx.leads.save(lead("nasty", 60))
        tx.transcript.add(Message("m", "c_nasty", "visitor", "plain", NOW))
    plain.feed(team.get("/leads/l_nasty").text)

    needs = answer("need", "specific", NASTY[0], NASTY[0][3:20])
    with store.begin() as tx:
        contact = Contact(name=NASTY[1], email=NASTY[2], phone=NASTY[3], company=NASTY[4])
        tx.leads.save(lead("nasty", 60, needs, contact=contact, channel=NASTY[2], status=NASTY[3]))
        for number, text in enumerate(NASTY):
            at = NOW + timedelta(seconds=number)
            tx.transcript.add(Message(f"m_{number}", "c_nasty", "visitor", text, at, ((text, text),)))
    page = team.get("/leads/l_nasty").text
    shown = Texts()
    shown.feed(page)
    assert shown.texts == ["plain", *NASTY]
    assert shown.elements - plain.elements <= {"mark", "a", "bdi", "q"}
    assert 'href="javascript:' not in page


def test_the_real_edge_serves_the_pages_under_its_frame(full: SqlStore, tmp_path: Path) -> None:
    class Silent:
        ready = True

        async def run(self, conversation: str) -> None:
            """Nobody talks here."""

    given = replace(settings(tmp_path), rate_address=600)
    pages = routes(store=full, playbook=RULES, settings=given, now=lambda: NOW)
    site = edge.build(
        store=full, dialogue=Silent(), playbook=RULES, settings=given, now=lambda: NOW, extra_routes=pages
    )
    with TestClient(site, follow_redirects=False) as client:
        assert client.get("/leads").headers["location"] == "/login?next=%2Fleads"
        log_in(client)
        answered = client.get("/leads/l_booked")
        assert answered.status_code == 200
        assert answered.headers.get_list("content-security-policy") == [HEADERS["Content-Security-Policy"]]
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert client.get("/leads/banter.css").status_code == 200
        assert client.get("/leads/").status_code == 404
        assert client.get("/api/leads").status_code == 401, "the cookie of the pages opens no API"
