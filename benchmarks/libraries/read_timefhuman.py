"""`timefhuman`, dates in the future. A list means any of several times, a pair a range."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from lines import Found, serve
from timefhuman import tfhConfig, timefhuman


def _day(value: Any, now: datetime, asked: bool) -> str | None:
    if isinstance(value, timedelta):
        return (now + value).date().isoformat() if asked else None
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else None


def read_time(text: str, now: datetime, asked: bool) -> Found:
    spans = []
    config = tfhConfig(now=now, return_matched_text=True)
    for _, (start, end), value in timefhuman(text, config):
        for each in value if isinstance(value, list) else [value]:
            first, last = each if isinstance(each, tuple) else (each, each)
            ends = {"first": _day(first, now, asked), "last": _day(last, now, asked)}
            if ends["last"]:
                spans.append({**ends, "at": start, "to": end})
    return spans


if __name__ == "__main__":
    serve(time=read_time)
