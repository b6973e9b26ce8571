"""Holidays and seasons: "before the holidays", "Easter", "after the summer", "the new year"."""

from __future__ import annotations

from datetime import date

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period, one_day
from banter.extraction.dates_moon import moon_holiday
from banter.extraction.dates_periods import year_ref
from banter.extraction.dates_weeks import weekend_of
from banter.extraction.dates_words import Source, Time

#: The new year or Easter of another calendar is another day, and "the tax new year" none at all.
_OTHER_CALENDARS = frozenset(
    {"chinese", "lunar", "islamic", "jewish", "persian", "orthodox", "tax", "fiscal", "school", "muslim", "financial"}
)
#: "We fall behind", "to spring for it".
_VERB_AFTER = frozenset({"behind", "short", "apart", "back", "off", "over", "through", "for", "cleaning", "into"})
_VERB_BEFORE = frozenset({"we", "to", "they", "i", "can", "things", "numbers"})


def read_holiday(source: Source, i: int) -> Time | None:
    """The next such holiday, or the one of the year that is said."""
    found = source.match("holiday", i)
    if found is None:
        return None
    rule, end = found
    if source.word(i - 1) in _OTHER_CALENDARS | {"happy", "merry"}:
        return None
    if source.word(i) == "holidays" and source.word(i - 1) not in {"the", "before"}:
        return None
    year = year_ref(source, end)
    into = source.word(i - 1) == "the" and source.word(i - 2) in {"in", "into"}
    if source.word(i) == "new" and rule == "01-01" and into:
        january = cal.next_of(lambda y: cal.month(y, 1), cal.shift(source.today, 31))
        return Time(january._replace(precise=False), end)
    period = _holiday(rule, year[0]) if year else cal.next_of(lambda y: _holiday(rule, y), source.today)
    end = year[1] if year else end
    if source.has("weekend", end):
        late = year_ref(source, end + 1) if year is None else None
        period = _holiday(rule, late[0]) if late else period
        return Time(weekend_of(period), late[1] if late else end + 1)
    return Time(period, end, "point" if period.grain == "day" else "range")


def _holiday(rule: str, year: int) -> Period:
    """The holiday of a year; one of the moon's that skips the year is the next year's."""
    if not rule[0].isdecimal() and not rule.startswith("easter"):
        found = moon_holiday(rule, year) or moon_holiday(rule, min(year + 1, 9990))
        return found or one_day(date(year, 12, 31))
    return cal.holiday(rule, year)


def read_season(source: Source, i: int) -> Time | None:
    """The next season of that name, or the one of the year that is said: "summer 2028", "autumn next year"."""
    found = source.match("season", i)
    if found is None:
        return None
    name, end = found
    if source.word(i) in {"fall", "spring"} and (source.word(i - 1) in _VERB_BEFORE or source.word(end) in _VERB_AFTER):
        return None
    year = year_ref(source, end)
    if year is not None:
        return Time(_season(source, year[0], name), year[1])
    # "In the fall" in the last days of one means the next.
    soon = source.today if source.has("this", i - 1) else cal.shift(source.today, 14)
    return Time(cal.next_of(lambda y: _season(source, y, name), soon), end)


def _season(source: Source, year: int, name: str) -> Period:
    """The season that ends in `year`: whole months, or as the convention has it."""
    bounds = source.convention.seasons.get(name)
    if bounds is None:
        return cal.season(year, name)
    (first_month, first_day), (last_month, last_day) = bounds
    first = cal.safe_date(year - (first_month > last_month), first_month, first_day)
    last = cal.safe_date(year, last_month, last_day)
    return Period(first, last, "season") if first and last else cal.season(year, name)
