"""The list of leads and the outbox, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timezone
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from banter.dashboard import listing, post, words
from banter.dashboard.desk import Desk
from banter.leads.model import Lead

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

LEADS_A_PAGE = 25
ITEMS_A_PAGE = 40
WAITING = 50  # who wait for a person are shown before all others, and seldom are so many
#: Beyond this somebody is probing, and databases refuse larger offsets.
_LAST_PAGE = 1_000_000


def leads(desk: Desk, request: Request, session: str) -> Response:
    asked = request.query_params
    now, zone = desk.now(), desk.playbook.company.timezone
    route = asked.get("route") if asked.get("route") in words.ROUTES else None
    flag = asked.get("flag") if asked.get("flag") in words.FLAGS else None
    since = _day(asked.get("since"))
    number = _number(asked.get("page"))
    start = None if since is None else _midnight(since, zone)

    def page(tx: SqlTransaction, at: int, size: int) -> Sequence[Lead]:
        return tx.leads.page(route=route, since=start, requalify=flag is not None, page=at, size=size)

    with desk.store.begin(readonly=True) as tx:
        found = page(tx, number, LEADS_A_PAGE)
        everybody = number == 1 and route is None and since is None and flag is None
        waiting = tx.leads.waiting(WAITING) if everybody else ()
        first = {lead.id for lead in waiting}
        shown = (*waiting, *(lead for lead in found if lead.id not in first))
        most = listing.most_by_rubric(tx, shown, desk.playbook)
        rows = [listing.row(tx, lead, most, now) for lead in shown]
        more = bool(page(tx, number * LEADS_A_PAGE + 1, 1))

    def link(**changes: Any) -> str:
        return _link("/leads", {"route": route, "flag": flag, "since": since, **changes})

    return desk.page(
        "leads.html",
        session=session,
        here="leads",
        rows=rows,
        waiting=len(waiting),
        route=route,
        flag=flag,
        since=since.isoformat() if since else "",
        link=link,
        number=number,
        newer=link(page=number - 1 if number > 2 else None) if number > 1 else None,
        older=link(page=number + 1) if more else None,
    )


def outbox(desk: Desk, request: Request, session: str) -> Response:
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
