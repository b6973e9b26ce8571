"""Facebook's Duckling itself, in process (`pyduckling-native-phihos`), English of the US.

The first of several readings is the next one in the future, as Duckling sorts them. An end is exclusive there. With
`asked`, durations count from today and bare figures are money (`latent`). Texts are cut at 2,000 characters and NULs
are blanks: 8 KB of "1," takes it 7.7 s, and a NUL raises what no `except Exception` catches.
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any

from dateutil.relativedelta import relativedelta
from duckling import (
    Context,
    default_locale_lang,
    load_time_zones,
    parse,
    parse_dimensions,
    parse_lang,
    parse_locale,
    parse_ref_time,
)
from lines import Found, code, serve, until

_LONGEST = 2_000
_ZONES = load_time_zones("/usr/share/zoneinfo")
_LOCALE = parse_locale("EN_US", default_locale_lang(parse_lang("EN")))
_TIME, _MONEY = parse_dimensions(["time", "duration"]), parse_dimensions(["amount-of-money"])
_STEPS = {
    "day": relativedelta(days=1),
    "week": relativedelta(weeks=1),
    "month": relativedelta(months=1),
    "quarter": relativedelta(months=3),
    "year": relativedelta(years=1),
}


@cache
def _context(now: datetime) -> Any:
    seconds = int(now.replace(tzinfo=timezone.utc).timestamp())
    return Context(parse_ref_time(_ZONES, "UTC", seconds), _LOCALE)


def _parsed(text: str, now: datetime, dimensions: Any, latent: bool) -> list[dict[str, Any]]:
    found = parse(text[:_LONGEST].replace("\0", " "), _context(now), dimensions, latent)
    return sorted(found, key=lambda each: int(each["start"]))


def read_time(text: str, now: datetime, asked: bool) -> Found:
    spans = []
    for each in _parsed(text, now, _TIME, asked):
        value = each["value"]
        if each["dim"] == "duration":
            last = (now + timedelta(seconds=value["normalized"]["value"])).date().isoformat()
            ends = {"first": last, "last": last} if asked else None
        elif value["type"] == "interval":
            first, last = value.get("from"), value.get("to")
            ends = {"first": first and first["value"][:10], "last": last and until(last["value"])}
        else:
            start = datetime.fromisoformat(value["value"][:19])
            after = start + _STEPS.get(value["grain"], relativedelta(hours=1))
            ends = {"first": start.date().isoformat(), "last": until(after.isoformat())}
        if ends:
            spans.append({**ends, "at": each["start"], "to": each["end"]})
    return spans


def read_money(text: str, now: datetime, asked: bool) -> Found:
    amounts = []
    for each in _parsed(text, now, _MONEY, asked):
        value = each["value"]
        low, high = (value, value) if value["type"] == "value" else (value.get("from"), value.get("to"))
        unit = (low or high)["unit"].encode("latin-1", "ignore").decode("utf-8", "ignore")  # it is encoded twice
        factor = 0.01 if unit.lower() in ("cent", "pence", "penny") else 1
        bounds = [each and each["value"] * factor for each in (low, high)]
        amounts.append({"min": bounds[0], "max": bounds[1], "currency": code(unit), "at": each["start"]})
    return amounts


if __name__ == "__main__":
    serve(time=read_time, money=read_money)
