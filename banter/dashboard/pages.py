"""What the sales team and the owner see: the leads, each with a reason for every point, and the outbox.

Every page but the login asks for a session; none needs a script.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from zoneinfo import ZoneInfo

from anyio import to_thread
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from banter.dashboard import listing, overruling, post, reply, story, taking, words
from banter.dashboard.login import STALE, TOO_LONG, Door, read_form
from banter.dashboard.session import Brake, Sessions, sessions_from
from banter.leads import moments, telling
from banter.leads.behaviour import behaviour
from banter.leads.model import Lead
from banter.leads.moments import Clock
from banter.leads.playbook import Playbook
from banter.overriding import override
from banter.slack.outgoing import SlackPost
from banter.slack.words import WORDS
from banter.store.errors import StoreUnavailable

if TYPE_CHECKING:
    from banter.settings import Settings
    from banter.store.database import SqlStore, SqlTransaction

HERE = Path(__file__).parent
HEADERS = {
    "Cache-Control": "no-store",
    # Stricter than the site's own policy: these pages have no script, and what visitors wrote stands on them.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Robots-Tag": "noindex",
}
LEADS_A_PAGE = 25
ITEMS_A_PAGE = 40
WAITING = 50  # who wait for a person are shown before all others, and seldom are so many
#: Beyond this somebody is probing, and databases refuse larger offsets.
_LAST_PAGE = 1_000_000


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


def routes(
    *,
    store: SqlStore,
    playbook: Playbook,
    settings: Settings,
    now: Callable[[], datetime],
    queued: Callable[[], None] = lambda: None,
) -> list[BaseRoute]:
    """`/login`, `/logout`, `/leads`, `/leads/{id}` and its forms, `/outbox`, and the style sheet. `now` is aware;
    `queued` is called when there is something that has to go out at once."""
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(words=words, iso=moments.iso)
    desk = Desk(store, playbook, settings, now, sessions_from(settings), templates, queued)
    door = Door(desk.sessions, Brake(), settings, now, desk.page, desk.message, RedirectResponse)

    def style(request: Request) -> Response:
        return FileResponse(
            HERE / "static" / "banter.css", media_type="text/css", headers={"Cache-Control": "no-cache"}
        )

    return [
        Route("/login", door.show, methods=["GET"]),
        Route("/login", door.enter, methods=["POST"]),
        Route("/logout", door.leave, methods=["POST"]),
        Route("/leads/banter.css", style, methods=["GET"]),
        Route("/leads", _for_the_team(desk, _leads), methods=["GET"]),
        Route("/leads/{id}", _for_the_team(desk, _lead), methods=["GET"]),
        Route("/leads/{id}/take", _done_by_the_team(desk, _take), methods=["POST"]),
        Route("/leads/{id}/override", _done_by_the_team(desk, _override), methods=["POST"]),
        Route("/leads/{id}/messages", _done_by_the_team(desk, _write), methods=["POST"]),
        Route("/leads/{id}/hand-back", _done_by_the_team(desk, _hand_back), methods=["POST"]),
        Route("/leads/{id}/close", _done_by_the_team(desk, _close), methods=["POST"]),
        Route("/outbox", _for_the_team(desk, _outbox), methods=["GET"]),
    ]


def _for_the_team(desk: Desk, view: View) -> Callable[[Request], Response]:
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


def _done_by_the_team(desk: Desk, deed: Deed) -> Callable[[Request], Awaitable[Response]]:
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


def _leads(desk: Desk, request: Request, session: str) -> Response:
    asked = request.query_params
    now, zone = desk.now(), desk.playbook.company.timezone
    route = asked.get("route") if asked.get("route") in words.ROUTES else None
    since = _day(asked.get("since"))
    number = _number(asked.get("page"))
    start = None if since is None else _midnight(since, zone)

    def page(tx: SqlTransaction, at: int, size: int) -> Sequence[Lead]:
        return tx.leads.page(route=route, since=start, page=at, size=size)

    with desk.store.begin(readonly=True) as tx:
        found = page(tx, number, LEADS_A_PAGE)
        waiting = tx.leads.waiting(WAITING) if number == 1 and route is None and since is None else ()
        first = {lead.id for lead in waiting}
        shown = (*waiting, *(lead for lead in found if lead.id not in first))
        rows = [listing.row(tx, lead, desk.playbook, now) for lead in shown]
        more = bool(page(tx, number * LEADS_A_PAGE + 1, 1))

    def link(**changes: Any) -> str:
        return _link("/leads", {"route": route, "since": since, **changes})

    return desk.page(
        "leads.html",
        session=session,
        here="leads",
        rows=rows,
        waiting=len(waiting),
        rubric=desk.playbook.rubric,
        route=route,
        since=since.isoformat() if since else "",
        link=link,
        number=number,
        newer=link(page=number - 1 if number > 2 else None) if number > 1 else None,
        older=link(page=number + 1) if more else None,
    )


def _lead(
    desk: Desk,
    request: Request,
    session: str,
    draft: reply.Draft | None = None,
    choice: taking.Choice | None = None,
    wish: overruling.Wish | None = None,
) -> Response:
    """The lead's page; `draft`, `choice` and `wish` are forms that could not be carried out."""
    lead_id = request.path_params["id"]
    with desk.store.begin(readonly=True) as tx:
        lead = tx.leads.get(lead_id) if lead_id.isprintable() else None
        if lead is None:
            return _no_such_lead(desk, session)
        if lead.id != lead_id:  # it was joined into that one
            return RedirectResponse(f"/leads/{quote(lead.id)}", status_code=303, headers=HEADERS)
        booking = tx.calendar.of_lead(lead.id)
        items = tx.outbox.of_lead(lead.id)
        channels = dict(tx.leads.conversations(lead.id))
        messages = story.together([tx.transcript.of_conversation(each) for each in channels])
        disposition = tx.dispositions.of_lead(lead.id)
        overrides = tx.overrides.all_of(lead.id)
        coming = listing.what_is_next(tx, lead, desk.now())
        seen = [one for each in channels for one in tx.behaviour.of_conversation(each)]
        perhaps = story.perhaps(tx, lead)
        stopped = reply.stopped(tx, lead, desk.settings.secret)
    rubric = story.rubric_of(lead, desk.playbook)
    said, anchors = story.transcript(lead, messages, rubric.framework, channels)
    mails_go, widget = desk.settings.smtp is not None, desk.playbook.channels.widget
    return desk.page(
        "lead.html",
        status=200 if draft is None and choice is None and wish is None else 422,
        session=session,
        here="lead",
        lead=lead,
        who=listing.who(lead),
        coming=coming,
        card=story.card(lead, rubric, anchors),
        told=telling.told(lead.facts),
        behaviour=behaviour(seen, widget.pricing, widget.demo, lead.demo),
        said=said,
        perhaps=perhaps,
        channels=[words.CHANNELS.get(each, each) for each in dict.fromkeys(channels.values())],
        booking=booking,
        disposition=disposition,
        reason=WORDS.reasons.get(disposition.reason or "") if disposition else None,
        taken_after=taking.after(disposition, items),
        people=taking.people(desk.playbook),
        overrides=overrides,
        overridden=overrides[-1] if overrides and overrides[-1].route else None,
        wish=wish or overruling.empty(desk.playbook),
        choice=choice or taking.empty(desk.playbook),
        slack=WORDS,
        rep=story.rep_name(booking, desk.playbook) if booking else None,
        their_clock=Clock(_zone(lead.timezone, desk.playbook), desk.now()),
        steps=story.nurture_steps(items),
        opted_out=story.opted_out(items),
        alerts=[post.letter(item) for item in items if post.is_told(item)],
        mails_go=mails_go,
        mailto=story.mailto,
        draft=draft or reply.new_draft(),
        stopped=stopped,
        cannot_write=reply.cannot_write(lead, stopped, desk.clock()),
        handed_back=reply.is_handed_back(items),
        most=reply.MOST,
    )


def _no_such_lead(desk: Desk, session: str) -> Response:
    text = "There is no lead at this address. The link may be cut off, or the lead was erased."
    return desk.message(404, "No such lead", text, session=session)


def _take(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    choice = taking.read_choice(form, desk.playbook)
    if choice.problem is not None:
        return _lead(desk, request, session, choice=choice)
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return _no_such_lead(desk, session)
        slack = SlackPost(tx, desk.playbook, desk.settings.public_url, desk.now())
        why_not = taking.A_TEST if lead.test else taking.take(tx, lead, choice, slack)
    if why_not is not None:
        return desk.message(409, "Nothing was changed", why_not, session=session)
    desk.queued()
    return _back_to(lead, "taken")


def _override(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    wish = overruling.read_wish(form, desk.playbook)
    if wish.problem is not None:
        return _lead(desk, request, session, wish=wish)
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return _no_such_lead(desk, session)
        why_not = override(tx, overruling.wanted(lead, wish, desk.playbook, desk.now()))
    if why_not is not None:
        return desk.message(409, "Nothing was changed", why_not, session=session)
    return _back_to(lead, "override")


def _write(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    draft = reply.read_draft(form)
    if draft.problem is not None:
        return _lead(desk, request, session, draft)
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return _no_such_lead(desk, session)
        why_not = reply.cannot_write(lead, reply.stopped(tx, lead, desk.settings.secret), desk.clock())
        if why_not is None:
            reply.write(tx, lead, draft, desk.now())
    if why_not is not None:
        return desk.message(409, "Nothing was sent", why_not, session=session)
    desk.queued()
    return _back_to(lead)


def _hand_back(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    return _changed(desk, request, session, reply.hand_back)


def _close(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    return _changed(desk, request, session, reply.close)


def _changed(
    desk: Desk, request: Request, session: str, change: Callable[[SqlTransaction, Lead, datetime], None]
) -> Response:
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return _no_such_lead(desk, session)
        change(tx, lead, desk.now())
    desk.queued()
    return _back_to(lead)


def _back_to(lead: Lead, part: str = "write") -> Response:
    return RedirectResponse(f"/leads/{quote(lead.id)}#{part}", status_code=303, headers=HEADERS)


def _outbox(desk: Desk, request: Request, session: str) -> Response:
    asked = request.query_params
    status = asked.get("status") if asked.get("status") in words.OUTBOX else None
    number = _number(asked.get("page"))
    with desk.store.begin(readonly=True) as tx:
        items, more = post.page(tx, number=number, size=ITEMS_A_PAGE, status=status)
    mails_go = desk.settings.smtp is not None

    def link(**changes: Any) -> str:
        return _link("/outbox", {"status": status, **changes})

    return desk.page(
        "outbox.html",
        session=session,
        here="outbox",
        letters=[post.letter(item) for item in items],
        mails_go=mails_go,
        chosen=status,
        link=link,
        number=number,
        newer=link(page=number - 1 if number > 2 else None) if number > 1 else None,
        older=link(page=number + 1) if more else None,
    )


def _link(path: str, values: dict[str, Any]) -> str:
    query = urlencode({name: value for name, value in values.items() if value is not None})
    return f"{path}?{query}" if query else path


def _number(text: str | None) -> int:
    if text is None or not text.isascii() or not text.isdecimal() or len(text) > 9:
        return 1
    return min(max(int(text), 1), _LAST_PAGE)


def _day(text: str | None) -> date | None:
    """2026-11-21, or None: a filter that cannot be read filters nothing, and the page shows that it is empty."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9000 else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(timezone.utc)


def _zone(name: str, playbook: Playbook) -> ZoneInfo:
    """A lead keeps the zone of its browser; one that this machine does not know (any more) counts as the company's."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        return playbook.company.timezone
