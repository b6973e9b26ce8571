"""`POST /api/events`: what a visitor did is kept, counted at once, and believed no further than whoever tells it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from banter import resume_link
from banter.channels.limits import Limits, Rate
from banter.channels.tokens import conversation_of, token_for, visitor_of
from banter.leads.consent import key_of
from banter.leads.model import OptOut
from banter.leads.playbook import Playbook, Widget
from banter.leads.qualify import qualify
from scoring.behaviour import Behaviour, Worth
from scoring.model import Answer
from scoring.parts import Parts
from tests.channels.house import ADMIN, NOON, House, a_house, a_playbook

PAGE, PRICES = "https://acorn.example/", "https://acorn.example/pricing"
OWNER = {"Authorization": f"Bearer {ADMIN}"}
POINTS = {"visit": 2, "return": 4, "pricing_page": 9, "trial_started": 15, "feature_used": 3}


def that_counts(widget: Widget | None = None, **more: int) -> Playbook:
    playbook = a_playbook(widget=widget)
    worth = {kind: Worth(points, points) for kind, points in {**POINTS, **more}.items()}
    rubric = replace(playbook.rubric, parts=Parts(behaviour=Behaviour(worth)))
    return replace(playbook, rubrics={"bant": rubric})


@pytest.fixture
def counting(tmp_path: Path) -> Iterator[House]:
    house = a_house(tmp_path, playbook=that_counts())
    with house.client:
        yield house
    house.store.close()


def event(kind: str = "page", **changes: Any) -> dict[str, Any]:
    return {"id": "e1", "kind": kind, "page": PAGE, **changes}


def begun(house: House) -> tuple[str, str]:
    """A conversation that has said something and was scored: its id, and the visitor's."""
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    scored(house, conversation)
    visitor = visitor_of(conversation, house.settings.secret)
    assert visitor is not None
    return conversation, visitor


def scored(house: House, conversation: str) -> None:
    with house.store.begin() as tx:
        lead = tx.leads.of_conversation(conversation)
        assert lead is not None
        need = Answer("need", "specific", "some", "intending", "invoices are late")
        lead = replace(lead, answers={"need": need}, awaiting=None, status="nurture", turns=1)
        tx.leads.save(qualify(lead, house.core.playbook))


def tell(house: House, whose: dict[str, Any], *events: Any, **options: Any) -> Any:
    return house.client.post("/api/events", json={**whose, "events": list(events)}, **options)


def score(house: House, conversation: str) -> dict[str, int]:
    (lead,) = house.client.get(f"/api/leads?conversation={conversation}", headers=OWNER).json()["leads"]
    assert sum(line["points"] for line in lead["score"]["lines"]) == lead["score"]["total"]
    return {line["rule"]: line["points"] for line in lead["score"]["lines"]}


def keys(house: House, conversation: str) -> list[str]:
    with house.store.begin(readonly=True) as tx:
        return [one.key for one in tx.behaviour.of_conversation(conversation)]


def test_the_visitors_id_comes_with_the_conversation_and_with_the_lead(house: House) -> None:
    begun = house.client.post("/api/conversations", json={}).json()
    headers = {"Authorization": f"Bearer {begun['token']}"}
    link = resume_link.make(begun["id"], NOON, house.settings.secret)
    again = house.client.get(f"/api/conversations/{begun['id']}", headers=headers).json()
    linked = house.client.post("/api/conversations/by-link", json={"link": link}).json()
    house.say(begun["id"], headers, "hello")
    (lead,) = house.client.get(f"/api/leads?conversation={begun['id']}", headers=OWNER).json()["leads"]
    assert begun["visitor"] == again["visitor"] == linked["visitor"] == lead["visitor"]
    assert conversation_of(begun["visitor"], house.settings.secret) == begun["id"]


def test_it_opens_neither_the_conversation_nor_the_lead_nor_anything_else(house: House) -> None:
    conversation, visitor = begun(house)
    headers = {"Authorization": f"Bearer {visitor}"}
    body = {"id": "x", "text": "hello"}
    assert house.client.get(f"/api/conversations/{conversation}", headers=headers).status_code == 401
    assert (
        house.client.post(f"/api/conversations/{conversation}/messages", json=body, headers=headers).status_code == 401
    )
    assert house.client.get(f"/api/conversations/{conversation}/events?token={visitor}").status_code == 401
    assert house.client.get(f"/api/leads?conversation={conversation}", headers=headers).status_code == 401
    assert house.client.post("/api/conversations/by-link", json={"link": visitor}).status_code == 404
    token = token_for(conversation, house.settings.secret)
    for other in (token, conversation, resume_link.make(conversation, NOON, house.settings.secret)):
        assert tell(house, {"visitor": other}, event()).status_code == 401
    assert keys(house, conversation) == []


def test_what_they_did_is_in_the_score_at_once(counting: House) -> None:
    conversation, visitor = begun(counting)
    assert score(counting, conversation) == {"need.specific": 10}
    seen = (event("visit", ago=90), event("page", id="e2", page=PRICES), event("visit", id="e3"))
    assert tell(counting, {"visitor": visitor}, *seen).json() == {"kept": 3}
    assert score(counting, conversation) == {
        "need.specific": 10,
        "behaviour.visit": 2,
        "behaviour.return": 4,
        "behaviour.pricing_page": 9,
    }


def test_the_same_id_again_does_nothing(counting: House) -> None:
    conversation, visitor = begun(counting)
    assert [tell(counting, {"visitor": visitor}, event("visit")).json()["kept"] for _ in range(5)] == [1, 0, 0, 0, 0]
    assert keys(counting, conversation) == ["e1"]
    assert score(counting, conversation)["behaviour.visit"] == 2


def test_a_lead_that_changed_is_among_those_changed_since(counting: House) -> None:
    conversation, visitor = begun(counting)
    counting.clock[0] += timedelta(days=3)
    since = f"/api/leads?since={(NOON + timedelta(days=2)):%Y-%m-%d}"
    assert counting.client.get(since, headers=OWNER).json()["leads"] == []
    tell(counting, {"visitor": visitor}, event("visit"))
    (lead,) = counting.client.get(since, headers=OWNER).json()["leads"]
    assert (lead["conversation"], lead["updated_at"]) == (conversation, "2026-11-24T12:00:00Z")


def test_where_the_rubric_counts_nothing_it_is_kept_and_shown_and_no_point_changes(house: House) -> None:
    conversation, visitor = begun(house)
    before = score(house, conversation)
    tell(house, {"visitor": visitor}, event("visit"))
    assert (keys(house, conversation), score(house, conversation)) == (["e1"], before)


@pytest.mark.parametrize("kind", ["email_click", "booked_call", "trial_started", "feature_used"])
def test_nobody_promotes_themselves(counting: House, kind: str) -> None:
    conversation, visitor = begun(counting)
    answer = tell(counting, {"visitor": visitor}, event("visit"), event(kind, id="e2"))
    assert (answer.status_code, answer.json()["error"]["field"]) == (401, "events[1].kind")
    assert keys(counting, conversation) == []  # nothing of it, or a second try would be half a repeat
    for wrong in ("", "Bearer", f"Bearer {ADMIN}x", f"Basic {ADMIN}"):
        answer = tell(counting, {"visitor": visitor}, event(kind), headers={"Authorization": wrong})
        assert answer.status_code == 401
    assert keys(counting, conversation) == []


def test_the_owners_systems_tell_of_a_visitor_or_of_a_lead(counting: House) -> None:
    conversation, visitor = begun(counting)
    (lead,) = counting.client.get(f"/api/leads?conversation={conversation}", headers=OWNER).json()["leads"]
    trial = {"id": "t1", "kind": "trial_started", "at": "2026-11-20T09:00:00Z", "name": "Team plan"}
    assert tell(counting, {"visitor": visitor}, trial, headers=OWNER).json() == {"kept": 1}
    used = {"id": "t2", "kind": "feature_used", "name": "Export"}
    assert tell(counting, {"lead": lead["id"]}, used, headers=OWNER).json() == {"kept": 1}
    (lead,) = counting.client.get(f"/api/leads?conversation={conversation}", headers=OWNER).json()["leads"]
    assert [(one["kind"], one["name"], one["page"]) for one in lead["behaviour"]] == [
        ("trial_started", "Team plan", None),
        ("feature_used", "Export", None),
    ]
    lines = {line["rule"]: (line["points"], line["evidence"]) for line in lead["score"]["lines"]}
    assert lines["behaviour.trial_started"] == (15, ["Team plan"])
    assert (lead["verdict"]["segment"], lead["verdict"]["stage"]) == ("warm", "PQL")  # 10 + 15 + 3 of 35


def test_a_lead_is_told_of_by_the_owners_systems_alone(house: House) -> None:
    conversation, _ = begun(house)
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        answer = tell(house, {"lead": f"l_{conversation}"}, event(), headers=headers)
        assert answer.status_code == 401
    assert tell(house, {"lead": "l_unknown"}, event(), headers=OWNER).status_code == 404
    assert tell(house, {"lead": f"l_{conversation}"}, event(), headers=OWNER).status_code == 200


def test_ten_thousand_guesses_open_nothing(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    with house.client:
        conversation, visitor = begun(house)
        _, other = begun(house)
        name, _, hash_ = visitor.partition(".")
        guesses = [f"{name}.{secrets.token_urlsafe(16)}" for _ in range(9_900)]
        guesses += [f"{name}.{other.partition('.')[2]}", f"{other.partition('.')[0]}.{hash_}", name, hash_, "."]
        guesses += [
            visitor[:n] + ("A" if visitor[n] != "A" else "B") + visitor[n + 1 :] for n in range(2, len(visitor) - 1)
        ]
        guesses += [visitor + "A", visitor + "\n", " " + visitor, visitor.upper(), "ü" + visitor[1:], "v_" + "é" * 22]
        assert [guess for guess in guesses if conversation_of(guess, house.settings.secret) is not None] == []
        tried = [*guesses[-60:], *guesses[:20]]  # the same through HTTP
        assert {tell(house, {"visitor": guess}, event()).status_code for guess in tried} <= {401, 422}
        assert keys(house, conversation) == []
    house.store.close()


def test_a_visitor_of_whom_nothing_is_left_is_unknown(house: House) -> None:
    gone = visitor_of("c_" + "A" * 22, house.settings.secret)
    answer = tell(house, {"visitor": gone}, event())
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "visitor"),
        ({"visitor": None}, "visitor"),
        ({"visitor": ["v"]}, "visitor"),
        ({"visitor": "x" * 201}, "visitor"),
        ({"events": []}, "events"),
        ({"events": None}, "events"),
        ({"events": {"id": "1"}}, "events"),
        ({"events": ["page"]}, "events[0]"),
        ({"events": [{"kind": "page", "page": PAGE}]}, "events[0].id"),
        ({"events": [event(page="javascript:alert(1)")]}, "events[0].page"),
        ({"events": [event(ago="a while")]}, "events[0].ago"),
        ({"events": [event(id=str(n)) for n in range(51)]}, "events"),
    ],
)
def test_what_is_wrong_is_named(house: House, body: dict[str, Any], field: str) -> None:
    conversation, visitor = begun(house)
    whole = {"visitor": visitor, **body} if body else {}
    answer = house.client.post("/api/events", json=whole)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, field)
    assert keys(house, conversation) == []


def test_what_is_too_much_is_refused(tmp_path: Path) -> None:
    limits = Limits(conversation=Rate(0.1, 3))
    house = a_house(tmp_path, limits=limits)
    with house.client:
        _, visitor = begun(house)
        huge = house.client.post("/api/events", content=b"[" * 70_000)
        assert (huge.status_code, huge.json()["error"]["code"]) == (413, "too_large")
        deep = house.client.post("/api/events", content=b"[" * 60_000)
        assert deep.status_code == 422
        answers = [tell(house, {"visitor": visitor}, event(id=str(n))) for n in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert int(answers[-1].headers["Retry-After"]) >= 1
        assert tell(house, {"visitor": visitor}, event(id="o"), headers=OWNER).status_code == 200
    house.store.close()


def test_an_administrator_is_not_held_up_by_others_at_one_address_and_who_guesses_tokens_is(tmp_path: Path) -> None:
    house = a_house(tmp_path, limits=Limits(address=Rate(0.1, 3)))
    with house.client:
        _, visitor = begun(house)
        guess = {"Authorization": "Bearer wrong"}
        answers = [tell(house, {"visitor": visitor}, event(), headers=guess).status_code for _ in range(5)]
        assert answers == [401, 401, 401, 429, 429]
        assert tell(house, {"visitor": visitor}, event()).status_code == 429
        told = [tell(house, {"visitor": visitor}, event(id=str(n)), headers=OWNER).status_code for n in range(5)]
        assert told == [200] * 5
    house.store.close()


def test_the_owners_events_keep_their_room_however_much_a_visitor_tells(counting: House) -> None:
    conversation, visitor = begun(counting)
    trial = {"id": "t", "kind": "trial_started", "ago": 7_000_000}
    tell(counting, {"visitor": visitor}, trial, headers=OWNER)
    for turn in range(5):
        seen = [event(id=f"{turn}-{n}", ago=500 - turn * 50 - n) for n in range(50)]
        assert tell(counting, {"visitor": visitor}, *seen).status_code == 200
    assert len(keys(counting, conversation)) == 201
    assert score(counting, conversation)["behaviour.trial_started"] == 15
    tell(counting, {"visitor": visitor}, event("visit", id="back"))  # the newest has a place
    assert "back" in keys(counting, conversation)


def test_pages_of_other_sites_may_tell_it(house: House) -> None:
    _, visitor = begun(house)
    asked = {"Origin": "https://shop.example", "Access-Control-Request-Method": "POST"}
    assert house.client.options("/api/events", headers=asked).status_code == 204
    answer = tell(house, {"visitor": visitor}, event(), headers={"Origin": "https://shop.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_nothing_is_kept_of_who_was_to_agree_and_has_not(tmp_path: Path) -> None:
    widget = Widget(consent=True, consent_text={"en": "May we keep what you look at?"})
    house = a_house(tmp_path, playbook=that_counts(widget))
    with house.client:
        version = widget.wordings()[0][1]
        conversation, _ = house.begin(consent=version)
        agreed = visitor_of(conversation, house.settings.secret)
        assert tell(house, {"visitor": agreed}, event()).json() == {"kept": 1}
        before = a_house(tmp_path, store=house.store)  # a conversation of the time before anybody was asked
        silent, _ = before.begin()
        for options in ({}, {"headers": OWNER}):
            answer = tell(house, {"visitor": visitor_of(silent, house.settings.secret)}, event(), **options)
            assert (answer.status_code, answer.json()["error"]["code"]) == (403, "consent_required")
        assert keys(house, silent) == []
        with house.store.begin(readonly=True) as tx:
            assert tx.consents.of(key_of("web", silent, house.settings.secret)) == []
    house.store.close()


@pytest.mark.parametrize("gone", [{"opted_out": OptOut(NOON, "stop")}, {"told": ("erase",)}])
def test_nothing_is_kept_of_who_wants_no_more_or_wants_it_deleted(counting: House, gone: dict[str, Any]) -> None:
    conversation, visitor = begun(counting)
    with counting.store.begin() as tx:
        lead = tx.leads.of_conversation(conversation)
        assert lead is not None
        tx.leads.save(replace(lead, **gone))
    for options in ({}, {"headers": OWNER}):
        assert tell(counting, {"visitor": visitor}, event("visit"), **options).json() == {"kept": 0}
    assert keys(counting, conversation) == []


def test_a_database_that_does_not_serve_is_said_so_and_nothing_is_acknowledged(house: House) -> None:
    _, visitor = begun(house)
    with house.store.begin() as tx:
        tx.connection.execute(text("DROP TABLE behaviour"))
    answer = tell(house, {"visitor": visitor}, event())
    assert (answer.status_code, "Retry-After" in answer.headers) == (503, True)
