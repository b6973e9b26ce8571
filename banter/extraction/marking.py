"""Which words of an answer its band rests on: a small model says yes or no to each word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from banter.extraction.actors import find_actors
from banter.extraction.linear import Linear
from banter.extraction.matching import Cue, Message, find
from banter.extraction.phrases import MONEY
from scoring.model import Dimension, Evidence

GROUPS = {"word": 1.0, "around": 0.8, "rules": 1.0}
#: Spans apart by no more than this many words are one.
_NEAR = 1
#: Words that tell nothing alone.
_EMPTY = frozenset(
    [
        *("a", "an", "the", "this", "that", "it", "and", "or", "as", "so"),
        *("in", "on", "at", "of", "to", "for", "from", "by", "with"),
        *("is", "are", "am", "was", "were", "be", "been", "has", "have", "had", "do", "does"),
    ]
)
_KINDS = {
    "money": "money",
    "budget": "approval",
    "authority": "decision",
    "need": "problem",
    "timeline": "date",
    "hedges": "hedge",
    "refusals": "refusal",
}


def token_signs(
    dimension: Dimension, band: str, message: Message, dates: Sequence[tuple[int, int]]
) -> list[Mapping[str, list[str]]]:
    """The signs of each token of `message`, given the band; `dates` are character offsets."""
    keys = ["#" if token.key[:1].isdigit() else token.key for token in message.tokens]
    rules: list[set[str]] = [set() for _ in keys]
    for cue in _cues(dimension, message):
        for i in range(cue.first, cue.last + 1):
            rules[i] |= {f"l {cue.label}", f"l {cue.label} {band}"}
    for actor in find_actors(message):
        for i in range(actor.first, min(actor.last + 1, len(keys))):
            named = "N" if actor.named else ""
            rules[i] |= {f"a {actor.kind}{named}", f"a {actor.kind}{named} {band}"}
    for i, token in enumerate(message.tokens):
        if any(start < token.end and token.start < end for start, end in dates):
            rules[i] |= {"date", f"date {band}"}
    rows = []
    for i, key in enumerate(keys):
        before, after = (["<", *keys][i], [*keys, ">"][i + 1])
        further = keys[i - 2] if i > 1 else "<", keys[i + 2] if i + 2 < len(keys) else ">"
        near = {f"l- {sign}" for sign in (rules[i - 1] if i else ())} | {
            f"l+ {sign}" for sign in (rules[i + 1] if i + 1 < len(keys) else ())
        }
        rows.append(
            {
                "word": [
                    f"w {key}",
                    f"w {key} {band}",
                    f"e {key[-3:]} {band}",
                    f"at {min(i, 3)} {band}",
                    f"band {band}",
                ],
                "around": [
                    f"< {before}",
                    f"> {after}",
                    f"< {before} {key}",
                    f"> {key} {after}",
                    f"<< {further[0]}",
                    f">> {further[1]}",
                    f"left {min(len(keys) - i, 4)}",
                ],
                "rules": sorted(rules[i] | near),
            }
        )
    return rows


def _cues(dimension: Dimension, message: Message) -> list[Cue]:
    return [cue for file in (dimension, "hedges", "refusals") for cue in find(message, file)]


def marked(
    model: Linear, dimension: Dimension, band: str, message: Message, dates: Sequence[tuple[int, int]]
) -> tuple[Evidence, ...]:
    """The spans that `band` rests on by `model`, in order; at least one where the message has a word."""
    rows = token_signs(dimension, band, message, dates)
    said = [i for i, token in enumerate(message.tokens) if any(c.isalnum() for c in token.key) or token.key == MONEY]
    if not said:
        return ()
    margin = {i: model.margin("evidence", "yes", rows[i]) for i in said}
    chosen = [i for i in said if margin[i] > 0] or [max(said, key=lambda i: margin[i])]
    spans: list[list[int]] = []
    for i in chosen:
        if spans and _one_span(message, spans[-1][1], i):
            spans[-1][1] = i
        else:
            spans.append([i, i])
    found = []
    for first, last in _that_say_something(message, spans):
        start, end = message.tokens[first].start, message.tokens[last].end
        found.append(Evidence(message.text[start:end], start, end, _kind(dimension, message, first, last, dates)))
    return tuple(found)


def _that_say_something(message: Message, spans: list[list[int]]) -> list[list[int]]:
    """The spans without those that are a "the" or an "in" alone; all of them where there are no others."""
    telling = [
        span for span in spans if any(token.key not in _EMPTY for token in message.tokens[span[0] : span[1] + 1])
    ]
    return telling or spans


def _one_span(message: Message, last: int, i: int) -> bool:
    """Whether two chosen words belong together. An amount stands for itself: it may be corrected and the rest stay."""
    amounts = {message.tokens[last].key == MONEY, message.tokens[i].key == MONEY}
    return i - last <= 1 + _NEAR and message.sentences[i] == message.sentences[last] and len(amounts) == 1


def _kind(dimension: Dimension, message: Message, first: int, last: int, dates: Sequence[tuple[int, int]]) -> str:
    if any(message.tokens[i].key == MONEY for i in range(first, last + 1)):
        return "money"
    if any(start < message.tokens[last].end and message.tokens[first].start < end for start, end in dates):
        return "date"
    inside = [
        file
        for file in (dimension, "hedges", "refusals")
        for cue in find(message, file)
        if cue.first <= last and first <= cue.last
    ]
    return _KINDS[inside[0]] if inside else "statement"
