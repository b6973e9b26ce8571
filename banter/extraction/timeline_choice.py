"""Which of the times in a message they need it by: the wish, not its reasons; the last word, not the first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.dates_calendar import safe_date
from banter.extraction.hedges import corrected_from
from banter.extraction.matching import Cue, Message, labelled

#: "So April", "say the end of May": what follows within so many words says it again, and says it right.
_SAYS_AGAIN = 6
#: "Then January", "like April".
_AT_ONCE = 2
_MONTH = 31
#: A message with more times in it answers nothing, and would take long.
MOST = 30
#: "Not before March" denies no March.
_BOUNDS = frozenset({"before", "until", "till", "later", "after", "than", "earlier", "sooner"})

_MONTH_OR_COUNT = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|gen|set|okt|dez)|week|\bwk|month|\beo[wm]\b|today"
    r"|tomorrow|(?<!black )(?<!good )(?<!cyber )(?<!easter )(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|\d[./-]\d|\d(?:st|nd|rd|th)\b"
)
_SLIGHT = frozenset({"the month", "the day", "this day", "the week", "the year", "the quarter"})
_BARE_DAY = re.compile(r"(?:[a-z]+ ){0,2}?(?:the )?(\d{1,2})(?:st|nd|rd|th)?", re.I)
_PART_OF_YEAR = re.compile(r"quarter|half|semester")


def token_at(message: Message, start: int) -> int:
    """The token that holds the character at `start`."""
    return next((i for i, t in enumerate(message.tokens) if t.end > start), len(message.tokens) - 1)


def the_one_meant(message: Message, dated: list[DateSpan], today: date) -> DateSpan:
    """Of times with a last day, the one that answers "by when?"; the latest where nothing tells them apart."""
    if len(dated) > MOST:
        return max(dated, key=lambda s: s.last or today)
    left = _in_the_month_said(message, sorted(dated, key=lambda s: s.start), today)
    for keep in (_not_denied, _not_told_of_others, _said_again, _not_a_reason, _plainest, _without_what_holds_another):
        left = keep(message, left) or left if len(left) > 1 else left
    if len(left) > 1:
        wanted = [s for s in left if _wanted(message, set(message.clause(token_at(message, s.start))))]
        left = wanted if len(wanted) == 1 else left
    return max(left, key=lambda s: s.last or today)


def _in_the_month_said(message: Message, dated: list[DateSpan], today: date) -> list[DateSpan]:
    """ "The fair is in February, we show it on the 20th": the day is that month's."""
    months = [s for s in dated if s.first and s.last and (s.last - s.first).days < _MONTH and s.kind != "duration"]
    months = [s for s in months if s.first and s.last and s.first.month == s.last.month]
    months = [s for s in months if not _BARE_DAY.fullmatch(s.text)]
    if not months:
        return dated
    found = []
    for span in dated:
        day = _BARE_DAY.fullmatch(span.text)
        near = min(months, key=lambda s: abs(s.start - span.start)).last
        there = safe_date(near.year, near.month, int(day[1])) if near and day else None
        found.append(replace(span, first=there, last=there) if there and there >= today else span)
    return found


def _not_denied(message: Message, dated: list[DateSpan]) -> list[DateSpan]:
    """ "Not in July, August": July is out, where another time is left."""
    return [s for s in dated if not _denied(message, s)]


def _denied(message: Message, span: DateSpan) -> bool:
    index = token_at(message, span.start)
    near = message.keys(range(max(message.clause(index)[0], index - 2), token_at(message, span.end - 1) + 1))
    return "not" in near and not _BOUNDS & set(near)


def _said_again(message: Message, dated: list[DateSpan]) -> list[DateSpan]:
    """ "Before summer, so April", "I'd said May, but make it April": from the last time behind such a word on."""
    cues = labelled(message, "timeline", "again", "next")
    for later, span in enumerate(reversed(dated)):
        index = token_at(message, span.start)
        at = len(dated) - later - 1
        before = token_at(message, dated[at - 1].end - 1) if at else -1
        if at and any(c.first > before for c in cues if says_again(message, c, index)):
            return dated[at:]
    return dated


def says_again(message: Message, cue: Cue, index: int) -> bool:
    """Whether the time at token `index` follows on `cue`; not "so we can start in May"."""
    reach = _AT_ONCE if cue.label == "next" else _SAYS_AGAIN
    if not cue.first <= index <= cue.last + reach:
        return False
    if cue.label == "next" and message.keys([cue.first]) == ["no"] and message.clause(cue.first)[0] != cue.first:
        return False  # "for us no Christmas"
    between = set(message.keys(range(cue.last + 1, index)))
    return not between & {"can", "that", "could", "not", "when", "if", "because"}


def _not_told_of_others(message: Message, dated: list[DateSpan]) -> list[DateSpan]:
    """Without "the boss wanted June", "we said May": what was said or wished once, or by somebody else."""
    return [s for s in dated if not _behind(message, s, "told")]


def _not_a_reason(message: Message, dated: list[DateSpan]) -> list[DateSpan]:
    """Without "because in August we are closed", "the new one starts on the 1st"."""
    return [s for s in dated if not _in_clause(message, s, "reason") and not _behind(message, s, "because")]


def _behind(message: Message, span: DateSpan, label: str) -> bool:
    """A cue stands before the time in its clause."""
    index = token_at(message, span.start)
    here = message.clause(index)
    return any(here[0] <= c.first <= index for c in labelled(message, "timeline", label))


def _in_clause(message: Message, span: DateSpan, label: str) -> bool:
    here = set(message.clause(token_at(message, span.start)))
    return any(c.first in here for c in labelled(message, "timeline", label))


def _without_what_holds_another(message: Message, dated: list[DateSpan]) -> list[DateSpan]:
    """ "Autumn, say October": the narrower of the two."""
    return [s for s in dated if not any(_holds(s, other) for other in dated)]


def _holds(one: DateSpan, other: DateSpan) -> bool:
    if None in (one.first, one.last, other.first, other.last) or "duration" in (one.kind, other.kind):
        return False
    assert one.first is not None
    assert one.last is not None
    assert other.first is not None
    assert other.last is not None
    longer = one.last - one.first > other.last - other.first
    return longer and one.first <= other.first and other.last <= one.last


def _plainest(message: Message, dated: list[DateSpan]) -> list[DateSpan]:
    """ "Before Ramadan, 17 Feb", "1 July, new financial year": a day, a month or a count outweighs a season."""
    most = max(_plainness(s) for s in dated)
    return [s for s in dated if _plainness(s) == most]


def _plainness(span: DateSpan) -> int:
    """3 for days, weeks, months, counts; 2 for quarters and halves; 1 for what only has a name; 0 for "the month"."""
    if span.text.lower() in _SLIGHT:
        return 0
    if span.kind == "duration" or _MONTH_OR_COUNT.search(span.text.lower()):
        return 3
    return 2 if any(c.isdigit() for c in span.text) or _PART_OF_YEAR.search(span.text.lower()) else 1


def after_correction(message: Message, spans: list[DateSpan], today: date) -> list[DateSpan]:
    """What is said after the last "sorry" or "actually", where a time is."""
    cut = corrected_from(message)
    if cut is None:
        return spans
    later = [s for s in spans if token_at(message, s.start) >= cut]
    if later or not spans:
        return later
    start = message.tokens[cut].start
    tail = find_dates(f"in {message.text[start:]}", today)
    moved = [replace(s, start=max(start, s.start - 3 + start), end=s.end - 3 + start) for s in tail if s.last]
    return [replace(s, text=message.text[s.start : s.end]) for s in moved if s.kind != "past"] or spans


def _wanted(message: Message, here: set[int]) -> bool:
    return any(c.first in here for c in labelled(message, "timeline", "want", "must"))


def not_this(message: Message, dated: list[DateSpan]) -> bool:
    """ "Not this year" names a time only to say when it will not be."""
    if len(dated) > 1:
        return False
    index = token_at(message, dated[0].start)
    last = token_at(message, dated[0].end - 1)
    before = message.keys(range(max(message.clause(index)[0], index - 2), last + 1))
    return "not" in before and not {"before", "until", "till", "later", "after", "than"} & set(before)
