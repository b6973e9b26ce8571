"""The pipe that a library stands behind: a JSON line in, a JSON line out, until the input ends.

In: `text`, `now` (an ISO time without a zone), `want` (`time` or `money`), `asked` (the text answers "when?" or "how
much?", so a bare duration or figure counts). Out: `found`, a list in the order of the text, and `ms`. A time has
`first` and `last`, ISO days or null where it is open, and `at` and `to`, its place in the text; money has `min`,
`max`, `currency` (ISO 4217 or null) and `at`. Nothing of ours is imported here: these files run in an environment of
their own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

Found = list[dict[str, Any]]
#: (text, now, asked) -> what is found.
Reader = Callable[[str, datetime, bool], Found]

#: What a symbol or a word is taken for where a library leaves it open, as the suites and the labels take it.
CURRENCIES = {
    "$": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "us$": "USD",
    "£": "GBP",
    "pound": "GBP",
    "pounds": "GBP",
    "€": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "₹": "INR",
    "rupee": "INR",
    "rs": "INR",
    "¥": "JPY",
    "yen": "JPY",
    "r$": "BRL",
    "real": "BRL",
    "rand": "ZAR",
    "naira": "NGN",
    "franc": "CHF",
    "krona": "SEK",
    "peso": "MXN",
    "a$": "AUD",
    "c$": "CAD",
    "won": "KRW",
    "yuan": "CNY",
    "pence": "GBP",
    "cent": "USD",
    "penny": "USD",
}


def code(unit: str | None) -> str | None:
    """ISO 4217 for a symbol, a name or a code; None where it is none of these."""
    if not unit:
        return None
    plain = CURRENCIES.get(unit.lower().strip())
    return plain or (unit if len(unit) == 3 and unit.isupper() else None)


def until(instant: str) -> str:
    """The last day before an exclusive end like 2026-07-01T00:00:00."""
    return (datetime.fromisoformat(instant[:19]) - timedelta(microseconds=1)).date().isoformat()


def serve(*, time: Reader | None = None, money: Reader | None = None) -> None:
    """Answers lines until the input ends."""
    readers = {"time": time, "money": money}
    for line in sys.stdin:
        asked = json.loads(line)
        reader, now = readers[asked["want"]], datetime.fromisoformat(asked["now"])
        began = perf_counter()
        try:
            found = reader(asked["text"], now, asked["asked"]) if reader else []
        except Exception as error:  # noqa: BLE001 - whatever a library raises on a text, it found nothing there
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            found = []
        sys.stdout.write(json.dumps({"found": found, "ms": 1000 * (perf_counter() - began)}) + "\n")
        sys.stdout.flush()
