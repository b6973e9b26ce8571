"""Outbox items -> text messages, by Twilio's REST API.
https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import requests
from urllib3.exceptions import HTTPError

from banter.leads.model import OutboxItem
from banter.leads.texting import as_text
from banter.phone_numbers import is_nobodys, is_number
from banter.settings import Twilio
from banter.store.consents import note_opt_out
from banter.worker.outcome import Never, NotNow, Shown

if TYPE_CHECKING:
    from banter.store.database import SqlStore

API = "https://api.twilio.com"
#: "Attempt to send to unsubscribed recipient": they told the network to stop, not us.
OPTED_OUT = 21610
MOST = 1_600  # characters that Twilio takes in one message
_SECONDS = (5.0, 15.0)  # to connect, and between two bytes of the answer
_MOST_BYTES = 256 * 1024
#: Longer than an item is tried for.
_TRIED_FOR = timedelta(days=2)
_NEVER_LEFT = ("failed", "canceled")
_MADE = (200, 201)


class SmsSender:
    """Sends from `account`. Twilio tells `status_url` what becomes of each message. A number that has stopped us with
    its network is written into the ledger of `store`. `base_url` stands in for Twilio's in tests."""

    def __init__(
        self,
        account: Twilio,
        store: SqlStore,
        *,
        secret: str,
        status_url: str,
        base_url: str = API,
        seconds: tuple[float, float] = _SECONDS,
    ) -> None:
        self._account = account
        self._store = store
        self._secret = secret
        self._status_url = status_url
        self._messages = f"{base_url}/2010-04-01/Accounts/{account.account_sid}/Messages.json"
        self._seconds = seconds

    def send(self, item: OutboxItem, now: datetime) -> str | None:
        """Twilio's SID of the message. Raises NotNow, Never, or Shown for a number that is nobody's.

        Twilio knows no key by which it would take a repeat for one. So from the second try on it is asked first
        whether the message is there already: the answer to the first may have been lost.
        """
        number = item.payload.get("to")
        if not isinstance(number, str) or not is_number(number):
            raise Never("There is no number to send it to.")
        if is_nobodys(number):
            raise Shown
        form = self._form(item, number)
        if item.attempts > 1 and (sid := self._sent_before(form, now)) is not None:
            return sid
        status, answer, wait = self._call("POST", form)
        if status in _MADE:
            sid = answer.get("sid")
            if not isinstance(sid, str) or not sid:
                raise NotNow(
                    "Twilio's answer cannot be read; whether the message left is looked up before the next try."
                )
            return sid
        self._refused(number, status, answer, wait, now)
        return None

    def _form(self, item: OutboxItem, number: str) -> dict[str, str]:
        sender = self._account.sender
        text = as_text(str(item.payload.get("text") or ""), item.payload.get("buttons") or ())
        if not text.strip():
            raise Never("There is nothing to send.")
        return {
            "To": number,
            "MessagingServiceSid" if sender.startswith("MG") else "From": sender,
            "Body": text if len(text) <= MOST else text[: MOST - 3] + "...",
            "StatusCallback": f"{self._status_url}?item={quote(item.key, safe='')}",
        }

    def _sent_before(self, form: Mapping[str, str], now: datetime) -> str | None:
        """The SID of the same words to the same number that no other item of ours has led to; None: there is none."""
        asked = {"To": form["To"], "DateSent>": f"{now - _TRIED_FOR:%Y-%m-%d}", "PageSize": "200"}
        status, answer, wait = self._call("GET", asked)
        found = answer.get("messages")
        if status not in _MADE or not isinstance(found, list):
            raise NotNow("Twilio does not tell whether the message has left already.", wait=wait)
        same = [m for m in found if isinstance(m, dict) and (m.get("body"), m.get("to")) == (form["Body"], form["To"])]
        with self._store.begin(readonly=True) as tx:
            for message in same:
                sid, made = str(message.get("sid")), _moment(message.get("date_created"))
                gone = made is not None and made >= now - _TRIED_FOR and message.get("status") not in _NEVER_LEFT
                if gone and not tx.outbox.has_receipt(sid):
                    return sid
        return None

    def _refused(
        self, number: str, status: int, answer: Mapping[str, Any], wait: timedelta | None, now: datetime
    ) -> None:
        code = answer.get("code")
        told = f"{status}" + (f", error {code}" if isinstance(code, int) else "")
        if code == OPTED_OUT:
            with self._store.begin() as tx:
                note_opt_out(tx, "sms", number, secret=self._secret, source=f"twilio {code}", now=now)
            raise Never("They have opted out of text messages with the network (error 21610).")
        if status in (401, 403):  # the owner can mend it, and nothing is lost meanwhile
            raise NotNow(f"Twilio refused the account ({told}); check BANTER_TWILIO_AUTH_TOKEN.", wait=wait)
        if status in (408, 429) or status >= 500 or status < 400:
            raise NotNow(f"Twilio answered {told}.", wait=wait)
        raise Never(f"Twilio refused the message ({told}).")

    def _call(self, method: str, fields: Mapping[str, str]) -> tuple[int, Mapping[str, Any], timedelta | None]:
        """The status, the JSON object (empty for anything else) and how long we are asked to wait."""
        sent: dict[str, Any] = {"data": dict(fields)} if method == "POST" else {"params": dict(fields)}
        try:
            with requests.request(
                method,
                self._messages,
                auth=(self._account.account_sid, self._account.auth_token),
                headers={"User-Agent": "Banter", "Accept": "application/json"},
                timeout=self._seconds,
                allow_redirects=False,
                stream=True,
                **sent,
            ) as response:
                body = response.raw.read(_MOST_BYTES, decode_content=True)
                return response.status_code, _object(body), _wait(response.headers.get("Retry-After"))
        except (requests.RequestException, HTTPError, OSError) as error:
            # The type only: the error's words may hold the address, and with it the number.
            raise NotNow(f"Twilio cannot be reached ({type(error).__name__}).") from None


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _wait(header: str | None) -> timedelta | None:
    """Seconds only; Twilio sends no dates."""
    return (
        timedelta(seconds=int(header)) if header is not None and re.fullmatch(r"[0-9]{1,6}", header.strip()) else None
    )


def _moment(text: object) -> datetime | None:
    """ "Thu, 24 Aug 2023 05:01:45 +0000", as Twilio writes it."""
    if not isinstance(text, str):
        return None
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=timezone.utc)
