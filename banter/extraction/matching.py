"""Rules as data: reads `patterns/*.jsonl`, compiles their small syntax to spaCy Matcher patterns, finds cues.

A pattern is a line of words with a few signs a sales person can read:

    word        the word itself (lower case; contractions are written out: "do not", "we have")
    a|b         either word               (a|b)       optional
    word~       with its usual endings: approve, approves, approved, approving
    @list       any word of a list, see the lines whose label begins with @
    [a b|c]     either phrase
    .. / ...    up to two / up to five other words, never across the end of a sentence or a "but"
    $  #        an amount of money / any number
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from spacy.matcher import Matcher
from spacy.tokens import Doc

from banter.extraction.spelling import speller
from banter.extraction.text import language, tokenise

FILES = ("roles", "budget", "authority", "need", "timeline", "hedges", "refusals")
PATTERNS = Path(__file__).parent / "patterns"
#: A gap stops here, and so does the reach of a negation or a hedge.
STOPS = (".", "!", "?", ";", "\n", "but", "…", "...", "however", "although", "though")
_NO_GAP = {"ORTH": {"NOT_IN": list(STOPS)}}
_GAPS = {"..": "{0,2}", "...": "{0,5}"}
MONEY, NUMBER = "<money>", "<number>"
#: A message is read to here: a chat message of 2,000 characters rarely has more words.
_MOST_TOKENS = 420
_NUMBER = re.compile(r"[~<>]?\d+(?:[.,]\d+)*%?$")
_DIGITS_THEN_LETTERS = re.compile(r"(\d+(?:[.,]\d+)*)([a-z]+)$")
_NUMBER_WORDS = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
        "thousand",
        "hundreds",
        "thousands",
        "dozens",
        "dozen",
    ]
)


@dataclass(frozen=True)
class Token:
    """One word of the message as the rules see it: its plain form, and where it stands."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Message:
    """A message made plain for the rules: contractions and abbreviations written out, typing errors mended."""

    text: str
    tokens: tuple[Token, ...]
    clauses: tuple[int, ...]  # number of the clause that each token stands in
    sentences: tuple[int, ...]
    doc: Doc

    def clause(self, index: int) -> range:
        """The tokens of the clause that token `index` stands in."""
        number = self.clauses[index]
        first, last = index, index
        while first > 0 and self.clauses[first - 1] == number:
            first -= 1
        while last + 1 < len(self.clauses) and self.clauses[last + 1] == number:
            last += 1
        return range(first, last + 1)

    def keys(self, span: Sequence[int]) -> list[str]:
        return [self.tokens[i].key for i in span]


@dataclass(frozen=True)
class Cue:
    """A rule that matched: its label, its tokens `first` to `last` (inclusive), its characters `start` to `end`."""

    label: str
    first: int
    last: int
    start: int
    end: int


@lru_cache(maxsize=1)
def _plain_forms() -> dict[str, tuple[str, ...]]:
    rows = _rows("hedges")
    return {row["pattern"]: tuple(row["means"].split()) for row in rows if row["label"] == "plain" and "means" in row}


def _keys(raw: str) -> tuple[str, ...]:
    key = raw.lower().replace("’", "'").replace("‘", "'").replace("`", "'")
    forms = _plain_forms()
    if key in forms:
        return forms[key]
    if _NUMBER.match(key) or not key.isascii():
        return (key,)
    if split := _DIGITS_THEN_LETTERS.match(key):
        unit = split.group(2)
        return (split.group(1), *((unit,) if unit == "k" else forms.get(unit, (unit,))))
    return (key,)


def _pieces(text: str) -> Iterator[Token]:
    """spaCy's tokens, cut further at signs it leaves inside words, with contractions written out."""
    doc = tokenise(text)
    count = len(doc)
    for index, token in enumerate(doc):
        raw, start = token.text, token.idx
        if raw.isspace():
            if "\n" in raw:
                yield Token("\n", start, start + len(raw))
            continue
        following = doc[index + 1].text.lower().replace("’", "'") if index + 1 < count else ""
        lower = raw.lower()
        if following in ("n't", "nt", "not") and lower in ("ca", "wo", "sha", "ai"):
            lower = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}[lower]
            yield Token(lower, start, start + len(raw))
            continue
        if lower in ("'s", "’s", "s") and index and doc[index - 1].text.lower() in _TAKES_IS:
            yield Token("is", start, start + len(raw))
            continue
        if (
            lower in ("-", "–", "/")
            and 0 < start < len(text) - 1
            and text[start - 1].isalpha()
            and text[start + 1].isalpha()
        ):
            continue
        yield from _cut(raw, start)


#: After these "'s" is "is": "it's", "that's".
_TAKES_IS = frozenset(
    [
        "money",
        "cash",
        "funding",
        "it",
        "that",
        "there",
        "what",
        "who",
        "he",
        "she",
        "here",
        "where",
        "how",
        "everything",
        "nothing",
        "this",
        "all",
    ]
)
_INNER = re.compile(r"[A-Za-zÀ-ÿ0-9%$£€'’.,&+]+|.", re.S)


def _cut(raw: str, start: int) -> Iterator[Token]:
    for match in _INNER.finditer(raw):
        piece, at = match.group(), start + match.start()
        if piece == "-" and len(raw) > 1:
            continue
        while len(piece) > 1 and piece[-1] in ".,'’" and piece.lower() not in _plain_forms():
            tail = piece[-1]
            yield from _written_out(piece[:-1], at)
            if tail in ".,":
                yield Token(tail, at + len(piece) - 1, at + len(piece))
            piece = ""
        if piece:
            yield from _written_out(piece, at)


def _written_out(piece: str, at: int) -> Iterator[Token]:
    keys = _keys(piece)
    if len(keys) == 2 and (split := _DIGITS_THEN_LETTERS.match(piece.lower())):
        middle = at + len(split.group(1))
        yield Token(keys[0], at, middle)
        yield Token(keys[1], middle, at + len(piece))
        return
    for key in keys:
        yield Token(_speller()(key), at, at + len(piece))


@lru_cache(maxsize=64)
def read_message(text: str, amounts: tuple[tuple[int, int], ...] = ()) -> Message:
    """`text` as the rules see it; each of `amounts` (character offsets) becomes one token `<money>`."""
    tokens: list[Token] = []
    for token in islice(_pieces(text), _MOST_TOKENS):
        if len(tokens) > 1 and tokens[-1].key == tokens[-2].key == token.key:
            continue  # a word or sign said three times in a row says no more than twice
        amount = next((a for a in amounts if token.start < a[1] and a[0] < token.end), None)
        if amount is None:
            tokens.append(token)
        elif not tokens or tokens[-1].key != MONEY or tokens[-1].end <= amount[0]:
            tokens.append(Token(MONEY, *amount))
    clauses, sentences, clause, sentence = [], [], 0, 0
    for token in tokens:
        if token.key in ("but", "however", "although", "though"):
            clause += 1
        clauses.append(clause)
        sentences.append(sentence)
        if token.key in STOPS[:5] or set(token.key) <= {".", "…"}:
            clause += 1
            sentence += 1
        elif token.key in (",", "-", "–", "—", ":", "("):
            clause += 1
    doc = Doc(language().vocab, words=[t.key for t in tokens])
    return Message(text, tuple(tokens), tuple(clauses), tuple(sentences), doc)


@lru_cache(maxsize=256)
def find(message: Message, file: str) -> tuple[Cue, ...]:
    """The cues of `patterns/<file>.jsonl` in `message`, in order of place."""
    if not message.tokens:
        return ()
    matcher = _matcher(file)
    found = set()
    for label, first, end in matcher(message.doc):
        name = message.doc.vocab.strings[label]
        found.add(Cue(name, first, end - 1, message.tokens[first].start, message.tokens[end - 1].end))
    return tuple(sorted(found, key=lambda cue: (cue.first, cue.last, cue.label)))


def labelled(message: Message, file: str, *labels: str) -> list[Cue]:
    """The cues of `file` with one of `labels`."""
    return [cue for cue in find(message, file) if cue.label in labels]


@lru_cache(maxsize=16)
def _rows(file: str) -> tuple[dict[str, Any], ...]:
    rows = []
    for path in sorted(PATTERNS.glob(f"{file}.jsonl")) + sorted(PATTERNS.glob(f"{file}_*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    rows.append(json.loads(line))
                except json.JSONDecodeError as fault:
                    raise ValueError(f"{path.name}, line {number}: not JSON ({fault}); mend this line") from fault
    return tuple(rows)


@lru_cache(maxsize=1)
def word_lists() -> dict[str, frozenset[str]]:
    """The named lists (`@role` and so on) of every pattern file."""
    lists: dict[str, set[str]] = {}
    for file in FILES:
        for row in _rows(file):
            if row["label"].startswith("@"):
                for word in row["pattern"].split():
                    lists.setdefault(row["label"][1:], set()).update(_inflected(word))
    return {name: frozenset(words) for name, words in lists.items()}


@lru_cache(maxsize=1)
def _speller() -> Callable[[str], str]:
    """Mends words towards those that stand in the pattern files."""
    wanted = {word for words in word_lists().values() for word in words}
    for file in FILES:
        for row in _rows(file):
            if not row["label"].startswith("@") and row["label"] != "plain":
                for word in re.findall(r"[a-z]+~?", row["pattern"]):
                    wanted |= _inflected(word)
    return speller(frozenset(wanted))


@lru_cache(maxsize=16)
def _matcher(file: str) -> Matcher:
    patterns: dict[str, list[list[dict[str, Any]]]] = {}
    for row in _rows(file):
        if not row["label"].startswith("@") and row["label"] != "plain":
            patterns.setdefault(row["label"], []).extend(compile_pattern(row["pattern"]))
    matcher = Matcher(language().vocab)
    for label, alternatives in patterns.items():
        matcher.add(label, alternatives, greedy="LONGEST")
    return matcher


def compile_pattern(pattern: str) -> list[list[dict[str, Any]]]:
    """The Matcher patterns of one line; phrases in brackets multiply them."""
    parts = re.findall(r"\[[^\]]*\]|\S+", pattern)
    choices = [part[1:-1].split("|") if part.startswith("[") else [part] for part in parts]
    return [
        [_token_pattern(word) for piece in combination for word in piece.split()] for combination in product(*choices)
    ]


def _token_pattern(word: str) -> dict[str, Any]:
    if word in _GAPS:
        return {**_NO_GAP, "OP": _GAPS[word]}
    optional = word.startswith("(") and word.endswith(")") and len(word) > 2
    if optional:
        word = word[1:-1]
    spec: dict[str, Any]
    if word == "$":
        spec = {"ORTH": MONEY}
    elif word == "#":
        spec = {"ORTH": {"REGEX": rf"^([~<>]?\d+([.,]\d+)*|{'|'.join(sorted(_NUMBER_WORDS))})$"}}
    else:
        words: set[str] = set()
        for alternative in word.split("|"):
            if alternative.startswith("@"):
                words |= word_lists()[alternative[1:]]
            else:
                words |= _inflected(alternative)
        spec = {"ORTH": {"IN": sorted(words)}}
    return {**spec, "OP": "?"} if optional else spec


_IRREGULAR = {
    "have": "have has had having",
    "be": "be is are am was were been being",
    "do": "do does did doing done",
    "get": "get gets got gotten getting",
    "go": "go goes went gone going",
    "make": "make makes made making",
    "take": "take takes took taken taking",
    "spend": "spend spends spent spending",
    "lose": "lose loses lost losing loosing",
    "break": "break breaks broke broken breaking",
    "give": "give gives gave given giving",
    "hold": "hold holds held holding",
    "say": "say says said saying",
    "set": "set sets setting",
    "put": "put puts putting",
    "run": "run runs ran running",
    "pay": "pay pays paid paying",
    "find": "find finds found finding",
    "cost": "cost costs costing",
    "eat": "eat eats ate eaten eating",
    "think": "think thinks thought thinking",
    "know": "know knows knew known knowing",
    "keep": "keep keeps kept keeping",
    "leave": "leave leaves left leaving",
    "tell": "tell tells told telling",
    "speak": "speak speaks spoke spoken speaking",
    "see": "see sees saw seen seeing",
    "choose": "choose chooses chose chosen choosing",
    "write": "write writes wrote written writing",
    "fall": "fall falls fell fallen falling",
    "slip": "slip slips slipped slipping",
    "need": "need needs needed needing",
    "begin": "begin begins began begun beginning",
    "quit": "quit quits quitting",
    "miss": "miss misses missed missing",
    "sign": "sign signs signed signing",
    "send": "send sends sent sending",
    "let": "let lets letting",
    "come": "come comes came coming",
    "meet": "meet meets met meeting",
    "hear": "hear hears heard hearing",
    "drown": "drown drowns drowned drowning",
    "freeze": "freeze freezes froze frozen freezing",
}
_DOUBLED = re.compile(r"^[^aeiou]*[aeiou][bdgmnprt]$")


def _inflected(word: str) -> set[str]:
    if not word.endswith("~"):
        return {word}
    stem = word[:-1]
    if stem in _IRREGULAR:
        return set(_IRREGULAR[stem].split())
    if stem.endswith("e"):
        return {stem, stem + "s", stem + "d", stem[:-1] + "ing"}
    if stem.endswith("y") and stem[-2] not in "aeiou":
        return {stem, stem[:-1] + "ies", stem[:-1] + "ied", stem + "ing"}
    if stem.endswith(("s", "x", "ch", "sh", "z")):
        return {stem, stem + "es", stem + "ed", stem + "ing"}
    if _DOUBLED.match(stem):
        last = stem[-1]
        return {stem, stem + "s", stem + last + "ed", stem + last + "ing"}
    return {stem, stem + "s", stem + "ed", stem + "ing"}
