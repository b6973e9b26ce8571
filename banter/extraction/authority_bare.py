"""Short answers to "who decides?": "me", "my boss", "me and Tom", a plain yes or no."""

from __future__ import annotations

import re
from collections.abc import Sequence

from banter.extraction.actors import Actor
from banter.extraction.authority_verdict import Verdict
from banter.extraction.beside import every_word
from banter.extraction.hedges import NEGATIONS
from banter.extraction.matching import Cue, Message, Token, word_lists

# In the code and not in the pattern files, because typing errors are mended towards the words of every list.
_YES = frozenset(
    ["yes", "sure", "indeed", "correct", "absolutely", "definitely", "certainly", "affirmative", "oui", "si"]
)
_NO = frozenset(["no", "nein", "non"])
_PRICES = frozenset(["price", "cost", "costs"])
#: "Let me check" says nothing about who decides.
_LATER = frozenset(
    ["let", "me", "check", "ask", "see", "think", "first", "about", "it", "that", "please", "ok", "will"]
)
#: A question about somebody else: "no" to it is yes to "do you decide?".
_ELSE = (
    *("anyone else", "someone else", "anybody else", "who else", "else need", "need to ask", "else involved"),
    *("besides you", "beside you", "with you before"),
)
#: Asks for a name or a way: a bare "no" tells neither.
_OPEN = re.compile(r"\b(?:who|who'd|whose|how|what|which)\b")
_FLAT_NO = re.compile(r"\W*(?:no|nope|nah|nein|non|not really)\W*", re.IGNORECASE)
_MOST_WORDS = 12


def bare(message: Message, actors: Sequence[Actor], question: str) -> Verdict | None:
    """What a short answer to `question` says; None where it says nothing about deciding."""
    words = [t for t in message.tokens if any(c.isalnum() for c in t.key)]
    keys = {t.key for t in words}
    if not words or keys & (word_lists()["funds"] | _PRICES) or ("let" in keys and keys <= _LATER):
        return None
    return (
        _first_sentence(message, actors, words) or _whole(message, actors, words) or _yes_or_no(words, question.lower())
    )


def is_flat_no(text: str, question: str) -> bool:
    """A no, and nothing else, to a question that no "no" answers plainly: to "who else?" it says that nobody has to be
    asked, to "who signs?" and "how is it decided?" nothing at all."""
    return bool(_FLAT_NO.fullmatch(text) and _OPEN.search(question.lower()))


def _of_others(question: str) -> bool:
    return any(phrase in question for phrase in _ELSE)


def _first_sentence(message: Message, actors: Sequence[Actor], words: Sequence[Token]) -> Verdict | None:
    """ "My boss. He's away till Monday": the short sentence at the head answers."""
    length = message.sentences.count(message.sentences[0])
    if length > 5 or length == len(message.tokens) or message.tokens[length - 1].key == "?":
        return None
    kinds = {a.kind for a in actors if a.last < length}
    cue = [Cue("bare", 0, length - 1, words[0].start, message.tokens[max(length - 2, 0)].end)]
    if kinds == {"other"}:
        return Verdict("none", "negative", cue)
    if kinds == {"self"} and length <= 3:
        return Verdict("final", "committed", cue)
    return None


def _whole(message: Message, actors: Sequence[Actor], words: Sequence[Token]) -> Verdict | None:
    if len(words) > _MOST_WORDS or "?" in message.text:
        return None
    kinds, keys, top = {a.kind for a in actors}, every_word(message), word_lists()["top"]
    cue = [Cue("bare", 0, len(message.tokens) - 1, words[0].start, words[-1].end)]
    if "together" in kinds or ("we" in kinds and len(words) <= 3):
        return Verdict("shared", "intending", cue)
    if kinds == {"self"}:
        if len(words) <= 4 and NEGATIONS & {t.key for t in words}:
            return Verdict("none", "negative", cue)
        if len(words) <= 4 or (any(a.named for a in actors) and top & set(keys)):
            return Verdict("final", "committed", cue)
    if kinds == {"other"}:
        if len(words) == 1 and keys[actors[0].first] in top:
            return Verdict("final", "committed", cue)  # "CEO." is who the speaker is, "our CEO" somebody else
        return Verdict("none", "negative", cue)
    return None


def _yes_or_no(words: Sequence[Token], question: str) -> Verdict | None:
    if len(words) > 4:
        return None
    others = _of_others(question)
    cue = [Cue("flat", 0, 0, words[0].start, words[0].end)]
    if words[0].key in _NO or _FLAT_NO.fullmatch(" ".join(word.key for word in words)):
        if others:
            return Verdict("final", "committed", cue)
        return None if _OPEN.search(question) else Verdict("none", "negative", cue)
    settles = not question.startswith(("who", "how", "what")) or " you " in f" {question} "
    if words[0].key in _YES and settles:
        return Verdict("none", "tentative", cue) if others else Verdict("final", "committed", cue)
    return None
