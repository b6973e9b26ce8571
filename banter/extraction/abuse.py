"""Insults and threats at the bot or the company, by phrases that are data (`patterns/abuse.jsonl`).

Swearing about one's own work ("this damn spreadsheet kills us") is none, nor is a mild word about oneself ("stupid
question, but ...").
"""

from __future__ import annotations

from banter.extraction.topics import labels, parts, rules


def is_abusive(text: str) -> bool:
    """Whether a message insults or threatens."""
    return any("abusive" in labels(rules("abuse.jsonl"), part.words) for part in parts(text))
