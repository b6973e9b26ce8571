"""Who sends a thought in pieces: "and the budget", "our deadline is"; what it comes to is still to be said."""

from __future__ import annotations

from banter.extraction.topics import labels, parts, rules

_SHORT = 8


def is_unfinished(text: str) -> bool:
    """Whether `text` only names what it is going to speak of, by phrases that are data."""
    if len(text.split()) > _SHORT or any(c.isdigit() for c in text):
        return False
    cut = parts(text)
    if len(cut) != 1 or cut[0].asks:
        return False
    said = labels(rules("unfinished.jsonl"), cut[0].words)
    return "unfinished" in said and "finished" not in said
