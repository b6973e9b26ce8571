"""The values that every part shares: what was answered, what it scored, where the lead goes.

All are frozen: a correction makes a new value, so nothing that was explained to a person changes under them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from scoring.fit import Fit

Dimension = Literal["budget", "authority", "need", "timeline"]
Framework = Literal["bant", "champ"]
Segment = Literal["hot", "warm", "cold"]
RouteName = Literal["book", "nurture_warm", "nurture_cold", "handover", "support", "disqualified"]

DIMENSIONS: tuple[Dimension, ...] = ("budget", "authority", "need", "timeline")

#: Bands of each dimension, best first. `declined` and `unclear` belong to every dimension.
BANDS: Mapping[Dimension, tuple[str, ...]] = {
    "budget": ("approved_amount", "approved", "amount", "exploring", "none"),
    "authority": ("final", "shared", "influence", "none"),
    "need": ("quantified", "specific", "general", "curious"),
    "timeline": ("within_60_days", "within_120_days", "within_year", "someday"),
}
NOT_SAID: tuple[str, ...] = ("declined", "unclear")
SPECIFICITIES: tuple[str, ...] = ("precise", "some", "vague")
COMMITMENTS: tuple[str, ...] = ("committed", "intending", "tentative", "negative")

#: What the four criteria are called in each framework, in the order CHAMP or BANT asks them.
CRITERIA: Mapping[Framework, Mapping[Dimension, str]] = {
    "bant": {"need": "need", "budget": "budget", "authority": "authority", "timeline": "timeline"},
    "champ": {
        "need": "challenges",
        "authority": "authority",
        "budget": "money",
        "timeline": "prioritization",
    },
}


@dataclass(frozen=True)
class Evidence:
    """Words an answer rests on. `text == answer.text[start:end]`; offsets count characters of the visitor's message."""

    text: str
    start: int
    end: int
    kind: str  # money, date, approval, role, approver, problem, measure, hedge, negation, refusal ...


@dataclass(frozen=True)
class Money:
    """An amount as said: a single figure has min == max, a ceiling no min, a floor no max. Units of `currency`."""

    min: float | None
    max: float | None
    currency: str | None = None  # ISO 4217, only when said
    period: str | None = None  # year, quarter, month, once; only when said


@dataclass(frozen=True)
class Timing:
    """Days from the day of the conversation to the latest day meant (`days_max`), and that day; None without a date."""

    days_max: int | None
    last_day: date | None = None


@dataclass(frozen=True)
class Answer:
    """One answer to one question, as `docs/labels.md` defines the labels. `text` is the whole message it came from."""

    dimension: Dimension
    band: str
    specificity: str
    commitment: str
    text: str
    evidence: tuple[Evidence, ...] = ()
    value: Money | Timing | None = None

    @property
    def said(self) -> bool:
        """True when it says something that can be worth points: neither declined nor unclear."""
        return self.band not in NOT_SAID

    @property
    def guessed(self) -> bool:
        """True when no rule knew the words: it is the likeliest band of the whole statement."""
        return bool(self.evidence) and all(piece.kind == "statement" for piece in self.evidence)


@dataclass(frozen=True)
class Line:
    """Points with the rule that gave them, e.g. `budget.approved_amount`, and what they rest on: the visitor's words,
    or the pages they saw. `source` says where that comes from, `at` its day where one is known."""

    rule: str
    points: int
    evidence: tuple[str, ...]
    dimension: Dimension | None = None  # the criterion it speaks for, if it does
    source: str = "said"
    at: date | None = None

    def __init__(
        self,
        rule: str,
        points: int,
        evidence: tuple[str, ...],
        dimension: Dimension | None = None,
        source: str = "said",
        at: date | None = None,
    ) -> None:
        # A lead has a dozen of them, and what is frozen is else filled field by field, at twice the cost.
        self.__dict__.update(rule=rule, points=points, evidence=evidence, dimension=dimension, source=source, at=at)

    @property
    def group(self) -> str:
        """`answers`, `signals`, `behaviour`, `negatives`, `fit`, `caps` or `floor`: how the rule begins."""
        head = self.rule.partition(".")[0]
        return "answers" if head in DIMENSIONS else head


#: The rule of the points that the fit adds to the total.
FIT_RULE = "fit.profile"


@dataclass(frozen=True)
class Thresholds:
    """The least totals of a qualified and of a warm lead; `name` says for which deals, empty: for all others."""

    qualified: int
    warm: int
    name: str = ""

    def segment(self, total: int) -> Segment:
        return "hot" if total >= self.qualified else "warm" if total >= self.warm else "cold"


@dataclass(frozen=True)
class Score:
    """What a lead is worth and why. Every figure is computed from `lines` and `thresholds`, so none can disagree.

    `rubric` is name@version, e.g. `bant@1`. `known` of `knowable` is what confidence is the share of.
    """

    rubric: str
    lines: tuple[Line, ...]
    missing: tuple[Dimension, ...]  # not asked, declined or unclear: shown as missing, worth nothing
    thresholds: Thresholds | None = None  # those that count for this lead; None: it was scored before they were kept
    fit: Fit | None = None  # None: there is no profile to compare with
    known: int = 0
    knowable: int = 0
    doubts: tuple[str, ...] = ()  # of answers that are hedged or guessed: `budget.hedged`
    disqualified: str | None = None  # by the rubric or the profile: the reason, a sentence

    @property
    def total(self) -> int:
        return sum([line.points for line in self.lines])

    @property
    def intent(self) -> int:
        """The total without what the fit adds, if the rubric lets it add anything."""
        return sum([line.points for line in self.lines if line.rule != FIT_RULE])

    @property
    def segment(self) -> Segment | None:
        return self.thresholds.segment(self.total) if self.thresholds else None

    @property
    def confidence(self) -> int | None:
        """How many percent of what could be known is known; None: it was scored before that was kept."""
        return 100 * self.known // self.knowable if self.knowable else None


@dataclass(frozen=True)
class Route:
    """Where the lead goes and why, in sentences a sales person reads. `final` is False while questions are open."""

    name: RouteName
    reasons: tuple[str, ...]
    final: bool
