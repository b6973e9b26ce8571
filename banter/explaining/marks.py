"""Where in a transcript the words stand that an answer rests on. Pure: texts in, pieces of text out, none escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.model import DIMENSIONS, Answer, Dimension

#: An answer that is put together from more lines than this is looked for as one message only.
MOST_LINES = 40


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text, and what they speak for."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Segment:
    """A piece of a text. Without labels it is plain."""

    text: str
    labels: tuple[str, ...] = ()


def segments(text: str, spans: Iterable[Span]) -> tuple[Segment, ...]:
    """`text` cut into plain and marked pieces, in order; put together they are `text` again.

    Spans that overlap, or touch and say the same, become one piece with the labels of all. What lies outside of the
    text is cut off.
    """
    merged: list[tuple[int, int, tuple[str, ...]]] = []
    for start, end, label in sorted((max(0, s.start), min(len(text), s.end), s.label) for s in spans):
        if start >= end:
            continue
        if merged and (start < merged[-1][1] or (start == merged[-1][1] and merged[-1][2] == (label,))):
            first, last, labels = merged.pop()
            merged.append((first, max(last, end), labels if label in labels else (*labels, label)))
        else:
            merged.append((start, end, (label,)))
    pieces: list[Segment] = []
    at = 0
    for start, end, labels in merged:
        if at < start:
            pieces.append(Segment(text[at:start]))
        pieces.append(Segment(text[start:end], labels))
        at = end
    if at < len(text):
        pieces.append(Segment(text[at:]))
    return tuple(pieces)


def find(
    answers: Mapping[Dimension, Answer],
    messages: Sequence[str],
    *,
    asked: Sequence[Dimension] = (),
    labels: Mapping[Dimension, str],
) -> list[list[tuple[Dimension, Span]]]:
    """For each of the visitor's messages, what of it speaks for which dimension.

    An answer is one message, or several joined by line breaks. Where the visitor sent the same words more than once,
    the answers take them in the order in which they were `asked`.
    """
    found: list[list[tuple[Dimension, Span]]] = [[] for _ in messages]
    taken: set[int] = set()
    for dimension in dict.fromkeys((*asked, *DIMENSIONS)):
        answer = answers.get(dimension)
        if answer is None:
            continue
        free = [None if number in taken else said for number, said in enumerate(messages)]
        parts = _parts(answer.text, free) or _parts(answer.text, messages)
        taken.update(number for number, _ in parts)
        for number, offset in parts:
            said = messages[number]
            # The dialogue trims a message before it is read; the transcript keeps it as typed.
            shift = len(said) - len(said.lstrip()) - offset
            begin, finish = offset, offset + len(said.strip())
            for evidence in answer.evidence:
                start, end = max(evidence.start, begin), min(evidence.end, finish)
                if start < end:
                    found[number].append((dimension, Span(start + shift, end + shift, labels[dimension])))
    return found


def _parts(text: str, messages: Sequence[str | None]) -> list[tuple[int, int]]:
    """The messages (by number, in order) that `text` is made of, each with the offset at which it begins there."""
    places: dict[str, list[int]] = {}
    for number, said in enumerate(messages):
        if said is not None and said.strip():
            places.setdefault(said.strip(), []).append(number)
    if text.strip() in places:
        return [(places[text.strip()][0], len(text) - len(text.lstrip()))]
    ends = [at for at, character in enumerate(text) if character == "\n"]
    if len(ends) > MOST_LINES:
        return []
    # For each offset where a message may begin: the messages up to there, those found soonest.
    chains: dict[int, list[tuple[int, int]]] = {0: []}
    for end in (*ends, len(text)):
        for begin, chain in list(chains.items()):
            last = chain[-1][0] if chain else -1
            place = next((n for n in places.get(text[begin:end], ()) if n > last), None)
            if place is not None and (end + 1 not in chains or place < chains[end + 1][-1][0]):
                chains[end + 1] = [*chain, (place, begin)]
    return chains.get(len(text) + 1, [])
