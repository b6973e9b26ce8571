"""Column types that behave the same on SQLite and PostgreSQL, and refuse what one of them could not keep."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, Text, TypeDecorator
from sqlalchemy.engine import Dialect

from banter.store.errors import Unstorable

#: Numbers that the database gives out. SQLite counts only in a column that is exactly INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class UtcTime(TypeDecorator):  # type: ignore[misc]
    """Aware times in, aware UTC out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = to_utc(value)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)


class PlainText(TypeDecorator):  # type: ignore[misc]
    """Any Unicode but NUL, which PostgreSQL cannot store, and half characters, which nobody can."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is not None:
            check_text(value)
        return value


def to_utc(value: datetime) -> datetime:
    """The same moment in UTC. Raises Unstorable for a time without a zone: nobody could say when that is."""
    if value.tzinfo is None:
        raise Unstorable(
            f"The time {value.isoformat()} has no time zone; give it one, e.g. datetime.now(timezone.utc)."
        )
    return value.astimezone(timezone.utc)


def check_text(value: str) -> None:
    """Raises Unstorable naming the character and its place when `value` cannot be kept."""
    if "\0" in value:
        raise Unstorable(
            f"Text may not hold NUL (U+0000, at character {value.index(chr(0))}): PostgreSQL cannot store it. "
            "Take it out before storing."
        )
    if half := _HALF_CHARACTER.search(value):
        raise Unstorable(
            f"Text may not hold half of a surrogate pair (U+{ord(half.group()):04X}, at character {half.start()}): "
            "it is no character. Take it out before storing."
        )


def to_json(value: Any) -> str:
    """JSON that both databases keep as it is. Raises Unstorable for NUL, half characters and numbers JSON has not."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise Unstorable(f"Not storable as JSON: {error}.") from error
    # `\u0000` is NUL, or a backslash that somebody typed: only a look at each text tells them apart.
    if "\\u0000" in text or _HALF_CHARACTER.search(text):
        _check_texts(value)
    return text


def _check_texts(value: Any) -> None:
    if isinstance(value, str):
        check_text(value)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            _check_texts(key)
            _check_texts(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            _check_texts(inner)
