"""Titles that settle the question by themselves: owners, founders, managing directors."""

from __future__ import annotations

from collections.abc import Sequence

from banter.extraction.actors import Actor
from banter.extraction.matching import Message, word_lists

_NOT_YET_OR_NO_MORE = frozenset(["assistant", "deputy", "former", "ex", "future"])
_HIGHEST = frozenset(["managing", "finance", "financial", "executive", "general", "sole"])
_OF_THEM = frozenset(["director", "partner", "manager", "officer"])


def has_top_title(message: Message, actors: Sequence[Actor]) -> bool:
    """Whether the speaker says that they are at the top: "I'm the owner", "managing director here"."""
    return any(a.kind == "self" and a.named and _is_top(message, a) for a in actors)


def _is_top(message: Message, actor: Actor) -> bool:
    title = set(message.keys(range(actor.first, actor.last + 1)))
    around = set(message.keys(range(max(0, actor.first - 3), min(len(message.tokens), actor.last + 4))))
    if _NOT_YET_OR_NO_MORE & around:
        return False
    return bool(title & word_lists()["top"]) or bool(_HIGHEST & around and _OF_THEM & around)
