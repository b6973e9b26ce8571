"""What was read differently, worst first: labels wrong, then points of the default rubric, then confidence."""

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
    told = [f"{name} {pair.given.get(name)}, not {pair.row[name]}" for name in _wrong_labels(pair) if name in pair.row]
    told += [f"{pair.given.get(name)}, not {pair.row[name]} ({name})" for name in _VALUES if _otherwise(pair, name)]
    wanted, given = set(pair.row.get("acts", ())), set(pair.given.get("acts", ()))
    told += [f"{act} not read" for act in sorted(wanted - given)] + [f"{act} read" for act in sorted(given - wanted)]
    return told


def _otherwise(pair: Pair, name: str) -> bool:
    return name in pair.row and pair.row[name] != pair.given.get(name)


def _wrong_labels(pair: Pair) -> list[str]:
    """The labels that are wrong; of acts each that is missing or too many."""
    acts = set(pair.row.get("acts", ())) ^ set(pair.given.get("acts", ()))
    return [name for name in (*LABELS, "intent", "also_answers") if _otherwise(pair, name)] + sorted(acts)


def points_off(pair: Pair, rubric: Rubric) -> int:
    """Points given too many (above zero) or lost (below) on an answer; a message or an opener has none."""
    if "band" not in pair.row:
        return 0
    read, right = (_points(band, pair.row["dimension"], rubric) for band in (pair.given["band"], pair.row["band"]))
    return read - right


def _points(band: str, dimension: str, rubric: Rubric) -> int:
    return 0 if band in NOT_SAID else rubric.points[dimension][band]  # type: ignore[index]


def worst_first(pairs: Sequence[Pair], rubric: Rubric) -> list[Pair]:
    """Those with something wrong. Of equals, the one read with more confidence is worse, where one is known."""

    def badness(pair: Pair) -> tuple[int, int, float, str]:
        return (
            -len(_wrong_labels(pair)),
            -abs(points_off(pair, rubric)),
            -(pair.given.get("confidence") or 0.0),
            pair.row["id"],
        )

    return sorted((pair for pair in pairs if wrong(pair)), key=badness)


def listing(pairs: Sequence[Pair], rubric: Rubric, most: int | None = None) -> Iterator[str]:
    """A block of lines for each error, worst first; `most` of them, or all."""
    found = worst_first(pairs, rubric)
    for pair in found[:most]:
        off = points_off(pair, rubric)
        sure = f"{100 * pair.given['confidence']:.0f}% sure" if pair.given.get("confidence") else ""
        about = ", ".join(part for part in (f"{off:+d} points" if off else "", sure) if part)
        evidence = " | ".join(pair.given.get("evidence", ()))
        yield f"{pair.row['id']}{f' ({about})' if about else ''}: {'; '.join(wrong(pair))}"
        yield f"    {pair.row['text']!r}" + (f"\n    read from: {evidence!r}" if evidence else "")
    yield f"{len(found)} of {len(pairs)} rows have something wrong" + (
        f"; the worst {most} stand here" if most is not None and most < len(found) else ""
    )
