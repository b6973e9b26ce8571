"""What the forms on a lead's page do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from banter.dashboard import overruling, reply, taking
from banter.dashboard.desk import HEADERS, Desk, no_such_lead
from banter.dashboard.one_lead import one_lead
from banter.leads.model import Lead
from banter.overriding import override
from banter.slack.outgoing import SlackPost

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


def take(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    choice = taking.read_choice(form, desk.playbook)
    if choice.problem is not None:
        return one_lead(desk, request, session, choice=choice)
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return no_such_lead(desk, session)
        slack = SlackPost(tx, desk.playbook, desk.settings.public_url, desk.now())
        why_not = taking.A_TEST if lead.test else taking.take(tx, lead, choice, slack)
    if why_not is not None:
        return desk.message(409, "Nothing was changed", why_not, session=session)
    desk.queued()
    return _back_to(lead, "taken")


def overrule(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    wish = overruling.read_wish(form, desk.playbook)
    if wish.problem is not None:
        return one_lead(desk, request, session, wish=wish)
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return no_such_lead(desk, session)
        why_not = override(tx, overruling.wanted(lead, wish, desk.playbook, desk.now()))
    if why_not is not None:
        return desk.message(409, "Nothing was changed", why_not, session=session)
    return _back_to(lead, "override")


def write(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    draft = reply.read_draft(form)
    if draft.problem is not None:
        return one_lead(desk, request, session, draft)
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return no_such_lead(desk, session)
        why_not = reply.cannot_write(lead, reply.stopped(tx, lead, desk.settings.secret), desk.clock())
        if why_not is None:
            reply.write(tx, lead, draft, desk.now())
    if why_not is not None:
        return desk.message(409, "Nothing was sent", why_not, session=session)
    desk.queued()
    return _back_to(lead)


def hand_back(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    return _changed(desk, request, session, reply.hand_back)


def close(desk: Desk, request: Request, session: str, form: dict[str, str]) -> Response:
    return _changed(desk, request, session, reply.close)


def _changed(
    desk: Desk, request: Request, session: str, change: Callable[[SqlTransaction, Lead, datetime], None]
) -> Response:
    with desk.store.begin() as tx:
        lead = reply.held(tx, request.path_params["id"])
        if lead is None:
            return no_such_lead(desk, session)
        change(tx, lead, desk.now())
    desk.queued()
    return _back_to(lead)


def _back_to(lead: Lead, part: str = "write") -> Response:
    return RedirectResponse(f"/leads/{quote(lead.id)}#{part}", status_code=303, headers=HEADERS)
