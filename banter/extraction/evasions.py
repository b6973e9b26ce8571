"""Who says nothing to a question: "hard to say", "you tell me", "it's complicated", "can we come back to that?"."""

from __future__ import annotations

import re

from banter.extraction.topics import labels, parts, rules

_SHORT = 14  # words: a longer message says something of its own
_HESITATES = re.compile(r"^\W*(?:er+m*|e+h|h+m+|m+|well)\b[\s,.…]+(?=\w)", re.I)


def evades(text: str) -> bool:
    """Whether every part of a short message only avoids an answer."""
    return _all_say(text, "evades")


def postpones(text: str) -> bool:
    """Whether a short message asks to leave the question for another time, or avoids it and asks that."""
    return _all_say(text, "evades", "postpones") and not evades(text)


def _all_say(text: str, *kinds: str) -> bool:
    if len(text.split()) > _SHORT or any(c.isdigit() for c in text):
        return False
    said = [labels(rules("evasions.jsonl"), part.words.replace(" , ", " ")) for part in parts(_HESITATES.sub("", text))]
    return bool(said) and all(set(kinds) & found.keys() for found in said)
