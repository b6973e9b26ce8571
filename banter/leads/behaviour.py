"""What a visitor looked at before and while they talked, as the widget tells it, and what else they did. It comes from
outside, so each piece is measured and what is wrong is left out: a message is never refused for it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from banter.leads.model import Asked

Kind = Literal["visit", "page", "download", "demo"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: What only the owner's own systems know.
OwnersKind = Literal["email_click", "booked_call", "trial_started", "feature_used"]
OWNERS: tuple[OwnersKind, ...] = get_args(OwnersKind)
#: Stands in the keys of what is not told by a browser, and never in a browser's own: so nobody takes them beforehand.
OWN = "/"
MOST_AT_ONCE = 50
MOST = 200  # of one conversation told by browsers, and as many told by the owner's systems; the newest are kept
LONGEST = 500  # characters of an address
_OLDEST = timedelta(days=90)
_CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id")


@dataclass(frozen=True)
class Seen:
    """One thing: a `visit` begins on a page, with where it came from; then pages, downloads, and the page on which they
    asked for a demo. `key` is the browser's,
    unique in the conversation; addresses have neither query nor fragment.
    What the owner's systems tell may have no page (empty), and a `name`: of the feature, the mail, the trial."""

    key: str
    kind: Kind | OwnersKind
    page: str
    at: datetime
    referrer: str | None = None
    campaign: Mapping[str, str] = field(default_factory=dict)
    name: str | None = None


@dataclass(frozen=True)
class Demo:
    """A demo that they asked for: on which page, or in which words of the conversation."""

    at: datetime
    page: str | None = None
    words: str | None = None


@dataclass(frozen=True)
class Behaviour:
    """What was seen, in order, told for the team."""

    visits: int
    pages: tuple[
        tuple[str, datetime, bool], ...
    ]  # address, when, whether prices stand there; each address once, at its last time
    downloads: tuple[tuple[str, datetime], ...]
    referrer: str | None  # of the first visit that has one
    campaign: Mapping[str, str]  # of the newest visit that has one
    demos: tuple[Demo, ...] = ()  # in order, each page once, at its first time
    more: tuple[tuple[str, str, datetime], ...] = ()  # what the owner's systems told: kind, what of it, when

    @property
    def priced(self) -> bool:
        return any(prices for _, _, prices in self.pages)


def web_address(text: Any, most: int = LONGEST) -> str | None:
    """`text` when it is an http or https address of at most `most` characters, without login, query and fragment."""
    if not isinstance(text, str) or len(text) > most or not text.isprintable() or re.search(r"[\s\\]", text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    place = f"[{host}]" if ":" in host else host
    return urlunsplit((parts.scheme, f"{place}:{port}" if port else place, parts.path, "", ""))


def sightings(told: Sequence[Any], now: datetime) -> list[Seen]:
    """What of `told` can be kept, oldest first. Each is {"id", "kind", "page", "ago" (s), "referrer", "campaign"};
    the time is ours, so a browser's wrong clock does no harm."""
    found = []
    for one in told[:MOST_AT_ONCE]:
        seen = _seen(one, now) if isinstance(one, Mapping) else None
        if seen is not None:
            found.append(seen)
    return sorted(found, key=lambda seen: seen.at)


def _seen(one: Mapping[str, Any], now: datetime) -> Seen | None:
    key, kind, page = one.get("id"), one.get("kind"), web_address(one.get("page"))
    if (
        not isinstance(key, str)
        or not re.fullmatch(r"[\w.:-]{1,64}", key, re.ASCII)
        or kind not in KINDS
        or page is None
    ):
        return None
    ago = one.get("ago", 0)
    if isinstance(ago, bool) or not isinstance(ago, int | float) or not 0 <= ago <= _OLDEST.total_seconds():
        ago = 0
    at = now - timedelta(seconds=ago)
    if kind != "visit":
        return Seen(key, kind, page, at)
    return Seen(key, kind, page, at, web_address(one.get("referrer"), 2_000), campaign_of(one.get("campaign")))


def campaign_of(told: Any) -> dict[str, str]:
    """`utm_source=news&utm_medium=mail` as names and values; no others, none longer than 100 characters."""
    if not isinstance(told, str) or len(told) > 1_000:
        return {}
    try:
        pairs = parse_qsl(told, max_num_fields=20)
    except ValueError:
        return {}
    return {name: value for name, value in pairs if name in _CAMPAIGN and value.isprintable() and len(value) <= 100}


def demos(seen: Sequence[Seen], pages: Sequence[str], asked: Asked | None) -> tuple[Demo, ...]:
    """Each demo that they asked for: where an element of the page's says so, on `pages` (paths with `*`) that only who
    asks for one comes to, and in words."""
    rule = rule_of(tuple(pages))
    found: dict[str | None, Demo] = {}
    for one in sorted(seen, key=lambda s: s.at):
        by_rule = rule is not None and one.kind in ("visit", "page") and rule.match(urlsplit(one.page).path or "/")
        if one.kind == "demo" or by_rule:
            found.setdefault(one.page, Demo(one.at, one.page))
    if asked is not None:
        found[None] = Demo(asked.at, words=asked.words)
    return tuple(sorted(found.values(), key=lambda demo: demo.at))


def behaviour(
    seen: Sequence[Seen], pricing: Sequence[str], demo: Sequence[str] = (), asked: Asked | None = None
) -> Behaviour | None:
    """All that was seen in one conversation; `pricing` and `demo` are paths with `*` for anything, `asked` is a demo
    asked for in words. None: nothing is known."""
    if not seen and asked is None:
        return None
    prices = rule_of(tuple(pricing))
    pages: dict[str, datetime] = {}
    downloads: dict[str, datetime] = {}
    for one in sorted(seen, key=lambda s: s.at):
        if one.kind == "demo" or one.kind in OWNERS:
            continue
        place = downloads if one.kind == "download" else pages
        place.pop(one.page, None)
        place[one.page] = one.at
    visits = [one for one in seen if one.kind == "visit"]
    return Behaviour(
        visits=len(visits),
        pages=tuple((p, at, bool(prices and prices.match(urlsplit(p).path or "/"))) for p, at in pages.items()),
        downloads=tuple(downloads.items()),
        referrer=next((v.referrer for v in visits if v.referrer), None),
        campaign=next((v.campaign for v in reversed(visits) if v.campaign), {}),
        demos=demos(seen, demo, asked),
        more=tuple((one.kind, one.name or one.page, one.at) for one in seen if one.kind in OWNERS),
    )


@lru_cache(maxsize=32)
def rule_of(paths: tuple[str, ...]) -> re.Pattern[str] | None:
    """What the paths of pages are compared with; None where none is named."""
    return re.compile(paths_pattern(paths)) if paths else None


def paths_pattern(paths: Sequence[str]) -> str:
    """`/pricing*` and the like as one regular expression that browsers and Python read alike."""
    parts = ("".join(".*" if c == "*" else re.sub(r"([^\w/-])", r"\\\1", c) for c in path) for path in paths)
    return f"^({'|'.join(parts)})$"
