"""`dateparser`, English, dates in the future.

The whole text is tried first, then its search. A month named without a day begins on its first and ends on its last:
the library is asked for both; of a relative date ("in 3 months") for the day itself.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import dateparser
from dateparser.search import search_dates
from lines import Found, serve

_RELATIVE = re.compile(r"\b(?:in|within|after|next|ago|from now|\d+)\b.*\b(?:day|week|month|year|fortnight)s?\b", re.I)


def _days(text: str, now: datetime, edge: str) -> list[tuple[str, datetime]]:
    settings: Any = {
        "RELATIVE_BASE": now,
        "PREFER_DATES_FROM": "future",
        "PREFER_DAY_OF_MONTH": edge,
        "PREFER_MONTH_OF_YEAR": edge,
    }
    whole = dateparser.parse(text, languages=["en"], settings=settings)
    return [(text, whole)] if whole else search_dates(text, languages=["en"], settings=settings) or []


def read_time(text: str, now: datetime, asked: bool) -> Found:
    spans = []
    place = 0
    for (words, last), (_, first) in zip(_days(text, now, "last"), _days(text, now, "first"), strict=False):
        if _RELATIVE.search(words):
            same = dateparser.parse(words, languages=["en"], settings={"RELATIVE_BASE": now})
            first = last = same or last
        if first > last:  # the first of this month has passed, so it was put a year later
            first = last.replace(day=1)
        place = max(text.find(words, place), 0)
        ends = {"first": first.date().isoformat(), "last": last.date().isoformat()}
        spans.append({**ends, "at": place, "to": place + len(words)})
    return spans


if __name__ == "__main__":
    serve(time=read_time)
