"""Days in transcripts are written from today on, so that a transcript holds on any day of the year.

`{in 3 weeks: %d %B}` (days, weeks, workdays; the rest as in strftime), `{month ending in 65 to 118 days: %B}`,
`{quarter ending in 130 to 350 days: Q%q %Y}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

import yaml

COMPANY = Path(__file__).parent.parent.parent / "playbook" / "company.yml"
PLACE = re.compile(
    r"\{(?:in (?P<count>\d+) (?P<unit>days?|weeks?|workdays?)"
    r"|(?P<span>month|quarter) ending in (?P<least>\d+) to (?P<most>\d+) days)"
    r"(?:: (?P<form>[^}]+))?\}"
)


def with_days(text: str, today: date) -> str:
    def written(found: re.Match[str]) -> str:
        if found["count"]:
            day = _in(int(found["count"]), found["unit"].rstrip("s"), today)
        else:
            day = _ending(found["span"], int(found["least"]), int(found["most"]), today)
        form = (found["form"] or "%d %B").replace("%q", str((day.month + 2) // 3))
        return day.strftime(form)

    return PLACE.sub(written, text)


def _in(count: int, unit: str, today: date) -> date:
    if unit != "workday":
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    off = {str(day) for day in yaml.safe_load(COMPANY.read_text(encoding="utf-8")).get("days_off", ())}
    day = today
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5 and str(day) not in off
    return day


def _ending(span: str, least: int, most: int, today: date) -> date:
    """The last day of the first month or quarter that ends so many days away."""
    for day in _days(today + timedelta(days=least), most - least):
        ends = (day + timedelta(days=1)).day == 1
        if ends and (span == "month" or day.month % 3 == 0):
            return day
    raise ValueError(f"no {span} ends in {least} to {most} days from {today}; allow more days")


def _days(first: date, count: int) -> Iterable[date]:
    return (first + timedelta(days=number) for number in range(count + 1))
