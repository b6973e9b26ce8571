"""Insults and threats at the bot or the company, by phrases that are data (`patterns/abuse.jsonl`).

Swearing about one's own work ("this damn spreadsheet kills us") is none, nor is a mild word about oneself ("stupid
question, but ..."). A masked word ("f***ing", "sh1t", "a$$") is read as the word it stands for.
"""

from __future__ import annotations

import re
from functools import cache

from banter.extraction.text import pattern_rows
from banter.extraction.topics import labels, parts, rules

_TOKEN = re.compile(r"[^\s,;:?\"()]+")
#: Letters with a figure or a sign among them, at most as long as any word that is masked.
_MASKED = re.compile(r"(?=.*[a-z])(?=.*[*#@$!0134578_-])[a-z*#@$!0134578_-]{2,16}", re.I)
_SHORT = 6
_MARKS = re.compile(r"[*#_-]+")


def is_abusive(text: str) -> bool:
    """Whether a message insults or threatens."""
    return any("abusive" in labels(rules("abuse.jsonl"), part.words) for part in parts(unmasked(text)))


def is_nothing_else(text: str) -> bool:
    """Whether an insult says nothing beside it: it is too short to ("worst bot ever" names no problem of theirs), or
    known to ("stop wasting my time with your silly questions")."""
    if all("nothing_else" in labels(rules("abuse.jsonl"), part.words) for part in parts(unmasked(text))):
        return True
    return len(text.split()) <= _SHORT and not any(c.isdigit() for c in text) and is_abusive(text)


def unmasked(text: str) -> str:
    """`text` with masked swearing spelt out."""
    return _TOKEN.sub(lambda match: _spelt_out(match.group()), text)


def _spelt_out(token: str) -> str:
    bare = token.rstrip(".!")
    ending = token[len(bare) :]
    if not _MASKED.fullmatch(bare):
        return token
    said = _masked_words()
    pattern = re.compile("".join(_letters(piece) for piece in re.findall(r"[*#_-]+|.", bare.lower())))
    fitting = [word for word in said if pattern.fullmatch(word)]
    found = min(fitting, key=lambda word: abs(len(word) - len(bare)), default=None)
    return token if found is None else found + ending


def _letters(piece: str) -> str:
    """What a letter, a look-alike or a row of masks may stand for."""
    if _MARKS.fullmatch(piece):
        return f"[a-z]{{{len(piece) - 1 or 1},{len(piece) + 2}}}"
    return _look_alikes().get(piece, re.escape(piece))


@cache
def _masked_words() -> tuple[str, ...]:
    return tuple(next(row["words"] for row in pattern_rows("abuse.jsonl") if row.get("list") == "masked"))


@cache
def _look_alikes() -> dict[str, str]:
    rows = next(row["words"] for row in pattern_rows("abuse.jsonl") if row.get("list") == "look_alikes")
    return {row.partition("=")[0]: row.partition("=")[2] for row in rows}
