"""The token in an unsubscribe link: whose it is, signed, so that nobody can unsubscribe others by guessing."""

from __future__ import annotations

import base64
import hashlib
import hmac

_BYTES = 18  # 144 bits: nobody guesses that, and the link stays short


def make(lead_id: str, secret: str) -> str:
    """`<lead>.<signature>`, safe in a link. The same lead and secret always give the same token."""
    return f"{lead_id}.{_signature(lead_id, secret)}"


def read(token: str, secret: str) -> str | None:
    """The lead whose token this is; None when it is not one of ours."""
    lead_id, dot, signature = token.rpartition(".")
    if not dot or not signature.isascii():
        return None
    return lead_id if hmac.compare_digest(signature, _signature(lead_id, secret)) else None


def _signature(lead_id: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"unsubscribe:{lead_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).decode()
