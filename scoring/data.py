"""Plain data (what YAML gives) read piece by piece; what is wrong is named by its path, with the mend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.known import SIGNS, TRAITS
from scoring.wanted import Wanted, When, wanted_from


class RubricError(ValueError):
    """What is wrong with a rubric; `key` is the path of the faulty entry, e.g. ("points", "budget", "aproved")."""

    def __init__(self, key: tuple[str, ...], message: str) -> None:
        super().__init__(f"{'.'.join(key)}: {message}" if key else message)
        self.key = key
        self.message = message


def at(data: Mapping[str, Any], key: tuple[str, ...]) -> Any:
    value: Any = data
    for depth, part in enumerate(key):
        if not isinstance(value, Mapping) or part not in value:
            raise RubricError(key[:depth], f"'{part}' is missing")
        value = value[part]
    return value


def mapping(data: Mapping[str, Any], key: tuple[str, ...]) -> Mapping[str, Any]:
    value = at(data, key)
    if not isinstance(value, Mapping):
        raise RubricError(key, "must be a list of names with values")
    return value


def whole(data: Mapping[str, Any], key: tuple[str, ...], least: int = 0, most: int | None = None) -> int:
    value = at(data, key)
    wrong = isinstance(value, bool) or not isinstance(value, int)
    if wrong or value < least or (most is not None and value > most):
        raise RubricError(key, f"must be a whole number, {least} or more" + (f", {most} at most" if most else ""))
    return int(value)


def text(data: Mapping[str, Any], key: tuple[str, ...]) -> str:
    value = at(data, key)
    if not isinstance(value, str) or not value.strip():
        raise RubricError(key, "must be a text; put it in quotes")
    return value.strip()


def only(data: Mapping[str, Any], key: tuple[str, ...], known: Iterable[str], what: str = "key") -> Mapping[str, Any]:
    """The mapping at `key`, after every other name in it is refused."""
    there, names = mapping(data, key), tuple(known)
    for name in there:
        if name not in names:
            raise RubricError((*key, str(name)), f"unknown {what}; use one of {', '.join(names)}")
    return there


def condition(data: Mapping[str, Any], key: tuple[str, ...]) -> When:
    """`when` and `unless` below `key`, one of them at least."""
    there = mapping(data, key)
    if "when" not in there and "unless" not in there:
        raise RubricError(key, "never holds; add when: or unless:, e.g. when: {industry: [legal]}")
    parts = [_all_wanted(data, (*key, name)) if name in there else {} for name in ("when", "unless")]
    return When(*parts)


def wanted(data: Mapping[str, Any], key: tuple[str, ...]) -> Wanted:
    """What is looked for in the fact that the last part of `key` is about."""
    return wanted_of(key[-1], at(data, key), key)


def wanted_of(about: str, value: Any, key: tuple[str, ...]) -> Wanted:
    try:
        return wanted_from(about, value)
    except ValueError as wrong:
        raise RubricError(key, str(wrong)) from wrong


def _all_wanted(data: Mapping[str, Any], key: tuple[str, ...]) -> dict[str, Wanted]:
    names = only(data, key, (*TRAITS, *SIGNS), "fact")
    if not names:
        raise RubricError(key, "is empty; name a fact, e.g. industry: [legal]")
    return {name: wanted(data, (*key, name)) for name in names}
