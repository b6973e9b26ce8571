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
_OF_VISITORS = b"banter visitor id 1\x00"
_VISITOR = re.compile(r"v_([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})")
_VISITOR_BYTES = 16  # of the hash: 128 bits


def new_conversation() -> str:
    """128 random bits: `c_` and 22 characters."""
    return f"c_{secrets.token_urlsafe(16)}"


def could_be_conversation(text: str) -> bool:
    """False for what we can never have issued."""
    return _CONVERSATION.fullmatch(text) is not None


def token_for(conversation: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), _PURPOSE + conversation.encode(), hashlib.sha256).digest()
    return "t1." + base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def visitor_of(conversation: str, secret: str) -> str | None:
    """The id by which pages tell what this visitor did; it opens nothing. None for a conversation that began elsewhere
    than on the web, in whose id there may be an address."""
    if not could_be_conversation(conversation):
        return None
    digest = hmac.new(secret.encode(), _OF_VISITORS + conversation.encode(), hashlib.sha256).digest()[:_VISITOR_BYTES]
    return f"v_{conversation[2:]}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def conversation_of(visitor: str, secret: str) -> str | None:
    """The conversation of a visitor's id; None when we have not signed it. Compared in constant time."""
    found = _VISITOR.fullmatch(visitor)
    conversation = f"c_{found[1]}" if found else ""
    return conversation if found and same(visitor, visitor_of(conversation, secret) or "") else None


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
