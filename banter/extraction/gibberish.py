"""Messages that no one means: keys hit at random, signs only, bits of code."""

from __future__ import annotations

import re

_LETTERS = re.compile(r"[^\W\d_]+")
_MARKUP = re.compile(r"\s*(?:<\w.*>|\w*\(.*\);?|[\[{$].*[\]}]|.*;\s*--|.*\bdrop table\b.*)\s*", re.I | re.S)
_KEY_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "lkjhgfdsa", "poiuytrewq")


def is_markup(text: str) -> bool:
    """True for what a program would read: tags, calls, templates, statements of a database."""
    return _MARKUP.fullmatch(text) is not None


def looks_typed_at_random(text: str) -> bool:
    """Emoji or signs only, one letter again and again, or words that no one could say: "asdfghjkl", "xkcdqz"."""
    words = _LETTERS.findall(text.lower())
    if not words:
        return not re.search(r"\d", text) or len(re.findall(r"\d", text)) > 8
    odd = [word for word in words if _unsayable(word)]
    return len("".join(odd)) * 2 > len("".join(words))


def _unsayable(word: str) -> bool:
    if not word.isascii():
        return False
    if len(word) > 3 and len(set(word)) == 1:
        return True
    row = any(word[i : i + 4] in keys for keys in _KEY_ROWS for i in range(len(word) - 3))
    if row and word not in ("property", "properties", "proper", "properly", "poiuy"):
        return True
    if len(word) >= 4 and not re.search(r"[aeiouy]", word):
        return True
    if len(word) >= 6 and re.fullmatch(r"(.{2,4}?)\1+.?", word):
        return word not in ("hahaha", "hehehe", "byebye", "blahblah", "hahahaha")
    return bool(re.search(r"[bcdfghjklmnpqrstvwxz]{5,}", word)) and not re.search(r"(?:ngths|tchst|rthst|ghtsh)", word)
