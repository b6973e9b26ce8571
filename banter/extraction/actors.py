"""Who is spoken of in a message about deciding: the speaker, the speaker with others, or somebody else."""

from __future__ import annotations

from dataclasses import dataclass

from banter.extraction.matching import Message, word_lists
from banter.extraction.spelling import common_words

_SELF = frozenset(["i", "me", "myself"])
_WE = frozenset(["we", "us", "ourselves"])
_THEY = frozenset(["others", "they", "he", "she", "him", "her", "them", "everyone", "somebody"])
_MONTHS_AND_MORE = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "yes",
        "no",
        "ok",
        "hi",
        "hello",
        "hey",
        "thanks",
        "well",
        "just",
        "only",
        "my",
        "our",
        "the",
        "we",
        "i",
        "it",
        "he",
        "she",
        "they",
        "and",
        "or",
        "not",
        "sure",
        "actually",
        "sorry",
        "all",
        "both",
        "nobody",
        "noone",
        "probably",
        "maybe",
        "depends",
        "together",
        "everything",
        "what",
        "who",
        "how",
        "why",
        "is",
        "are",
        "if",
        "when",
        "for",
        "with",
        "at",
        "in",
        "on",
        "as",
        "but",
        "so",
        "currently",
        "honestly",
        "basically",
        "usually",
        "then",
        "excel",
        "sap",
        "crm",
        "erp",
        "english",
    ]
)
_JOINERS = frozenset(["and", "plus", "or", "with", "half"])
_NOT_SELF_BEFORE = frozenset(
    [
        "to",
        "for",
        "with",
        "ask",
        "under",
        "by",
        "behind",
        "of",
        "between",
        "assistant",
        "report",
        "reports",
        "reporting",
        "from",
    ]
)


@dataclass(frozen=True)
class Actor:
    """Who is spoken of: self, we, other, or together (the speaker and somebody named)."""

    kind: str
    first: int
    last: int
    named: bool = False


def _name(message: Message, index: int) -> bool:
    """Whether a token looks like somebody's name: a capital, and no common word that only begins a sentence."""
    token = message.tokens[index]
    raw = message.text[token.start : token.end]
    if not raw[:1].isupper() or not raw.isalpha() or len(raw) < 2 or token.key in _MONTHS_AND_MORE or raw.isupper():
        return False
    if token.key in word_lists()["role"] | word_lists()["dept"]:
        return False
    before = message.tokens[index - 1].key if index else "."
    if before in ("mr", "mrs", "ms", "dr", "herr", "frau", "madame", "monsieur", "señor"):
        return True
    starts = before in (".", "!", "?", "\n", ";", ":")
    if starts and (token.key in word_lists()["forename"] or len(raw) <= 3):
        return token.key in word_lists()["forename"]  # "Up" and "Two" begin a sentence, and are nobody
    return not starts or token.key not in common_words()


def find_actors(message: Message) -> list[Actor]:
    lists = word_lists()
    found: list[Actor] = []
    for i, token in enumerate(message.tokens):
        key = token.key
        if key == "it" and message.text[token.start : token.end] == "IT":
            found.append(Actor(_role_holder(message, i), i, i, True))
            continue
        following = message.tokens[i + 1].key if i + 1 < len(message.tokens) else ""
        following_key = message.tokens[i + 1].key if i + 1 < len(message.tokens) else ""
        if key == "i" and following_key in ("think", "guess", "believe", "suppose", "reckon", "assume"):
            continue
        if key in _SELF or (key == "am" and i == 0):
            found.append(Actor("self", i, i))
        elif key in _WE or (key == "team" and message.tokens[i - 1 if i else 0].key == "our"):
            found.append(Actor("we", i, i))
        elif key in _THEY:
            found.append(Actor("other", i, i))
        elif key in lists["role"] or (
            key in lists["dept"] and following not in ("software", "tool", "tools", "system")
        ):
            if (
                key in lists["dept"]
                and i
                and message.tokens[i - 1].key in ("run", "runs", "in", "for", "lead", "head", "of", "do")
            ):
                continue
            found.append(Actor(_role_holder(message, i), i, i, True))
        elif key == "head" and following in ("of", "office"):
            found.append(Actor(_role_holder(message, i), i, i + 1, True))
        elif _name(message, i):
            found.append(Actor("other", i, i, True))
    return _joined(message, found)


def _role_holder(message: Message, index: int) -> str:
    """`self` for "I'm the CFO", "as owner I", "CFO here"; else `other`."""
    keys = message.keys(range(len(message.tokens)))
    following = keys[index + 1 : index + 2]
    if following == ["'s"]:
        return "other"
    if following and following[0] in ("here", "speaking"):
        return "self"
    before = keys[max(0, index - 6) : index]
    for back in range(len(before) - 1, -1, -1):
        if before[back] in ("my", "our", "his", "her", "their", "your") and before[back - 1 : back] != ["am"]:
            return "other"
        if before[back] in _NOT_SELF_BEFORE and before[back : back + 1] != ["of"]:
            return "other"
        if before[back] == "," and keys[index] not in word_lists()["top"]:
            return "other"
        if before[back] == "," and not set(before[back + 1 :]) <= word_lists()["role"] | _JOINERS:
            return "other"
        if before[back] in (".", "!", "?", "\n", "but", "who", "is", "does", "signs", "decides"):
            return "other"
        if before[back] == "am" and before[back - 1 : back] in (["i"], []):
            return "negated_self" if before[back + 1 : back + 2] == ["not"] else "self"
        if before[back] == "as" and "i" in keys[index : index + 6] and len(before) - back <= 4:
            return "self"
    if keys[0] == "am" and index < 5:
        return "self"
    return "other"


def _joined(message: Message, found: list[Actor]) -> list[Actor]:
    """ "My co-founder and I", "me plus the head of sales" become one actor: together."""
    result: list[Actor] = []
    for actor in found:
        if result:
            previous = result[-1]
            between = message.keys(range(previous.last + 1, actor.first))
            kinds = {previous.kind, actor.kind}
            close = len(between) <= 5 and bool(_JOINERS & set(between[:2] + between[-1:])) and "," not in between[1:]
            plain = all(k in _FILLERS or k in _JOINERS or k.isdigit() or k in _COUNTS for k in between)
            described = (
                between[:1] and between[0] in _JOINERS and between[1:2] in (["my"], ["our"], ["the"], ["her"], ["his"])
            )
            plain = plain or bool(described and len(between) <= 4)
            if close and plain and "or" not in between:
                if "other" in kinds and kinds & {"self", "we", "together"}:
                    result[-1] = Actor("together", previous.first, actor.last, previous.named or actor.named)
                    continue
                if kinds == {"other"}:
                    result[-1] = Actor("other", previous.first, actor.last, previous.named or actor.named)
                    continue
            listed = [k for k in between if k not in _FILLERS] == [] and "," in between and len(between) <= 3
            if listed and {previous.kind, actor.kind} == {"self", "other"} and len(found) >= 3:
                rest = found[found.index(actor) + 1 :]
                ends = rest and _JOINERS & set(message.keys(range(actor.last + 1, rest[0].first)))
                if ends:
                    result[-1] = Actor("together", previous.first, actor.last, True)
                    continue
            if not between and actor.kind == "other" == previous.kind:
                result[-1] = Actor("other", previous.first, actor.last, previous.named or actor.named)
                continue
        result.append(actor)
    return result


_COUNTS = frozenset(["two", "three", "four", "five", "six", "seven", "both", "one"])


BODIES = frozenset(
    ["committee", "team", "group", "panel", "decision", "decisions", "process", "power", "center", "centre"]
)
_FILLERS = frozenset(
    [
        "my",
        "our",
        "the",
        "a",
        "of",
        "business",
        "head",
        "it",
        "co",
        "sales",
        "finance",
        "operations",
        "marketing",
        "lead",
        "other",
        "two",
        "both",
        ",",
        "from",
        "then",
        "also",
    ]
)
