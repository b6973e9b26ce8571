"""The token in the link by which the owner of an address says whether two leads are both them: signed, short enough for
a text message. It opens that one question and nothing else; the question knows whether it was answered, and how old it
is."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re

_BYTES = 16  # 128 bits: nobody guesses that
# The signature covers a purpose too, so that a token of another kind can never pass as one of these.
_PURPOSE = "banter joining link 1\x00"
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


def url(number: int, *, public_url: str, secret: str) -> str:
    """The link for the question with that number."""
    return f"{public_url.rstrip('/')}/same/{make(number, secret)}"


def make(number: int, secret: str) -> str:
    """`<number>.<signature>`, safe in an address."""
    return f"{number}.{_signature(str(number), secret)}"


def read(token: str, secret: str) -> int | None:
    """The number of the question; None when the token is not one of ours. Compared in constant time."""
    number, _, signature = token.partition(".")
    expected = _signature(number, secret)
    if not hmac.compare_digest(signature.encode("utf-8", "surrogatepass"), expected.encode()):
        return None
    return int(number) if _NUMBER.fullmatch(number) else None


def _signature(number: str, secret: str) -> str:
    digest = hmac.new(secret.encode(), f"{_PURPOSE}{number}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_BYTES]).rstrip(b"=").decode()
