"""The words of a cue, and the words beside it."""

from __future__ import annotations

from banter.extraction.matching import Cue, Message


def every_word(message: Message) -> list[str]:
    return [token.key for token in message.tokens]


def words_of(message: Message, cue: Cue) -> list[str]:
    return message.keys(range(cue.first, cue.last + 1))


def before(message: Message, cue: Cue, count: int) -> list[str]:
    """The last `count` words before the cue, or as many as there are."""
    return message.keys(range(max(0, cue.first - count), cue.first))


def after(message: Message, cue: Cue, count: int) -> list[str]:
    """The first `count` words after the cue, or as many as there are."""
    return message.keys(range(cue.last + 1, min(cue.last + 1 + count, len(message.tokens))))


def written(message: Message, cue: Cue) -> str:
    """The cue as it stands in the message, in lower case."""
    return message.text[cue.start : cue.end].lower()
