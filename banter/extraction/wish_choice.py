"""Whether words choose a time at all: a statement that merely holds a number picks none, and a plain yes only says yes.

The words are data (`patterns/dates_wish.jsonl`): "choice" tells that a time is being chosen, "project" that something
else is spoken of, "filler" says nothing either way.
"""

from __future__ import annotations

from collections.abc import Sequence

from banter.extraction.text import Phrases, Word, phrase_books

#: Words of a clause that need no word of choosing: "ok 14:00 then".
_SHORT = 6
_VERY_SHORT = 2


def books() -> dict[str, Phrases]:
    """The phrases that wishes are read by, by kind."""
    return phrase_books("dates_wish.jsonl")


def is_about_choosing(sequence: Sequence[Word], *, day: bool) -> bool:
    """Whether a clause's ordinals and hours count: it is short, it names a `day`, or it has a word of choosing."""
    length = sum(word.kind != "mark" for word in sequence)
    if length <= _VERY_SHORT or has("choice", sequence):
        return True
    return not has("project", sequence) and (day or length <= _SHORT)


def has(kind: str, sequence: Sequence[Word]) -> bool:
    """Whether a phrase of a kind stands anywhere in a clause."""
    return any(books()[kind].match(sequence, i) for i in range(len(sequence)))


def counts_things(sequence: Sequence[Word], after: int) -> bool:
    """Whether the word behind a number is what is counted: "2 entities", "the second office"."""
    if after >= len(sequence) or sequence[after].kind != "word":
        return False
    known = ("filler", "choice", "yes", "any", "window", "weekday", "hour_hint", "am")
    return not any(kind in books() and books()[kind].match(sequence, after) for kind in known)


def is_only(kinds: Sequence[str], clauses: Sequence[Sequence[Word]], beside: Sequence[str] = ("filler",)) -> bool:
    """Whether a message holds phrases of `kinds`, and nothing else but those of `beside`, which tell nothing more."""
    found = False
    for sequence in clauses:
        i = 0
        while i < len(sequence):
            ends = [match[1] for kind in kinds if (match := books()[kind].match(sequence, i))]
            idle = [match[1] for kind in beside if (match := books()[kind].match(sequence, i))]
            if ends and max(ends) >= max(idle, default=0):
                found, i = True, max(ends)
            elif idle:
                i = max(idle)
            elif sequence[i].kind == "mark":
                i += 1
            else:
                return False
    return found
