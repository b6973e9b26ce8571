"""Advertisements that somebody drops into every chat, by phrases that are data (`patterns/spam.jsonl`)."""

from __future__ import annotations

import re

from banter.extraction.topics import labels, parts, rules

_LINK = re.compile(r"https?://|\bwww\.", re.I)
_WORD = re.compile(r"[^\W\d_]{2,}")
_FEWEST = 3
#: One sign alone is nothing: a buyer may ask for 10% off.
_ENOUGH = 2


def is_spam(text: str) -> bool:
    """Whether a message is plainly an advertisement. Never for somebody who speaks of themselves or their company."""
    said = {label for part in parts(text) for label in labels(rules("spam.jsonl"), part.words)}
    if "own" in said or not said:
        return False
    return len(said) + bool(_LINK.search(text)) + _shouts(text) >= _ENOUGH


def _shouts(text: str) -> bool:
    words = _WORD.findall(_LINK.split(text)[0])
    return len(words) >= _FEWEST and sum(word.isupper() for word in words) * 2 > len(words)
