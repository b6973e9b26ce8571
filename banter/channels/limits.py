"""How much is too much: sizes, rates and waiting times, and the token buckets that count."""

from __future__ import annotations

import ipaddress
from collections import OrderedDict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from banter.channels.errors import Refused

if TYPE_CHECKING:
    from banter.settings import Network, Settings


@dataclass(frozen=True)
class Rate:
    """`burst` at once, then `a_second` more each second."""

    a_second: float
    burst: int


@dataclass(frozen=True)
class Limits:
    """What the edge allows. `limits_from` takes the rates from the settings."""

    body: int = 64 * 1024  # bytes
    body_seconds: float = 10.0  # to send a body in
    text: int = 2_000  # characters of one message
    id: int = 200  # characters of a message's id
    turn_seconds: float = 10.0  # a turn that takes longer is not waited for
    database_seconds: float = 15.0  # longer than the store's own patience with a lock, so that its error comes first
    waiting: int = 500  # turns that run or wait to at once; more are sent away
    conversation: Rate = Rate(a_second=0.5, burst=30)
    address: Rate = Rate(a_second=500.0, burst=30_000)
    opening: Rate = Rate(a_second=50.0, burst=3_000)  # new conversations of one address
    transcripts: Rate = Rate(a_second=3 / 3600, burst=3)  # mails from one conversation, and to one address
    counted: int = 20_000  # buckets kept of each kind
    streams: int = 500  # open event streams
    streams_each: int = 6  # of one conversation: browsers open no more to one server
    stream_seconds: float = 600.0  # then the browser connects anew by itself
    poll_seconds: float = 1.0  # for what other processes wrote
    heartbeat_seconds: float = 15.0
    threads: int = 8  # that write, and as many that read: fewer than the store has connections


def limits_from(settings: Settings) -> Limits:
    """The limits that the administrator chose: a minute's worth may come at once. New conversations are dearer than
    messages, so one address may begin a tenth as many."""
    return Limits(
        turn_seconds=settings.turn_timeout,
        conversation=_a_minute(settings.rate_conversation),
        address=_a_minute(settings.rate_address),
        opening=_a_minute(max(10, settings.rate_address // 10)),
    )


def _a_minute(count: int) -> Rate:
    return Rate(a_second=count / 60, burst=count)


class Buckets:
    """A token bucket per key. Memory is bounded: the key that was quiet the longest is forgotten first."""

    def __init__(self, rate: Rate, clock: Callable[[], float], *, most: int) -> None:
        self._rate = rate
        self._clock = clock
        self._most = most
        self._level: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._level)

    def take(self, key: str) -> float:
        """Take one token. 0.0 when there was one, else the seconds until there is."""
        now = self._clock()
        level, then = self._level.pop(key, (float(self._rate.burst), now))
        level = min(float(self._rate.burst), level + max(0.0, now - then) * self._rate.a_second)
        wait = 0.0 if level >= 1 else (1 - level) / self._rate.a_second
        self._level[key] = (level - 1 if level >= 1 else level, now)
        while len(self._level) > self._most:
            self._level.popitem(last=False)
        return wait


def take_or_refuse(buckets: Buckets, key: str) -> None:
    """Raises 429 with Retry-After when the bucket of `key` is empty."""
    wait = buckets.take(key)
    if wait:
        raise Refused(
            429, "too_many", "Too many messages at once; wait a moment and send this one again.", retry_after=wait
        )


def client_address(request: Request, trusted: Collection[Network] = ()) -> str:
    """The address that a request is counted under; an IPv6 customer has a whole /64, so that is one address.

    `X-Forwarded-For` is read only behind a proxy of `trusted`, from the right, to the first
    address that is not a trusted proxy: everything to the left of it is what the client claims.
    """
    peer = request.client.host if request.client else "unknown"
    if trusted and _trusted(peer, trusted):
        hops = [hop.strip() for line in request.headers.getlist("x-forwarded-for") for hop in line.split(",")]
        for hop in reversed(hops):
            if _parsed(hop) is None:
                break
            peer = hop
            if not _trusted(hop, trusted):
                break
    address = _parsed(peer)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return peer


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None


def _trusted(text: str, trusted: Collection[Network]) -> bool:
    address = _parsed(text)
    return address is not None and any(address in network for network in trusted)
