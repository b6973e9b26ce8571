"""A correction without the words that only say that it is one."""

from __future__ import annotations

import re
from functools import cache

from banter.extraction.text import pattern_rows

_MOST = 6  # "oh wait, sorry, no, actually: ..."


def without_lead_in(text: str) -> str:
    """ "sorry, I misspoke: the budget is 25k" -> "the budget is 25k", with blanks in the place of what is left out, so
    that offsets stay. The same text where nothing of it introduces a correction, or nothing else; "no" and "well" alone
    introduce none."""
    start, marked = 0, False
    for _ in range(_MOST):
        found = _lead_in().match(text, start)
        if found is None or not any(c.isalnum() for c in text[found.end() :]):
            break
        start, marked = found.end(), marked or found["filler"] is None
    return " " * start + text[start:] if marked else text


def takes_back(text: str) -> bool:
    """Whether `text` begins with words that take back what was said, rather than to add to it: "I misspoke: ..."."""
    found = _lead_in().match(text)
    while found is not None and found.end() < len(text):
        if found["back"]:
            return True
        found = _lead_in().match(text, found.end())
    return False


def found_out(text: str) -> list[tuple[int, int]]:
    """The offsets of "I just checked", "I counted it myself": how somebody knows, which decides nothing."""
    return [match.span() for match in _finding_out().finditer(text)]


@cache
def _finding_out() -> re.Pattern[str]:
    verbs = next(_either(row["words"]) for row in pattern_rows("corrections.jsonl") if row["list"] == "finding_out")
    before = r"(?:['\u2019](?:ve|d)| have| had)?(?: (?:just|only|actually|now|also|even|personally))*"
    after = r"(?: (?:it|that|this|them|again|twice|myself|ourselves|personally|just now|today|yesterday))*"
    return re.compile(rf"\b(?:i|we){before} (?:{verbs})\b{after}(?=\W*$|\s*[,.:;!?\-\u2013])", re.I)


def without_remark(text: str) -> str:
    """ "it isn't set yet, I have to correct myself there, we still compare" without the remark in the middle, with
    blanks in its place; the same text where there is none. Else "I have" and "myself" seem to decide something."""
    return _remark().sub(lambda match: match.group()[0] + " " * (len(match.group()) - 1), text)


@cache
def _remark() -> re.Pattern[str]:
    words = next(row["words"] for row in pattern_rows("corrections.jsonl") if row.get("list") == "take_back")
    said = _either([word for word in words if len(word.split()) > 2])
    return re.compile(rf"[,;.\u2013-]\s*(?:{said})(?: there| here| earlier| before| on that)*\s*(?=[,;.\u2013-])", re.I)


@cache
def _lead_in() -> re.Pattern[str]:
    rows = {row["list"]: _either(row["words"]) for row in pattern_rows("corrections.jsonl")}
    words = rf"(?:(?P<back>{rows['take_back']})|{rows['lead_ins']}|(?P<filler>{rows['fillers']}))"
    ends = r"(?:\s*[,.:;!\-\u2013]+\s*|\s+(?!one\b|problem|idea|budget|money|rush))"
    return re.compile(rf"[\s,.:;!\-\u2013]*{words}{ends}", re.I)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word).replace("'", "['\u2019]") for word in sorted(words, key=len, reverse=True))
