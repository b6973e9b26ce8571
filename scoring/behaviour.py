"""What a visitor did -> points that fade: after one half-life half of them are left. `now` comes with the events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from scoring.known import Event, Known
from scoring.model import Line

_MOST_SHOWN = 5
_at = attrgetter("at")


@dataclass(frozen=True)
class Worth:
    """What one kind of event is worth. `most` is what all of its kind can add up to: without more, only one counts."""

    points: int
    most: int


@dataclass(frozen=True)
class Behaviour:
    """Points by kind of event (`scoring.known.EVENTS`). `half_life` in days; None: they do not fade."""

    worth: Mapping[str, Worth] = field(default_factory=dict)
    half_life: int | None = None


def behaviour_lines(known: Known, rules: Behaviour) -> list[Line]:
    """A line for each kind of event that is worth points still, newest evidence last."""
    done: dict[str, list[Event]] = {kind: [] for kind in rules.worth}
    for event in known.events:
        if event.kind in done:
            done[event.kind].append(event)
    lines = []
    for kind, events in done.items():
        if not events:
            continue
        events.sort(key=_at)
        worth = rules.worth[kind]
        points = int(min(worth.points * _left(events, known.now, rules.half_life), worth.most) + 0.5)
        if points:
            shown = tuple(dict.fromkeys([event.what or kind for event in events]))[-_MOST_SHOWN:]
            lines.append(Line(f"behaviour.{kind}", points, shown, None, "behaviour", events[-1].at.date()))
    return lines


def _left(events: Sequence[Event], now: datetime | None, half_life: int | None) -> float:
    """How many of the events are left: each counts for one as it happens, for a half after one half-life."""
    if now is None or half_life is None:
        return len(events)
    left = 0.0
    for event in events:
        age = now - event.at
        days = age.days + age.seconds / 86_400
        left += 0.5 ** (days / half_life) if days > 0 else 1.0
    return left
