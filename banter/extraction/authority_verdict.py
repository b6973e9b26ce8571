"""The verdict on authority: from who decides, recommends and asks to the speaker's own part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from banter.extraction.actors import Actor
from banter.extraction.authority_parts import Cues, Parts
from banter.extraction.authority_titles import has_top_title
from banter.extraction.beside import before, every_word, words_of, written
from banter.extraction.matching import Cue, Message, labelled, word_lists

_LAST_WORD = ("mine", "my decision", "my call", "up to me", "final", "last word")
#: Others decide only above a limit: "over 20k the board decides".
_LIMITS = frozenset(["over", "above", "beyond", "unless"])


@dataclass(frozen=True)
class Verdict:
    """A band and a commitment as `docs/labels.md` defines them, and the cues that they rest on."""

    band: str
    commitment: str
    cues: Sequence[Cue]


def verdict(message: Message, actors: Sequence[Actor], parts: Parts) -> Verdict | None:
    """What the parts come to; None where nothing is said. The rules stand in the order in which they outweigh each
    other."""
    if labelled(message, "authority", "unknown") and not any(a.named for a in actors):
        return None
    return (
        _at_once(message, actors, parts)
        or _shared(message, actors, parts)
        or _own(message, actors, parts)
        or _lesser(message, actors, parts)
    )


def _at_once(message: Message, actors: Sequence[Actor], parts: Parts) -> Verdict | None:
    """What counts whatever else is said."""
    if parts.notmine and parts.notmine[0].first <= 1 and parts.asks and not parts.recommends:
        return Verdict("none", "negative", parts.notmine + parts.asks)
    if parts.delegated and not parts.notmine:
        return Verdict("final", "committed", parts.delegated)
    if _split(message, actors, parts):
        return Verdict(
            "influence", "intending", parts.final + parts.self_decides + parts.other_decides + parts.recommends
        )
    if parts.formality:
        return Verdict("final", "committed", parts.formality)
    decides = parts.self_decides or parts.final or parts.nobody or parts.joint
    if parts.recommends and not decides and not _only_gathers(message, parts):
        return Verdict("influence", "intending", parts.recommends + parts.other_decides)
    return None


def _shared(message: Message, actors: Sequence[Actor], parts: Parts) -> Verdict | None:
    if parts.mandate and not parts.asks and not parts.self_cannot:
        return Verdict("shared", "committed", parts.mandate)
    if parts.joint:
        return Verdict("shared", "intending", parts.joint)
    if parts.together and not parts.asks and not parts.recommends:
        with_somebody = any("joint" in written(message, c) or "together" in written(message, c) for c in parts.together)
        if with_somebody or not parts.other_decides or any(a.kind in ("self", "we", "together") for a in actors):
            return Verdict("shared", "intending", parts.together)
    return None


def _own(message: Message, actors: Sequence[Actor], parts: Parts) -> Verdict | None:
    """The speaker decides, as far as what they say of others leaves them to."""
    if parts.notmine:
        return None
    others = parts.other_decides
    if parts.nobody and not others and not parts.self_cannot:
        return Verdict("final", "committed", parts.nobody + parts.self_decides + parts.final)
    top = has_top_title(message, actors)
    by_word = parts.self_decides or parts.final or parts.plainly
    if not (by_word or top):
        return None
    if others and not by_word:
        return Verdict("none", "negative", others)
    if others and not _above_a_limit(message, parts) and not _has_last_word(message, parts):
        return Verdict("influence", "intending", parts.self_decides + others)
    if parts.asks and not (parts.final or top or parts.plainly):
        if parts.recommends:
            return Verdict("influence", "intending", parts.self_decides + parts.asks)
        return Verdict("none", "tentative", parts.asks)
    if any(_obliged(message, c) for c in parts.asks):
        return None
    return Verdict("final", "committed", parts.final + parts.self_decides + parts.plainly)


def _lesser(message: Message, actors: Sequence[Actor], parts: Parts) -> Verdict | None:
    """The speaker does not decide, or not alone."""
    if parts.recommends:
        return Verdict("influence", "intending", parts.recommends + parts.other_decides)
    if parts.asks:
        return Verdict("none", "negative" if _sends_on(message, parts.asks[0]) else "tentative", parts.asks)
    not_me: Cues = parts.other_decides + parts.notmine + parts.self_cannot + parts.denied_final
    if not_me or any(a.kind == "negated_self" for a in actors):
        return Verdict("none", "negative", not_me)
    if parts.we_decide:
        return Verdict("shared", "intending", parts.we_decide)
    return None


def _split(message: Message, actors: Sequence[Actor], parts: Parts) -> bool:
    """ "The technical side is mine, the commercial one the CFO's": a part, and another's part beside it."""
    sides = {key[:6] for key in every_word(message) if key in word_lists()["side"]}
    mine = parts.final or parts.self_decides or parts.recommends
    other = any(a.kind == "other" and a.named for a in actors)
    return bool(sides and mine and other and (len(sides) > 1 or parts.other_decides))


def _only_gathers(message: Message, parts: Parts) -> bool:
    """ "Not my decision, I'm an intern gathering options"."""
    said = [written(message, c) for c in parts.notmine]
    return not parts.other_decides and any(w in words for words in said for w in ("gather", "collect", "intern"))


def _above_a_limit(message: Message, parts: Parts) -> bool:
    return bool(_LIMITS & set(every_word(message)) and parts.self_decides)


def _has_last_word(message: Message, parts: Parts) -> bool:
    said = " ".join(written(message, c) for c in parts.final)
    others = [written(message, c) for c in parts.other_decides]
    signs = any("sign" in words or "final" in words for words in others)
    return not signs and any(words in said for words in _LAST_WORD)


def _obliged(message: Message, cue: Cue) -> bool:
    """ "I have to ask" binds; "I usually run it past" does not."""
    return bool(word_lists()["obliged"] & {*before(message, cue, 4), *words_of(message, cue)})


def _sends_on(message: Message, cue: Cue) -> bool:
    """ "Ask my wife", "just answering phones here, ask Debbie": you ask them, and they decide."""
    keys = every_word(message)
    preceding = keys[cue.first - 1] if cue.first else "."
    told = preceding in ("better", "just", "please", "should", "to") and "you" in keys
    return keys[cue.first] in ("ask", "talk", "speak") and (told or preceding in (",", ".", ";", "-"))
