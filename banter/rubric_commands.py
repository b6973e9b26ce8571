"""`banter rubric`: what counts, what would count, and what that would have changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from banter.leads.playbook import Playbook
    from banter.rubrics.backtest import Moved
    from banter.settings import Settings
    from banter.store.database import SqlStore

app = typer.Typer(
    name="rubric",
    help="Rubrics over time: list, diff, publish, rollback, and a backtest on the leads there are.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)


@app.command("list")
def list_() -> None:
    """Every rubric that was published, and which one is in force."""
    from banter.rubrics.reporting import table

    with _records() as (settings, playbook, store), store.begin(readonly=True) as tx:
        typer.echo(table(tx, _rubric_file(settings), playbook))


@app.command()
def diff(
    old: str = typer.Argument("force", help="bant@1, a file, `force` (what a server scores by) or `playbook`."),
    new: str = typer.Argument("playbook", help="The same."),
) -> None:
    """What differs between two rubrics and their profiles, a line for each number."""
    from banter.rubrics.naming import find
    from banter.rubrics.publishing import profile_differences
    from scoring.diff import differences

    with _records() as (settings, playbook, store), store.begin(readonly=True) as tx:
        a, b = (find(tx, name, _rubric_file(settings), playbook) for name in (old, new))
    lines = [
        *differences(a.document, b.document),
        *profile_differences(a.kept_profile, b.kept_profile, (a.name, b.name)),
    ]
    typer.echo("\n".join(lines) or f"Nothing differs between {a.name} and {b.name}.")


@app.command()
def publish(yes: bool = typer.Option(False, "--yes", help="Do not ask, whatever the linter says.")) -> None:
    """Keep the rubric of the playbook and its profile for good, under a version of their own; they count from the next
    start on."""
    from banter.bootstrap import now
    from banter.rubrics import warning
    from banter.rubrics.changing import NothingToDo, refuse_what_is_published
    from banter.rubrics.changing import publish as run

    with _records() as (settings, playbook, store):
        file = _rubric_file(settings)
        try:
            with store.begin(readonly=True) as tx:
                refuse_what_is_published(tx, file, playbook)
            if faults := warning.faults_of(playbook):
                _stop("\n".join(["It is not published:", *faults]))
            if _warned(warning.of_playbook(settings.playbook, playbook), "Warnings:") and not yes:
                typer.confirm("Publish it all the same?", abort=True)
            with store.begin() as tx:
                typer.echo(run(tx, file, playbook, now()))
        except NothingToDo as already:
            typer.echo(str(already))


@app.command()
def rollback(
    rubric: str = typer.Argument(help="The published rubric that is wanted back, as bant@1."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Write a published rubric and its profile back into the playbook, whatever else is wrong with that; they count
    from the next start on."""
    from banter.bootstrap import now
    from banter.rubrics.changing import NothingToDo, write_back
    from banter.rubrics.changing import rollback as plan

    with _database() as (settings, store):
        file = _rubric_file(settings)
        with store.begin(readonly=True) as tx:
            try:
                planned = plan(tx, rubric, file)
            except NothingToDo as already:
                typer.echo(str(already))
                return
        typer.echo(f"In {planned.files}:\n" + "\n".join(f"  {line}" for line in planned.changes))
        if not yes:
            typer.confirm(f"Write {rubric} there?", abort=True)
        typer.echo(write_back(planned, file, now()))


@app.command()
def backtest(
    rubric: str = typer.Option("playbook", help="bant@1 or a file; default: what stands in the playbook."),
    since: datetime = typer.Option(None, formats=["%Y-%m-%d"], help="Leads of that day or later, e.g. 2026-11-01."),  # noqa: B008
    limit: int = typer.Option(0, min=0, help="Only so many leads, the newest; 0: all."),
    show: int = typer.Option(20, min=0, help="How many leads that would have moved are shown, the newest."),
    as_json: bool = typer.Option(False, "--json", help="A line of JSON for each that would have moved, and the sums."),
) -> None:
    """Score the leads there are by another rubric, and say who would have moved, why, and what of their calls."""
    from banter.rubrics import reporting, warning
    from banter.rubrics.backtest import backtest as run
    from banter.rubrics.backtest import by
    from banter.rubrics.naming import find, not_kept
    from scoring.backtest import Tally

    with _records() as (settings, playbook, store), store.begin(readonly=True) as tx:
        named = find(tx, rubric, _rubric_file(settings), playbook)
        drawn = rubric == "playbook"
        _warned(warning.of_playbook(settings.playbook, playbook) if drawn else warning.of_named(named))
        if note := not_kept(named):
            typer.echo(note, err=True)
        start = None if since is None else since.replace(tzinfo=playbook.company.timezone)
        count = tx.history.count(since=start)
        count = min(count, limit) if limit else count
        tally = Tally()
        shown: list[Moved] = []
        leads = run(tx, by(named.rubric, playbook, named.profile), tally, since=start, most=limit or None)
        for moved in _with_progress(leads, count, quiet=as_json):
            if moved is None:
                continue
            if as_json:
                typer.echo(json.dumps(reporting.moved_json(moved), ensure_ascii=False))
            elif len(shown) < show:
                shown.append(moved)
        if as_json:
            typer.echo(json.dumps({"rubric": named.name, **reporting.tally_json(tally)}, ensure_ascii=False))
        else:
            reporting.show(named.name, tally, shown, since=start is not None)


def _with_progress(leads: Iterator[Moved | None], count: int, *, quiet: bool) -> Iterator[Moved | None]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Scoring"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    progress: Progress
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("", total=count)
        for number, moved in enumerate(leads, start=1):
            if number % 200 == 0:
                progress.update(task, completed=number)
            yield moved


def _warned(warnings: list[str], title: str = "Warnings, which stop nothing:") -> bool:
    """Print what the linter says; True when it said anything."""
    if warnings:
        typer.echo(title, err=True)
        typer.echo("\n".join(warnings) + "\n", err=True)
    return bool(warnings)


@contextmanager
def _records() -> Iterator[tuple[Settings, Playbook, SqlStore]]:
    """The settings, the playbook and the database; what is wrong with them is said without a traceback."""
    from banter.records import records

    with _told(), records() as opened:
        yield opened


@contextmanager
def _database() -> Iterator[tuple[Settings, SqlStore]]:
    """The same without the playbook: it may have faults."""
    from banter.records import database

    with _told(), database() as opened:
        yield opened


@contextmanager
def _told() -> Iterator[None]:
    from banter.configuration import PlaybookError, report
    from banter.rubrics.naming import NoSuchRubric
    from banter.settings import SettingsError
    from banter.store.errors import SchemaUnknown, StoreUnavailable

    try:
        yield
    except PlaybookError as error:
        _stop(report(error.faults))
    except (SettingsError, SchemaUnknown, StoreUnavailable, NoSuchRubric) as error:
        _stop(str(error))


def _rubric_file(settings: Settings) -> Path:
    from banter.configuration.rubric import FILE

    return settings.playbook / FILE


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
