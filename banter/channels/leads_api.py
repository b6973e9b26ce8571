"""`/api/leads`: what Banter knows about a lead, for programs of the owner. `/api/openapi.json` describes the shapes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from banter.channels.core import Core
from banter.channels.errors import Refused, invalid
from banter.channels.explanation_json import explanation_json
from banter.channels.tokens import bearer, same, visitor_of
from banter.channels.verdict_json import verdict_json
from banter.explaining.explanation import Explanation
from banter.explaining.stored import explained
from banter.leads.behaviour import Seen, demos
from banter.leads.facts import Facts
from banter.leads.known import IMPORTED
from banter.leads.model import Booking, Disposition, Lead, OutboxItem
from banter.leads.override import Override
from scoring.model import Answer, Money, RouteName, Timing

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

ROUTES: tuple[str, ...] = get_args(RouteName)
#: Flags of a verdict that can be asked for.
FLAGS = ("requalify",)
#: Beyond this many pages of 50 somebody is probing, and databases refuse larger offsets.
_LAST_PAGE = 1_000_000


def lead_routes(core: Core) -> list[Route]:
    """`GET /api/leads` and `GET /api/leads/{id}`, for holders of the administrator's token."""
    reps = {rep.key: rep.name for rep in core.playbook.team.reps}

    async def leads(request: Request) -> Response:
        _admin_only(core, request)
        asked = request.query_params
        page = _page(asked.get("page"))
        since = _since(asked.get("since"))
        requalify = _flag(asked.get("flag")) is not None
        route = _route(asked.get("route"))
        conversation = _plain("conversation", asked.get("conversation"))

        def read(transaction: SqlTransaction) -> list[dict[str, Any]]:
            found = transaction.leads.page(
                conversation=conversation, route=route, since=since, requalify=requalify, page=page
            )
            return [_whole(transaction, lead, core, reps) for lead in found]

        return JSONResponse({"leads": await core.read(read), "page": page})

    async def one_lead(request: Request) -> Response:
        _admin_only(core, request)
        lead_id = _plain("id", request.path_params["id"]) or ""

        def read(transaction: SqlTransaction) -> dict[str, Any] | None:
            lead = transaction.leads.get(lead_id)
            return None if lead is None else _whole(transaction, lead, core, reps)

        found = await core.read(read)
        if found is None:
            raise Refused(404, "not_found", "There is no lead with this id; GET /api/leads lists them.")
        return JSONResponse(found)

    return [Route("/api/leads", leads), Route("/api/leads/{id}", one_lead)]


def lead_json(
    lead: Lead,
    booking: Booking | None,
    outbox_items: Sequence[OutboxItem],
    *,
    reps: Mapping[str, str] | None = None,
    disposition: Disposition | None = None,
    override: Override | None = None,
    seen: Sequence[Seen] = (),
    conversations: Sequence[tuple[str, str]] = (),
    demo: Sequence[str] = (),
    explanation: Explanation | None = None,
    visitor: str | None = None,
) -> dict[str, Any]:
    """A lead as `/api/leads` shows it. `reps` gives names by key; a rep who has left the team is shown by key.
    `conversations` are all of the lead's, each with its channel; none: only the one that it names.
    `demo` are the paths of pages that only who asks for a demo comes to.
    `explanation` says in words what points and route come from; `visitor` is the id to tell events by."""
    contact, asked = lead.contact, next(iter(demos(seen, demo, lead.demo)), None)
    return {
        "id": lead.id,
        "visitor": visitor,
        "conversation": lead.conversation,
        "channel": lead.channel,
        "conversations": [
            {"conversation": conversation, "channel": channel}
            for conversation, channel in conversations or [(lead.conversation, lead.channel)]
        ],
        "joined": [
            {
                "lead": one.lead,
                "conversation": one.conversation,
                "channel": one.channel,
                "at": iso(one.at),
                "by": one.by,
                "email": one.email,
                "phone": one.phone,
            }
            for one in lead.joined
        ],
        "status": lead.status,
        "awaiting": lead.awaiting,
        "opener": lead.opener,
        "timezone": lead.timezone,
        "created_at": iso(lead.created_at),
        "updated_at": iso(lead.changed_at),
        "contact": {"name": contact.name, "email": contact.email, "phone": contact.phone, "company": contact.company},
        "answers": {dimension: _answer(answer) for dimension, answer in lead.answers.items()},
        "facts": _facts(lead.facts),
        "imported": _facts(lead.imported, IMPORTED),
        "score": None if lead.score is None else _score(lead),
        "route": None
        if lead.route is None
        else {"name": lead.route.name, "reasons": list(lead.route.reasons), "final": lead.route.final},
        "verdict": verdict_json(lead, explanation),
        "explanation": None if explanation is None else explanation_json(explanation),
        "booking": None
        if booking is None
        else {
            "starts_at": iso(booking.starts_at),
            "ends_at": iso(booking.ends_at),
            "rep": (reps or {}).get(booking.rep, booking.rep),
            "status": booking.status,
        },
        "nurture": _nurture(outbox_items),
        "disposition": None
        if disposition is None
        else {
            "status": disposition.status,
            "by": disposition.name or disposition.by,
            "at": iso(disposition.at),
            "reason": disposition.reason,
        },
        "demo": None if asked is None else {"at": iso(asked.at), "page": asked.page, "words": asked.words},
        "override": None
        if override is None
        else {
            "route": override.route,
            "reason": override.reason,
            "by": override.name or override.by,
            "at": iso(override.at),
        },
        "opted_out": None if lead.opted_out is None else {"at": iso(lead.opted_out.at), "words": lead.opted_out.words},
        "behaviour": [
            {
                "kind": one.kind,
                "page": one.page or None,
                "at": iso(one.at),
                "referrer": one.referrer,
                "campaign": dict(one.campaign),
                "name": one.name,
            }
            for one in seen
        ],
    }


def iso(moment: datetime) -> str:
    """ISO 8601 in UTC with a Z; whole seconds are written without a fraction."""
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")


def _whole(transaction: SqlTransaction, lead: Lead, core: Core, reps: Mapping[str, str]) -> dict[str, Any]:
    playbook = core.playbook
    conversations = transaction.leads.conversations(lead.id)
    return lead_json(
        lead,
        transaction.calendar.of_lead(lead.id),
        transaction.outbox.of_lead(lead.id),
        reps=reps,
        disposition=transaction.dispositions.of_lead(lead.id),
        override=transaction.overrides.of_lead(lead.id),
        seen=transaction.behaviour.of_lead(lead.id),
        conversations=conversations,
        demo=playbook.channels.widget.demo,
        explanation=explained(transaction, lead, playbook),
        visitor=visitor_of(lead.conversation, core.settings.secret),
    )


def _score(lead: Lead) -> dict[str, Any]:
    assert lead.score is not None
    lines = [
        {
            "rule": line.rule,
            "points": line.points,
            "evidence": list(line.evidence),
            "source": line.source,
            "at": line.at.isoformat() if line.at else None,
        }
        for line in lead.score.lines
    ]
    return {
        "total": lead.score.total,
        "rubric": lead.score.rubric,
        "lines": lines,
        "missing": list(lead.score.missing),
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "band": answer.band,
        "specificity": answer.specificity,
        "commitment": answer.commitment,
        "text": answer.text,
        "evidence": [{"text": e.text, "start": e.start, "end": e.end, "kind": e.kind} for e in answer.evidence],
        "value": _value(answer.value),
    }


def _value(value: Money | Timing | None) -> dict[str, Any] | None:
    if isinstance(value, Money):
        return {
            "min": _figure(value.min),
            "max": _figure(value.max),
            "currency": value.currency,
            "period": value.period,
        }
    if isinstance(value, Timing):
        return {"days_max": value.days_max, "last_day": value.last_day.isoformat() if value.last_day else None}
    return None


def _facts(facts: Facts, source: str = "") -> dict[str, Any]:
    """All that is known beside the answers; what was not said is null or an empty list."""
    shown = asdict(facts)
    del shown["denied"], shown["corrects"]  # they matter between a message and what was known, and are empty here
    for one in shown.values():
        for fact in one if isinstance(one, tuple) else () if one is None else (one,):
            fact["at"] = fact["at"] and fact["at"].isoformat()
            fact["source"] = source or fact.get("source", "said")
    return shown


def _figure(amount: float | None) -> float | int | None:
    """15000 rather than 15000.0, as a person would write it."""
    return int(amount) if amount is not None and float(amount).is_integer() else amount


def _nurture(items: Sequence[OutboxItem]) -> dict[str, Any] | None:
    """The sequence that was begun last, each step once: a lead who came back has older rows that were taken back."""
    mails = [item for item in items if item.kind == "nurture" and item.payload.get("step")]
    if not mails:
        return None
    sequence = max(mails, key=lambda item: item.id).payload.get("sequence")
    steps = {
        item.payload["step"]: item
        for item in sorted(mails, key=lambda item: item.id)
        if item.payload.get("sequence") == sequence
    }
    return {
        "sequence": sequence,
        "steps": [
            {"key": key, "due_at": iso(item.due_at), "status": item.status}
            for key, item in sorted(steps.items(), key=lambda step: step[1].due_at)
        ],
    }


def is_administrator(core: Core, request: Request) -> bool:
    """Whether the administrator's token came along; False without any. Raises Refused: 401 for a wrong one."""
    if "authorization" not in request.headers:
        return False
    _admin_only(core, request)
    return True


def _admin_only(core: Core, request: Request) -> None:
    token = bearer(request.headers.get("authorization"))
    # An empty token in the settings must open nothing.
    if not core.settings.admin_token or token is None or not same(token, core.settings.admin_token):
        raise Refused(
            401,
            "unauthorized",
            "Send the administrator's token: Authorization: Bearer and BANTER_ADMIN_TOKEN.",
            headers={"WWW-Authenticate": "Bearer"},
        )


def _page(text: str | None) -> int:
    if text is None:
        return 1
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= _LAST_PAGE:
        raise invalid("page", "must be a whole number, 1 or more")
    return int(text)


def _route(text: str | None) -> str | None:
    if text is not None and text not in ROUTES:
        raise invalid("route", f"is unknown; use one of {', '.join(ROUTES)}")
    return text


def _flag(text: str | None) -> str | None:
    if text is not None and text not in FLAGS:
        raise invalid("flag", f"is unknown; use {', '.join(FLAGS)}")
    return text


def _since(text: str | None) -> datetime | None:
    if text is None:
        return None
    # A plus that was not escaped in the address arrives as a space.
    written = text.replace(" ", "+") if "T" in text else text
    written = written[:-1] + "+00:00" if written.endswith(("Z", "z")) else written
    try:
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
    except (ValueError, OverflowError):
        raise invalid("since", "must be an ISO 8601 date or time, e.g. 2026-11-21 or 2026-11-21T09:00:00Z") from None


def _plain(field: str, text: str | None) -> str | None:
    if text is not None and ("\x00" in text or not text.isprintable()):
        raise invalid(field, "holds characters that no id has")
    return text
