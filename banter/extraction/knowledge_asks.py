"""What of a message may be a question that the owner has answered: a statement that answers ours never is."""

from __future__ import annotations

from dataclasses import dataclass

from banter.extraction.topics import Part, labels, parts, rules

_LONGEST = 2_000
#: A bare name of a thing ("data residency") is a question; one word alone, or a whole sentence, is not.
_BARE = range(2, 6)
_ENDS = (".", "!", "?", ";", "…")


@dataclass(frozen=True)
class Asked:
    """A part to look up. `plainly`: it asks in so many words, and is no mere name of a thing and no complaint."""

    text: str
    plainly: bool


def asked(text: str, *, tells: bool = False) -> tuple[Asked, ...]:
    """The parts of `text` to look up, in order. A part that only points back ("is that a problem?") stands for the one
    before it; one that goes on in the same sentence ("if we leave, do you delete it?") is also taken together with it.
    With `tells` also what is only told."""
    found: list[Asked] = []
    before: Part | None = None
    for part in parts(text[:_LONGEST]):
        marks = labels(rules("knowledge_forms.jsonl"), part.words)
        if "points_back" in marks and before is not None:
            found.append(Asked(before.text, True))
        elif _asks(part, marks):
            found.append(Asked(part.text, True))
            if before is not None and before.text.rstrip()[-1:] not in _ENDS:
                found.append(Asked(f"{before.text} {part.text}", True))
        elif (tells and "declines" not in marks) or _names(part, marks):
            found.append(Asked(part.text, False))
        before = part
    return tuple(found)


def _asks(part: Part, marks: dict[str, int]) -> bool:
    if part.asks or part.text.rstrip().endswith("?"):
        return True
    if "declines" in marks:
        return False
    if "begins" in marks and "statement" not in labels(rules("topics_forms.jsonl"), part.words):
        return True
    return "requests" in marks


def _names(part: Part, marks: dict[str, int]) -> bool:
    words = [word for word in part.words.split() if word[0].isalnum()]
    return not marks and len(words) in _BARE and not any(word[0].isdigit() for word in words)
