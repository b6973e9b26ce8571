"""Visitors who are not buyers, by their own words: a student, a job seeker, a vendor, a competitor."""

from __future__ import annotations

from banter.extraction.topics import labels, parts, rules


def find_disqualifier(text: str) -> str | None:
    """One of DISQUALIFIERS when the speaker says it of themselves, else None. Never for "we sell to students"."""
    return disqualifier_of(tuple(part.words for part in parts(text)))


def disqualifier_of(sentences: tuple[str, ...]) -> str | None:
    """The same, for parts that are already cut and marked."""
    book = rules("disqualifiers.jsonl")
    whole = "".join(sentences)
    found = labels(book, whole)
    buys, denies = found.pop("buyer", None), found.pop("not", None)
    offers = found.pop("offers", None)
    if denies is not None:
        return None
    if found:
        return min(found, key=lambda name: (found[name], name))
    # "we offer cleaning services" is a pitch, unless the same message says what they need themselves.
    return "vendor" if offers is not None and buys is None else None
