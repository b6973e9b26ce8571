"""The grid: every open question meets every act, by every framework, on every channel. What is said stands in
`grid.yml`; this puts it together, and says of which cells there are none."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

DATA: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("grid.yml").read_text(encoding="utf-8"))
DIMENSIONS = ("need", "budget", "authority", "timeline")
FOLLOWED = tuple(f"{dimension}, followed up" for dimension in DIMENSIONS)
AFTER_A_GREETING = "need, after a greeting"
#: The four questions, the first one also where its act is not the very first message, each again while its follow-up is
#: open, then which of two answers holds. A time and an address: of those who get a call, of those who mistyped it, of
#: those who are sent mails, and of those who want a person at night.
QUESTIONS = (
    AFTER_A_GREETING,
    *itertools.chain(*zip(DIMENSIONS, FOLLOWED, strict=True)),
    "doubt",
    "slot",
    "contact",
    "contact, followed up",
    "contact for mails",
    "slot for a call-back",
)
SAID_ANYWHERE: Mapping[str, Sequence[Any]] = DATA["acts"]
ACTS = (
    *("answers", "answers_several", "answers_another", "corrects_earlier", "corrects_this"),
    *(act for act in SAID_ANYWHERE if act != "wants_person"),
    *("wants_person_in_hours", "wants_person_out_of_hours", "is_rude_three_times"),
    *("falls_silent", "falls_silent_at_night"),
)
#: Cells that there are none of, and why.
NONE = {
    **{("asks_why_early", q): "nothing was called early" for q in QUESTIONS if q != "contact for mails"},
    ("answers_another", "timeline"): "every other question is answered",
    ("answers_another", "timeline, followed up"): "every other question is answered",
    **{("answers_another", q): "every question is answered" for q in QUESTIONS if "slot" in q or "contact" in q},
    ("answers_another", "doubt"): "a doubt is about what was answered",
    ("answers_several", "doubt"): "a doubt is about one answer",
    ("corrects_earlier", "slot for a call-back"): "is a matter of the questions",
    ("corrects_earlier", "doubt"): "the doubt is what there is to correct",
}


@dataclass(frozen=True)
class Line:
    """What is said, and what should be known by it; `known` by dimension, `place` of a time, `email`, `key`."""

    say: str
    known: Mapping[str, str] = field(default_factory=dict)
    words: str = ""
    place: int | None = None
    email: str | None = None
    key: str | None = None
    follow_up: str = ""
    meant: str | None = None


SILENCE = Line("(nothing)")


@dataclass(frozen=True)
class Way:
    """How a conversation comes to a question: the lines, the hour, and the follow-up that should be open then."""

    lines: tuple[Line, ...]
    clock: str = "open"

    @property
    def known(self) -> dict[str, str]:
        return {d: band for line in self.lines for d, band in line.known.items()}


@dataclass(frozen=True)
class Cell:
    question: str
    act: str
    framework: str
    channel: str

    @property
    def name(self) -> str:
        return f"{self.question} / {self.act} / {self.framework} / {self.channel}"

    @property
    def awaiting(self) -> str:
        """The open question as api.md names it."""
        return "budget" if self.question == "doubt" else self.question.split(" ")[0].rstrip(",")

    @property
    def place(self) -> int:
        """Which of several ways to put it is used: another one in each row, column and layer."""
        return QUESTIONS.index(self.question) + 3 * DATA["frameworks"].index(self.framework) + self._channel

    @property
    def _channel(self) -> int:
        return int(DATA["channels"].index(self.channel))

    def way(self, order: Sequence[str]) -> Way:
        """What was said before. `order` is that of the questions."""
        opener = self.act == "corrects_earlier" and self.awaiting == "need"
        lines = [_line(DATA["openers"], self.place)] if opener else []
        return Way(
            (*self._lines(order), *lines) if self.question == AFTER_A_GREETING else (*lines, *self._lines(order)),
            self._clock,
        )

    @property
    def _clock(self) -> str:
        if self.act == "falls_silent_at_night":
            return "night"
        return "closed" if "call-back" in self.question or self.act == "wants_person_out_of_hours" else "open"

    def _lines(self, order: Sequence[str]) -> Iterator[Line]:
        if self.awaiting in order and self.question != "doubt":
            yield from (self._answer(d) for d in order[: order.index(self.awaiting)])
            if self.question == AFTER_A_GREETING:
                yield Line(_pick(SAID_ANYWHERE["greets"], self.place))
            if self.question in FOLLOWED:
                yield _line(DATA["lacking"][self.awaiting], self.place, self.awaiting)
        elif self.question == "doubt":
            yield from (self._answer(d) for d in order[: order.index("budget") + 1])
            yield _line(DATA["contradicting"]["budget"], self.place, "budget")
        elif self.question == "slot for a call-back":
            yield self._answer("need")
            yield Line(SAID_ANYWHERE["wants_person"][0])
        elif self.question == "contact for mails":
            for d in order:
                yield Line(_pick(DATA["weak"][d], self.place)) if d in DATA["weak"] else self._answer(d)
        else:
            yield from (self._answer(d) for d in order)
            if self.awaiting == "contact":
                yield _line(DATA["answers"]["slot"], self.place)
            if self.question == "contact, followed up":
                yield _line(DATA["lacking"]["contact"], self.place)

    def line(self, order: Sequence[str]) -> Line:
        """What is said to the open question."""
        known = self.way(order).known
        if self.act in ("falls_silent", "falls_silent_at_night"):
            return SILENCE
        if self.act == "answers":
            return self.clear_answer()
        if self.act == "answers_several":
            return self._several(self.awaiting, known, order)
        if self.act == "answers_another":
            open_still = [d for d in order if d not in known and d != self.awaiting]
            return self._clauses([_pick(open_still, self.place)])
        if self.act == "corrects_earlier":
            there = [d for d in order if d in known and d != self.awaiting]
            dimension = _pick(there or ["need"], self.place)
            return _line(DATA["corrections"][dimension], self.place // 2, dimension)
        if self.act == "corrects_this":
            return _line(DATA["corrections_of_this"][self.awaiting], self.place, self.awaiting)
        said = {
            "wants_person_in_hours": "wants_person",
            "wants_person_out_of_hours": "wants_person",
            "is_rude_three_times": "is_rude",
        }
        return _line(SAID_ANYWHERE[said.get(self.act, self.act)], self.place)

    def clear_answer(self) -> Line:
        return _line(DATA["answers"][self.awaiting], self.place, self.awaiting)

    def _answer(self, dimension: str) -> Line:
        return _line(DATA["answers"][dimension], self.place, dimension)

    def _several(self, open_question: str, known: Mapping[str, str], order: Sequence[str]) -> Line:
        if open_question in ("slot", "contact"):
            said = _pick(DATA["clauses"][open_question], self.place)
            address = next(word for word in said.replace(",", "").split() if "@" in word)
            return Line(said, email=address, place=1 if "first" in said else 2 if "Number" in said else None)
        rest = [d for d in order if d not in known and d != open_question]
        if self.place % 2:  # all of them, or the open one and one more
            rest = rest[:1]
        if rest:
            return self._clauses([open_question, *rest])
        line, address = self._clauses([open_question]), DATA["answers"]["contact"][0]["email"]
        return Line(f"{line.say[:-1]}, and my mail is {address}", line.known, email=address)

    def _clauses(self, dimensions: Sequence[str]) -> Line:
        said = [_pick(DATA["clauses"][d], self.place) for d in dimensions]
        bands = {"need": "quantified", "budget": "approved_amount", "authority": "final", "timeline": "within_60_days"}
        text = ", ".join(said)
        return Line(f"{text[:1].upper()}{text[1:]}.", {d: bands[d] for d in dimensions})


def cells() -> list[Cell]:
    """All of them."""
    return [
        Cell(question, act, framework, channel)
        for question, act in rows()
        for framework in DATA["frameworks"]
        for channel in DATA["channels"]
    ]


def rows() -> list[tuple[str, str]]:
    return [(question, act) for question in QUESTIONS for act in ACTS if (act, question) not in NONE]


def cover() -> list[Cell]:
    """A cell of each row, so that each act meets each framework and each channel."""
    layers = list(itertools.product(DATA["frameworks"], DATA["channels"]))
    return [
        Cell(question, act, *layers[(ACTS.index(act) + 3 * QUESTIONS.index(question)) % len(layers)])
        for question, act in rows()
    ]


def at(clock: str) -> datetime:
    moment = DATA["clock"][clock]
    assert isinstance(moment, datetime)
    return moment


def _pick(several: Sequence[Any], place: int) -> Any:
    return several[place % len(several)]


def _line(several: Sequence[Any], place: int, dimension: str = "") -> Line:
    """The one at that place; `dimension` is what its band is of, where it doesn't say so itself."""
    one = _pick(several, place)
    if isinstance(one, str):
        return Line(one)
    said = {name: value for name, value in one.items() if name not in ("band", "dimension")}
    return Line(**said, known={one.get("dimension", dimension): one["band"]} if "band" in one else {})
