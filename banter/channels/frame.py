"""What stands around every answer: security headers, the widget's cross-origin rules, and the last catch."""

from __future__ import annotations

import logging
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from banter.channels.errors import error_response, too_large, unexpected

log = logging.getLogger(__name__)

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OTHER_POLICY = "default-src 'none'; frame-ancestors 'none'"

_MOST_HEADERS = 32 * 1024  # bytes

#: What pages of other sites may read: the conversation, events told, the widget and its files. Never the leads.
_SHARED = ("/api/conversations", "/api/events", "/widget.js", "/widget/texts/", "/static/")


class Frame:
    """ASGI middleware. `origins`: web pages that may talk to the conversation API; none named means any may.

    Credentials are never allowed: the widget identifies itself by its token, not by a cookie. No route gets more of a
    body than `most_body` bytes: reading on raises Refused(413).
    """

    def __init__(self, app: ASGIApp, origins: Collection[str] = (), *, most_body: int = 64 * 1024) -> None:
        self._app = app
        self._most_body = most_body
        self._origins = frozenset(origin.rstrip("/") for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _MOST_HEADERS:
            # The server stops a head that grows; one that comes in a single piece gets past it.
            await error_response(431, "headers_too_large", "The headers are too large; send fewer or shorter ones.")(
                scope, receive, send
            )
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin") if scope["path"].startswith(_SHARED) else None
        started = False
        size = 0

        async def measured() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._most_body:
                raise too_large(self._most_body)
            return message

        async def framed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if message["status"] != 304:  # a browser writes its headers over those of the page that it has kept
                    self._add(MutableHeaders(raw=message.setdefault("headers", [])), scope, origin)
            await send(message)

        if origin and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await self._preflight(origin)(scope, receive, framed)
            return
        try:
            await self._app(scope, measured, framed)
        except ClientDisconnect:
            log.info("A client went away before its request had arrived")
        except Exception as error:
            response = unexpected(error)
            if started:
                raise  # half an answer is out: the server has to cut the connection, so that nobody takes it for whole
            await response(scope, receive, framed)

    def _allowed(self, origin: str) -> bool:
        return not self._origins or origin in self._origins

    def _preflight(self, origin: str) -> Response:
        if not self._allowed(origin):
            return error_response(
                403,
                "origin_not_allowed",
                "This page may not embed the chat; add its address to allowed_origins in playbook/conversation.yml.",
            )
        return Response(
            status_code=204,
            headers={
                "Access-Control-Allow-Methods": "GET, POST",
                "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
                "Access-Control-Max-Age": "600",
            },
        )

    def _add(self, headers: MutableHeaders, scope: Scope, origin: str | None) -> None:
        page = headers.get("content-type", "").startswith("text/html")
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "same-origin")
        policy = headers.setdefault("Content-Security-Policy", PAGE_POLICY if page else OTHER_POLICY)
        if page:
            if "frame-ancestors 'none'" in policy:  # the old header knows no list of pages
                headers.setdefault("X-Frame-Options", "DENY")
            headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        if scope["path"].startswith("/api/"):
            headers.setdefault("Cache-Control", "no-store")
        if scope["path"].startswith(_SHARED):
            if self._origins:
                headers.add_vary_header("Origin")
            if origin and self._allowed(origin):
                headers["Access-Control-Allow-Origin"] = origin if self._origins else "*"
                headers["Access-Control-Expose-Headers"] = "Retry-After"
