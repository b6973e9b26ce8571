"""Two edges on one PostgreSQL: it does not matter which of them a visitor reaches."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from banter.channels.limits import Limits, Rate
from tests.channels.house import ADMIN, House, a_house
from tests.channels.test_events import QUICK, Running, listening, next_message
from tests.databases import Postgresql, postgresql

__all__ = ["postgresql"]
pytestmark = pytest.mark.slow

MANY = Limits(conversation=Rate(1000.0, 1000), threads=8)


@pytest.fixture
def two(postgresql: Postgresql, tmp_path: Path) -> Iterator[tuple[House, House]]:
    store = postgresql.store()
    one, other = (a_house(tmp_path, limits=MANY, store=store) for _ in range(2))
    with one.client, other.client:
        yield one, other


def test_a_conversation_goes_on_at_the_other_server(two: tuple[House, House]) -> None:
    one, other = two
    conversation, headers = one.begin()
    first = one.say(conversation, headers, "hello", id="1")
    assert other.say(conversation, headers, "hello", id="1").json() == first.json()
    other.say(conversation, headers, "again", id="2")
    shown = one.client.get(f"/api/conversations/{conversation}", headers=headers).json()
    assert [m["text"] for m in shown["messages"] if m["from"] == "visitor"] == ["hello", "again"]
    admin = {"Authorization": f"Bearer {ADMIN}"}
    [lead] = other.client.get(f"/api/leads?conversation={conversation}", headers=admin).json()["leads"]
    assert lead["conversation"] == conversation


def test_a_message_that_reaches_both_at_once_is_one_turn(two: tuple[House, House]) -> None:
    conversation, headers = two[0].begin()
    before = sum(house.dialogue.turns for house in two)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda n: two[n % 2].say(conversation, headers, "hi", id=str(n // 4)), range(40)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(house.dialogue.turns for house in two) == before + 10
    shown = two[0].client.get(f"/api/conversations/{conversation}", headers=headers).json()["messages"]
    assert [m["from"] for m in shown] == ["bot", *["visitor", "bot"] * 10]


def test_a_stream_shows_what_was_said_at_the_other_server(postgresql: Postgresql, tmp_path: Path) -> None:
    store = postgresql.store()
    one, other = (Running(a_house(tmp_path, limits=QUICK, store=store)) for _ in range(2))
    conversation, token = one.begin()
    with listening(one, conversation, params={"token": token}) as lines:
        next_message(lines)
        other.say(conversation, token, "over here")
        assert next_message(lines)["text"] == "over here"
    for running in (one, other):
        running.client.close()
        running.stop()
