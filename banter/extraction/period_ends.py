"""The end of a month, a quarter or a year as a piece of work: "month end takes us 8 days" names no day."""

from __future__ import annotations

import re

_END = r"(?:month|quarter|year|period|half[- ]year)[- ]?(?:s[- ])?ends?\b"
#: Small words that make a day of it: "by month end", "before our year end".
_LEAD = (
    r"\b(?:by|before|until|till?|for|within|after|from|this|next|come|of|around|towards?|latest"
    r"|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october)"
    r"(?:[ ](?:the|this|our|next|each|calendar|financial|fiscal|\d{4}))*[ ]$"
)
_LEADS = re.compile(_LEAD, re.I)
_NAMED = re.compile(_END, re.I)
#: What is said of a piece of work, and of no day.
_AT_WORK = re.compile(
    r"(?:s?['’]s)?\s*(?::|(?:usually |always |still |just |really |simply |also |now |currently )*"
    r"(?:close|closing|closes|reporting|process|work|tasks?|accounts|takes?|took|taking|eats?|ate|costs?|keeps?|kept"
    r"|drags?|dragged|needs|lasts?|runs|ran|drives?|drove|kills?|is an?\b"
    r"|is (?:chaos|hell|slow|late|awful|painful|manual)|means)\b)",
    re.I,
)
_GOES_LIVE = re.compile(
    r"\b(?:live|launch|start|starting|running|ready|need it|want it|have it|in place|deadline)\b", re.I
)
_SENTENCE = re.compile(r"[.!?;\n]")


def work_at_period_ends(text: str, *, asked: bool) -> list[tuple[int, int]]:
    """The offsets of the ends of periods that are spoken of as work. `asked`: the text answers "when?", so that only
    what is plainly said of work counts ("month end takes 8 days"); else all that nothing makes a day of."""
    found = []
    for match in _NAMED.finditer(text):
        if _LEADS.search(text[: match.start()]):
            continue
        if _AT_WORK.match(text, match.end()) or not (asked or _GOES_LIVE.search(_sentence(text, match))):
            found.append(match.span())
    return found


def _sentence(text: str, match: re.Match[str]) -> str:
    breaks = [0, *(cut.end() for cut in _SENTENCE.finditer(text)), len(text)]
    start = max(at for at in breaks if at <= match.start())
    return text[start : min(at for at in breaks if at >= match.end())]
