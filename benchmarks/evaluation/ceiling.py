"""How far two people agree who labelled the same rows and did not see each other's labels: nothing can be surer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.evaluation.answers import of_dimension
from benchmarks.evaluation.arithmetic import kappa, macro_f1, of_pairs, share_of
from benchmarks.evaluation.messages import acts_f1
from benchmarks.evaluation.readings import LABELS, Pair, Set
from benchmarks.evaluation.tables import decimal, percent, table
from scoring.model import DIMENSIONS


def sections(found: Set) -> Iterator[str]:
    """Percent and Cohen's kappa of the two readers, as Markdown."""
    yield "## The ceiling: how far two readers agree"
    yield "F1: the second reader taken for the reading. Acts: kappa of the whole set of acts of a message, micro-F1."
    yield table(["label", "rows", "agreed", "kappa", "F1"], _lines(found))


def _lines(found: Set) -> Iterator[list[object]]:
    for name in LABELS:
        for dimension in (*DIMENSIONS, "all"):
            pairs = of_dimension(second_as_given(found.answers), dimension)
            yield _line(f"{dimension}: {name}", pairs, [(p.row[name], p.given[name]) for p in pairs])
    openers = second_as_given(found.openers)
    yield _line("intent", openers, [(p.row["intent"], p.given["intent"]) for p in openers])
    acts = second_as_given(found.acts)
    sets = [("+".join(sorted(p.row["acts"])), "+".join(sorted(p.given["acts"]))) for p in acts]
    yield [*_line("acts", acts, sets)[:-1], decimal(acts_f1(acts))]
    also = [(str(sorted(p.row["also_answers"].items())), str(sorted(p.given["also_answers"].items()))) for p in acts]
    yield [*_line("also_answers", acts, also)[:-1], "-"]


def second(found: Set) -> Set:
    """The rows that were labelled twice, the second labels in place of what was read."""
    return Set("second", *(second_as_given(pairs) for pairs in (found.answers, found.openers, found.acts)))


def second_as_given(pairs: Sequence[Pair]) -> list[Pair]:
    return [Pair(p.row, p.row["second"]) for p in pairs if "second" in p.row]


def _line(what: str, pairs: Sequence[Pair], labels: Sequence[tuple[str, str]]) -> list[object]:
    authors = [p.author for p in pairs]
    agreed = share_of([one == other for one, other in labels], authors)
    others = [decimal(of_pairs(labels, authors, statistic)) for statistic in (kappa, macro_f1)]
    return [what, len(pairs), percent(agreed), *others]
