"""The two ends of a range of money: "10 to 15k", "between 8 and 12", "250, 300 a month"."""

from __future__ import annotations

from banter.extraction.money_amount import Amount, read_amount
from banter.extraction.money_words import DASHES, MoneySource

_PERHAPS = frozenset({"maybe", "perhaps", "or", "possibly", "probably", "even"})
#: The higher end of a range that only stands side by side is at most so many times the lower.
_FEW_TIMES = 3
_YEARS = range(2015, 2046)


def other_end(source: MoneySource, first: Amount, *, between: bool) -> Amount | None:
    """The other end of a range that `first` begins."""
    if source.asked and (pair := _beside(source, first)):
        return pair
    joint, i = source.word(first.next), first.next + 1
    if joint == "up" and source.word(i) == "to":  # "from 8 up to 12k"
        joint, i = "to", i + 1
    if joint not in DASHES | {"to", "or", "till"} and not (between and joint in {"and", "&", "n"}):
        return None
    if joint in DASHES and source.words[first.next].gap and not (i < len(source.words) and source.words[i].gap):
        return None  # "15k -2" is no range
    if first.number is None:
        i = i + (source.word(i) in {"a", "an"})
    second = read_amount(source, i)
    if second is None:
        found = source.book.qualifiers.match(source.words, i)
        second = read_amount(source, found[1]) if found and found[0] in {"about", "ceiling"} else None
    if second is None or (joint == "or" and second.high < first.low and first.marked):
        return None
    return second


def _beside(source: MoneySource, first: Amount) -> Amount | None:
    """The other end of "250, 300 a month", "three, maybe four thousand", "5k 6k": a little more, right behind."""
    i = first.next + (source.word(first.next) == ",")
    i += source.word(i) in _PERHAPS
    if first.number is None or first.number.value == 0 or (not first.marked and first.low in _YEARS):
        return None
    second = read_amount(source, i) if source.words[i : i + 1] and source.words[i].gap else None
    if second is None or second.number is None or (i == first.next and not second.marked):
        return None
    listed = source.word(second.next) == "," and source.words[second.next + 1 : second.next + 2]
    low, high = both_ends(source, first, second)
    if first.number.value > second.high or (listed and source.words[second.next + 1].kind == "number"):
        return None
    return second if 0 < low < high <= _FEW_TIMES * low else None


def both_ends(source: MoneySource, first: Amount, second: Amount) -> tuple[float, float]:
    """Both ends, "10 to 15k" read as 10k to 15k, "two to three hundred" and "2-300" as 200 to 300."""
    low, high = first.low, second.high
    if second.number is None and first.number is not None:  # "five to six figures"
        low = 10.0 ** (first.high - 1) if first.high < 10 else low
    one, two = first.number, second.number
    hundreds = any(source.word(k) == "hundred" for k in range(first.next, second.next))
    dashed = (
        source.word(first.next) == "-"
        and source.glued(first.next)
        and high % 100 == 0
        and two is not None
        and two.scale == 1
    )
    if one is not None and two is not None and one.scale == 1 and low < 10 and (hundreds or (dashed and one.digits)):
        hundred = low * 100 * (two.scale if two.scale >= 1000 else 1)
        hundred = low * 1000 if dashed and high % 1000 == 0 and low * 1000 < high else hundred  # "4-5000"
        if hundred < high:
            return hundred, high
    if one is not None and two is not None and one.scale == 1 and two.scale > 1 and one.mantissa < 1000:
        if one.mantissa <= two.mantissa:
            low *= two.scale
        elif two.scale >= 1e6:
            low *= 1000
    elif one is not None and two is not None and one.scale == two.scale == 1 and one.digits and two.digits:
        thousands = low < 1000 <= high and high % 1000 == 0 and low * 1000 < high and first.currency is None
        low *= 1000 if thousands else 1  # "20 - 30,000 euros"
    return min(low, high), max(low, high)
