"""The words of questions and what they mean: `patterns/knowledge_concepts.jsonl` and `knowledge_words.jsonl`.

A row `{"concept": "trial", "weight": 0.5, "is": ["test"], "words": ["free trial", "try it"]}` lists words and phrases
that stand for one thing people ask about. `weight`, 1 when left out, is what the concept tells of a question's topic
("how long" tells less than "contract"); `is` names the wider concepts that it belongs to. A phrase may stand for
several; with `"apart": true` each of its phrases is a thing of its own.

A row `{"pair": "setup_time", "first": ["how_long"], "second": ["setup"]}` makes a concept of two said together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from banter.extraction.text import pattern_rows
from banter.extraction.topics import plain

_ENDINGS = ("ing", "ed", "es", "s")
_DOUBLED = re.compile(r"([bdgklmnprt])\1$")
_IT = re.compile(r"\bIT\b")
_VOWEL = re.compile(r"[aeiouy]")
#: A concept that stands for a wider one is that much of it.
WIDER = 0.7


@dataclass(frozen=True)
class Unit:
    """A phrase of a question: what it may mean, each meaning with how surely (1 is said outright)."""

    means: Mapping[str, float]
    text: str


@dataclass(frozen=True)
class Lexicon:
    """All that is known of words. `tree` holds the phrases, word stem by word stem."""

    tree: Mapping[str, Any]
    weights: Mapping[str, float]
    wider: Mapping[str, tuple[str, ...]]
    skipped: frozenset[str]
    dropped: frozenset[str]  # as they stand, whatever a phrase makes of their stem
    light: frozenset[str]
    base: Mapping[str, str]
    pairs: tuple[tuple[str, frozenset[str], frozenset[str]], ...]
    words: frozenset[str] = field(default_factory=frozenset)  # every word that some phrase holds, as written


@cache
def lexicon() -> Lexicon:
    rows, others = pattern_rows("knowledge_concepts.jsonl"), pattern_rows("knowledge_words.jsonl")
    lists = {row["list"]: frozenset(row["words"]) for row in others if "list" in row}
    base = {word: row["same"] for row in others if "same" in row for word in row["words"]}
    tree: dict[str, Any] = {}
    weights = {row["concept"]: float(row.get("weight", 1.0)) for row in rows}
    for row in rows:
        for phrase in row["words"]:
            node, name = tree, row["concept"]
            if row.get("apart"):
                name = f"{name}: {phrase}"
                weights[name] = weights[row["concept"]]
            for word in spoken(phrase):
                node = node.setdefault(_stem(word, base, lists["skipped"]), {})
            node.setdefault("", []).append(name)
    return Lexicon(
        tree=tree,
        weights=weights,
        wider={row["concept"]: tuple(row.get("is", ())) for row in rows},
        skipped=lists["skipped"],
        dropped=lists["dropped"],
        light=lists["light"],
        base=base,
        pairs=tuple(
            (row["pair"], frozenset(row["first"]), frozenset(row["second"])) for row in others if "pair" in row
        ),
        words=frozenset(word for row in rows for phrase in row["words"] for word in spoken(phrase)),
    )


def spoken(text: str) -> list[str]:
    """Words and numbers in lower case, contractions and chat spelling spelt out; no signs. IT is not it."""
    if not text.isupper():
        text = _IT.sub("itdept", text)
    return [word for word in plain(text).split() if any(char.isalnum() for char in word)]


def stem(word: str, base: Mapping[str, str]) -> str:
    """`word` without its ending, so that both "connect" and "connecting" are one."""
    word, written = base.get(word, word), word
    if base.get(written) == written or not word.isalpha() or len(word) < 4:
        return word
    for ending in _ENDINGS:
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and _VOWEL.search(rest):
            if ending in ("es", "s") and (
                word.endswith(("ss", "us", "is")) or (ending == "es" and rest[-1] not in "sxzh")
            ):
                continue
            word = _DOUBLED.sub(r"\1", rest) if ending in ("ing", "ed") else rest
            break
    if len(word) > 3 and word.endswith("ie"):
        return word[:-2] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _stem(word: str, base: Mapping[str, str], skipped: frozenset[str]) -> str:
    short = stem(word, base)
    return word if short in skipped else short


def units(words: Sequence[str], known: Iterable[str] = ()) -> list[Unit]:
    """The phrases of `words`, cut so that the longest stay whole; single words of their own where no phrase knows them.
    `known` are stems that count although they tell little elsewhere."""
    lexi = lexicon()
    kept = frozenset(known)
    words = [word for word in words if word not in lexi.dropped]
    stems = [_stem(word, lexi.base, lexi.skipped) for word in words]
    found = []
    for at, end, concepts in _cut(stems, words, lexi):
        if concepts:
            found.append(Unit(_meanings(concepts, lexi), " ".join(words[at:end])))
        elif _tells(words[at], lexi) or (stems[at] in kept and words[at] not in lexi.skipped):
            found.append(Unit({f"= {stems[at]}": 1.0}, words[at]))
    return found + [Unit({name: 1.0}, "") for name, first, second in lexi.pairs if _together(found, first, second)]


def _tells(word: str, lexi: Lexicon) -> bool:
    return not word[0].isdigit() and word not in lexi.skipped and word not in lexi.light


def _cut(stems: Sequence[str], words: Sequence[str], lexi: Lexicon) -> list[tuple[int, int, list[str]]]:
    """The cut with the longest phrases, where each counts by the square of its words: from, to, concepts."""
    best: list[tuple[int, int, list[str]]] = [(0, len(words) + 1, [])] * (len(words) + 1)
    for at in range(len(words) - 1, -1, -1):
        best[at] = (best[at + 1][0], at + 1, [])
        for end, (concepts, long) in _phrases(stems, words, at, lexi).items():
            if long * long + best[end][0] > best[at][0]:
                best[at] = (long * long + best[end][0], end, concepts)
    found = []
    at = 0
    while at < len(words):
        _, end, concepts = best[at]
        found.append((at, end, concepts))
        at = end
    return found


def _phrases(stems: Sequence[str], words: Sequence[str], at: int, lexi: Lexicon) -> dict[int, tuple[list[str], int]]:
    """Every phrase that begins at `at`, by where it ends, with its number of words; small words inside may go."""
    found: dict[int, tuple[list[str], int]] = {}
    ways = [(lexi.tree, at, 0)]
    while ways:
        node, i, long = ways.pop()
        if i >= len(stems):
            continue
        below = node.get(stems[i])
        if below is not None:
            if "" in below and long + 1 > found.get(i + 1, ([], 0))[1]:
                found[i + 1] = (below[""], long + 1)
            ways.append((below, i + 1, long + 1))
        if i > at and words[i] in lexi.skipped:
            ways.append((node, i + 1, long))
    return found


def _together(found: Sequence[Unit], first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two different phrases say the one and the other."""
    ones = [unit for unit in found if not first.isdisjoint(unit.means)]
    return any(one is not other and not second.isdisjoint(other.means) for one in ones for other in found)


def _meanings(concepts: Sequence[str], lexi: Lexicon) -> dict[str, float]:
    found: dict[str, float] = {}
    ahead = [(name, 1.0) for name in concepts]
    while ahead:
        name, surely = ahead.pop()
        if surely > found.get(name, 0.0):
            found[name] = surely
            ahead += [(wider, surely * WIDER) for wider in lexi.wider.get(name, ())]
    return found
