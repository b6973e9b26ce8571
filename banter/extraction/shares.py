"""Shares in words: "one in five", "3 out of 10", "every third", "a quarter of", "half of", as per cent."""

from __future__ import annotations

from banter.extraction.facts_rules import Marks
from banter.extraction.numbers import SMALL

_PARTS = {"half": 50, "third": 33, "quarter": 25, "fifth": 20, "sixth": 17, "seventh": 14, "eighth": 13, "tenth": 10}
_EVERY = {"second": 50, "other": 50, "third": 33, "fourth": 25, "fifth": 20, "sixth": 17, "eighth": 13, "tenth": 10}
#: "A half of", but "a quarter" alone is three months, and "every second Tuesday" is a date.
_DAYS = frozenset(("day", "week", "month", "year", "quarter", "monday", "tuesday", "wednesday", "thursday", "friday"))
_MOST = 1000


def find_shares(marks: Marks) -> list[tuple[int, int, int]]:
    """(per cent, first token, last token) of each share."""
    found, i = [], 0
    while i < len(marks.keys):
        share = _ratio(marks, i) or _part(marks, i)
        if share is not None:
            found.append((share[0], i, share[1]))
            i = share[1]
        i += 1
    return found


def _ratio(marks: Marks, i: int) -> tuple[int, int] | None:
    """ "one in five", "3 out of 10", "1 of 4"."""
    some = _whole(marks.key(i))
    at = i + 1
    if some is None or marks.key(at) not in ("in", "of", "out", "outta", "from"):
        return None
    at += 2 if marks.key(at) == "out" and marks.key(at + 1) == "of" else 1
    at += marks.key(at) == "every"
    every = _whole(marks.key(at))
    if every is None or not 0 < some < every <= _MOST or (every > 31 and marks.key(i + 1) == "in"):
        return None
    return round(100 * some / every), at


def _part(marks: Marks, i: int) -> tuple[int, int] | None:
    """ "a third of", "half of our", "half the", "every fourth"."""
    key, then = marks.key(i), marks.key(i + 1)
    if key == "every" and then in _EVERY and marks.key(i + 2) not in _DAYS:
        return _EVERY[then], i + 1
    if key == "half" and then in ("of", "the", "my", "our"):
        return 50, i
    if key in ("a", "one") and then in _PARTS and marks.key(i + 2) == "of":
        return _PARTS[then], i + 1
    return None


def _whole(key: str) -> int | None:
    if key.isdecimal():
        return int(key)
    return int(SMALL[key]) if key in SMALL and key != "zero" else None
