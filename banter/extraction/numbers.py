"""Numbers in digits and words, over `text.words`: "15,000", "1.2 million", "twenty-five hundred", "half a million"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from banter.extraction.text import Word

_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
SMALL = {name: value for value, name in enumerate((_NAMES + " eighteen nineteen").split())}
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50}
TENS |= {"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "lakh": 1e5, "lac": 1e5, "crore": 1e7}
SCALES |= {f"{name}s": value for name, value in SCALES.items()}
#: Read only where money is looked for: "m" is a metre or a month elsewhere.
MONEY_SCALES = {"k": 1e3, "ks": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "mio": 1e6, "mil": 1e6, "mill": 1e6}
MONEY_SCALES |= {
    "kish": 1e3,
    "bn": 1e9,
    "b": 1e9,
    "cr": 1e7,
    "gs": 1e3,
    "g's": 1e3,
    "thou": 1e3,
    "tsd": 1e3,
    "mrd": 1e9,
    "tys": 1e3,
    "tysięcy": 1e3,
    "tysiące": 1e3,
    "mila": 1e3,
    "mille": 1e3,
    "wan": 1e4,
}
_GLYPHS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
VAGUE = {"couple": 2, "few": 3, "handful": 5, "several": 5, "dozen": 12}
_THOUSANDS = re.compile(r"\d{1,3}(?:(?P<mark>[.,'’])\d{3})(?:(?P=mark)\d{3})*|\d{1,2}(?:,\d{2})+,\d{3}")
_DIGITS_AT_MOST = 18


class Number(NamedTuple):
    """A number and the index after it. `value == mantissa * scale`; `exact`: False for "a few" and its like."""

    value: float
    mantissa: float
    scale: float
    next: int
    digits: bool
    exact: bool = True
    money: bool = False  # "k" or "grand" was said, which only money takes


def digits_value(written: str, *, decimal_three: bool = False) -> float | None:
    """Value of digits with separators of any country; None when they are no number ("1.2.3", a phone number).

    `decimal_three`: one mark before three digits is a decimal point ("1.125 million").
    """
    if len(written) > _DIGITS_AT_MOST + 6:
        return None
    dot, comma = written.rfind("."), written.rfind(",")
    if dot >= 0 and comma >= 0:
        whole, fraction = written[: max(dot, comma)], written[max(dot, comma) + 1 :]
        if not (_THOUSANDS.fullmatch(whole) and fraction.isdecimal()):
            return None
        return float(re.sub(r"\D", "", whole) + "." + fraction)
    if written.isdecimal():
        return float(written)
    marks = re.sub(r"\d", "", written)
    if _THOUSANDS.fullmatch(written) and not (len(marks) == 1 and (decimal_three or written[0] == "0")):
        return float(re.sub(r"\D", "", written))
    return float(re.sub(r"[.,]", ".", written)) if marks in {".", ","} else None


def read_number(words: Sequence[Word], i: int, *, money: bool = False, comma_decimal: bool = False) -> Number | None:
    """The longest number that begins at `words[i]`, or None. `money` reads "15k" and "a grand" too."""
    if i >= len(words):
        return None
    if words[i].kind == "number":
        return _digits(words, i, money, comma_decimal)
    if words[i].kind != "word":
        return None
    return _fraction(words, i, money) or _vague(words, i, money) or _spelled(words, i, money)


def _word(words: Sequence[Word], i: int) -> str:
    return words[i].text if i < len(words) else ""


def _scale(words: Sequence[Word], i: int, money: bool) -> tuple[float, int, bool]:
    """The scale words that begin at `i`: their product, the index after them, and whether only money takes them."""
    scale, only_money = 1.0, False
    for _ in range(2):  # "a hundred thousand", "lakh crore"
        word = _word(words, i)
        if word in SCALES:
            scale *= SCALES[word]
        elif word == "hundred" and scale == 1:
            scale = 100.0
        elif money and word in MONEY_SCALES and scale < 1e6:
            scale, only_money = scale * MONEY_SCALES[word], True
        else:
            break
        i += 1
    return scale, i, only_money


def _digits(words: Sequence[Word], i: int, money: bool, comma_decimal: bool) -> Number | None:
    end, written = i + 1, words[i].text
    if len(written) <= 3 and written.isdecimal():  # "15 000"
        while (
            end < len(words)
            and words[end].kind == "number"
            and re.fullmatch(r"\d{3}", words[end].text)
            and words[end].start == words[end - 1].end + 1
            and len(written) < _DIGITS_AT_MOST
        ):
            written += words[end].text
            end += 1
    decimals = str(SMALL.get(_word(words, end + 1), _word(words, end + 1)))
    if _word(words, end) == "point" and written.isdecimal() and decimals.isdecimal():
        written, end = f"{written}.{decimals}", end + 2
    glyph = _GLYPHS.get(_word(words, end)[:1], 0.0) if written.isdecimal() else 0.0
    if glyph and (letters := _word(words, end)[1:]):  # "2½k" is one word behind its number
        step, _, only = _scale([Word(letters, 0, 0, "word", False)], 0, money)
        if step == 1:
            return Number(float(written), float(written), 1.0, end, True)
        mixed = float(written) + glyph
        return Number(mixed * step, mixed, step, end + 1, True, money=only)
    end += glyph > 0
    scale, after, only_money = _scale(words, end, money)
    three = scale > 1 and ("." in written or comma_decimal)
    value = digits_value(written, decimal_three=three)
    if value is None:
        return None
    value += glyph
    if scale == 1 and (half := _and_a_half(words, end)) and (half == 3 or _scale(words, end + half, money)[0] > 1):
        scale, after, only_money = _scale(words, end + half, money)
        value += 0.5
    return Number(value * scale, value, scale, after, True, money=only_money)


def _and_a_half(words: Sequence[Word], i: int) -> int:
    """How many words "and a half" are at `i`; "and half", before thousands, is the same."""
    if [_word(words, i + k) for k in range(3)] == ["and", "a", "half"]:
        return 3
    return 2 if [_word(words, i + k) for k in range(2)] == ["and", "half"] else 0


def _fraction(words: Sequence[Word], i: int, money: bool) -> Number | None:
    """ "half a million", "a quarter of a million", "three quarters of a million"."""
    j = i + (words[i].text in {"a", "one"})
    part: float | None = {"half": 0.5, "quarter": 0.25, **_GLYPHS}.get(_word(words, j))
    if words[i].text == "three" and _word(words, i + 1) == "quarters":
        part, j = 0.75, i + 1
    if part is None:
        return None
    j += 1
    j += _word(words, j) == "of"
    j += _word(words, j) in {"a", "an"}
    scale, end, only_money = _scale(words, j, money)
    return Number(part * scale, part, scale, end, False, money=only_money) if scale > 1 else None


def _vague(words: Sequence[Word], i: int, money: bool) -> Number | None:
    """ "a couple of hundred", "a few", "half a dozen"."""
    j = i + (words[i].text in {"a", "an", "the"})
    size: float | None = VAGUE.get(_word(words, j))
    if words[i].text == "half" and _word(words, i + 1) == "a" and _word(words, i + 2) == "dozen":
        size, j = 6, i + 2
    if size is None:
        return None
    exact = _word(words, j) in {"couple", "dozen"}
    j += 1
    j += _word(words, j) == "of"
    scale, end, only_money = _scale(words, j, money)
    return Number(size * scale, size, scale, end, False, exact, only_money)


def _spelled(words: Sequence[Word], i: int, money: bool) -> Number | None:
    """ "twenty-five hundred", "one hundred and fifty thousand", "two and a half million", "one point two"."""
    total, group, end, lowest = 0.0, 0.0, i, 1e18
    last = 100.0  # size of the number word before: "forty five" is one number, "five five" two
    mantissa, scale, only_money = 0.0, 1.0, False
    j = i
    if words[i].text in {"hundred", "thousand"} and _word(words, i + 1) != "of":  # "hundred days", "thousand a month"
        group, last, end, scale = (
            (100.0, 100.0, i + 1, 1.0) if words[i].text == "hundred" else (0.0, 1000.0, i + 1, 1e3)
        )
        total, mantissa, lowest, j = (0.0, 0.0, 1e18, end) if group else (1e3, 1.0, 1e3, end)
    elif words[i].text in {"a", "an"}:
        if _scale(words, i + 1, money)[0] == 1:
            return None
        group, last, j, end = 1.0, 1.0, i + 1, i + 1  # "a hundred and twenty thousand"
    while j < len(words):
        word = words[j].text
        if end > i and (word == "-" or (word == "and" and (group >= 100 or total))):
            j += 1
            if _word(words, j) not in SMALL and _word(words, j) not in TENS:
                break
            if word == "and" and last < 100:
                break
            continue
        if word in SMALL and (last >= 20 or not group) and not (last < 100 and SMALL[word] > 9 and group):
            group, last = group + SMALL[word], SMALL[word]
        elif word in TENS and (last >= 100 or not group):
            group, last = group + TENS[word], TENS[word]
        elif word == "hundred" and 0 < group < 100:
            group, last = group * 100, 100
        elif word == "point" and end > i and _word(words, j + 1) in SMALL and not total and group == int(group):
            digits = ""
            while _word(words, j + 1) in SMALL and len(digits) < 6:
                digits, j = digits + str(SMALL[_word(words, j + 1)]), j + 1
            group, last = group + float(f"0.{digits}"), 1
        elif word in TENS and money and 0 < group < 10 and last < 10 and words[j - 1].text in SMALL and end == i + 1:
            group, last = group * 100 + TENS[word], TENS[word]  # "two fifty a month"
        elif group == int(group) > 0 and (half := _and_a_half(words, j)):
            if half != 3 and _scale(words, j + half, money)[0] == 1:
                break
            group, j, last = group + 0.5, j + half - 1, 1
        elif end > i and group:
            step, after, only = _scale(words, j, money)
            if step == 1 or step >= lowest:
                break
            mantissa, scale, lowest, only_money = group, step, step, only
            total, group, last, j = total + group * step, 0.0, 1000.0, after - 1
        else:
            break
        j += 1
        end = j
    if end == i or (end == i + 1 and words[i].text in {"a", "an"}):
        return None
    if total and not group:
        exact_scale = scale if total == mantissa * scale else 1.0
        return Number(total, total / exact_scale, exact_scale, end, False, money=only_money)
    return Number(total + group, total + group, 1.0, end, False, money=only_money)
