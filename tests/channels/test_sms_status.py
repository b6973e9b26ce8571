"""What the carrier tells of a message that was sent."""

from __future__ import annotations

import pytest

from banter.leads.consent import key_of, opted_out
from banter.leads.model import OutboxItem
from tests.channels.house import ACCOUNT, House
from tests.channels.texting import NUMBER, outbox, post, text

PATH = "/sms/twilio/status"


def tells(house: House, item: OutboxItem, status: str, code: str = "", *, key: str | None = None) -> int:
    sid = "SM" + "1" * 32
    form = {"AccountSid": ACCOUNT, "MessageSid": sid, "SmsSid": sid, "MessageStatus": status, "SmsStatus": status}
    form |= {"ErrorCode": code} if code else {}
    path = f"{PATH}?item={(key or item.key).replace(':', '%3A')}"
    return int(post(house, form, path).status_code)


@pytest.fixture
def item(house: House) -> OutboxItem:
    text(house, "hello")
    return outbox(house)[0]


def test_a_delivery_is_noted_with_the_message(house: House, item: OutboxItem) -> None:
    for status in ("queued", "sent", "delivered"):
        assert tells(house, item, status) == 200
        assert outbox(house)[0].delivery == status


def test_a_message_that_did_not_arrive_says_why(house: House, item: OutboxItem) -> None:
    tells(house, item, "undelivered", "30003")
    assert outbox(house)[0].delivery == "undelivered"
    assert "30003" in str(outbox(house)[0].last_error)


def test_what_comes_late_takes_back_nothing(house: House, item: OutboxItem) -> None:
    for status in ("delivered", "sent", "queued", "failed"):
        tells(house, item, status)
    assert outbox(house)[0].delivery == "delivered"


def test_who_stopped_with_the_network_has_stopped_here(house: House, item: OutboxItem) -> None:
    tells(house, item, "failed", "21610")
    with house.store.begin(readonly=True) as tx:
        ledger = tx.consents.of(key_of("sms", NUMBER, house.settings.secret))
    assert opted_out(ledger)
    assert ledger[-1].source == "twilio 21610"
    assert outbox(house)[0].status == "cancelled"


@pytest.mark.parametrize(("status", "key"), [("delivered", "sms:unknown"), ("nonsense", None), ("", None)])
def test_what_is_not_ours_or_no_status_changes_nothing(
    house: House, item: OutboxItem, status: str, key: str | None
) -> None:
    assert tells(house, item, status, key=key) == 200
    assert outbox(house)[0].delivery is None


def test_an_unsigned_status_is_refused(house: House, item: OutboxItem) -> None:
    form = {"AccountSid": ACCOUNT, "MessageStatus": "delivered"}
    assert post(house, form, f"{PATH}?item={item.key}", signed=None).status_code == 403
    assert outbox(house)[0].delivery is None
