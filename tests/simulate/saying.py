"""Dialogues written down for tests: what was said, what came back, what was made of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from banter.simulate.lines import cast
from banter.simulate.model import Dialogue, Exchange, Known, Move, Reply, Visitor
from banter.simulate.visitors import draw

TODAY = date(2026, 11, 23)
CAST = cast()
FACTS = {"need": "quantified", "budget": "approved_amount", "authority": "final", "timeline": "within_60_days"}


def visitor(kind: str = "plain", **other: object) -> Visitor:
    """One of that kind who qualifies, and never digresses by chance: the fewest deeds."""
    drawn = draw(1, [CAST.kinds[kind]], CAST, TODAY, Random(1))
    return replace(drawn, manner="plain", facts=FACTS, **other)  # type: ignore[arg-type]


def only(one: Visitor, **does: float) -> Visitor:
    """The same who does just this, by these chances."""
    return replace(one, kind=replace(one.kind, does=does))


def exchange(
    says: str | None, text: str, *bot: str, awaiting: str | None = "need", status: str = "open", **more: object
) -> Exchange:
    """`means`, `weak` and `known` may be given; `says` None is the opening."""
    means, weak, known = more.get("means", {}), more.get("weak"), more.get("known")
    move = Move(says, text, means, weak) if says is not None else None  # type: ignore[arg-type]
    return Exchange(move, Reply(bot, (), awaiting, status), None if known is None else Known(known))  # type: ignore[arg-type]


def dialogue(*exchanges: Exchange, kind: str = "plain", end: str = "done", failure: str | None = None) -> Dialogue:
    return Dialogue(visitor(kind, end=end), exchanges, failure)


PAUSE = timedelta(days=1)
