"""What the owner's programs learn about leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from banter.channels.leads_api import lead_json
from banter.leads.facts import Facts, Product, Role
from banter.leads.model import Booking, Disposition, Lead, OutboxItem, Slot
from banter.leads.reading import Contact
from scoring.model import Answer, Evidence, Line, Money, Route, Score, Timing
from tests.channels.house import ADMIN, NOON, House

ADMINISTRATOR = {"Authorization": f"Bearer {ADMIN}"}
BUDGET = Answer(
    dimension="budget",
    band="approved_amount",
    specificity="precise",
    commitment="committed",
    text="we have $15K allocated",
    evidence=(Evidence("$15K", 8, 12, "money"), Evidence("allocated", 13, 22, "approval")),
    value=Money(15000.0, 15000.0, "USD", "year"),
)
TIMELINE = Answer("timeline", "within_60_days", "precise", "committed", "by 31/12", (), Timing(40, date(2026, 12, 31)))
SCORE = Score(
    "bant@1",
    (Line("budget.approved_amount", 30, ("$15K", "allocated"), "budget"), Line("timeline.x", 20, ("y",), "timeline")),
    ("authority", "need"),
)


def a_lead(**fields: Any) -> Lead:
    lead = Lead(
        id="l_1",
        conversation="c_1",
        channel="web",
        timezone="Europe/Dublin",
        created_at=NOON,
        updated_at=NOON,
        opener="sales",
        contact=Contact(email="pat@example.com", company="Acorn"),
        answers={"budget": BUDGET, "timeline": TIMELINE},
        score=SCORE,
        route=Route("nurture_warm", ("50 of 100 points.",), True),
    )
    return replace(lead, **fields)


def save(house: House, *leads: Lead) -> None:
    with house.store.begin() as transaction:
        for lead in leads:
            transaction.leads.save(lead)


def test_a_lead_is_shown_as_the_contract_says(house: House) -> None:
    save(house, a_lead())
    shown = house.client.get("/api/leads/l_1", headers=ADMINISTRATOR).json()
    assert shown["contact"] == {"name": None, "email": "pat@example.com", "phone": None, "company": "Acorn"}
    assert shown["answers"]["budget"] == {
        "band": "approved_amount",
        "specificity": "precise",
        "commitment": "committed",
        "text": "we have $15K allocated",
        "evidence": [
            {"text": "$15K", "start": 8, "end": 12, "kind": "money"},
            {"text": "allocated", "start": 13, "end": 22, "kind": "approval"},
        ],
        "value": {"min": 15000, "max": 15000, "currency": "USD", "period": "year"},
    }
    assert shown["answers"]["timeline"]["value"] == {"days_max": 40, "last_day": "2026-12-31"}
    assert shown["score"]["total"] == sum(line["points"] for line in shown["score"]["lines"]) == 50
    assert shown["score"]["rubric"] == "bant@1"
    assert shown["score"]["lines"][0] == {
        "rule": "budget.approved_amount",
        "points": 30,
        "evidence": ["$15K", "allocated"],
        "source": "said",
        "at": None,
    }
    assert shown["verdict"]["intent"] == 50
    assert shown["verdict"]["stage"] is not None or shown["verdict"]["segment"] is None
    assert shown["route"] == {"name": "nurture_warm", "reasons": ["50 of 100 points."], "final": True}
    assert (shown["booking"], shown["nurture"]) == (None, None)
    assert (shown["id"], shown["conversation"], shown["channel"]) == ("l_1", "c_1", "web")


def test_a_booking_names_the_rep_and_a_sequence_its_steps(house: House) -> None:
    save(house, a_lead())
    slot = Slot(NOON + timedelta(days=1), NOON + timedelta(days=1, minutes=30), "robin")
    with house.store.begin() as transaction:
        held = transaction.calendar.hold("l_1", slot, buffer_minutes=10, until=NOON + timedelta(hours=1), now=NOON)
        transaction.calendar.confirm(held.id)
        payload = {"sequence": "nurture_warm", "step": "hello", "to": "pat@example.com"}
        transaction.outbox.put("l_1:hello", "nurture", payload, due_at=NOON, lead="l_1")
        transaction.outbox.put("l_1:alert", "alert", {}, due_at=NOON, lead="l_1")
    shown = house.client.get("/api/leads/l_1", headers=ADMINISTRATOR).json()
    assert shown["booking"] == {
        "starts_at": "2026-11-22T12:00:00Z",
        "ends_at": "2026-11-22T12:30:00Z",
        "rep": "Robin Example",
        "status": "confirmed",
    }
    assert shown["nurture"] == {
        "sequence": "nurture_warm",
        "steps": [{"key": "hello", "due_at": "2026-11-21T12:00:00Z", "status": "queued"}],
    }


def test_a_rep_who_left_is_shown_by_key_and_an_empty_lead_has_nulls() -> None:
    booking = Booking("b_1", "l_1", "gone", NOON, NOON, "cancelled", "k")
    shown = lead_json(Lead("l_1", "c_1", "web", "UTC", NOON, NOON), booking, [])
    assert shown["booking"]["rep"] == "gone"
    assert (shown["score"], shown["route"], shown["nurture"], shown["answers"]) == (None, None, None, {})


def test_of_a_lead_who_came_back_the_sequence_of_now_is_shown_each_step_once() -> None:
    def mail(number: int, sequence: str, step: str, status: str, days: int) -> OutboxItem:
        payload = {"sequence": sequence, "step": step}
        return OutboxItem(number, f"k{number}", "nurture", "l_1", payload, NOON + timedelta(days=days), status)

    items = [
        mail(1, "nurture_cold", "hello", "sent", 1),
        mail(2, "nurture_cold", "news", "cancelled", 30),
        mail(3, "nurture_warm", "hello", "cancelled", 2),
        mail(4, "nurture_warm", "teach", "cancelled", 9),
        mail(6, "nurture_warm", "teach", "queued", 20),
        mail(5, "nurture_warm", "hello", "queued", 12),
        OutboxItem(7, "nurture:l_1:unsubscribed", "nurture", "l_1", {"to": ""}, NOON, "cancelled"),
    ]
    shown = lead_json(a_lead(), None, items)["nurture"]
    assert shown["sequence"] == "nurture_warm"
    assert [(step["key"], step["status"]) for step in shown["steps"]] == [("hello", "queued"), ("teach", "queued")]
    assert lead_json(a_lead(), None, items[-1:])["nurture"] is None


def test_leads_are_listed_by_conversation_route_time_and_page(house: House) -> None:
    later = NOON + timedelta(hours=2)
    booked = Route("book", ("80 of 100 points.",), True)
    save(
        house,
        a_lead(),
        a_lead(id="l_2", conversation="c_2", route=booked, created_at=later, updated_at=later),
        a_lead(id="l_3", conversation="c_3", test=True),
    )

    def listed(query: str) -> list[str]:
        answer = house.client.get(f"/api/leads{query}", headers=ADMINISTRATOR)
        assert answer.status_code == 200, answer.text
        return [lead["id"] for lead in answer.json()["leads"]]

    assert listed("") == ["l_2", "l_1"]
    assert house.client.get("/api/leads?page=1", headers=ADMINISTRATOR).json()["page"] == 1
    assert listed("?page=2") == []
    assert listed("?conversation=c_1") == ["l_1"]
    assert listed("?conversation=c_none") == []
    assert listed("?route=book") == ["l_2"]
    assert listed("?since=2026-11-21") == ["l_2", "l_1"]
    for since in ("2026-11-21T13:00:00Z", "2026-11-21T13:00:00", "2026-11-21T14:00:00+01:00"):
        assert listed(f"?since={since}") == ["l_2"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("page=0", "page"),
        ("page=-1", "page"),
        ("page=x", "page"),
        ("page=1.5", "page"),
        ("page=", "page"),
        ("page=99999999999", "page"),
        ("page=٣", "page"),
        ("route=nowhere", "route"),
        ("route=", "route"),
        ("since=yesterday", "since"),
        ("since=", "since"),
        ("since=2026-13-01", "since"),
        ("since=0001-01-01T00:00:00%2B14:00", "since"),
        ("conversation=%00", "conversation"),
    ],
)
def test_a_filter_that_makes_no_sense_is_named(house: House, query: str, names: str) -> None:
    answer = house.client.get(f"/api/leads?{query}", headers=ADMINISTRATOR)
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == names


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", f"Basic {ADMIN}", f"Bearer {ADMIN}x", f"{ADMIN}"])
def test_leads_are_for_the_administrator_only(house: House, header: str | None) -> None:
    save(house, a_lead())
    headers = {} if header is None else {"Authorization": header}
    for path in ("/api/leads", "/api/leads/l_1", "/api/leads/l_none", "/api/leads?page=x"):
        answer = house.client.get(path, headers=headers)
        assert answer.status_code == 401
        assert "pat@example.com" not in answer.text


def test_a_visitors_token_opens_no_leads(house: House) -> None:
    _, headers = house.begin()
    assert house.client.get("/api/leads", headers=headers).status_code == 401


def test_an_unknown_lead_is_404(house: House) -> None:
    assert house.client.get("/api/leads/l_none", headers=ADMINISTRATOR).status_code == 404


def test_facts_are_shown_with_the_words_they_rest_on(house: House) -> None:
    words = (Evidence("CFO", 4, 7, "role"),)
    facts = Facts(role=Role("CFO", "executive", "finance", words, NOON.date()), tools=(Product("HubSpot", "using"),))
    save(house, a_lead(facts=facts))
    shown = house.client.get("/api/leads/l_1", headers=ADMINISTRATOR).json()["facts"]
    assert shown["role"] == {
        "title": "CFO",
        "seniority": "executive",
        "function": "finance",
        "evidence": [{"text": "CFO", "start": 4, "end": 7, "kind": "role"}],
        "source": "said",
        "at": NOON.date().isoformat(),
    }
    assert shown["tools"] == [{"name": "HubSpot", "use": "using", "evidence": [], "source": "said", "at": None}]
    assert (shown["place"], shown["pains"], shown["mail"]) == (None, [], None)
    assert not {"denied", "corrects"} & shown.keys()


def test_what_the_team_made_of_a_lead_is_told(house: House) -> None:
    save(house, a_lead())
    assert house.client.get("/api/leads/l_1", headers=ADMINISTRATOR).json()["disposition"] is None
    with house.store.begin() as transaction:
        transaction.dispositions.decide(Disposition("l_1", "rejected", "U1", NOON, "no_budget", "robin"))
    assert house.client.get("/api/leads/l_1", headers=ADMINISTRATOR).json()["disposition"] == {
        "status": "rejected",
        "by": "robin",
        "at": "2026-11-21T12:00:00Z",
        "reason": "no_budget",
    }
