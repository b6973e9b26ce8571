"""Every wrong request gets the status and the shape that the contract names, and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from banter.channels.tokens import new_conversation, token_for
from tests.channels.house import ADMIN, House

SAY = "/api/conversations/{id}/messages"
BEGIN = "/api/conversations"


def said(**fields: Any) -> bytes:
    return json.dumps({"id": "1", "text": "hello", **fields}).encode()


BAD_MESSAGES: list[tuple[str, bytes, int, str]] = [
    # what it is, the body, the status, what the message names
    ("nothing", b"", 422, "body"),
    ("half a JSON", b'{"id": "1", ', 422, "body"),
    ("words", b"hello", 422, "body"),
    ("a form", b"id=1&text=hello", 422, "body"),
    ("not UTF-8", b'{"id": "1", "text": "\xff"}', 422, "body"),
    ("UTF-16", '{"id": "1", "text": "hello"}'.encode("utf-16"), 422, "body"),
    ("a byte order mark", b"\xef\xbb\xbf" + said(), 422, "body"),
    ("a list", b"[]", 422, "body"),
    ("null", b"null", 422, "body"),
    ("a number", b"1", 422, "body"),
    ("a text", b'"hello"', 422, "body"),
    ("not a number", b'{"id": "1", "text": NaN}', 422, "body"),
    ("infinity", b'{"id": "1", "text": Infinity}', 422, "body"),
    ("ten thousand lists", b"[" * 10_000 + b"]" * 10_000, 422, "body"),
    ("a deep field", b'{"id": "1", "text": "hi", "x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}", 422, "body"),
    ("a number of 5,000 digits", b'{"id": ' + b"1" * 5_000 + b', "text": "hi"}', 422, ""),
    ("no text", b'{"id": "1"}', 422, "text"),
    ("no id", b'{"text": "hello"}', 422, "id"),
    ("text null", said(text=None), 422, "text"),
    ("text a number", said(text=5), 422, "text"),
    ("text true", said(text=True), 422, "text"),
    ("text a list", said(text=["hello"]), 422, "text"),
    ("text an object", said(text={"a": 1}), 422, "text"),
    ("text empty", said(text=""), 422, "text"),
    ("text blank", said(text=" \t\r\n\u3000\u00a0"), 422, "text"),
    ("text invisible", said(text="\u200b\u200d\ufeff\u2060"), 422, "text"),
    ("text 2,001 long", said(text="x" * 2001), 413, "text"),
    ("text 2,001 emoji", json.dumps({"id": "1", "text": "👍" * 2001}, ensure_ascii=False).encode(), 413, "text"),
    ("10,000 spaces", said(text=" " * 10_000), 413, "text"),
    ("NUL in the text", said(text="a\x00b"), 422, "text"),
    ("half a character in the text", b'{"id": "1", "text": "a\\ud800b"}', 422, "text"),
    ("id empty", said(id=""), 422, "id"),
    ("id null", said(id=None), 422, "id"),
    ("id a number", said(id=1), 422, "id"),
    ("id 201 long", said(id="x" * 201), 422, "id"),
    ("NUL in the id", said(id="\x00"), 422, "id"),
    ("half a character in the id", b'{"id": "\\udfff", "text": "hi"}', 422, "id"),
    ("65 KiB", said(text="x" * 65 * 1024), 413, "64 KiB"),
    ("1 MB", b" " * 1_000_000, 413, "64 KiB"),
]


@pytest.mark.parametrize(("body", "status", "names"), [b[1:] for b in BAD_MESSAGES], ids=[b[0] for b in BAD_MESSAGES])
def test_a_bad_message_is_refused_by_name_and_not_kept(house: House, body: bytes, status: int, names: str) -> None:
    conversation, headers = house.begin()
    answer = house.client.post(SAY.format(id=conversation), content=body, headers=headers)
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == {413: "too_large", 422: "invalid"}[status]
    assert names in error["message"]
    if status == 422:
        assert error["field"] in error["message"]
    with house.store.begin(readonly=True) as transaction:
        assert transaction.inbox.next(conversation) is None
        assert len(transaction.transcript.of_conversation(conversation)) == 1


@pytest.mark.parametrize(
    ("body", "status", "names"),
    [
        (b"", 422, "body"),
        (b"[]", 422, "body"),
        (b'{"page": 5}', 422, "page"),
        (b'{"referrer": ["x"]}', 422, "referrer"),
        (b'{"locale": {}}', 422, "locale"),
        (b'{"timezone": 1}', 422, "timezone"),
        (b'{"page": "\\u0000"}', 422, "page"),
        (b'{"page": "' + b"x" * 70_000 + b'"}', 413, "64 KiB"),
    ],
)
def test_a_bad_beginning_begins_nothing(house: House, body: bytes, status: int, names: str) -> None:
    answer = house.client.post(BEGIN, content=body)
    assert answer.status_code == status
    assert names in answer.json()["error"]["message"]
    assert house.dialogue.turns == 0


@pytest.mark.parametrize(
    "body",
    [
        said(metadata={"x": 1}, sender="admin", channel="slack"),
        said(id="x" * 200),
        said(id="  "),
        said(id="😀/../\n"),
        said(text="x" * 2000),
        b'{"text": "first", "id": "1", "text": "hello"}',
        said() + b"\n  ",
    ],
)
def test_what_is_merely_odd_is_taken(house: House, body: bytes) -> None:
    conversation, headers = house.begin()
    assert house.client.post(SAY.format(id=conversation), content=body, headers=headers).status_code == 200


def test_a_long_page_address_is_cut_and_stops_nobody(house: House) -> None:
    conversation, _ = house.begin(page="https://acorn.example/?" + "x" * 5_000)
    with house.store.begin(readonly=True) as transaction:
        stored = transaction.conversations.get(conversation)
    assert stored is not None
    assert len(stored.page or "") == 2_000


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not_found"),
        ("GET", "/api/nothing", 404, "not_found"),
        ("GET", "/static/..%2Fweb.py", 404, "not_found"),
        ("GET", "/static/.hidden", 404, "not_found"),
        ("GET", "/healthz/", 404, "not_found"),
        ("POST", "/api/conversations/", 404, "not_found"),
        ("GET", "/api/conversations", 405, "method_not_allowed"),
        ("DELETE", "/api/conversations/c_x", 405, "method_not_allowed"),
        ("POST", "/healthz", 405, "method_not_allowed"),
        ("OPTIONS", "/api/conversations", 405, "method_not_allowed"),
        ("BREW", "/api/leads", 405, "method_not_allowed"),
        ("GET", "/api/conversations/default", 404, "not_found"),
        ("GET", "/api/conversations/%00", 404, "not_found"),
        ("POST", "/api/conversations/c_x/messages", 404, "not_found"),
        ("GET", "/api/conversations/c_x/events", 404, "not_found"),
        ("GET", "/api/leads", 401, "unauthorized"),
        ("GET", "/api/leads/l_x", 401, "unauthorized"),
    ],
)
def test_a_wrong_address_or_method_is_answered_in_the_one_shape(
    house: House, method: str, path: str, status: int, code: str
) -> None:
    answer = house.client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert len(answer.json()["error"]["message"]) > 20


@pytest.mark.parametrize("token", [None, "", "t1.", "x" * 500, "ключ", ADMIN])
def test_a_known_conversation_without_its_token_is_401_and_an_unknown_one_404(house: House, token: str | None) -> None:
    conversation, _ = house.begin()
    headers = {} if token is None else {"Authorization": f"Bearer {token}".encode()}
    for known, status in ((conversation, 401), (new_conversation(), 404)):
        for answer in (
            house.client.post(SAY.format(id=known), content=said(), headers=headers),
            house.client.get(f"/api/conversations/{known}", headers=headers),
            house.client.get(f"/api/conversations/{known}/events", headers=headers),
        ):
            assert answer.status_code == status


def test_a_token_that_fits_an_id_nobody_has_is_404(house: House) -> None:
    never = new_conversation()
    headers = {"Authorization": f"Bearer {token_for(never, house.settings.secret)}"}
    assert house.client.post(SAY.format(id=never), content=said(), headers=headers).status_code == 404
    assert house.client.get(f"/api/conversations/{never}", headers=headers).status_code == 404
    assert house.client.get(f"/api/conversations/{never}/events", headers=headers).status_code == 404


def test_who_may_not_speak_is_told_so_before_what_they_sent_is_looked_at(house: House) -> None:
    conversation, _ = house.begin()
    assert house.client.post(SAY.format(id=conversation), content=b"x" * 100_000).status_code == 401


@pytest.mark.anyio
async def test_a_body_without_a_length_is_refused_as_soon_as_it_is_too_big(house: House) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        while sent < 10_000_000:
            sent += 8_192
            yield b" " * 8_192

    transport = httpx.ASGITransport(house.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://banter.example") as client:
        answer = await client.post(BEGIN, content=endless())
    assert answer.status_code == 413
    assert sent <= 64 * 1024 + 2 * 8_192


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
