"""What is sent to Twilio, and what is made of its answers, the bad ones too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from banter.leads.consent import Consent, key_of, opted_out
from banter.leads.model import OutboxItem
from banter.settings import Twilio
from banter.store.database import SqlStore
from banter.worker.outcome import Later, TakenBack
from banter.worker.sms import SmsSender
from banter.worker.worker import Worker
from tests.worker.fake_twilio import NOW, Answer, FakeTwilio, fake_twilio

NUMBER, OURS = "+12125552368", "+12125552369"
ACCOUNT, TOKEN, SECRET = "AC" + "1" * 32, "a-token", "a-secret"
STATUS = "https://chat.acorn.example/sms/twilio/status"
DAY = timedelta(days=1)


@pytest.fixture
def twilio() -> Iterator[FakeTwilio]:
    with fake_twilio() as server:
        yield server


def a_sender(twilio: FakeTwilio, store: SqlStore, sender: str = OURS) -> SmsSender:
    account = Twilio(ACCOUNT, TOKEN, sender)
    return SmsSender(account, store, secret=SECRET, status_url=STATUS, base_url=twilio.url, seconds=(2.0, 0.5))


def a_worker(twilio: FakeTwilio, store: SqlStore, **more: Any) -> Worker:
    return Worker(store, mail=None, now=lambda: NOW, senders={"sms": a_sender(twilio, store)}, **more)


def put(store: SqlStore, key: str = "sms:m_1", text: str = "When?", *, to: str = NUMBER, **payload: Any) -> None:
    fields = {"to": to, "text": text, "buttons": [], "conversation": "c_1", "prompted": True, **payload}
    with store.begin() as tx:
        tx.outbox.put(key, "sms", fields, due_at=NOW, lead=None)


def stored(store: SqlStore, key: str = "sms:m_1") -> OutboxItem:
    with store.begin(readonly=True) as tx:
        found = tx.outbox.by_key(key)
    assert found is not None
    return found


def test_a_message_is_sent_with_the_fields_that_twilio_documents(twilio: FakeTwilio, store: SqlStore) -> None:
    put(store, text="When would it suit you?", buttons=[["Today 15:30", "t"], ["Tomorrow 9:00", "m"]])
    a_worker(twilio, store).run_once(NOW)
    assert twilio.forms == [
        {
            "To": NUMBER,
            "From": OURS,
            "Body": "When would it suit you?\n1 Today 15:30\n2 Tomorrow 9:00",
            "StatusCallback": f"{STATUS}?item=sms%3Am_1",
        }
    ]
    assert twilio.paths == [f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json"]
    assert twilio.authorizations == [("Basic", f"{ACCOUNT}:{TOKEN}")]
    assert (stored(store).status, stored(store).receipt) == ("sent", "SM" + "0" * 32)


def test_a_messaging_service_sends_under_its_own_name(twilio: FakeTwilio, store: SqlStore) -> None:
    service = "MG" + "2" * 32
    put(store)
    sender = a_sender(twilio, store, service)
    Worker(store, mail=None, now=lambda: NOW, senders={"sms": sender}).run_once(NOW)
    assert twilio.forms[0]["MessagingServiceSid"] == service
    assert "From" not in twilio.forms[0]


def test_typographic_signs_go_out_plainly_and_nothing_is_longer_than_twilio_takes(
    twilio: FakeTwilio, store: SqlStore
) -> None:
    put(store, "sms:a", "It\u2019s fine \u2014 really\u2026")
    put(store, "sms:b", "a" * 3_000)
    a_worker(twilio, store).run_once(NOW)
    assert twilio.forms[0]["Body"] == "It's fine - really..."
    assert len(twilio.forms[1]["Body"]) == 1_600


@pytest.mark.parametrize("number", ["+15550100", "+12125550123", "+447700900123"])
def test_numbers_that_are_nobodys_are_shown_and_twilio_hears_nothing(
    twilio: FakeTwilio, store: SqlStore, number: str
) -> None:
    put(store, to=number)
    a_worker(twilio, store).run_once(NOW)
    assert stored(store).status == "shown"
    assert twilio.paths == []


def test_it_waits_as_long_as_twilio_asks(twilio: FakeTwilio, store: SqlStore) -> None:
    twilio.answers = [Answer(429, b'{"code": 20429}', {"Retry-After": "90"}, made=False)]
    put(store)
    a_worker(twilio, store).run_once(NOW)
    assert (stored(store).status, stored(store).due_at) == ("queued", NOW + timedelta(seconds=90))
    a_worker(twilio, store).run_once(NOW + timedelta(seconds=90))
    assert stored(store).status == "sent"
    assert len(twilio.sent) == 1


UNCLEAR = [
    Answer(500, b"oops"),
    Answer(503, b""),
    Answer(502, b"<html>Bad gateway</html>"),
    Answer(200, b"<html>Please log in</html>"),
    Answer(201, b"{"),
    Answer(201, b"[]"),
    Answer(201, b'{"sid": null}'),
    Answer(201, b"\xff\xfe"),
    Answer(302, b"", {"Location": "https://login.example"}),
    Answer(408, b""),
    Answer(hangs=True),
    Answer(201, b'{"sid": "SM1"}', {"Content-Length": "400"}),
    Answer(201, b"not gzip", {"Content-Encoding": "gzip"}),
]


@pytest.mark.parametrize("made", [True, False], ids=["left all the same", "never left"])
@pytest.mark.parametrize("answer", UNCLEAR, ids=lambda a: f"{a.status} {(a.body or b'')[:8]!r}{' hangs' * a.hangs}")
def test_after_an_unclear_answer_it_is_looked_whether_the_message_left(
    twilio: FakeTwilio, store: SqlStore, answer: Answer, made: bool
) -> None:
    twilio.answers = [Answer(answer.status, answer.body, answer.headers, made, answer.hangs)]
    put(store)
    worker = a_worker(twilio, store)
    worker.run_once(NOW)
    assert stored(store).status == "queued"
    assert NUMBER not in str(stored(store).last_error)
    worker.run_once(NOW + DAY / 24)
    assert stored(store).status == "sent"
    assert len(twilio.sent) == 1
    assert twilio.asked[0]["To"] == NUMBER


def test_the_same_words_that_were_sent_before_for_another_item_are_another_message(
    twilio: FakeTwilio, store: SqlStore
) -> None:
    put(store, "sms:first", "Are you still there?")
    a_worker(twilio, store).run_once(NOW)
    twilio.answers = [Answer(500, b"", made=False)]
    put(store, "sms:second", "Are you still there?")
    a_worker(twilio, store).run_once(NOW)
    a_worker(twilio, store).run_once(NOW + DAY / 24)
    assert [stored(store, key).status for key in ("sms:first", "sms:second")] == ["sent", "sent"]
    assert len(twilio.sent) == 2


def test_nothing_is_sent_again_while_twilio_does_not_tell_whether_it_was_sent(
    twilio: FakeTwilio, store: SqlStore
) -> None:
    twilio.answers, twilio.listing = [Answer(500, b"")], Answer(503, b"")
    put(store)
    for hours in range(3):
        a_worker(twilio, store).run_once(NOW + DAY * hours / 24)
    assert len(twilio.sent) == 1
    assert stored(store).status == "queued"


@pytest.mark.parametrize(("status", "code"), [(400, 21211), (400, 21614), (404, 20404), (400, None), (410, None)])
def test_what_twilio_refuses_for_good_is_not_tried_again(
    twilio: FakeTwilio, store: SqlStore, status: int, code: int | None
) -> None:
    body = json.dumps({"code": code, "message": f"The number {NUMBER} is wrong", "status": status}).encode()
    twilio.answers = [Answer(status, body, made=False)]
    put(store)
    a_worker(twilio, store).run_once(NOW)
    assert stored(store).status == "failed"
    assert str(status) in str(stored(store).last_error)
    assert NUMBER not in str(stored(store).last_error)


def test_a_wrong_token_says_what_to_mend_and_loses_nothing(twilio: FakeTwilio, store: SqlStore) -> None:
    twilio.answers = [Answer(401, b'{"code": 20003, "message": "Authenticate"}', made=False)]
    put(store)
    a_worker(twilio, store).run_once(NOW)
    assert stored(store).status == "queued"
    assert "BANTER_TWILIO_AUTH_TOKEN" in str(stored(store).last_error)
    assert TOKEN not in str(stored(store).last_error)


def test_who_has_stopped_with_the_network_has_opted_out_here_too(twilio: FakeTwilio, store: SqlStore) -> None:
    body = b'{"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}'
    twilio.answers = [Answer(400, body, made=False)]
    key = key_of("sms", NUMBER, SECRET)
    with store.begin() as tx:
        tx.consents.add(Consent(key, NUMBER, "asked", NOW, "hi", "sms", "first message"))
    put(store, "sms:a")
    put(store, "sms:b")
    a_worker(twilio, store).run_once(NOW)
    with store.begin(readonly=True) as tx:
        ledger = tx.consents.of(key)
    assert opted_out(ledger)
    assert ledger[-1].source == "twilio 21610"
    assert {stored(store, k).status for k in ("sms:a", "sms:b")} == {"cancelled"}
    assert len(twilio.forms) == 1


def test_a_gate_may_say_later_or_not_this_one(twilio: FakeTwilio, store: SqlStore) -> None:
    verdicts = [Later(NOW + DAY), Later(NOW + 2 * DAY), TakenBack("They sleep.")]
    worker = a_worker(twilio, store, gates={"sms": lambda item, tx, now: verdicts.pop(0)})
    put(store)
    for days in range(3):
        assert (stored(store).due_at, stored(store).attempts) == (NOW + days * DAY, 0)
        worker.run_once(NOW + days * DAY)
    assert (stored(store).status, stored(store).last_error) == ("cancelled", "They sleep.")
    assert twilio.paths == []
