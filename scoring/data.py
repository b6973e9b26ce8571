"""Plain data (what YAML gives) read piece by piece; what is wrong is named by its path, with the mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar

from scoring.known import SIGNS, TRAITS
from scoring.wanted import Wanted, When, wanted_from

T = TypeVar("T")


class RubricError(ValueError):
    """What is wrong with a rubric; `key` is the path of the faulty entry, e.g. ("points", "budget", "aproved")."""

    def __init__(self, key: tuple[str, ...], message: str) -> None:
        self.key = tuple(map(str, key))  # a name that YAML reads as a number, too
        super().__init__(f"{'.'.join(self.key)}: {message}" if key else message)
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


class Reader:
    """Reads plain data and goes on after a fault, so that an owner sees all of them at once: they are in `faults`."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.faults: list[RubricError] = []

    def attempt(self, read: Callable[[], T]) -> T | None:
        """What `read` gives, None after a fault."""
        try:
            return read()
        except RubricError as fault:
            self.faults.append(fault)
            return None

    def only(self, key: tuple[str, ...], known: Iterable[str], what: str = "key") -> Mapping[str, Any]:
        """What of the mapping at `key` has a known name; each other name is a fault."""
        there, names = self.attempt(lambda: mapping(self.data, key)) or {}, tuple(known)
        self.faults += [_unknown((*key, str(name)), names, what) for name in there if name not in names]
        return {name: value for name, value in there.items() if name in names}

    def rules(self, part: str, known: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The name and the path of each rule of a part, whose keys are `known`."""
        for name in self.attempt(lambda: mapping(self.data, (part,))) or ():
            key = (part, name)
            if self.attempt(partial(mapping, self.data, key)) is not None:
                self.only(key, known)
                yield str(name), key

    def whole(self, key: tuple[str, ...], least: int = 0, most: int | None = None) -> int | None:
        return self.attempt(lambda: whole(self.data, key, least, most))

    def text(self, key: tuple[str, ...]) -> str | None:
        return self.attempt(lambda: text(self.data, key))

    def condition(self, key: tuple[str, ...]) -> When | None:
        """`when` and `unless` below `key`, one of them at least."""
        there = self.attempt(lambda: mapping(self.data, key)) or {}
        if "when" not in there and "unless" not in there:
            self.faults.append(RubricError(key, "never holds; add when: or unless:, e.g. when: {industry: [legal]}"))
            return None
        before = len(self.faults)
        when = When(*(self._all_wanted((*key, name)) if name in there else {} for name in ("when", "unless")))
        return when if len(self.faults) == before else None

    def _all_wanted(self, key: tuple[str, ...]) -> dict[str, Wanted]:
        before = len(self.faults)
        names = self.only(key, (*TRAITS, *SIGNS), "fact")
        if not names and len(self.faults) == before:
            self.faults.append(RubricError(key, "is empty; name a fact, e.g. industry: [legal]"))
        found = {name: self.attempt(partial(wanted_of, name, value, (*key, name))) for name, value in names.items()}
        return {name: wanted for name, wanted in found.items() if wanted is not None}


def only(data: Mapping[str, Any], key: tuple[str, ...], known: Iterable[str], what: str = "key") -> Mapping[str, Any]:
    """The mapping at `key`. Raises the first fault where it has another name than those."""
    reader = Reader(data)
    there = reader.only(key, known, what)
    if reader.faults:
        raise reader.faults[0]
    return there


def wanted_of(about: str, value: Any, key: tuple[str, ...]) -> Wanted:
    """What is looked for in that fact."""
    try:
        return wanted_from(about, value)
    except ValueError as wrong:
        raise RubricError(key, str(wrong)) from wrong


def _unknown(key: tuple[str, ...], known: tuple[str, ...], what: str) -> RubricError:
    return RubricError(key, f"unknown {what}; use one of {', '.join(known)}")
