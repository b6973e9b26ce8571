"""Money as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from scoring.model import Money

_SIMPLE = re.compile(r"([$€£])?\s?(\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,2})?)\s?(k|m|grand|million)?\b", re.I)
_SCALES = {"k": 1e3, "grand": 1e3, "m": 1e6, "million": 1e6}
_SIGNS = {"$": "USD", "€": "EUR", "£": "GBP"}


@dataclass(frozen=True)
class MoneySpan:
    """An amount and where it stands: `text == message[start:end]`.

    `marked`: a currency or a word like "grand" says that it is money. `about`: "around", "roughly". `precise`: False for
    "five figures" and its like. `digits`: written with digits.
    """

    start: int
    end: int
    text: str
    money: Money
    about: bool
    digits: bool
    marked: bool
    precise: bool


def find_money(text: str, *, asked: bool = False, day_first: bool = False) -> list[MoneySpan]:
    """Amounts of money in `text`, in order. `asked`: bare figures count too, as the visitor was asked about money."""
    spans = []
    for match in _SIMPLE.finditer(text):
        sign, number, scale = match.groups()
        if not (sign or scale or asked):
            continue
        value = float(number.replace(",", "")) * _SCALES.get((scale or "").lower(), 1)
        money = Money(value, value, _SIGNS.get(sign or ""))
        spans.append(MoneySpan(*match.span(), match.group(), money, False, True, bool(sign or scale), True))
    return spans
