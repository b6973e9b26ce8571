"""What a visitor did -> points that fade: after one half-life half of them are left. `now` comes with the events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.known import Known
from scoring.model import Line

_MOST_SHOWN = 5


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


def behaviour_lines(known: Known, rules: Behaviour) -> tuple[Line, ...]:
    """A line for each kind of event that is worth points still, newest evidence last."""
    if not rules.worth or not known.events:
        return ()
    lines = []
    for kind, worth in rules.worth.items():
        events = sorted((event for event in known.events if event.kind == kind), key=lambda event: event.at)
        if not events:
            continue
        made = 0.0
        for event in events:
            age = max(0.0, (known.now - event.at).total_seconds() / 86_400) if known.now else 0.0
            made += worth.points * (0.5 ** (age / rules.half_life) if rules.half_life else 1.0)
        points = int(min(made, worth.most) + 0.5)
        if points:
            shown = tuple(dict.fromkeys(event.what or kind for event in events))[-_MOST_SHOWN:]
            lines.append(Line(f"behaviour.{kind}", points, shown, source="behaviour", at=events[-1].at.date()))
    return tuple(lines)
