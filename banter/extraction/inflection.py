"""The usual endings of English words, for patterns: `approve~` stands for approve, approves, approved, approving."""

from __future__ import annotations

import re

_IRREGULAR = {
    "have": "have has had having",
    "be": "be is are am was were been being",
    "do": "do does did doing done",
    "get": "get gets got gotten getting",
    "go": "go goes went gone going",
    "make": "make makes made making",
    "take": "take takes took taken taking",
    "spend": "spend spends spent spending",
    "lose": "lose loses lost losing loosing",
    "break": "break breaks broke broken breaking",
    "give": "give gives gave given giving",
    "hold": "hold holds held holding",
    "say": "say says said saying",
    "set": "set sets setting",
    "put": "put puts putting",
    "run": "run runs ran running",
    "pay": "pay pays paid paying",
    "find": "find finds found finding",
    "cost": "cost costs costing",
    "eat": "eat eats ate eaten eating",
    "think": "think thinks thought thinking",
    "know": "know knows knew known knowing",
    "keep": "keep keeps kept keeping",
    "leave": "leave leaves left leaving",
    "tell": "tell tells told telling",
    "speak": "speak speaks spoke spoken speaking",
    "see": "see sees saw seen seeing",
    "choose": "choose chooses chose chosen choosing",
    "write": "write writes wrote written writing",
    "fall": "fall falls fell fallen falling",
    "slip": "slip slips slipped slipping",
    "need": "need needs needed needing",
    "begin": "begin begins began begun beginning",
    "quit": "quit quits quitting",
    "miss": "miss misses missed missing",
    "sign": "sign signs signed signing",
    "send": "send sends sent sending",
    "let": "let lets letting",
    "come": "come comes came coming",
    "meet": "meet meets met meeting",
    "hear": "hear hears heard hearing",
    "drown": "drown drowns drowned drowning",
    "freeze": "freeze freezes froze frozen freezing",
}
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")


def inflected(word: str) -> set[str]:
    """`word` itself; with a `~` at its end, the verb or noun before it with its usual endings."""
    if not word.endswith("~"):
        return {word}
    stem = word[:-1]
    if stem in _IRREGULAR:
        return set(_IRREGULAR[stem].split())
    if stem.endswith("e"):
        return {stem, stem + "s", stem + "d", stem[:-1] + "ing"}
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return {stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"}
    if stem.endswith(("s", "x", "ch", "sh", "z")):
        return {stem, stem + "es", stem + "ed", stem + "ing"}
    if _DOUBLED.match(stem):
        last = stem[-1]
        return {stem, stem + "s", stem + last + "ed", stem + last + "ing"}
    return {stem, stem + "s", stem + "ed", stem + "ing"}
