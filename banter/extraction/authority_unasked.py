"""Whether a message speaks of deciding in words so plain that it counts although nobody asked."""

from __future__ import annotations

from collections.abc import Sequence

from banter.extraction.actors import Actor
from banter.extraction.authority_parts import Parts, must
from banter.extraction.authority_titles import has_top_title
from banter.extraction.beside import every_word, words_of
from banter.extraction.matching import Cue, Message, labelled, word_lists

_PLAINLY = frozenset(["decide", "decides", "decision", "decisions", "say"])


def says_so(message: Message, actors: Sequence[Actor], parts: Parts, band: str) -> bool:
    """Unasked, only plain words about deciding count, and for owners and directors the title."""
    me = any(a.kind in ("self", "together") for a in actors)
    decide = labelled(message, "authority", "decide")
    if band == "final":
        final = any(not {"money", "budget", "me"} & set(words_of(message, c)) for c in parts.final)
        return final or has_top_title(message, actors) or _names(message, parts.self_decides, "deciding")
    if band == "influence":
        return me and _names(message, parts.recommends, "advice")
    if band == "shared":
        asked_to = any({"me", "behalf", "mandate"} & set(words_of(message, c)) for c in parts.mandate)
        return (
            asked_to
            or _names(message, parts.joint, "deciding")
            or bool(me and parts.together and decide and not _about_money(message))
        )  # "four of us copy figures, and we got 30k approved" shares no decision
    return _somebody_else(message, actors, parts, me)


def _somebody_else(message: Message, actors: Sequence[Actor], parts: Parts, me: bool) -> bool:
    named = any(a.kind == "other" and a.named for a in actors)
    if named and any(_PLAINLY & set(words_of(message, c)) for c in parts.other_decides):
        return True
    if not actors or _about_money(message):
        not_mine = parts.notmine and {"decision", "authority", "say"} & set(words_of(message, parts.notmine[0]))
        return bool(me and not_mine)
    return (
        (me and any(must(message, c) for c in parts.asks))
        or _names(message, parts.other_decides, "deciding")
        or bool(parts.notmine and labelled(message, "authority", "decide"))
    )


def _about_money(message: Message) -> bool:
    keys = every_word(message)
    return bool(word_lists()["funds"] & set(keys)) or any(key[:1].isdigit() for key in keys)


def _names(message: Message, cues: Sequence[Cue], words: str) -> bool:
    """Whether one of the cues holds a word of that list: present words of deciding, not "buy", "ok" or what somebody
    once approved."""
    return any(word_lists()[words] & set(words_of(message, c)) for c in cues)
