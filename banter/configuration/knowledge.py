"""`answers.yml`: questions the owner has answered already, for visitors and for customers. The file may be missing."""

from __future__ import annotations

import re

from banter.configuration import values
from banter.configuration.section import Section
from banter.leads.playbook import Knowledge, Known

FILE = "answers.yml"
KEYS = ("visitors", "customers")
ENTRY_KEYS = ("key", "asks", "answer")
_LONGEST_ASK = 150
_LONGEST_ANSWER = 600
_MOST_ASKS = 10
_MOST_ENTRIES = 300
_LIKE = "[{key: free-trial, asks: [is there a free trial], answer: 'Yes, 30 days.'}]"


def read_knowledge(section: Section) -> Knowledge:
    """What is known; each list may be left out or empty. After a fault the caller does not use it."""
    section.only(*KEYS)
    keys: dict[str, int] = {}
    return Knowledge(*(_entries(section, name, keys) for name in KEYS))


def _entries(section: Section, name: str, keys: dict[str, int]) -> tuple[Known, ...]:
    """One list. Keys are apart in the whole file, wordings in the list: each list is searched on its own."""
    if not section.has(name):
        return ()
    items = section.items(name, _LIKE)
    if len(items) > _MOST_ENTRIES:
        section.fault(f"holds {len(items):,} entries; {_MOST_ENTRIES:,} is the most", name)
    found: list[Known] = []
    wordings: dict[str, int] = {}
    for place, item in enumerate(items, start=1):
        below = section.as_section(item, name, str(place))
        entry = _entry(below, keys, wordings) if below is not None else None
        if entry is not None:
            found.append(entry)
    return tuple(found)


def _entry(section: Section, keys: dict[str, int], wordings: dict[str, int]) -> Known | None:
    section.only(*ENTRY_KEYS)
    key = section.value("key", values.slug, "free-trial")
    if key is not None:
        if key in keys:
            section.fault(f"'{key}' is taken by the entry in line {keys[key]}; give each its own", "key")
        keys.setdefault(key, section.names["key"].line)
    asks = _asks(section, wordings)
    answer = section.text("answer", "Yes, 30 days.", most=_LONGEST_ANSWER)
    return Known(key, asks, " ".join(answer.split())) if key is not None else None


def _asks(section: Section, wordings: dict[str, int]) -> tuple[str, ...]:
    asks = section.values("asks", _wording, "[is there a free trial, can I try it first]")
    items = section.names["asks"].value if section.has("asks") else None
    if not isinstance(items, tuple):
        return asks
    if not items:
        section.fault("holds no question; write two or more ways of asking", "asks")
    if len(items) > _MOST_ASKS:
        section.fault(f"holds {len(items)} ways of asking; {_MOST_ASKS} is the most", "asks")
    lines = {item.raw.strip(): item.line for item in reversed(items)}  # the very same twice is told above
    for ask in asks:
        same = _letters(ask)
        if same in wordings:
            section.fault(f"'{ask}' is asked in line {wordings[same]} already; leave one out", "asks", line=lines[ask])
        wordings.setdefault(same, lines[ask])
    return asks


def _wording(raw: str) -> str:
    words = raw.strip()
    if not _letters(words) or not words.isprintable():
        raise values.Unfit("holds no word; write a question as people ask it")
    if len(words) > _LONGEST_ASK:
        raise values.Unfit(f"is {len(words)} characters long; {_LONGEST_ASK} is the most")
    return words


def _letters(text: str) -> str:
    """What makes two wordings the same: capitals, signs and spaces do not."""
    return " ".join(re.findall(r"\w+", text.lower()))
