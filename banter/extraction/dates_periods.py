"""Periods as they are written: "Q3 FY27", "H2", "2027", "fiscal 2027", "the 1990s"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_words import Source, Time

_YEAR_BEFORE = frozenset(
    ["in", "by", "of", "year", "from", "since", "until", "till", "before", "after", "end", "early", "mid", "late"]
) | {"during", "to", "and", "for", "between", "through", "than", "thru"}
_STRICT_YEAR_BEFORE = _YEAR_BEFORE - {"of", "for", "and", "to", "end", "than", "through"}
_TO_YEAR = frozenset({"to", "-", "–", "~", "till", "until", "through", "thru"})
_HALVES = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "last": 2, "latter": 2}


def year_ref(source: Source, i: int, *, short: bool = False) -> tuple[int, int] | None:
    """A year that belongs to what stands before it: "2027", ", 2027", "of next year", "'27"; `short`: "27" too."""
    j = i
    while source.word(j) in {",", "of", "in", "/", "-", "the", "year", "."} and j < i + 3:
        j += 1
    value = source.whole(j, 1700, 2200)
    if value is not None and len(source.word(j)) == 4 and not source.has("unit", j + 1):
        j += 1
        if source.word(j) in {"a", "ad"} and source.word(j + 1) in {".", "d"}:
            j += 1
        return value, j
    found = source.match("this", j)
    if found is not None and source.word(found[1]) == "year":
        return source.today.year + int(found[0]), found[1] + 1
    if j - i <= 2 and source.word(j) in {"'", "’"} and (value := source.whole(j + 1, 0, 99)) is not None:
        return century(value, source.today), j + 2
    counts = source.has("unit", j + 1) or source.word(j + 1) in {":", "%", "people", "to", "-", "am", "pm"}
    if short and not counts and j <= i + 1 and (value := source.whole(j, 10, 99)) is not None:
        return century(value, source.today), j + 1
    number = source.number(j)
    if number is not None and not number.digits and 1700 <= number.value <= 2200:
        return int(number.value), number.next
    return None


def century(two_digits: int, today: date) -> int:
    century = today.year // 100 * 100
    return century + two_digits - (100 if century + two_digits > today.year + 50 else 0)


def of_a_years(source: Source, i: int, named: Callable[[Source, int], Time | None]) -> Time | None:
    """2027's first half, next year's second quarter, this year's Easter."""
    value, relative = source.whole(i, 1900, 2200), source.match("this", i)
    if value is not None and [source.word(i + k) for k in (1, 2)] in (["'", "s"], ["’", "s"]):
        j = i + 3
    elif relative is not None and source.word(relative[1]) in {"year's", "years"}:
        value, j = source.today.year + int(relative[0]), relative[1] + 1
    else:
        return None
    again = source.match("this", j)
    if source.whole(j, 1900, 2200) or (again is not None and source.word(again[1]).startswith("year")):
        return None  # "next year's next year's ..." is no way of speaking, and would be read as deep as it is long
    inner = named(source.on(date(max(1, min(9990, value)), 1, 1)), j)
    return inner if inner is not None and inner.period is not None and inner.period.first.year == value else None


def quarter_or_half(source: Source, i: int) -> Time | None:
    """Q3, Q1 next year, 2027-Q1, 3Q27, third quarter, H2, first half of 2027."""
    leading, j, word = None, i, source.word(i)
    if source.whole(i, 1900, 2200) and source.word(i + 1 + (source.word(i + 1) == "-")) in {"q", "h"}:
        leading, j = source.whole(i, 1900, 2200), i + 1 + (source.word(i + 1) == "-")
        word = source.word(j)
    number, end = None, j
    name = "quarter"
    if source.whole(i, 10, 99) and source.word(i + 1) in {"q", "h"} and source.glued(i + 1) and source.glued(i + 2):
        leading, j, word = century(source.whole(i, 10, 99) or 0, source.today), i + 1, source.word(i + 1)  # 18Q4
    if word in {"q", "h"} and source.is_number(j + 1) and source.glued(j + 1):
        digits = re.fullmatch(r"([1-4])(?:['’](\d{2}))?", source.word(j + 1))
        if digits and not (word == "h" and int(digits[1]) > 2):
            number, end, name = int(digits[1]), j + 2, "quarter" if word == "q" else "half"
            leading = century(int(digits[2]), source.today) if digits[2] else leading
    elif source.whole(j, 1, 4) and source.word(j + 1) in {"q", "h"} and source.glued(j + 1):
        number, end, name = source.whole(j, 1, 4), j + 2, "quarter" if source.word(j + 1) == "q" else "half"
        if name == "half" and number and number > 2:
            return None
    elif word in {"quarter", "qtr"} and (value := source.number(j + 1)) and value.value in {1, 2, 3, 4}:
        number, end = int(value.value), value.next
        if source.has("unit", end):
            return None
    elif (ordinal := source.ordinal(j)) is not None or word == "last":
        value_at, after = ordinal or (4, j + 1)
        if source.word(after) in {"quarter", "qtr", "trimester"} and value_at <= 4:
            number, end = value_at, after + 1
            if word == "last" and year_ref(source, end) is None and source.word(end + 1) != "the":
                return None
        elif source.word(after) == "half" and word in _HALVES | {"1": 1, "2": 2} and source.word(after + 1) != "hour":
            number, end, name = _HALVES.get(word, value_at), after + 1, "half"
            whole = source.word(end) == "of" and (
                source.has("fiscal", end + 1) or source.word(end + 2) in {"year", "calendar", "fiscal", "financial"}
            )
            end += source.word(end) == "-" and source.word(end + 1) == "year"
            end += source.word(end) == "year"
            if not (whole or year_ref(source, end, short=True) or source.word(end) in {"", ".", ","}):
                return None
        elif source.word(after) == "semester" and word in _HALVES:
            number, end, name = _HALVES[word], after + 1, "half"
    if number is None:
        return None
    make = cal.quarter if name == "quarter" else cal.half
    fiscal = _fiscal_year(source, end + (source.word(end) in {"of", "-", "/"}))
    if fiscal is not None:
        return Time(make(fiscal[0], number, source.fiscal_start), fiscal[1])
    unnumbered = _of_fiscal_year(source, end)
    if unnumbered is not None:
        count, by, stop = number, unnumbered[0], unnumbered[1]
        current = cal.next_of(lambda y: cal.whole_year(y, source.fiscal_start), source.today).last.year
        if by is None:
            return Time(cal.next_of(lambda y: make(y, count, source.fiscal_start), source.today), stop)
        return Time(make(current + by, count, source.fiscal_start), stop)
    year = (
        year_ref(source, end, short=source.glued(end) or source.word(end) in {"-", "of"})
        if leading is None
        else (leading, end)
    )
    if year is not None:
        return Time(make(year[0], number), year[1])
    for there in ("of the year", "of the calendar year"):
        if " ".join(source.word(end + k) for k in range(len(there.split()))) == there:
            end += len(there.split())
    return Time(cal.next_of(lambda y: make(y, number), source.today), end)


def _of_fiscal_year(source: Source, i: int) -> tuple[int | None, int] | None:
    """ "of the fiscal year", "of our next financial year": how many years on (None: not said), and the index after."""
    if source.word(i) != "of":
        return None
    j = i + 1 + (source.word(i + 1) in {"the", "our", "their"})
    relative = source.match("this", j)
    found = source.match("fiscal", relative[1] if relative else j)
    return (int(relative[0]) if relative else None, found[1]) if found else None


def _fiscal_year(source: Source, i: int) -> tuple[int, int] | None:
    found = source.match("fiscal", i)
    if found is None:
        return None
    j = found[1] + (source.word(found[1]) in {"'", "’", "-"})
    j += source.word(j) == "year"
    value = source.whole(j, 0, 2200)
    if value is None or len(source.word(j)) not in {2, 4}:
        return None
    end = j + 1
    if source.word(end) in {"/", "-"} and source.whole(end + 1, 0, 99) is not None:  # FY26/27
        value, end = source.whole(end + 1, 0, 99) or 0, end + 2
    return (value if value > 99 else 2000 + value), end


def fiscal_period(source: Source, i: int) -> Time | None:
    """FY27, fiscal 2027, the next fiscal year, fiscal Q2."""
    found = _fiscal_year(source, i)
    if found is not None:
        return Time(cal.whole_year(found[0], source.fiscal_start), found[1])
    relative = source.match("this", i) or ((1, i + 1) if source.word(i) == "new" else None)
    if relative is None and not source.has("fiscal", i):
        return None
    current = cal.next_of(lambda y: cal.whole_year(y, source.fiscal_start), source.today)
    if relative is not None and (name := source.match("fiscal", relative[1])) is not None:
        year = cal.add_months(current.last, 12 * int(relative[0])).year
        return Time(cal.whole_year(year, source.fiscal_start), name[1])
    name = source.match("fiscal", i)
    if name is not None and source.word(name[1]) == "q" and (number := source.whole(name[1] + 1, 1, 4)):
        period = cal.next_of(lambda y: cal.quarter(y, number, source.fiscal_start), source.today)
        return Time(period, name[1] + 2)
    if name is not None and source.word(i) != "fiscal":
        return Time(current, name[1]) if source.word(i - 1) in {"the", "our", "of", "this"} else None
    return None


def year_alone(source: Source, i: int) -> Time | None:
    """2027, in 2027, the year 2027, in two thousand and twenty."""
    j = i + (source.word(i) == "calendar" and source.word(i + 1) == "year")
    if source.word(j) == "cy" and (two := source.whole(j + 1, 10, 99)) and source.glued(j + 1):
        return Time(cal.whole_year(century(two, source.today)), j + 2)  # CY27
    j += source.word(j) in {"year", "cy"}
    j += source.word(j) == "of" and j > i
    before = source.word(i - 1) if j == i else "year"
    found = (
        year_ref(source, j) if source.word(j) not in {",", "of", "in", "/", "-", "the", "year", ".", "'", "’"} else None
    )
    if (
        found is None
        or source.has("this", j)
        or (source.word(found[1]) in {"'", "’"} and source.word(found[1] + 1) == "s")
    ):
        return None
    if source.glued(j) and source.word(j - 1) not in {"-", "(", "/", "–", "~", "cy"}:
        return None
    if source.words[found[1] - 1].end < len(source.text) and source.text[source.words[found[1] - 1].end] in "%$€£":
        return None
    ranged = source.word(found[1]) in _TO_YEAR and source.whole(found[1] + 1, 1900, 2200) is not None
    ranged = ranged or (before in _TO_YEAR and source.whole(j - 2, 1900, 2200) is not None)
    ranged = ranged or (source.match("tail", found[1]) or ("",))[0] in {"since", "until"}
    if before in _YEAR_BEFORE or ranged or before == "~" or (source.is_number(j) and 2020 <= found[0] <= 2039):
        follower = source.words[found[1]] if found[1] < len(source.words) else None
        if follower and follower.kind == "word" and (not follower.gap or before not in _STRICT_YEAR_BEFORE):
            plural = follower.text.endswith("s") and not source.has("follows", found[1])
            if plural or not follower.gap:
                return None
        return Time(cal.whole_year(found[0]), found[1])
    return None


_DECADES = {"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50}
_DECADES |= {"sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}


def decade(source: Source, i: int) -> Time | None:
    """The 1990s, the nineties, this decade, the next two decades."""
    relative = source.match("this", i)
    if relative is not None:
        number = source.number(relative[1])
        j = number.next if number else relative[1]
        if source.word(j) not in {"decade", "decades"}:
            return None
        count, by = int(min(number.value, 50)) if number else 1, int(relative[0])
        begin = source.today.year // 10 * 10 + 10 * (by if by > 0 else by * count)
        period = cal.months_from(begin, 1, 120 * max(1, count), "decade")
        return Time(period, j + 1, "past" if by < 0 else "range")
    year = source.whole(i, 1900, 2190)
    if year is not None and year % 10 == 0 and source.word(i + 1) == "s":
        period = cal.months_from(year, 1, 120, "decade")
        return Time(period, i + 2, "past" if period.last < source.today else "range")
    value = _DECADES.get(source.word(i))
    if value is None or source.word(i - 1) not in {"the", "in"}:
        return None
    begin = source.today.year // 100 * 100 + value
    return Time(cal.months_from(begin - 100 * (begin > source.today.year), 1, 120, "decade"), i + 1, "past")


def year_said(source: Source, i: int, end: int) -> bool:
    """Whether a year stands in the words from `i` to `end`, in figures or as "next year"."""
    for k in range(i, end):
        if source.whole(k, 1700, 2200) or source.unit(k) == ("year", k + 1) or source.word(k) in {"'", "’"}:
            return True
        if source.is_number(k) and source.word(k).count(".") == 2:
            return True
    return source.word(end - 2) == "/" and source.word(end - 4) == "/" and end - 4 > i
