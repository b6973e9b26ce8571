"""What a visitor says next. Pure: what is looked at is the visitor and the answer they got; chance is an argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from banter.simulate.model import DIMENSIONS, Cast, Lots, Move, Reply, Visitor
from banter.simulate.visitors import weighted
from banter.simulate.wording import addressed, answer, correction, everything, picked, question, several, wayward

#: Even the most wayward answers after so many messages that did not.
MOST_ASIDES = 3
#: What is done at most once in a conversation; a correction comes at most twice.
ONCE = frozenset({"person", "away", "no_time", "mistyped", "correct_again"})
#: How long those stay away who come back.
AWAY = (timedelta(days=1), timedelta(days=2), timedelta(days=1, hours=3), timedelta(days=35))
#: Who asked for a person waits so long before they write again.
WAITING = timedelta(minutes=10)

Step = tuple[Visitor, "Move | None"]


def next_move(visitor: Visitor, reply: Reply, cast: Cast, lots: Lots) -> Step:
    """The visitor after deciding, and their message; None when they say nothing more, and `end` says why."""
    if visitor.end is not None:
        return visitor, None
    if visitor.messages >= visitor.kind.patience:
        return replace(visitor, end="gave_up"), None
    if visitor.messages == 0:
        return _said(*_opening(visitor, reply, cast, lots))
    if reply.awaiting in DIMENSIONS:
        return _at_a_question(visitor, reply.awaiting, cast, lots)
    if reply.awaiting == "slot":
        return _at_the_times(visitor, reply, cast, lots)
    if reply.awaiting == "contact":
        return _at_the_address(visitor, cast, lots)
    return _at_the_end(visitor, reply, cast, lots)


def _opening(visitor: Visitor, reply: Reply, cast: Cast, lots: Lots) -> Step:
    how = weighted(visitor.kind.opens, lots)
    if how == "everything":
        return everything(visitor, cast, lots)
    if how in ("sales", "research", "support"):
        after, move = picked(visitor, f"opener_{how}", cast, lots)
        weak = None if how == "support" or move is None else "need"  # "I just want to read up" may count as curious
        return after, replace(move, weak=weak) if move else None
    if how == "question":
        return question(visitor, cast, lots)
    if how == "answer":
        return answer(visitor, reply.awaiting if reply.awaiting in DIMENSIONS else "need", cast, lots)
    return picked(visitor, how, cast, lots)


def _at_a_question(visitor: Visitor, open_question: str, cast: Cast, lots: Lots) -> Step:
    asides: dict[str, Callable[[], Step]] = {
        "again": lambda: picked(visitor, "question_again", cast, lots),
        "question": lambda: question(visitor, cast, lots),
        "smalltalk": lambda: picked(visitor, "smalltalk", cast, lots),
        "story": lambda: picked(visitor, "story", cast, lots),
        "abuse": lambda: picked(visitor, "abuse", cast, lots),
        "nonsense": lambda: picked(visitor, "nonsense", cast, lots),
        "evade": lambda: wayward(visitor, open_question, cast, lots),
        "person": lambda: picked(visitor, "person", cast, lots),
    }
    deeds: dict[str, Callable[[], Step]] = {
        **asides,
        "refuse": lambda: _refuses(visitor, open_question, cast, lots),
        "stop": lambda: _leaves(*picked(visitor, "stop", cast, lots)),
        "leave": lambda: _goes(visitor, cast, lots),
        "away": lambda: _comes_back(visitor, open_question, cast, lots),
        "correct": lambda: correction(visitor, cast, lots) or answer(visitor, open_question, cast, lots),
        "several": lambda: several(visitor, open_question, cast, lots),
    }
    deed = _drawn(visitor, tuple(deeds), lots)
    if deed == "again" and visitor.last not in ("question", "again"):
        deed = None
    if deed is None or (deed in asides and visitor.asides >= MOST_ASIDES):
        return _said(*answer(visitor, open_question, cast, lots))
    after, move = deeds[deed]()
    after = replace(after, done=after.done | ({deed} if deed in ONCE else frozenset()))
    aside = deed in asides or (move is not None and move.says in ("correction", "back"))
    return _said(after, move, aside=aside)


def _at_the_times(visitor: Visitor, reply: Reply, cast: Cast, lots: Lots) -> Step:
    deed = _drawn(visitor, ("question", "correct", "leave", "no_call", "no_time", "away"), lots)
    if deed == "question" and visitor.asides < MOST_ASIDES:
        return _said(*question(visitor, cast, lots), aside=True)
    if deed == "correct" and (corrected := correction(visitor, cast, lots)):
        return _said(*corrected, aside=True)
    if deed == "leave":
        return _said(*_goes(visitor, cast, lots))
    if deed == "no_call":
        return _said(*picked(visitor, "slot_refuse", cast, lots))
    if deed == "no_time":
        after, move = picked(visitor, "slot_none", cast, lots)
        return _said(replace(after, done=after.done | {deed}), move)
    if reply.buttons and lots.random() < 0.6:
        return _said(visitor, Move("slot", lots.choice(reply.buttons)))
    return _said(*picked(visitor, "slot_words", cast, lots))


def _at_the_address(visitor: Visitor, cast: Cast, lots: Lots) -> Step:
    deed = _drawn(visitor, ("question", "leave", "no_mail", "mistyped"), lots)
    if deed == "question" and visitor.asides < MOST_ASIDES:
        return _said(*question(visitor, cast, lots), aside=True)
    if deed == "leave":
        return _said(*_goes(visitor, cast, lots))
    if deed == "no_mail":
        return _said(*picked(visitor, "contact_refuse", cast, lots))
    if deed == "mistyped":
        typed = Move("mistyped", visitor.email.replace("@", " ", 1))
        return _said(replace(visitor, done=visitor.done | {deed}), typed)
    return _said(visitor, addressed(visitor, lots))


def _at_the_end(visitor: Visitor, reply: Reply, cast: Cast, lots: Lots) -> Step:
    """Nothing is asked. The conversation is over, or somebody else has it, or the visitor has to say go on."""
    customer = visitor.kind.name == "customer"
    if reply.status == "open":
        says = "helped" if customer else "agree"
        if says in visitor.done or not reply.texts:
            return replace(visitor, end="done" if customer else "gave_up"), None
        return _said(*picked(replace(visitor, done=visitor.done | {says}), says, cast, lots))
    if reply.status == "handed_over" and "told" not in visitor.done:
        after = replace(visitor, done=visitor.done | {"told"})
        if customer:
            return _said(*picked(after, "support_more", cast, lots))
        pause = WAITING if lots.random() < 0.5 else Move.pause  # nobody of the team comes
        return _said(after, replace(addressed(visitor, lots), pause=pause))
    if visitor.last != "thanks" and lots.random() < visitor.kind.does.get("thanks", 0):
        return _said(*picked(visitor, "thanks", cast, lots))
    return replace(visitor, end="done"), None


def _drawn(visitor: Visitor, deeds: tuple[str, ...], lots: Lots) -> str | None:
    """One of `deeds` by the chances of the visitor's kind, or None."""
    left = lots.random()
    for deed in deeds:
        if deed in visitor.done:
            continue
        left -= visitor.kind.does.get(deed, 0.0)
        if left < 0:
            return deed
    return None


def _refuses(visitor: Visitor, open_question: str, cast: Cast, lots: Lots) -> Step:
    """Who has answered already refuses the follow-up only; what they said before still stands."""
    after, move = picked(visitor, "refusal", cast, lots)
    if open_question in visitor.said or move is None:
        return after, replace(move, weak=open_question) if move else None
    return after, replace(move, means={open_question: "declined"})


def _goes(visitor: Visitor, cast: Cast, lots: Lots) -> Step:
    if lots.random() < 0.5:
        return replace(visitor, end="left"), None
    return _leaves(*picked(visitor, "bye", cast, lots))


def _leaves(visitor: Visitor, move: Move | None) -> Step:
    return replace(visitor, end="left" if move and move.says == "bye" else "done"), move


def _comes_back(visitor: Visitor, open_question: str, cast: Cast, lots: Lots) -> Step:
    pause = lots.choice(AWAY)
    after, move = (
        picked(visitor, "back", cast, lots) if lots.random() < 0.6 else answer(visitor, open_question, cast, lots)
    )
    return after, replace(move, pause=pause) if move else None


def _said(after: Visitor, move: Move | None, *, aside: bool = False) -> Step:
    """The visitor with this message counted."""
    if move is None:
        return after, None
    return (
        replace(
            after,
            said={**after.said, **move.means},
            used=after.used | {move.text},
            messages=after.messages + 1,
            asides=after.asides + 1 if aside else 0,
            last=move.says,
        ),
        move,
    )
