"""Dates, periods and deadlines as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_SIMPLE = re.compile(
    r"\b(?:(\d{4})-(\d\d)-(\d\d)|(tomorrow)|(asap|immediately)|in (\d{1,3}) (day|week|month)s?)\b", re.I
)
_DAYS = {"day": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class DateSpan:
    """A time and where it stands: `text == message[start:end]`; days inclusive.

    `kind`: point, range, deadline, duration, past, urgent (asap: no day), undated ("someday", a bare "next year").
    """

    start: int
    end: int
    text: str
    first: date | None
    last: date | None
    kind: str
    precise: bool


def find_dates(text: str, today: date, *, day_first: bool = False, fiscal_year_start: int = 1) -> list[DateSpan]:
    """Times in `text` said on `today`, in order; `last` is the latest day meant (docs/labels.md, Timeline)."""
    spans = []
    for match in _SIMPLE.finditer(text):
        year, month, day, tomorrow, urgent, count, unit = match.groups()
        last, kind = None, "urgent"
        if year:
            try:
                last, kind = date(int(year), int(month), int(day)), "point"
            except ValueError:
                continue
        elif tomorrow:
            last, kind = today + timedelta(1), "point"
        elif count:
            last, kind = today + timedelta(int(count) * _DAYS[unit.lower()]), "duration"
        spans.append(DateSpan(*match.span(), match.group(), last, last, kind, last is not None))
    return spans
