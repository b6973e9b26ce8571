"""What people and test suites mean differently by the same words. Pure; the default is what docs/labels.md rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period


@dataclass(frozen=True, eq=False)
class Convention:
    """The choices in reading a time. `banter signals` takes the defaults; others are for measuring on other suites.

    `month_of_30_days`: "in two months" is in 60 days, else on the same day two months on.
    `next_year_undated`: a bare "next year" has no date, else it is the year.
    `deadline_inside`: "before summer" is its first day, else the named time is given.
    `whole_units`: "next 3 weeks" are the three weeks after this one, else 21 days from tomorrow on.
    `upcoming_is_last`: "upcoming 3 weeks" is the third of them.
    `passed_is_next`: "early November", said on the 21st, is the next one's.
    `parts`: by grain and part, which days (of a week or month) or months (of a longer period) "early" and its like
    are: first and last, 0 for its end. `seasons`: by name, the first and last day as month and day.
    """

    month_of_30_days: bool = True
    next_year_undated: bool = True
    deadline_inside: bool = True
    whole_units: bool = False
    upcoming_is_last: bool = False
    passed_is_next: bool = True
    parts: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    seasons: Mapping[str, tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=dict)

    def part(self, period: Period, part: str, *, by_number: bool = False) -> Period | None:
        """The part as `parts` has it, None where that says nothing. `by_number`: "2027", not "the year"."""
        bounds = self.parts.get(("named year", part)) if by_number else None
        bounds = bounds or self.parts.get((period.grain, part))
        if bounds is None:
            return None
        start, end = bounds
        if period.grain in {"week", "month"}:
            last = cal.shift(period.first, end - 1) if end else period.last
            return Period(cal.shift(period.first, start - 1), last, "span")
        last = cal.shift(cal.add_months(period.first, end), -1) if end else period.last
        return Period(cal.add_months(period.first, start - 1), last, "span")


LABELS = Convention()
