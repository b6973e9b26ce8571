"""Whether a word is somebody's name."""

from __future__ import annotations

from banter.extraction.matching import Message, word_lists
from banter.extraction.spelling import common_words

#: Written with a capital by the rules of English. In the code and not in `@no_name`, because typing errors are mended
#: towards the words of every list.
_CAPITALS = frozenset(
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "english"]
)  # fmt: skip
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "herr", "frau", "madame", "monsieur", "señor"])
_ENDS = frozenset([".", "!", "?", "\n", ";", ":"])


def is_name(message: Message, index: int) -> bool:
    """Whether a token looks like somebody's name: a capital, and no common word that only begins a sentence."""
    token, lists = message.tokens[index], word_lists()
    raw = message.text[token.start : token.end]
    if not raw[:1].isupper() or not raw.isalpha() or len(raw) < 2 or raw.isupper():
        return False
    if token.key in _CAPITALS | lists["no_name"] | lists["role"] | lists["dept"]:
        return False
    before = message.tokens[index - 1].key if index else "."
    if before in _TITLES:
        return True
    if before in _ENDS:  # "Up" and "Two" begin a sentence, and are nobody
        return token.key in lists["forename"] or (len(raw) > 3 and token.key not in common_words())
    return True
