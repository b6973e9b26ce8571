"""The table of docs/reading.md: each figure that was asked for, ours beside people, plain guesses and libraries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from benchmarks.evaluation import answers, messages, side_by_side, speed, suites
from benchmarks.evaluation.arithmetic import Estimate
from benchmarks.evaluation.baselines import NAMES, guessed
from benchmarks.evaluation.ceiling import second
from benchmarks.evaluation.libraries import Library
from benchmarks.evaluation.readings import CORPUS, Set, rows_in
from benchmarks.evaluation.tables import decimal, percent, table
from scoring.model import DIMENSIONS

BEGIN, END = "<!-- figures: written by benchmarks.evaluation --write -->", "<!-- end of figures -->"
_NO_SUITES = "The public suites were not given (`--suites DIR`), so their table is left out."
Show = Callable[[Estimate | None], str]
#: What was asked of the public suites: at least so much.
_GOALS = {
    ("money_consensus", "amount and currency"): "98%",
    ("timeline_consensus", "both ends, future or now"): "95%",
    ("recognizers_currency_en", "amounts"): "90%",
    ("recognizers_datetime_en", "date ranges, both ends"): "75%",
    ("duckling_money_en", "bounds and currency"): "95%",
    ("duckling_time_en", "future days, both ends"): "95%",
}


def summary(found: Set, folder: Path | None, libraries: Sequence[Library]) -> Iterator[str]:
    """The tables, as Markdown."""
    yield f"Measured on {date.today():%-d %B %Y} on `{found.name}`. In brackets: 95% intervals."
    yield table(["what", "goal", "Banter", "two readers", *NAMES], _read(found))
    yield from side_by_side.sections(found, libraries)
    if folder is None:
        yield _NO_SUITES
    else:
        names = ["Banter", *(library.name for library in libraries)]
        yield "## Public suites, beside the libraries"
        yield table(["suite", "what", "rows", "goal", *names], _suites(folder, libraries, names))
    yield from speed.sections(rows_in(CORPUS / "dev" / "answers.jsonl"), libraries)


def _read(found: Set) -> Iterator[list[str]]:
    sets = [found, second(found), *guessed(found, CORPUS / "train").values()]

    def line(what: str, goal: str, show: Show, of: Callable[[Set], Estimate | None]) -> list[str]:
        return [what, goal, *(show(of(each)) for each in sets)]

    for dimension in DIMENSIONS:
        yield line(f"band, {dimension}", "95%", percent, _band_of(dimension))
    yield line("specificity, macro-F1", "0.90", decimal, lambda each: answers.f1(each.answers, "specificity"))
    yield line("commitment, macro-F1", "0.90", decimal, lambda each: answers.f1(each.answers, "commitment"))
    yield line("opening intent", "95%", percent, lambda each: messages.intents_right(each.openers))
    yield line("acts, micro-F1", "0.92", decimal, lambda each: messages.acts_f1(each.acts))


def _band_of(dimension: str) -> Callable[[Set], Estimate | None]:
    return lambda each: answers.right(answers.of_dimension(each.answers, dimension), "band")


def _suites(folder: Path, libraries: Sequence[Library], names: Sequence[str]) -> Iterator[list[str]]:
    for name, what, figures in suites.compared(folder, libraries):
        shares = [f"{100 * figure.value:.1f}%" if (figure := figures[each]) else "-" for each in names]
        count = figures["Banter"].count if figures["Banter"] else 0
        yield [name, what, str(count), _GOALS.get((name, what), ""), *shares]


def written(page: Path, parts: Iterator[str]) -> str:
    """Puts the tables between the two marks of `page`. Raises ValueError where the marks are missing."""
    text = page.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{page} lacks the marks {BEGIN} and {END}; put them where the tables belong")
    tables = "\n\n".join(part.replace("## ", "### ", 1) if part.startswith("## ") else part for part in parts)
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    page.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")
    return f"The figures stand in {page}."
