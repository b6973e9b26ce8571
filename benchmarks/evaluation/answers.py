"""Bands, specificity, commitment, evidence, days and amounts of answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from benchmarks.evaluation.arithmetic import Estimate, confusion_of, macro_f1, of_pairs, overlap, share_of
from benchmarks.evaluation.readings import AMOUNT, LABELS, Cut, Pair, Row, Set, cuts
from benchmarks.evaluation.tables import decimal, matrix, percent, table
from scoring.model import BANDS, DIMENSIONS, NOT_SAID


def of_dimension(pairs: Sequence[Pair], dimension: str) -> list[Pair]:
    """The pairs of one dimension, or of every one for "all"."""
    return [p for p in pairs if dimension in ("all", p.row["dimension"])]


def right(pairs: Sequence[Pair], name: str) -> Estimate | None:
    """How often the label `name` is right."""
    return share_of([p.row[name] == p.given[name] for p in pairs], [p.author for p in pairs])


def f1(pairs: Sequence[Pair], name: str) -> Estimate | None:
    """Macro-F1 of the label `name`."""
    return of_pairs([(p.row[name], p.given[name]) for p in pairs], [p.author for p in pairs], macro_f1)


def sections(found: Set) -> Iterator[str]:
    """Everything about the answers of a folder, as Markdown."""
    yield "## Bands, specificity, commitment"
    yield _labels(found)
    yield "## Which band is taken for which"
    for dimension in DIMENSIONS:
        pairs = of_dimension(found.answers, dimension)
        labels = (*BANDS[dimension], *NOT_SAID)
        counts = confusion_of([(p.row["band"], p.given["band"]) for p in pairs], labels)
        yield f"{dimension}\n\n{matrix(labels, counts)}"
    yield "## Evidence, where the writer marked it"
    yield _evidence(found)
    yield "## Days and amounts"
    yield "Each row where a day or an amount is labelled; `none said`: rows without one, where none may be read."
    yield _values(found)


def _labels(found: Set) -> str:
    head = ["answers", "part", "rows", "band", *(f"{n}, {kind}" for n in LABELS[1:] for kind in ("right", "macro-F1"))]
    lines = []
    for dimension in (*DIMENSIONS, "all"):
        for cut in cuts(of_dimension(found.answers, dimension), found.parts):
            figures = [percent(right(cut.pairs, "band"))]
            for name in LABELS[1:]:
                figures += [percent(right(cut.pairs, name)), decimal(f1(cut.pairs, name))]
            lines.append([dimension, cut.name, len(cut.pairs), *figures])
    return table(head, lines)


def _evidence(found: Set) -> str:
    lines = []
    for dimension in (*DIMENSIONS, "all"):
        marked = [p for p in of_dimension(found.answers, dimension) if p.row.get("evidence")]
        for cut in cuts(marked, found.parts):
            authors = [p.author for p in cut.pairs]
            ours = [overlap(p.row["evidence"], p.given["evidence"]) for p in cut.pairs]
            whole = [overlap(p.row["evidence"], [p.row["text"]]) for p in cut.pairs]
            shares = [share_of(ours, authors), share_of([score > 0 for score in ours], authors)]
            both = [decimal(shares[0]), percent(shares[1]), decimal(share_of(whole, authors))]
            lines.append([dimension, cut.name, len(cut.pairs), *both])
    return table(["answers", "part", "rows", "token F1", "any word shared", "the whole message, token F1"], lines)


def days_right(pairs: Sequence[Pair]) -> Estimate | None:
    """Rows with a day: the same day is read."""
    dated = [p for p in pairs if "days_max" in p.row]
    return share_of([p.given["days_max"] == p.row["days_max"] for p in dated], [p.author for p in dated])


def amounts_right(pairs: Sequence[Pair], names: Sequence[str] = AMOUNT) -> Estimate | None:
    """Rows with an amount: `names` are the same, what is not said included."""
    priced = [p for p in pairs if has_amount(p.row)]
    return share_of([same(p, names) for p in priced], [p.author for p in priced])


def has_amount(row: Row) -> bool:
    return row.get("amount_min") is not None or row.get("amount_max") is not None


def same(pair: Pair, names: Sequence[str]) -> bool:
    return all(pair.row.get(name) == pair.given.get(name) for name in names)


def _none_read(pairs: Sequence[Pair], dimension: str, labelled: Callable[[Row], bool]) -> Estimate | None:
    """Rows that say no day or amount: none is read either."""
    silent = [p for p in of_dimension(pairs, dimension) if not labelled(p.row)]
    read = [p.given.get("days_max") is not None or has_amount(p.given) for p in silent]
    return share_of([not each for each in read], [p.author for p in silent])


def _values(found: Set) -> str:
    lines: list[list[object]] = []
    for cut in cuts(found.answers, found.parts):
        dated = [p for p in cut.pairs if "days_max" in p.row]
        lines.append(["days", cut.name, len(dated), percent(days_right(cut.pairs))])
        lines.append(["days: none said", *_silent(cut, "timeline", lambda row: "days_max" in row)])
        priced = [p for p in cut.pairs if has_amount(p.row)]
        for names in (AMOUNT, *((name,) for name in AMOUNT)):
            what = "amounts: all four" if names == AMOUNT else f"amounts: {names[0]}"
            lines.append([what, cut.name, len(priced), percent(amounts_right(cut.pairs, names))])
        lines.append(["amounts: none said", *_silent(cut, "budget", has_amount)])
    return table(["what", "part", "rows", "exact"], lines)


def _silent(cut: Cut, dimension: str, labelled: Callable[[Row], bool]) -> list[object]:
    figure = _none_read(cut.pairs, dimension, labelled)
    return [cut.name, figure.count if figure else 0, percent(figure)]
