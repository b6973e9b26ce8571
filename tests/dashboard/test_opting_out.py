"""Who wants no more messages: the page says since when and in which words, and takes none for a number that is out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from banter.leads.consent import Consent, key_of
from banter.leads.model import Lead, OptOut
from banter.leads.reading import Contact
from banter.store.consents import note_opt_out
from banter.store.database import SqlStore
from tests.dashboard.examples import HOSTILE, NOW, SECRET, csrf_of, lead
from tests.dashboard.test_leads import words
from tests.dashboard.test_reply import add

NUMBER = "+12025550123"
SAID = "Wants no more messages, since Mon 23 Nov 2026, 09:10 GMT , in these words: "
OUT = OptOut(NOW, "please lose my number")


def by_sms(store: SqlStore, **more: object) -> Lead:
    return add(store, replace(lead("sms", 5, channel="sms", contact=Contact(phone=NUMBER)), **more))


def test_by_sms_the_page_says_so_and_there_is_no_box_to_write_in(store: SqlStore, team: TestClient) -> None:
    made = by_sms(store, opted_out=OUT, status="closed")
    with store.begin() as tx:
        note_opt_out(tx, "sms", NUMBER, secret=SECRET, source="free words", now=NOW, words=OUT.words)
    page = team.get(f"/leads/{made.id}").text
    assert f"{SAID}please lose my number" in words(page)
    assert (
        "They want no more text messages, since Mon 23 Nov 2026, 09:10 GMT. Nothing can be sent to them until" in page
    )
    assert "<textarea" not in page
    form = {"csrf": csrf_of(page), "once": "abcdefgh", "text": "Hello"}
    refused = team.post(f"/leads/{made.id}/messages", data=form)
    assert (refused.status_code, "Nothing was sent" in refused.text) == (409, True)
    assert "Wants no more messages, since" in words(team.get("/leads").text)


def test_what_only_their_network_knows_closes_the_box_too(store: SqlStore, team: TestClient) -> None:
    made = by_sms(store)
    with store.begin() as tx:
        note_opt_out(tx, "sms", NUMBER, secret=SECRET, source="twilio 21610", now=NOW)
    page = team.get(f"/leads/{made.id}").text
    assert "Wants no more messages, since Mon 23 Nov 2026, 09:10 GMT , as their network says." in words(page)
    assert "<textarea" not in page


def test_who_is_back_can_be_written_to(store: SqlStore, team: TestClient) -> None:
    made = by_sms(store)
    with store.begin() as tx:
        for kind in ("opted_out", "opted_in"):
            tx.consents.add(Consent(key_of("sms", NUMBER, SECRET), NUMBER, kind, NOW, "x", "sms", "word"))  # type: ignore[arg-type]
    page = team.get(f"/leads/{made.id}").text
    assert "Wants no more messages" not in page
    assert "<textarea" in page


@pytest.mark.parametrize("said", ["stop it", HOSTILE])
def test_in_the_chat_it_is_said_and_they_can_still_be_answered_there(
    store: SqlStore, team: TestClient, said: str
) -> None:
    made = add(store, lead("chat", 5, status="closed", opted_out=OptOut(NOW, said)))
    page = team.get(f"/leads/{made.id}").text
    assert SAID in words(page)
    assert "<script" not in page
    assert "<textarea" in page
