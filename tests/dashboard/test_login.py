"""Who gets in: the holder of the token, from a form of ours, and not by trying."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.requests import Request
from starlette.routing import Route
from starlette.testclient import TestClient

from banter.dashboard.login import local
from banter.dashboard.pages import routes
from banter.dashboard.session import LASTS, Brake, client_address, same
from tests.dashboard.examples import ALL, NOW, RULES, TOKEN, Clock, app, csrf_of, log_in, settings

#: What a stranger may see, and nothing else: a new route fails the test below until it is thought about.
OPEN = {("GET", "/login"), ("POST", "/login"), ("GET", "/leads/banter.css")}


def every_route(folder: Path) -> list[tuple[str, str]]:
    made = routes(store=None, playbook=RULES, settings=settings(folder), now=lambda: NOW)  # type: ignore[arg-type]
    assert all(isinstance(route, Route) for route in made)
    return [
        (method, route.path)
        for route in made
        if isinstance(route, Route)
        for method in sorted(route.methods - {"HEAD"})
    ]


def test_every_route_but_the_login_and_the_style_sheet_refuses_strangers(
    full: object, stranger: TestClient, tmp_path: Path
) -> None:
    asked = [route for route in every_route(tmp_path) if route not in OPEN]
    forms = {f"/leads/{{id}}/{deed}" for deed in ("take", "override", "messages", "hand-back", "close")}
    assert {path for _, path in asked} == {"/logout", "/leads", "/leads/{id}", "/outbox"} | forms
    for method, path in asked:
        for lead_id in ("l_booked", "l_unknown"):
            for sent in {"GET": ("GET", "HEAD"), "POST": ("POST",)}[method]:
                answer = stranger.request(sent, path.replace("{id}", lead_id))
                assert answer.status_code == 303, (sent, path)
                assert answer.headers["location"].startswith("/login")
                assert answer.content == b""


def test_a_method_that_a_page_has_not_gets_nothing_done(stranger: TestClient, tmp_path: Path) -> None:
    there = every_route(tmp_path)
    for path in {path for _, path in there} - {"/logout", "/login"}:
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - {method for method, known in there if known == path}:
            assert stranger.request(method, path).status_code == 405


def test_with_the_token_one_is_in_for_twelve_hours(team: TestClient, clock: Clock) -> None:
    assert team.get("/leads").status_code == 200
    clock.time = NOW + LASTS - timedelta(seconds=1)
    assert team.get("/leads").status_code == 200
    clock.time = NOW + LASTS
    assert team.get("/leads").status_code == 303


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: TestClient) -> None:
    cookie = log_in(stranger).headers["set-cookie"]
    assert "banter_team=" in cookie
    assert {"HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"} <= {part.strip() for part in cookie.split(";")}
    assert "Secure" not in cookie
    assert TOKEN not in cookie


def test_over_https_the_cookie_never_goes_in_the_clear(store: Any, tmp_path: Path) -> None:
    given = settings(tmp_path, public_url="https://chat.example.com")
    with TestClient(app(store, given), base_url="https://chat.example.com", follow_redirects=False) as client:
        cookie = log_in(client).headers["set-cookie"]
        assert cookie.startswith("__Host-banter_team=")
        assert "Secure" in cookie
        assert client.get("/leads").status_code == 200


@pytest.mark.parametrize("token", ["", "x", TOKEN[:-1], TOKEN + "x", TOKEN.upper(), "\u00fc" * 40, "\x00"])
def test_another_token_opens_nothing(stranger: TestClient, token: str) -> None:
    answer = log_in(stranger, token)
    assert answer.status_code == 403
    assert "That is not the token" in answer.text
    assert stranger.get("/leads").status_code == 303


def test_an_empty_token_in_the_settings_opens_nothing() -> None:
    assert not same("", "")
    assert same("a", "a")


def change(value: str, place: int) -> str:
    return value[:place] + ("0" if value[place] != "0" else "1") + value[place + 1 :]


def test_a_cookie_of_which_anything_was_changed_opens_nothing(team: TestClient) -> None:
    cookie = team.cookies["banter_team"]
    guest = csrf_of(team.get("/leads").text)
    forged = [change(cookie, place) for place in range(len(cookie))]
    forged += ["", ".", "..", "9999999999.x.y", cookie + "0", guest, cookie.partition(".")[2], "9" * 5000]
    for value in forged:
        team.cookies.clear()
        assert team.get("/leads", headers={"cookie": f"banter_team={value}"}).status_code == 303
    assert team.get("/leads", headers={"cookie": f"banter_team={cookie}"}).status_code == 200


def test_the_cookie_of_the_login_form_is_no_session(stranger: TestClient) -> None:
    stranger.get("/login")
    guest = stranger.cookies["banter_guest"]
    assert stranger.get("/leads", headers={"cookie": f"banter_team={guest}"}).status_code == 303


def test_a_new_token_or_secret_ends_every_session(team: TestClient, store: Any, tmp_path: Path) -> None:
    cookie = {"cookie": f"banter_team={team.cookies['banter_team']}"}
    for changed in ({"admin_token": "another-token"}, {"secret": "another-secret-of-some-length"}):
        given = replace(settings(tmp_path), **changed)  # type: ignore[arg-type]
        with TestClient(app(store, given), follow_redirects=False) as client:
            assert client.get("/leads", headers=cookie).status_code == 303


def test_a_form_of_another_website_does_nothing(stranger: TestClient) -> None:
    stranger.get("/login")
    for fields in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "\u00fc"}):
        answer = stranger.post("/login", data={"token": TOKEN, **fields})
        assert answer.status_code == 403
        assert "allow cookies" in answer.text
    assert stranger.get("/leads").status_code == 303


def test_logging_out_takes_the_form_of_the_session(team: TestClient) -> None:
    assert team.post("/logout").status_code == 403
    assert team.post("/logout", data={"csrf": "0" * 64}).status_code == 403
    assert team.get("/leads").status_code == 200
    answer = team.post("/logout", data={"csrf": csrf_of(team.get("/leads").text)})
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert team.get("/leads").status_code == 303


def test_a_body_that_is_too_big_is_not_read_whole(stranger: TestClient, team: TestClient) -> None:
    assert stranger.post("/login", content=b"x" * 10_000).status_code == 413
    assert team.post("/logout", content=b"x" * 10_000).status_code == 403


def test_a_thousand_bad_logins_are_locked_out_and_the_right_token_with_them(stranger: TestClient, clock: Clock) -> None:
    form = csrf_of(stranger.get("/login").text)
    seen = [stranger.post("/login", data={"csrf": form, "token": f"guess {n}"}) for n in range(1000)]
    assert [answer.status_code for answer in seen] == [403] * 5 + [429] * 995
    locked = log_in(stranger)
    assert locked.status_code == 429
    assert locked.headers["retry-after"] == "5"
    assert "wait 5 seconds" in locked.text
    clock.time += timedelta(seconds=5)
    assert log_in(stranger).status_code == 303


def test_in_a_day_of_guessing_an_address_gets_a_hundred_tries() -> None:
    brake, tried, at = Brake(), 0, NOW
    while at < NOW + timedelta(days=1):
        wait = brake.take("192.0.2.1", at)
        tried += wait == 0.0
        at += timedelta(seconds=wait or 0.001)
    assert tried <= 110


def test_an_address_that_stays_quiet_for_long_begins_anew() -> None:
    brake = Brake()
    for _ in range(5):
        assert brake.take("192.0.2.1", NOW) == 0.0
    assert brake.take("192.0.2.1", NOW) == 5.0
    later = NOW + timedelta(hours=2)
    assert [brake.take("192.0.2.1", later) for _ in range(6)] == [0.0] * 5 + [5.0]


def test_others_are_not_locked_out_and_memory_is_bounded() -> None:
    brake = Brake(most=100)
    for number in range(10_000):
        assert brake.take(f"192.0.2.{number}", NOW) == 0.0
    assert len(brake) == 100


def test_a_hundred_at_once_are_five_tries() -> None:
    brake = Brake()
    with ThreadPoolExecutor(16) as many:
        waits = list(many.map(lambda _: brake.take("192.0.2.1", NOW), range(100)))
    assert waits.count(0.0) == 5


@pytest.mark.parametrize(
    ("peer", "forwarded", "counted"),
    [
        ("192.0.2.1", "203.0.113.9", "192.0.2.1"),  # not our proxy: anybody can write that header
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),  # what is further left the client made up
        ("10.0.0.1", "203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.1", "", "192.0.2.1"),
        ("testclient", "", "unknown"),
    ],
)
def test_tries_are_counted_under_the_address_they_come_from(
    peer: str, forwarded: str, counted: str, tmp_path: Path
) -> None:
    scope = {"type": "http", "client": (peer, 1), "headers": [(b"x-forwarded-for", forwarded.encode())]}
    assert client_address(Request(scope), settings(tmp_path, proxies="10.0.0.0/8").trusted_proxies) == counted


def test_a_request_without_an_address_is_counted_too() -> None:
    assert client_address(SimpleNamespace(client=None, headers=Request({"type": "http", "headers": []}).headers)) == (
        "unknown"
    )


@pytest.mark.parametrize("path", ["/leads", "/leads/l_booked", "/leads/l_a-B_9?x=1", "/outbox?status=sent&page=2"])
def test_after_the_login_one_is_where_one_wanted_to_be(stranger: TestClient, path: str) -> None:
    asked = stranger.get(path)
    assert asked.status_code == 303
    form = stranger.get(asked.headers["location"])
    sent = {"csrf": csrf_of(form.text), "token": TOKEN, "next": hidden(form.text, "next")}
    assert stranger.post("/login", data=sent).headers["location"] == path


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return html.unescape(found.group(1))


@pytest.mark.parametrize(
    "path",
    [
        None,
        "",
        "//evil.example",
        "https://evil.example/leads",
        "/\\evil.example",
        "/leads/../../evil",
        "/leads\r\nSet-Cookie: x=y",
        "/leads/x\n",
        "javascript:alert(1)",
        "/leads/\u202e",
        "/logout",
        "/leads//evil.example",
        "leads",
        '/leads?"><script>',
    ],
)
def test_nobody_is_led_to_another_site(stranger: TestClient, path: str | None) -> None:
    assert local(path) == "/leads"
    if path is not None:
        assert log_in(stranger, next=path).headers["location"] == "/leads"


def test_somebody_who_is_in_is_not_asked_again(team: TestClient) -> None:
    answer = team.get("/login?next=/outbox")
    assert (answer.status_code, answer.headers["location"]) == (303, "/outbox")


def test_a_link_in_a_mail_leads_on_without_touching_the_session(stranger: TestClient) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert stranger.get("/leads/l_booked", headers=headers).headers["location"] == "/login?next=%2Fleads%2Fl_booked"
    answer = stranger.get("/login?next=/leads/l_booked", headers=headers)
    assert 'content="0;url=/login?next=/leads/l_booked"' in answer.text
    assert "set-cookie" not in answer.headers


def test_a_stranger_cannot_tell_which_leads_there_are(full: object, stranger: TestClient) -> None:
    def seen(lead_id: str) -> Any:
        answer = stranger.get(f"/leads/{lead_id}")
        return answer.status_code, answer.text, answer.headers["location"].replace(lead_id, "")

    assert len({seen(lead.id) for lead in ALL} | {seen("l_unknown")}) == 1


def test_pages_are_kept_by_no_browser_and_no_search_engine(full: object, team: TestClient) -> None:
    read: Callable[[str], Any] = team.get
    for path in ("/leads", "/leads/l_booked", "/leads/l_unknown", "/outbox"):
        headers = read(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-robots-tag"] == "noindex"
        assert headers["x-frame-options"] == "DENY"
        assert "unsafe" not in headers["content-security-policy"]
        assert "script-src" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")
