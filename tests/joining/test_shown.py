"""What the team and the owner's programs see of a lead that was two."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.dashboard import examples
from tests.joining.place import NUMBER, Place
from tests.leads.visitor import PLAYBOOK


@pytest.fixture
def one(place: Place) -> Place:
    place.texts_and_chats()
    assert place.answers("yes").status_code == 200
    return place


@pytest.fixture
def team(one: Place, tmp_path: Path) -> TestClient:
    given = examples.settings(tmp_path)
    site = examples.app(one.store, given, rules=PLAYBOOK, now=lambda: one.now)
    client = TestClient(site, follow_redirects=False)
    assert examples.log_in(client).status_code == 303
    return client


def test_the_list_holds_one_lead(one: Place, team: TestClient) -> None:
    (lead,) = one.listed()
    page = team.get("/leads").text
    assert page.count('href="/leads/l_') == page.count(f'href="/leads/{lead.id}')
    assert f"/leads/{lead.joined[0].lead}" not in page


def test_its_page_has_both_transcripts_in_order_and_says_how_it_was_confirmed(one: Place, team: TestClient) -> None:
    (lead,) = one.listed()
    one.says("c_sms", "timeline=within_60_days")
    page = team.get(f"/leads/{lead.id}").text
    order = [page.index(words) for words in ("hello there", "budget=app", "need=quan", f"ring:{NUMBER}", "timeline=w")]
    assert order == sorted(order)
    assert "They came by SMS, too, and confirmed by text message on" in page
    assert "Web chat, SMS" in page or "SMS, Web chat" in page
    assert '<span class="chip">SMS</span>' in page


def test_an_address_that_only_the_other_gave_stands_beside_the_one_that_is_written_to(
    place: Place, tmp_path: Path
) -> None:
    place.begin("c_sms", "sms", number=NUMBER)
    place.says("c_sms", "need=quantified kim@example.com")
    place.begin("c_web")
    place.says("c_web", "hello pat@example.com")
    place.says("c_web", f"ring:{NUMBER}")
    place.answers("yes")
    (lead,) = place.listed()
    assert lead.contact.email == "pat@example.com"
    site = examples.app(place.store, examples.settings(tmp_path), rules=PLAYBOOK, now=lambda: place.now)
    client = TestClient(site, follow_redirects=False)
    examples.log_in(client)
    page = client.get(f"/leads/{lead.id}").text
    assert "mailto:kim@example.com" in page
    assert "mailto:pat@example.com" in page


def test_the_address_of_the_other_leads_to_the_one(one: Place, team: TestClient) -> None:
    (lead,) = one.listed()
    answer = team.get(f"/leads/{lead.joined[0].lead}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/leads/{lead.id}")


def test_a_rep_writes_to_them_where_they_wrote_last(one: Place, team: TestClient) -> None:
    (lead,) = one.listed()
    one.says("c_sms", "hm")
    page = team.get(f"/leads/{lead.id}").text
    assert f"sent as a text message to {NUMBER}" in page
    form = {"csrf": examples.csrf_of(page), "once": "abcdefgh", "text": "This is Ana."}
    answer = team.post(f"/leads/{lead.id}/messages", data=form)
    assert answer.status_code == 303
    assert [item.payload["text"] for item in one.outbox() if item.kind == "sms"][-1] == "This is Ana."
    assert one.lead("c_sms").aside == "joined"
    heard = one.says("c_web", "need=quantified")
    assert heard.say == ()  # the bot is silent wherever they write


def test_until_they_have_answered_each_page_names_the_other(place: Place, tmp_path: Path) -> None:
    place.texts_and_chats()
    site = examples.app(place.store, examples.settings(tmp_path), rules=PLAYBOOK, now=lambda: place.now)
    client = TestClient(site, follow_redirects=False)
    examples.log_in(client)
    one, other = (place.lead(conversation).id for conversation in ("c_sms", "c_web"))
    for here, there in ((one, other), (other, one)):
        page = client.get(f"/leads/{here}").text
        assert "Perhaps the same person as" in page
        assert f'href="/leads/{there}"' in page
    place.answers("no")
    assert "Perhaps" not in client.get(f"/leads/{one}").text
