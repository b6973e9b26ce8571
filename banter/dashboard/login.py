"""The way in and out: one field, the administrator's token."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from banter.dashboard.session import Brake, Sessions, client_address, same

if TYPE_CHECKING:
    from banter.settings import Settings

HOME = "/leads"
_MOST_BYTES = 4096
#: Pages of ours alone: an address that somebody else put into a link leads nowhere else.
_LOCAL = re.compile(r"/(leads|outbox)(/[A-Za-z0-9_.~-]*)?(\?[A-Za-z0-9_.~%&=+-]*)?")

WRONG = "That is not the token. Nothing was opened."
FOREIGN = (
    "Your browser did not send this page's cookie along. Please allow cookies for this address, and try once more. "
    "If the site is reached by https, open it by https."
)
STALE = "This form was from an older session, so nothing was done. Please go back and load the page again."
TOO_LONG = "That is more than this form sends. Nothing was done."


@dataclass(frozen=True)
class Door:
    """The endpoints. `page` and `message` write pages, `redirect` is a response that leads on."""

    sessions: Sessions
    brake: Brake
    settings: Settings
    now: Callable[[], datetime]
    page: Callable[..., Response]
    message: Callable[..., Response]
    redirect: Callable[..., Response]

    async def show(self, request: Request) -> Response:
        onward = local(request.query_params.get("next"))
        if self.sessions.read(request, "team", self.now()):
            return self._to(onward)
        if request.headers.get("sec-fetch-site") == "cross-site":
            # Somebody followed a link in a mail: browsers hold a strict cookie back then. From this page, which is
            # ours, it comes along, and who is signed in never sees the login.
            return self.page("onward.html", here="login", onward=onward)
        return self._form(request, onward)

    async def enter(self, request: Request) -> Response:
        form = await read_form(request)
        if form is None:
            return self.message(413, "Nothing was done", TOO_LONG)
        onward, now = local(form.get("next")), self.now()
        guest = self.sessions.read(request, "guest", now)
        if guest is None or not self.sessions.is_own_form(guest, form.get("csrf", "")):
            return self._form(request, onward, problem=FOREIGN, status=403)
        address = client_address(request, self.settings.trusted_proxies)
        wait = self.brake.take(address, now)
        if wait:
            response = self._form(request, onward, problem=_too_often(wait), status=429)
            response.headers["Retry-After"] = str(math.ceil(wait))
            return response
        if not same(form.get("token", "").strip(), self.settings.admin_token):
            return self._form(request, onward, problem=WRONG, status=403)
        self.brake.forgive(address)
        response = self._to(onward)
        self.sessions.give(response, "team", self.sessions.make("team", now))
        self.sessions.take(response, "guest")
        return response

    async def leave(self, request: Request) -> Response:
        session = self.sessions.read(request, "team", self.now())
        if session is None:
            return self._to("/login")
        form = await read_form(request)
        if form is None or not self.sessions.is_own_form(session, form.get("csrf", "")):
            return self.message(403, "Nothing was done", STALE, session=session)
        response = self._to("/login")
        self.sessions.take(response, "team")
        return response

    def _form(self, request: Request, onward: str, *, problem: str | None = None, status: int = 200) -> Response:
        guest = self.sessions.read(request, "guest", self.now()) or self.sessions.make("guest", self.now())
        response = self.page(
            "login.html",
            status=status,
            here="login",
            form_csrf=self.sessions.csrf(guest),
            onward=onward,
            problem=problem,
        )
        self.sessions.give(response, "guest", guest)
        return response

    def _to(self, path: str) -> Response:
        return self.redirect(path, status_code=303, headers={"Cache-Control": "no-store"})


def local(path: str | None) -> str:
    """`path` when it is one of these pages, else the list of leads."""
    return path if path is not None and _LOCAL.fullmatch(path) else HOME


async def read_form(request: Request, most: int = _MOST_BYTES) -> dict[str, str] | None:
    """The fields of a form of at most so many bytes; None when it is too big to be one of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    fields: dict[str, Any] = parse_qs(body.decode("utf-8", "replace"), max_num_fields=None)
    return {name: values[-1] for name, values in fields.items()}


def _too_often(wait: float) -> str:
    if wait <= 90:
        return f"Too many tries. Please wait {math.ceil(wait)} seconds, then try again."
    return f"Too many tries. Please wait {math.ceil(wait / 60)} minutes, then try again."
