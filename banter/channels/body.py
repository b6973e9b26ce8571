"""A request's body: never more of it than allowed in memory, JSON, an object, with fields of the right kind."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any, NoReturn

import anyio
from starlette.requests import Request

from banter.channels.errors import Refused, invalid, too_large
from banter.channels.limits import Limits


async def read_object(request: Request, limits: Limits) -> Mapping[str, Any]:
    """The body as a JSON object. Raises Refused: 413 before a body that is too big is read whole, 408, 422."""
    body = await read_bytes(request, limits)
    try:
        data = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError:
        raise invalid("body", "is nested too deeply; send a flat JSON object") from None
    except ValueError:
        raise invalid("body", "is not JSON; send a JSON object in UTF-8") from None
    if not isinstance(data, dict):
        raise invalid("body", "must be a JSON object, such as {}")
    return data


async def read_bytes(request: Request, limits: Limits) -> bytes:
    """The body as it came, to verify it by. Raises Refused: 413 before one that is too big is read whole, 408."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > limits.body:
        raise too_large(limits.body)
    try:
        with anyio.fail_after(limits.body_seconds):
            return await request.body()  # `Frame` stops it where it gets too large
    except TimeoutError:
        raise Refused(408, "too_slow", "The request took too long to arrive; send it again.") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def message_id(data: Mapping[str, Any], limits: Limits) -> str:
    """`id`: any text of 1 to 200 characters."""
    value = _text(data, "id")
    if not value:
        raise invalid("id", "must not be empty; send any text that is unique in this conversation")
    if len(value) > limits.id:
        raise invalid("id", f"is too long; send at most {limits.id} characters")
    return value


def message_text(data: Mapping[str, Any], limits: Limits) -> str:
    """`text` as typed: 1 to 2,000 characters, something visible among them."""
    value = _text(data, "text")
    if len(value) > limits.text:
        raise Refused(
            413,
            "too_large",
            f"text: is {len(value):,} characters long; send at most {limits.text:,}, in several messages if need be.",
            field="text",
        )
    if all(unicodedata.category(c)[0] == "Z" or unicodedata.category(c) in ("Cc", "Cf") for c in value):
        raise invalid("text", "is empty; write a message")
    return value


def optional_text(data: Mapping[str, Any], field: str, most: int) -> str | None:
    """A text that may be missing or null, cut at `most`: the address of a page can be longer than is worth keeping."""
    return None if data.get(field) is None else _text(data, field)[:most]


def some(data: Mapping[str, Any], field: str) -> list[Any]:
    """A list that may be missing or null; what is in it is not looked at."""
    value = data.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise invalid(field, "must be a list")
    return value


def short_text(data: Mapping[str, Any], field: str, most: int) -> str:
    """A text of 1 to `most` characters."""
    value = _text(data, field)
    if not 0 < len(value) <= most:
        raise invalid(field, f"must be 1 to {most} characters long")
    return value


def _text(data: Mapping[str, Any], field: str) -> str:
    if field not in data:
        raise invalid(field, "is missing; send it as text")
    value = data[field]
    if not isinstance(value, str):
        raise invalid(field, "must be text")
    if "\x00" in value:
        raise invalid(field, "holds a NUL character; leave it out")
    if any("\ud800" <= c <= "\udfff" for c in value):
        raise invalid(field, "holds half a character (a lone surrogate); send whole ones")
    return value
