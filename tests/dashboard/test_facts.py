"""What a lead told beside the answers stands on their page, and in what the team is sent."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from banter.leads.facts import Facts, Labelled, Mail, Named, Place, Product, Role
from banter.services import alert, notice
from banter.store.database import SqlStore
from scoring.model import Evidence
from tests.dashboard.examples import HOSTILE, NOW, lead


def words(kind: str, text: str) -> tuple[Evidence, ...]:
    return (Evidence(text, 0, len(text), kind),)


FACTS = Facts(
    role=Role("ops manager", "manager", "operations", words("role", "ops manager")),
    tools=(Product("HubSpot", "leaving", words("product", "HubSpot")),),
    objections=(Labelled("no_need", words("objection", "works fine as it is")),),
    place=Place("DE", source="time zone"),
    mail=Mail("mailinator.com", "disposable"),
)


def shown(team: TestClient, store: SqlStore, facts: Facts) -> str:
    with store.begin() as tx:
        tx.leads.save(lead("facts", 5, facts=facts))
    page = team.get("/leads/l_facts").text
    told = page.partition('aria-labelledby="told"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", told)))


def test_facts_are_shown_with_the_words_they_rest_on(store: SqlStore, team: TestClient) -> None:
    page = shown(team, store, FACTS)
    assert "Role ops manager (manager, operations) ops manager" in page
    assert "Works with HubSpot (leaving) HubSpot" in page
    assert "Objections no need works fine as it is" in page
    assert "Place DE, by their time zone" in page
    assert "E-mail a disposable address" in page


def test_without_facts_there_is_no_such_part(store: SqlStore, team: TestClient) -> None:
    assert shown(team, store, Facts()) == ""


def test_a_name_that_would_run_is_shown_as_it_was_typed(store: SqlStore, team: TestClient) -> None:
    with store.begin() as tx:
        tx.leads.save(lead("facts", 5, facts=Facts(company=Named(HOSTILE, words("company", HOSTILE)))))
    assert HOSTILE not in team.get("/leads/l_facts").text


def test_an_alert_says_what_they_told_of_themselves() -> None:
    told = alert(lead("facts", 5, facts=FACTS), "hot", NOW, "http://testserver")
    assert told["facts"]["Role"] == "ops manager (manager, operations)"
    body = notice(told, "sales@example.com")["body"]
    assert "Beside that:\n- Role: ops manager" in body
    assert "Beside that" not in notice(alert(lead("facts", 5), "hot", NOW, "http://x"), "sales@example.com")["body"]
