"""Token buckets, and whom a request is counted under."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from starlette.requests import Request

from banter.channels.limits import Buckets, Rate, client_address


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_as_much_as_time_allows() -> None:
    clock = Clock()
    buckets = Buckets(Rate(2.0, 3), clock, most=10)
    assert [buckets.take("a") for _ in range(5)] == [0.0, 0.0, 0.0, 0.5, 0.5]
    assert buckets.take("b") == 0.0
    clock.now += 0.5
    assert buckets.take("a") == 0.0
    assert buckets.take("a") > 0
    clock.now += 1000
    assert [buckets.take("a") > 0 for _ in range(4)] == [False, False, False, True]


def test_a_clock_that_goes_back_takes_nothing_away_and_gives_nothing() -> None:
    clock = Clock()
    buckets = Buckets(Rate(1.0, 1), clock, most=10)
    assert buckets.take("a") == 0.0
    clock.now -= 500
    assert buckets.take("a") > 0
    clock.now += 1
    assert buckets.take("a") == 0.0


def test_a_hundred_thousand_addresses_need_no_more_memory_than_allowed() -> None:
    buckets = Buckets(Rate(1.0, 1), Clock(), most=100)
    for n in range(100_000):
        buckets.take(str(n))
    assert len(buckets) == 100


PROXY = ip_network("10.0.0.0/8")


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "counted"),
    [
        ("203.0.113.5", [], (), "203.0.113.5"),
        ("203.0.113.5", ["1.1.1.1"], (), "203.0.113.5"),
        ("203.0.113.5", ["1.1.1.1"], (PROXY,), "203.0.113.5"),
        ("10.0.0.1", ["198.51.100.7"], (PROXY,), "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.7"], (PROXY,), "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.7, 10.0.0.2"], (PROXY,), "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.7"], (PROXY,), "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, nonsense"], (PROXY,), "10.0.0.1"),
        ("10.0.0.1", [], (PROXY,), "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", [], (), "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.5", [], (), "203.0.113.5"),
        (None, [], (), "unknown"),
    ],
)
def test_a_forwarded_address_is_believed_only_from_a_trusted_proxy(
    peer: str | None, forwarded: list[str], trusted: tuple, counted: str
) -> None:
    scope = {
        "type": "http",
        "client": None if peer is None else (peer, 1),
        "headers": [(b"x-forwarded-for", line.encode()) for line in forwarded],
    }
    assert client_address(Request(scope), trusted) == counted
