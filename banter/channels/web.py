"""The conversation over HTTP, as the widget and other programs use it. `/api/openapi.json` describes the shapes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from banter.channels import transcript as transcripts
from banter.channels.body import message_id, message_text, optional_text, read_object, short_text, some
from banter.channels.core import Core
from banter.channels.errors import DATABASE_DOWN, Refused, unavailable
from banter.channels.leads_api import iso
from banter.channels.limits import Buckets, client_address, take_or_refuse
from banter.channels.ports import DialogueDown
from banter.channels.tokens import bearer, could_be_conversation, fits, new_conversation, token_for, visitor_of
from banter.leads.behaviour import sightings, web_address
from banter.leads.consent import Consent, key_of
from banter.leads.model import Message
from banter.leads.returning import is_back, silent_since
from banter.resume_link import read as read_link
from banter.store.conversations import Conversation

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction
    from banter.store.inbox import InboxRow

#: The inbox's name for this channel; its ids are the conversation's and the client's, so clients cannot collide.
PROVIDER = "web"


def conversation_routes(core: Core) -> list[Route]:
    """`/api/conversations` and what is under it."""
    web = _Web(core)
    return [
        Route("/api/conversations", web.begin, methods=["POST"]),
        Route("/api/conversations/by-link", web.by_link, methods=["POST"]),
        Route("/api/conversations/{id}", web.transcript, methods=["GET"]),
        Route("/api/conversations/{id}/messages", web.say, methods=["POST"]),
        Route("/api/conversations/{id}/resume", web.resume, methods=["POST"]),
        Route("/api/conversations/{id}/transcript", web.mail_transcript, methods=["POST"]),
        Route("/api/conversations/{id}/events", web.events, methods=["GET"]),
    ]


class _Web:
    """The endpoints, with the counters of who sends how much."""

    def __init__(self, core: Core) -> None:
        limits = core.limits
        self._core = core
        self._of_address = Buckets(limits.address, core.clock, most=limits.counted)
        self._openings = Buckets(limits.opening, core.clock, most=limits.counted)
        self._of_conversation = Buckets(limits.conversation, core.clock, most=limits.counted)
        # Anybody may name any address, so few mails are sent from one conversation, and few to one address.
        self._mails = Buckets(limits.transcripts, core.clock, most=limits.counted)

    async def begin(self, request: Request) -> Response:
        core = self._core
        take_or_refuse(self._openings, self._count_address(request))
        data = await read_object(request, core.limits)
        company = core.playbook.company
        conversation = Conversation(
            id=new_conversation(),
            channel=PROVIDER,
            locale=optional_text(data, "locale", 35) or company.locale,
            timezone=_known_zone(optional_text(data, "timezone", 64)) or company.timezone.key,
            page=_page(data, "page"),
            referrer=_page(data, "referrer"),
            created_at=core.now(),
        )
        agreed = self._agreed(conversation, optional_text(data, "consent", 64))
        seen = sightings(some(data, "seen"), conversation.created_at)

        def store(transaction: SqlTransaction) -> InboxRow:
            transaction.conversations.create(conversation)
            if agreed is not None:
                transaction.consents.add(agreed)
            transaction.behaviour.add(conversation.id, seen)
            # The id alone: a client's own ids stand behind a colon, so none of them can pass as the start.
            return transaction.inbox.put(
                PROVIDER, conversation.id, conversation.id, "start", "", conversation.created_at
            )[0]

        row = await core.in_transaction(store)
        answer = await self._answer(row)
        return JSONResponse({"id": conversation.id, **self._keys(conversation.id), **answer}, 201)

    async def say(self, request: Request) -> Response:
        core = self._core
        self._count_address(request)
        conversation = await self._authorised(request, bearer(request.headers.get("authorization")))
        take_or_refuse(self._of_conversation, conversation)
        data = await read_object(request, core.limits)
        client_id = message_id(data, core.limits)
        text = message_text(data, core.limits)
        seen = sightings(some(data, "seen"), core.now())

        def store(transaction: SqlTransaction) -> InboxRow | None:
            if transaction.conversations.get(conversation) is None:
                return None
            transaction.behaviour.add(conversation, seen)
            provider_id = f"{conversation}:{client_id}"
            return transaction.inbox.put(PROVIDER, provider_id, conversation, "message", text, core.now())[0]

        row = await core.in_transaction(store)
        if row is None:
            raise _unknown()
        return JSONResponse({"id": conversation, **await self._answer(row)})

    async def resume(self, request: Request) -> Response:
        """Somebody has the conversation before them again. Who was away is told where things stand, once an absence."""
        core = self._core
        self._count_address(request)
        conversation = await self._authorised(request, bearer(request.headers.get("authorization")))
        take_or_refuse(self._of_conversation, conversation)

        def look(transaction: SqlTransaction) -> tuple[dict[str, Any], str] | None:
            if transaction.conversations.get(conversation) is None:
                return None
            lead = transaction.leads.of_conversation(conversation)
            back = lead is not None and is_back(lead, core.playbook.conversation, core.now())
            absence = silent_since(lead) if back and lead is not None else None
            return _shape(transaction, conversation, ()), absence.isoformat() if absence else ""

        found = await core.read(look)  # nearly always there is nothing to say, and nothing to write
        if found is None:
            raise _unknown()
        stands, absence = found
        if not absence:
            return JSONResponse({"id": conversation, **stands})
        # A provider of its own, so that no id of a client's can pass for it; one row per absence.
        row = await core.in_transaction(
            lambda t: t.inbox.put("resume", f"{conversation}:{absence}", conversation, "resume", "", core.now())[0]
        )
        return JSONResponse({"id": conversation, **await self._answer(row)})

    async def mail_transcript(self, request: Request) -> Response:
        """The conversation so far, as a mail to the address that the visitor names."""
        core = self._core
        self._count_address(request)
        conversation = await self._authorised(request, bearer(request.headers.get("authorization")))
        data = await read_object(request, core.limits)
        to = transcripts.address(short_text(data, "email", 254))
        locale = optional_text(data, "locale", 35)
        take_or_refuse(self._mails, conversation)
        take_or_refuse(self._mails, to.lower())

        def put(transaction: SqlTransaction) -> dict[str, Any] | None:
            begun = transaction.conversations.get(conversation)
            said = transaction.transcript.of_conversation(conversation)
            if begun is None or not said:
                return None
            mail = transcripts.mail(
                said,
                to=to,
                company=core.playbook.company,
                timezone=begun.timezone,
                locale=locale or begun.locale,
            )
            lead = transaction.leads.of_conversation(conversation)
            key = transcripts.key(conversation, to, said)
            transaction.outbox.put(key, transcripts.KIND, mail, due_at=core.now(), lead=lead.id if lead else None)
            return _shape(transaction, conversation, ())

        stands = await core.in_transaction(put)
        if stands is None:
            raise _unknown()
        core.queued()
        return JSONResponse({"id": conversation, **stands})

    async def by_link(self, request: Request) -> Response:
        """The conversation that a resume link opens, with its token. Changes nothing."""
        core = self._core
        take_or_refuse(self._openings, self._count_address(request))
        data = await read_object(request, core.limits)
        conversation = read_link(short_text(data, "link", core.limits.id), core.now(), core.settings.secret)

        def find(transaction: SqlTransaction) -> dict[str, Any] | None:
            if conversation is None or transaction.conversations.get(conversation) is None:
                return None
            return _shape(transaction, conversation, transaction.transcript.of_conversation(conversation))

        found = await core.read(find) if conversation is not None else None
        if conversation is None or found is None:
            raise Refused(404, "not_found", "This link does not work any more; begin a new conversation.")
        return JSONResponse({"id": conversation, **self._keys(conversation), **found})

    async def transcript(self, request: Request) -> Response:
        self._count_address(request)
        conversation = await self._authorised(request, bearer(request.headers.get("authorization")))

        def read(transaction: SqlTransaction) -> dict[str, Any] | None:
            if transaction.conversations.get(conversation) is None:
                return None
            said = transaction.transcript.of_conversation(conversation)
            return _shape(transaction, conversation, said)

        found = await self._core.read(read)
        if found is None:
            raise _unknown()
        return JSONResponse({"id": conversation, "visitor": self._keys(conversation)["visitor"], **found})

    async def events(self, request: Request) -> Response:
        """A stream. The token may stand in the address here, because a browser's EventSource sends no headers."""
        self._count_address(request)
        asked = request.query_params
        token = bearer(request.headers.get("authorization")) or asked.get("token")
        conversation = await self._authorised(request, token)
        # A browser that connects anew repeats the address, `after` and all; what it has seen since is in the header.
        after = request.headers.get("last-event-id") or asked.get("after")
        if after is not None and ("\x00" in after or len(after) > self._core.limits.id):
            raise Refused(422, "invalid", "after: is no message's id; leave it out to get every message", field="after")
        if await self._core.read(lambda t: t.conversations.get(conversation)) is None:
            raise _unknown()
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        if request.method == "HEAD":
            return Response(headers={**headers, "Content-Type": "text/event-stream; charset=utf-8"})
        self._core.hub.make_sure_of_room(conversation)
        return StreamingResponse(self._stream(conversation, after), headers=headers, media_type="text/event-stream")

    async def _stream(self, conversation: str, after: str | None) -> AsyncIterator[str]:
        core = self._core
        yield "retry: 2000\n\n"
        with core.hub.listen(conversation) as bell:
            bell.sent = after
            while core.hub.serves(bell):
                patience = core.limits.heartbeat_seconds
                try:
                    new = await core.read(lambda t: t.transcript.of_conversation(conversation, after=bell.sent))
                except (*DATABASE_DOWN, Refused):
                    # The stream stays open: a browser whose next connection is answered 503 never tries again.
                    new, patience = [], core.limits.poll_seconds
                for message in new:
                    bell.sent = message.id
                    yield f"id: {message.id}\nevent: message\ndata: {json.dumps(_message(message))}\n\n"
                if not await bell.wait(patience):
                    yield ": still here\n\n"

    def _keys(self, conversation: str) -> dict[str, str | None]:
        """What opens the conversation, and what tells of its visitor and opens nothing."""
        secret = self._core.settings.secret
        return {"token": token_for(conversation, secret), "visitor": visitor_of(conversation, secret)}

    async def _answer(self, row: InboxRow) -> dict[str, Any]:
        """The bot's messages for this inbox row, once its turn is done. Raises DialogueDown: the row waits."""
        core = self._core
        if row.done_at is None:
            await core.run_dialogue(row.conversation)

        def read(transaction: SqlTransaction) -> dict[str, Any]:
            now = transaction.inbox.get(row.id)
            if now is None or now.done_at is None:
                raise DialogueDown("the turn is not done")
            said = transaction.transcript.of_inbox(row.id)
            if now.error is not None and not said and now.kind != "resume":
                raise unavailable("This message could not be answered; send it again with a new id.")
            if now.status is not None:  # as it stood then, so that the same id sent again gets the same answer
                return _stood(said, now.awaiting, now.status)
            return _shape(transaction, row.conversation, said)

        return await core.read(read)

    async def _authorised(self, request: Request, token: str | None) -> str:
        """The conversation that the address names, when `token` fits it. Raises Refused: 404 or 401."""
        conversation = str(request.path_params["id"])
        if not could_be_conversation(conversation):
            raise _unknown()
        if token is not None and fits(token, conversation, self._core.settings.secret):
            return conversation
        if await self._core.read(lambda t: t.conversations.get(conversation)) is None:
            raise _unknown()
        raise Refused(
            401,
            "unauthorized",
            "Send the token that this conversation began with: Authorization: Bearer TOKEN.",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def _agreed(self, conversation: Conversation, version: str | None) -> Consent | None:
        """What the visitor agreed to, in the words of today. Raises Refused: 403, where the playbook wants it first."""
        widget = self._core.playbook.channels.widget
        words = next((words for _, known, words in widget.wordings() if known == version), None)
        if words is None and widget.consent:
            raise Refused(
                403,
                "consent_required",
                "Ask the visitor for consent in the words of today and send their version as consent; a page that is "
                "loaded again shows them.",
                field="consent",
            )
        if words is None:
            return None
        return Consent(
            key=key_of(PROVIDER, conversation.id, self._core.settings.secret),
            address=conversation.id,
            kind="kept",
            at=conversation.created_at,
            words=words,
            channel=PROVIDER,
            source=f"widget, text {version}",
        )

    def _count_address(self, request: Request) -> str:
        address = client_address(request, self._core.settings.trusted_proxies)
        take_or_refuse(self._of_address, address)
        return address


def _shape(transaction: SqlTransaction, conversation: str, said: Sequence[Message]) -> dict[str, Any]:
    lead = transaction.leads.of_conversation(conversation)
    return _stood(said, lead.awaiting if lead else None, lead.status if lead else "open")


def _stood(said: Sequence[Message], awaiting: str | None, status: str) -> dict[str, Any]:
    return {"messages": [_message(message) for message in said], "awaiting": awaiting, "status": status}


def _message(message: Message) -> dict[str, Any]:
    return {
        "id": message.id,
        "from": message.sender,
        "text": message.text,
        "buttons": [{"title": title, "value": value} for title, value in message.buttons],
        "at": iso(message.at),
    }


def _page(data: Mapping[str, Any], field: str) -> str | None:
    """A web address as the page has it; what is none is not kept."""
    text = optional_text(data, field, 2_000)
    return text if text and web_address(text, 2_000) else None


def _known_zone(name: str | None) -> str | None:
    """`name` when it is an IANA zone that this machine knows."""
    if not name:
        return None
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown; a path out of the folder; a folder such as "Europe"
        return None


def _unknown() -> Refused:
    return Refused(404, "not_found", "There is no such conversation; begin one with POST /api/conversations.")
