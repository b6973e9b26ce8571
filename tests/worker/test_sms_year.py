"""A year of texts that we begin, to numbers all over the world, each held against the clocks there as it leaves."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from banter.leads.consent import Consent, key_of
from banter.leads.model import OutboxItem
from banter.leads.playbook import Sms
from banter.phone_numbers import zones
from banter.store.database import SqlStore
from banter.worker.sms_gate import SmsGate
from banter.worker.worker import Worker

SECRET, HOME = "a-secret", ZoneInfo("Europe/Dublin")
YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)
EIGHT, NINE_PM = time(8), time(21)
_KINDS = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.TOLL_FREE, PhoneNumberType.VOIP)


def numbers(count: int, chance: random.Random) -> list[str]:
    """Numbers of every country and kind with other last digits; every fourth is of North America's many zones."""
    examples = [
        example
        for region in sorted(phonenumbers.SUPPORTED_REGIONS)
        for kind in _KINDS
        if (example := phonenumbers.example_number_for_type(region, kind)) is not None
    ]
    found: dict[str, None] = {}
    while len(found) < count:
        if chance.random() < 0.25:
            candidate = f"+1{chance.randint(201, 989)}{chance.randint(200, 999)}{chance.randint(0, 9999):04d}"
            if not phonenumbers.is_valid_number(phonenumbers.parse(candidate, None)):
                continue
        else:
            whole = phonenumbers.format_number(chance.choice(examples), PhoneNumberFormat.E164)
            candidate = f"{whole[:-3]}{chance.randint(0, 999):03d}"
        found[candidate] = None
    return list(found)


def ticks(step: timedelta) -> Iterator[datetime]:
    now = YEAR
    while now < YEAR + timedelta(days=368):
        yield now
        now += step


class Phones:
    """Notes what rang where it was night."""

    def __init__(self) -> None:
        self.rang = 0
        self.at_night: list[tuple[str, str, datetime]] = []

    def send(self, item: OutboxItem, now: datetime) -> str:
        number = item.payload["to"]
        self.rang += 1
        for zone in zones(number) or (HOME.key,):
            if not EIGHT <= now.astimezone(ZoneInfo(zone)).time() < NINE_PM:
                self.at_night.append((number, zone, now))
        return f"SM{self.rang}"


def a_year_of(count: int, step: timedelta, store: SqlStore) -> None:
    chance, phones = random.Random(count), Phones()
    theirs = numbers(count, chance)
    without_consent = set(theirs[:: max(2, count // 100)])
    with store.begin() as tx:
        for n, number in enumerate(theirs):
            if number not in without_consent:
                tx.consents.add(Consent(key_of("sms", number, SECRET), number, "asked", YEAR, "", "sms", "word"))
            payload = {"to": number, "text": f"{n}", "buttons": [], "prompted": False}
            tx.outbox.put(
                f"{n}", "sms", payload, due_at=YEAR + timedelta(seconds=chance.randrange(365 * 86_400)), lead=None
            )
    gate = SmsGate(Sms(), HOME, SECRET)
    clock = [YEAR]
    worker = Worker(store, mail=None, now=lambda: clock[0], senders={"sms": phones}, gates={"sms": gate})
    for clock[0] in ticks(step):
        worker.run_once(clock[0])
    assert phones.at_night == []
    with store.begin(readonly=True) as tx:
        items = [tx.outbox.by_key(f"{n}") for n in range(count)]
    left = {item.payload["to"] for item in items if item is not None and item.status == "sent"}
    assert len(left) == phones.rang
    assert not left & without_consent
    never = [item for item in items if item is not None and item.status != "sent"]
    assert {item.status for item in never} == {"cancelled"}
    everywhere = [item for item in never if item.payload["to"] not in without_consent]
    assert all(len(zones(item.payload["to"])) > 4 for item in everywhere)
    assert len(everywhere) < count / 4


def test_nothing_that_we_begin_rings_at_night_in_a_year(store: SqlStore) -> None:
    a_year_of(200, timedelta(hours=5), store)


@pytest.mark.exhaustive
def test_nothing_that_we_begin_rings_at_night_in_a_year_of_ten_thousand_numbers(store: SqlStore) -> None:
    a_year_of(10_000, timedelta(minutes=20), store)
