"""Whom and what an answer mentions, in words that can be said back: "your CFO", "once the new ERP is in"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from banter.extraction.actors import Actor, find_actors
from banter.extraction.budget_standing import standing
from banter.extraction.matching import Message, read_message
from banter.extraction.rulebooks import word_lists
from banter.leads.reading import Mentions

_LONGEST = 400
_MINE = frozenset(("my", "our"))
_DETERMINERS = frozenset((*_MINE, "the", "his", "her", "their"))
#: So many words may stand between "our" and the role: "our chief financial officer".
_BETWEEN = 3
_APART = frozenset(("and", "or", "from", "of", "in", "at", "for", "with", "to", "then", "plus", "via", "not", "but"))
_RELEASES = re.compile(
    r"(?:approv|sign|okay|ok'?d|allocat|releas|agree|gave|given|green|grant|clear|authori|said yes|budgeted)", re.I
)
#: So many words may stand between who approves and the word for it: "the board has finally signed it off".
_NEAR = 4
_EVENT = re.compile(
    r"\b(?:(?:straight|right|shortly|just|not)\s+)?(?:after|once|when|until|till|as soon as|following|before)\s+"
    r"(?!that\b|then\b|it\b|possible\b|needed\b)[\w'\u2019 -]{3,50}",
    re.I,
)
#: "Once we're ready", "when we get round to it": nothing that a calendar would know.
_IDLE = re.compile(
    r"\b(?:ready|time|possible|able|feel|sure|know|decide|decided|can|could|gets? (?:a)?round|got (?:a)?round|"
    r"get to it|convenient|we find|i find|makes sense|right one|it fits|have money|afford)\b",
    re.I,
)
_JOINT = re.compile(r"\s+(?:but|so|because|though|although|and (?:we|i|then))\b", re.I)
_TAIL = re.compile(r"\s+(?:and|but|so|or|because|i|we|maybe|probably|hopefully|perhaps)$", re.I)


def find_mentions(text: str) -> Mentions:
    """The one other person or body spoken of, who released the money, whether that is still to come, and an event that
    things wait for. None where there is none, or more than one."""
    message = read_message(text[:_LONGEST])
    people = _people(message)
    releasing = [words for first, last, words in people if _releases(message, first, last)]
    return Mentions(
        person=people[0][2] if len(people) == 1 else None,
        approver=releasing[0] if len(releasing) == 1 else None,
        event=_event(text[:_LONGEST]),
        unapproved=bool(standing(message)[1]),
    )


def _people(message: Message) -> list[tuple[int, int, str]]:
    """First and last token of each other person named, and how the bot says it."""
    spans: list[tuple[int, int]] = []
    for actor in find_actors(message):
        if actor.kind != "other" or not actor.named:
            continue
        if spans and _one_title(message, spans[-1][1], actor.first):
            spans[-1] = (spans[-1][0], actor.last)
        else:
            spans.append(_span(message, actor))
    said = [(first, last, _said(message, first, last)) for first, last in spans]
    return list({words.lower(): (first, last, words) for first, last, words in said if words}.values())


def _one_title(message: Message, last: int, first: int) -> bool:
    """ "Chief (financial) officer" is one person."""
    between = [token.key for token in message.tokens[last + 1 : first]]
    return len(between) < 2 and all(key.isalpha() and key not in _APART for key in between)


def _span(message: Message, actor: Actor) -> tuple[int, int]:
    last = actor.last
    if message.tokens[last].key == "of" and last + 1 < len(message.tokens):
        last += 1
    return actor.first, last


def _said(message: Message, first: int, last: int) -> str:
    begin = first
    for back in range(first - 1, max(first - _BETWEEN - 2, -1), -1):
        if not message.tokens[back].key.isalpha():
            break
        if message.tokens[back].key in _DETERMINERS:
            begin = back
            break
    words = message.text[message.tokens[begin].start : message.tokens[last].end]
    if not re.fullmatch(r"[\w'\u2019 &-]{2,40}", words):
        return ""
    if begin == first:
        key = message.tokens[last].key
        bare_role = key in word_lists()["role"] and key not in word_lists()["dept"]
        return f"your {words}" if bare_role and len(words.split()) == 1 else words
    determiner, rest = words.split(maxsplit=1)
    return f"your {rest}" if determiner.lower() in _MINE else f"{determiner.lower()} {rest}"


def _releases(message: Message, first: int, last: int) -> bool:
    """Whether a word for approving stands close behind, or "by" just before."""
    after = _words(message, range(last + 1, min(last + 2 + _NEAR, len(message.tokens))))
    before = _words(message, range(max(first - _BETWEEN - 1, 0), first))
    return any(_RELEASES.match(word) for word in after) or "by" in before


def _words(message: Message, indexes: Sequence[int]) -> list[str]:
    return [message.text[message.tokens[i].start : message.tokens[i].end].lower() for i in indexes]


def _event(text: str) -> str | None:
    found = _EVENT.search(text)
    if found is None or text[found.end() : found.end() + 1] in set(":/@_"):  # an address, not a sentence
        return None
    words = _JOINT.split(found.group())[0].strip(" -'")
    if _IDLE.search(words):
        return None
    while (cut := _TAIL.sub("", words)) != words:
        words = cut
    if len(found.group()) > 50:  # cut off somewhere: only whole words
        words = words.rpartition(" ")[0]
    return words if len(words.split()) > 1 else None
