"""One mapping of a file, read key by key. A fault is noted and reading goes on, so that all are found at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from banter.configuration.document import Entry
from banter.configuration.faults import Fault, suggestion
from banter.configuration.values import Unfit

T = TypeVar("T")


@dataclass
class Section:
    """Reads `entry`, which stands at `path` of the file. What a method returns after a fault is None or empty: whoever
    collects `faults` must not use it."""

    file: str
    entry: Entry
    path: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)
    misspelt: set[str] = field(default_factory=set)  # right names that stand there misspelt: not missing as well

    @property
    def names(self) -> Mapping[str, Entry]:
        return self.entry.value if isinstance(self.entry.value, Mapping) else {}

    def fault(self, message: str, *keys: str, line: int | None = None) -> None:
        """Note a fault of the key `keys` below this section, at its line when there is one."""
        at = self.entry
        for key in keys:
            if not isinstance(at.value, Mapping) or key not in at.value:
                break
            at = at.value[key]
        key_path = ".".join((*self.path, *keys))
        self.faults.append(Fault(self.file, at.line if line is None else line, key_path, message))

    def only(self, *known: str, what: str = "key") -> None:
        """Every other name is a fault, with the nearest right one."""
        for name in self.names:
            if name not in known:
                # A name that is not there yet is the likelier meaning; when one is near it is not missing as well.
                mend = suggestion(name, [right for right in known if right not in self.names])
                if not mend.startswith("did you mean"):
                    mend = suggestion(name, known)
                self.misspelt.update(right for right in known if mend == f"did you mean {right}?")
                self.fault(f"unknown {what}; {mend}", name)

    def has(self, name: str) -> bool:
        """True when there is a value; `name:` with nothing after it is none."""
        return name in self.names and self.names[name].value is not None

    def need(self, name: str, like: str) -> Entry | None:
        """The entry, or a fault that it is missing, with an example of what to write."""
        if self.has(name):
            return self.names[name]
        if name in self.misspelt:
            return None
        given = name in self.names
        self.fault(
            f"has no value; write e.g. {name}: {like}" if given else f"is missing; add e.g. {name}: {like}", name
        )
        return None

    def text(self, name: str, like: str, *, most: int = 2000) -> str:
        """A text that is there."""
        entry = self.need(name, like)
        return self._text(entry, name, most) if entry else ""

    def _text(self, entry: Entry, name: str, most: int) -> str:
        if not isinstance(entry.value, str):
            self.fault(_not_text(entry), name)
            return ""
        text = entry.value.strip()
        if not text:
            self.fault("is empty; write a text", name)
        elif len(text) > most:
            self.fault(f"is {len(text):,} characters long; {most:,} is the most", name)
        elif any(not (char.isprintable() or char == "\n") for char in text):
            self.fault("holds a character that cannot be printed; type the text again", name)
        return text

    def value(self, name: str, parse: Callable[[str], T], like: str) -> T | None:
        """A single value that is there, made by `parse` from what is written."""
        entry = self.need(name, like)
        return self._parsed(entry, parse, name) if entry else None

    def value_or_none(self, name: str, parse: Callable[[str], T]) -> T | None:
        return self._parsed(self.names[name], parse, name) if self.has(name) else None

    def _parsed(self, entry: Entry, parse: Callable[[str], T], *keys: str, line: int | None = None) -> T | None:
        if isinstance(entry.value, Mapping | tuple):
            self.fault("must be a single value, not a list", *keys, line=line)
            return None
        try:
            return parse(entry.raw)
        except Unfit as unfit:
            self.fault(str(unfit), *keys, line=line)
            return None

    def whole(self, name: str, least: int, most: int) -> int:
        entry = self.need(name, str(least))
        if entry is None:
            return 0
        value = entry.value
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            self.fault(f"must be a whole number from {least} to {most}", name)
            return 0
        return value

    def items(self, name: str, like: str) -> tuple[Entry, ...]:
        """The entries of a list that must be there; it may be empty (`[]`)."""
        entry = self.need(name, like)
        if entry is None:
            return ()
        if not isinstance(entry.value, tuple):
            self.fault(f"must be a list, e.g. {name}: {like}", name)
            return ()
        return entry.value

    def values(self, name: str, parse: Callable[[str], T], like: str) -> tuple[T, ...]:
        """A list of single values, none of them twice."""
        found: list[T] = []
        for place, item in enumerate(self.items(name, like), start=1):
            value = self._parsed(item, parse, name, str(place), line=item.line)
            if value is None:
                continue
            if value in found:
                self.fault("is in the list twice; leave one out", name, line=item.line)
                continue
            found.append(value)
        return tuple(found)

    def below(self, name: str, like: str) -> Section | None:
        """The mapping under `name`, or a fault."""
        entry = self.need(name, like)
        return self.as_section(entry, name) if entry else None

    def as_section(self, entry: Entry, *keys: str) -> Section | None:
        """`entry` as a mapping of its own, or a fault."""
        if not isinstance(entry.value, Mapping):
            self.fault("must hold `name: value` lines", *keys, line=entry.line)
            return None
        return Section(self.file, entry, (*self.path, *keys), self.faults)

    def one_of(self, name: str, known: Sequence[str]) -> str:
        return self.value(name, lambda raw: choice(raw, known), known[0]) or known[0]


def choice(raw: str, known: Sequence[str]) -> str:
    """`raw` when it is one of `known`; raises Unfit with the nearest."""
    if raw not in known:
        raise Unfit(f"'{raw}' is not known; {suggestion(raw, known)}")
    return raw


def _not_text(entry: Entry) -> str:
    if isinstance(entry.value, Mapping | tuple):
        return "must be a text, not a list; a text with a colon in it goes in quotes"
    return f'must be a text; put it in quotes: "{entry.raw}"'
