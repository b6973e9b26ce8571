"""One amount of money: a number with its currency, "five figures", "20 dollars and 43 cents"."""

from __future__ import annotations

from typing import NamedTuple

from banter.extraction.money_words import DASHES, Coin, MoneySource
from banter.extraction.numbers import Number, read_number
from banter.extraction.text import Word

_MINOR = {"cent": None, "cents": None, "c": None, "¢": None, "penny": "USD", "pennies": "USD", "pence": "GBP"}
_MINOR |= {"kopiykas": "UAH", "kopecks": "RUB", "paise": "INR", "sen": "MYR", "sens": "MYR"}
_FIGURES = {"four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "4": 4, "5": 5, "6": 6, "7": 7, "8": 8}
_PARTS = {"low": (1, 4), "lower": (1, 4), "mid": (4, 7), "middle": (4, 7), "high": (7, 10), "upper": (7, 10)}
_ABBREVIATED = frozenset({"mio", "mrd", "mn", "tsd", "bn", "k", "tys"})
_TENS_OF = {"tens": 10, "hundreds": 100, "thousands": 1000}


class Amount(NamedTuple):
    low: float
    high: float
    number: Number | None
    currency: str | None
    marked: bool
    sure: bool  # a currency or "grand": money whatever noun follows
    next: int


def read_amount(source: MoneySource, i: int) -> Amount | None:
    """One amount with its currency, without what stands around it."""
    before, j = _currency(source, i, first=True)
    figures = _figures(source, j)
    if figures is not None:
        return figures
    number = read_number(source.words, j, money=True, comma_decimal=source.comma_decimal)
    if number is None:
        return _one(source, i)
    if number.money and _glued_letter(source, number):
        return None
    dot = source.word(number.next) == "." and source.glued(number.next) and source.word(number.next - 1) in _ABBREVIATED
    number_end = number.next
    if source.word(number_end) == "-" and source.word(number_end + 1) == "ish" and source.glued(number_end):
        number = number._replace(next=number_end + 2)  # "200-ish euros"
    of = source.word(number.next) == "of" and number.scale >= 1000 and before is None  # "30 million of pesos"
    after, end = _currency(source, number.next + (dot or of), first=False, beside=before is not None)
    end = number_end if after is None else end
    value, scale_word = number.value, number.money or number.scale >= 1000
    if after is not None and number.scale == 1:  # "75 USD million", "R$ 5 mil"
        scaled = read_number(
            [Word("1", 0, 1, "number", True), *source.words[end : end + 2]],
            0,
            money=source.glued(end) or None is before,
        )
        if scaled is not None and scaled.scale > 1 and not (scaled.money and not source.glued(end)):
            value, end, scale_word = value * scaled.scale, end + scaled.next - 1, True
            number = number._replace(value=value, scale=scaled.scale)
    currency = after or before
    code = currency.code if currency else None
    value *= currency.times if currency else 1
    if code == "INR" and number.scale == 1 and source.word(end) == "l" and source.glued(end):  # "₹5L"
        value, end, number = value * 1e5, end + 1, number._replace(scale=1e5)
    if source.word(number.next - 1) == "mil" and (code == "BRL" or (code == "EUR" and source.asked)):
        value /= 1000
        number = number._replace(value=value, scale=1e3)
    minor = (
        _MINOR.get(source.word(end + (source.word(end) == "-")), "") if currency is None and number.scale == 1 else ""
    )
    if minor != "" and not (source.word(end) == "c" and source.word(end + 1) == "$"):
        end += 1 + (source.word(end) == "-")
        return Amount(value / 100, value / 100, number, minor or "USD", True, True, end)
    if currency is not None and number.scale == 1 and value == int(value):
        cents, end = _cents(source, end)
        value = round(value + cents, 2)
    sure = currency is not None or source.word(number.next - 1) in {"grand", "lakh", "lakhs", "crore", "crores"}
    return Amount(value, value, number, code, sure or scale_word, sure, end)


def _glued_letter(source: MoneySource, number: Number) -> bool:
    """True for "5 m": a lone letter is a scale only where it touches its number, or is a "k"."""
    word = source.words[number.next - 1]
    return word.text in {"m", "b", "cr", "mm"} and word.gap and not source.asked


def _one(source: MoneySource, i: int) -> Amount | None:
    """ "A dollar", "a pound and 42 pence"; not "a dollar amount"."""
    if source.word(i) not in {"a", "an"} or i + 1 >= len(source.words) or source.words[i + 1].kind != "word":
        return None
    coin, end = _currency(source, i + 1, first=False)
    if coin is None or coin.times != 1 or source.word(end - 1).endswith("s"):
        return None
    follower = source.words[end] if end < len(source.words) else None
    if follower is not None and (
        follower.kind == "number" or not (follower.text in source.book.function | {"."} or follower.kind == "mark")
    ):
        return None
    cents, end = _cents(source, end)
    number = Number(1.0, 1.0, 1.0, end, False)
    return Amount(1 + cents, 1 + cents, number, coin.code, True, True, end)


def _currency(source: MoneySource, i: int, *, first: bool, beside: bool = False) -> tuple[Coin | None, int]:
    """The currency at `i`, if there is one, and the index after it; `first`: it stands before its number; `beside`:
    the number has one before it already, so that a second one may be the next number's."""
    found = source.book.currencies.match(source.words, i + (not first and source.word(i) in DASHES and source.glued(i)))
    if found is None:
        return None, i
    coin, end = found
    written = source.text[source.words[i].start : source.words[end - 1].end]
    if coin.glued and not (first and written.isupper() and _much_at(source, end)):
        return None, i
    if (coin.capitals and not (written.isupper() and not first)) or (coin.after and first):
        return None, i
    if beside and end < len(source.words) and source.words[end].kind == "number":
        return None, i  # "$20,000 $37,305", "EUR 10 USD 20"
    if " " in written and source.words[end - 1].kind == "mark" and not written.isupper():
        return None, i  # "it costs us $3,000"
    if not first and end < len(source.words) and source.words[end].kind == "number":
        sign = source.words[end - 1].kind == "mark"
        if (
            (sign or written.isupper())
            and not source.words[end].gap
            and (source.words[i].gap or source.words[i].text in DASHES)
        ):
            return None, i  # "1 $10 bill", "$10-$15": the sign belongs to what follows
    return coin, end


def _much_at(source: MoneySource, i: int) -> bool:
    """A number of three digits and more, or in thousands, that touches what stands before it: R3000, N8m; no R2."""
    if not (source.glued(i) and source.words[i].kind == "number"):
        return False
    spaced = (
        i + 1 < len(source.words) and source.words[i + 1].kind == "number" and len(source.word(i + 1)) == len("000")
    )
    return len(source.word(i)) > len("99") or spaced or source.word(i + 1) in {"k", "m"}


def _cents(source: MoneySource, i: int) -> tuple[float, int]:
    """ "dollars and 43 cents", "dollars 43": the part of one, and the index after it."""
    j = i + (source.word(i) == "and")
    number = read_number(source.words, j)
    if number is None or not 0 < number.value < 100 or number.scale != 1 or number.value != int(number.value):
        return 0.0, i
    after = source.word(number.next)
    if after in _MINOR:
        return number.value / 100, number.next + 1
    closed = after in {"", "and", "but", ")", '"', "!", "?"} or (
        after in {".", ","} and not source.glued(number.next + 1)
    )
    if not closed or _currency(source, number.next, first=False)[0] or (source.words[i].kind == "mark"):
        return 0.0, i
    return number.value / 100, number.next


def _figures(source: MoneySource, i: int) -> Amount | None:
    """ "five figures", "a low six-figure budget", "tens of thousands"."""
    j = i + (source.word(i) in {"a", "an", "the"})
    low, high = 1, 10
    if source.word(j) in _PARTS:
        low, high = _PARTS[source.word(j)]
        j += 1 + (source.word(j + 1) == "-")
    count = _FIGURES.get(source.word(j))
    if count is not None:
        k = j + 1 + (source.word(j + 1) == "-")
        if source.word(k) not in {"figure", "figures", "figs", "digits", "digit"} or source.word(k + 1) in {
            "code",
            "number",
        }:
            return None
        unit, end = 10.0 ** (count - 1), k + 1
        sure = True
    elif (
        source.word(j) in _TENS_OF and source.word(j + 1) == "of" and source.word(j + 2) in {"thousands", "k", "grand"}
    ):
        unit, end = _TENS_OF[source.word(j)] * 1000.0, j + 3
        sure = False
    else:
        return None
    after, end = _currency(source, end + (source.word(end) == "of" and end + 1 < len(source.words)), first=False)
    end -= after is None and source.word(end - 1) == "of"
    return Amount(low * unit, high * unit - 1, None, after.code if after else None, True, sure or bool(after), end)
