"""`quantulum3`, without its classifier (which wants scikit-learn). Its uncertainty is half the width of a range. With
`asked`, any quantity counts where there is no money: "10-15k" is kelvins to it, "pounds" are weight."""

from __future__ import annotations

import warnings
from datetime import datetime
from typing import Any

warnings.simplefilter("ignore")

from lines import Found, code, serve  # noqa: E402
from quantulum3 import parser  # noqa: E402


def read_money(text: str, now: datetime, asked: bool) -> Found:
    found: list[Any] = parser.parse(text)
    priced = [each for each in found if each.unit.entity.name == "currency"]
    amounts = []
    for each in priced or (found if asked else []):
        half = each.uncertainty or 0
        kilo = 1000 if each.unit.name == "kelvin" else 1
        currency = code(getattr(each.unit, "currency_code", None)) or code(each.unit.name)
        bounds = {"min": (each.value - half) * kilo, "max": (each.value + half) * kilo}
        amounts.append({**bounds, "currency": currency, "at": each.span[0]})
    return amounts


if __name__ == "__main__":
    serve(money=read_money)
