"""The command line. Each command imports what it needs, so that `banter --help` is there at once."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from banter.import_commands import app as leads
from banter.rubric_commands import app as rubric
from banter.trying import app as trying

if TYPE_CHECKING:
    from banter.leads.playbook import Playbook

app = typer.Typer(
    help="Banter qualifies sales leads in conversation, with a reason for every point.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.add_typer(trying)
app.add_typer(rubric)
app.add_typer(leads)


def main() -> None:
    app()


@app.command()
def serve(
    host: str = typer.Option("127.0.0.1", help="The address to listen on."),
    port: int = typer.Option(8080, min=0, max=65535, help="The port to listen on."),
) -> None:
    """The product: website, chat, leads and the worker that sends, in one process."""
    from banter.serving import serve as run

    _quiet_libraries()
    _train_if_needed()
    _links_lead_to(port)
    with _our_errors():
        run(host, port)


def _links_lead_to(port: int) -> None:
    """On another port links in mails lead there, where nothing says under which address others reach this machine."""
    from banter.bootstrap import environment

    if port != 8080 and "BANTER_PUBLIC_URL" not in environment():
        os.environ["BANTER_PUBLIC_URL"] = f"http://127.0.0.1:{port}"


@app.command()
def chat() -> None:
    """The same conversation in the terminal; what is said here never counts as a lead."""
    from banter.terminal import chat as run

    _quiet_libraries()
    _train_if_needed()
    with _our_errors():
        run()


@app.command()
def simulate(
    visitors: int = typer.Option(200, min=1, max=100_000, help="How many come."),
    seed: int = typer.Option(1, help="Which ones: the same seed sends the same visitors."),
    url: str = typer.Option("", help="A running server, e.g. http://127.0.0.1:8080; default: in this process."),
    kind: list[str] = typer.Option([], help="Only these kinds, such as terse or evasive; may be repeated."),  # noqa: B008
    framework: str = typer.Option("", help="bant or champ; default: the playbook's."),
    playbook: str = typer.Option("", help="The folder; default: BANTER_PLAYBOOK, else playbook/."),
    today: str = typer.Option("", help="The day it is for them, year-month-day; default: today."),
    show: int = typer.Option(0, min=0, help="Print so many whole dialogues, those with trouble first."),
    as_json: bool = typer.Option(False, "--json", help="Print JSON in place of tables."),
) -> None:
    """Send simulated visitors and print what became of them; status 1 when there was trouble. Nothing is sent."""
    from banter.simulate.command import BadOption, run
    from banter.simulate.over_http import ServerError

    _quiet_libraries()
    if not url:
        _train_if_needed()
    with _our_errors():
        try:
            status = run(
                visitors=visitors,
                seed=seed,
                url=url or None,
                kinds=kind,
                framework=framework or None,
                playbook=playbook or None,
                today=today or None,
                shown=show,
                as_data=as_json,
            )
        except (BadOption, ServerError) as error:
            _stop(str(error))
    sys.exit(status)


@app.command()
def train(force: bool = typer.Option(False, "--force", help="Train even if nothing changed.")) -> None:
    """Train the dialogue model, if the training data changed."""
    _train_if_needed(force=force)


@app.command()
def check(
    playbook: str = typer.Option("", help="The folder; default: BANTER_PLAYBOOK, else playbook/."),
) -> None:
    """Every fault of the playbook, the bot's texts and the settings, with file, line and mend; and what is odd about
    the rubric, with a lead that shows it. Status 1 for faults only."""
    from banter import bootstrap
    from banter.configuration import check as faults_of
    from banter.configuration import (
        check_texts,
        lint_joining,
        lint_playbook,
        lint_texts,
        load_playbook,
        report,
        rubric_warnings,
    )
    from banter.nurture.render import check_step
    from banter.settings import DEFAULTS

    root, env = bootstrap.ROOT, bootstrap.environment()
    folder = Path(playbook) if playbook else root / (env.get("BANTER_PLAYBOOK") or DEFAULTS["BANTER_PLAYBOOK"])
    faults = [*faults_of(folder, env, root=root, env_file=root / ".env", check_step=check_step), *check_texts(root)]
    decided = None if faults else load_playbook(folder, check_step=check_step)
    if decided is not None:
        faults = [
            *lint_texts(root, decided.company),
            *lint_joining(root, decided.company),
            *lint_playbook(decided),
        ]
    taken = None if faults or decided is None or playbook else _version_taken(folder, decided)
    if decided is not None and (warnings := rubric_warnings(folder, decided)):
        typer.echo("Warnings, which stop nothing:", err=True)
        typer.echo("\n".join(str(warning) for warning in warnings) + "\n", err=True)
    if faults:
        typer.echo(report(faults), err=True)
        raise typer.Exit(1)
    if taken:
        typer.echo(f"The server would not start: {taken}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{folder}, domain.yml, texts/ and data/: no faults.")


def _version_taken(folder: Path, playbook: Playbook) -> str | None:
    """Why a server would refuse the rubric: its version was published with other numbers. None where that is not so, or
    cannot be known because the database is not there."""
    from sqlalchemy.exc import SQLAlchemyError

    from banter.configuration.rubric import FILE
    from banter.configuration.rubric_file import read_rubric_file
    from banter.records import as_it_stands
    from banter.rubrics.publishing import refusal
    from banter.store.errors import StoreUnavailable

    written = read_rubric_file(folder / FILE)[playbook.conversation.framework]
    try:
        with as_it_stands() as store:
            if store is None:
                return None
            with store.begin(readonly=True) as tx:
                return refusal(tx, written, playbook.profile)
    except (StoreUnavailable, SQLAlchemyError, OSError, ValueError):
        return None


@app.command()
def explain(
    lead: str = typer.Argument(help="An id, a conversation's id, or part of one name or address."),
) -> None:
    """Where a lead's points and route come from: rules, words, reasons, what would have changed it, the transcript."""
    from banter.lead_commands import NoSuchLead
    from banter.lead_commands import explain as run

    with _our_errors():
        try:
            run(lead)
        except NoSuchLead as error:
            _stop(str(error))


@app.command()
def override(
    lead: str = typer.Argument(help="An id, a conversation's id, or part of one name or address."),
    route: str = typer.Argument(help="Where it belongs: book, nurture_warm, ...; `back` takes it back."),
    reason: str = typer.Option("", help="Why, for who reads it later."),
    by: str = typer.Option("", help="Who says so; default: the name you are logged in with."),
) -> None:
    """Say where a lead belongs, with a reason, beside what the points say. Nothing is sent because of it."""
    from banter.lead_commands import BadOverride, NoSuchLead
    from banter.lead_commands import override as run

    with _our_errors():
        try:
            typer.echo(run(lead, route, reason=reason, by=by))
        except (BadOverride, NoSuchLead) as error:
            _stop(str(error))


@app.command()
def signals() -> None:
    """Read answers as JSON lines on standard input, write band, specificity, commitment and evidence."""
    from banter.extraction.commands import signals as run

    sys.exit(run(sys.stdin, sys.stdout, sys.stderr))


@app.command()
def openers() -> None:
    """Read first messages as JSON lines on standard input, write the intent of each."""
    from banter.extraction.commands import openers as run

    sys.exit(run(sys.stdin, sys.stdout, sys.stderr))


@app.command()
def acts() -> None:
    """Read messages as JSON lines on standard input, write what each does while a question is open."""
    from banter.extraction.commands import acts as run

    sys.exit(run(sys.stdin, sys.stdout, sys.stderr))


@app.command()
def facts() -> None:
    """Read messages as JSON lines on standard input, write what each tells of the visitor and their business."""
    from banter import bootstrap
    from banter.extraction.commands import facts as run

    with _our_errors():
        finder, region = bootstrap.fact_finder(bootstrap.environment())
    sys.exit(run(sys.stdin, sys.stdout, sys.stderr, finder, region))


def _quiet_libraries() -> None:
    """Rasa and TensorFlow warn about themselves at length, and Rasa calls home, unless told not to before they load."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    if not sys.warnoptions:  # Rasa sets warning filters of its own while it loads; what is logged, it leaves alone
        logging.captureWarnings(True)
        logging.getLogger("py.warnings").setLevel(logging.ERROR)


def _train_if_needed(*, force: bool = False) -> None:
    from rich.console import Console

    from banter.bootstrap import ROOT
    from banter.configuration import check_texts, report
    from banter.dialogue.model import ModelError, ModelFiles, is_current
    from banter.dialogue.model import train as run

    faults = check_texts(ROOT)
    if faults:
        _stop(report(faults))
    files = ModelFiles(ROOT)
    if not force and is_current(files):
        return
    console = Console(stderr=True)
    try:
        with console.status("Training the dialogue on data/ and domain.yml (about half a minute, only after a change)"):
            run(files)
    except ModelError as error:
        _stop(str(error))
    console.print("The dialogue is trained.")


class _our_errors:
    """Errors that tell the owner what to mend are shown as that, without a traceback."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if error is None:
            return
        from banter.configuration import PlaybookError, report
        from banter.dialogue.model import ModelError
        from banter.rubrics.publishing import RubricTaken
        from banter.serving import PortInUse
        from banter.settings import SettingsError
        from banter.store.errors import SchemaUnknown, StoreInUse, StoreUnavailable

        if isinstance(error, PlaybookError):
            _stop(report(error.faults))
        ours = (SettingsError, SchemaUnknown, StoreInUse, StoreUnavailable, ModelError, PortInUse, RubricTaken)
        if isinstance(error, ours):
            _stop(str(error))


def _stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


if __name__ == "__main__":
    main()
