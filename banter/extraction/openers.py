"""What the first message of a conversation is: sales, support, research or other.

Who says that they are a student, a job seeker, a vendor is known by that. All else is settled by a model of signs,
learnt from `corpus/train/openers`: words, pairs of words, groups of letters (which outlast typing errors),
the phrases of `patterns/openers.jsonl`, the questions asked, and the build of the sentence: its small words as they
are, the others by their class in `patterns/openers_words.jsonl`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from banter.extraction.disqualify import disqualifier_of
from banter.extraction.linear import load
from banter.extraction.matching import read_message
from banter.extraction.signs import Signs
from banter.extraction.text import pattern_rows
from banter.extraction.topics import Part, labels, parts, rules, topic_of
from banter.extraction.word_signs import letters, ones_and_twos, spoken, stem

#: How much each group weighs. Chosen by cross-validation over the authors of `corpus/train/openers`.
WEIGHTS = {"words": 1.0, "plain": 1.0, "letters": 0.7, "phrases": 1.0, "classes": 0.6, "build": 0.7, "edges": 1.0}
#: A longer first message is known by its first words.
_MOST_WORDS = 60
_LONGEST = 600
_ENDINGS = ("s", "ing", "ed")


def read_opener(text: str) -> str:
    """One of OPENERS for the first message of a conversation. Any text has one; a blank one is `other`."""
    cut = parts(text[:_LONGEST])
    if not cut:
        return "other"
    kind = disqualifier_of(tuple(part.words for part in cut))
    if kind is not None:
        return "research" if kind == "student" else "other"
    return load("openers").best("intent", opener_signs(text))


def opener_signs(text: str) -> Signs:
    """The signs by which the model of openers judges a message."""
    text = text[:_LONGEST]
    cut = parts(text)
    whole = "".join(part.words for part in cut)
    plain = [word for word in whole.replace("⟨ ", "").replace("⟩ ", ". ").split() if word != ","][:_MOST_WORDS]
    mended = spoken([token.key for token in read_message(text).tokens[:_MOST_WORDS]])
    return {
        "words": sorted({f"w {sign}" for sign in ones_and_twos(mended)}),
        "plain": sorted({f"p {sign}" for sign in ones_and_twos(plain)}),
        "letters": sorted({*letters(plain, 3, 4, 5)}),
        "phrases": sorted(_phrases(cut, whole, len(plain))),
        **_shape(plain),
        "edges": sorted({*_edges(cut), *(f"m {sign}" for sign in ones_and_twos([stem(word) for word in mended]))}),
    }


def _phrases(cut: Sequence[Part], whole: str, length: int) -> set[str]:
    found = set(labels(rules("openers.jsonl"), whole))
    found |= {f"asks {topic}" for part in cut if (topic := topic_of(part))}
    if length <= 4:
        found.add("short")
    return {*(f"= {sign}" for sign in found), *(f"= {a} & {b}" for a, b in combinations(sorted(found), 2))}


def _edges(cut: Sequence[Part]) -> Iterator[str]:
    """How each sentence begins and ends, and whether it asks."""
    for part in cut:
        words = [word for word in part.words.split() if any(c.isalnum() for c in word)]
        yield from (f"in {' '.join(words[:n])}" for n in (1, 2, 3))
        yield f"out {' '.join(words[-2:])}"
        yield f"asks {part.asks}"
        yield from (f"d {label}" for label in labels(rules("disqualifiers.jsonl"), part.words))


def _shape(words: Sequence[str]) -> dict[str, list[str]]:
    """Classes of words, two of them together, and the sentence in twos and threes: "how do i", "<broken> since"."""
    classes, small = _classes()
    seen: set[str] = set()
    line = ["^"]
    for word in words:
        found = classes.get(word) or next(
            (classes[word.removesuffix(end)] for end in _ENDINGS if word.removesuffix(end) in classes), ()
        )
        seen.update(found)
        if word in small or not word[0].isalnum():
            line.append(word)
        elif found:
            line.append(f"<{found[0]}>")
        elif word[0].isdigit():
            line.append("#")
        elif line[-1] != "_":
            line.append("_")
    line.append("$")
    build = {f"/ {a} {b}" for a, b in pairwise(line)}
    for a, b, c in zip(line, line[1:], line[2:], strict=False):
        build |= {f"/ {a} {b} {c}", f"/ {a} * {c}"}
    pairs = {f"<{a}+{b}>" for a, b in combinations(sorted(seen), 2)}
    return {"classes": sorted({*(f"<{name}>" for name in seen), *pairs}), "build": sorted(build)}


@cache
def _classes() -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    """The classes of each word, and the small words that are in none (class "")."""
    classes: dict[str, tuple[str, ...]] = {}
    small: frozenset[str] = frozenset()
    for row in pattern_rows("openers_words.jsonl"):
        if not row["class"]:
            small = frozenset(row["words"])
            continue
        for word in row["words"]:
            classes[word] = (*classes.get(word, ()), row["class"])
    return classes, small
