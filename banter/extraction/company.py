"""The speaker's company by name: "we're Harper & Sons", "I work at Acme Tools". None is better than a wrong one."""

from __future__ import annotations

import re
from functools import lru_cache

from banter.extraction.mail import words
from banter.extraction.rulebooks import rows
from banter.extraction.spelling import common_words

_WORD = r"[^\W\d_a-z][^\W\d_]*(?:['’.\-][^\W\d_]+)*"  # begins with a capital
_AND = r"(?:&\s|and\s(?=Sons\b|Co\b|Partners\b|Daughters\b|Brothers\b))?"
_NAME = rf"((?:{_WORD}|[A-Z0-9][\w&.-]*)(?:\s{_AND}{_WORD}){{0,3}})"
_COMPANY = re.compile(
    rf"\b(from|at|for|with|of|company(?: is|:)?|(?:company|business|firm|shop) is called|representing)\s+{_NAME}"
)
_WE_ARE = re.compile(
    rf"(?:^|[.!?,;]\s+|\b(?:[Hh]i|[Hh]ello|[Hh]ey)\s+)(?:[Ww]e['’]?re|[Ww]e are)(?: called)?\s+{_NAME}"
    r"(?=\s*(?:$|[,.;!(–-]|\b(?:in|from|based|a|an|and|here)\b))"
)
_WORKS = re.compile(r"\b(?:i|we) (?:work|am|run|own|lead)\b|['’]m\b|\b(?:this is|name is|name['’]?s|here)\b", re.I)
_AFTER_NAME = re.compile(
    rf"\bi (?:work|run|lead) |\bwe (?:work|run|lead) |\b(?:name is|this is|['’]m|i am) {_WORD}(?: {_WORD})? ?$", re.I
)


def find_company(text: str) -> tuple[str, int, int] | None:
    """The name and where it stands: `text[start:end]` is the name."""
    for match in _COMPANY.finditer(text):
        found = _whole(text, match, 2)
        if found is None:
            continue
        name = found[0]
        parts = name.split()
        legal = any(word.rstrip(".") in words("legal_forms") for word in parts[1:])
        plain = all(word.lower() not in words("not_names") for word in parts)
        near = text[max(0, match.start() - 40) : match.start()]
        lead = match.group(1)
        if (
            (legal and not _somebody_else(near))
            or (plain and lead in ("from", "at", "for", "with", "of") and not _is_place(name) and _says_who(near, lead))
            or (plain and lead.startswith(("company", "business", "firm", "shop", "representing")))
        ):
            return found
    for match in _WE_ARE.finditer(text):
        found = _whole(text, match, 1)
        if found is not None and _is_firm(found[0]):
            return found
    return None


def _whole(text: str, match: re.Match[str], group: int) -> tuple[str, int, int] | None:
    name = match.group(group).rstrip(".-")
    if not any(char.isalpha() for char in name):
        return None
    return (name, match.start(group), match.start(group) + len(name)) if name else None


def _is_firm(name: str) -> bool:
    """For "we're X": several capitals, an ampersand or a legal form, or a word that is no ordinary one and no place."""
    parts = name.split()
    if all(word.lower() in words("not_names") or word.isdigit() for word in parts) or _is_place(name):
        return False
    if len(parts) > 1:
        return not _is_place(parts[0]) or parts[-1].rstrip(".") in words("legal_forms")
    return name.lower() not in common_words() and len(name) > 2 and not any(char.isdigit() for char in name)


def _says_who(before: str, lead: str) -> bool:
    """True for "I'm Pat from", "I work at", "Controller at": not for "leads from Facebook", "call me at"."""
    if re.search(r"[.!?]\s*$", before):
        return False
    if lead in ("at", "of", "for", "with") and _title_before(before):
        return lead != "of" or not re.search(r"\b(?:head|director|vp|manager|chief|president)\s*$", before, re.I)
    if re.search(r"\bwork(?:s|ing)? $", before, re.I) and lead == "with":
        return False  # "we work with Opera": a product, or a customer
    if lead == "of" or (lead in ("for", "at", "with") and not _AFTER_NAME.search(before)):
        return False
    return bool(_WORKS.search(before))


_MINE = re.compile(
    r"(?:^|[.!?,;]\s*|\b(?:i am|i['’]?m|as|hi|hello|here|is|i work as)\s+)(?:the |a |an |one of the )?[\w\s/-]{0,30}$",
    re.I,
)
_NOT_MINE = re.compile(r"\b(?:my|our|your|his|her|their|used to be|was|not|with the|spoke|former)\b", re.I)


def _title_before(before: str) -> bool:
    """True when a title of the speaker's own ends there: "I'm the controller at", "Head of ecommerce at"."""
    last = re.findall(r"[a-z]+", before.lower())[-3:]
    if not last or not (_heads() & set(last[-1:]) or ({"of", "head"} & set(last) and _heads() & set(last))):
        return False
    return _MINE.search(before) is not None and _NOT_MINE.search(before) is None


def _somebody_else(before: str) -> bool:
    return (
        re.search(
            r"\b(?:invoice|customer|client|supplier|vendor|competitor|quote|offer|mail|letter|contract)s?\b",
            before,
            re.I,
        )
        is not None
    )


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(
        word for row in rows("facts_roles") if row["label"].startswith("@head_") for word in row["pattern"].split()
    )


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    named = [
        name
        for row in rows("facts_places")
        for name in (*row.get("names", ()), *row.get("people", ()), *row.get("cities", ()))
    ]
    return frozenset(name.lower() for name in named)


def _is_place(name: str) -> bool:
    return name.lower() in _places()
