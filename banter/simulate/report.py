"""What a run is shown as: tables to read, or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from functools import partial
from itertools import islice
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from banter.simulate.figures import OUTCOMES, Funnel, Group, Told
from banter.simulate.trouble import SORTS, Read, reads

HEADS = {
    "booked": "booked",
    "nurture_warm": "warm",
    "nurture_cold": "cold",
    "handed_over": "person",
    "let_go": "let go",
    "turned_away": "away",
    "helped": "helped",
    "left": "left",
    "none": "nowhere",
}
#: So many of each sort of trouble are shown; the rest is counted.
MOST_SHOWN = 5


def show(funnel: Funnel, console: Console) -> None:
    """The funnel, the kinds and the trouble."""
    whole = funnel.whole
    console.print(_questions(funnel))
    console.print(_kinds(funnel))
    at_once = funnel.all_at_once_most
    console.print(
        f"Questions asked: median {whole.asked_median:g}, most {whole.asked_most}."
        + (f" Who said everything at once was asked at most {at_once} more." if at_once is not None else "")
    )
    reached, stayed = funnel.reached_an_outcome, funnel.stayed
    console.print(f"{reached} of the {stayed} who stayed reached an outcome without a repetition or a dead end.")
    if funnel.read:
        share = 100 * funnel.read_right / funnel.read
        console.print(f"{share:.1f} of 100 answers were taken as they were meant, in the turn they were given.")
    for told, read in islice(_otherwise(funnel), MOST_SHOWN):
        known = read.known or "nothing"
        meant = f"{read.dimension} {read.meant}, taken for {known}"
        console.print(f"  [dim]visitor {told.dialogue.visitor.number} meant {meant}: {escape(read.text)}[/dim]")
    _trouble(funnel, console)


def show_dialogue(told: Told, console: Console) -> None:
    """A whole conversation, as one reads it, with what was made of it."""
    say = partial(console.print, soft_wrap=True)
    dialogue, visitor = told.dialogue, told.dialogue.visitor
    facts = ", ".join(f"{name} {band}" for name, band in visitor.facts.items())
    say(f"\n[bold]Visitor {visitor.number}, {visitor.kind.name}[/bold] [dim](in mind: {facts})[/dim]")
    known: dict[str, str] = {}
    for at, exchange in enumerate(dialogue.exchanges):
        for text in exchange.reply.unasked:
            say(f"  [green]bot[/green]      {escape(text)}  [dim](by itself)[/dim]")
        if exchange.move is not None:
            pause = exchange.move.pause
            if pause.days or pause.seconds > 3600:
                say(f"  [dim]... {pause} later ...[/dim]")
            say(f"  [cyan]visitor[/cyan]  {escape(exchange.move.text)}")
        for text in exchange.reply.texts:
            say(f"  [green]bot[/green]      {escape(text)}")
        if exchange.reply.buttons:
            say(f"           [dim]{escape(' | '.join(exchange.reply.buttons))}[/dim]")
        now = dict(exchange.known.bands) if exchange.known else {}
        new = ", ".join(f"{name} {band}" for name, band in now.items() if known.get(name) != band)
        if new:
            say(f"           [dim]-> {new}[/dim]")
        known = now
        for trouble in told.trouble:
            if trouble.at == at:
                say(f"           [red]! {trouble.sort}: {escape(trouble.what)}[/red]")
    points = f", {told.points} points" if told.points is not None else ""
    say(f"  [bold]{HEADS[told.outcome]}[/bold]{points}, {len(told.asked)} questions")
    for trouble in told.trouble:
        if trouble.at >= len(dialogue.exchanges):
            say(f"  [red]! {trouble.sort}: {escape(trouble.what)}[/red]")


def as_json(funnel: Funnel) -> dict[str, Any]:
    """Everything but the dialogues, which are there for those who met trouble."""
    return {
        "visitors": funnel.whole.visitors,
        "stayed": funnel.stayed,
        "reached_an_outcome": funnel.reached_an_outcome,
        "all": _group(funnel.whole),
        "kinds": {name: _group(group) for name, group in funnel.kinds.items()},
        "questions": {name: asdict(question) for name, question in funnel.questions.items()},
        "all_at_once_most": funnel.all_at_once_most,
        "answers": funnel.read,
        "answers_as_meant": funnel.read_right,
        "answers_otherwise": [
            {"visitor": told.dialogue.visitor.number, **asdict(read)} for told, read in _otherwise(funnel)
        ],
        "trouble": dict(funnel.trouble),
        "troubled": [_told(told) for told in funnel.told if told.trouble],
    }


def _questions(funnel: Funnel) -> Table:
    table = Table(title=f"{funnel.whole.visitors} visitors", title_justify="left", box=SIMPLE_HEAD)
    for head in ("question", "asked", "answered", "declined", "unclear", "left or cut short"):
        table.add_column(head, justify="left" if head == "question" else "right")
    for name, counted in funnel.questions.items():
        row = (counted.reached, counted.answered, counted.declined, counted.unclear, counted.left)
        table.add_row(name, *(str(number) for number in row))
    return table


def _kinds(funnel: Funnel) -> Table:
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    reached = [outcome for outcome in OUTCOMES if funnel.whole.outcomes.get(outcome)]
    heads = ("kind", "came", "asked", "wrote", *(HEADS[outcome] for outcome in reached), "points")
    for head in heads:
        table.add_column(head, justify="left" if head == "kind" else "right", no_wrap=True)
    for name, group in funnel.kinds.items():
        table.add_row(name, *_row(group, reached))
    table.add_section()
    table.add_row("all", *_row(funnel.whole, reached))
    table.caption = "asked (questions) and wrote (messages): median and most; points: average"
    return table


def _row(group: Group, reached: list[str]) -> Iterator[str]:
    yield str(group.visitors)
    yield f"{group.asked_median:g}, {group.asked_most}"
    yield f"{group.turns_median:g}, {group.turns_most}"
    yield from (str(group.outcomes.get(outcome) or "") for outcome in reached)
    yield "" if group.points is None else f"{group.points:.0f}"


def _trouble(funnel: Funnel, console: Console) -> None:
    if not funnel.trouble:
        console.print("[green]No trouble.[/green]")
        return
    for sort, meaning in SORTS.items():
        if not funnel.trouble.get(sort):
            continue
        console.print(f"\n[red]{sort}: {funnel.trouble[sort]}[/red]  [dim]{meaning}[/dim]")
        met = ((told, one) for told in funnel.told for one in told.trouble if one.sort == sort)
        for number, (told, one) in enumerate(met):
            if number == MOST_SHOWN:
                console.print("  ...")
                break
            visitor = told.dialogue.visitor
            console.print(f"  visitor {visitor.number} ({visitor.kind.name}): {escape(one.what)}")


def _otherwise(funnel: Funnel) -> Iterator[tuple[Told, Read]]:
    return ((told, read) for told in funnel.told for read in reads(told.dialogue) if read.known != read.meant)


def _group(group: Group) -> dict[str, Any]:
    return {**asdict(group), "outcomes": dict(group.outcomes)}


def _told(told: Told) -> dict[str, Any]:
    visitor = told.dialogue.visitor
    said = [
        {
            "visitor": exchange.move.text if exchange.move else None,
            "unasked": list(exchange.reply.unasked),
            "bot": list(exchange.reply.texts),
            "awaiting": exchange.reply.awaiting,
            "status": exchange.reply.status,
        }
        for exchange in told.dialogue.exchanges
    ]
    return {
        "visitor": visitor.number,
        "kind": visitor.kind.name,
        "outcome": told.outcome,
        "trouble": [asdict(trouble) for trouble in told.trouble],
        "dialogue": said,
    }
