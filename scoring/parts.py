"""What a rubric may hold beside bands and thresholds. Each part is off where it is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.behaviour import Behaviour, Worth
from scoring.data import RubricError, condition, mapping, only, text, whole
from scoring.known import EVENTS
from scoring.model import COMMITMENTS, CRITERIA, SPECIFICITIES, Dimension, Framework, Thresholds
from scoring.wanted import When

#: More than anyone needs, and a slip of the finger is seen.
MOST_POINTS = 1000
PARTS = ("signals", "behaviour", "negatives", "caps", "fit", "disqualifiers", "deals", "handoff", "border")
CAPPED = ("signals", "behaviour", "negatives")
_HANDOFF = ("strong_fit", "moderate_fit", "strong_intent", "moderate_intent", "enough")


@dataclass(frozen=True)
class Negative:
    """Points (below 0) for what is known to speak against a lead."""

    name: str
    when: When
    points: int


@dataclass(frozen=True)
class Disqualifier:
    """What rules a lead out however high the points; `reason` is a sentence for the team."""

    name: str
    when: When
    reason: str


@dataclass(frozen=True)
class Deal:
    """Other thresholds for some deals: high-ticket higher, self-serve lower."""

    when: When
    thresholds: Thresholds


@dataclass(frozen=True)
class Handoff:
    """When a lead goes to sales: a strong fit with moderate intent, or a moderate fit with strong intent, and `enough`
    said to open a call with. Fit in percent, intent in points."""

    strong_fit: int
    moderate_fit: int
    strong_intent: int
    moderate_intent: int
    enough: tuple[Dimension, ...] = ()

    def met(self, fit: int, intent: int) -> bool:
        return (fit >= self.strong_fit and intent >= self.moderate_intent) or (
            fit >= self.moderate_fit and intent >= self.strong_intent
        )


@dataclass(frozen=True)
class Parts:
    """The optional parts of a rubric. `Parts()` is a rubric of bands and thresholds alone."""

    signals: Mapping[Dimension, Mapping[str, int]] = field(default_factory=dict)
    behaviour: Behaviour = Behaviour()
    negatives: tuple[Negative, ...] = ()
    caps: Mapping[str, int] = field(default_factory=dict)
    fit_adds: int = 0  # the points that a perfect fit adds to the total
    disqualifiers: tuple[Disqualifier, ...] = ()
    deals: tuple[Deal, ...] = ()  # the first whose condition holds counts
    handoff: Handoff | None = None
    border: int = 0  # so many points around the border of `book` go to a person

    @property
    def conditions(self) -> tuple[When, ...]:
        """Those of all rules that have one."""
        rules: tuple[Negative | Disqualifier | Deal, ...] = (*self.negatives, *self.disqualifiers, *self.deals)
        return tuple(rule.when for rule in rules)


def parts_from(framework: Framework, data: Mapping[str, Any]) -> tuple[Parts, list[RubricError]]:
    """The parts that `data` holds, and what is wrong: the first fault of each, so that an owner sees all together."""
    wrong: list[RubricError] = []
    found: dict[str, Any] = {}

    def read(part: str, field_name: str, reader: Callable[[], Any]) -> None:
        if data.get(part) is None:  # `signals:` with nothing after it is none
            return
        try:
            found[field_name] = reader()
        except RubricError as error:
            wrong.append(error)

    read("signals", "signals", lambda: _signals(framework, data))
    read("behaviour", "behaviour", lambda: _behaviour(data))
    read("negatives", "negatives", lambda: _negatives(data))
    read("caps", "caps", lambda: _caps(data))
    read("fit", "fit_adds", lambda: _fit_adds(data))
    read("disqualifiers", "disqualifiers", lambda: _disqualifiers(data))
    read("deals", "deals", lambda: _deals(data))
    read("handoff", "handoff", lambda: _handoff(framework, data))
    read("border", "border", lambda: whole(data, ("border",), 0, MOST_POINTS))
    return Parts(**found), wrong


def _signals(framework: Framework, data: Mapping[str, Any]) -> dict[Dimension, dict[str, int]]:
    criteria = {name: dimension for dimension, name in CRITERIA[framework].items()}
    signals: dict[Dimension, dict[str, int]] = {}
    for name in only(data, ("signals",), criteria, "criterion"):
        given = only(data, ("signals", name), (*SPECIFICITIES, *COMMITMENTS), "signal")
        key = ("signals", name)
        signals[criteria[name]] = {s: whole(data, (*key, s), -MOST_POINTS, MOST_POINTS) for s in given}
    return signals


def _behaviour(data: Mapping[str, Any]) -> Behaviour:
    there = only(data, ("behaviour",), ("points", "half_life"))
    worth = {}
    for kind in only(data, ("behaviour", "points"), EVENTS, "event"):
        key = ("behaviour", "points", kind)
        if isinstance(data["behaviour"]["points"][kind], Mapping):
            only(data, key, ("each", "most"))
            each = whole(data, (*key, "each"), 0, MOST_POINTS)
            worth[kind] = Worth(each, whole(data, (*key, "most"), each, MOST_POINTS))
        else:
            once = whole(data, key, 0, MOST_POINTS)
            worth[kind] = Worth(once, once)
    half_life = whole(data, ("behaviour", "half_life"), 1, 3650) if there.get("half_life") is not None else None
    return Behaviour(worth, half_life)


def _negatives(data: Mapping[str, Any]) -> tuple[Negative, ...]:
    found = []
    for name in mapping(data, ("negatives",)):
        only(data, ("negatives", name), ("when", "unless", "points"))
        points = whole(data, ("negatives", name, "points"), -MOST_POINTS)
        if points >= 0:
            raise RubricError(("negatives", name, "points"), "must be below 0, e.g. -10")
        found.append(Negative(str(name), condition(data, ("negatives", name)), points))
    return tuple(found)


def _caps(data: Mapping[str, Any]) -> dict[str, int]:
    return {group: whole(data, ("caps", group), 0, MOST_POINTS) for group in only(data, ("caps",), CAPPED, "group")}


def _fit_adds(data: Mapping[str, Any]) -> int:
    only(data, ("fit",), ("adds",))
    return whole(data, ("fit", "adds"), 0, MOST_POINTS)


def _disqualifiers(data: Mapping[str, Any]) -> tuple[Disqualifier, ...]:
    found = []
    for name in mapping(data, ("disqualifiers",)):
        key = ("disqualifiers", name)
        only(data, key, ("when", "unless", "reason"))
        found.append(Disqualifier(str(name), condition(data, key), text(data, (*key, "reason"))))
    return tuple(found)


def _deals(data: Mapping[str, Any]) -> tuple[Deal, ...]:
    found = []
    for name in mapping(data, ("deals",)):
        key = ("deals", name)
        only(data, key, ("when", "unless", "qualified", "warm"))
        found.append(Deal(condition(data, key), _thresholds(data, key, str(name))))
    return tuple(found)


def _thresholds(data: Mapping[str, Any], key: tuple[str, ...], name: str) -> Thresholds:
    """`qualified` and `warm` below `key`, the second below the first."""
    qualified, warm = whole(data, (*key, "qualified")), whole(data, (*key, "warm"))
    if warm >= qualified:
        raise RubricError((*key, "warm"), f"must be below qualified ({qualified})")
    return Thresholds(qualified, warm, name)


def _handoff(framework: Framework, data: Mapping[str, Any]) -> Handoff:
    there = only(data, ("handoff",), _HANDOFF)
    strong_fit, moderate_fit = (whole(data, ("handoff", name), 0, 100) for name in _HANDOFF[:2])
    strong_intent, moderate_intent = (whole(data, ("handoff", name)) for name in _HANDOFF[2:4])
    for name, strong, moderate in (
        ("moderate_fit", strong_fit, moderate_fit),
        ("moderate_intent", strong_intent, moderate_intent),
    ):
        if moderate > strong:
            raise RubricError(("handoff", name), f"must not be above {name.replace('moderate', 'strong')} ({strong})")
    criteria = {name: dimension for dimension, name in CRITERIA[framework].items()}
    enough = there.get("enough") or ()
    if not isinstance(enough, (list, tuple)) or any(name not in criteria for name in enough):
        raise RubricError(("handoff", "enough"), f"must be a list out of {', '.join(criteria)}")
    said = tuple(criteria[name] for name in enough)
    return Handoff(strong_fit, moderate_fit, strong_intent, moderate_intent, said)
