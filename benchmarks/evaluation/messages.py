"""Opening intents and acts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from banter.leads.reading import ACTS, OPENERS
from benchmarks.evaluation.arithmetic import (
    Counts,
    Estimate,
    confusion_of,
    estimate,
    macro_f1,
    micro_f1,
    of_pairs,
    share_of,
)
from benchmarks.evaluation.readings import Pair, Set, cuts
from benchmarks.evaluation.tables import decimal, matrix, percent, table


def intents_right(pairs: Sequence[Pair]) -> Estimate | None:
    return share_of([p.row["intent"] == p.given["intent"] for p in pairs], [p.author for p in pairs])


def acts_f1(pairs: Sequence[Pair], acts: Sequence[str] = ACTS) -> Estimate | None:
    """Micro-F1 of `acts`: each act of each message counts once."""
    return estimate([_counts(p, acts) for p in pairs], [p.author for p in pairs], micro_f1)


def also_right(pairs: Sequence[Pair]) -> Estimate | None:
    """The answers to other questions than the open one: the same questions, the same bands."""
    return share_of([p.row["also_answers"] == p.given["also_answers"] for p in pairs], [p.author for p in pairs])


def sections(found: Set) -> Iterator[str]:
    """Everything about first messages and acts of a folder, as Markdown."""
    if found.openers:
        yield "## First messages"
        yield _openers(found)
        counts = confusion_of([(p.row["intent"], p.given["intent"]) for p in found.openers], OPENERS)
        yield matrix(OPENERS, counts)
    if found.acts:
        yield "## What a message does"
        yield _acts(found)
        yield _each_act(found.acts)


def _openers(found: Set) -> str:
    lines = []
    for cut in cuts(found.openers, found.parts):
        pairs = [(p.row["intent"], p.given["intent"]) for p in cut.pairs]
        f1 = of_pairs(pairs, [p.author for p in cut.pairs], macro_f1)
        lines.append([cut.name, len(cut.pairs), percent(intents_right(cut.pairs)), decimal(f1)])
    return table(["part", "rows", "right", "macro-F1"], lines)


def _acts(found: Set) -> str:
    lines = []
    for cut in cuts(found.acts, found.parts):
        whole = [set(p.row["acts"]) == set(p.given["acts"]) for p in cut.pairs]
        figures = [decimal(acts_f1(cut.pairs)), percent(share_of(whole, [p.author for p in cut.pairs]))]
        lines.append([cut.name, len(cut.pairs), *figures, percent(also_right(cut.pairs))])
    return table(["part", "rows", "micro-F1", "all acts of a message", "also_answers exact"], lines)


def _each_act(pairs: Sequence[Pair]) -> str:
    lines = []
    for act in ACTS:
        hits, given, wanted = sum((_counts(p, (act,)) for p in pairs), np.zeros(3))
        shares = [f"{100 * hits / n:.0f}%" if n else "-" for n in (given, wanted)]
        lines.append([act, int(wanted), *shares, decimal(acts_f1(pairs, (act,)) if wanted else None)])
    return table(["act", "rows", "precision", "recall", "F1"], lines)


def _counts(pair: Pair, acts: Sequence[str]) -> Counts:
    wanted, given = set(pair.row["acts"]) & set(acts), set(pair.given["acts"]) & set(acts)
    return np.array([len(wanted & given), len(given), len(wanted)], dtype=float)
