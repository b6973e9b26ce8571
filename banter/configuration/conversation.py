"""`conversation.yml`: which framework, in which order, how many questions, what is probed."""

from __future__ import annotations

from functools import partial
from typing import cast

from banter.configuration import values
from banter.configuration.section import Section, choice
from banter.leads.playbook import Conversation
from scoring.model import BANDS, CRITERIA, DIMENSIONS, Dimension, Framework

FILE = "conversation.yml"
KEYS = ("framework", "order", "most_questions", "probe", "allowed_origins")
FRAMEWORKS: tuple[Framework, ...] = ("bant", "champ")


def read_conversation(section: Section) -> Conversation | None:
    """The conversation, None after a fault."""
    section.only(*KEYS)
    framework = cast(Framework, section.one_of("framework", FRAMEWORKS))
    orders = _orders(section)
    most_questions = section.whole("most_questions", 4, 6)
    probe = _probe(section)
    allowed_origins = section.values("allowed_origins", values.origin, "[]")
    if section.faults:
        return None
    return Conversation(framework, orders[framework], most_questions, probe, allowed_origins)


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
