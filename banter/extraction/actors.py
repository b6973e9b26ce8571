"""Who is spoken of in a message about deciding: the speaker, the speaker with others, or somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from banter.extraction.matching import Message, word_lists
from banter.extraction.names import is_name

_SELF = frozenset(["i", "me", "myself"])
_WE = frozenset(["we", "us", "ourselves"])
_THEY = frozenset(["others", "they", "he", "she", "him", "her", "them", "everyone", "somebody"])
_THINKS = frozenset(["think", "guess", "believe", "suppose", "reckon", "assume"])
#: "Finance software" and "in marketing" name no department that decides.
_DEPT_NOT_BEFORE = frozenset(["software", "tool", "tools", "system"])
_DEPT_NOT_AFTER = frozenset(["run", "runs", "in", "for", "lead", "head", "of", "do"])
_OWNED_BY = frozenset(["my", "our", "his", "her", "their", "your"])
_NOT_SELF_BEFORE = frozenset(
    ["to", "for", "from", "with", "by", "ask", "under", "behind", "between", "assistant",
     "report", "reports", "reporting"]
)  # fmt: skip
_NEW_THOUGHT = frozenset([".", "!", "?", "\n", "but", "who", "is", "does", "signs", "decides"])
_OTHERS_DO = frozenset(["signs", "decides", "approves", "chooses", "picks", "confirms"])
_JOINERS = frozenset(["and", "plus", "or", "with", "half"])
_COUNTS = frozenset(["two", "three", "four", "five", "six", "seven", "both", "one"])


@dataclass(frozen=True)
class Actor:
    """Who is spoken of: self, negated_self ("I am not the owner"), we, other, or together (the speaker with them)."""

    kind: str
    first: int
    last: int
    named: bool = False


def find_actors(message: Message) -> list[Actor]:
    """Everybody spoken of, in order of place."""
    alone = [actor for i in range(len(message.tokens)) if (actor := _actor(message, i)) is not None]
    return _joined(message, alone)


def _actor(message: Message, index: int) -> Actor | None:
    """Whom token `index` speaks of, if anybody."""
    key = message.tokens[index].key
    before = message.tokens[index - 1].key if index else ""
    following = message.tokens[index + 1].key if index + 1 < len(message.tokens) else ""
    if key == "it" and message.text[message.tokens[index].start : message.tokens[index].end] == "IT":
        return Actor(_role_holder(message, index), index, index, True)
    if key == "i" and following in _THINKS:
        return None
    if key in _SELF or (key == "am" and index == 0):
        return Actor("self", index, index)
    if key in _WE or (key == "team" and before == "our"):
        return Actor("we", index, index)
    if key in _THEY:
        return Actor("other", index, index)
    dept = key in word_lists()["dept"]
    if key in word_lists()["role"] or (dept and following not in _DEPT_NOT_BEFORE):
        if dept and before in _DEPT_NOT_AFTER:
            return None
        return Actor(_role_holder(message, index), index, index, True)
    if key == "head" and following in ("of", "office"):
        return Actor(_role_holder(message, index), index, index + 1, True)
    return Actor("other", index, index, True) if is_name(message, index) else None


def _role_holder(message: Message, index: int) -> str:
    """`self` for "I'm the CFO", "as owner I", "CFO here"; `negated_self` for "I'm not the CFO"; else `other`."""
    keys = [token.key for token in message.tokens]
    following = keys[index + 1 : index + 2]
    if following == ["'s"]:
        return "other"
    if following in (["here"], ["speaking"]):
        return "self"
    before = keys[max(0, index - 6) : index]
    for back in range(len(before) - 1, -1, -1):
        word, preceding, between = before[back], before[back - 1 : back], before[back + 1 :]
        if word in _OWNED_BY and preceding != ["am"]:
            return "other"
        if word == "the" and preceding == ["and"] and following and following[0] in _OTHERS_DO:
            return "other"  # "I'm the finance manager and the CEO signs"
        if word in _NOT_SELF_BEFORE or word in _NEW_THOUGHT:
            return "other"
        if word == "," and not (keys[index] in word_lists()["top"] and set(between) <= word_lists()["role"] | _JOINERS):
            return "other"
        if word == "am" and preceding in (["i"], []):
            return "negated_self" if between[:1] == ["not"] else "self"
        if word == "as" and "i" in keys[index : index + 6] and len(before) - back <= 4:
            return "self"
    return "self" if keys[0] == "am" and index < 5 else "other"


def _joined(message: Message, alone: Sequence[Actor]) -> list[Actor]:
    """ "My co-founder and I", "me plus the head of sales" become one actor: together."""
    result: list[Actor] = []
    for n, actor in enumerate(alone):
        both = (_both(message, result[-1], actor) or _list(message, result[-1], alone[n:])) if result else None
        if both is not None:
            result[-1] = both
        else:
            result.append(actor)
    return result


def _both(message: Message, one: Actor, other: Actor) -> Actor | None:
    """The two as one, where "and" joins them or they are one title ("sales director")."""
    between = message.keys(range(one.last + 1, other.first))
    kinds = {one.kind, other.kind}
    named = one.named or other.named
    if kinds == {"other"} and (not between or _linked(between)):
        return Actor("other", one.first, other.last, named)
    if one.kind == "self" and one.named and other.kind == "other" and _does_it_alone(message, other):
        return None
    if "other" in kinds and kinds & {"self", "we", "together"} and _linked(between):
        return Actor("together", one.first, other.last, named)
    return None


def _does_it_alone(message: Message, actor: Actor) -> bool:
    following = message.tokens[actor.last + 1 : actor.last + 2]
    return bool(following) and following[0].key in _OTHERS_DO


def _linked(between: Sequence[str]) -> bool:
    """Whether these words say no more than "and": "and", "plus our two", "and my dear old"."""
    if "or" in between or "," in between[1:] or len(between) > 5:
        return False
    if not _JOINERS & {*between[:2], *between[-1:]}:
        return False
    plain = {k for k in between if not k.isdigit()} <= word_lists()["filler"] | _JOINERS | _COUNTS
    described = between[0] in _JOINERS and between[1:2] in (["my"], ["our"], ["the"], ["her"], ["his"])
    return plain or (described and len(between) <= 4)


def _list(message: Message, one: Actor, others: Sequence[Actor]) -> Actor | None:
    """ "Me, my wife and our accountant": the first two as one, where an "and" follows."""
    other, rest = others[0], others[1:]
    between = message.keys(range(one.last + 1, other.first))
    listed = "," in between and len(between) <= 3 and set(between) <= word_lists()["filler"]
    if not (listed and rest and {one.kind, other.kind} == {"self", "other"}):
        return None
    ends = _JOINERS & set(message.keys(range(other.last + 1, rest[0].first)))
    return Actor("together", one.first, other.last, True) if ends else None
