"""Text messages as Twilio posts them, signed or not, and what the house has of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from itertools import count
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from banter.leads.model import Lead, Message, OutboxItem
from tests.channels.house import ACCOUNT, PUBLIC, TOKEN, House

NUMBER = "+15550100"
OURS = "+15550199"
_sids = count(1)


def new_sid() -> str:
    return f"SM{next(_sids):032x}"


def a_form(text: str, *, sid: str = "", number: str = NUMBER, media: int = 0, **more: str) -> dict[str, str]:
    """The fields of an incoming message, as Twilio's documentation lists them."""
    sid = sid or new_sid()
    return {
        "ToCountry": "US",
        "ToState": "",
        "SmsMessageSid": sid,
        "NumMedia": str(media),
        "ToCity": "",
        "FromZip": "",
        "SmsSid": sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": text,
        "FromCountry": "US",
        "To": OURS,
        "ToZip": "",
        "NumSegments": "1",
        "MessageSid": sid,
        "AccountSid": ACCOUNT,
        "From": number,
        "ApiVersion": "2010-04-01",
        **more,
    }


def signature(form: Mapping[str, str], path: str = "/sms/twilio", *, token: str = TOKEN, base: str = PUBLIC) -> str:
    return str(RequestValidator(token).compute_signature(base + path, form))


def post(
    house: House, form: Mapping[str, str], path: str = "/sms/twilio", *, signed: str | None = "", **headers: str
) -> Any:
    """`signed` None: no signature at all; empty: the right one."""
    own = {} if signed is None else {"X-Twilio-Signature": signed or signature(form, path)}
    typed = {"Content-Type": "application/x-www-form-urlencoded"}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return house.client.post(path, content=urlencode(form), headers={**typed, **own, **names})


def text(house: House, words: str, **more: Any) -> None:
    """Send a text message, and let what it asks for be answered."""
    answer = post(house, a_form(words, **more))
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].startswith("application/xml")
    assert answer.text.endswith("<Response/>")
    settle(house)


def settle(house: House) -> None:
    """Wait until the dialogue has answered what it can."""
    if house.dialogue.down or house.dialogue.slow is not None or house.client.portal is None:
        return

    async def turns() -> None:
        while house.core._turns:
            await asyncio.wait(house.core._turns)
            await asyncio.sleep(0)  # what is done is taken out a moment later

    house.client.portal.call(turns)


def transcript(house: House, number: str = NUMBER) -> list[tuple[str, str]]:
    """Who said what."""
    return [(line.sender, line.text) for line in lines(house, number)]


def lines(house: House, number: str = NUMBER) -> list[Message]:
    with house.store.begin(readonly=True) as tx:
        held = tx.conversations.at("sms", number)
        return list(tx.transcript.of_conversation(held.id)) if held else []


def lead_of(house: House, number: str = NUMBER) -> Lead | None:
    with house.store.begin(readonly=True) as tx:
        held = tx.conversations.at("sms", number)
        return tx.leads.of_conversation(held.id) if held else None


def outbox(house: House, status: str | None = None) -> list[OutboxItem]:
    """In the order they were queued."""
    with house.store.begin(readonly=True) as tx:
        return list(reversed(tx.outbox.page(size=1000, status=status)))
