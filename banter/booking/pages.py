"""The page behind the link in an invitation: the call, other times for it, and a way to cancel it. No JavaScript.

Whoever knows the booking's key may use it; the key is long and random. A form that another website makes a browser
send is refused all the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from banter import linked_pages
from banter.booking import book, words
from banter.booking.invitation import sender
from banter.leads.model import Lead, Slot
from banter.leads.playbook import Playbook
from banter.leads.ports import SlotTaken, Store, Transaction

HERE = Path(__file__).parent
MOST_BYTES = 4096  # of a form that holds two short fields
DAYS_AT_ONCE = 3  # the days after these are behind "More days"
#: Not "no-referrer": with that a browser sends `Origin: null` along with our own form, whose origin is looked at here.
HEADERS = {**linked_pages.HEADERS, "Referrer-Policy": "same-origin"}
TAKEN = "Somebody else was faster: that time has just gone. Your call is still where it was. Please pick another time."
PICK = "Please pick one of the times first."
FOREIGN = (
    "This came from another website, so nothing was changed. Please open the link in your invitation and try there."
)


#: Keeps a turn of this conversation from running meanwhile: where several write at once, each saves the whole lead.
Lock = Callable[[Any, str], object]
#: Told, in the transaction, whose call was moved or cancelled, and when that was.
Changed = Callable[[Any, Lead, datetime], object]


@dataclass(frozen=True)
class Desk:
    """What the pages work with. `now` is asked at each request."""

    store: Store
    playbook: Playbook
    public_url: str
    now: Callable[[], datetime]
    lock: Lock
    templates: Environment
    changed: Changed
    queued: Callable[[], object]
    secret: str | None = field(default=None, repr=False)  # signs the link to the conversation, in mails


def routes(
    *,
    store: Store,
    playbook: Playbook,
    settings_public_url: str,
    now: Callable[[], datetime],
    lock: Lock = lambda tx, conversation: None,
    changed: Changed = lambda tx, lead, now: None,
    queued: Callable[[], object] = lambda: None,
    secret: str | None = None,
) -> list[Route]:
    """`GET` and `POST /booking/{key}`, and the style sheet.

    `lock(tx, conversation)` is called before a change, e.g. `lambda tx, c: tx.conversations.lock(c)`; a store that lets
    one transaction write at a time needs none. `changed` is told of each change; `queued` is called when
    something has to go out at once.
    """
    templates = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    desk = Desk(store, playbook, settings_public_url.rstrip("/"), now, lock, templates, changed, queued, secret)

    def show(request: Request) -> Response:
        return _show(desk, request.path_params["key"], done=request.query_params.get("done"))

    async def act(request: Request) -> Response:
        return await _act(desk, request)

    return [
        linked_pages.sheet("/booking/style.css"),
        Route("/booking/{key}", show, methods=["GET"]),
        Route("/booking/{key}", act, methods=["POST"]),
    ]


def _show(desk: Desk, key: str, *, done: str | None = None, problem: str | None = None, status: int = 200) -> Response:
    now = desk.now()
    with desk.store.begin() as tx:
        booking = tx.calendar.by_key(key)
        lead = tx.leads.get(booking.lead) if booking is not None else None
        if booking is None or lead is None or booking.status == "held":
            return _page(desk, 404, state="unknown")
        state = "cancelled" if booking.status == "cancelled" else "over" if booking.starts_at <= now else "booked"
        times = book.times_to_move(tx, desk.playbook, booking, lead, now) if state == "booked" else ()
    zone = ZoneInfo(lead.timezone)
    locale = desk.playbook.company.locale
    days = [
        (words.say_day(day, today=now.astimezone(zone).date(), locale=locale), [_choice(slot, zone) for slot in slots])
        for day, slots in groupby(times, key=lambda slot: slot.starts_at.astimezone(zone).date())
    ]
    return _page(
        desk,
        status,
        state=state,
        key=key,
        when=words.say_moment(booking.starts_at, now=now, timezone=zone, locale=locale),
        length=words.minutes(booking.ends_at - booking.starts_at, locale),
        rep=book.rep_of(desk.playbook, booking.rep).name,
        lead=lead,
        zone=zone.key.replace("_", " "),
        days=days[:DAYS_AT_ONCE],
        more_days=days[DAYS_AT_ONCE:],
        done=done if (done, state) in (("moved", "booked"), ("cancelled", "cancelled")) else None,
        problem=problem,
    )


async def _act(desk: Desk, request: Request) -> Response:
    key = request.path_params["key"]
    if not from_here(request, desk.public_url):
        return _page(desk, 403, state="foreign", problem=FOREIGN)
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return _page(desk, 413, state="foreign", problem="That is more than this form sends. Nothing was changed.")
    form = {name: values[-1] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
    return await run_in_threadpool(_carry_out, desk, key, form)


def _carry_out(desk: Desk, key: str, form: dict[str, str]) -> Response:
    now = desk.now()
    try:
        with desk.store.begin() as tx:
            desk.lock(tx, book.call_of(tx, key, now)[1].conversation)
            if form.get("action") == "cancel":
                booking = book.cancel(tx, desk.playbook, key, now, desk.public_url, secret=desk.secret)
                done = "cancelled"
            elif form.get("action") == "move" and form.get("time"):
                slot = _slot(tx, desk, key, form["time"], now)
                booking = book.reschedule(tx, desk.playbook, key, slot, now, desk.public_url, secret=desk.secret)
                done = "moved"
            else:
                done = ""
            lead = tx.leads.get(booking.lead) if done else None
            if lead is not None:
                desk.changed(tx, lead, now)
    except SlotTaken:
        return _show(desk, key, problem=TAKEN, status=409)
    except book.NoCall as error:
        return _show(desk, key, problem=f"{error} Nothing was changed.", status=409)
    if not done:
        return _show(desk, key, problem=PICK, status=422)
    desk.queued()
    return RedirectResponse(f"/booking/{key}?done={done}", status_code=303, headers=HEADERS)


def _slot(tx: Transaction, desk: Desk, key: str, time: str, now: datetime) -> Slot:
    """The free slot that the form names, or the booking's own. Raises SlotTaken when it is not free (any more)."""
    booking, lead = book.call_of(tx, key, now)
    own = Slot(booking.starts_at, booking.ends_at, booking.rep)
    free = (own, *book.times_to_move(tx, desk.playbook, booking, lead, now))
    for slot in free:
        if _value(slot) == time:
            return slot
    raise SlotTaken(time)


def _choice(slot: Slot, zone: ZoneInfo) -> tuple[str, str]:
    """A radio button's value and label; an hour that the clock shows twice is told apart by its zone."""
    local = slot.starts_at.astimezone(zone)
    doubled = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return _value(slot), f"{local:%H:%M %Z}" if doubled else f"{local:%H:%M}"


def _value(slot: Slot) -> str:
    return slot.starts_at.strftime("%Y-%m-%dT%H:%MZ")


def from_here(request: Request, public_url: str) -> bool:
    """Whether this form is our own page's, as the browser says. A program that says nothing has the key: enough."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc in (urlsplit(public_url).netloc, request.headers.get("host")) and origin != "null"


def _page(desk: Desk, status: int, *, state: str, **values: object) -> Response:
    page = desk.templates.get_template("booking.html")
    company = desk.playbook.company
    known = {"company": company, "sender": sender(company), "language": company.locale.split("-")[0]}
    text = page.render(state=state, home=f"{desk.public_url}/", **known, **values)
    return HTMLResponse(text, status_code=status, headers=HEADERS)
