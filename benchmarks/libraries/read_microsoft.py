"""Microsoft's recognizers for Python (`ms-recognizers-text-suite`), English.

Of a past and a future reading the last is taken, which is the future one (`others` holds the rest, for its own suite,
which means the past one where the words do). Ends are exclusive there. With `asked`, durations count from today, and
where no money is found bare numbers are it.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from lines import Found, code, serve, until
from ms_recognizers_date_time import Culture, recognize_datetime
from ms_recognizers_number import recognize_number
from ms_recognizers_number_with_unit import recognize_currency

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _day(value: str | None) -> str | None:
    return value[:10] if value and _DAY.match(value) else None


def _ends(value: dict[str, Any], now: datetime, asked: bool) -> dict[str, Any] | None:
    if value["type"] == "duration":
        if not asked or not value["value"].replace(".", "").isdigit():
            return None
        last = (now + timedelta(seconds=float(value["value"]))).date().isoformat()
        return {"first": last, "last": last}
    single = _day(value.get("value"))
    if single:
        return {"first": single, "last": single}
    start, end = _day(value.get("start")), _day(value.get("end"))
    if start is None and end is None:
        return None
    return {"first": start, "last": end and until(f"{end}T00:00:00")}


def read_time(text: str, now: datetime, asked: bool) -> Found:
    spans = []
    for each in recognize_datetime(text, Culture.English, reference=now):
        values = each.resolution["values"] if each.resolution else []
        *others, ends = [_ends(value, now, asked) for value in values] or [None]
        if ends:
            spans.append({**ends, "others": [other for other in others if other], "at": each.start, "to": each.end + 1})
    return spans


def read_money(text: str, now: datetime, asked: bool) -> Found:
    found = recognize_currency(text, Culture.English)
    if asked and not found:
        found = recognize_number(text, Culture.English)
    amounts = []
    for each in found:
        resolution = each.resolution or {}
        if resolution.get("value") is None:
            continue
        unit = resolution.get("unit", "")
        amount = float(resolution["value"]) * (0.01 if unit in ("Cent", "Pence", "Penny") else 1)
        currency = resolution.get("isoCurrency") or code(unit)
        amounts.append({"min": amount, "max": amount, "currency": currency, "at": each.start})
    return amounts


if __name__ == "__main__":
    serve(time=read_time, money=read_money)
