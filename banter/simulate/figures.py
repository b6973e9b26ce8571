"""The funnel: what became of many visitors. Pure."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from banter.simulate.model import DIMENSIONS, Dialogue
from banter.simulate.trouble import NO_ANSWER, Trouble, after_opener, questions, reads, troubles

#: How a conversation can end, best first.
OUTCOMES = (
    *("booked", "nurture_warm", "nurture_cold", "handed_over", "let_go", "turned_away", "helped", "left", "none"),
)


@dataclass(frozen=True)
class Told:
    """What became of one visitor."""

    dialogue: Dialogue
    outcome: str
    asked: tuple[str, ...]
    asked_after_opener: int
    turns: int  # messages of the visitor's
    points: int | None
    trouble: tuple[Trouble, ...]


@dataclass(frozen=True)
class Question:
    """Of those asked: how many answered, would not say, were not understood, left while it was open."""

    reached: int = 0
    answered: int = 0
    declined: int = 0
    unclear: int = 0
    left: int = 0


@dataclass(frozen=True)
class Group:
    """Some visitors, summed up. `points` is the average, None where nobody may look."""

    visitors: int
    asked_median: float
    asked_most: int
    turns_median: float
    turns_most: int
    outcomes: Mapping[str, int]
    points: float | None


@dataclass(frozen=True)
class Funnel:
    """A run, summed up. `read` are the answers that could be compared, `read_right` those taken as they were meant."""

    told: tuple[Told, ...]
    whole: Group
    kinds: Mapping[str, Group]
    questions: Mapping[str, Question]
    all_at_once_most: int | None  # the most questions after an opener that said everything
    trouble: Mapping[str, int]  # by sort
    read: int
    read_right: int

    @property
    def reached_an_outcome(self) -> int:
        """Those who did not leave of their own accord, ended somewhere, and met no repetition or dead end."""
        return sum(1 for told in self.told if told.outcome not in ("left", "none") and not _marred(told))

    @property
    def stayed(self) -> int:
        return sum(1 for told in self.told if told.outcome != "left")


def tell(dialogue: Dialogue) -> Told:
    """What became of this visitor."""
    last = dialogue.exchanges[-1] if dialogue.exchanges else None
    return Told(
        dialogue,
        outcome(dialogue),
        questions(dialogue.exchanges),
        after_opener(dialogue.exchanges),
        sum(1 for exchange in dialogue.exchanges if exchange.move is not None),
        last.known.points if last and last.known else None,
        troubles(dialogue),
    )


def outcome(dialogue: Dialogue) -> str:
    """One of OUTCOMES."""
    last = dialogue.exchanges[-1] if dialogue.exchanges else None
    if last is None or dialogue.failure is not None:
        return "none"
    status, known = last.reply.status, last.known
    if status == "nurture":
        return known.route if known and known.route in OUTCOMES else "nurture_warm"
    if status in ("booked", "handed_over"):
        return status
    if known is not None and known.disqualified:
        return "turned_away"
    if dialogue.visitor.end == "left":
        return "left"
    if status == "closed":
        return "turned_away" if dialogue.visitor.kind.name == "no_buyer" else "let_go"
    return "helped" if dialogue.visitor.kind.name == "customer" and dialogue.visitor.end == "done" else "none"


def funnel(told: Sequence[Told]) -> Funnel:
    """Everything summed up."""
    kinds = sorted({one.dialogue.visitor.kind.name for one in told})
    at_once = [one.asked_after_opener for one in told if _said_everything(one.dialogue)]
    compared = [read for one in told for read in reads(one.dialogue)]
    return Funnel(
        told=tuple(told),
        whole=_group(told),
        kinds={kind: _group([one for one in told if one.dialogue.visitor.kind.name == kind]) for kind in kinds},
        questions={dimension: _question(told, dimension) for dimension in DIMENSIONS},
        all_at_once_most=max(at_once, default=None),
        trouble=Counter(trouble.sort for one in told for trouble in one.trouble),
        read=len(compared),
        read_right=sum(1 for read in compared if read.known == read.meant),
    )


def _group(told: Sequence[Told]) -> Group:
    points = [one.points for one in told if one.points is not None]
    asked = [len(one.asked) for one in told]
    turns = [one.turns for one in told]
    return Group(
        visitors=len(told),
        asked_median=statistics.median(asked) if asked else 0,
        asked_most=max(asked, default=0),
        turns_median=statistics.median(turns) if turns else 0,
        turns_most=max(turns, default=0),
        outcomes=Counter(one.outcome for one in told),
        points=statistics.mean(points) if points else None,
    )


def _question(told: Sequence[Told], dimension: str) -> Question:
    counted: Counter[str] = Counter()
    for one in told:
        if dimension not in one.asked:
            continue
        last = one.dialogue.exchanges[-1]
        band = last.known.bands.get(dimension) if last.known else None
        counted["reached"] += 1
        if band is not None and band not in NO_ANSWER:
            counted["answered"] += 1
        elif band is not None:
            counted[band] += 1
        else:
            counted["left"] += 1
    return Question(**counted)


def _said_everything(dialogue: Dialogue) -> bool:
    first = dialogue.exchanges[1].move if len(dialogue.exchanges) > 1 else None
    return first is not None and first.says == "everything"


def _marred(told: Told) -> bool:
    return any(trouble.sort in ("failure", "silence", "stuck", "repeated") for trouble in told.trouble)
