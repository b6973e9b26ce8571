"""Ids that cannot be guessed and the tokens that go with them: a token is a keyed hash of the id, so none is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets

_CONVERSATION = re.compile(r"c_[A-Za-z0-9_-]{22}")
# The hash covers a purpose too, so that a token of one kind can never pass as another made with the same secret.
_PURPOSE = b"banter conversation token 1\x00"


def new_conversation() -> str:
    """128 random bits: `c_` and 22 characters."""
    return f"c_{secrets.token_urlsafe(16)}"


def could_be_conversation(text: str) -> bool:
    """False for what we can never have issued."""
    return _CONVERSATION.fullmatch(text) is not None


def token_for(conversation: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), _PURPOSE + conversation.encode(), hashlib.sha256).digest()
    return "t1." + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def fits(token: str, conversation: str, secret: str) -> bool:
    """Whether `token` was issued for `conversation`; compared in constant time."""
    return same(token, token_for(conversation, secret))


def same(given: str, expected: str) -> bool:
    """Constant-time comparison of two texts, whatever characters they hold."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode("utf-8", "surrogatepass"))


def bearer(authorization: str | None) -> str | None:
    """The token of an `Authorization: Bearer TOKEN` header, else None."""
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and token else None
