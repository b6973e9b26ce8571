"""The same use cases on the real store: what the stand-in promises, the database keeps."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from banter.booking.book import cancel, confirm, reschedule, take, times_for
from banter.booking.pages import routes
from banter.leads.ports import SlotTaken
from banter.worker.mail import mail_from
from tests.booking.examples import NOW, PUBLIC_URL, lead, playbook, rep, slot, utc
from tests.databases import postgresql, sqlite_store

__all__ = ["postgresql"]

RULES = playbook(rep("ana"))
TEN, ELEVEN = slot(utc(2026, 11, 24, 10)), slot(utc(2026, 11, 24, 11))
PAT = lead()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def store(request, tmp_path):
    made = sqlite_store(tmp_path) if request.param == "sqlite" else request.getfixturevalue("postgresql").store()
    yield made
    if request.param == "sqlite":
        made.close()


def test_a_call_is_held_booked_moved_and_cancelled(store):
    with store.begin() as tx:
        tx.leads.save(PAT)
        take(tx, RULES, PAT, TEN, NOW)
    with store.begin() as tx:
        assert TEN.starts_at not in {one.starts_at for one in times_for(tx, RULES, lead(id="l_2"), NOW)}
        later = NOW + timedelta(hours=1)
        assert TEN.starts_at in {one.starts_at for one in times_for(tx, RULES, lead(id="l_2"), later)}
        booking = confirm(tx, RULES, PAT, NOW, PUBLIC_URL)
    with store.begin() as tx:
        assert reschedule(tx, RULES, booking.key, ELEVEN, NOW, PUBLIC_URL).sequence == 1
        assert tx.leads.get(PAT.id).slot == ELEVEN
    with store.begin() as tx:
        cancel(tx, RULES, booking.key, NOW, PUBLIC_URL)
    with store.begin() as tx:
        items = tx.outbox.of_lead(PAT.id)
        assert (
            sorted((item.kind, item.status) for item in items)
            == [("cancellation", "queued")] * 2 + [("invitation", "cancelled")] * 4
        )
        assert tx.leads.get(PAT.id).status == "open"


def test_the_worker_can_make_mails_of_what_is_queued(store):
    with store.begin() as tx:
        tx.leads.save(PAT)
        take(tx, RULES, PAT, TEN, NOW)
        confirm(tx, RULES, PAT, NOW, PUBLIC_URL)
        mails = [mail_from(item, sender="bot@example.com", now=NOW) for item in tx.outbox.of_lead(PAT.id)]
    assert [mail["Reply-To"] for mail in mails] == ["ana@example.com", "pat@example.com"]
    for mail in mails:
        kinds = [part.get_content_type() for part in mail.walk()]
        assert kinds == ["multipart/alternative", "text/plain", "text/calendar"]
        assert "method" in str(mail.get_payload()[1]["Content-Type"]).lower()


def test_of_many_at_once_one_gets_the_time_and_the_others_are_told(store):
    leads = [lead(id=f"l_{number}", conversation=f"c_{number}") for number in range(12)]
    start = threading.Barrier(len(leads))
    outcomes = []

    def book_it(who):
        start.wait()
        try:
            with store.begin() as tx:
                tx.leads.save(who)
                take(tx, RULES, who, TEN, NOW)
                confirm(tx, RULES, who, NOW, PUBLIC_URL)
            outcomes.append("booked")
        except SlotTaken:
            outcomes.append("taken")

    threads = [threading.Thread(target=book_it, args=(who,)) for who in leads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["booked"] + ["taken"] * 11


def test_the_page_waits_for_a_turn_of_the_same_conversation(store):
    with store.begin() as tx:
        tx.leads.save(replace(PAT, status="booked"))
        take(tx, RULES, PAT, TEN, NOW)
        key = confirm(tx, RULES, PAT, NOW, PUBLIC_URL).key
    locked = []

    def lock(tx, conversation):
        locked.append((conversation, tx.conversations.lock(conversation)))

    app = Starlette(
        routes=routes(store=store, playbook=RULES, settings_public_url=PUBLIC_URL, now=lambda: NOW, lock=lock)
    )
    client = TestClient(app, base_url=PUBLIC_URL, follow_redirects=False)
    assert client.get(f"/booking/{key}").status_code == 200
    assert client.post(f"/booking/{key}", data={"action": "move", "time": "2026-11-24T11:00Z"}).status_code == 303
    assert [conversation for conversation, _ in locked] == ["c_1"]
    with store.begin() as tx:
        assert tx.leads.get(PAT.id).slot == ELEVEN
