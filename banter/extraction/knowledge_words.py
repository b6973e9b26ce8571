"""The words of questions and what they mean: `patterns/knowledge_concepts.jsonl` and `knowledge_words.jsonl`.

A row `{"concept": "trial", "weight": 0.5, "is": ["test"], "words": ["free trial", "try it"]}` lists words and phrases that
stand for one thing people ask about. `weight`, 1 when left out, is what the concept tells of a question's topic ("how
long" tells less than "contract"); `is` names the wider concepts that it belongs to. A phrase may stand for several.
A row `{"pair": "setup_time", "first": ["how_long"], "second": ["setup"]}` makes a concept of two that are said together.
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
    for row in rows:
        for phrase in row["words"]:
            node = tree
            for word in spoken(phrase):
                node = node.setdefault(_stem(word, base, lists["skipped"]), {})
            node.setdefault("", []).append(row["concept"])
    return Lexicon(
        tree=tree,
        weights={row["concept"]: float(row.get("weight", 1.0)) for row in rows},
        wider={row["concept"]: tuple(row.get("is", ())) for row in rows},
        skipped=lists["skipped"],
        light=lists["light"],
        base=base,
        pairs=tuple(
            (row["pair"], frozenset(row["first"]), frozenset(row["second"])) for row in others if "pair" in row
        ),
        words=frozenset(word for row in rows for phrase in row["words"] for word in spoken(phrase)),
    )


def spoken(text: str) -> list[str]:
    """Words and numbers in lower case, contractions and chat spelling spelt out; no signs."""
    return [word for word in plain(text).split() if any(char.isalnum() for char in word)]


def stem(word: str, base: Mapping[str, str]) -> str:
    """`word` without its ending, so that both "connect" and "connecting" are one."""
    word = base.get(word, word)
    if not word.isalpha() or len(word) < 4:
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
    """The phrases of `words`, the longest at each place; single words of their own where no phrase knows them. `known`
    are stems that count although they tell little elsewhere."""
    lexi = lexicon()
    kept = frozenset(known)
    stems = [_stem(word, lexi.base, lexi.skipped) for word in words]
    found: list[Unit] = []
    at = 0
    while at < len(words):
        concepts, end = _longest(stems, words, at, lexi)
        if concepts:
            found.append(Unit(_meanings(concepts, lexi), " ".join(words[at:end])))
        elif (
            not words[at][0].isdigit()
            and words[at] not in lexi.skipped
            and (words[at] not in lexi.light or stems[at] in kept)
        ):
            found.append(Unit({f"= {stems[at]}": 1.0}, words[at]))
        at = end
    return found + [Unit({name: 1.0}, "") for name, first, second in lexi.pairs if _together(found, first, second)]


def _together(found: Sequence[Unit], first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two different phrases say the one and the other."""
    ones = [unit for unit in found if not first.isdisjoint(unit.means)]
    return any(one is not other and not second.isdisjoint(other.means) for one in ones for other in found)


def _longest(stems: Sequence[str], words: Sequence[str], at: int, lexi: Lexicon) -> tuple[list[str], int]:
    """The concepts of the longest phrase that begins at `at`, and where it ends; small words inside may be left out."""
    best: tuple[list[str], int] = ([], at + 1)
    most = 0
    ways = [(lexi.tree, at, 0)]
    while ways:
        node, i, long = ways.pop()
        if "" in node and (long, i) > (most, best[1] if most else 0):
            best, most = (node[""], i), long
        if i < len(stems):
            if stems[i] in node:
                ways.append((node[stems[i]], i + 1, long + 1))
            if i > at and words[i] in lexi.skipped:
                ways.append((node, i + 1, long))
    return best if most else ([], at + 1)


def _meanings(concepts: Sequence[str], lexi: Lexicon) -> dict[str, float]:
    found: dict[str, float] = {}
    ahead = [(name, 1.0) for name in concepts]
    while ahead:
        name, surely = ahead.pop()
        if surely > found.get(name, 0.0):
            found[name] = surely
            ahead += [(wider, surely * WIDER) for wider in lexi.wider.get(name, ())]
    return found
