"""What every page of the team works with: who may see it, how it is written, and what is said when it cannot be."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from anyio import to_thread
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from banter.dashboard import reply
from banter.dashboard.login import STALE, TOO_LONG, read_form
from banter.dashboard.session import Sessions
from banter.leads.moments import Clock
from banter.leads.playbook import Playbook
from banter.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from banter.settings import Settings
    from banter.store.database import SqlStore

HEADERS = {
    "Cache-Control": "no-store",
    # Stricter than the site's own policy: these pages have no script, and what visitors wrote stands on them.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}


@dataclass(frozen=True)
class Desk:
    """What the pages work with. `now` is asked at each request."""

    store: SqlStore
    playbook: Playbook
    settings: Settings
    now: Callable[[], datetime]
    sessions: Sessions
    templates: Environment
    queued: Callable[[], None]

    def page(self, template: str, *, status: int = 200, session: str | None = None, **values: Any) -> HTMLResponse:
        """A page; `session` is who looks at it, None for a stranger."""
        text = self.templates.get_template(template).render(
            company=self.playbook.company,
            clock=self.clock(),
            csrf=self.sessions.csrf(session) if session else None,
            **values,
        )
        return HTMLResponse(text, status_code=status, headers=HEADERS)

    def clock(self) -> Clock:
        return Clock(self.playbook.company.timezone, self.now())

    def message(self, status: int, title: str, text: str, *, session: str | None = None) -> HTMLResponse:
        """A page that only says something."""
        return self.page("message.html", status=status, session=session, title=title, text=text, here=None)


View = Callable[[Desk, Request, str], Response]
Deed = Callable[[Desk, Request, str, dict[str, str]], Response]


def for_the_team(desk: Desk, view: View) -> Callable[[Request], Response]:
    """The view for those who are signed in; everybody else is sent to the login."""

    def endpoint(request: Request) -> Response:
        session = desk.sessions.read(request, "team", desk.now())
        if session is None:
            asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(f"/login?{urlencode({'next': asked})}", status_code=303, headers=HEADERS)
        try:
            return view(desk, request, session)
        except StoreUnavailable:
            return _one_moment(desk, "Please load this page again in a moment.", session)

    return endpoint


def done_by_the_team(desk: Desk, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    """What a form of ours does for those who are signed in."""

    async def endpoint(request: Request) -> Response:
        session = desk.sessions.read(request, "team", desk.now())
        if session is None:
            back = {"next": f"/leads/{request.path_params['id']}"}
            return RedirectResponse(f"/login?{urlencode(back)}", status_code=303, headers=HEADERS)
        form = await read_form(request, reply.MOST_BYTES)
        if form is None:
            return desk.message(413, "Nothing was done", TOO_LONG, session=session)
        if not desk.sessions.is_own_form(session, form.get("csrf", "")):
            return desk.message(403, "Nothing was done", STALE, session=session)
        try:
            return await to_thread.run_sync(deed, desk, request, session, form)
        except StoreUnavailable:
            return _one_moment(desk, "Nothing was done. Please go back, and send it again in a moment.", session)

    return endpoint


def _one_moment(desk: Desk, mend: str, session: str) -> Response:
    text = f"The database does not answer right now. {mend}"
    response = desk.message(503, "One moment, please", text, session=session)
    response.headers["Retry-After"] = "2"
    return response


def no_such_lead(desk: Desk, session: str) -> Response:
    text = "There is no lead at this address. The link may be cut off, or the lead was erased."
    return desk.message(404, "No such lead", text, session=session)
