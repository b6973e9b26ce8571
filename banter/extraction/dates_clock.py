"""Times of day: "at 3pm", "half past 3", "after 4", "2-4pm", "in the morning"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from banter.extraction.numbers import SMALL
from banter.extraction.text import Phrases, Word
from banter.extraction.wish_choice import books, counts_things

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.h]([0-5]\d)")
_HALVES = {"am": 0, "a.m": 0, "a": 0, "pm": 12, "p.m": 12, "p": 12}
#: Words of a reply that is about a time and nothing else.
_FEW = 4
#: After these a "half" is no hour: "half 10 percent", "half 2 million".
_NO_HOUR = frozenset({"%", "percent", "million", "thousand", "k", "people", "of", "days", "weeks", "months"})
_TO = frozenset({"-", "–", "to", "till", "until"})


def _books() -> dict[str, Phrases]:
    return books()


def read_hours(sequence: Sequence[Word], taken: set[int]) -> tuple[time | None, time | None] | None:
    """The bounds that times of day set, if any: "at 3pm", "after 4", "between 2 and 4", "in the morning". What they
    stand on is added to `taken`."""
    earliest: time | None = None
    latest: time | None = None
    said = windows = False
    i = 0
    while i < len(sequence):
        if i in taken:
            i += 1
            continue
        window = _books()["window"].match(sequence, i) or _am(sequence, i)
        hint = _books()["hour_hint"].match(sequence, i)
        start = hint[1] if hint else i
        between = sequence[i].text in {"between", "from"}
        one = _clock(sequence, i + 1 if between else start, hinted=hint is not None or between)
        if one is None and i + 2 < len(sequence) and sequence[i + 1].text in _TO:  # "2-4pm"
            one = _clock(sequence, i, hinted=True, ranged=True) if _clock(sequence, i + 2, hinted=False) else None
        if window is not None and (one is None or window[1] > one[1]):
            a, b, c, d = window[0]
            if windows:  # "Monday afternoon or Tuesday morning"
                earliest, latest = min(earliest or time(a, b), time(a, b)), max(latest or time(c, d), time(c, d))
            else:
                earliest, latest = earliest or time(a, b), latest or time(c, d)
            windows = True
            said = True
            taken |= set(range(i, window[1]))
            i = window[1]
            continue
        if one is None:
            i += 1
            continue
        at, end = one
        at, end = _by_part_of_day(sequence, i, at, end, earliest if windows else None, latest if windows else None)
        joint = sequence[end].text if end < len(sequence) else ""
        two = _clock(sequence, end + 1, hinted=True) if joint in _TO | {"and", "or"} else None
        if two is not None and (between or joint != "and"):
            other, end = two
            if at > other and at.hour > 12:  # "7-9am"
                at = at.replace(hour=at.hour - 12)
            earliest, latest = min(at, other), max(at, other)
        elif hint is not None and hint[0] == "after":
            earliest, latest = at, latest if latest and latest > at else None
        elif hint is not None and hint[0] == "before":
            said_before = sequence[i].text in {"before", "earlier"}
            latest = _minute_before(at) if said_before else at
            earliest = earliest if earliest and earliest < latest else None
        else:
            earliest, latest = at, at
        said = True
        taken |= set(range(i, end))
        i = end
    return (earliest, latest) if said else None


def _am(sequence: Sequence[Word], i: int) -> tuple[tuple[int, int, int, int], int] | None:
    """ "Tomorrow am", "am or pm", but not "I am"."""
    found: tuple[tuple[int, int, int, int], int] | None = _books()["am"].match(sequence, i)
    if found is None or (i > 0 and _books()["before_be"].match(sequence, i - 1)):
        return None
    alone = len(sequence) == 1 or _books()["am_goes_on"].match(sequence, i + 1) is not None
    return found if i > 0 or alone else None


def _by_part_of_day(
    sequence: Sequence[Word], i: int, at: time, end: int, earliest: time | None, latest: time | None
) -> tuple[time, int]:
    """A time whose half of the day is said beside it: "at 7 in the morning", "9 in the evening", "Monday morning at 7";
    with the index behind it. The bounds are those of a part of the day that was named before."""
    half = next((word.text.rstrip(".") for word in sequence[i:end] if word.text.rstrip(".") in _HALVES), None)
    if half is not None or sequence[i].text in {"noon", "midday"}:
        return at, end
    part = _books()["part"].match(sequence, end)
    if part is not None:
        return _in_part(at, part[0]), part[1]
    if latest is not None and latest <= time(12) < at:
        return _in_part(at, "morning"), end
    if earliest is not None and earliest >= time(17):
        return _in_part(at, "evening"), end
    return at, end


def _in_part(at: time, part: str) -> time:
    if part == "morning" and at.hour >= 12:
        return at.replace(hour=at.hour - 12)
    if part == "evening" and 5 <= at.hour < 12:
        return at.replace(hour=at.hour + 12)
    if part == "night":
        return at.replace(hour=at.hour - 12) if 13 <= at.hour < 18 else _in_part(at, "evening")
    return at


def _minute_before(at: time) -> time:
    minutes = max(0, at.hour * 60 + at.minute - 1)
    return time(minutes // 60, minutes % 60)


def _clock(sequence: Sequence[Word], i: int, *, hinted: bool, ranged: bool = False) -> tuple[time, int] | None:
    """A time of day at word `i` and the index after it; a plain "3" only where a word before says that it is one."""
    if i >= len(sequence):
        return None
    if sequence[i].text in {"noon", "midday"}:
        return time(12), i + 1
    if sequence[i].text in {"half", "quarter"} and i + 2 < len(sequence) and sequence[i + 1].text in {"past", "to"}:
        nested = sequence[i + 2].text in {"half", "quarter"}
        whole = None if nested else _clock(sequence, i + 2, hinted=True)
        if whole is None:
            return None
        minutes = 30 if sequence[i].text == "half" else 15
        total = whole[0].hour * 60 + (minutes if sequence[i + 1].text == "past" else -minutes)
        return time(total // 60 % 24, total % 60), whole[1]
    if sequence[i].text == "half" and i + 1 < len(sequence):  # "half ten" is half past ten
        hour, _, j, _ = _figures(sequence, i + 1)
        follower = sequence[j].text if j < len(sequence) else ""
        if hour is None or not 1 <= hour <= 12 or sequence[j - 1].text == "one" or follower in _NO_HOUR:
            return None
        half_day = _HALVES.get(follower.rstrip("."), 12 if hour < 8 else 0)
        return time(hour % 12 + half_day if hour < 12 or half_day else 12, 30), j + (follower in _HALVES)
    hour, minute, j, sure = _figures(sequence, i)
    hinted = hinted or _books()["part"].match(sequence, j) is not None  # "8 in the evening"
    if hour is None or (i > 0 and not sequence[i].gap and sequence[i - 1].text not in {"-", "–", "(", "@"}):
        return None
    half = sequence[j].text.rstrip(".") if j < len(sequence) else ""
    if half in _HALVES and (len(half) > 1 or not sequence[j].gap):
        if half in {"a", "p"} and j + 2 < len(sequence) and sequence[j + 2].text == "m":
            j += 2
        j, sure = j + 1, True
        hour = hour % 12 + _HALVES[half] if hour <= 12 else hour
    else:
        if half in {"o'clock", "oclock", "ish", "h", "hrs", "uhr"}:
            j, sure = j + 1, True
        elif (half in {"hour", "hr"} and hour >= 8) or (half == "hours" and hour >= 13):
            if len(sequence) > _FEW:
                return None
            j, sure = j + 1, True  # "ok, 14 hour" of those whose clocks go to 24
        hour += 12 if hour < 8 and half != "h" else 0
    if not (sure or hinted or hour in range(10, 13)) or hour > 23:
        return None
    follower = sequence[j].text if j < len(sequence) else ""
    if (
        not sure
        and not ranged
        and (follower in {"-", "/", "st", "nd", "rd", "th", "days", "day", "weeks", "week", "months", "%", "people"})
    ):
        return None
    if not sure and not hinted and len(sequence) > 4:
        return None
    if not sure and len(follower) > 3 and follower.endswith("s") and counts_things(sequence, j):
        return None  # "at 3 sites"
    return time(hour, minute), j


def _figures(sequence: Sequence[Word], i: int) -> tuple[int | None, int, int, bool]:
    """Hour, minute, the index after them, and whether minutes show that it is a time."""
    word = sequence[i]
    after = [w.text for w in sequence[i + 1 : i + 3]]
    if word.kind == "number" and word.text.isdecimal() and len(word.text) <= 2:
        if (
            len(after) == 2
            and after[0] in {":", "h"}
            and after[1].isdecimal()
            and len(after[1]) == 2
            and int(after[1]) < 60
        ):
            return int(word.text), int(after[1]), i + 3, True
        return int(word.text), 0, i + 1, False
    dotted = _CLOCK.fullmatch(word.text)
    if dotted and word.kind == "number":
        return int(dotted[1]), int(dotted[2]), i + 1, True
    if word.text in SMALL and 1 <= SMALL[word.text] <= 12:
        return SMALL[word.text], 0, i + 1, False
    return None, 0, i, False
