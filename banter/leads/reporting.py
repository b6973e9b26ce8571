"""Events as programs tell them (`POST /api/events`). Unlike what comes with a message (`behaviour.sightings`), what is
wrong is named, so that whoever writes such a program sees it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from banter.leads.behaviour import KINDS, LONGEST, MOST_AT_ONCE, OWN, OWNERS, Seen, campaign_of, web_address

#: What rubrics call it (`scoring.known.EVENTS`), where a page says it by another name.
_SYNONYMS = {"demo_request": "demo"}
_LONGEST_NAME = 100
_OLDEST = timedelta(days=90)  # of what a page tells: browsers keep it no longer
_AHEAD = timedelta(minutes=5)  # that another machine's clock may be


class Wrong(Exception):
    """What cannot be taken: the field, and what it must be. `owners`: only the owner's own systems may tell it."""

    def __init__(self, where: str, message: str, *, owners: bool = False) -> None:
        super().__init__(f"{where}: {message}")
        self.where = where
        self.message = message
        self.owners = owners


def reported(told: Sequence[Any], now: datetime, *, by_owner: bool) -> list[Seen]:
    """The events, oldest first. A page tells what a page can know (`KINDS`); only the owner's systems, `by_owner`, what
    nobody else can (`OWNERS`), and when by the clock (`at`). Raises Wrong, and then nothing of it is to be kept."""
    if not 0 < len(told) <= MOST_AT_ONCE:
        raise Wrong("events", f"must be 1 to {MOST_AT_ONCE} events; send more in another request")
    found = [_event(one, f"events[{number}]", now, by_owner) for number, one in enumerate(told)]
    return sorted(found, key=lambda seen: seen.at)


def _event(one: Any, where: str, now: datetime, by_owner: bool) -> Seen:
    if not isinstance(one, Mapping):
        raise Wrong(where, "must be an object with id and kind")
    key = one.get("id")
    if not isinstance(key, str) or not re.fullmatch(r"[\w.:-]{1,64}", key, re.ASCII):
        raise Wrong(f"{where}.id", "must be 1 to 64 letters, digits or . : _ - that are unique for this visitor")
    kind = _kind(one.get("kind"), f"{where}.kind", by_owner)
    at = _moment(one, where, now, by_owner)
    page = one.get("page")
    address = web_address(page)
    if address is None and (page is not None or kind in KINDS):
        raise Wrong(f"{where}.page", f"must be an http or https address of at most {LONGEST} characters")
    name = one.get("name") if kind in OWNERS else None
    if name is not None and not (isinstance(name, str) and name.isprintable() and 0 < len(name) <= _LONGEST_NAME):
        raise Wrong(f"{where}.name", f"must be 1 to {_LONGEST_NAME} printable characters, or left out")
    key = f"owner{OWN}{key}" if by_owner else key
    if kind != "visit":
        return Seen(key, kind, address or "", at, name=name)
    return Seen(key, kind, address or "", at, web_address(one.get("referrer"), 2_000), campaign_of(one.get("campaign")))


def _kind(told: Any, where: str, by_owner: bool) -> Any:
    kind = _SYNONYMS.get(told, told) if isinstance(told, str) else None
    if kind in KINDS or (kind in OWNERS and by_owner):
        return kind
    if kind in OWNERS:
        raise Wrong(where, f"{kind} is told by your own systems alone", owners=True)
    raise Wrong(where, f"must be one of {', '.join((*KINDS, *OWNERS))}; prices and returns are seen by themselves")


def _moment(one: Mapping[str, Any], where: str, now: datetime, by_owner: bool) -> datetime:
    """`ago` in seconds, and for the owner's systems `at` instead; without either, now."""
    ago, at = one.get("ago"), one.get("at")
    if ago is None and (at is None or not by_owner):
        return now
    if ago is not None:
        if isinstance(ago, bool) or not isinstance(ago, int | float) or not 0 <= ago <= _OLDEST.total_seconds():
            raise Wrong(f"{where}.ago", f"must be seconds, 0 to {int(_OLDEST.total_seconds())}")
        return now - timedelta(seconds=ago)
    moment = _written(at)
    if moment is None or moment > now + _AHEAD:
        raise Wrong(f"{where}.at", "must be an ISO 8601 time that has passed, e.g. 2026-11-21T09:00:00Z")
    return min(moment, now)


def _written(at: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(f"{at[:-1]}+00:00" if at.endswith(("Z", "z")) else at)
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (AttributeError, ValueError, OverflowError):
        return None
