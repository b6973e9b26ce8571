from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from banter import resume_link
from banter.leads.ports import Nurturing
from banter.leads.reading import Contact
from banter.nurture import token
from banter.nurture.enrol import enrol, has_unsubscribed, may_send, stop, unsubscribe
from banter.nurture.nurturing import MailNurturing
from scoring.model import Answer, Route
from tests.booking.examples import NOW, PUBLIC_URL, lead, playbook
from tests.fakes import FakeStore

SECRET = "a secret of the test"
PLAYBOOK = playbook()
WARM = lead(
    status="nurture",
    route=Route("nurture_warm", ("warm",), final=True),
    answers={"budget": Answer("budget", "none", "some", "negative", "no budget this year")},
)


@pytest.fixture
def tx():
    with FakeStore().begin() as tx:
        tx.leads.save(WARM)
        yield tx


def put(tx, who=WARM, route="nurture_warm", now=NOW):
    return enrol(tx, PLAYBOOK, who, route, now, PUBLIC_URL, secret=SECRET)


def rows(tx, *statuses):
    return [item for item in tx.outbox.of_lead(WARM.id) if item.status in (statuses or ("queued",))]


def test_each_step_is_queued_for_its_date(tx):
    assert put(tx) == 2
    assert [(item.key, item.kind, item.due_at - NOW) for item in rows(tx)] == [
        ("nurture:l_1:nurture_warm:hello", "nurture", timedelta(0)),
        ("nurture:l_1:nurture_warm:later", "nurture", timedelta(days=14)),
    ]


def test_the_link_in_a_mail_opens_the_leads_conversation_for_ninety_days_from_its_sending(tx):
    put(tx)
    later = rows(tx)[1]
    [token_in_mail] = re.findall(rf"{PUBLIC_URL}/resume/(\S+)", later.payload["body"])
    read_late = later.due_at + timedelta(days=90)
    assert resume_link.read(token_in_mail, read_late, SECRET) == WARM.conversation
    assert resume_link.read(token_in_mail, read_late + timedelta(days=1), SECRET) is None


def test_a_mail_carries_the_one_click_way_out_and_why_the_lead_is_not_ready(tx):
    put(tx)
    payload = rows(tx)[0].payload
    link = f"{PUBLIC_URL}/unsubscribe/{token.make(WARM.id, SECRET)}"
    assert payload["headers"]["List-Unsubscribe"] == f"<{link}>"
    assert payload["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert link in payload["body"]
    assert payload["body"].rstrip().endswith(PLAYBOOK.company.address)
    assert (payload["to"], payload["reply_to"], payload["track"]) == (
        "pat@example.com",
        "hello@example.com",
        "no_budget",
    )


def test_enrolling_twice_queues_once_and_keeps_the_dates(tx):
    put(tx)
    assert put(tx, now=NOW + timedelta(days=1)) == 0
    assert [item.due_at for item in rows(tx)] == [NOW, NOW + timedelta(days=14)]


def test_a_lead_who_turns_warm_leaves_the_cold_sequence(tx):
    put(tx, route="nurture_cold")
    put(tx)
    assert {item.payload["sequence"] for item in rows(tx)} == {"nurture_warm"}
    assert len(rows(tx, "cancelled")) == 2


def test_a_lead_who_comes_back_is_sent_what_was_promised_again(tx):
    put(tx)
    stop(tx, WARM.id)
    assert put(tx, now=NOW + timedelta(days=2)) == 2
    assert [item.due_at for item in rows(tx)] == [NOW + timedelta(days=2), NOW + timedelta(days=16)]
    stop(tx, WARM.id)
    assert put(tx) == 2
    assert len({item.key for item in tx.outbox.of_lead(WARM.id)}) == 6


@pytest.mark.parametrize("status", ["sent", "shown", "failed"])
def test_a_mail_that_went_out_is_not_sent_again_to_a_lead_who_comes_back(status):
    store = FakeStore()
    with store.begin() as tx:
        put(tx)
    (first, *_) = store.state.outbox.values()
    store.state.outbox[first.id] = replace(first, status=status)
    with store.begin() as tx:
        stop(tx, WARM.id)
        put(tx)
        assert [item.payload["step"] for item in rows(tx)] == ["later"]


def test_a_lead_without_an_address_gets_nothing(tx):
    assert put(tx, replace(WARM, contact=Contact(phone="+442079460123"))) == 0
    assert put(tx, route="book") == 0


def test_whoever_unsubscribed_is_never_enrolled_again(tx):
    put(tx)
    unsubscribe(tx, WARM.id, NOW)
    unsubscribe(tx, WARM.id, NOW)
    assert rows(tx) == []
    assert has_unsubscribed(tx, WARM.id)
    assert put(tx) == put(tx, route="nurture_cold") == 0


def test_a_mail_may_leave_while_its_lead_is_being_nurtured(tx):
    put(tx)
    assert all(may_send(item, tx) for item in rows(tx))


@pytest.mark.parametrize(
    "change",
    [
        {"status": "booked"},
        {"status": "closed"},
        {"status": "handed_over"},
        {"route": Route("disqualified", (), final=True)},
        {"route": Route("book", (), final=True)},
        {"disqualifier": "vendor"},
        {"contact": Contact()},
    ],
)
def test_a_mail_stays_here_when_its_lead_has_moved_on(tx, change):
    put(tx)
    tx.leads.save(replace(WARM, **change))
    assert not any(may_send(item, tx) for item in rows(tx))


def test_a_mail_stays_here_when_its_lead_unsubscribed_or_was_erased():
    store = FakeStore()
    with store.begin() as tx:
        put(tx)
        item = rows(tx)[0]
        assert not may_send(item, tx)  # nobody saved this lead
        assert not may_send(replace(item, lead=None), tx)
        tx.leads.save(WARM)
        assert may_send(item, tx)
        unsubscribe(tx, WARM.id, NOW)
        assert not may_send(item, tx)


def test_the_port_enrols_on_the_leads_own_route_and_stops(tx):
    nurturing: Nurturing = MailNurturing(tx, PLAYBOOK, PUBLIC_URL, SECRET)
    nurturing.enrol(replace(WARM, route=None), NOW)
    assert rows(tx) == []
    nurturing.enrol(WARM, NOW)
    assert len(rows(tx)) == 2
    nurturing.stop(WARM)
    assert rows(tx) == []
    assert SECRET not in repr(nurturing)
