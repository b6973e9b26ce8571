"""When a visitor would like to be called."""

from __future__ import annotations

import re
from datetime import date

from banter.extraction.dates import find_dates
from banter.leads.reading import TimeWish

_ORDINALS = {"first": 1, "second": 2, "third": 3, "last": -1}
_ORDINAL = re.compile(r"^\W*(?:the |option |number )?(first|second|third|last|[1-9])(?: one)?\W*$", re.I)


def read_wish(text: str, today: date) -> TimeWish:
    """What `text` says about the time of a call; `TimeWish()` when it says nothing. `today` is the visitor's date."""
    match = _ORDINAL.match(text)
    if match:
        word = match.group(1).lower()
        return TimeWish(ordinals=(_ORDINALS.get(word) or int(word),))
    days = [span for span in find_dates(text, today) if span.last]
    if days:
        return TimeWish(first_day=days[0].first, last_day=days[0].last)
    return TimeWish()
