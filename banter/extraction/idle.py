"""Talk of anything but their work: the weather, the family, a late train, "those were the days"."""

from __future__ import annotations

import re

from banter.extraction.topics import labels, parts, rules

_MONEY = re.compile(r"[£$€¥₹]|\d\s?k\b", re.I)
#: What a whole sentence may be: "what a week", "me again".
_NOTHING_ELSE = frozenset(("exclaims", "returns"))
_LONGEST = 24  # words: who writes more has a point


def is_idle(text: str, open_question: str | None) -> bool:
    """Whether a message tells something of the visitor's life and nothing that could be meant as an answer."""
    if len(text.split()) > _LONGEST or _MONEY.search(text):
        return False
    said = [labels(rules("idle.jsonl"), part.words).keys() for part in parts(text)]
    if said and all(_NOTHING_ELSE & found for found in said):
        return True
    told = frozenset[str]().union(*said)
    return "idle" in told and "work" not in told and not (open_question == "timeline" and "dated" in told)
