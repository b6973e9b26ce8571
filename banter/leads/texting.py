"""Messages as text messages: choices by number, plain characters, and how many segments are paid for. Pure."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from banter.leads.gsm7 import ONE_MESSAGE, foreign, septets

#: Channels that have no buttons.
NUMBERED = ("sms",)
Buttons = Sequence[Sequence[str]]

#: Typographic characters that the plain alphabet has not, and what is as good; one of them would halve what fits.
_PLAIN = {
    **dict.fromkeys("\u2018\u2019\u201a\u2032\u02bc`\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\t", " "),
    **dict.fromkeys("\u2022\u00b7", "-"),
    **dict.fromkeys("\u200b\u200c\u2060\ufeff\u00ad", ""),
    "\u2026": "...",
    "\u00d7": "x",
    "\u2192": "->",
}
_TABLE = str.maketrans(_PLAIN)
_IN_PARTS = 153  # of a long message each part carries where it belongs
_UCS2, _UCS2_IN_PARTS = 70, 67
_NUMBER = re.compile(r"\W*(?:(?:no|nr|number|option)\.?\s*)?#?([1-9])\W*", re.IGNORECASE)


@dataclass(frozen=True)
class Segments:
    """`encoding` is GSM-7 or UCS-2; `units` are places of it, `count` is what is paid for."""

    encoding: str
    units: int
    count: int


def plain(text: str) -> str:
    """`text` with typographic characters written plainly."""
    return text.translate(_TABLE)


def as_text(text: str, buttons: Buttons = ()) -> str:
    """What is sent: the text, and below it the choices, each with the number that picks it."""
    lines = [plain(text), *(f"{number} {plain(title)}" for number, (title, _) in enumerate(buttons, start=1))]
    return "\n".join(lines)


def segments(text: str) -> Segments:
    """How `text` is sent, and in how many parts."""
    if foreign(text):
        units = len(text.encode("utf-16-le")) // 2
        return Segments("UCS-2", units, 1 if units <= _UCS2 else math.ceil(units / _UCS2_IN_PARTS))
    units = septets(text)
    return Segments("GSM-7", units, 1 if units <= ONE_MESSAGE else math.ceil(units / _IN_PARTS))


def picked(text: str, buttons: Buttons) -> str | None:
    """The value of the choice whose number, and nothing else, the visitor wrote: "2", "no. 2", "(2)"."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None or not 0 < int(found[1]) <= len(buttons):
        return None
    return buttons[int(found[1]) - 1][1]
