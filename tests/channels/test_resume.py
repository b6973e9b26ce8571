"""Coming back: in the same browser after some hours, and on another device by a signed link."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banter import resume_link
from banter.channels.limits import Limits, Rate
from banter.channels.tokens import new_conversation, token_for
from tests.channels.house import NOON, House, a_house

HOURS = timedelta(hours=1)
DAYS = timedelta(days=1)
SECRET = "a-secret-of-the-tests"


def resumes(house: House, conversation: str, headers: dict[str, str]) -> Any:
    return house.client.post(f"/api/conversations/{conversation}/resume", headers=headers)


def texts(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [message["text"] for message in answer.json()["messages"]]


def link_to(house: House, conversation: str) -> str:
    return resume_link.make(conversation, house.clock[0], house.settings.secret)


def opens(house: House, link: str) -> Any:
    return house.client.post("/api/conversations/by-link", json={"link": link})


# ------------------------------------------------------------------ the same browser


def test_a_reload_is_answered_with_nothing_and_writes_nothing(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    turns = house.dialogue.turns
    house.clock[0] += 5 * HOURS
    answer = resumes(house, conversation, headers)
    assert texts(answer) == []
    assert (answer.json()["awaiting"], answer.json()["status"]) == ("budget", "open")
    assert house.dialogue.turns == turns


def test_who_was_away_is_welcomed_once_in_an_absence(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    house.clock[0] += 7 * HOURS
    assert texts(resumes(house, conversation, headers)) == ["Welcome back."]
    assert texts(resumes(house, conversation, headers)) == []
    house.clock[0] += 20 * HOURS
    assert texts(resumes(house, conversation, headers)) == []
    house.say(conversation, headers, "here I am", id="2")
    house.clock[0] += 7 * HOURS
    assert texts(resumes(house, conversation, headers)) == ["Welcome back."]


def test_two_tabs_that_come_back_at_once_are_welcomed_once(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    house.clock[0] += 7 * HOURS
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: resumes(house, conversation, headers), range(6)))
    assert {answer.status_code for answer in answers} == {200}
    transcript = house.client.get(f"/api/conversations/{conversation}", headers=headers)
    assert texts(transcript).count("Welcome back.") == 1


def test_a_welcome_that_could_not_be_said_is_said_when_asked_again(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    house.clock[0] += 7 * HOURS
    house.dialogue.down = True
    assert resumes(house, conversation, headers).status_code == 503
    house.dialogue.down = False
    assert texts(resumes(house, conversation, headers)) == ["Welcome back."]


def test_a_clients_own_id_cannot_pass_for_a_welcome(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    house.say(conversation, headers, "mine", id=NOON.isoformat())
    house.clock[0] += 7 * HOURS
    assert texts(resumes(house, conversation, headers)) == ["Welcome back."]


def test_only_the_visitor_resumes_a_conversation(house: House) -> None:
    conversation, _ = house.begin()
    _, other = house.begin()
    assert resumes(house, conversation, {}).status_code == 401
    assert resumes(house, conversation, other).status_code == 401
    assert resumes(house, new_conversation(), other).status_code == 404
    unknown = new_conversation()
    mine = {"Authorization": f"Bearer {token_for(unknown, house.settings.secret)}"}
    assert resumes(house, unknown, mine).status_code == 404


# ------------------------------------------------------------------ another device


def test_a_link_gives_the_conversation_and_its_token_on_another_device(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    opened = opens(house, link_to(house, conversation))
    assert texts(opened) == ["Hello, I am a bot.", "hello", "You said: hello"]
    assert opened.json()["id"] == conversation
    there = {"Authorization": f"Bearer {opened.json()['token']}"}
    assert texts(house.say(conversation, there, "from my phone", id="2")) == ["You said: from my phone"]


def test_a_link_of_one_conversation_opens_no_other(house: House) -> None:
    conversation, _ = house.begin()
    other, _ = house.begin()
    mine = link_to(house, conversation)
    assert opens(house, mine.replace(conversation, other)).status_code == 404


def test_a_link_lasts_ninety_days(house: House) -> None:
    conversation, _ = house.begin()
    link = link_to(house, conversation)
    house.clock[0] += 90 * DAYS
    assert opens(house, link).status_code == 200
    house.clock[0] += 1 * DAYS
    assert opens(house, link).status_code == 404
    assert house.client.get(f"/resume/{link}").status_code == 404


def test_a_later_date_makes_another_signature(house: House) -> None:
    conversation, _ = house.begin()
    name, last, signature = link_to(house, conversation).split(".")
    assert opens(house, f"{name}.{int(last, 16) + 1:x}.{signature}").status_code == 404


def test_a_conversations_token_is_no_link_and_a_link_no_token(house: House) -> None:
    conversation, headers = house.begin()
    token = headers["Authorization"].removeprefix("Bearer ")
    link = link_to(house, conversation)
    assert opens(house, token).status_code == 404
    assert opens(house, f"{conversation}.fffff.{token.removeprefix('t1.')}").status_code == 404
    assert house.say(conversation, {"Authorization": f"Bearer {link}"}, "hello").status_code == 401


def test_a_link_to_what_was_erased_leads_nowhere(house: House) -> None:
    assert opens(house, link_to(house, new_conversation())).status_code == 404


@pytest.mark.parametrize("body", [{}, {"link": 7}, {"link": ""}, {"link": "x" * 201}, {"link": "a\x00b"}, []])
def test_a_request_without_a_link_is_told_what_is_missing(house: House, body: object) -> None:
    assert house.client.post("/api/conversations/by-link", json=body).status_code == 422


@given(st.text(max_size=120))
def test_nothing_made_up_is_a_link(text: str) -> None:
    assert resume_link.read(text, NOON, SECRET) is None


@given(st.data())
def test_no_changed_link_is_one(data: st.DataObject) -> None:
    link = resume_link.make("c_0123456789012345678901", NOON, SECRET)
    place = data.draw(st.integers(0, len(link) - 1))
    other = data.draw(st.characters().filter(lambda c: c != link[place]))
    assert resume_link.read(link, NOON, SECRET) is not None
    assert resume_link.read(link[:place] + other + link[place + 1 :], NOON, SECRET) is None
    assert resume_link.read(link, NOON, SECRET + "x") is None
    assert resume_link.read(link[: place or None], NOON, SECRET) is None or place == 0


def test_a_link_fits_into_a_text_message() -> None:
    url = resume_link.url(new_conversation(), NOON, public_url="https://chat.example.com/", secret=SECRET)
    assert re.fullmatch(r"https://chat\.example\.com/resume/[A-Za-z0-9._-]+", url)
    assert len(url) <= 90


def test_guessing_links_is_slowed_down(tmp_path: Path) -> None:
    house = a_house(tmp_path, limits=Limits(opening=Rate(0.001, 3)))
    with house.client:
        statuses = [opens(house, f"c_guess.{n}.x").status_code for n in range(5)]
    assert statuses == [404, 404, 404, 429, 429]
    house.store.close()


# ------------------------------------------------------------------ the page


def test_looking_at_the_page_changes_nothing(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "hello")
    house.clock[0] += 7 * HOURS
    link, turns = link_to(house, conversation), house.dialogue.turns
    before = house.client.get(f"/api/conversations/{conversation}", headers=headers).json()
    for method in ("GET", "HEAD"):
        assert house.client.request(method, f"/resume/{link}").status_code == 200
    assert opens(house, link).status_code == 200
    assert house.client.get(f"/api/conversations/{conversation}", headers=headers).json() == before
    assert house.dialogue.turns == turns
    assert house.client.post(f"/resume/{link}").status_code == 405


def test_the_page_tells_nobody_its_address_and_runs_our_own_scripts_only(house: House) -> None:
    conversation, headers = house.begin()
    house.say(conversation, headers, "nobody else's business")
    page = house.client.get(f"/resume/{link_to(house, conversation)}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["X-Frame-Options"] == "DENY"
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "nobody else" not in page.text
    assert not re.search(r"<script(?![^>]* src=)", page.text)
    assert re.findall(r'(?:src|href)="(https?:[^"]*)"', page.text) == []


def test_the_link_gets_into_the_page_as_text_only(house: House) -> None:
    conversation, _ = house.begin()
    link = link_to(house, conversation)
    assert f'data-resume="{link}"' in house.client.get(f"/resume/{link}").text
    for bad in ('"><script>alert(1)</script>', "'onload='x", "%22%3E%3Cscript%3E", link + "x"):
        page = house.client.get(f"/resume/{bad}")
        assert page.status_code == 404
        assert "alert(1)" not in unescape(page.text)
        assert "data-resume" not in page.text


def test_an_old_link_says_so_and_offers_a_new_conversation(house: House) -> None:
    page = house.client.get("/resume/c_x.1.y")
    assert page.status_code == 404
    assert "does not work any more" in page.text
    assert "/widget.js" in page.text
    assert house.client.get("/resume/").status_code == 200
