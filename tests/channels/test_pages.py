"""The pages beside the demo page, and the widget's words."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from banter.booking.words import button
from banter.channels import widget
from banter.leads.model import Slot
from tests.channels.house import House, a_house, a_playbook

SOURCE = (widget.STATIC / "widget.js").read_text("utf-8")


def test_the_chat_as_a_page_may_be_framed_by_the_servers_own_pages_unless_the_owner_names_others(house: House) -> None:
    page = house.client.get("/chat")
    assert page.headers["Content-Security-Policy"].endswith("; frame-ancestors 'self'")
    assert "X-Frame-Options" not in page.headers
    assert "<banter-chat data-inline" in page.text


def test_an_empty_list_lets_any_page_talk_to_the_bot_and_none_frame_it(house: House) -> None:
    stranger = {"Origin": "https://stranger.example"}
    begun = house.client.post("/api/conversations", json={}, headers=stranger)
    assert begun.headers["Access-Control-Allow-Origin"] == "*"
    assert "*" not in house.client.get("/chat", headers=stranger).headers["Content-Security-Policy"]


def test_the_chat_as_a_page_may_be_framed_by_named_pages_only(tmp_path: Path) -> None:
    house = a_house(tmp_path, origins=("https://www.acorn.example", "https://shop.example"))
    policy = house.client.get("/chat").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors 'self' https://www.acorn.example https://shop.example")
    assert "unsafe" not in policy
    for other in ("/", "/try"):
        assert house.client.get(other).headers["X-Frame-Options"] == "DENY"
    house.store.close()


def test_a_person_can_try_it_and_search_engines_do_not_find_the_page(house: House) -> None:
    page = house.client.get("/try")
    assert page.status_code == 200
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Ask for it" in page.text


def keys_of_the_script() -> list[str]:
    words = SOURCE.partition("const WORDS = {")[2].partition("\n  };")[0]
    return [line.strip().partition(":")[0] for line in words.splitlines() if line.strip()]


@pytest.mark.parametrize("language", ["de", "es"])
def test_the_words_that_ship_are_whole(house: House, language: str) -> None:
    answer = house.client.get(f"/widget/texts/{language}.json")
    assert answer.headers["Content-Type"] == "application/json"
    assert list(answer.json()) == keys_of_the_script()
    assert set(answer.json()["said"]) == {"visitor", "bot", "rep"}
    assert all(text for text in answer.json().values())


def test_a_language_is_added_by_a_file(tmp_path: Path) -> None:
    (tmp_path / "fr.json").write_text('{"title": "Discutons"}', encoding="utf-8")
    (tmp_path / "transcript.json").write_text("{}", encoding="utf-8")
    words = widget.texts(a_playbook(), tmp_path)
    assert list(words) == ["en", "fr"]
    assert widget.given(a_playbook(), words)["languages"] == ["fr"]


@pytest.mark.parametrize("content", ["[]", "{'title': 'x'}", ""])
def test_a_slip_in_such_a_file_names_it(tmp_path: Path, content: str) -> None:
    (tmp_path / "fr.json").write_text(content, encoding="utf-8")
    with pytest.raises(ValueError, match=r"fr\.json"):
        widget.texts(a_playbook(), tmp_path)


def test_words_of_another_site_may_be_read_by_the_page(house: House) -> None:
    answer = house.client.get("/widget/texts/de.json", headers={"Origin": "https://shop.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert house.client.get("/widget/texts/xx.json").status_code == 404
    assert house.client.get("/widget/texts/transcript.json").status_code == 404


def test_mails_have_the_words_of_each_language() -> None:
    mails = json.loads((widget.TEXTS / "transcript.json").read_text("utf-8"))
    assert list(mails) == ["en", "de", "es"]
    assert len({tuple(words) for words in mails.values()}) == 1


def test_the_widget_travels_packed_to_who_can_unpack_it(house: House) -> None:
    plain = house.client.get("/widget.js", headers={"Accept-Encoding": "identity"})
    packed = house.client.get("/widget.js", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    never = house.client.get("/widget.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in plain.headers
    assert "Content-Encoding" not in never.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) < 10 * 1024
    assert packed.content == plain.content == never.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]
    again = {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["ETag"]}
    assert house.client.get("/widget.js", headers=again).status_code == 304


@pytest.mark.parametrize("locale", ["en-GB", "de-DE"])
@pytest.mark.parametrize("theirs", ["Europe/London", "America/New_York", "Asia/Dubai"])
def test_the_buttons_of_times_are_what_the_widget_makes_a_calendar_of(locale: str, theirs: str) -> None:
    pattern = re.search(r"/(\^\(\.\+\),.*\$)/\.exec\(title\)", SOURCE)
    assert pattern is not None
    times = re.compile(pattern[1])
    for hour in (9, 14):
        starts = datetime(2026, 11, 24, hour, 30, tzinfo=timezone.utc)
        slot = Slot(starts, starts + timedelta(minutes=30), "ana")
        for now in (starts - timedelta(hours=2), starts - timedelta(days=1), starts - timedelta(days=5)):
            title = button(slot, now=now, timezone=ZoneInfo(theirs), company=ZoneInfo("Europe/London"), locale=locale)
            found = times.search(title)
            assert found is not None, title
            assert found[2] == f"{starts.astimezone(ZoneInfo(theirs)):%H:%M}"
