"""`POST /api/events`: what a visitor did, told by the owner's pages and systems. `docs/events.md` explains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from banter.channels.body import read_object, short_text, some
from banter.channels.core import Core
from banter.channels.errors import Refused, invalid
from banter.channels.leads_api import is_administrator
from banter.channels.limits import Buckets, client_address, take_or_refuse
from banter.channels.tokens import conversation_of
from banter.leads.behaviour import sightings
from banter.leads.reporting import Wrong, reported
from banter.noticing import Kept, Noticing

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

_LONGEST = 200  # characters of an id
_HEADERS = {"WWW-Authenticate": "Bearer"}


@dataclass(frozen=True)
class _Whose:
    """A conversation by a visitor's id, else a lead by its own."""

    conversation: str | None = None
    lead: str | None = None


def event_routes(core: Core, noticing: Noticing) -> list[Route]:
    """`POST /api/events`."""
    limits = core.limits
    of_address = Buckets(limits.address, core.clock, most=limits.counted)
    of_visitor = Buckets(limits.conversation, core.clock, most=limits.counted)

    async def tell(request: Request) -> Response:
        by_owner = False
        try:
            by_owner = is_administrator(core, request)
        finally:
            if not by_owner:  # so that who guesses tokens is held up, too
                take_or_refuse(of_address, client_address(request, core.settings.trusted_proxies))
        data = await read_object(request, limits)
        whose = _whose(data, core.settings.secret, by_owner)
        if whose.conversation is not None and not by_owner:
            take_or_refuse(of_visitor, whose.conversation)
        now = core.now()
        try:
            # What the widget tells, here as with messages, is measured and never refused: it could not mend it.
            if "seen" in data and "events" not in data:
                seen = sightings(some(data, "seen"), now)
            else:
                seen = reported(some(data, "events"), now, by_owner=by_owner)
        except Wrong as wrong:
            raise _refused(wrong) from None

        def keep(transaction: SqlTransaction) -> Kept:
            conversation = whose.conversation or transaction.leads.home(whose.lead or "")
            return "unknown" if conversation is None else noticing.notice(transaction, conversation, seen, now)

        kept = await core.in_transaction(keep)
        if kept == "unknown":
            raise Refused(404, "not_found", "There is no such visitor or lead any more.")
        if kept == "no_consent":
            raise Refused(
                403,
                "consent_required",
                "This visitor was to agree first that what they look at is kept, and has not; nothing was stored.",
            )
        core.queued()
        return JSONResponse({"kept": kept})

    return [Route("/api/events", tell, methods=["POST"])]


def _whose(data: Mapping[str, Any], secret: str, by_owner: bool) -> _Whose:
    """Raises Refused: 401 for an id that we have not signed, or a lead's without the administrator's token."""
    if "visitor" not in data and "lead" in data:
        lead = short_text(data, "lead", _LONGEST)
        if not by_owner:
            raise _for_owners("lead: is told of by your own systems alone")
        return _Whose(lead=lead)
    visitor = short_text(data, "visitor", _LONGEST)
    conversation = conversation_of(visitor, secret)
    if conversation is None:
        raise Refused(
            401,
            "unauthorized",
            "visitor: is no id of ours; send the one that POST /api/conversations answers, as it is.",
            field="visitor",
            headers=_HEADERS,
        )
    return _Whose(conversation)


def _refused(wrong: Wrong) -> Refused:
    return _for_owners(f"{wrong.where}: {wrong.message}") if wrong.owners else invalid(wrong.where, wrong.message)


def _for_owners(what: str) -> Refused:
    text = f"{what}: send the administrator's token with it, Authorization: Bearer and BANTER_ADMIN_TOKEN."
    return Refused(401, "unauthorized", text, field=what.partition(":")[0], headers=_HEADERS)
