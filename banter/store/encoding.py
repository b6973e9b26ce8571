"""Values (frozen dataclasses) to plain JSON data and back, led by their type hints.

A field that is added to a value is stored without a line here; what an older or newer version wrote is read: unknown
keys are passed over, missing ones take the field's default. Where a field may be one of several dataclasses, `is`
names which.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, Union

from banter.leads.facts import Facts
from banter.leads.model import Lead
from banter.store.types import to_utc

Convert = Callable[[Any], Any]

_TAG = "is"


def lead_to_json(lead: Lead) -> dict[str, Any]:
    """Plain data with nothing lost; times in UTC."""
    return _codec(Lead)[0](lead)  # type: ignore[no-any-return]


def lead_from_json(data: Mapping[str, Any]) -> Lead:
    """The lead that `lead_to_json` was given."""
    return _codec(Lead)[1](data)  # type: ignore[no-any-return]


def facts_to_json(facts: Facts) -> dict[str, Any]:
    return _codec(Facts)[0](facts)  # type: ignore[no-any-return]


def facts_from_json(data: Mapping[str, Any]) -> Facts:
    return _codec(Facts)[1](data)  # type: ignore[no-any-return]


def _same(value: Any) -> Any:
    return value


@cache
def _codec(kind: Any) -> tuple[Convert, Convert]:
    """How to write and how to read a value of type `kind`. Raises TypeError for a type that nobody taught it."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind in (str, int, float, bool, Any) or origin is Literal:
        return _same, _same
    if kind is datetime:
        return lambda value: to_utc(value).isoformat(), datetime.fromisoformat
    if kind is date:
        return date.isoformat, date.fromisoformat
    if is_dataclass(kind):
        return _dataclass_codec(kind)
    if origin is tuple and len(inner) == 2 and inner[1] is Ellipsis:
        write, read = _codec(inner[0])
        if write is _same:
            return list, tuple
        return lambda value: [write(v) for v in value], lambda data: tuple([read(d) for d in data]) if data else ()
    if origin is not None and isinstance(origin, type) and issubclass(origin, Mapping):
        write, read = _codec(inner[1])
        return (
            lambda value: {k: write(v) for k, v in value.items()},
            lambda data: {k: read(d) for k, d in data.items()},
        )
    if origin in (Union, types.UnionType):
        return _union_codec(inner)
    raise TypeError(f"banter.store.encoding cannot store a {kind}: teach it there, with a test.")


def _dataclass_codec(kind: Any) -> tuple[Convert, Convert]:
    hints = typing.get_type_hints(kind)
    parts = [(f.name, *_codec(hints[f.name])) for f in fields(kind)]
    reads = [(name, decode) for name, _, decode in parts]

    def write(value: Any) -> dict[str, Any]:
        return {name: encode(getattr(value, name)) for name, encode, _ in parts}

    def read(data: Mapping[str, Any]) -> Any:
        # A backtest reads thousands of leads, and most of what they hold is plain.
        return kind(**{n: data[n] if decode is _same else decode(data[n]) for n, decode in reads if n in data})

    return write, read


def _union_codec(inner: tuple[Any, ...]) -> tuple[Convert, Convert]:
    kinds = [kind for kind in inner if kind is not type(None)]
    if len(kinds) == 1:
        write, read = _codec(kinds[0])
        return (
            lambda value: None if value is None else write(value),
            lambda data: None if data is None else read(data),
        )
    if not all(is_dataclass(kind) for kind in kinds):
        raise TypeError(f"banter.store.encoding cannot tell {kinds} apart: teach it there, with a test.")
    writers = {kind: (kind.__name__, _codec(kind)[0]) for kind in kinds}
    readers = {kind.__name__: _codec(kind)[1] for kind in kinds}

    def write_tagged(value: Any) -> dict[str, Any] | None:
        if value is None:
            return None
        name, write = writers[type(value)]
        return {_TAG: name, **write(value)}

    def read_tagged(data: Mapping[str, Any] | None) -> Any:
        return None if data is None else readers[data[_TAG]](data)

    return write_tagged, read_tagged
