"""How well messages are read, beside plain baselines and other libraries. `make eval`, some three minutes.

    python -m benchmarks.evaluation [FOLDER] [--errors FILE] [--most N] [--suites DIR] [--only PART ...] [--write PAGE]

FOLDER is one of `corpus` (default: `corpus/held_out`), and is reported by number only. The errors that are listed,
worst first, are those of `corpus/dev/answers.jsonl`, or of `--errors FILE`. Intervals are 95%: a bootstrap over
authors where the rows have one, Wilson's for shares where they have none. `--write` makes the tables of
docs/reading.md, and nothing else.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from benchmarks import facts_report
from benchmarks.evaluation import answers, baselines, ceiling, errors, messages, side_by_side, speed, suites
from benchmarks.evaluation.libraries import Library, libraries
from benchmarks.evaluation.readings import CORPUS, Set, pair, read_set, rows_in, with_confidence
from benchmarks.evaluation.summary import summary, written

PARTS = ("answers", "messages", "ceiling", "baselines", "facts", "libraries", "suites", "speed", "errors")
_DEV = CORPUS / "dev" / "answers.jsonl"
_SPENT = "These sentences were held out, and are spent by being looked at: no figure over them counts from now on."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS / "held_out")
    parser.add_argument("--errors", type=Path, default=_DEV, help="list the errors of this file")
    parser.add_argument("--most", type=int, default=20, help="so many errors (20); 0 lists all")
    parser.add_argument("--suites", type=Path, help="a folder with the public suites (docs/reading.md)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table of figures into this page")
    arguments = parser.parse_args()
    if not arguments.folder.is_dir():
        parser.error(f"{arguments.folder} is no folder; name one like corpus/dev")
    for text in report(arguments):
        print(f"{text}\n", flush=True)


def report(arguments: argparse.Namespace) -> Iterator[str]:
    """The parts that were asked for, as Markdown."""
    found, wanted = read_set(arguments.folder), set(arguments.only)
    if arguments.write:
        with libraries() as (ready, missing):
            yield from missing
            yield written(arguments.write, summary(found, arguments.suites, ready))
        return
    writers = len({p.author for p in (*found.answers, *found.openers, *found.acts)} - {None})
    counts = f"{len(found.answers)} answers, {len(found.openers)} first messages, {len(found.acts)} messages"
    yield f"# How well messages are read: {found.name}\n\n{counts}, by {writers} authors. Brackets: 95% intervals."
    if "answers" in wanted:
        yield from answers.sections(found)
    if "messages" in wanted:
        yield from messages.sections(found)
    if "ceiling" in wanted:
        yield from ceiling.sections(found)
    if "baselines" in wanted:
        yield from baselines.sections(found, CORPUS / "train")
    if "facts" in wanted:
        yield from _facts(arguments.folder / "facts.jsonl")
    if wanted & {"libraries", "suites", "speed"}:
        with libraries() as (ready, missing):
            yield from missing
            yield from _beside(arguments, found, ready, wanted)
    if "errors" in wanted:
        yield from _errors(arguments)


def _beside(arguments: argparse.Namespace, found: Set, ready: list[Library], wanted: set[str]) -> Iterator[str]:
    if "libraries" in wanted:
        yield from side_by_side.sections(found, ready)
    if "suites" in wanted and arguments.suites:
        yield from suites.sections(arguments.suites, ready)
    if "speed" in wanted:
        yield from speed.sections(rows_in(_DEV), ready)
    for library in ready:
        if library.given_up:
            yield f"{library.name} was ended {library.given_up} times, for taking more than 10 s or dying of a text."


def _facts(path: Path) -> Iterator[str]:
    """The folder's own file of facts; without one, the themes that were kept back of those that were built on."""
    held = path.exists()
    rows = facts_report.rows_of(path, part="all") if held else facts_report.rows_of()
    yield f"## Facts: {len(rows)} {'messages' if held else 'sentences of themes that were kept back'}"
    yield facts_report.table(facts_report.figures(rows))


def _errors(arguments: argparse.Namespace) -> Iterator[str]:
    path: Path = arguments.errors
    yield f"## Errors in {path.parent.name}/{path.name}, worst first"
    if "held" in str(path):
        yield _SPENT
    elif path == _DEV:
        yield "`dev` may be read while building. A sentence of `held_out` that is looked at measures nothing any more."
    pairs = [with_confidence(pair(row)) for row in rows_in(path)]
    yield "\n".join(errors.listing(pairs, errors.default_rubric(), arguments.most or None))


if __name__ == "__main__":
    main()
