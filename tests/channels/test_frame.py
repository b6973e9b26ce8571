"""Security headers, and which pages of other sites may talk to the widget's API."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from banter.channels.errors import Refused
from banter.channels.frame import Frame
from tests.channels.house import ADMIN, House, a_house

SHOP = "https://shop.example"
PREFLIGHT = {
    "Origin": SHOP,
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "authorization, content-type",
}


def test_every_answer_says_that_it_is_what_it_is(house: House) -> None:
    for path in ("/", "/widget.js", "/healthz", "/nothing", "/api/leads", "/api/openapi.json"):
        headers = house.client.get(path).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]


def test_what_the_api_says_is_kept_nowhere(house: House) -> None:
    answer = house.client.get("/api/leads", headers={"Authorization": f"Bearer {ADMIN}"})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_page_runs_our_own_scripts_only(house: House) -> None:
    page = house.client.get("/")
    assert page.status_code == 200
    assert "Acorn &amp; Sons" in page.text
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_a_page_may_set_a_policy_of_its_own() -> None:
    own = HTMLResponse("<p>hi", headers={"Content-Security-Policy": "default-src 'self'"})
    assert TestClient(Frame(own)).get("/").headers["Content-Security-Policy"] == "default-src 'self'"


def test_the_widget_is_served_with_a_tag_and_not_sent_twice(house: House) -> None:
    first = house.client.get("/widget.js")
    assert first.status_code == 200
    assert "javascript" in first.headers["Content-Type"]
    assert house.client.get("/static/widget.js").content == first.content
    again = house.client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # A browser writes the headers of a 304 over those of the page that it has kept: a policy here would block the page.
    assert "Content-Security-Policy" not in again.headers
    assert house.client.get("/static/nothing.js").status_code == 404


def test_any_page_may_embed_the_widget_unless_the_owner_names_some(house: House) -> None:
    asked = house.client.options("/api/conversations", headers=PREFLIGHT)
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    began = house.client.post("/api/conversations", json={}, headers={"Origin": SHOP})
    assert began.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in began.headers


def test_only_the_pages_that_the_owner_names_may_embed_the_widget(tmp_path: Path) -> None:
    house = a_house(tmp_path, origins=(SHOP,))
    with house.client:
        allowed = house.client.options("/api/conversations", headers=PREFLIGHT)
        assert allowed.status_code == 204
        assert allowed.headers["Access-Control-Allow-Origin"] == SHOP
        assert "Origin" in allowed.headers["Vary"]
        for origin in ("https://evil.example", "https://shop.example.evil.example", "null"):
            refused = house.client.options("/api/conversations", headers={**PREFLIGHT, "Origin": origin})
            assert refused.status_code == 403
            assert "allowed_origins" in refused.json()["error"]["message"]
            began = house.client.post("/api/conversations", json={}, headers={"Origin": origin})
            assert "Access-Control-Allow-Origin" not in began.headers
    house.store.close()


@pytest.mark.parametrize("path", ["/api/conversations/c_x", "/api/conversations/c_x/messages"])
def test_an_error_can_be_read_by_the_page_that_caused_it(house: House, path: str) -> None:
    answer = house.client.get(path, headers={"Origin": SHOP})
    assert answer.status_code in (404, 405)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Expose-Headers"] == "Retry-After"


def test_leads_are_shared_with_no_page(house: House) -> None:
    answer = house.client.get("/api/leads", headers={"Origin": SHOP, "Authorization": f"Bearer {ADMIN}"})
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert house.client.options("/api/leads", headers=PREFLIGHT).status_code == 405


def test_no_page_of_ours_reads_more_than_64_kib() -> None:
    async def page(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    async def too_much(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        return PlainTextResponse("", error.status)

    app = Starlette(
        routes=[Route("/form", page, methods=["POST"])],
        middleware=[Middleware(Frame)],
        exception_handlers={Refused: too_much},
    )
    client = TestClient(app)
    assert client.post("/form", content=b"x" * 65_536).text == "65536"
    assert client.post("/form", content=b"x" * 65_537).status_code == 413
