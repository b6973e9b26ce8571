"""A simulated visitor, what they say, what they are answered, and the dialogue that comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol, TypeVar

DIMENSIONS = ("need", "budget", "authority", "timeline")
T = TypeVar("T")


class Lots(Protocol):
    """Where chance comes from; `random.Random` is one."""

    def random(self) -> float: ...

    def choice(self, seq: Sequence[T]) -> T: ...


@dataclass(frozen=True)
class Line:
    """A row of lines.jsonl. `says` is what it is (answer, question, refusal ...); `means` the bands it tells."""

    says: str
    text: str
    about: str | None = None  # the dimension whose question it answers
    means: Mapping[str, str] = field(default_factory=dict)
    manner: str | None = None  # terse, plain, chatty, typos
    alone: bool = False  # can be understood without the question
    after: tuple[str, ...] = ()  # the bands said before that it follows up or corrects
    topic: str | None = None  # what a question of theirs is about


@dataclass(frozen=True)
class Kind:
    """A row of kinds.yml: how a visitor behaves. `does` is the chance of each deed while a question is open."""

    name: str
    share: float
    manners: tuple[str, ...]
    opens: Mapping[str, float]  # how the first message is chosen, by weight
    does: Mapping[str, float]
    patience: int  # messages after which they give up


@dataclass(frozen=True)
class Cast:
    """All that visitors can be and say."""

    lines: Mapping[str, tuple[Line, ...]]  # by `says`
    kinds: Mapping[str, Kind]
    facts: Mapping[str, Mapping[str, float]]  # by dimension: bands by weight

    def saying(self, says: str) -> Sequence[Line]:
        return self.lines.get(says, ())


@dataclass(frozen=True)
class Move:
    """One message of a visitor. `means`: the bands it tells; `weak`: the question it may rightly be read as a weak
    answer to, without meaning one; `pause`: how long they were silent before."""

    says: str
    text: str
    means: Mapping[str, str] = field(default_factory=dict)
    weak: str | None = None
    topic: str | None = None
    pause: timedelta = timedelta(seconds=25)


@dataclass(frozen=True)
class Reply:
    """What was answered, and how things stand then. `unasked`: what the bot said by itself before the message that this
    answers: a reminder, a welcome back."""

    texts: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    awaiting: str | None = None
    status: str = "open"
    unasked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What Banter made of it so far. `bands` holds what counts as answered, `declined` and `unclear` included."""

    bands: Mapping[str, str] = field(default_factory=dict)
    points: int | None = None
    route: str | None = None
    disqualified: bool = False


@dataclass(frozen=True)
class Exchange:
    """What the visitor said (None: the opening) and what came back. `known` is None where nobody may look."""

    move: Move | None
    reply: Reply
    known: Known | None = None


@dataclass(frozen=True)
class Visitor:
    """Who they are and what they have said so far. `facts` are the bands they would tell when asked."""

    number: int
    kind: Kind
    manner: str
    facts: Mapping[str, str]
    email: str
    phone: str
    months: Mapping[str, str]  # {soon}, {mid} and {far} in lines
    starts_after: timedelta  # since midnight UTC of the simulated day
    said: Mapping[str, str] = field(default_factory=dict)
    used: frozenset[str] = frozenset()
    messages: int = 0
    asides: int = 0  # messages in a row that did not answer
    last: str = ""  # what the last message was
    done: frozenset[str] = frozenset()  # what is done once only
    end: str | None = None  # done, left, gave_up


@dataclass(frozen=True)
class Dialogue:
    """A whole conversation. `failure` is the error that ended it."""

    visitor: Visitor
    exchanges: tuple[Exchange, ...]
    failure: str | None = None


class Driver(Protocol):
    """A Banter to talk to, one visitor after the other."""

    def begin(self, visitor: Visitor) -> Reply: ...

    def say(self, move: Move) -> Reply: ...

    def known(self) -> Known | None: ...

    def finish(self) -> None: ...
