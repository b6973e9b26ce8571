"""Which variations of a response may be said when. As Rasa chooses among them, on files as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from banter.configuration.document import Entry
from banter.leads.saying import WORDINGS
from scoring.model import CRITERIA

SMS = "sms"
#: Wordings of the questions that are no criteria, as far as they have texts of their own.
_CLOSING = {"meeting_time": ("first", "again"), "contact": ("book", "someone", "phone", "nurture", "check", "again")}


@dataclass(frozen=True)
class Variation:
    """A text of a response, with its place in the file."""

    entry: Entry
    written: Mapping[str, Any]

    @property
    def text(self) -> str:
        return str(self.written.get("text") or "")

    @property
    def line(self) -> int:
        return self.entry.line

    @property
    def sms(self) -> str:
        """Why it is longer than a text message; empty where nothing is said about that."""
        metadata = self.written.get("metadata")
        reason = metadata.get(SMS) if isinstance(metadata, Mapping) else None
        return reason.strip() if isinstance(reason, str) else ""


@dataclass(frozen=True)
class Occasion:
    """When a response is said: the slots that its conditions may ask for, and the channel."""

    slots: Mapping[str, str]
    channel: str

    def __str__(self) -> str:
        return ", ".join((*(f"{name} {value}" for name, value in self.slots.items()), f"channel {self.channel}"))


def variations(entry: Entry) -> tuple[Variation, ...]:
    """The texts of a response that can be read as such."""
    items = entry.value if isinstance(entry.value, tuple) else ()
    return tuple(Variation(item, plain) for item in items if isinstance(plain := item.plain(), Mapping))


def occasions(name: str) -> Iterator[Occasion]:
    """Every occasion to say the response `name`."""
    question = name.removeprefix("utter_ask_")
    for channel in ("web", SMS):
        if question in WORDINGS:
            for wording in WORDINGS[question]:
                for framework in CRITERIA:
                    yield Occasion({"framework": framework, "wording": wording}, channel)
        elif question in _CLOSING:
            for wording in _CLOSING[question]:
                yield Occasion({"wording": wording}, channel)
        else:
            yield Occasion({}, channel)


def fitting(those: Sequence[Variation], occasion: Occasion) -> list[Variation]:
    """The variations that Rasa draws from: of the channel before others, with conditions before those without."""
    groups: dict[tuple[bool, bool], list[Variation]] = {}
    for one in those:
        channel, conditions = one.written.get("channel"), one.written.get("condition") or ()
        if channel not in (None, occasion.channel):
            continue
        if all(occasion.slots.get(c.get("name")) == c.get("value") for c in conditions if isinstance(c, Mapping)):
            groups.setdefault((channel is not None, bool(conditions)), []).append(one)
    order = ((True, True), (True, False), (False, True), (False, False))
    return next((groups[kind] for kind in order if kind in groups), [])
