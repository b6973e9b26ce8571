"""Whether a number is money, judged by the words around it: not "15k users", "v2.1", "31 March" or "+49 30"."""

from __future__ import annotations

from banter.extraction.money_amount import Amount
from banter.extraction.money_words import DASHES, MoneySource

_LARGEST_BARE = 1e9
_YEAR_BEFORE = frozenset({"in", "since", "year", "until", "born"})
_TIME_BEFORE = frozenset({"at", "until", "till", "in", "by", "past"})
_CODE_BEFORE = frozenset("([{<=*\\|_&@`")
_CODE_AFTER = frozenset("]}=*\\|_`;>")


def begins_well(source: MoneySource, i: int, first: Amount) -> bool:
    """False inside "Q3", "v2.1", "+49 30", "10:30", "2026-12-01", and after "page" or "ISO"."""
    if i == 0:
        return True
    before, touches = source.words[i - 1], source.glued(i)
    if before.text == "." and i > 1 and before.gap and not touches and source.words[i - 2].kind == "number":
        return first.sure  # "1 . 6 billion", as some programs space it
    if touches and (before.kind == "word" or before.text in {"#", "/", ":", "_", ".", "@", "&", "=", "\\"}):
        return first.sure and before.kind == "mark" and before.text in {":", "=", "/"}
    if touches and before.text in {"-", "+", "–"} and not first.sure:
        return before.text != "+" and i > 1 and source.glued(i - 1) and source.words[i - 2].kind == "word"
    return True


def plausible(
    source: MoneySource, i: int, j: int, end: int, first: Amount, second: Amount | None, marked: bool, qualified: bool
) -> bool:
    """Whether an amount without a currency is money, judged by the words around it."""
    if not marked and not source.asked:
        return False
    after, previous = source.word(end), source.word(i - 1 - (source.word(i - 1) == ":"))
    touching = source.glued(end)
    if touching and (source.words[end].kind != "mark" or after in {"%", "/", ":", "°", "-", "@", "_", "'"}):
        return False
    if (
        after in source.book.unit
        or (after == "-" and source.word(end + 1) in source.book.unit)
        or (previous in source.book.label and not (marked and previous == "year"))
    ):
        return False
    if _counted(source, end) or any(source.word(k) in source.book.street for k in range(end, end + 3)):
        return False
    return marked or _bare(source, i, j, end, first, second, qualified)


def _counted(source: MoneySource, i: int) -> bool:
    """True when a noun follows that the number counts: "15k users", "10k active users"."""
    for k in range(i, min(i + 3, len(source.words))):
        word = source.words[k]
        if word.kind != "word" or word.text in source.book.function:
            return False
        if word.text in source.book.unit or (word.text.endswith("s") and not word.text.endswith(("ss", "us", "is"))):
            return word.text not in {"funds", "dollars"}
    return False


def _bare(source: MoneySource, i: int, j: int, end: int, first: Amount, second: Amount | None, qualified: bool) -> bool:
    """Whether figures without any mark of money answer a question about money."""
    number, previous_word = first.number, source.word(i - 1)
    if _inside_code(source, j, end):
        return False
    if number is None or max(first.high, second.high if second else 0) > _LARGEST_BARE:
        return False
    if number.digits:
        written = source.text[source.words[j].start : source.words[number.next - 1].end]
        if second is None and len(written) == 4 and written.isdecimal() and 2015 <= number.value <= 2045:
            return False  # a year
        if previous_word in _YEAR_BEFORE and second is None and len(written) == 4 and 1900 <= number.value <= 2100:
            return False
        if len(written) > 1 and written[0] == "0" and written[1].isdecimal():
            return False
    elif not qualified and second is None and (number.value < 2 or not (number.exact or number.scale >= 100)):
        return False
    if second is not None and (second.high < first.low or source.word(second.next) in DASHES):
        return False
    if any(source.words[k].kind == "number" for k in (end, i - 1) if 0 <= k < len(source.words)):
        return False  # a phone number
    if source.word(end - 1) == "pm" and first.high <= 12:
        return False  # "3pm"; a rent of "500 pm" is by the month
    if previous_word == "to" and i > 1 and source.words[i - 2].kind == "number":
        return False  # "9 to 5" was looked at from its start
    if source.word(end) in source.book.label or (previous_word in {"'", "’"} and source.glued(i)):
        return False  # "31 March", "'27"
    previous = source.words[i - 1] if i > 0 else None
    if previous is None or previous.kind != "word":
        dialled = previous is not None and previous.text == ")" and i > 1 and source.words[i - 2].kind == "number"
        return previous is None or not (dialled or previous.text in {"+", "#"})
    if previous.text in _TIME_BEFORE and first.high <= 60 and not qualified:
        return False
    if previous.text == "of" and source.word(i - 2) in source.book.unit | {"out"}:
        return False  # "a team of 12", "9 out of 10"
    opens = i < 2 or source.word(i - 2) in {".", "!", "?"}
    return (
        opens
        or not source.text[previous.start].isupper()
        or previous.text == "i"
        or previous.text in source.book.function
    )


def _inside_code(source: MoneySource, i: int, end: int) -> bool:
    """True for the 1 of "{1}", "alert(1)", "x=1": a bare figure stands as a word of its own."""
    before = source.words[i - 1].text if i > 0 and source.glued(i) else ""
    after = source.words[end].text if end < len(source.words) and source.glued(end) else ""
    return before in _CODE_BEFORE or after in _CODE_AFTER
