"""How much the problem is: hours, counts, shares; no year, date, head count or name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from banter.extraction.beside import after, before, words_of
from banter.extraction.dates import find_dates
from banter.extraction.matching import Cue, Message, labelled
from banter.extraction.need_problems import is_inside

_YEAR = re.compile(r"(19|20)\d\d$")
_THOUSANDS = re.compile(r"[.,](?=\d{3})")
_LONGEST = 6
_DAYS_OF_A_YEAR = ("365", "360")
#: "Office 365", "Windows 11".
_NAMES_BEFORE = frozenset(["q", "excel", "office", "sap", "windows", "version"])


def find_measures(message: Message, today: date, problems: Sequence[Cue]) -> list[Cue]:
    """The measures named, and beside a problem the bare numbers too."""
    found = [cue for cue in labelled(message, "need", "measure") if _measures(message, cue, today, problems)]
    return found + bare_numbers(message, today) if problems else found


def bare_numbers(message: Message, today: date) -> list[Cue]:
    """ "A backlog of 400": beside a problem any number counts that is no year, date, head count or name."""
    dates, size = find_dates(message.text, today), labelled(message, "need", "size")
    found = []
    for i, token in enumerate(message.tokens):
        plain = _THOUSANDS.sub("", token.key)
        if not plain.isdigit() or len(plain) > _LONGEST or _YEAR.match(token.key) or token.key in _DAYS_OF_A_YEAR:
            continue
        if any(s.first <= i <= s.last for s in size) or any(d.start <= token.start < d.end for d in dates):
            continue
        named = i > 0 and message.tokens[i - 1].key in _NAMES_BEFORE
        if named or message.text[max(0, token.start - 1) : token.start] in ("/", "@", "-"):
            continue
        found.append(Cue("measure", i, i, token.start, token.end))
    return found


def _measures(message: Message, cue: Cue, today: date, problems: Sequence[Cue]) -> bool:
    size, words = labelled(message, "need", "size"), words_of(message, cue)
    if any(_YEAR.match(word) for word in words) or is_inside(cue, size):
        return False
    overlaps = any(s.first <= cue.first <= s.last for s in size)
    if overlaps and not any(p.first > cue.last for p in problems):
        return False
    if words == ["double"] or (words[0] == "double" and "book" in " ".join([*words, *after(message, cue, 1)])):
        return False  # "double", "double bookings"
    return not _is_when(message, cue, today)


def _is_when(message: Message, cue: Cue, today: date) -> bool:
    """ "In 3 months" or "by 1 March" is when, not how much."""
    return before(message, cue, 1) in (["in"], ["by"], ["within"], ["since"]) and any(
        s.start <= cue.start < s.end for s in find_dates(message.text, today)
    )
