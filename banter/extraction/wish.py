"""When a visitor would like to be called: "tomorrow afternoon works", "the first one", "after 4", "none of these"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.dates_clock import read_hours
from banter.extraction.dates_words import Source
from banter.extraction.numbers import SMALL
from banter.extraction.text import Word, words
from banter.extraction.wish_choice import books, counts_things, has, is_about_choosing, is_only
from banter.leads.reading import TimeWish

#: Addresses are not times: "pat2@example.com", "https://example.com/3".
_ADDRESS = re.compile(r"\S{1,200}@\S{1,200}|https?://\S{1,500}")
_CLAUSE = re.compile(r"[,;.!?](?=\s|$)|(?<!day )(?<!time )(?<!thing )\bbut\b|\bhowever\b|\n", re.IGNORECASE)
_REVISED = re.compile(r"\b(?:no|sorry|actually|wait|rather|instead|correction|make that|scratch that)\b", re.IGNORECASE)
_BARE_ORDINAL = re.compile(
    r"(?:the )?[1-6](?:st|nd|rd|th)|the (?:first|second|third|fourth|fifth|sixth)", re.IGNORECASE
)
_NOT_A_CHOICE = frozenset({"week", "weeks", "day", "days", "half", "quarter", "thing", "time", "call", "month", "year"})
#: "Tuesday's lovely" names a day.
_DAY_IS = re.compile(r"(?<=day)['’]s\b", re.IGNORECASE)
#: In one more day, where a date is told; of a call, any day but those offered.
_ANOTHER_DAY = re.compile(r"(?:\w+ )?another day", re.IGNORECASE)
_HALF = re.compile(r"\b([ap])\.m\.", re.IGNORECASE)
_AFTER_OPEN = ("after", "from", "not before", "starting", "as of", "any time after", "past")
_WORKDAYS = (0, 1, 2, 3, 4)
_SENTENCE_BEFORE = 3  # words: "we try it first"


@dataclass
class _Found:
    """What the clauses of a message add up to."""

    days: list[tuple[date | None, date | None]] = field(default_factory=list)
    weekdays: list[int] = field(default_factory=list)
    not_weekdays: list[int] = field(default_factory=list)
    hours: tuple[time | None, time | None] | None = None
    ordinals: list[int] = field(default_factory=list)
    any_time: bool = False
    agrees: bool = False
    none_fit: bool = False

    @property
    def specific(self) -> bool:
        return bool(self.days or self.weekdays or self.not_weekdays or self.hours or self.ordinals)


def read_wish(text: str, today: date) -> TimeWish:
    """What `text` says about the time of a call; `TimeWish()` when it says nothing. `today` is the visitor's date.

    A weekday without a date ("Tuesday") is in `weekdays` only; "next Monday" is a day. A bare 1 to 9 is an ordinal.
    What only tells something ("fixed assets take two people three days") is no wish, whatever numbers it holds.
    """
    plain = _DAY_IS.sub("  ", _ADDRESS.sub(lambda match: " " * len(match.group()), text))
    plain = _HALF.sub(r"\1m  ", plain)
    found = _Found()
    clauses = list(_clauses(plain))
    for clause in clauses:
        _read_clause(clause, today, found)
    said = [words(clause) for clause in clauses]
    found.any_time = found.any_time or is_only(("any_alone", "any"), said, beside=("filler", "yes"))
    found.agrees = is_only(("yes",), said)
    first, last = _join_days(found)
    weekdays = tuple(sorted(set(found.weekdays) - set(found.not_weekdays)))
    if found.not_weekdays and not weekdays:
        weekdays = tuple(day for day in _WORKDAYS if day not in found.not_weekdays)
    earliest, latest = found.hours or (None, None)
    if len(found.ordinals) > 1 and _REVISED.search(plain):
        found.ordinals = found.ordinals[-1:]  # "the first one, no, sorry, the second one"
    return TimeWish(
        first_day=first,
        last_day=last,
        weekdays=weekdays,
        earliest=earliest,
        latest=latest,
        ordinals=tuple(dict.fromkeys(found.ordinals)),
        any_time=found.any_time and not found.specific and not found.none_fit,
        agrees=found.agrees and not (found.specific or found.any_time or found.none_fit),
        none_fit=found.none_fit and not found.ordinals,
    )


def _clauses(text: str) -> Iterator[str]:
    start = 0
    for match in _CLAUSE.finditer(text):
        if text[start : match.start()].strip():
            yield text[start : match.start()]
        start = match.end()
    if text[start:].strip():
        yield text[start:]


def _join_days(found: _Found) -> tuple[date | None, date | None]:
    """One stretch of days that holds all that were named; a whole week when weekdays were named beside a day."""
    if not found.days:
        return None, None
    firsts = [first for first, _ in found.days]
    lasts = [last for _, last in found.days]
    first = None if None in firsts else min(day for day in firsts if day)
    last = None if None in lasts else max(day for day in lasts if day)
    if found.weekdays and first and last and first == last:
        found.weekdays.append(first.weekday())
        monday = first - timedelta(days=first.weekday())
        return monday, monday + timedelta(days=6)
    return first, last


def _read_clause(clause: str, today: date, found: _Found) -> None:
    sequence = words(clause)
    negative = has("negative", sequence)
    taken = _courtesies(sequence)
    dates = [span for span in find_dates(clause, today) if span.last is not None and span.kind != "past"]
    days = [span for span in dates if not _ANOTHER_DAY.fullmatch(clause[span.start : span.end])]
    hours, days_before = read_hours(sequence, taken), found.specific
    here = _Found()
    _weekdays(clause, sequence, days, today, here, taken)
    starts = [word.start for word in sequence]
    for span in days:
        covered = set(range(bisect_left(starts, span.start), bisect_left(starts, span.end)))
        if not _is_choice(span) and not covered <= taken:
            taken |= covered
            here.days.append(_day_bounds(span, today))
    chooses = is_about_choosing(sequence, day=bool(here.days or here.weekdays or found.days or found.weekdays))
    if chooses:
        _ordinals(sequence, taken, here)
    else:
        hours = None
        if _speaks_of_work(sequence):
            here = _Found()  # "month end takes us 6 days"
    if negative and (here.weekdays or here.days or here.ordinals) and not _prefers(sequence):
        found.not_weekdays += here.weekdays
        found.none_fit = found.none_fit or not (here.weekdays or days_before)
        return
    found.days += here.days
    found.weekdays += here.weekdays
    found.ordinals += here.ordinals
    found.hours = hours or found.hours
    none = max(_longest("none", sequence), _longest("none_short", sequence) if chooses else 0)
    any_time = max(_longest("any", sequence), _longest("yes", sequence) if chooses else 0)
    if negative and _longest("any", sequence) and not has("negative", _without("any", sequence)):
        negative = False  # "I don't mind"
    found.none_fit = found.none_fit or (none > 0 and none >= any_time and not (here.specific or hours))
    any_time = _longest("any", sequence)
    found.any_time = found.any_time or (any_time > none and len(sequence) <= 10 and not negative)


def _courtesies(sequence: Sequence[Word]) -> set[int]:
    """The words of "good morning" and "have a nice evening", which are no time."""
    found = ((i, books()["not_wish"].match(sequence, i)) for i in range(len(sequence)))
    return {place for i, match in found if match for place in range(i, match[1])}


def _without(kind: str, sequence: Sequence[Word]) -> list[Word]:
    """A clause without the phrases of a kind."""
    spans = [(i, match[1]) for i in range(len(sequence)) if (match := books()[kind].match(sequence, i))]
    return [word for i, word in enumerate(sequence) if not any(start <= i < end for start, end in spans)]


def _prefers(sequence: Sequence[Word]) -> bool:
    """ "none of these, not before Friday": a bound is no refusal."""
    said = " ".join(word.text for word in sequence)
    return any(
        phrase in said for phrase in ("not before", "not until", "not after", "no later than", "no earlier than")
    )


def _longest(kind: str, sequence: Sequence[Word]) -> int:
    """Words in the longest phrase of a kind, 0 without one."""
    ends = [(i, books()[kind].match(sequence, i)) for i in range(len(sequence))]
    return max((found[1] - i for i, found in ends if found), default=0)


def _is_choice(span: DateSpan) -> bool:
    """ "the 2nd" after a list of times is the second of them, "on the 2nd" a day."""
    return _BARE_ORDINAL.fullmatch(span.text) is not None


def _day_bounds(span: DateSpan, today: date) -> tuple[date | None, date | None]:
    said, first, last = span.text.lower(), span.first, span.last
    assert last is not None
    if said.startswith("before"):
        return today, last - timedelta(days=1)
    if span.kind == "deadline":
        return today, last
    if said.startswith(("after", "past")):
        return last + timedelta(days=1), None
    if said.startswith(_AFTER_OPEN):
        return first, None
    return max(first or last, today), last


def _weekdays(
    clause: str, sequence: Sequence[Word], days: list[DateSpan], today: date, here: _Found, taken: set[int]
) -> None:
    """Weekdays that stand without a date: "Thursday or Friday", "Tuesday to Thursday", "weekdays"."""
    source = Source(clause, sequence, today, False, 1)
    previous: int | None = None
    starts = [word.start for word in sequence]
    span_at = {k: span for span in days for k in range(bisect_left(starts, span.start), bisect_left(starts, span.end))}
    for i, word in enumerate(sequence):
        if word.text in {"weekdays", "weekday"}:
            here.weekdays += _WORKDAYS
            taken.add(i)
            continue
        found = source.match("weekday", i)
        if found is None or (word.text in {"sat", "sun"} and not source.weekday(i)):
            continue
        span = span_at.get(i)
        bare = span is None or not re.search(r"\d|next|this|coming|following|week", span.text, re.IGNORECASE)
        bound = span is not None and re.match(r"after|before|by|from|until|till|not|starting", span.text, re.IGNORECASE)
        if not bare or bound:
            continue
        between = sequence[i - 1].text if i else ""
        if previous is not None and between in {"to", "-", "–", "through", "thru"} and previous < found[0]:
            here.weekdays += range(previous + 1, found[0])
        here.weekdays.append(found[0])
        previous = found[0]
        taken |= set(range(bisect_left(starts, span.start), bisect_left(starts, span.end))) if span else {i}


def _ordinals(sequence: Sequence[Word], taken: set[int], here: _Found) -> None:
    """ "the first one", "2", "option 3", "1 or 3", "the last": which of the times that were shown."""
    source = Source("", sequence, date.min, False, 1)
    for i, word in enumerate(sequence):
        if i in taken:
            continue
        position = books()["position"].match(sequence, i)
        if position is not None:
            free = not taken & set(range(i, position[1])) and source.word(position[1]) not in _NOT_A_CHOICE
            if free and not _speaks_of_work(sequence):
                here.ordinals.append(position[0])
                taken |= set(range(i, position[1]))
            continue
        ordinal = source.ordinal(i)
        if ordinal is not None and 1 <= ordinal[0] <= 9 and not taken & set(range(i, ordinal[1])):
            if _is_beforehand(sequence, i, ordinal):
                continue
            if source.word(ordinal[1]) == "two" and ordinal[0] == 1:
                here.ordinals += [1, 2]
            elif (
                (source.word(ordinal[1]) not in _NOT_A_CHOICE or _is_second_time(sequence, ordinal))
                and not source.has("month", ordinal[1])
                and not counts_things(sequence, ordinal[1])
            ):
                here.ordinals.append(ordinal[0])
            continue
        hinted = i > 0 and (books()["hint"].match(sequence, i - 1) or (source.word(i - 1) == "." and i > 1))
        value = int(word.text) if word.kind == "number" and word.text.isdecimal() and len(word.text) == 1 else None
        if value is None and word.text in SMALL and (hinted or len(sequence) == 1):
            value = SMALL[word.text]
        if value and value <= 9 and (hinted or _stands_alone(sequence, i, source)):
            here.ordinals.append(value)


def _stands_alone(sequence: Sequence[Word], i: int, source: Source) -> bool:
    """True for a figure that is no part of a phone number, a time, a date or a count."""
    before, after = source.word(i - 1), source.word(i + 1)
    if before in {"+", "-", "/", ":", "$", "£", "€"} or source.is_number(i - 1) or source.is_number(i + 1):
        return False
    if after in {"-", "/", ":", "%"} or source.unit(i + 1) or source.has("month", i + 1) or source.has("month", i - 1):
        return False
    if source.glued(i) and sequence[i - 1].kind == "word":
        return False
    if counts_things(sequence, i + 1):
        return False
    return (
        not (i + 1 < len(sequence) and source.glued(i + 1) and sequence[i + 1].kind == "word") and len(sequence) <= 12
    )


def _is_second_time(sequence: Sequence[Word], ordinal: tuple[int, int]) -> bool:
    """ "Yes second time": the second of the times that were shown."""
    place, end = ordinal
    return place > 1 and sequence[end].text == "time" and end + 1 == len(sequence) <= 4


def _is_beforehand(sequence: Sequence[Word], i: int, ordinal: tuple[int, int]) -> bool:
    """ "Can we try it for free first?": before that, and no time of those that were shown."""
    place, end = ordinal
    last = all(word.kind == "mark" for word in sequence[end:])
    if place != 1 or not last or sequence[i].text != "first" or i < _SENTENCE_BEFORE:
        return False
    return books()["names_a_time"].match(sequence, i - 1) is None


def _speaks_of_work(sequence: Sequence[Word]) -> bool:
    """ "We need it asap" is no "the first one"."""
    return has("project", sequence) and not has("choice", sequence)
