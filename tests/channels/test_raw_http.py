"""Bytes that are not quite HTTP: refused or cut off, and the server goes on."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.channels.house import a_house
from tests.channels.test_events import Running

POST = b"POST /api/conversations HTTP/1.1\r\nHost: x\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n"

BAD = [
    POST + b"Content-Length: -1\r\n\r\n{}",
    POST + b"Content-Length: +2\r\n\r\n{}",
    POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    POST + b"Content-Length: 2, 3\r\n\r\n{}",
    POST + b"Content-Length: 0x2\r\n\r\n{}",
    POST + b"Content-Length: 2_0\r\n\r\n{}",
    POST + b"Content-Length : 2\r\n\r\n{}",
    POST + b"Content_Length: 2\r\n\r\n{}",
    POST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n{}",
    POST + b"Content-Length: 99999999999999999999\r\n\r\n{}",
    POST + b"Content-Length: 65537\r\n\r\n{}",
    POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: gzip\r\n\r\n{}",
    POST + b"Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 100 + b"\r\n",
    POST + b"Transfer-Encoding: chunked\r\n\r\n11000\r\n" + b" " * 0x11000 + b"\r\n0\r\n\r\n",
    GET + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n",
    GET + b"A: b\r\n" * 20_000 + b"\r\n",
    GET + b"X: a\x00b\r\n\r\n",
    GET + b"X\xff: a\r\n\r\n",
    GET + b": a\r\n\r\n",
    GET + b"X y: a\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"GET  /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    b"G\xc3\x89T / HTTP/1.1\r\nHost: x\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
    b"hello\r\n\r\n",
    b"\x00" * 1_000,
]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = Running(a_house(tmp_path_factory.mktemp("raw")), patience_seconds=0.3)
    yield running
    running.client.close()
    running.stop()
    running.house.store.close()


def answer_to(running: Running, request: bytes, *, seconds: float = 3.0) -> bytes:
    """What comes back until the server closes or a whole head is there; empty when it just closes."""
    with socket.create_connection(("127.0.0.1", running.port), timeout=seconds) as connection:
        got = b""
        try:
            connection.sendall(request)
            while b"\r\n\r\n" not in got and (part := connection.recv(65_536)):
                got += part
        except (ConnectionResetError, BrokenPipeError):
            pass
        return got


@pytest.mark.parametrize("request_bytes", BAD, ids=range(len(BAD)))
def test_what_is_not_http_is_refused_or_cut_off(running: Running, request_bytes: bytes) -> None:
    got = answer_to(running, request_bytes)
    assert got == b"" or got.startswith((b"HTTP/1.1 4", b"HTTP/1.1 5")), got[:100]
    assert not got.startswith((b"HTTP/1.1 500", b"HTTP/1.1 2"))
    assert running.client.get("/healthz").status_code == 200


def test_a_byte_at_a_time_is_not_waited_for(running: Running) -> None:
    for beginning, then in (
        (b"G", b"E"),
        (GET, b"X"),
        (POST + b"Content-Length: 9999999\r\n\r\n", b" "),
        (GET + b"\r\nG", b"E"),
    ):
        with socket.create_connection(("127.0.0.1", running.port), timeout=3) as connection:
            connection.sendall(beginning)
            began = time.monotonic()
            while time.monotonic() < began + 3:
                try:
                    connection.sendall(then)
                except (ConnectionResetError, BrokenPipeError):
                    break
                time.sleep(0.05)
            assert time.monotonic() - began < 2
    assert running.client.get("/healthz").status_code == 200


def test_a_connection_is_kept_between_two_requests(running: Running) -> None:
    with socket.create_connection(("127.0.0.1", running.port), timeout=3) as connection:
        for _ in range(2):
            connection.sendall(GET + b"\r\n")
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
            time.sleep(0.5)  # longer than the patience with a head, which has not begun


def test_a_large_body_is_answered_before_it_has_been_sent(running: Running, tmp_path: Path) -> None:
    began = time.monotonic()
    got = answer_to(running, POST + b"Content-Length: 100000000\r\n\r\n" + b" " * 1_000)
    assert got.startswith(b"HTTP/1.1 413")
    assert time.monotonic() - began < 0.5
