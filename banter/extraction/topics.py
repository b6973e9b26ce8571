"""What a visitor asks: a message cut into parts, each part read against phrases, the questions among them named.

The phrases are data (`patterns/*.jsonl`), one rule a line:
`{"label": "price", "any": ["how much is|are it|this"]}`. In a phrase

- `a|b` is one of these, `_` joins words (`sign_up|buy`), `word*` is any ending, `#` any number,
- `(a|b)` may be missing, `...` is up to five other words of the same part,
- `^` and `$` are the beginning and the end of a part (greetings and fillers before, punctuation after, do not count),
- `<name>` is a word list, itself a line `{"list": "name", "words": [...]}`.

Words are compared in lower case with contractions spelt out: "don't", "dont" and "do not" are all `do not`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise

from banter.extraction.text import pattern_rows

_WORD = re.compile(r"[^\W_]+(?:[.@'][^\W_]+)*|[^\w\s]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "⟨": " ", "⟩": " "})
_CUT = re.compile(r"[.!?…]+(?=\s|$)|[!?]+|[;\n]+|\s[-–—]+\s|—")
_SPELT_OUT = re.compile(
    r"(?<!\w)(?:(?:i|we|you|they|he|she|it|that|there|what|who|where|when|why|how|let|here)'(?:m|re|ve|ll|d|s)"
    r"|\w+n't|\w+'s)(?!\w)"
)
#: "There is a budget": not "(hi) there, is a budget ...".
_THERE_IS = re.compile(
    r"\W*(?:(?:well|so|yes|yeah|yep|no|ok|okay|and|but|also)\W+)*there(?:['’]?s|\s+(?:is|are|was|were))\b", re.I
)
_TELLS = re.compile(r",\s*(?=(?:i|i['’]?m|i['’]?ve|we|we['’]?re|we['’]?ve|my|our|nobody|no one)\b)", re.I)
_SHORT_QUESTION = 6
_MOST_PARTS = 60
_ENDINGS = {"m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would", "s": "is"}
_FILLERS = (
    "hi|hey|hello|hiya|morning|so|ok|okay|well|and|but|also|or|yeah|yes|yep|no|sure|please|sorry|thanks|cool|great|right|btw|um|uh|hmm|oh|"
    "wait|alright|just|then|hi_there|hey_there|hello_there|hiya_there|quick_question|first|before_that|before_i_answer|one_question|one_more_thing|actually|good_morning|"
    "good_afternoon|good_evening|guys|team|folks|all|thank_you|haha|lol|good|fine|nice|perfect|now|,|:|-|'|\"|(|)|!|."
)


@dataclass(frozen=True)
class Part:
    """A sentence, or a question hung on to one: `text == message[start:end]`, `words` ready for the phrases."""

    text: str
    start: int
    end: int
    words: str
    asks: bool  # written as a question: a question mark, or the words of one


@dataclass(frozen=True)
class Rule:
    label: str
    needs: frozenset[str]  # one of these words must be there, else the phrase cannot match; empty: always look
    phrase: re.Pattern[str]
    weight: float = 1.0


def plain(text: str) -> str:
    """Lower case, contractions and chat spelling spelt out, words and signs apart by one space."""
    text = _SPELT_OUT.sub(_spell_out, text.translate(_APOSTROPHES).lower())
    return " ".join(_chat_words().get(word, word) for word in _WORD.findall(text.replace("e-mail", "email")))


def _spell_out(match: re.Match[str]) -> str:
    word = match.group()
    if word.endswith("n't"):
        return {"can't": "can not", "won't": "will not", "shan't": "shall not"}.get(word, word[:-3] + " not")
    head, _, tail = word.partition("'")
    known = head in {"i", "we", "you", "they", "he", "she", "it", "that", "there", "what", "who", "where", "when"}
    if head == "let":
        return "let us"
    return f"{head} {_ENDINGS[tail]}" if known or head in {"why", "how", "here"} else f"{head} s"


@cache
def _chat_words() -> dict[str, str]:
    return {row["word"]: row["means"] for row in pattern_rows("topics_spelling.jsonl")}


@cache
def rules(*names: str) -> tuple[Rule, ...]:
    """The rules of these files, in order. Lists may be named before or after they are used."""
    rows = [row for name in names for row in pattern_rows(name)]
    lists = {row["list"]: row["words"] for row in [*pattern_rows("topics_lists.jsonl"), *rows] if "list" in row}
    return tuple(
        Rule(row["label"], _needs(phrase, lists), re.compile(_expression(phrase, lists)), row.get("weight", 1.0))
        for row in rows
        if "label" in row
        for phrase in row["any"]
    )


def _alternatives(element: str, lists: dict[str, list[str]]) -> list[str]:
    found: list[str] = []
    for word in element.strip("()").split("|"):
        name = word[1:-1]
        found += lists[name] if word.startswith("<") and len(word) > 2 else [word.replace("_", " ")]
    return found


def _expression(phrase: str, lists: dict[str, list[str]]) -> str:
    if any(phrase.split()[end].startswith("(") for end in (0, -1)):
        raise ValueError(f"the phrase {phrase!r} begins or ends with words that may be missing: they do nothing there")
    parts = ["(?<= )"]
    for element in phrase.split():
        if element == "...":
            parts.append("(?:[^ ⟨⟩]+ ){0,5}?")
        elif element == "^":
            parts.append("⟨ (?:(?:" + "|".join(re.escape(w.replace("_", " ")) for w in _FILLERS.split("|")) + ") )*")
        elif element == "$":
            parts.append("(?:(?:[^\\w\\s⟨⟩]|please|thanks|then|now|today|yet|pls|lol|haha|mate) )*⟩")
        else:
            words = sorted(_alternatives(element, lists), key=len, reverse=True)
            any_of = "|".join(_word(word) for word in words)
            parts.append(f"(?:(?:{any_of}) )" + ("?" if element.startswith("(") and element.endswith(")") else ""))
    return "".join(parts)


def _word(word: str) -> str:
    if word == "#":
        return "[0-9][0-9.,]*[a-z]*"
    return re.escape(word).replace(r"\*", "[^ ]*")


def _needs(phrase: str, lists: dict[str, list[str]]) -> frozenset[str]:
    best: frozenset[str] = frozenset()
    for element in phrase.split():
        if element in ("...", "^", "$") or (element.startswith("(") and element.endswith(")")):
            continue
        words = [word.split()[0] for word in _alternatives(element, lists)]
        if not any("*" in word or word == "#" for word in words) and (not best or len(words) < len(best)):
            best = frozenset(words)
    return best


def labels(book: Sequence[Rule], words: str) -> dict[str, int]:
    """Labels with the place where each is first found."""
    have, found = frozenset(words.split()), {}
    for rule in book:
        if (not rule.needs or not rule.needs.isdisjoint(have)) and (match := rule.phrase.search(words)):
            found[rule.label] = min(match.start(), found.get(rule.label, len(words)))
    return found


def marked(text: str) -> str:
    """`plain`, with the sentinels for `^` and `$`."""
    return f" ⟨ {plain(text)} ⟩ "


@cache
def _hung_on() -> re.Pattern[str]:
    first = next(row for row in pattern_rows("topics_forms.jsonl") if "starts" in row)
    joint = r"(?:\s*,\s*(?:and |but |so |also |btw |by the way |though )*|\s(?:and|but|so|also|btw|by the way),? )"
    return re.compile(rf"{joint}(?=(?:{'|'.join(first['starts'])}))|\s(?=(?:{'|'.join(first['anywhere'])}))", re.I)


@lru_cache(maxsize=64)
def parts(text: str) -> tuple[Part, ...]:
    """Sentences, with a question at the end of one ("20k, how much is it?") as a part of its own. The last of very many
    holds the rest."""
    edges = [0, *(match.end() for match in islice(_CUT.finditer(text), _MOST_PARTS)), len(text)]
    found: list[Part] = []
    for start, end in pairwise(sorted(set(edges))):
        sentence = text[start:end]
        cut = None
        forms = labels(rules("topics_forms.jsonl"), marked(sentence)) if len(sentence) < 600 else {"interrogative": 1}
        if forms.get("interrogative", 9) > 1 or "statement" in forms:
            cuts = (match.start() for match in _hung_on().finditer(sentence))
            cut = next((at for at in cuts if sentence[:at].strip(" ,") and _asks(sentence[at:])), None)
        if cut is None and "statement" not in forms:
            cut = _told_after_asking(sentence)
        pieces = [(start, end)] if cut is None else [(start, start + cut), (start + cut, end)]
        for first, last in pieces:
            if text[first:last].strip(" .,;\n-–—"):
                piece = text[first:last]
                found.append(Part(piece, first, last, marked(piece), _asks(piece)))
    return tuple(found)


@lru_cache(maxsize=64)
def said_in(text: str, file: str) -> frozenset[str]:
    """The labels of a list of phrases that any part of `text` bears; a message is asked for them many times."""
    return frozenset(label for part in parts(text) for label in labels(rules(file), part.words))


def _told_after_asking(sentence: str) -> int | None:
    """Where an answer begins that is hung on to a short question: "why do you ask, I'm the owner"."""
    found = _TELLS.search(sentence)
    if found is None or sentence.rstrip().endswith("?"):
        return None
    head = sentence[: found.start()]
    return found.end() if len(head.split()) <= _SHORT_QUESTION and _asks(head) else None


def _asks(piece: str) -> bool:
    kinds = labels(rules("topics_forms.jsonl"), marked(piece))
    if "statement" in kinds or (_THERE_IS.match(piece) and not piece.rstrip().endswith("?")):
        return False
    return "interrogative" in kinds or piece.rstrip().endswith("?")


def chat_topic(part: Part, *, competitor_names: Iterable[str] = ()) -> str | None:
    """The topic of a part that asks about the chat, its bot, the company or what becomes of what is said here, in words
    so plain that no answer of the owner's is meant; None for all else. Some of these need no question."""
    named = labels(rules("chat.jsonl"), part.words)
    named = {name: at for name, at in named.items() if not name.startswith("not_") and f"not_{name}" not in named}
    asks = part.asks or part.text.rstrip().endswith("?")
    named = {name: at for name, at in named.items() if asks or name in TOLD}
    named = {_SAID_OF_US.get(name, name): at for name, at in named.items()}
    if "competitors" in named or (asks and any(f" {plain(name)} " in part.words for name in competitor_names)):
        return "competitors"
    return min(named, key=lambda name: (_CHAT_RANK.index(name), named[name])) if named else None


def topic_of(part: Part, *, competitor_names: Iterable[str] = ()) -> str | None:
    """The topic of a part that asks something: a name of TOPICS, `unknown` when it is a question of no known kind, None
    when it asks nothing (rhetorical, or a suggestion like "end of month?")."""
    kinds = labels(rules("topics_forms.jsonl"), part.words)
    chat = chat_topic(part)
    if chat is not None:
        return chat
    if "rhetorical" in kinds:
        return None
    named = labels(rules("topics.jsonl"), part.words)
    named = {name: at for name, at in named.items() if not name.startswith("not_") and f"not_{name}" not in named}
    if not part.asks and _OF_OTHERS.isdisjoint(part.words.split()):
        named.pop("competitors", None)  # "we compare the balances by hand"
    if any(f" {plain(name)} " in part.words for name in competitor_names) and (part.asks or "compare" in part.words):
        return "competitors"
    if named:
        return min(named, key=lambda name: (_RANK.get(name, 9), named[name]))
    if not part.asks:
        return None
    return "unknown" if "interrogative" in kinds else None


#: Topics of `chat.jsonl` that are also told or asked for: "delete all you have on me", "tell me a joke".
TOLD = ("erase", "playful", "alive", "material", "zone", "noted", "compares", "dear", "amazed")
#: What is said of us and asks for an answer all the same: "I'm comparing you with ...", "that's a lot of money".
_SAID_OF_US = {"compares": "competitors", "amazed": "dear"}
_CHAT_RANK = (
    *("erase", "deletion", "noted", "free_call", "competitors", "speaks", "bot", "caller", "privacy", "zone", "mails"),
    *("dear", "price", "company", "alive", "material", "playful"),
)
#: Who compares us has a word for us, or for them.
_OF_OTHERS = frozenset(("you", "your", "yours", "others", "alternatives", "alternative", "competitor", "competitors"))
#: "why do you need my budget?" is about why, not about the budget: the narrower topic first.
_RANK = {
    "bot": 0,
    "why": 1,
    "privacy": 2,
    "meaning": 3,
    "person": 4,
    "competitors": 5,
    "hours": 6,
    "price": 7,
    "company": 8,
}
