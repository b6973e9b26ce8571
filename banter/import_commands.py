"""`banter leads`: what a CRM knows of leads, imported from a file, shown, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from banter.importing.running import Told
    from banter.importing.table import Row, Table
    from banter.leads.imported import Key
    from banter.leads.playbook import Playbook
    from banter.store.database import SqlStore, SqlTransaction

app = typer.Typer(
    name="leads",
    help="What a CRM knows of leads: import it from a CSV file, show it, take it back.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
_MOST_SHOWN = 20


@app.command("import")
def import_(
    file: Path = typer.Argument(help="A CSV file with a column of e-mail addresses, phone numbers or domains."),  # noqa: B008
    check: bool = typer.Option(False, "--check", help="Only say what would come of it; nothing is written."),
) -> None:
    """Facts from a CRM's export: they fill what a lead did not say. Status 1 when a row was faulty or left."""
    from banter.bootstrap import now, row_reader
    from banter.importing.running import refresh, take
    from banter.importing.table import NotATable, opened

    with _records() as (playbook, store):
        at = now()
        number: int | None = None
        day = at.astimezone(playbook.company.timezone).date()
        try:
            with opened(file) as table:
                _say_columns(table)
                if not check:
                    with store.begin() as tx:
                        number = tx.imported.begin(file.name, at)
                told = take(
                    store,
                    _counted(table.rows),
                    row_reader(playbook),
                    day=day,
                    number=number,
                    complain=lambda line, mend: typer.echo(f"{file}:{line}: {mend}", err=True),
                )
        except NotATable as error:
            _stop(str(error))
        if not check:
            refresh(store, playbook, told)
    _say(told, check=check, number=number if told.new + told.changed else None)
    if told.stopped:
        _stop(told.stopped)
    if told.faulty:
        raise typer.Exit(1)


@app.command()
def imports() -> None:
    """The imports that something is kept of."""
    with _records() as (playbook, store), store.begin(readonly=True) as tx:
        lines = [
            f"{one.number:<6} {one.at.astimezone(playbook.company.timezone):%Y-%m-%d %H:%M}  "
            f"{one.kept:,} addresses, numbers and domains  {one.file}"
            for one in tx.imported.all()
        ]
    typer.echo("\n".join(lines) or "Nothing is kept of an import.")


@app.command()
def imported(
    about: str = typer.Argument(
        help="An e-mail address, a phone number, a domain, or a lead as `banter explain` takes."
    ),
) -> None:
    """What was imported of somebody."""
    from banter.bootstrap import region_of
    from banter.importing.showing import shown
    from banter.lead_commands import NoSuchLead

    with _records() as (playbook, store), store.begin(readonly=True) as tx:
        try:
            keys = _meant(tx, about, region_of(playbook.company.locale))
        except NoSuchLead as error:
            _stop(str(error))
        typer.echo(shown(tx.imported.of(keys)) or f"Nothing was imported of {about}.")


@app.command("forget-import")
def forget_import(
    number: int = typer.Argument(None, min=1, help="The import's number, as `banter leads imports` lists it."),
    about: str = typer.Option("", help="Only what was imported of this address, number, domain or lead."),
    all_: bool = typer.Option(False, "--all", help="Every import."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Take an import back: what it told is deleted, and leads know it no more."""
    from banter.bootstrap import region_of
    from banter.importing.running import Told, refresh
    from banter.lead_commands import NoSuchLead

    if sum((number is not None, bool(about), all_)) != 1:
        _stop("Say what is to be forgotten: a number of `banter leads imports`, --about SOMEBODY, or --all.")
    with _records() as (playbook, store):
        what = f"of {about}" if about else "of every import" if all_ else f"of import {number}"
        if not yes:
            typer.confirm(f"Delete what is kept {what}?", abort=True)
        try:
            with store.begin() as tx:
                if about:
                    gone = tx.imported.forget_about(_meant(tx, about, region_of(playbook.company.locale)))
                else:
                    gone = tx.imported.forget(None if all_ else number)
        except NoSuchLead as error:
            _stop(str(error))
        told = refresh(store, playbook, Told())
    typer.echo(f"{gone:,} addresses, numbers and domains are forgotten." if gone else f"Nothing was kept {what}.")
    _say_leads(told)


def _counted(rows: Iterator[Row]) -> Iterator[Row]:
    """The rows, with their number on a terminal: a hundred thousand take a while."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from rows
        return
    with console.status("Reading") as status:
        for number, row in enumerate(rows, start=1):
            if number % 500 == 0:
                status.update(f"Reading: {number:,} rows")
            yield row


def _meant(tx: SqlTransaction, about: str, region: str) -> Sequence[Key]:
    """What is meant by itself, else what the lead that is meant can be reached at. Raises NoSuchLead."""
    from banter.importing.showing import keys_meant
    from banter.lead_commands import find
    from banter.leads.imported import keys_of

    return keys_meant(about, region) or keys_of(find(tx, about))


def _say_columns(table: Table) -> None:
    typer.echo("Columns: " + ", ".join(f"{header} ({meaning})" for meaning, header in table.used.items()) + ".")
    if table.left:
        typer.echo("Left, because they mean nothing here: " + ", ".join(table.left) + ".")


def _say(told: Told, *, check: bool, number: int | None) -> None:
    would = "would be " if check else ""
    typer.echo(
        f"{told.rows:,} rows: {told.new:,} addresses, numbers and domains {would}new, {told.changed:,} {would}changed, "
        f"{told.same:,} the same. Rows that tell nothing: {told.empty:,}; faulty: {told.faulty:,}."
    )
    if told.unknown:
        typer.echo("Not in market.yml, so they match no profile and are kept as they stand:")
        for name, count in told.unknown.most_common(_MOST_SHOWN):
            typer.echo(f"  {name} ({count:,})")
        if len(told.unknown) > _MOST_SHOWN:
            typer.echo(f"  and {len(told.unknown) - _MOST_SHOWN:,} more")
    if check:
        typer.echo("Nothing was written; without --check it is.")
        return
    _say_leads(told)
    if number is not None:
        typer.echo(f"This is import {number}; `banter leads forget-import {number}` takes it back.")


def _say_leads(told: Told) -> None:
    typer.echo(f"{told.leads:,} leads that are there know other things now; {told.rescored:,} have a new score.")
    if told.elsewhere:
        typer.echo("Their conversations have ended, so they stay where they are; by what is known now they would go:")
        for lead, was, would in told.elsewhere[:_MOST_SHOWN]:
            typer.echo(f"  {lead}  {was} -> {would}")
        if len(told.elsewhere) > _MOST_SHOWN:
            typer.echo(f"  and {len(told.elsewhere) - _MOST_SHOWN:,} more; `banter rubric backtest` shows them")


@contextmanager
def _records() -> Iterator[tuple[Playbook, SqlStore]]:
    """The playbook and the database; what is wrong with them is said without a traceback."""
    from banter.configuration import PlaybookError, report
    from banter.records import records
    from banter.settings import SettingsError
    from banter.store.errors import SchemaUnknown, StoreUnavailable

    try:
        with records() as (_, playbook, store):
            yield playbook, store
    except PlaybookError as error:
        _stop(report(error.faults))
    except (SettingsError, SchemaUnknown, StoreUnavailable) as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
