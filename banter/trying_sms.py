"""`banter try sms`: a visitor with a phone, without a Twilio account. What is printed stands in the server's outbox."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import requests
from twilio.request_validator import RequestValidator

from banter import bootstrap
from banter.channels.sms import PATH
from banter.channels.sms_intake import CHANNEL, PROVIDER
from banter.leads.model import OutboxItem
from banter.leads.texting import as_text, segments
from banter.phone_numbers import is_nobodys, is_number
from banter.settings import Settings, SettingsError, Twilio, load_settings
from banter.store.database import SqlStore, open_store
from banter.store.errors import StoreUnavailable

_SECONDS = 60
_GLANCE = 0.1


class CannotTry(Exception):
    """Why it cannot be tried, and the mend."""


def run(
    number: str, texts: Sequence[str], *, url: str, say: Callable[[str], None], root: Path = bootstrap.ROOT
) -> None:
    """Text each of `texts` from `number` and print what is answered. Raises CannotTry."""
    if not is_number(number):
        raise CannotTry("The number is written with its country, as +15550100.")
    if not is_nobodys(number):
        raise CannotTry("Take a number that is nobody's, or somebody's phone would ring: +15550100 to +15550199.")
    settings, account = _settings(root)
    store = open_store(settings.database_url)
    try:
        for text in texts:
            say(f"{number}: {text}")
            before = _newest(store)
            sid = _send(number, text, url, settings, account)
            answers = _answers(store, number, sid, before)
            for item in answers:
                _print(item, say)
            if not answers:
                say("  (No answer. A number that has stopped gets none: text START to go on.)")
    except StoreUnavailable as error:
        raise CannotTry(str(error)) from error
    finally:
        store.close()


def _settings(root: Path) -> tuple[Settings, Twilio]:
    try:
        settings = load_settings(bootstrap.environment(root), root=root)
    except SettingsError as error:
        raise CannotTry(str(error)) from error
    if settings.twilio is None:
        raise CannotTry(
            "Set an account first, a made-up one will do: in .env, BANTER_TWILIO_ACCOUNT_SID=AC and 32 zeros, "
            "BANTER_TWILIO_AUTH_TOKEN=try-me and BANTER_TWILIO_FROM=+15550199. Then start `banter serve` anew."
        )
    return settings, settings.twilio


def _send(number: str, text: str, url: str, settings: Settings, account: Twilio) -> str:
    """As Twilio sends it: signed for the public address, wherever it is sent to. The message's SID."""
    sid = f"SM{secrets.token_hex(16)}"
    form = {
        "AccountSid": account.account_sid,
        "ApiVersion": "2010-04-01",
        "Body": text,
        "From": number,
        "MessageSid": sid,
        "NumMedia": "0",
        "NumSegments": str(segments(text).count),
        "SmsStatus": "received",
        "To": account.sender if is_number(account.sender) else "+15550199",
    }
    signature = RequestValidator(account.auth_token).compute_signature(settings.public_url + PATH, form)
    try:
        answer = requests.post(f"{url}{PATH}", data=form, headers={"X-Twilio-Signature": signature}, timeout=10)
    except requests.RequestException:
        raise CannotTry(f"No server answers at {url}: start `banter serve`, or name it with --url.") from None
    if answer.status_code != 200:
        raise CannotTry(
            f"The server answers {answer.status_code}: {answer.text[:400]}\n"
            "If it was started before BANTER_TWILIO_... or BANTER_PUBLIC_URL were set as now, start it anew."
        )
    return sid


def _newest(store: SqlStore) -> int:
    with store.begin(readonly=True) as tx:
        return max((item.id for item in tx.outbox.page(1, 1)), default=0)


def _answers(store: SqlStore, number: str, sid: str, after: int) -> list[OutboxItem]:
    """What is queued for the number since, once the message was dealt with and the worker has looked at it all."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        with store.begin(readonly=True) as tx:
            row = tx.inbox.known(PROVIDER, sid)
            items = [
                item
                for item in tx.outbox.page(1, 100)
                if item.kind == CHANNEL and item.payload.get("to") == number and item.id > after
            ]
        dealt_with = row is None or row.done_at is not None
        if dealt_with and all(item.status != "queued" for item in items):
            return sorted(items, key=lambda item: item.id)
        time.sleep(_GLANCE)
    raise CannotTry(f"The server took the message, and did not answer it within {_SECONDS} seconds; see its log.")


def _print(item: OutboxItem, say: Callable[[str], None]) -> None:
    if item.status == "cancelled":
        say(f"  (not sent: {item.last_error or 'taken back'})")
        return
    text = as_text(str(item.payload.get("text")), item.payload.get("buttons") or ())
    sent = segments(text)
    parts = "1 text" if sent.count == 1 else f"{sent.count} texts"
    first, *rest = text.split("\n")
    say("\n".join((f"  bot: {first}", *(f"       {line}" for line in rest))))
    say(f"       ({sent.units} places of {sent.encoding}, paid as {parts})")
