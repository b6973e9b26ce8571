"""One lead, explained in the terminal: with colours that it may leave out, for no sense is in the colours alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from banter.explaining.explanation import Explanation, FitPoint, Point
from banter.explaining.stored import explained
from banter.explaining.transcript import Said, together, transcript
from banter.leads import plain
from banter.leads.model import Lead
from banter.leads.moments import Clock
from banter.leads.plain import printable
from banter.leads.playbook import Playbook

if TYPE_CHECKING:
    from banter.store.database import SqlTransaction

TITLE, MARK, SOFT, GOOD, BAD = "bold", "bold black on yellow", "dim", "bold green", "bold red"
#: Columns: where fewer are left beside the figures, what goes on begins at the edge.
_NARROW = 24


@dataclass(frozen=True)
class Row:
    """A line, and how far its continuations are indented where the terminal is too narrow."""

    text: Text
    hang: int = 2


def print_explained(console: Console, rows: Iterable[Row]) -> None:
    """To a terminal wrapped between words, each line under its own beginning; to a file a line is a line."""
    for row in rows:
        hang = row.hang if console.width - row.hang >= _NARROW else 2
        for number, line in enumerate(row.text.split("\n", allow_blank=True)):
            if number:
                line = Text(" " * hang) + line
            for piece in _wrapped(console, line, hang) if console.is_terminal else (line,):
                console.print(piece, soft_wrap=True)


def _wrapped(console: Console, line: Text, hang: int) -> Iterator[Text]:
    if line.cell_len <= console.width:
        yield line
        return
    first, *more = line.wrap(console, console.width)
    first.rstrip()
    yield first
    if more:
        rest = line[len(first.plain) :]
        rest = rest[len(rest.plain) - len(rest.plain.lstrip()) :]
        for piece in rest.wrap(console, max(1, console.width - hang)):
            piece.rstrip()
            yield Text(" " * hang) + piece


def rows_of(tx: SqlTransaction, lead: Lead, playbook: Playbook) -> list[Row]:
    """All there is to say of a lead."""
    clock = Clock(playbook.company.timezone, lead.updated_at)
    channels = dict(tx.leads.conversations(lead.id))
    messages = together([tx.transcript.of_conversation(each) for each in channels])
    made = explained(tx, lead, playbook)
    said, _ = transcript(lead, messages, made.framework, channels)
    return [
        *_head(lead, clock),
        *_team(made, clock),
        *_route(made),
        *_score(made),
        *_fit(made),
        *_transcript(said),
    ]


def _head(lead: Lead, clock: Clock) -> Iterator[Row]:
    test = "  a test: it counts nowhere" if lead.test else ""
    yield _row((printable(plain.who(lead)), TITLE), f"  {lead.id}{test}")
    status = plain.STATUSES.get(lead.status, lead.status)
    channel = plain.CHANNELS.get(lead.channel, lead.channel)
    yield _row((f"{channel}, came {clock.full(lead.created_at)}, {status.lower()}", SOFT))


def _team(made: Explanation, clock: Clock) -> Iterator[Row]:
    last = made.override
    if last is None or last.route is None:
        return
    yield _row()
    says = f", says {printable(last.name or last.by)} on {clock.full(last.at)}: {printable(last.reason)}"
    yield _row((f"The team: {plain.ROUTES[last.route]}", TITLE), says.replace("\n", " "))
    yield _row(("What follows is what the points say.", SOFT))


def _route(made: Explanation) -> Iterator[Row]:
    yield _row()
    if made.route is None:
        yield _row(f"{made.where}.")
        return
    yield _row((made.where, TITLE), "" if made.final else ", so far: questions are still open")
    yield from (_row(f"  {printable(reason)}") for reason in (*made.why, made.moved) if reason)
    yield from (_row("  ! ", printable(flag.said), hang=4) for flag in made.flags)
    yield _row()
    yield _row(("What would have changed it", TITLE))
    yield _row(f"  {made.changed}")
    if made.changed_by:
        yield _row((f"  {made.changed_by}", SOFT))


def _score(made: Explanation) -> Iterator[Row]:
    yield _row()
    by = f" by {made.rubric}" if made.rubric else ""
    yield _row((made.points, TITLE), f"{by}: {made.scale}")
    width = max(len(line.about) for line in made.lines)
    figures = max(8, *(len(line.figure) for line in made.lines))
    for line in made.lines:
        yield from _line(line, width, figures)
    for sentence in (made.standing, made.sure, made.edition):
        if sentence:
            yield _row((f"  {sentence}", SOFT))


def _line(line: Point, width: int, figures: int) -> Iterator[Row]:
    hang = 2 + width + 2 + figures + 2
    style = SOFT if not line.points else GOOD if line.points > 0 else BAD
    head = (f"  {line.about:<{width}}  ", ""), (f"{line.figure:>{figures}}", style)
    if line.points is None:
        yield _row(*head, (f"  {line.plain}", SOFT), hang=hang)
    else:
        yield _row(*head, f"  {printable(line.plain)}", (f"  {line.rule}", SOFT), hang=hang)
    yield from _beneath(line.words, (line.read, line.note), hang)


def _fit(made: Explanation) -> Iterator[Row]:
    if made.fit is None:
        return
    yield _row()
    yield _row((f"Fit: {made.fit.said}", TITLE))
    width = max(len(line.about) for line in made.fit.lines)
    figures = max(8, *(len(line.figure) for line in made.fit.lines))
    for line in made.fit.lines:
        hang = 2 + width + 2 + figures + 2
        yield _row(
            f"  {line.about:<{width}}  ", (f"{line.figure:>{figures}}", _fits(line)), f"  {line.plain}", hang=hang
        )
        yield from _beneath(line.words, (line.note,), hang)


def _fits(line: FitPoint) -> str:
    return GOOD if line.points else BAD if line.known else SOFT


def _beneath(words: Sequence[str], notes: Sequence[str], hang: int) -> Iterator[Row]:
    """The words that a line rests on, and how they were read."""
    if words:
        quoted = ", ".join(f"“{printable(word)}”" for word in words).replace("\n", " ")
        yield _row((f"{'':<{hang}}{quoted}", "italic"), hang=hang)
    said = " ".join(note for note in notes if note)
    if said:
        yield _row((f"{'':<{hang}}{said}", SOFT), hang=hang)


def _transcript(said: Sequence[Said]) -> Iterator[Row]:
    yield _row()
    yield _row(("Transcript", TITLE))
    if not said:
        yield _row("  Nothing was said yet.")
    for line in said:
        pieces: list[str | tuple[str, str]] = [
            (f"  {line.who:<8}", "bold cyan" if line.message.sender == "visitor" else SOFT)
        ]
        if line.where:
            pieces.append((f"({line.where}) ", SOFT))
        for piece in line.segments:
            text = printable(piece.text)
            pieces += [(f"«{text}»", MARK), (f" [{', '.join(piece.labels)}]", SOFT)] if piece.labels else [text]
        yield _row(*pieces, hang=10)


def _row(*parts: str | tuple[str, str], hang: int = 2) -> Row:
    return Row(Text.assemble(*parts), hang)
