"""`conversation.yml`: which framework, in which order, how many questions, what is probed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import cast

from banter.configuration import values
from banter.configuration.section import Section, choice
from banter.leads.playbook import Conversation
from scoring.model import BANDS, CRITERIA, DIMENSIONS, Dimension, Framework

FILE = "conversation.yml"
KEYS = ("framework", "order", "most_questions", "probe", "nudge", "returning", "patience", "allowed_origins")
CHANNELS = ("web", "sms", "slack", "terminal")
_USUAL = Conversation("bant", (), 6, {}, ())
FRAMEWORKS: tuple[Framework, ...] = ("bant", "champ")


def read_conversation(section: Section) -> Conversation | None:
    """The conversation, None after a fault."""
    section.only(*KEYS)
    framework = cast(Framework, section.one_of("framework", FRAMEWORKS))
    orders = _orders(section)
    most_questions = section.whole("most_questions", 4, 6)
    probe = _probe(section)
    allowed_origins = section.values("allowed_origins", values.origin, "[]")
    nudge = _nudge(section)
    recap, anew = _returning(section)
    patience = section.value_or_none("patience", _span) or _USUAL.patience
    if section.faults:
        return None
    return Conversation(
        framework, orders[framework], most_questions, probe, allowed_origins, nudge, recap, anew, patience
    )


def _nudge(section: Section) -> dict[str, timedelta]:
    """The channels on which a silent visitor is reminded once, and after how long; may be left out."""
    below = section.below("nudge", "{web: 3m, sms: 4h}") if section.has("nudge") else None
    if below is None:
        return {}
    below.only(*CHANNELS, what="channel")
    waits = {name: below.value(name, _span, "3m") for name in CHANNELS if below.has(name)}
    return {name: wait for name, wait in waits.items() if wait is not None}


def _returning(section: Section) -> tuple[timedelta, timedelta]:
    """After how long a visitor who comes back is told where things stand, and begins anew; may be left out."""
    recap, anew = _USUAL.recap_after, _USUAL.anew_after
    below = section.below("returning", "{recap: 6h, anew: 30d}") if section.has("returning") else None
    if below is not None:
        below.only("recap", "anew")
        recap = below.value_or_none("recap", _span) or recap
        anew = below.value_or_none("anew", _span) or anew
        if anew <= recap and not below.faults:
            below.fault("must be longer than recap", "anew")
    return recap, anew


def _span(raw: str) -> timedelta:
    """A length of time that is not nothing."""
    span = values.duration(raw)
    if not span:
        raise values.Unfit("must be longer than nothing; leave the line out to have none")
    return span


def _orders(section: Section) -> dict[Framework, tuple[Dimension, ...]]:
    orders: dict[Framework, tuple[Dimension, ...]] = {}
    below = section.below("order", "{bant: [need, budget, authority, timeline], champ: [...]}")
    if below is None:
        return orders
    below.only(*FRAMEWORKS, what="framework")
    for framework in FRAMEWORKS:
        before = len(below.faults)
        order = below.values(framework, _dimension, "[need, budget, authority, timeline]")
        missing = [name for name in DIMENSIONS if name not in order]
        if missing and len(below.faults) == before:
            below.fault(f"leaves out {', '.join(missing)}; all four are asked", framework)
        orders[framework] = order
    return orders


def _probe(section: Section) -> dict[Dimension, tuple[str, ...]]:
    below = section.below("probe", "{budget: [unclear], authority: [unclear], need: [unclear], timeline: [unclear]}")
    if below is None:
        return {}
    below.only(*DIMENSIONS)
    return {
        dimension: below.values(dimension, partial(_band, dimension=dimension), "[unclear]") for dimension in DIMENSIONS
    }


def _dimension(raw: str) -> Dimension:
    for dimension, name in CRITERIA["champ"].items():
        if raw == name and raw != dimension:
            raise values.Unfit(f"'{raw}' is called {dimension} here, in both frameworks")
    return cast(Dimension, choice(raw, DIMENSIONS))


def _band(raw: str, dimension: Dimension) -> str:
    if raw == "declined":
        raise values.Unfit("a visitor who would rather not say is never asked again; leave declined out")
    return choice(raw, (*BANDS[dimension], "unclear"))
