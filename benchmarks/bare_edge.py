"""`python -m benchmarks.bare_edge --port 8082 --database FILE`: the least that an honest webhook can do, to compare
with: the same server and web library, one row written and synced to disk, 200. No signature, no order."""

from __future__ import annotations

import argparse
import asyncio
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def app(database: str) -> Starlette:
    kept = threading.local()
    threads = ThreadPoolExecutor(8)

    def connection() -> sqlite3.Connection:
        if not hasattr(kept, "db"):
            kept.db = sqlite3.connect(database, timeout=20)
            kept.db.execute("PRAGMA synchronous=FULL")
        return kept.db

    def write(body: bytes) -> None:
        with connection() as db:
            db.execute("INSERT INTO got (body) VALUES (?)", (body,))

    async def take(request: Request) -> Response:
        await asyncio.get_running_loop().run_in_executor(threads, write, await request.body())
        return PlainTextResponse("")

    async def healthz(request: Request) -> Response:
        return PlainTextResponse("ok")

    with sqlite3.connect(database) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE got (number INTEGER PRIMARY KEY, body BLOB)")
    return Starlette(
        routes=[
            Route("/healthz", healthz),
            *(Route(path, take, methods=["POST"]) for path in ("/sms/twilio", "/slack/events")),
        ]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--database", required=True)
    asked = parser.parse_args()
    uvicorn.run(
        app(asked.database), host="127.0.0.1", port=asked.port, http="h11", ws="none", access_log=False, log_config=None
    )


if __name__ == "__main__":
    main()
