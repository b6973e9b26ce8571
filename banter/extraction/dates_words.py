"""The words of the grammar of time, from `patterns/dates_words.jsonl`, and the text that it is read from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from banter.extraction import dates_calendar as cal
from banter.extraction.dates_calendar import Period
from banter.extraction.dates_convention import LABELS, Convention
from banter.extraction.numbers import SMALL, TENS, VAGUE, Number, read_number
from banter.extraction.spelling import speller
from banter.extraction.text import Phrases, Word, phrase_books

_MODAL_MAY = frozenset(
    ["in", "by", "of", "before", "after", "until", "till", "early", "mid", "late", "end", "this", "next"]
)
_MODAL_MAY |= {"since", "from", "during", "for", "around", "or", "-", "to"}
#: "Within May", "maybe May, not sure", "May if the rain stops": only as an answer to "when?".
_WITHIN_MAY = frozenset(
    {"within", "inside", "maybe", "perhaps", "probably", "say", "not", "then", "so", "like", "either"}
)
_AFTER_MAY = frozenset({",", ".", "?", "!", "-", "if", "when", "mostly", "probably", "or", "they", "because", "latest"})
_AFTER_MAYBE = frozenset({"be", "have", "not", "need", "well", "i", "we", "want"})
_SHORT_WEEKDAYS = frozenset({"sat", "sun", "mon", "wed"})


_CORE_KINDS = (
    *("part", "month", "weekday", "this", "day", "end", "holiday", "season", "fiscal", "ordinal", "unit", "weekend"),
    "beginning",
)
_LEAD_KINDS = ("deadline", "after", "in", "urgent", "undated", "when")
_JOINTS = frozenset("-–/.,'’")
_CORE_WORDS = frozenset(
    ["a", "an", "the", "half", "another", "q", "h", "last", "first", "final", "our", "calendar", "new", "wk", "w", "wc"]
)
_CORE_WORDS |= {"kw", "cw", "cy", "closest", "nearest", "same", "twenties", "thirties", "forties", "fifties", "sixties"}
_CORE_WORDS |= {"seventies", "eighties", "nineties", "hundred", "thousand"}


class Time(NamedTuple):
    """What was read: a period (None: no day), the index after it, its kind, and how it is bounded (`DateSpan.bound`).

    `closing`: of a range, the first day of the period that it ends with.
    """

    period: Period | None
    next: int
    kind: str = "range"
    bound: str | None = None
    closing: date | None = None


def _books() -> dict[str, Phrases]:
    return phrase_books("dates_words.jsonl")


@lru_cache(maxsize=1)
def _mended() -> Callable[[str], str]:
    kinds = ("month", "weekday", "unit")
    return speller(frozenset(word for kind in kinds for word in _books()[kind].first_words if word.isalpha()))


def spelt(words: Sequence[Word]) -> list[Word]:
    """The words with slips in the names of months, days and units mended ("motnh"), each where it stands."""
    mend = _mended()
    return [word._replace(text=mend(word.text)) if word.kind == "word" else word for word in words]


@lru_cache(maxsize=1)
def _beginnings() -> tuple[frozenset[str], frozenset[str]]:
    """The words that can begin a time, and those that can begin it with what leads to it."""
    core = _CORE_WORDS | set(SMALL) | set(TENS) | set(VAGUE)
    core = core.union(*(_books()[kind].first_words for kind in _CORE_KINDS))
    return core, core.union({"between", "yesterday"}, *(_books()[kind].first_words for kind in _LEAD_KINDS))


@dataclass(frozen=True)
class Source:
    """A message as the grammar reads it, with what is needed to know which day is meant."""

    text: str
    words: Sequence[Word]
    today: date
    day_first: bool
    fiscal_start: int
    convention: Convention = LABELS
    #: "When?" was asked, so "the 24" is a day.
    asked: bool = False
    #: An amount of time counts from today wherever it stands.
    loose: bool = False
    books: Mapping[str, Phrases] = field(default_factory=_books, compare=False, repr=False)
    #: What was read at a word already: one is looked at from several sides.
    seen: dict[tuple[int, bool], Time | None] = field(default_factory=dict, compare=False, repr=False)
    numbers: dict[int, Number | None] = field(default_factory=dict, compare=False, repr=False)

    def word(self, i: int) -> str:
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def on(self, today: date) -> Source:
        """The same message as if it were said on another day."""
        return replace(self, today=today, seen={}, numbers={})

    def count(self, day: date, number: float, unit: str, *, by_calendar: bool = False) -> date:
        """`day` and an amount of time more, with months of 30 days where the convention has them."""
        by_calendar = by_calendar or not self.convention.month_of_30_days
        return cal.counted(day, number, unit, by_calendar=by_calendar)

    def is_number(self, i: int) -> bool:
        return 0 <= i < len(self.words) and self.words[i].kind == "number"

    def may_begin(self, i: int, *, lead: bool = False) -> bool:
        """Whether a time can begin with word `i`; `lead`: or with the small words before one ("by", "asap")."""
        if not 0 <= i < len(self.words) or self.words[i].kind == "mark":
            return False
        word = self.words[i]
        if word.text in {"a", "an"}:  # "a month", "a couple of weeks"
            after = self.word(i + 1)
            return (after in _beginnings()[0] and after not in {"a", "an"}) or (lead and after == ".")  # "a.s.a.p."
        if word.kind == "word":
            return word.text in _beginnings()[lead]
        if len(word.text) == 4 or not word.text.isdecimal():
            return True
        if self.word(i - 1) == "/" and self.is_number(i - 2):
            return False  # "1/2/3/4" was looked at from its start
        following = self.words[i + 1] if i + 1 < len(self.words) else None
        return following is not None and (following.kind == "word" or following.text in _JOINTS)

    def glued(self, i: int) -> bool:
        """True when word `i` touches the one before it."""
        return 0 < i < len(self.words) and not self.words[i].gap

    def match(self, kind: str, i: int) -> tuple[Any, int] | None:
        """The value of the phrase of a kind at `i` and the index after it."""
        return self.books[kind].match(self.words, i) if i >= 0 else None

    def has(self, kind: str, i: int) -> bool:
        return self.match(kind, i) is not None

    def number(self, i: int) -> Number | None:
        if i not in self.numbers:
            self.numbers[i] = read_number(self.words, i)
        return self.numbers[i]

    def whole(self, i: int, low: int, high: int) -> int | None:
        """The plain digits at `i` as a whole number between two bounds."""
        if not self.is_number(i) or not self.words[i].text.isdecimal() or len(self.words[i].text) > 4:
            return None
        value = int(self.words[i].text)
        return value if low <= value <= high else None

    def unit(self, i: int) -> tuple[str, int] | None:
        """ "weeks", "month's", "business days": the unit and the index after it."""
        found = self.match("unit", i)
        if found is None and self.word(i).endswith("'s"):
            bare = Word(self.word(i)[:-2], 0, 0, "word", True)
            found = _books()["unit"].match([bare], 0)
            found = (found[0], i + 1) if found else None
        return found

    def month(self, i: int) -> tuple[int, int] | None:
        """A month by name; "may" and "march" only where no verb is meant."""
        found = self.match("month", i)
        if found is None:
            return None
        number, end = found
        word, before, after = self.word(i), self.word(i - 1), self.word(end)
        if word == "may":
            written = self.text[self.words[i].start] == "M" and i > 0
            led = before in _MODAL_MAY or (self.asked and before in _WITHIN_MAY)
            followed = after in {"", "the"} or (self.asked and (i == 0 or led) and after in _AFTER_MAY)
            if not (led or written or followed or self.is_number(end) or self.is_number(i - 1)):
                return None
            verbal = _AFTER_MAYBE if not led else _AFTER_MAYBE - {"i", "we", "not"}
            if after in verbal or before in {"it", "we", "i", "you", "they"}:
                return None
        if word == "march" and (before in {"we", "they", "i"} or after in {"on", "ahead", "forward", "through"}):
            return None
        if word in {"mar", "dec", "jan"} and before in {"du", "la"}:
            return None
        return number, end + (self.word(end) == "." and self.glued(end) and end + 1 < len(self.words))

    def weekday(self, i: int) -> tuple[int, int] | None:
        """One weekday by name; "sat" and "sun" only where no verb or star is meant, and no plural ("on Mondays")."""
        found = self.match("weekday", i)
        if found is None or self.word(i).endswith("days"):
            return None
        word, end = self.word(i), found[1]
        if word in _SHORT_WEEKDAYS:
            alone = len(self.words) <= 2 or self.text[self.words[i].start].isupper()
            if not (
                alone or self.word(i - 1) in _MODAL_MAY or self.word(i - 1) in {"on", "and"} or self.is_number(end)
            ):
                return None
        return found[0], end + (self.word(end) == "." and self.glued(end) and len(word) < 6)

    def ordinal(self, i: int) -> tuple[int, int] | None:
        """ "15th", "twenty-first": the number and the index after it."""
        value = self.whole(i, 1, 53)
        if value is not None and self.word(i + 1) in {"st", "nd", "rd", "th"} and self.glued(i + 1):
            return value, i + 2
        return self.match("ordinal", i)
