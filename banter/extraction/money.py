"""Money as people write it: "15k", "$1.2m a year", "ten to fifteen grand", "EUR 8.000", "2 lakh", "five figures"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from banter.extraction.numbers import Number, read_number
from banter.extraction.text import Phrases, Word, pattern_rows, words
from scoring.model import Money

_LARGEST_BARE = 1e9
_MINOR = {"cent": None, "cents": None, "c": None, "¢": None, "penny": "USD", "pennies": "USD", "pence": "GBP"}
_MINOR |= {"kopiykas": "UAH", "kopecks": "RUB", "paise": "INR", "sen": "MYR", "sens": "MYR"}
_FIGURES = {"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8}
_PARTS = {"low": (1, 4), "lower": (1, 4), "mid": (4, 7), "middle": (4, 7), "high": (7, 10), "upper": (7, 10)}
_TENS_OF = {"tens": 10, "hundreds": 100, "thousands": 1000}
_DASHES = frozenset("-–—~")
_PERIODS = ("year", "quarter", "month", "once")
_PERIOD_BEFORE = {"annual": "year", "yearly": "year", "monthly": "month", "quarterly": "quarter"}
_YEAR_BEFORE = frozenset({"in", "since", "year", "until", "born"})
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


class _Amount(NamedTuple):
    low: float
    high: float
    number: Number | None
    currency: str | None
    marked: bool
    sure: bool  # a currency or "grand": money whatever noun follows
    next: int


class _Book(NamedTuple):
    currencies: Phrases
    qualifiers: Phrases
    after: Phrases
    function: frozenset[str]
    unit: frozenset[str]
    label: frozenset[str]


@lru_cache(maxsize=1)
def _book() -> _Book:
    currencies = [
        (form, (row["currency"], row.get("capitals", False)))
        for row in pattern_rows("money_currencies.jsonl")
        for form in row["forms"]
    ]
    phrases = [(form, row["kind"]) for row in pattern_rows("money_phrases.jsonl") for form in row["forms"]]
    before = [entry for entry in phrases if entry[1] in {"about", "exactly", "between", "ceiling", "floor"}]
    kinds = {row["kind"]: frozenset(row["forms"]) for row in pattern_rows("money_words.jsonl")}
    return _Book(
        Phrases(currencies),
        Phrases(before),
        Phrases(entry for entry in phrases if entry not in before),
        kinds["function"],
        kinds["unit"],
        kinds["label"],
    )


_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_CODE_BEFORE = frozenset("([{<=*\\|_&@`")
_CODE_AFTER = frozenset("]}=*\\|_`;>")


def find_money(text: str, *, asked: bool = False, day_first: bool = False) -> list[MoneySpan]:
    """Amounts of money in `text`, in order, apart from each other.

    `asked`: the visitor was asked about money, so bare figures ("15000", "ten to fifteen") count; otherwise only marked
    ones do. `day_first`: the visitor's country writes the day first and, as it mostly does, a comma before decimals.
    """
    text = _TAG.sub(lambda match: " " * len(match.group()), text)
    reader = _Reader(text, words(text), asked, day_first)
    spans, i = [], 0
    while i < len(reader.words):
        found = reader.expression(i)
        if found is None:
            i += 1
            continue
        span, i = found
        spans.append(span)
    return spans


class _Reader:
    def __init__(self, text: str, sequence: Sequence[Word], asked: bool, comma_decimal: bool) -> None:
        self.text, self.words, self.asked, self.comma_decimal = text, sequence, asked, comma_decimal
        self.book = _book()

    def word(self, i: int) -> str:
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def glued(self, i: int) -> bool:
        """True when word `i` touches the one before it."""
        return 0 < i < len(self.words) and not self.words[i].gap

    def expression(self, i: int) -> tuple[MoneySpan, int] | None:
        j, kinds = i, set()
        for _ in range(4):  # "no more than about $10k"
            found = self.book.qualifiers.match(self.words, j)
            if found is None:
                break
            kinds.add(found[0])
            j = found[1]
            j += self.word(j) in {"the", "of", "like", "say", "is", "maybe", "about"} and self.word(j + 1) != ""
        first = self.amount(j)
        if first is None and kinds and self.word(j) in {"a", "an"}:
            first = self.amount(j + 1)
        if first is None or not self.begins_well(j, first):
            return None
        low, high, last = first.low, first.high, first
        second = self.second(first, "between" in kinds)
        if second is not None:
            last = second
            low, high = self.range(first, second)
        end, start = last.next, j if kinds == {"between"} and second is None else i
        about, period, ceiling, floor = "about" in kinds, None, "ceiling" in kinds, "floor" in kinds
        floor = floor or (kinds == {"between"} and second is None and self.word(i) != "between")
        for _ in range(5):
            if (glyph := self.word(end)) in {",", "("} and self.book.after.match(self.words, end + 1) is not None:
                end += 1
            found = self.book.after.match(self.words, end)
            if found is None or (glyph == "/" and found[0] in {"ceiling_after", "floor_after"}):
                break
            if (
                glyph == "+"
                and not self.glued(end)
                and end + 1 < len(self.words)
                and self.words[end + 1].kind == "word"
            ):
                break  # "15k + VAT"
            kind, end = found
            if kind in _PERIODS:
                period = period or kind
            ceiling = ceiling or kind == "ceiling_after"
            floor = floor or kind == "floor_after"
            about = about or kind == "about_after"
        marked = first.marked or last.marked
        if not (first.sure or last.sure) and not self.plausible(i, j, end, first, second, marked, bool(kinds)):
            return None
        period = period or self.period_before(i)
        lowest = None if ceiling and second is None else low
        highest = None if floor and not ceiling and second is None else high
        span = MoneySpan(
            self.words[start].start,
            self.words[end - 1].end,
            self.text[self.words[start].start : self.words[end - 1].end],
            Money(lowest, highest, first.currency or last.currency, period),
            about,
            any(word.kind == "number" for word in self.words[j : last.next]),
            marked,
            all(amount.number is not None and amount.number.exact for amount in (first, last)),
        )
        return span, end

    def amount(self, i: int) -> _Amount | None:
        """One amount with its currency, without what stands around it."""
        before, j = self.currency(i, first=True)
        figures = self.figures(j)
        if figures is not None:
            return figures
        number = read_number(self.words, j, money=True, comma_decimal=self.comma_decimal)
        if number is None:
            return None
        if number.money and self.glued_letter(number):
            return None
        after, end = self.currency(number.next, first=False)
        value, scale_word = number.value, number.money or number.scale >= 1000
        if after is not None and number.scale == 1:  # "75 USD million", "R$ 5 mil"
            scaled = read_number(
                [Word("1", 0, 1, "number", True), *self.words[end : end + 2]],
                0,
                money=self.glued(end) or None is before,
            )
            if scaled is not None and scaled.scale > 1 and not (scaled.money and not self.glued(end)):
                value, end, scale_word = value * scaled.scale, end + scaled.next - 1, True
                number = number._replace(value=value, scale=scaled.scale)
        currency = after or before
        code = currency[0] if currency else None
        if code == "INR" and number.scale == 1 and self.word(end) == "l" and self.glued(end):  # "₹5L"
            value, end, number = value * 1e5, end + 1, number._replace(scale=1e5)
        if code == "BRL" and self.word(number.next - 1) == "mil":
            value /= 1000
        minor = (
            _MINOR.get(self.word(end + (self.word(end) == "-")), "") if currency is None and number.scale == 1 else ""
        )
        if minor != "" and not (self.word(end) == "c" and self.word(end + 1) == "$"):
            end += 1 + (self.word(end) == "-")
            return _Amount(value / 100, value / 100, number, minor or "USD", True, True, end)
        if currency is not None and number.scale == 1 and value == int(value):
            cents, end = self.cents(end)
            value = round(value + cents, 2)
        sure = currency is not None or self.word(number.next - 1) in {"grand", "lakh", "lakhs", "crore", "crores"}
        return _Amount(value, value, number, code, sure or scale_word, sure, end)

    def glued_letter(self, number: Number) -> bool:
        """True for "5 m": a lone letter is a scale only where it touches its number, or is a "k"."""
        word = self.words[number.next - 1]
        return word.text in {"m", "b", "cr", "mm"} and word.gap and not self.asked

    def currency(self, i: int, *, first: bool) -> tuple[tuple[str | None, bool] | None, int]:
        """The currency at `i`, if there is one, and the index after it; `first`: it stands before its number."""
        found = self.book.currencies.match(self.words, i + (not first and self.word(i) in _DASHES and self.glued(i)))
        if found is None:
            return None, i
        (code, capitals), end = found
        written = self.text[self.words[i].start : self.words[end - 1].end]
        if capitals and not (written.isupper() and not first):
            return None, i
        if " " in written and self.words[end - 1].kind == "mark" and not written.isupper():
            return None, i  # "it costs us $3,000"
        if not first and end < len(self.words) and self.words[end].kind == "number":
            sign = self.words[end - 1].kind == "mark"
            if sign and not self.words[end].gap and (self.words[i].gap or self.words[i].text in _DASHES):
                return None, i  # "1 $10 bill", "$10-$15": the sign belongs to what follows
        return (code, capitals), end

    def cents(self, i: int) -> tuple[float, int]:
        """ "dollars and 43 cents", "dollars 43": the part of one, and the index after it."""
        j = i + (self.word(i) == "and")
        number = read_number(self.words, j)
        if number is None or not 0 < number.value < 100 or number.scale != 1 or number.value != int(number.value):
            return 0.0, i
        after = self.word(number.next)
        if after in _MINOR:
            return number.value / 100, number.next + 1
        closed = after in {"", "and", "but", ")", '"', "!", "?"} or (
            after in {".", ","} and not self.glued(number.next + 1)
        )
        if not closed or self.currency(number.next, first=False)[0] or (self.words[i].kind == "mark"):
            return 0.0, i
        return number.value / 100, number.next

    def figures(self, i: int) -> _Amount | None:
        """ "five figures", "a low six-figure budget", "tens of thousands"."""
        j = i + (self.word(i) in {"a", "an", "the"})
        low, high = 1, 10
        if self.word(j) in _PARTS:
            low, high = _PARTS[self.word(j)]
            j += 1 + (self.word(j + 1) == "-")
        count = _FIGURES.get(self.word(j))
        if count is not None:
            k = j + 1 + (self.word(j + 1) == "-")
            if self.word(k) not in {"figure", "figures", "figs", "digits"} or self.word(k + 1) in {"code", "number"}:
                return None
            unit, end = 10.0 ** (count - 1), k + 1
            sure = True
        elif self.word(j) in _TENS_OF and self.word(j + 1) == "of" and self.word(j + 2) in {"thousands", "k", "grand"}:
            unit, end = _TENS_OF[self.word(j)] * 1000.0, j + 3
            sure = False
        else:
            return None
        after, end = self.currency(end + (self.word(end) == "of" and end + 1 < len(self.words)), first=False)
        end -= after is None and self.word(end - 1) == "of"
        return _Amount(low * unit, high * unit - 1, None, after[0] if after else None, True, sure or bool(after), end)

    def second(self, first: _Amount, between: bool) -> _Amount | None:
        """The other end of a range that `first` begins."""
        joint, i = self.word(first.next), first.next + 1
        if joint not in _DASHES | {"to", "or", "till"} and not (between and joint in {"and", "&"}):
            return None
        if joint in _DASHES and self.words[first.next].gap and not (i < len(self.words) and self.words[i].gap):
            return None  # "15k -2" is no range
        if first.number is None:
            i = i + (self.word(i) in {"a", "an"})
        second = self.amount(i)
        if second is None:
            found = self.book.qualifiers.match(self.words, i)
            second = self.amount(found[1]) if found and found[0] in {"about", "ceiling"} else None
        if second is None or (joint == "or" and second.high < first.low and first.marked):
            return None
        return second

    @staticmethod
    def range(first: _Amount, second: _Amount) -> tuple[float, float]:
        """Both ends, "10 to 15k" read as 10k to 15k."""
        low, high = first.low, second.high
        if second.number is None and first.number is not None:  # "five to six figures"
            low = 10.0 ** (first.high - 1) if first.high < 10 else low
        one, two = first.number, second.number
        if one is not None and two is not None and one.scale == 1 and two.scale > 1 and one.mantissa < 1000:
            if one.mantissa <= two.mantissa:
                low *= two.scale
            elif two.scale >= 1e6:
                low *= 1000
        return min(low, high), max(low, high)

    def begins_well(self, i: int, first: _Amount) -> bool:
        """False inside "Q3", "v2.1", "+49 30", "10:30", "2026-12-01", and after "page" or "ISO"."""
        if i == 0:
            return True
        before, touches = self.words[i - 1], self.glued(i)
        if touches and (before.kind == "word" or before.text in {"#", "/", ":", "_", ".", "@", "&", "=", "\\"}):
            return first.sure and before.kind == "mark" and before.text in {":", "=", "/"}
        if touches and before.text in {"-", "+", "–"} and not first.sure:
            return before.text != "+" and i > 1 and self.glued(i - 1) and self.words[i - 2].kind == "word"
        return True

    def plausible(
        self, i: int, j: int, end: int, first: _Amount, second: _Amount | None, marked: bool, qualified: bool
    ) -> bool:
        """Whether an amount without a currency is money, judged by the words around it."""
        if not marked and not self.asked:
            return False
        after, previous = self.word(end), self.word(i - 1)
        touching = self.glued(end)
        if touching and (self.words[end].kind != "mark" or after in {"%", "/", ":", "°", "-", "@", "_", "'"}):
            return False
        if (
            after in self.book.unit
            or (after == "-" and self.word(end + 1) in self.book.unit)
            or (previous in self.book.label and not (marked and previous == "year"))
        ):
            return False
        if self.counted(end):
            return False
        return marked or self.bare(i, j, end, first, second, qualified)

    def counted(self, i: int) -> bool:
        """True when a noun follows that the number counts: "15k users", "10k active users"."""
        for k in range(i, min(i + 3, len(self.words))):
            word = self.words[k]
            if word.kind != "word" or word.text in self.book.function:
                return False
            if word.text in self.book.unit or (word.text.endswith("s") and not word.text.endswith(("ss", "us", "is"))):
                return word.text not in {"funds", "dollars"}
        return False

    def bare(self, i: int, j: int, end: int, first: _Amount, second: _Amount | None, qualified: bool) -> bool:
        """Whether figures without any mark of money answer a question about money."""
        number, previous_word = first.number, self.word(i - 1)
        if self.inside_code(j, end):
            return False
        if number is None or max(first.high, second.high if second else 0) > _LARGEST_BARE:
            return False
        if number.digits:
            written = self.text[self.words[j].start : self.words[number.next - 1].end]
            if second is None and len(written) == 4 and written.isdecimal() and 2015 <= number.value <= 2045:
                return False  # a year
            if previous_word in _YEAR_BEFORE and second is None and len(written) == 4 and 1900 <= number.value <= 2100:
                return False
            if len(written) > 1 and written[0] == "0" and written[1].isdecimal():
                return False
        elif not qualified and second is None and (number.value < 2 or not number.exact):
            return False
        if second is not None and (second.high < first.low or self.word(second.next) in _DASHES):
            return False
        if any(self.words[k].kind == "number" for k in (end, i - 1) if 0 <= k < len(self.words)):
            return False  # a phone number
        if self.word(end) in self.book.label or (previous_word in {"'", "’"} and self.glued(i)):
            return False  # "31 March", "'27"
        previous = self.words[i - 1] if i > 0 else None
        if previous is None or previous.kind != "word":
            return previous is None or previous.text not in {"+", "#"}
        if previous.text in {"at", "until", "till"} and first.high <= 24 and not qualified:
            return False
        opens = i < 2 or self.word(i - 2) in {".", "!", "?"}
        return (
            opens
            or not self.text[previous.start].isupper()
            or previous.text == "i"
            or previous.text in self.book.function
        )

    def inside_code(self, i: int, end: int) -> bool:
        """True for the 1 of "{1}", "alert(1)", "x=1": a bare figure stands as a word of its own."""
        before = self.words[i - 1].text if i > 0 and self.glued(i) else ""
        after = self.words[end].text if end < len(self.words) and self.glued(end) else ""
        return before in _CODE_BEFORE or after in _CODE_AFTER

    def period_before(self, i: int) -> str | None:
        """ "an annual budget of 10k", "a yearly 10k"."""
        near = [self.word(k) for k in range(max(0, i - 4), i)]
        for k, word in enumerate(near):
            if word in _PERIOD_BEFORE and (k == len(near) - 1 or _BUDGET_WORDS & set(near[k + 1 :])):
                return _PERIOD_BEFORE[word]
        return None
