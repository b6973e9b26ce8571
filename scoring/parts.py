"""What a rubric may hold beside bands and thresholds. Each part is off where it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.behaviour import Behaviour, Worth
from scoring.data import Reader, RubricError
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
    """The parts that `data` holds, and all that is wrong with them."""
    there = {
        name: data[name] for name in PARTS if data.get(name) is not None
    }  # `signals:` with nothing after it is none
    read = Reader(there)
    parts = Parts(
        signals=_signals(framework, read) if "signals" in there else {},
        behaviour=_behaviour(read) if "behaviour" in there else Behaviour(),
        negatives=_negatives(read) if "negatives" in there else (),
        caps=_caps(read) if "caps" in there else {},
        fit_adds=_fit_adds(read) if "fit" in there else 0,
        disqualifiers=_disqualifiers(read) if "disqualifiers" in there else (),
        deals=_deals(read) if "deals" in there else (),
        handoff=_handoff(framework, read) if "handoff" in there else None,
        border=(read.whole(("border",), 0, MOST_POINTS) or 0) if "border" in there else 0,
    )
    return parts, read.faults


def _signals(framework: Framework, read: Reader) -> dict[Dimension, dict[str, int]]:
    criteria = {name: dimension for dimension, name in CRITERIA[framework].items()}
    signals: dict[Dimension, dict[str, int]] = {}
    for name in read.only(("signals",), criteria, "criterion"):
        given = read.only(("signals", name), (*SPECIFICITIES, *COMMITMENTS), "signal")
        points = {sign: read.whole(("signals", name, sign), -MOST_POINTS, MOST_POINTS) for sign in given}
        signals[criteria[name]] = {sign: figure for sign, figure in points.items() if figure is not None}
    return signals


def _behaviour(read: Reader) -> Behaviour:
    there = read.only(("behaviour",), ("points", "half_life"))
    worth: dict[str, Worth] = {}
    if not isinstance(read.data["behaviour"], Mapping):
        return Behaviour()
    for kind, value in read.only(("behaviour", "points"), EVENTS, "event").items():
        key = ("behaviour", "points", kind)
        if isinstance(value, Mapping):
            read.only(key, ("each", "most"))
            each = read.whole((*key, "each"), 0, MOST_POINTS)
            most = read.whole((*key, "most"), each or 0, MOST_POINTS)
        else:
            each = most = read.whole(key, 0, MOST_POINTS)
        worth[kind] = Worth(each or 0, most or 0)
    fades = there.get("half_life") is not None
    return Behaviour(worth, read.whole(("behaviour", "half_life"), 1, 3650) if fades else None)


def _negatives(read: Reader) -> tuple[Negative, ...]:
    found = []
    for name, key in read.rules("negatives", ("when", "unless", "points")):
        points, when = read.whole((*key, "points"), -MOST_POINTS), read.condition(key)
        if points is not None and points >= 0:
            read.faults.append(RubricError((*key, "points"), "must be below 0, e.g. -10"))
        if points is not None and when is not None:
            found.append(Negative(name, when, points))
    return tuple(found)


def _caps(read: Reader) -> dict[str, int]:
    caps = {group: read.whole(("caps", group), 0, MOST_POINTS) for group in read.only(("caps",), CAPPED, "group")}
    return {group: cap for group, cap in caps.items() if cap is not None}


def _fit_adds(read: Reader) -> int:
    read.only(("fit",), ("adds",))
    return (read.whole(("fit", "adds"), 0, MOST_POINTS) or 0) if isinstance(read.data["fit"], Mapping) else 0


def _disqualifiers(read: Reader) -> tuple[Disqualifier, ...]:
    found = []
    for name, key in read.rules("disqualifiers", ("when", "unless", "reason")):
        when, reason = read.condition(key), read.text((*key, "reason"))
        if when is not None and reason is not None:
            found.append(Disqualifier(name, when, reason))
    return tuple(found)


def _deals(read: Reader) -> tuple[Deal, ...]:
    found = []
    for name, key in read.rules("deals", ("when", "unless", "qualified", "warm")):
        when, limits = read.condition(key), _thresholds(read, key, name)
        if when is not None and limits is not None:
            found.append(Deal(when, limits))
    return tuple(found)


def _thresholds(read: Reader, key: tuple[str, ...], name: str) -> Thresholds | None:
    """`qualified` and `warm` below `key`, the second below the first."""
    qualified, warm = read.whole((*key, "qualified")), read.whole((*key, "warm"))
    if qualified is None or warm is None:
        return None
    if warm >= qualified:
        read.faults.append(RubricError((*key, "warm"), f"must be below qualified ({qualified})"))
    return Thresholds(qualified, warm, name)


def _handoff(framework: Framework, read: Reader) -> Handoff:
    there = read.only(("handoff",), _HANDOFF)
    if not isinstance(read.data["handoff"], Mapping):
        return Handoff(0, 0, 0, 0)
    strong_fit, moderate_fit = (read.whole(("handoff", name), 0, 100) for name in _HANDOFF[:2])
    strong_intent, moderate_intent = (read.whole(("handoff", name)) for name in _HANDOFF[2:4])
    for name, strong, moderate in (
        ("moderate_fit", strong_fit, moderate_fit),
        ("moderate_intent", strong_intent, moderate_intent),
    ):
        if strong is not None and moderate is not None and moderate > strong:
            mend = f"must not be above {name.replace('moderate', 'strong')} ({strong})"
            read.faults.append(RubricError(("handoff", name), mend))
    criteria = {name: dimension for dimension, name in CRITERIA[framework].items()}
    enough = there.get("enough") or ()
    if not isinstance(enough, (list, tuple)) or any(name not in criteria for name in enough):
        read.faults.append(RubricError(("handoff", "enough"), f"must be a list out of {', '.join(criteria)}"))
        enough = ()
    said = tuple(criteria[name] for name in enough)
    return Handoff(strong_fit or 0, moderate_fit or 0, strong_intent or 0, moderate_intent or 0, said)
