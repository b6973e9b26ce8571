"""Who is not written to: who has stopped it, who never asked, who is asleep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from banter.leads.consent import Consent, key_of
from banter.leads.model import Lead, OutboxItem
from banter.leads.playbook import Sms
from banter.leads.quiet import is_quiet, wakes
from banter.phone_numbers import zones
from banter.store.database import SqlStore
from banter.worker.sms_gate import SmsGate
from banter.worker.worker import Worker

NUMBER, SECRET, HOME = "+12125552368", "a-secret", ZoneInfo("Europe/Dublin")
NIGHT = datetime(2026, 11, 22, 6, 0, tzinfo=timezone.utc)  # one in the morning in New York
DAY = datetime(2026, 11, 22, 18, 0, tzinfo=timezone.utc)
GATE = SmsGate(Sms(), HOME, SECRET)


class Phone:
    """Keeps what was sent, with the time."""

    def __init__(self) -> None:
        self.got: list[tuple[str, datetime]] = []
        self.meanwhile: Callable[[], None] = lambda: None

    def send(self, item: OutboxItem, now: datetime) -> str:
        self.meanwhile()
        self.got.append((item.payload["text"], now))
        return "SM1"


def said(store: SqlStore, kind: str, number: str = NUMBER) -> None:
    key = key_of("sms", number, SECRET)
    with store.begin() as tx:
        tx.consents.add(Consent(key, number, kind, DAY, "", "sms", "word"))  # type: ignore[arg-type]


def put(store: SqlStore, text: str, due: datetime, *, lead: str | None = None, **payload: Any) -> None:
    fields = {"to": NUMBER, "text": text, "buttons": [], "prompted": False, **payload}
    with store.begin() as tx:
        tx.outbox.put(text, "sms", fields, due_at=due, lead=lead)


def status(store: SqlStore, key: str) -> str:
    with store.begin(readonly=True) as tx:
        item = tx.outbox.by_key(key)
    assert item is not None
    return item.status


def run(store: SqlStore, now: datetime, gate: SmsGate = GATE) -> Phone:
    phone = Phone()
    Worker(store, mail=None, now=lambda: now, senders={"sms": phone}, gates={"sms": gate}).run_once(now)
    return phone


def test_who_never_wrote_to_us_is_not_written_to(store: SqlStore) -> None:
    put(store, "hello?", DAY)
    assert run(store, DAY).got == []
    assert status(store, "hello?") == "cancelled"


def test_after_a_stop_only_its_confirmation_leaves(store: SqlStore) -> None:
    said(store, "asked")
    said(store, "opted_out")
    for text in ("one", "two"):
        put(store, text, DAY, prompted=True)
    put(store, "stopped", DAY, prompted=True, notice="stopped")
    assert [text for text, _ in run(store, DAY).got] == ["stopped"]
    assert {status(store, text) for text in ("one", "two")} == {"cancelled"}


def test_who_came_back_is_written_to_again(store: SqlStore) -> None:
    for kind in ("asked", "opted_out", "opted_in"):
        said(store, kind)
    put(store, "one", DAY)
    assert run(store, DAY).got


def test_what_the_bot_begins_at_night_waits_for_the_morning_of_the_number(store: SqlStore) -> None:
    said(store, "asked")
    put(store, "a reminder", NIGHT)
    assert run(store, NIGHT).got == []
    morning = datetime(2026, 11, 22, 13, 0, tzinfo=timezone.utc)  # eight in New York
    assert run(store, morning - timedelta(seconds=1)).got == []
    assert run(store, morning).got == [("a reminder", morning)]


def test_whoever_writes_at_night_is_answered_at_night_but_not_hours_later(store: SqlStore) -> None:
    said(store, "asked")
    for lead, heard in (("awake", NIGHT), ("asleep", NIGHT - timedelta(hours=2))):
        with store.begin() as tx:
            tx.leads.save(Lead(lead, f"c_{lead}", "sms", "UTC", heard, heard, heard_at=heard))
        put(store, f"to {lead}", NIGHT, lead=lead, prompted=True)
    assert [text for text, _ in run(store, NIGHT).got] == ["to awake"]
    assert status(store, "to asleep") == "queued"


def test_what_was_said_first_arrives_first_also_when_it_has_to_be_tried_again(store: SqlStore) -> None:
    said(store, "asked")
    put(store, "first", DAY + timedelta(seconds=30), lead="l_1")
    put(store, "second", DAY, lead="l_1")
    assert run(store, DAY).got == []
    got = [text for seconds in (20, 40, 60) for text, _ in run(store, DAY + timedelta(seconds=seconds)).got]
    assert got == ["first", "second"]


def test_a_number_that_nobody_can_place_sleeps_when_the_company_does(store: SqlStore) -> None:
    said(store, "asked", "+88216123456")
    put(store, "hello", NIGHT, to="+88216123456")
    assert run(store, NIGHT).got == []  # six in Dublin
    assert run(store, NIGHT + timedelta(hours=2)).got


#: Numbers of places with every kind of clock: both hemispheres, half and quarter hours, no change, several zones.
NUMBERS = (
    *("+12125552368", "+13105552368", "+18085552368", "+15198452368", "+18005551212", "+4915112345678", "+61412345678"),
    *(
        "+61282345678",
        "+6421234567",
        "+97714123456",
        "+919812345678",
        "+79161234567",
        "+353861234567",
        "+5511912345678",
    ),
    *("+56221234567", "+14412345678", "+81312345678", "+212612345678", "+16045552368", "+17095552368"),
)
YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)
_MINUTES = st.integers(0, 366 * 24 * 60)


@given(st.sampled_from(NUMBERS), _MINUTES, st.sampled_from([(21, 8), (20, 9), (18, 10), (21, 0)]))
@settings(max_examples=2_000)
def test_nothing_that_we_begin_ever_rings_at_night(number: str, minute: int, hours: tuple[int, int]) -> None:
    quiet = Sms(time(hours[0]), time(max(hours[1], 8)))
    now = YEAR + timedelta(minutes=minute)
    there = zones(number)
    assert there
    woken = wakes(now, there, quiet)
    if woken is None:
        assert len(there) > 4
        return
    assert woken >= now
    for zone in there:
        clock = woken.astimezone(ZoneInfo(zone)).time()
        assert quiet.quiet_until <= clock < quiet.quiet_from
    assert woken == now or is_quiet(now, there, quiet)


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin", "Australia/Sydney", "America/Santiago"])
def test_every_quarter_of_an_hour_of_a_year_across_both_changes_of_the_clocks(zone: str) -> None:
    local = ZoneInfo(zone)
    moments = [YEAR + timedelta(minutes=15 * n) for n in range(366 * 96)]
    changes = [a for a, b in pairwise(moments) if a.astimezone(local).utcoffset() != b.astimezone(local).utcoffset()]
    assert len(changes) == 2
    for now in moments:
        at_night = not 8 <= now.astimezone(local).hour < 21
        assert is_quiet(now, (zone,), Sms()) is at_night
    for change in changes:
        for minute in range(-36 * 60, 36 * 60, 7):
            now = change + timedelta(minutes=minute)
            woken = wakes(now, (zone,), Sms())
            assert woken is not None
            assert 8 <= woken.astimezone(local).hour < 21
            assert woken == now or woken.astimezone(local).time() == time(8)
