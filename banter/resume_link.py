"""The link that opens a conversation on another device: signed, for 90 days. Whoever has it can read that conversation
and go on with it, so it stands in mails and messages to its visitor and nowhere else."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta, timezone

LIFETIME = timedelta(days=90)

_BYTES = 16  # 128 bits: nobody guesses that, and the link stays short enough for a text message
# The signature covers a purpose too, so that a token of another kind can never pass as one of these.
_PURPOSE = "banter resume link 1\x00"
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def url(conversation: str, now: datetime, *, public_url: str, secret: str) -> str:
    """The link to send at `now`; `public_url` may have a slash at its end."""
    return f"{public_url.rstrip('/')}/resume/{make(conversation, now, secret)}"


def make(conversation: str, now: datetime, secret: str) -> str:
    """`<conversation>.<last day, hex>.<signature>`, safe in an address. The same day gives the same token."""
    signed = f"{conversation}.{_day(now + LIFETIME):x}"
    return f"{signed}.{_signature(signed, secret)}"


def read(token: str, now: datetime, secret: str) -> str | None:
    """The conversation that `token` opens; None when it is not one of ours, or too old. Compared in constant time."""
    signed, _, signature = token.rpartition(".")
    expected = _signature(signed, secret)
    if not hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected.encode()):
        return None
    conversation, _, last = signed.rpartition(".")
    return conversation if _day(now) <= int(last, 16) else None


def _day(moment: datetime) -> int:
    return (moment - _EPOCH).days


def _signature(signed: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"{_PURPOSE}{signed}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).rstrip(b"=").decode()
