"""Text messages by Twilio: `POST /sms/twilio` takes one in, `POST /sms/twilio/status` hears what became of one of ours.

Answers go by the outbox, so what Twilio gets back is always the same: thank you, and nothing to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from banter.channels.core import Core
from banter.channels.limits import Buckets, client_address, take_or_refuse
from banter.channels.sms_intake import CHANNEL, NOTICES, Intake, Taken, Text, Told, nobody
from banter.channels.sms_status import note_status
from banter.channels.tokens import new_conversation
from banter.channels.twilio import read_signed, settings_of
from banter.leads.playbook import Company
from banter.phone_numbers import country, is_number, zones
from banter.store.conversations import Conversation

PATH = "/sms/twilio"
_SID = re.compile(r"(?:SM|MM)[0-9a-fA-F]{32}")
#: How long a stop waits for a message that is just being handed over; after it, that one is on its way already.
_PATIENCE = 0.5
_MOST_TOKEN = 200


@dataclass(frozen=True)
class SmsWords:
    """The bot's own words for stopping, returning and the like (`NOTICES`), several ways each; `stops` tells that
    somebody opts out in words of theirs; `told` is told of who has opted out, and is back."""

    texts: Mapping[str, Sequence[str]]
    stops: Callable[[str], bool]
    told: Told = nobody


#: Without an account nothing is taken in, so nothing is said.
NO_WORDS = SmsWords({}, lambda text: False)


def sms_routes(core: Core, words: SmsWords = NO_WORDS) -> list[Route]:
    """Raises ValueError where messages are taken in and there are no words to answer a stop with."""
    missing = [name for name in NOTICES if not words.texts.get(name)]
    if core.settings.twilio is not None and missing:
        raise ValueError(f"no texts for {', '.join(missing)}")
    sms = _Sms(core, Intake(words.texts, words.stops, core.settings.secret, core.limits.text, words.told))
    return [
        Route(PATH, sms.take, methods=["POST"]),
        Route(f"{PATH}/status", sms.status, methods=["POST"]),
    ]


class _Sms:
    def __init__(self, core: Core, intake: Intake) -> None:
        self._core = core
        self._intake = intake
        self._of_address = Buckets(core.limits.address, core.clock, most=core.limits.counted)
        self._of_number = Buckets(core.limits.conversation, core.clock, most=core.limits.counted)

    async def take(self, request: Request) -> Response:
        core, intake = self._core, self._intake
        fields = await self._signed(request)
        number, sid = fields.get("From", ""), fields.get("MessageSid", "")
        if not is_number(number) or not _SID.fullmatch(sid):
            return _thanks()  # a short code, or another network's name: nobody who could be answered
        token = request.headers.get("i-twilio-idempotency-token")
        # NUL and half characters cannot be stored, and nobody types them.
        body = fields.get("Body", "").replace("\x00", "")
        message = Text(sid, number, body, _count(fields.get("NumMedia", "")), token if _is_token(token) else None)
        stopping = intake.is_stop(message.text)
        if not stopping:
            take_or_refuse(self._of_number, number)
        begun = self._conversation(number)

        def within() -> AbstractContextManager[object]:
            return core.store.alone(f"{CHANNEL}:{number}", _PATIENCE) if stopping else nullcontext()

        taken: Taken = await core.in_transaction(
            lambda tx: intake.take(tx, message, begun, begun.created_at, stopping=stopping), within=within
        )
        core.queued()
        if taken.to_answer:
            core.start_dialogue(taken.conversation)
        return _thanks()

    async def status(self, request: Request) -> Response:
        fields = await self._signed(request)
        work = partial(
            note_status,
            key=request.query_params.get("item", ""),
            fields=fields,
            secret=self._core.settings.secret,
            now=self._core.now(),
        )
        await self._core.in_transaction(work)
        return _thanks()

    async def _signed(self, request: Request) -> Mapping[str, str]:
        settings_of(self._core)
        take_or_refuse(self._of_address, client_address(request, self._core.settings.trusted_proxies))
        return await read_signed(request, self._core)

    def _conversation(self, number: str) -> Conversation:
        company, now = self._core.playbook.company, self._core.now()
        return Conversation(
            id=new_conversation(),
            channel=CHANNEL,
            locale=_locale(number, company),
            timezone=_zone(number, company, now),
            page=None,
            referrer=None,
            created_at=now,
            address=number,
        )


def _locale(number: str, company: Company) -> str:
    """The company's language, in the number's country."""
    there = country(number)
    return f"{company.locale.replace('_', '-').partition('-')[0]}-{there}" if there else company.locale


def _zone(number: str, company: Company, now: datetime) -> str:
    """The company's own where the number may be there or nobody knows, else the middle one of those it may be in."""
    there = zones(number)
    if not there or company.timezone.key in there:
        return company.timezone.key
    clocks = sorted(there, key=lambda zone: (now.astimezone(ZoneInfo(zone)).utcoffset(), zone))
    return clocks[len(clocks) // 2]


def _count(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0


def _is_token(token: str | None) -> bool:
    return token is not None and 0 < len(token) <= _MOST_TOKEN and token.isascii() and token.isprintable()


def _thanks() -> Response:
    return Response('<?xml version="1.0" encoding="UTF-8"?><Response/>', media_type="application/xml")
