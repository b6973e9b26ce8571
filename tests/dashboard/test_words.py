from __future__ import annotations

from datetime import date, datetime, timezone
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from banter.dashboard import words
from banter.leads import plain
from banter.leads.model import AWAITING, STATUSES
from banter.leads.moments import Clock, iso
from scoring.model import BANDS, SPECIFICITIES, Answer, Money, RouteName, Timing

NOW = datetime(2026, 11, 23, 23, 30, tzinfo=timezone.utc)


def test_every_name_in_the_data_has_words() -> None:
    assert tuple(words.ROUTES) == get_args(RouteName)
    assert tuple(words.STATUSES) == STATUSES
    assert set(words.QUESTIONS) == set(AWAITING)
    assert {dimension: tuple(bands) for dimension, bands in plain.BANDS.items()} == dict(BANDS)
    for specificity in SPECIFICITIES:
        assert "," in plain.manner(Answer("need", "general", specificity, "intending", "x"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Money(25_000, 25_000, "GBP", "year"), "25,000 GBP a year"),
        (Money(10_000, 15_000.5), "10,000 to 15,000.50"),
        (Money(None, 15_000, "USD", "once"), "up to 15,000 USD, once"),
        (Money(15_000, None, None, "month"), "15,000 or more a month"),
        (Money(None, None, "EUR"), None),
        (Timing(22, date(2026, 12, 15)), "by 15 Dec 2026"),
        (Timing(22), "within 22 days"),
        (Timing(None), None),
        (None, None),
    ],
)
def test_what_was_read_out_of_the_words_can_be_checked_at_a_glance(value: object, said: str | None) -> None:
    assert plain.understood(value) == said  # type: ignore[arg-type]


def test_days_are_those_of_the_named_zone() -> None:
    kolkata = Clock(ZoneInfo("Asia/Kolkata"), NOW)  # 05:00 on the 24th
    assert kolkata.moment(NOW) == "today, 05:00"
    assert kolkata.moment(datetime(2026, 11, 23, 18, 0, tzinfo=timezone.utc)) == "yesterday, 23:30"
    assert kolkata.moment(datetime(2026, 11, 25, 4, 0, tzinfo=timezone.utc)) == "tomorrow, 09:30"
    assert kolkata.moment(datetime(2027, 1, 4, 4, 0, tzinfo=timezone.utc)) == "Mon 4 Jan 2027, 09:30"
    assert kolkata.dated(NOW) == "Tue 24 Nov, 05:00"


def test_a_zone_without_letters_is_named_by_its_distance() -> None:
    assert Clock(ZoneInfo("Asia/Kathmandu"), NOW).full(NOW) == "Tue 24 Nov 2026, 05:15 UTC+05:45"
    assert Clock(ZoneInfo("America/New_York"), NOW).full(NOW) == "Mon 23 Nov 2026, 18:30 EST"
    assert Clock(ZoneInfo("America/New_York"), NOW).name == "America/New York"


def test_machines_are_told_the_time_in_utc() -> None:
    assert iso(NOW.astimezone(ZoneInfo("Asia/Kolkata"))) == "2026-11-23T23:30:00Z"


def test_what_the_pages_say_stands_in_the_docs() -> None:
    docs = (Path(__file__).parent.parent.parent / "docs" / "leads.md").read_text("utf-8")
    named = (*words.ROUTES.values(), *words.STATUSES.values(), *words.OUTBOX.values())
    assert [name for name in named if name not in docs] == []
