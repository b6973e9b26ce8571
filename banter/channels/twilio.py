"""What Twilio posts to us: the form, believed only when its signature fits. https://www.twilio.com/docs/usage/security"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.requests import Request
from twilio.request_validator import RequestValidator

from banter.channels.body import read_bytes
from banter.channels.core import Core
from banter.channels.errors import Refused

if TYPE_CHECKING:
    from banter.settings import Twilio

Pairs = Sequence[tuple[str, str]]

_FORM = "application/x-www-form-urlencoded"
_MOST_FIELDS = 200  # of a message with ten pictures Twilio sends some fifty
#: What is read, or stands beside it. Names that Twilio adds one day are let through, and signed like the rest.
KNOWN = (
    *("AccountSid", "ApiVersion", "Body", "ErrorCode", "ErrorMessage", "From", "FromCity", "FromCountry", "FromState"),
    *("FromZip", "MessageSid", "MessageStatus", "MessagingServiceSid", "NumMedia", "NumSegments", "RawDlrDoneDate"),
    *("SmsMessageSid", "SmsSid", "SmsStatus", "To", "ToCity", "ToCountry", "ToState", "ToZip"),
)


def settings_of(core: Core) -> Twilio:
    """The account. Raises Refused(404) where there is none."""
    if core.settings.twilio is None:
        raise Refused(
            404,
            "sms_off",
            "Text messages are not set up here: set BANTER_TWILIO_ACCOUNT_SID, BANTER_TWILIO_AUTH_TOKEN and "
            "BANTER_TWILIO_FROM, and start Banter again (docs/sms.md).",
        )
    return core.settings.twilio


async def read_signed(request: Request, core: Core) -> Mapping[str, str]:
    """The fields of a request that Twilio signed for the public address. Raises Refused: 403 for any other, 404 where
    no account is set up, 408 and 413 before the body is there."""
    account = settings_of(core)
    body = await read_bytes(request, core.limits)
    signatures = request.headers.getlist("x-twilio-signature")
    query = request.scope["query_string"].decode("latin-1")
    # The public address, not the one that the request was sent to: a proxy in between may have changed it.
    url = core.settings.public_url + request.url.path + (f"?{query}" if query else "")
    pairs = _pairs(body) if request.headers.get("content-type", "").partition(";")[0].strip().lower() == _FORM else None
    if pairs is None or len(signatures) != 1 or not is_genuine(account.auth_token, url, pairs, signatures[0]):
        raise _forged()
    fields = dict(pairs)
    if fields.get("AccountSid") != account.account_sid:
        raise _forged()
    return fields


def is_genuine(token: str, url: str, pairs: Pairs, signature: str) -> bool:
    """Whether Twilio, which alone knows `token`, signed these fields for this address. The signature is over names and
    values written one after the other, so a field that could be two others, or that comes twice, is refused: the same
    signature would fit a message that was never sent."""
    names = Counter(name for name, _ in pairs)
    if not token or not signature or any(count > 1 for count in names.values()):
        return False
    if any(_could_be_another(name, value, names) for name, value in pairs if name not in KNOWN):
        return False
    if _hides_another(sorted(pairs), names):
        return False
    return bool(RequestValidator(token).validate(url, dict(pairs), signature))


def _could_be_another(name: str, value: str, there: Mapping[str, int]) -> bool:
    """ "Fro=m+1555" and "Fromm=+1555" are signed as "From=m+1555" would be."""
    return any((name + value).startswith(known) for known in KNOWN if known not in there)


def _hides_another(pairs: Pairs, there: Mapping[str, int]) -> bool:
    """Fields are signed in the order of their names, so "ApiVersion=1BodySTOP" as "ApiVersion=1&Body=STOP" would be."""
    following = [name for name, _ in pairs[1:]] + ["~"]
    return any(
        name < known < after and known in value
        for (name, value), after in zip(pairs, following, strict=True)
        for known in KNOWN
        if known not in there
    )


def _pairs(body: bytes) -> Pairs | None:
    """None for what is no form in UTF-8."""
    try:
        return parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        return None


def _forged() -> Refused:
    return Refused(
        403,
        "bad_signature",
        "This request is not signed by the Twilio account that is set up here. If it should be, compare what stands in "
        "Twilio's console: the webhook's address with BANTER_PUBLIC_URL, and the token with BANTER_TWILIO_AUTH_TOKEN.",
    )
