"""Who is signed in: a signed cookie, a token in every form, and a brake on guessing. Nothing is kept on the server
but the brake, so sessions survive a restart and any process can check them."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
import threading
from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, Literal

from starlette.requests import Request
from starlette.responses import Response

if TYPE_CHECKING:
    from banter.settings import Settings

LASTS = timedelta(hours=12)
#: `team` is signed in; `guest` has the login form open, and its token shows that the form is ours.
Kind = Literal["team", "guest"]

_FREE_TRIES = 5
_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True)
class Sessions:
    """Makes and checks cookies. The key holds the administrator's token too: a new token ends every session."""

    key: bytes = field(repr=False)
    secure: bool

    def name(self, kind: Kind) -> str:
        """`__Host-` keeps a neighbour under the same domain from setting it; browsers allow it with https only."""
        return f"{'__Host-' if self.secure else ''}banter_{kind}"

    def make(self, kind: Kind, now: datetime) -> str:
        body = f"{int((now + LASTS).timestamp())}.{secrets.token_urlsafe(16)}"
        return f"{body}.{self._sign(kind, body)}"

    def read(self, request: Request, kind: Kind, now: datetime) -> str | None:
        """The request's session when it is one of ours and not over, else None."""
        value = request.cookies.get(self.name(kind), "")
        body, _, signature = value.rpartition(".")
        ends = body.partition(".")[0]
        if len(value) > 200 or not hmac.compare_digest(signature.encode(), self._sign(kind, body).encode()):
            return None
        return value if int(ends) > now.timestamp() else None

    def csrf(self, session: str) -> str:
        """What every form of this session carries."""
        return self._sign("form", session)

    def is_own_form(self, session: str, csrf: str) -> bool:
        return hmac.compare_digest(csrf.encode("utf-8", "replace"), self.csrf(session).encode())

    def give(self, response: Response, kind: Kind, value: str) -> None:
        response.set_cookie(
            self.name(kind),
            value,
            max_age=int(LASTS.total_seconds()),
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )

    def take(self, response: Response, kind: Kind) -> None:
        response.delete_cookie(self.name(kind), path="/", secure=self.secure, httponly=True, samesite="strict")

    def _sign(self, kind: str, body: str) -> str:
        return hmac.new(self.key, f"{kind}\n{body}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def sessions_from(settings: Settings) -> Sessions:
    key = hmac.new(settings.secret.encode(), f"leads\n{settings.admin_token}".encode(), hashlib.sha256).digest()
    return Sessions(key, secure=settings.public_url.startswith("https:"))


def same(given: str, token: str) -> bool:
    """Compared in a time that says nothing about where they differ, nor how long the token is."""
    both = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (given, token))
    return bool(token) and hmac.compare_digest(*both)


class Brake:
    """Tries to log in, counted per address. After five the wait doubles from five seconds up to a quarter of an hour;
    after a quiet hour the count begins anew. Memory is bounded: the address that was quiet the longest is forgotten."""

    def __init__(self, *, most: int = 10_000) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, tuple[int, datetime]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._tries)

    def take(self, address: str, now: datetime) -> float:
        """Count a try. 0.0 when it may be looked at, else the seconds until one may be.

        Counted before the token is looked at: of a hundred that come at once, only the first five are.
        """
        with self._lock:
            count, until = self._tries.pop(address, (0, now))
            if now < until:
                self._tries[address] = (count, until)
                return (until - now).total_seconds()
            count = 1 if now - until > _FORGOTTEN_AFTER else count + 1
            doublings = min(count - _FREE_TRIES, 20)
            wait = timedelta(0) if doublings < 0 else min(_LONGEST_WAIT, _FIRST_WAIT * 2**doublings)
            self._tries[address] = (count, now + wait)
            while len(self._tries) > self._most:
                self._tries.popitem(last=False)
        return 0.0

    def forgive(self, address: str) -> None:
        """The token was right."""
        with self._lock:
            self._tries.pop(address, None)


def client_address(request: Request, trusted: Collection[IPv4Network | IPv6Network] = ()) -> str:
    """The address that tries are counted under; a whole /64 of IPv6 is one, because that is what one customer gets.

    `X-Forwarded-For` is believed from the right, and only as far as the proxies are trusted: the rest is a claim.
    """
    address = _address(request.client.host if request.client else "")
    hops = [hop for line in request.headers.getlist("x-forwarded-for") for hop in line.split(",")]
    while address is not None and hops and any(address in network for network in trusted):
        claimed = _address(hops.pop().strip())
        if claimed is None:
            break
        address = claimed
    if address is None:
        return "unknown"
    return str(address if address.version == 4 else ipaddress.ip_network((address, 64), strict=False))


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
