"""The signs that the trained models read: what the rules found in a message, how it is built, and its words.

Signs are strings in groups. A group counts the same whether a message shows two of its signs or two hundred.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from banter.extraction.actors import Actor, find_actors
from banter.extraction.authority import parts_played
from banter.extraction.hedges import NEGATIONS
from banter.extraction.matching import Message, find
from banter.extraction.phrases import MONEY
from scoring.model import Answer, Dimension

Signs = Mapping[str, Sequence[str]]
#: How much each group weighs. Chosen by cross-validation over the authors of `corpus/train`.
WEIGHTS = {
    "words": 1.0,
    "letters": 0.7,
    "stems": 1.0,
    "end": 0.6,
    "build": 0.7,
    "question": 0.25,
    "rules": 0.3,
    "band": 1.0,
}
#: Where dates are counted, the rules know best.
RULES_IN_TIMELINE = 1.2
_MOST_WORDS = 80
_LONG = 8
_CLAUSE_ENDS = frozenset([".", "!", "?", ";", "but", ","])
_ENDINGS = ("ing", "ed", "es", "s", "ly", "er")
_JOINTS = frozenset(["but", "?", MONEY, "if", "unless", "until", "once", "when", "and", "or"])


def signs(dimension: Dimension, message: Message, rule: Answer, question: Sequence[str] = ()) -> Signs:
    """The signs of an answer on `dimension`: `message` with its amounts as one word each, what the rules read, and the
    words of the question it answers."""
    keys = [token.key for token in message.tokens[:_MOST_WORDS]]
    actors = find_actors(message)
    words = [_word(key) for key in keys if _says(key)]
    return {
        "words": sorted({*_words(words), *_kinds(message, actors)}),
        "letters": sorted(set(_letters(words))),
        "stems": sorted({f"m {sign}" for sign in _ones_and_twos([_stem(word) for word in words])}),
        "end": sorted({f"z {sign}" for sign in _ones_and_twos(_last_clause(keys))}),
        "build": sorted(_build(dimension, message, actors)),
        "question": sorted(_question(question, words, len(keys))),
        "rules": sorted(_rules(message, rule)),
    }


def with_band(found: Signs, band: str) -> Signs:
    """`found` and the band, for the labels that depend on it."""
    return {**found, "band": [f"band {band}"]}


def _says(key: str) -> bool:
    return key in ("?", MONEY) or any(c.isalnum() for c in key)


def _word(key: str) -> str:
    return "#" if key[:1].isdigit() else key


def _ones_and_twos(words: Sequence[str]) -> Iterator[str]:
    yield from words
    yield from (f"{a} {b}" for a, b in itertools.pairwise(["<", *words, ">"]))


def _words(words: Sequence[str]) -> Iterator[str]:
    yield from (f"w {sign}" for sign in _ones_and_twos(words))


def _letters(words: Sequence[str]) -> Iterator[str]:
    """Groups of four letters, which outlast typing errors."""
    for word in words:
        padded = f" {word} "
        yield from (f"c {padded[i : i + 4]}" for i in range(len(padded) - 3))


def _kinds(message: Message, actors: Sequence[Actor]) -> Iterator[str]:
    """The words with every named person or role as one sign: "@who signs"."""
    people = {i for a in actors if a.named and a.kind != "together" for i in range(a.first, a.last + 1)}
    line: list[str] = []
    for i, token in enumerate(message.tokens[:_MOST_WORDS]):
        if _says(token.key):
            kind = "@who" if i in people else _word(token.key)
            if not (kind == "@who" and line and line[-1] == "@who"):
                line.append(kind)
    yield from (f"w {sign}" for sign in _ones_and_twos(line))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def _last_clause(keys: Sequence[str]) -> list[str]:
    cut = max((i for i, key in enumerate(keys[:-2]) if key in _CLAUSE_ENDS), default=-1)
    return [_word(key) for key in keys[cut + 1 :]]


def _build(dimension: Dimension, message: Message, actors: Sequence[Actor]) -> set[str]:
    """Who does what, in order: the rules that matched, the people spoken of, the joints; one to three at a time."""
    line = ["^", *_skeleton(dimension, message, actors), "$"]
    found = {f"k {' '.join(line[i : i + n])}" for n in (1, 2, 3) for i in range(len(line) - n + 1)}
    if len(line) < _LONG:
        found.add(f"k= {' '.join(line)}")
    if dimension == "authority":
        parts = parts_played(message, actors)
        found |= {f"f {part}" for part in parts}
        found |= {f"f {a} {b}" for a, b in itertools.combinations(parts, 2)}
    return found


def _skeleton(dimension: Dimension, message: Message, actors: Sequence[Actor]) -> Iterator[str]:
    cues: dict[int, list[str]] = {}
    for file in (dimension, "hedges", "refusals"):
        for cue in find(message, file):
            cues.setdefault(cue.first, []).append(cue.label)
    people = {actor.first: f"@{actor.kind}{'N' if actor.named else ''}" for actor in actors}
    for i, token in enumerate(message.tokens):
        if i in people:
            yield people[i]
        yield from cues.get(i, ())
        if i in people or i in cues:
            continue
        if token.key in NEGATIONS:
            yield "not"
        elif token.key in _JOINTS:
            yield token.key
        elif token.key in (".", "!", ";"):
            yield "."


def _question(question: Sequence[str], words: Sequence[str], length: int) -> set[str]:
    """What was asked; a short answer means little without it."""
    found = {f"q {asked}" for asked in question}
    if length <= _LONG:
        said = [word for word in words if word.isalpha()][:3]
        found |= {f"q {asked} {word}" for asked in question for word in said}
    return found


def _rules(message: Message, rule: Answer) -> Iterator[str]:
    length, amounts = len(message.tokens), sum(token.key == MONEY for token in message.tokens)
    yield f"length {min(length, 4) if length < 5 else 6 if length < 8 else 12 if length < 16 else 30}"
    yield f"amounts {min(amounts, 3)}"
    yield f"rule {rule.band}"
    yield f"rule {rule.band} {rule.specificity}"
    yield f"rule {rule.band} {rule.commitment}"
    yield f"specificity {rule.specificity}"
    yield f"commitment {rule.commitment}"
    if message.text.rstrip().endswith("?"):
        yield "asks back"
