"""`banter try`: the channels without an account. Requests are signed as the vendor signs them, and sent to a server of
your own."""

from __future__ import annotations

from typing import NoReturn

import typer

app = typer.Typer(
    name="try",
    help="Try a channel without an account: genuinely signed requests to the local server, and what it would send.",
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
)
URL = typer.Option("http://127.0.0.1:8080", help="Where `banter serve` listens, on this machine.")


@app.command()
def slack(
    texts: list[str] = typer.Argument(None, help="What you write, one message each; a button's title presses it."),  # noqa: B008
    url: str = URL,
    thread: str = typer.Option("", help="Go on in this thread; each is printed at the end."),
    understood: bool = typer.Option(False, help="Ask after each answer what was understood."),
    alert: bool = typer.Option(False, help="Print the alert of a lead instead of writing."),
    lead: str = typer.Option("", help="Which lead, with --alert; default: the newest that is qualified."),
) -> None:
    """Play the visitor in a Slack thread, and print what would be written there."""
    from banter.trying_slack import CannotTry, run, show_alert

    try:
        if alert or lead:
            typer.echo(show_alert(lead or None))
        elif texts:
            run(texts, url=url, thread=thread or None, understood=understood, say=typer.echo)
        else:
            raise CannotTry('Say something: banter try slack "hello"')
    except CannotTry as error:
        stop(str(error))


@app.command()
def sms(
    number: str = typer.Argument(help="Your phone, as +15550100: a number that is nobody's."),
    texts: list[str] = typer.Argument(help="What you text, one message each."),  # noqa: B008
    url: str = URL,
) -> None:
    """Text the bot from a made-up phone, and print what it would text back."""
    from banter.trying_sms import CannotTry, run

    try:
        run(number, texts, url=url, say=typer.echo)
    except CannotTry as error:
        stop(str(error))


def stop(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)
