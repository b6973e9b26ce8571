"""The block under a mail that was pasted in: name, title, numbers, office hours, "unsubscribe". Nobody says these."""

from __future__ import annotations

import re
from functools import cache

from banter.extraction.text import pattern_rows

_POSTSCRIPT = re.compile(r"^[ \t>]*p\.? ?p?\.?s\.?[ \t]*[:,.\-–]?[ \t]+\S", re.I | re.M)
_DASHES = re.compile(r"^[ \t]*(?:--+|__+|——+)[ \t]*$", re.M)
#: What a signature has and a sentence has not: numbers, addresses, separators.
_OF_A_CARD = re.compile(r"\+?\d[\d\s().\-/]{6,}\d|\S@\S|https?:|www\.|\|| [·•] ", re.I)
_LONGEST_LINE = 60


def without_signature(text: str) -> str:
    """`text` up to its signature; a postscript stays where it stands, and what is between is blank."""
    start = _begins(text)
    if start is None or not text[:start].strip():
        return text
    postscript = _POSTSCRIPT.search(text, start)
    if postscript is None:
        return text[:start].rstrip()
    blank = re.sub(r"\S", " ", text[start : postscript.start()])
    return text[:start] + blank + text[postscript.start() :]


def _begins(text: str) -> int | None:
    """Where the signature begins: at a plain farewell or at two dashes; at "Thanks," only before a name or a card."""
    places = [match.start() for match in _plain().finditer(text)]
    places += [match.start() for match in _DASHES.finditer(text) if text[match.end() :].strip()]
    places += [match.start() for match in _short().finditer(text) if _is_card(text[match.end() :])]
    return min(places, default=None)


def _is_card(rest: str) -> bool:
    """Whether what follows is a name and how to reach it: short lines, one with a number, an address or a separator."""
    lines = [line.strip() for line in rest.splitlines() if line.strip()]
    if not lines or len(lines[0]) > _LONGEST_LINE or "?" in lines[0]:
        return False
    return any(_OF_A_CARD.search(line) for line in lines)


@cache
def _plain() -> re.Pattern[str]:
    """Farewells that end a mail wherever they stand, "Sent from my phone" among them."""
    return re.compile(rf"(?:(?<=\n)|(?<=[.!?,;] ))[ \t]*(?:{_forms('plain')})\b(?=[^\n?]{{0,80}}(?:\n|$))", re.I)


@cache
def _short() -> re.Pattern[str]:
    """Words that also end a mail when a line holds nothing else."""
    return re.compile(rf"^[ \t]*(?:{_forms('short')})[ \t]*[,.!\-–]*[ \t]*$", re.I | re.M)


def _forms(kind: str) -> str:
    rows = pattern_rows("signature.jsonl")
    found = (form for row in rows if row["kind"] == kind for form in row["forms"])
    return "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in sorted(found, key=len, reverse=True))
