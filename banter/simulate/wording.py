"""In which words a visitor does what they decided to do. Pure; what was said once is said in other words next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from banter.simulate.model import DIMENSIONS, Cast, Line, Lots, Move, Visitor

Said = tuple[Visitor, "Move | None"]


def picked(visitor: Visitor, says: str, cast: Cast, lots: Lots) -> Said:
    """Any line of that sort."""
    return visitor, _move(visitor, _one(visitor, cast.saying(says), lots))


def answer(visitor: Visitor, dimension: str, cast: Cast, lots: Lots) -> Said:
    """What they would tell when asked; a follow-up when they have told it already; sometimes half of it first."""
    before = visitor.said.get(dimension)
    if before == "declined":
        return picked(visitor, "refusal", cast, lots)
    if before is not None:
        more = [li for li in cast.saying("follow_up") if li.about == dimension and before in li.after]
        if more:
            return visitor, _move(visitor, _one(visitor, more, lots))
    band = before or visitor.facts[dimension]
    if before is None and lots.random() < visitor.kind.does.get("partial", 0):
        band = {"approved_amount": "approved", "quantified": "specific"}.get(band, band)
    return visitor, _move(visitor, _answering(visitor, dimension, band, cast, lots))


def question(visitor: Visitor, cast: Cast, lots: Lots) -> Said:
    """A question of theirs. One that tells something is asked by those only for whom it is true and new."""
    fitting = [li for li in cast.saying("question") if _is_news(li, visitor)]
    return visitor, _move(visitor, _one(visitor, fitting, lots))


def wayward(visitor: Visitor, dimension: str, cast: Cast, lots: Lots) -> Said:
    """No answer, or why they are asked."""
    says = "evasion_why" if lots.random() < 0.25 else "evasion"
    move = _move(visitor, _one(visitor, cast.saying(says), lots))
    return visitor, replace(move, weak=dimension)


def correction(visitor: Visitor, cast: Cast, lots: Lots) -> Said | None:
    """Something they said before was wrong. None when they have said nothing that can be corrected, or did so twice."""
    if "correct_again" in visitor.done:
        return None
    said = visitor.said
    fitting = [
        line
        for line in cast.saying("correction")
        if line.about in said
        and said[line.about] != "declined"
        and (said[line.about] in line.after if line.after else line.means[line.about] != said[line.about])
    ]
    if not fitting:
        return None
    twice = {"correct_again"} if "corrected" in visitor.done else {"corrected"}
    move = _move(visitor, _one(visitor, fitting, lots))
    facts = {**visitor.facts, **move.means}
    return replace(visitor, facts=facts, done=visitor.done | twice), move


def several(visitor: Visitor, dimension: str, cast: Cast, lots: Lots) -> Said:
    """The answer and one more on top; just the answer when there is nothing more to say."""
    more = [d for d in DIMENSIONS if d != dimension and d not in visitor.said]
    if dimension in visitor.said or not more:
        return answer(visitor, dimension, cast, lots)
    written = [li for li in cast.saying("several") if dimension in li.means and _is_news(li, visitor)]
    if written and lots.random() < 0.5:
        return visitor, _move(visitor, _one(visitor, written, lots))
    return visitor, _together(visitor, (dimension, lots.choice(more)), cast, lots)


def everything(visitor: Visitor, cast: Cast, lots: Lots) -> Said:
    """All four in the first message: as somebody wrote it, or in four sentences of this visitor's facts."""
    if lots.random() < 0.5:
        move = _move(visitor, _one(visitor, cast.saying("everything"), lots))
        return replace(visitor, facts={**visitor.facts, **move.means}), move
    order = sorted(DIMENSIONS, key=lambda _: lots.random())
    return visitor, replace(_together(visitor, tuple(order), cast, lots), says="everything")


def addressed(visitor: Visitor, lots: Lots) -> Move:
    """Their address, in words."""
    mail = visitor.email
    written = ("contact", f"{mail}"), ("contact", f"it's {mail}"), ("contact", f"you can write to me at {mail}")
    if visitor.last != "phone" and lots.random() < 0.08:
        return Move("phone", visitor.phone)
    return Move(*lots.choice(written))


def _together(visitor: Visitor, dimensions: tuple[str, ...], cast: Cast, lots: Lots) -> Move:
    """Their answers to these, one sentence each, each to be understood without its question."""
    moves = [_move(visitor, _answering(visitor, d, visitor.facts[d], cast, lots, alone=True)) for d in dimensions]
    text = " ".join(_sentence(move.text) for move in moves)
    return Move("several", text, {d: b for move in moves for d, b in move.means.items()})


def _answering(visitor: Visitor, dimension: str, band: str, cast: Cast, lots: Lots, *, alone: bool = False) -> Line:
    """A line in the visitor's manner that tells `band`."""
    telling = [li for li in cast.saying("answer") if li.means == {dimension: band} and (li.alone or not alone)]
    mine = [line for line in telling if line.manner == visitor.manner]
    return _one(visitor, mine or telling, lots)


def _is_news(line: Line, visitor: Visitor) -> bool:
    return all(visitor.facts[d] == band and d not in visitor.said for d, band in line.means.items())


def _one(visitor: Visitor, lines: Sequence[Line], lots: Lots) -> Line:
    fresh = [line for line in lines if _filled(visitor, line) not in visitor.used]
    return lots.choice(fresh or list(lines))


def _move(visitor: Visitor, line: Line) -> Move:
    return Move(line.says, _filled(visitor, line), dict(line.means), topic=line.topic)


def _filled(visitor: Visitor, line: Line) -> str:
    return line.text.format(**visitor.months)


def _sentence(text: str) -> str:
    return text if text[-1] in ".!?" else text + "."
