"""`price-parser`: one price of a text, made for prices in web pages. With `asked`, a figure without a currency
counts.
"""

from __future__ import annotations

from datetime import datetime

from lines import Found, code, serve
from price_parser import Price


def read_money(text: str, now: datetime, asked: bool) -> Found:
    price = Price.fromstring(text)
    if price.amount_float is None or not (asked or price.currency):
        return []
    place = max(text.find(price.amount_text or ""), 0)
    return [{"min": price.amount_float, "max": price.amount_float, "currency": code(price.currency), "at": place}]


if __name__ == "__main__":
    serve(money=read_money)
