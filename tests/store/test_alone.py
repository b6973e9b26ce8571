"""Being alone under a name, on both databases."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from banter.store.database import SqlStore


def test_two_are_never_under_one_name_at_once(store: SqlStore) -> None:
    inside, most = [0], [0]

    def enter(_: int) -> bool:
        with store.alone("a", 30) as first:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            store.ping()
            inside[0] -= 1
            return first

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(enter, range(40)))
    assert most == [1]


def test_who_has_waited_long_enough_goes_on_and_knows_it(store: SqlStore) -> None:
    with store.alone("a", 1) as first:
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(lambda: _enter(store, "a")).result() is False
            assert pool.submit(lambda: _enter(store, "b")).result() is True
        assert first
    assert _enter(store, "a")


def test_a_failure_inside_leaves_the_name_free(store: SqlStore) -> None:
    entered = threading.Event()

    def fail() -> None:
        with store.alone("a", 1):
            entered.set()
            raise ValueError

    with ThreadPoolExecutor(1) as pool:
        assert isinstance(pool.submit(fail).exception(), ValueError)
    assert entered.is_set()
    assert _enter(store, "a")


def _enter(store: SqlStore, name: str) -> bool:
    with store.alone(name, 0.01) as first:
        return first
