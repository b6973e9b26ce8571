"""Plays the cells of the grid. Each way to a question is gone once; what is said there is said to a copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.conversations.grid import DATA, SILENCE, Cell, Line, Way, at
from tests.conversations.grid_acts import (
    REMINDED_AFTER,
    RULES,
    abused_again,
    answered,
    nothing_is_said,
    refused_again,
    reminded,
    taken_leave_of,
)
from tests.conversations.grid_rules import Rule, Turn, always
from tests.conversations.grid_talk import Named, Standing, Talks, by

#: After these the conversation goes on, and a clear answer is taken as if nothing had been.
GOES_ON = (
    *("asks_price", "asks_bot", "asks_why", "asks_meaning", "asks_privacy", "asks_how_it_works", "asks_company"),
    *("asks_competitors", "asks_hours", "asks_call", "asks_listed", "asks_unknown", "asks_why_early", "greets"),
    *("thanks", "chats", "is_rude", "speaks_other"),
)
A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Played:
    """What came of a cell: the dialogue in words, and each fault in it."""

    cell: Cell
    dialogue: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def told(self) -> str:
        return "\n".join((self.cell.name, *self.dialogue, *(f"  >>>>>>>  {fault}" for fault in self.faults)))


class Table:
    """`engine` is Rasa's, loaded; `folder` is empty and for us."""

    def __init__(self, engine: Any, folder: Path) -> None:
        named = Named(engine._agent.processor.nlg)
        engine._agent.processor.nlg = named
        self._folder = folder
        self._talks: dict[str, Talks] = {}
        for framework in DATA["frameworks"]:
            place = folder / framework
            place.mkdir()
            reader = next((talks.reader for talks in self._talks.values()), None)
            self._talks[framework] = Talks(engine, named, place, by(framework, place), at("open"), reader)
        self._stands: dict[tuple[str, ...], tuple[Path, datetime, Standing]] = {}

    def ends(self) -> None:
        for talks in self._talks.values():
            talks.ends()

    def plays(self, cell: Cell) -> Played:
        talks = self._talks[cell.framework]
        order = talks.playbook.conversation.order
        way = cell.way(order)
        standing = self._stand(talks, cell, way)
        dialogue = [*(f"    visitor: {one.say}" for one in way.lines), *_told(standing)]
        faults = list(_arrived(cell, way, standing))
        for line, after, rules in () if faults else self._turns(talks, cell, order):
            dialogue += [f"    visitor: {line.say}", *_told(after)]
            faults += [fault for rule in rules for fault in rule(Turn(cell, line, standing, after))]
            standing = after if after.replies else standing
        return Played(cell, tuple(dialogue), tuple(faults))

    def _stand(self, talks: Talks, cell: Cell, way: Way) -> Standing:
        """Where the way leads to; gone once."""
        key = (cell.framework, cell.channel, way.clock, *(line.say for line in way.lines))
        if key not in self._stands:
            file = self._folder / f"{len(self._stands)}.db"
            standing = talks.begins(file, cell.channel, at(way.clock))
            for line in way.lines:
                standing = talks.says(line.say)
            self._stands[key] = (file, talks.now, standing)
            talks.put_away()
        file, now, standing = self._stands[key]
        talks.goes_on(file, now)
        return standing

    def _turns(self, talks: Talks, cell: Cell, order: Sequence[str]) -> Iterator[tuple[Line, Standing, Sequence[Rule]]]:
        """What is said and what comes back, with the rules for it; one after the other."""
        line = cell.line(order)
        if line == SILENCE:
            yield from self._silence(talks, cell)
            return
        if cell.act == "wants_person_in_hours" and "call-back" in cell.question:
            talks.now = at("open") + timedelta(days=1)
        yield line, talks.says(line.say), (always, RULES[cell.act])
        if cell.act == "refuses" and cell.awaiting == "contact" and cell.question != "contact, followed up":
            yield line, talks.says(line.say), (always, refused_again)
        elif cell.act == "is_rude_three_times":
            yield line, talks.says(line.say), (always, abused_again)
            yield line, talks.says(line.say), (always, taken_leave_of)
        elif cell.act in GOES_ON:
            line = cell.clear_answer()
            yield line, talks.says(line.say), (always, answered)

    @staticmethod
    def _silence(talks: Talks, cell: Cell) -> Iterator[tuple[Line, Standing, Sequence[Rule]]]:
        wait = REMINDED_AFTER.get(cell.channel)
        if wait is None or cell.question in ("need", "slot for a call-back"):  # who only opened the chat is left alone
            yield SILENCE, talks.waits(A_DAY), (nothing_is_said,)
            return
        yield SILENCE, talks.waits(wait - A_MINUTE), (nothing_is_said,)
        if cell.channel == "sms" and cell.act == "falls_silent_at_night":
            yield SILENCE, talks.waits(2 * A_MINUTE), (nothing_is_said,)
            wait = at("morning") - talks.now + A_MINUTE
        yield SILENCE, talks.waits(wait), (always, reminded)
        yield SILENCE, talks.waits(A_DAY), (nothing_is_said,)


def _arrived(cell: Cell, way: Way, standing: Standing) -> Iterator[str]:
    """Whether the way led to the question of the cell."""
    lead, last = standing.lead, way.lines[-1] if way.lines else SILENCE
    if lead.awaiting != cell.awaiting:
        yield f"the way leads to {lead.awaiting} ({lead.status}), not to {cell.question}"
    for dimension, band in way.known.items():
        answer = lead.answers.get(dimension)  # type: ignore[call-overload]
        if answer is None or answer.band != band:
            yield f"on the way {dimension} was read as {answer.band if answer else 'nothing'}, not as {band}"
    follow_up = "doubt" if cell.question == "doubt" else last.follow_up
    if not lead.probe.startswith(follow_up) or bool(lead.probe) != bool(follow_up):
        yield f"on the way the follow-up was {lead.probe or 'none'}, not {follow_up or 'none'}"
    if last.meant != lead.contact.email_meant:
        yield f"on the way {lead.contact.email_meant} was meant, not {last.meant}"


def _told(standing: Standing) -> Iterator[str]:
    for reply in standing.replies:
        titles = "".join(f" [{title}]" for title in reply.buttons)
        yield f"        bot: {reply.text}{titles}  ({reply.response})"
    lead = standing.lead
    answers = ", ".join(f"{d} {a.band}" for d, a in lead.answers.items())
    yield f"             -- {lead.awaiting}, {lead.status}, asked {len(lead.asked)}; {answers or 'nothing known'}"
