"""The cues of a message: which rules of `patterns/*.jsonl` match, and where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from banter.extraction.message import Message, Token, read_message
from banter.extraction.phrases import MONEY, NUMBER
from banter.extraction.rulebooks import book, word_lists

__all__ = ["MONEY", "NUMBER", "Cue", "Message", "Token", "find", "labelled", "read_message", "word_lists"]


@dataclass(frozen=True)
class Cue:
    """A rule that matched: its label, its tokens `first` to `last` (inclusive), its characters `start` to `end`."""

    label: str
    first: int
    last: int
    start: int
    end: int


@lru_cache(maxsize=256)
def find(message: Message, file: str) -> tuple[Cue, ...]:
    """The cues of `patterns/<file>.jsonl` in `message`, in order of place."""
    keys = [token.key for token in message.tokens]
    tokens = message.tokens
    found = {Cue(label, a, b - 1, tokens[a].start, tokens[b - 1].end) for label, a, b in book(file).find(keys)}
    return tuple(sorted(found, key=lambda cue: (cue.first, cue.last, cue.label)))


def labelled(message: Message, file: str, *labels: str) -> list[Cue]:
    """The cues of `file` with one of `labels`."""
    return [cue for cue in find(message, file) if cue.label in labels]
