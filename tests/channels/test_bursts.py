"""Messages that come all at once are answered in the order in which they were received, whichever server gets them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from banter.channels.limits import Limits, Rate
from tests.channels.house import House, a_house
from tests.databases import Postgresql, postgresql

__all__ = ["postgresql"]

BURST = 20
MANY = Limits(
    conversation=Rate(1000.0, 1000), opening=Rate(1000.0, 100_000), address=Rate(1e6, 10**6), threads=4, waiting=10_000
)


def a_burst(houses: Sequence[House]) -> str:
    """Twenty messages of one visitor on as many threads, spread over the servers; the conversation's id."""
    conversation, headers = houses[0].begin()
    with ThreadPoolExecutor(BURST) as pool:
        answers = list(
            pool.map(
                lambda n: houses[n % len(houses)].say(conversation, headers, f"message {n}", id=f"{n}"), range(BURST)
            )
        )
    assert {answer.status_code for answer in answers} <= {200, 503}  # 503: it is stored, and answered a moment later
    return conversation


def inversions(house: House, conversations: Sequence[str]) -> int:
    """How often something was answered before what had been received earlier."""
    found = 0
    query = text("SELECT inbox FROM messages WHERE conversation = :c AND sender = 'visitor' ORDER BY number")
    with house.store.begin(readonly=True) as tx:
        for conversation in conversations:
            order = [row for (row,) in tx.connection.execute(query, {"c": conversation})]
            assert len(order) == BURST
            found += sum(a > b for a, b in pairwise(order))
    return found


def bursts(houses: Sequence[House], count: int) -> int:
    return inversions(houses[0], [a_burst(houses) for _ in range(count)])


@pytest.fixture
def one(tmp_path: Path) -> Iterator[list[House]]:
    house = a_house(tmp_path, limits=MANY)
    with house.client:
        yield [house]
    house.store.close()


@pytest.fixture
def four(postgresql: Postgresql, tmp_path: Path) -> Iterator[list[House]]:
    with ExitStack() as stack:
        houses = [a_house(tmp_path, limits=MANY, store=postgresql.store()) for _ in range(4)]
        for house in houses:
            stack.enter_context(house.client)
        yield houses


def test_a_burst_is_answered_in_the_order_received(one: list[House]) -> None:
    assert bursts(one, 10) == 0


@pytest.mark.slow
def test_a_burst_over_four_servers_is_answered_in_the_order_received(four: list[House]) -> None:
    assert bursts(four, 5) == 0


@pytest.mark.exhaustive
def test_a_thousand_bursts_are_answered_in_the_order_received(one: list[House]) -> None:
    assert bursts(one, 1_000) == 0


@pytest.mark.exhaustive
def test_a_thousand_bursts_over_four_servers_are_answered_in_the_order_received(four: list[House]) -> None:
    assert bursts(four, 1_000) == 0
