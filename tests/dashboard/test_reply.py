"""Somebody of the team answers a visitor from the lead's page."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from banter.dashboard.reply import EMPTY, MOST, NO_NUMBER, TOO_LONG, UNSENDABLE
from banter.leads.model import Lead, Message
from banter.leads.reading import Contact
from banter.services import OutboxTimers, TurnServices, alert, notice
from banter.store.conversations import Conversation
from banter.store.database import SqlStore
from banter.store.errors import StoreUnavailable
from banter.worker.worker import Worker
from tests.dashboard.examples import HOSTILE, NEED, NOW, RULES, SECRET, Clock, csrf_of, lead

WAITING = lead("waiting", 30, NEED, elsewhere="handover", status="handed_over", aside="waiting", asked=("need",))


def add(store: SqlStore, made: Lead) -> Lead:
    with store.begin() as tx:
        tx.conversations.create(
            Conversation(made.conversation, made.channel, "en", made.timezone, None, None, made.created_at)
        )
        tx.leads.save(made)
        OutboxTimers(tx).set(made, "patience", NOW + timedelta(minutes=5))
    return made


@pytest.fixture
def waiting(store: SqlStore) -> Lead:
    return add(store, WAITING)


def form_of(page: str, deed: str = "messages") -> dict[str, str]:
    """The hidden fields of one of the page's forms."""
    found = re.search(rf'<form method="post" action="/leads/[^"]+/{deed}">(.*?)</form>', page, flags=re.DOTALL)
    assert found is not None, f"there is no form {deed}"
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)">', found.group(1)))


def write(team: TestClient, made: Lead, text: str, **changes: str) -> Any:
    form = form_of(team.get(f"/leads/{made.id}").text)
    return team.post(f"/leads/{made.id}/messages", data={**form, "text": text, **changes})


def press(team: TestClient, made: Lead, deed: str) -> Any:
    return team.post(f"/leads/{made.id}/{deed}", data=form_of(team.get(f"/leads/{made.id}").text, deed))


def stands(store: SqlStore, made: Lead) -> tuple[Lead, list[Message], dict[str, list[str]]]:
    """The lead, its transcript, and the status of its outbox rows by kind."""
    with store.begin(readonly=True) as tx:
        now = tx.leads.get(made.id)
        assert now is not None
        kinds: dict[str, list[str]] = {}
        for item in tx.outbox.of_lead(made.id):
            kinds.setdefault(item.kind, []).append(item.status)
        return now, list(tx.transcript.of_conversation(made.conversation)), kinds


def test_a_rep_writes_and_from_then_on_the_bot_is_silent(team: TestClient, store: SqlStore, waiting: Lead) -> None:
    answer = write(team, waiting, "Hello, Ana here.\r\nHow can I help?")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/leads/{waiting.id}#write")
    now, said, kinds = stands(store, waiting)
    assert [(line.sender, line.text) for line in said] == [("rep", "Hello, Ana here.\nHow can I help?")]
    assert (now.aside, now.status, now.awaiting) == ("joined", "handed_over", None)
    assert kinds == {"timer_patience": ["cancelled"]}
    page = team.get(f"/leads/{waiting.id}").text
    assert "Hello, Ana here." in page
    assert "The bot is silent until you hand the conversation back." in page


def test_the_same_form_sent_twice_is_one_message_and_a_new_form_another(
    team: TestClient, store: SqlStore, waiting: Lead
) -> None:
    form = form_of(team.get(f"/leads/{waiting.id}").text)
    for _ in range(3):
        assert team.post(f"/leads/{waiting.id}/messages", data={**form, "text": "Hello"}).status_code == 303
    write(team, waiting, "Hello")
    assert [line.text for line in stands(store, waiting)[1]] == ["Hello", "Hello"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("", EMPTY), (" \n\t\u200b", EMPTY), ("x" * (MOST + 1), TOO_LONG), ("a\x00b", UNSENDABLE)],
)
def test_what_cannot_be_sent_is_refused_with_the_reason_and_kept_in_the_form(
    team: TestClient, store: SqlStore, waiting: Lead, text: str, problem: str
) -> None:
    answer = write(team, waiting, text)
    assert answer.status_code == 422
    assert problem in html.unescape(answer.text)
    assert text.strip().replace("\x00", "") in answer.text or problem == EMPTY
    assert stands(store, waiting)[1] == []


def test_the_longest_message_of_the_widest_characters_is_sent(team: TestClient, store: SqlStore, waiting: Lead) -> None:
    assert write(team, waiting, "\U0001f600" * MOST).status_code == 303
    assert write(team, waiting, "\r\n" * (MOST - 1) + "x").status_code == 303
    assert write(team, waiting, "x" * 100_000).status_code == 413
    assert len(stands(store, waiting)[1]) == 2


def test_a_form_without_its_mark_is_not_sent(team: TestClient, store: SqlStore, waiting: Lead) -> None:
    for once in ("", "short", "x" * 65, "../../etc", HOSTILE):
        assert write(team, waiting, "Hello", once=once).status_code == 422
    assert stands(store, waiting)[1] == []


@pytest.mark.parametrize("deed", ["messages", "hand-back", "close"])
def test_nothing_is_done_without_the_token_of_the_form_or_without_a_session(
    team: TestClient, store: SqlStore, waiting: Lead, deed: str
) -> None:
    form = {"once": "abcdefgh", "text": "Hello"}
    guest = csrf_of(team.get("/leads").text)
    for csrf in ("", "x", guest[:-1] + ("0" if guest[-1] != "0" else "1")):
        answer = team.post(f"/leads/{waiting.id}/{deed}", data={**form, "csrf": csrf})
        assert answer.status_code == 403
        assert "Nothing was done" in answer.text
    team.cookies.clear()
    answer = team.post(f"/leads/{waiting.id}/{deed}", data={**form, "csrf": guest})
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/login?next=%2Fleads%2F{waiting.id}"
    now, said, kinds = stands(store, waiting)
    assert (now, said, kinds) == (waiting, [], {"timer_patience": ["queued"]})


@pytest.mark.parametrize("deed", ["messages", "hand-back", "close"])
def test_a_lead_that_is_not_there_is_said_so(team: TestClient, waiting: Lead, deed: str) -> None:
    form = {"csrf": csrf_of(team.get("/leads").text), "once": "abcdefgh", "text": "Hello"}
    for unknown in ("l_unknown", "%00", "%0a", "l_%F0%9F%98%80"):
        assert team.post(f"/leads/{unknown}/{deed}", data=form).status_code == 404


def test_what_is_typed_is_shown_as_typed_and_nothing_runs(team: TestClient, store: SqlStore, waiting: Lead) -> None:
    write(team, waiting, f"{HOSTILE} </textarea> & {{{{ 7*7 }}}}")
    page = team.get(f"/leads/{waiting.id}").text
    assert html.escape(HOSTILE, quote=False).replace('"', "&#34;") in page
    assert "<script" not in page
    assert stands(store, waiting)[1][0].text == f"{HOSTILE} </textarea> & {{{{ 7*7 }}}}"
    refused = write(team, waiting, "</textarea><script>alert(1)</script>" + "x" * MOST).text
    assert "<script" not in refused


def test_handing_back_is_a_turn_of_the_bots_however_often_it_is_pressed(
    team: TestClient, store: SqlStore, waiting: Lead
) -> None:
    write(team, waiting, "Hello")
    form = form_of(team.get(f"/leads/{waiting.id}").text, "hand-back")
    for _ in range(2):
        assert team.post(f"/leads/{waiting.id}/hand-back", data=form).status_code == 303
    page = team.get(f"/leads/{waiting.id}").text
    assert "The bot takes over again in a moment." in page
    assert "/hand-back" not in page
    worker = Worker(store, mail=None, now=lambda: NOW)
    worker.run_once(NOW)
    with store.begin(readonly=True) as tx:
        row = tx.inbox.next(waiting.conversation)
    assert row is not None
    assert (row.kind, row.text) == ("timer", "hand_back")


def test_the_row_of_handing_back_is_the_timer_that_a_turn_would_set(
    team: TestClient, store: SqlStore, waiting: Lead
) -> None:
    press(team, waiting, "hand-back")
    other = add(store, lead("other", 20, aside="joined", status="handed_over"))
    with store.begin() as tx:
        OutboxTimers(tx).set(other, "hand_back", NOW)
        ours = next(i for i in tx.outbox.of_lead(waiting.id) if i.kind == "timer_hand_back")
        theirs = next(i for i in tx.outbox.of_lead(other.id) if i.kind == "timer_hand_back")
    assert (ours.due_at, ours.key.partition(waiting.id)[0]) == (theirs.due_at, theirs.key.partition(other.id)[0])
    assert ours.payload == {**theirs.payload, "conversation": waiting.conversation}


def test_a_closed_conversation_is_closed_and_waits_for_nobody(team: TestClient, store: SqlStore, waiting: Lead) -> None:
    assert press(team, waiting, "close").status_code == 303
    now, _, kinds = stands(store, waiting)
    assert (now.status, now.aside) == ("closed", "")
    assert kinds == {"timer_patience": ["cancelled"]}
    page = team.get(f"/leads/{waiting.id}").text
    assert "/hand-back" not in page
    assert "/close" not in page


def test_by_sms_the_message_is_queued_once_and_shown_while_nothing_can_send_it(
    team: TestClient, store: SqlStore, clock: Clock
) -> None:
    phone = add(
        store, replace(WAITING, id="l_sms", conversation="c_sms", channel="sms", contact=Contact(phone="+1202"))
    )
    form = form_of(team.get(f"/leads/{phone.id}").text)
    for _ in range(2):
        team.post(f"/leads/{phone.id}/messages", data={**form, "text": "Hello & <b>hi</b>"})
    Worker(store, mail=None, now=clock).run_once(NOW)
    with store.begin(readonly=True) as tx:
        sent = [item for item in tx.outbox.of_lead(phone.id) if item.kind == "sms"]
    assert [(item.payload["to"], item.payload["text"], item.status) for item in sent] == [
        ("+1202", "Hello & <b>hi</b>", "shown")
    ]
    page = team.get("/outbox").text
    assert "Text message" in page
    assert "Hello &amp; &lt;b&gt;hi&lt;/b&gt;" in page
    assert "timer" not in page


@pytest.mark.parametrize(
    ("channel", "why"), [("terminal", "terminal"), ("slack", "answer there"), ("sms", NO_NUMBER), ("pigeon", "channel")]
)
def test_where_nobody_can_write_the_page_says_why(team: TestClient, store: SqlStore, channel: str, why: str) -> None:
    made = add(store, replace(WAITING, id="l_other", conversation="c_other", channel=channel))
    page = team.get(f"/leads/{made.id}").text
    assert why in page
    assert "<textarea" not in page
    form = {"csrf": csrf_of(page), "once": "abcdefgh", "text": "Hello"}
    assert team.post(f"/leads/{made.id}/messages", data=form).status_code == 409
    assert stands(store, made)[1] == []


def test_who_waits_for_a_person_stands_first_in_the_list_and_is_marked(full: SqlStore, team: TestClient) -> None:
    older = add(full, replace(WAITING, created_at=NOW - timedelta(days=9)))
    add(full, lead("joined", 3, aside="joined", status="handed_over", elsewhere="handover"))
    page = team.get("/leads").text
    listed = re.findall(r'href="/leads/(l_\w+)"', page)
    assert listed[0] == older.id
    assert listed.count(older.id) == 1
    assert page.count('class="waits"') == 1
    assert "1 visitor waits for a person, first in the list." in page
    assert "Waits in the chat for a person" in page
    assert "Talks with the team" in page


def test_while_the_database_is_away_nothing_is_said_to_be_sent(
    team: TestClient, store: SqlStore, waiting: Lead, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(team.get(f"/leads/{waiting.id}").text)

    def away(*_: object, **__: object) -> None:
        raise StoreUnavailable("away")

    monkeypatch.setattr(SqlStore, "begin", away)
    answer = team.post(f"/leads/{waiting.id}/messages", data={**form, "text": "Hello"})
    assert answer.status_code == 503
    assert "Nothing was done" in answer.text


def test_the_alert_says_who_waits_what_they_want_and_what_they_were_asked() -> None:
    made = replace(WAITING, awaiting="budget", question="Is there a budget?", contact=Contact(phone="+442079460123"))
    told = alert(made, "person", NOW, "http://testserver")
    assert told["waits"]
    assert (told["wants"], told["open_question"], told["question"]) == (NEED.text, "budget", "Is there a budget?")
    assert told["transcript"] == f"http://testserver/leads/{made.id}#transcript"
    assert told["contact"]["phone"] == "+442079460123"
    body = notice(told, "sales@example.com")["body"]
    assert "They are waiting in the chat now" in body
    assert "Is there a budget?" in body
    assert "To reach: +442079460123" in body


def test_a_person_may_be_asked_for_again_another_day_and_the_team_hears_of_it(store: SqlStore, waiting: Lead) -> None:
    with store.begin() as tx:
        alerts = TurnServices(tx, RULES, "http://testserver", SECRET).alerts
        for hours in (0, 0, 24):
            for kind in ("person", "hot"):
                alerts.tell(waiting, kind, NOW + timedelta(hours=hours))
        subjects = [item.payload["subject"] for item in tx.outbox.of_lead(waiting.id) if item.kind == "notice"]
    assert sorted(subjects) == ["A qualified lead", *["A visitor would like to talk to a person"] * 2]
