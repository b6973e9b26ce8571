"""Slack: `/slack/events`, `/slack/interactivity` and `/slack/commands`. Verified over the raw body before anything is
parsed, committed, acknowledged; whatever takes longer comes after that, and everything that is said goes by the outbox.

https://docs.slack.dev/apis/events-api, https://docs.slack.dev/interactivity
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from banter.channels.body import read_bytes
from banter.channels.core import Core
from banter.channels.errors import Refused
from banter.channels.limits import Buckets, client_address, take_or_refuse
from banter.channels.slack_payload import Command, Press, Said, command_in, form, json_object, press_in, said_in
from banter.channels.slack_presses import pressed
from banter.channels.slack_signature import SIGNATURE, TIMESTAMP, is_genuine
from banter.slack.outgoing import SlackPost
from banter.slack.threads import CHANNEL, PROVIDER, address, begin
from banter.slack.words import WORDS

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction


def slack_routes(core: Core) -> list[Route]:
    slack = _Slack(core)
    return [
        Route("/slack/events", slack.events, methods=["POST"]),
        Route("/slack/interactivity", slack.interactivity, methods=["POST"]),
        Route("/slack/commands", slack.commands, methods=["POST"]),
    ]


class _Slack:
    def __init__(self, core: Core) -> None:
        self._core = core
        self._of_address = Buckets(core.limits.address, core.clock, most=core.limits.counted)

    async def events(self, request: Request) -> Response:
        """A message in a test conversation becomes an inbox row, unique by the event's id. All else is acknowledged."""
        data = json_object(await self._genuine(request))
        if data is None:
            raise _unreadable()
        if data.get("type") == "url_verification" and isinstance(data.get("challenge"), str):
            return JSONResponse({"challenge": data["challenge"]})
        said = said_in(data)
        if said is not None:
            await self._hear(said)
        return Response()

    async def interactivity(self, request: Request) -> Response:
        """A press on one of our buttons; a repeat of it does nothing."""
        fields = form(await self._genuine(request))
        data = json_object((fields or {}).get("payload", "").encode("utf-8", "replace"))
        if data is None:
            raise _unreadable()
        press = press_in(data)
        if press is not None:
            await self._press(press)
        return Response()

    async def commands(self, request: Request) -> Response:
        """`/banter test` begins a test conversation; anything else is told how to."""
        fields = form(await self._genuine(request))
        if fields is None:
            raise _unreadable()
        command = command_in(fields)
        if command is None:  # Slack's own check of the certificate is one
            return Response()
        if command.text.casefold() != "test":
            return _only_for_them(WORDS["usage"])
        return _only_for_them(WORDS.said("begun_note", where=await self._open(command)))

    async def _genuine(self, request: Request) -> bytes:
        """The body, once it is known to be Slack's. Raises Refused: 401, 413, 429."""
        core = self._core
        take_or_refuse(self._of_address, client_address(request, core.settings.trusted_proxies))
        body = await read_bytes(request, core.limits)
        slack = core.settings.slack
        stamps, signatures = request.headers.getlist(TIMESTAMP), request.headers.getlist(SIGNATURE)
        if slack is None or not is_genuine(slack.signing_secret, body, stamps, signatures, core.now()):
            raise Refused(
                401,
                "unauthorized",
                "This is not signed as Slack signs; set BANTER_SLACK_SIGNING_SECRET to the app's signing secret, and "
                "the machine's clock to the right time.",
            )
        return body

    async def _hear(self, said: Said) -> None:
        core = self._core
        at = address(said.team, said.channel, said.thread)
        invited = said.direct or said.channel == core.playbook.channels.slack.test
        if at is None or (said.begins and not invited):
            return
        too_long = len(said.text) > core.limits.text

        def store(tx: SqlTransaction) -> str | None:
            known = tx.conversations.at(CHANNEL, at)
            if known is None and not invited:
                return None
            if too_long:
                SlackPost(tx, core.playbook, core.settings.public_url, core.now()).too_long(said.id, at)
                return None
            known = known or begin(tx, core.playbook.company, at, core.now())
            row, new = tx.inbox.put(PROVIDER, said.id, known.id, "message", said.text, core.now())
            return row.conversation if new else None

        conversation = await core.in_transaction(store)
        if too_long:
            core.queued()
        if conversation is not None:
            core.start_dialogue(conversation)

    async def _press(self, press: Press) -> None:
        core = self._core

        def store(tx: SqlTransaction) -> str | None:
            return pressed(tx, press, SlackPost(tx, core.playbook, core.settings.public_url, core.now()))

        conversation = await core.in_transaction(store)
        core.queued()
        if conversation is not None:
            core.start_dialogue(conversation)

    async def _open(self, command: Command) -> str:
        """Queue the message whose thread is the conversation; where, in words. In the test channel where it was typed
        there, else between the two of them: nobody else has asked for it."""
        core = self._core
        here = command.channel == core.playbook.channels.slack.test
        where = command.channel if here else command.user

        def store(tx: SqlTransaction) -> None:
            post = SlackPost(tx, core.playbook, core.settings.public_url, core.now())
            post.opening(command.id, command.team, where, command.user)

        await core.in_transaction(store)
        core.queued()
        return WORDS["here"] if here else WORDS["direct"]


def _only_for_them(text: str) -> JSONResponse:
    return JSONResponse({"response_type": "ephemeral", "text": text})


def _unreadable() -> Refused:
    return Refused(400, "bad_request", "This cannot be read; Slack sends JSON, or a form with JSON in it.")
