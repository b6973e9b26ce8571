"""What of a message may be a question that the owner has answered: a statement that answers ours never is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from banter.extraction.topics import Part, labels, marked, parts, rules

_LONGEST = 2_000
#: A bare name of a thing ("data residency") is a question; one word alone, or a whole sentence, is not.
_BARE = range(2, 6)
#: Where a second question begins in a sentence.
_AND = re.compile(
    r",?\s+(?:and|also|plus|or|but)\s+(?=(?:what|how|where|who|when|which|is|are|does|do|can|could|will|would)\b)", re.I
)
#: "our IT guy wants to know if": who asks is not what is asked.
_LEAD_IN = re.compile(
    r"^[^?!.]{0,60}?\b(?:(?:wants?|likes?|love|needs?) to (?:know|understand|ask|hear|learn)|wonder(?:s|ed|ing)?"
    r"|curious|asking|asked(?: me)?|(?:tell|let) (?:me|us)(?: know)?)\b\s*"
    r"(?=(?:if|whether|how|what|where|who|when|which|about)\b)",
    re.I,
)
_FEW = 12
_BACK = frozenset(("that", "this", "those", "them", "they", "it", "there", "both", "then", "one", "workable"))
_ENDS = (".", "!", "?", ";", "…")


@dataclass(frozen=True)
class Asked:
    """Words to look up, and the part of the message they are. `plainly`: it asks in so many words, and is no mere name
    of a thing and no complaint."""

    text: str
    plainly: bool
    part: Part


def asked(text: str, *, tells: bool = False) -> tuple[Asked, ...]:
    """The parts of `text` to look up, in order. A part that only points back ("is that a problem?") stands for the one
    before it; one that goes on in the same sentence ("if we leave, do you delete it?") is also taken together with it.
    With `tells` also what is only told."""
    return tuple(Asked(_LEAD_IN.sub("", each.text), each.plainly, each.part) for each in _asked(text, tells))


def _asked(text: str, tells: bool) -> list[Asked]:
    found: list[Asked] = []
    before: Part | None = None
    for part in pieces(text):
        marks = labels(rules("knowledge_forms.jsonl"), part.words)
        if "defines" in marks:
            pass  # what a word means is no question about the product
        elif "points_back" in marks and before is not None:
            found.append(Asked(before.text, True, part))
        elif _asks(part, marks):
            found.append(Asked(part.text, True, part))
            if before is not None and (before.text.rstrip()[-1:] not in _ENDS or _points_back(part)):
                found.append(Asked(f"{before.text} {part.text}", True, part))
        elif (tells and "troubles" in marks) or _names(part, marks):
            found.append(Asked(part.text, False, part))
        before = part
    return found


def pieces(text: str) -> list[Part]:
    """The parts of `text`, with two questions in one sentence apart: "how long is it and what does it cost?"."""
    found = []
    for part in parts(text[:_LONGEST]):
        edges = [0, *(match.start() for match in _AND.finditer(part.text)), len(part.text)]
        if len(edges) == 2:
            found.append(part)
            continue
        for start, end in pairwise(edges):
            piece = part.text[start:end]
            words = marked(piece)
            forms = labels(rules("topics_forms.jsonl"), words)
            asks = "interrogative" in forms and "statement" not in forms
            found.append(Part(piece, part.start + start, part.start + end, words, asks))
    return found


def _asks(part: Part, marks: dict[str, int]) -> bool:
    if part.asks or part.text.rstrip().endswith("?"):
        return True
    if "declines" in marks:
        return False
    if "begins" in marks and "statement" not in labels(rules("topics_forms.jsonl"), part.words):
        return True
    return "requests" in marks


def _points_back(part: Part) -> bool:
    """A few words about what was said before: "can it do that?"."""
    words = part.words.split()
    return len(words) < _FEW and not _BACK.isdisjoint(words)


def _names(part: Part, marks: dict[str, int]) -> bool:
    words = [word for word in part.words.split() if word[0].isalnum()]
    return not marks and len(words) in _BARE and not any(word[0].isdigit() for word in words)
