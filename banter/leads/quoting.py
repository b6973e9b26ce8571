"""A visitor's own words, fit to be said back or to stand in a mail. Pure."""

from __future__ import annotations

import re

from banter.leads.model import Lead
from scoring.model import Answer, Dimension

MOST_QUOTED = 160
_TOLD: tuple[Dimension, ...] = ("need", "budget", "authority", "timeline")  # in a summary, the problem first
_EACH = 60  # characters of one answer, in a summary

_LINK = re.compile(r"https?:|www\.|@|\w\.[a-z]{2,}\b", re.IGNORECASE)  # a wrong guess costs a quotation, no more
_SENTENCE_END = re.compile(r"[.!?;](?:\s|$)|\n")


def own_words(answer: Answer, most: int = MOST_QUOTED) -> str | None:
    """What was said, in one line of some `most` characters without quotation marks; None where nothing can be quoted.

    Words that hold a link or an address are never repeated: a stranger could use us to send theirs.
    """
    words = clean(_that_matter(answer, most), most)
    return None if not words or holds_link(words) else words


def summary(lead: Lead, most: int) -> str:
    """What was said so far, in their own words, in `most` characters: "month end takes six days", "the board signed off
    20k". Empty when nothing was, or nothing that can be repeated. In the plain SMS alphabet where they wrote in
    that."""
    said = (lead.answers[d] for d in _TOLD if d in lead.answers and lead.answers[d].said)
    words = (own_words(answer, min(_EACH, most - 6)) for answer in said)
    kept: list[str] = []
    for text in dict.fromkeys(each.replace("…", "...") for each in words if each is not None):
        if len(", ".join((*kept, f'"{text}"'))) <= most:
            kept.append(f'"{text}"')
    return ", ".join(kept)


def quoted(words: str) -> str:
    return f"“{words}”"


def holds_link(text: str) -> bool:
    return _LINK.search(text) is not None


def clean(text: str, most: int = MOST_QUOTED) -> str:
    """One line without control characters, braces or quotes of its own, cut at a word."""
    swap = str.maketrans({"{": "(", "}": ")", "“": "'", "”": "'", '"': "'"})
    line = " ".join("".join(c if c.isprintable() else " " for c in text.translate(swap)).split()).strip(" .,;:!-'")
    if len(line) <= most:
        return line
    return line[: most + 1].rsplit(" ", 1)[0][:most].rstrip(" .,;:!-") + " …"


def _that_matter(answer: Answer, most: int) -> str:
    """The sentences that the evidence stands in; the evidence alone when they are long; without any, what was said."""
    if not answer.evidence:
        return answer.text
    start = min(evidence.start for evidence in answer.evidence)
    end = max(evidence.end for evidence in answer.evidence)
    before = [match.end() for match in _SENTENCE_END.finditer(answer.text) if match.end() <= start]
    after = _SENTENCE_END.search(answer.text, max(end - 1, 0))
    sentences = answer.text[before[-1] if before else 0 : after.start() if after else len(answer.text)]
    return sentences if len(sentences) <= most else answer.text[start:end]
