"""Whether a request is from Slack: https://docs.slack.dev/authentication/verifying-requests-from-slack. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from slack_sdk.signature import Clock, SignatureVerifier

TIMESTAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"


class _At(Clock):
    """Our own clock, so that what is too old is decided by it."""

    def __init__(self, now: datetime) -> None:
        self._now = now.timestamp()

    def now(self) -> float:
        return self._now


def is_genuine(secret: str, body: bytes, timestamps: Sequence[str], signatures: Sequence[str], now: datetime) -> bool:
    """Whether the signature is that of `body`, made at most 300 s before or after `now`. `timestamps` and `signatures`
    are all headers of that name: exactly one of each is wanted, written as Slack writes them."""
    if len(timestamps) != 1 or len(signatures) != 1 or not secret.strip():
        return False
    timestamp, signature = timestamps[0], signatures[0]
    # `int` reads more than digits, and comparing raises for what is not ASCII.
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12 and signature.isascii()):
        return False
    try:
        return SignatureVerifier(secret, _At(now)).is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        return False


def signed(secret: str, body: bytes, at: datetime) -> dict[str, str]:
    """The headers that Slack would send along: for trying things out, and for tests."""
    timestamp = str(int(at.timestamp()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=timestamp, body=body)
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": signature or ""}
