"""Who lets the bot go on: "yes, go ahead and ask", or "never mind, continue" where a person was asked for."""

from __future__ import annotations

from banter.extraction.topics import said_in

_SHORT = 14  # words: a longer message says something of its own


def goes_on(text: str) -> bool:
    """Whether a short message wants nothing but the bot to go on."""
    if len(text.split()) > _SHORT:
        return False
    said = said_in(text, "going_on.jsonl")
    return "go_on" in said and "not_go_on" not in said
