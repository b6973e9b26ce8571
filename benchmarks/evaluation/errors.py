"""Answers that were read differently, worst first: labels wrong, then points of the default rubric, then confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.evaluation.readings import LABELS, ROOT, Pair
from scoring.model import NOT_SAID
from scoring.rubric import Rubric

_VALUES = ("days_max", "amount_min", "amount_max", "currency", "period")


def default_rubric() -> Rubric:
    """The rubric of the playbook that ships."""
    from banter.configuration import load_playbook

    playbook = load_playbook(ROOT / "playbook")
    return playbook.rubrics[playbook.conversation.framework]


def wrong(pair: Pair) -> list[str]:
    """What was read otherwise than labelled: `band exploring, not none`. Values count where the row has one."""
    names = [*LABELS, *(name for name in _VALUES if name in pair.row)]
    told = [name for name in names if pair.row[name] != pair.given.get(name)]
    return [f"{name} {pair.given.get(name)}, not {pair.row[name]}" for name in told]


def points_off(pair: Pair, rubric: Rubric) -> int:
    """Points given too many (above zero) or lost (below)."""
    read, right = (_points(band, pair.row["dimension"], rubric) for band in (pair.given["band"], pair.row["band"]))
    return read - right


def _points(band: str, dimension: str, rubric: Rubric) -> int:
    return 0 if band in NOT_SAID else rubric.points[dimension][band]  # type: ignore[index]


def worst_first(pairs: Sequence[Pair], rubric: Rubric) -> list[Pair]:
    """Those with something wrong. Of equals, the one read with more confidence is worse, where one is known."""

    def badness(pair: Pair) -> tuple[int, int, float, str]:
        labels = sum(pair.row[name] != pair.given[name] for name in LABELS)
        return -labels, -abs(points_off(pair, rubric)), -(pair.given.get("confidence") or 0.0), pair.row["id"]

    return sorted((pair for pair in pairs if wrong(pair)), key=badness)


def listing(pairs: Sequence[Pair], rubric: Rubric, most: int | None = None) -> Iterator[str]:
    """A block of lines for each error, worst first; `most` of them, or all."""
    found = worst_first(pairs, rubric)
    for pair in found[:most]:
        off = points_off(pair, rubric)
        points = f"  ({off:+d} points)" if off else ""
        evidence = " | ".join(pair.given["evidence"])
        yield f"{pair.row['id']}{points}: {'; '.join(wrong(pair))}"
        yield f"    {pair.row['text']!r}\n    read from: {evidence!r}"
    yield f"{len(found)} of {len(pairs)} answers have something wrong" + (
        f"; the worst {most} stand here" if most is not None and most < len(found) else ""
    )
