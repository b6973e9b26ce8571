"""Money as people write it: "15k", "$1.2m a year", "ten to fifteen grand", "EUR 8.000", "2 lakh", "five figures"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from banter.extraction.money_amount import read_amount
from banter.extraction.money_plausible import begins_well, plausible
from banter.extraction.money_ranges import both_ends, other_end
from banter.extraction.money_words import MoneySource
from banter.extraction.text import words
from scoring.model import Money

_PERIODS = ("year", "quarter", "month", "once")
_UNITS = frozenset({"year", "month"})
_PERIOD_BEFORE = {"annual": "year", "yearly": "year", "monthly": "month", "quarterly": "quarter"}
_BUDGET_WORDS = frozenset(
    {"budget", "spend", "spending", "fee", "cost", "payment", "cap", "limit", "licence", "license"}
)


@dataclass(frozen=True)
class MoneySpan:
    """An amount and where it stands: `text == message[start:end]`.

    `marked`: a currency or a word like "grand" says that it is money. `about`: "around", "roughly". `precise`: False
    for "five figures" and its like. `digits`: written with digits.
    """

    start: int
    end: int
    text: str
    money: Money
    about: bool
    digits: bool
    marked: bool
    precise: bool


_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")


def find_money(text: str, *, asked: bool = False, day_first: bool = False) -> list[MoneySpan]:
    """Amounts of money in `text`, in order, apart from each other.

    `asked`: the visitor was asked about money, so bare figures ("15000", "ten to fifteen") count; otherwise only marked
    ones do. `day_first`: the visitor's country writes the day first and, as it mostly does, a comma before decimals.
    """
    return list(_found(text, asked, day_first))


@lru_cache(maxsize=64)  # several readings ask for the amounts of one message
def _found(text: str, asked: bool, day_first: bool) -> tuple[MoneySpan, ...]:
    plain = _TAG.sub(lambda match: " " * len(match.group()), text)
    source = MoneySource(text, words(plain), asked, day_first)
    spans: list[MoneySpan] = []
    i = 0
    while i < len(source.words):
        found = _expression(source, i)
        if found is None:
            i += 1
            continue
        span, i = found
        spans.append(span)
    return tuple(spans)


def _expression(source: MoneySource, i: int) -> tuple[MoneySpan, int] | None:
    j, kinds = i, set()
    for _ in range(4):  # "no more than about $10k"
        found = source.book.qualifiers.match(source.words, j)
        if found is None:
            break
        kinds.add(found[0])
        j = found[1]
        j += source.word(j) in {"the", "of", "like", "say", "is", "maybe", "about"} and source.word(j + 1) != ""
    first = read_amount(source, j)
    if first is None and kinds and source.word(j) in {"a", "an"}:
        first = read_amount(source, j + 1)
    if first is None or not begins_well(source, j, first):
        return None
    low, high, last = first.low, first.high, first
    second = other_end(source, first, between="between" in kinds)
    if second is not None:
        last = second
        low, high = both_ends(source, first, second)
    end, start = last.next, j if kinds == {"between"} and second is None else i
    about, period, ceiling, floor = "about" in kinds, None, "ceiling" in kinds, "floor" in kinds
    floor = floor or (kinds == {"between"} and second is None and source.word(i) != "between")
    for _ in range(5):
        if (glyph := source.word(end)) in {",", "("} and source.book.after.match(source.words, end + 1) is not None:
            end += 1
        found = source.book.after.match(source.words, end)
        if found is None and source.asked and source.word(end) in _UNITS and source.words[end].gap and end > j + 1:
            bare = source.word(end + 1)
            if bare not in {"old", "ago", "end"}:  # "$50 month", "1500 usd year"
                found = source.word(end), end + 1
        if (found is None or found[0] == "each") and (counted := _a_head(source, end)):
            end = counted
            continue
        if found is None or (glyph == "/" and found[0] in {"ceiling_after", "floor_after"}):
            break
        if (
            glyph == "+"
            and not source.glued(end)
            and end + 1 < len(source.words)
            and source.words[end + 1].kind == "word"
        ):
            break  # "15k + VAT"
        if source.word(end) == "last" and source.word(end + 1).isalpha():
            break  # "500k last" is the last price, "12k last year" is none
        kind, end = found
        if kind in _PERIODS:
            period = period or kind
        ceiling = ceiling or kind == "ceiling_after"
        floor = floor or kind == "floor_after"
        about = about or kind == "about_after"
    marked = first.marked or last.marked
    if not (first.sure or last.sure) and not plausible(source, i, j, end, first, second, marked, bool(kinds)):
        return None
    period = period or _period_before(source, i)
    lowest = None if ceiling and second is None else low
    highest = None if floor and not ceiling and second is None else high
    span = MoneySpan(
        source.words[start].start,
        source.words[end - 1].end,
        source.text[source.words[start].start : source.words[end - 1].end],
        Money(lowest, highest, first.currency or last.currency, period),
        about,
        any(word.kind == "number" for word in source.words[j : last.next]),
        marked,
        all(amount.number is not None and amount.number.exact for amount in (first, last)),
    )
    return span, end


def _a_head(source: MoneySource, i: int) -> int | None:
    """ "Per truck per month", "a child a month": the index of the period behind what it is paid for; None elsewhere."""
    if source.word(i) not in {"per", "a", "an", "each", "every", "for", "/", "one"}:
        return None
    for j in (i + 2, i + 3):
        found = source.book.after.match(source.words, j)
        if found is not None and found[0] in _PERIODS and source.word(j - 1) not in source.book.function:
            return j
    return None


def _period_before(source: MoneySource, i: int) -> str | None:
    """ "an annual budget of 10k", "a yearly 10k"."""
    if any(source.book.after.match(source.words, k) == ("once", i) for k in range(max(0, i - 3), i)):
        return "once"  # "a one-off 5k"
    near = [source.word(k) for k in range(max(0, i - 4), i)]
    for k, word in enumerate(near):
        if word in _PERIOD_BEFORE and (k == len(near) - 1 or _BUDGET_WORDS & set(near[k + 1 :])):
            return _PERIOD_BEFORE[word]
    return None
