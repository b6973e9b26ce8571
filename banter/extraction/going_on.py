"""Who asked for a person and would rather go on with the bot: "ok let's go on", "never mind, continue"."""

from __future__ import annotations

from banter.extraction.topics import labels, parts, rules

_SHORT = 14  # words: a longer message says something of its own


def goes_on(text: str) -> bool:
    """Whether a short message wants nothing but the bot back. Only of use while a person is waited for."""
    if len(text.split()) > _SHORT:
        return False
    said = {label for part in parts(text) for label in labels(rules("going_on.jsonl"), part.words)}
    return "go_on" in said and "not_go_on" not in said
