"""Figures as Markdown that reads well in a terminal too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.evaluation.arithmetic import Counts, Estimate


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table with its columns under each other."""
    cells = [[str(cell) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(head), *cells]) for i in range(len(head))]
    lines = [list(head), ["-" * width for width in widths], *cells]
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) + " |" for line in lines)


def percent(figure: Estimate | None) -> str:
    """`91.2% [88-94]`: a share with its 95% interval; a dash where there are no rows."""
    if figure is None:
        return "-"
    return f"{100 * figure.value:.1f}% [{100 * figure.low:.0f}-{100 * figure.high:.0f}]"


def decimal(figure: Estimate | None) -> str:
    """`0.871 [0.84-0.90]`: an F1 or a kappa with its 95% interval; a dash where there are no rows."""
    return "-" if figure is None else f"{figure.value:.3f} [{figure.low:.2f}-{figure.high:.2f}]"


def matrix(labels: Sequence[str], counts: Counts) -> str:
    """A confusion matrix: a line for each right label, a column for each label read."""
    rows = [
        [label, *(f"{n:.0f}" if n else "." for n in line), _share(line[i], line.sum())]
        for i, (label, line) in enumerate(zip(labels, counts, strict=True))
    ]
    return table(["right \\ read", *labels, "found"], rows)


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "-"
