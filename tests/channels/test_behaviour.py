"""What the visitor looked at comes with the conversation's beginning and with messages, and never costs a message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from banter.leads.behaviour import MOST
from tests.channels.house import ADMIN, NOON, House

PAGE = "https://acorn.example/pricing"


def seen(key: str, **changes: object) -> dict[str, object]:
    return {"id": key, "kind": "page", "page": PAGE, "ago": 30, **changes}


def stored(house: House, conversation: str) -> list[tuple[str, str]]:
    with house.store.begin(readonly=True) as tx:
        return [(one.kind, one.key) for one in tx.behaviour.of_conversation(conversation)]


def test_it_is_kept_once_however_often_it_is_told(house: House) -> None:
    conversation, headers = house.begin(seen=[seen("1", kind="visit", ago=90)])
    for _ in range(2):
        body = {"id": "m", "text": "hello", "seen": [seen("1"), seen("2")]}
        answer = house.client.post(f"/api/conversations/{conversation}/messages", json=body, headers=headers)
        assert answer.status_code == 200
    assert stored(house, conversation) == [("visit", "1"), ("page", "2")]
    with house.store.begin(readonly=True) as tx:
        assert tx.behaviour.of_conversation(conversation)[0].at == NOON - timedelta(seconds=90)


def test_it_stays_within_its_size(house: House) -> None:
    conversation, headers = house.begin(seen=[seen(f"0-{n}") for n in range(60)])
    for turn in range(6):
        body = {"id": str(turn), "text": "hello", "seen": [seen(f"{turn}-x-{n}") for n in range(50)]}
        house.client.post(f"/api/conversations/{conversation}/messages", json=body, headers=headers)
    assert len(stored(house, conversation)) == MOST


def test_nonsense_in_it_costs_no_message(house: House) -> None:
    conversation, headers = house.begin(seen=[5, None, {"page": "javascript:alert(1)"}, seen("ok")])
    assert stored(house, conversation) == [("page", "ok")]
    assert house.say(conversation, headers, "hello").status_code == 200


def test_what_is_no_list_is_named(house: House) -> None:
    answer = house.client.post("/api/conversations", json={"seen": {"id": "1"}})
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "seen"


def test_conversations_are_apart(house: House) -> None:
    one, _ = house.begin(seen=[seen("1")])
    other, _ = house.begin(seen=[seen("1", page="https://acorn.example/other")])
    assert stored(house, one) == stored(house, other) == [("page", "1")]


@pytest.mark.parametrize("page", ["javascript:alert(1)", "nonsense", "https://"])
def test_a_page_that_is_no_web_address_is_not_kept(house: House, page: str) -> None:
    conversation, _ = house.begin(page=page, referrer=page)
    with house.store.begin(readonly=True) as tx:
        begun = tx.conversations.get(conversation)
    assert begun is not None
    assert (begun.page, begun.referrer) == (None, None)


def test_it_is_on_the_lead(house: House) -> None:
    visit = seen("1", kind="visit", referrer="https://news.example/?id=5", campaign="utm_source=news")
    conversation, headers = house.begin(seen=[visit])
    house.say(conversation, headers, "hello")
    asked = {"Authorization": f"Bearer {ADMIN}"}
    (lead,) = house.client.get(f"/api/leads?conversation={conversation}", headers=asked).json()["leads"]
    assert lead["behaviour"] == [
        {
            "kind": "visit",
            "page": PAGE,
            "at": "2026-11-21T11:59:30Z",
            "referrer": "https://news.example/",
            "campaign": {"utm_source": "news"},
            "name": None,
        }
    ]


def test_a_demo_that_was_asked_for_is_on_the_lead(house: House) -> None:
    conversation, headers = house.begin(seen=[seen("1"), seen("2", kind="demo", ago=10)])
    house.say(conversation, headers, "hello")
    asked = {"Authorization": f"Bearer {ADMIN}"}
    (lead,) = house.client.get(f"/api/leads?conversation={conversation}", headers=asked).json()["leads"]
    assert lead["demo"] == {"at": "2026-11-21T11:59:50Z", "page": PAGE, "words": None}
    assert [one["kind"] for one in lead["behaviour"]] == ["page", "demo"]
