"""The ledger of who may be written to, what a carrier says of a message, and what is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from banter.leads.consent import Consent, key_of
from banter.store.database import SqlStore

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=timezone.utc)
NUMBER = "+15550100"
KEY = key_of("sms", NUMBER, "secret")


def test_what_was_said_stands_in_the_order_it_was_said(store: SqlStore) -> None:
    lines = [
        Consent(KEY, NUMBER, "asked", NOW, "hello", "sms", "first message"),
        Consent(KEY, NUMBER, "opted_out", NOW, "STOP", "sms", "word"),
        Consent(KEY, None, "opted_in", NOW, "START", "sms", "word"),
    ]
    with store.begin() as tx:
        for one in lines:
            tx.consents.add(one)
        tx.consents.add(Consent("another", "+15550101", "asked", NOW, "hi", "sms", "first message"))
    with store.begin(readonly=True) as tx:
        assert tx.consents.of(KEY) == lines
        assert tx.consents.of("nobody") == []


def test_a_token_is_new_once_for_each_provider(store: SqlStore) -> None:
    with store.begin() as tx:
        assert [tx.inbox.is_repeat("twilio", "t", NOW) for _ in range(3)] == [False, True, True]
        assert not tx.inbox.is_repeat("other", "t", NOW)


def test_all_that_waits_for_a_number_is_taken_back_whoever_it_is_for(store: SqlStore) -> None:
    with store.begin() as tx:
        for key, kind, to, lead in (
            ("mine", "sms", NUMBER, "l_1"),
            ("of nobody", "sms", NUMBER, None),
            ("of another", "sms", "+15550101", "l_1"),
            ("a mail", "nurture", NUMBER, "l_1"),
            ("a timer", "timer_nudge", NUMBER, "l_1"),
        ):
            tx.outbox.put(key, kind, {"to": to}, due_at=NOW, lead=lead)
        assert tx.outbox.cancel_to(NUMBER, "sms") == 2
        assert tx.outbox.cancel_timers("l_1") == 1
        left = {item.key for item in tx.outbox.page() if item.status == "queued"}
    assert left == {"of another", "a mail"}


def test_what_is_postponed_counts_as_no_attempt_and_what_is_taken_back_says_why(store: SqlStore) -> None:
    later = NOW + timedelta(hours=9)
    with store.begin() as tx:
        tx.outbox.put("k", "sms", {"to": NUMBER}, due_at=NOW, lead=None)
        item = tx.outbox.claim(NOW, 1, timedelta(minutes=1))[0]
        tx.outbox.postpone(item.id, later)
        waits = tx.outbox.get(item.id)
        assert waits is not None
        assert (waits.attempts, waits.due_at, waits.status) == (0, later, "queued")
        tx.outbox.delivered(item.id, "undelivered", "The carrier could not reach it (30003).")
        tx.outbox.take_back(item.id, "They have opted out.")
        gone = tx.outbox.by_key("k")
    assert gone is not None
    assert (gone.status, gone.delivery, gone.last_error) == ("cancelled", "undelivered", "They have opted out.")
