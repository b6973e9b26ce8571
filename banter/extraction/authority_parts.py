"""Who plays which part in the decision, as a message says it: who decides, who recommends, who must ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from banter.extraction.actors import Actor
from banter.extraction.authority_doer import doer
from banter.extraction.beside import after, before, words_of
from banter.extraction.hedges import NEGATIONS
from banter.extraction.matching import Cue, Message, labelled, word_lists

Cues = tuple[Cue, ...]


@dataclass(frozen=True)
class Parts:
    """The cues of each part. The trained models know the parts by these names: to rename one is to train again."""

    final: Cues  # the speaker has the last word
    denied_final: Cues
    nobody: Cues  # nobody else has to be asked
    delegated: Cues
    notmine: Cues  # the decision is not the speaker's
    together: Cues
    mandate: Cues  # the decider has said yes already
    formality: Cues  # somebody else only signs
    self_decides: Cues
    self_cannot: Cues
    other_decides: Cues
    we_decide: Cues
    joint: Cues  # the speaker decides with somebody named
    recommends: Cues
    asks: Cues
    plainly: Cues  # "you're talking to him"


#: The part, by who does it and whether it is denied.
_DECIDING = {
    ("self", False): "self_decides",
    ("self", True): "self_cannot",
    ("other", False): "other_decides",
    ("we", False): "we_decide",
    ("together", False): "joint",
    ("together", True): "joint",
}
_ENDS = frozenset([",", ".", "!", "?", "but", "though", "\n", "-", ";", "–", "("])


def parts_played(message: Message, actors: Sequence[Actor]) -> list[str]:
    """What of deciding, recommending and asking the rules found, and by whom: names of the fields of `Parts`."""
    if not message.tokens:
        return []
    return sorted(name for name, cues in vars(find_parts(message, actors)).items() if cues)


def find_parts(message: Message, actors: Sequence[Actor]) -> Parts:
    """The parts of a message that has words in it."""

    def cues(*labels: str) -> list[Cue]:
        return labelled(message, "authority", *labels)

    above = [c for c in cues("notmine") if _nobody_above(message, c)]
    notmine = [c for c in cues("notmine") if c not in above and after(message, c, 1) != ["alone"]]
    nobody = [*cues("nobody", "delegated"), *above]
    deciding = _deciding(message, actors, [*nobody, *notmine])
    asks, nobody = _asking(message, actors, nobody, cannot=bool(deciding["self_cannot"]))
    return Parts(
        final=tuple(c for c in cues("final") if not _denied(message, c)),
        denied_final=tuple(c for c in cues("final") if _denied(message, c)),
        nobody=tuple(nobody),
        delegated=tuple(cues("delegated")),
        notmine=tuple(notmine),
        together=tuple(c for c in cues("together") if not _denied(message, c)),
        mandate=tuple(c for c in cues("mandate") if not _denied(message, c)),
        formality=tuple(cues("formality")),
        recommends=tuple(c for c in cues("recommend") if _recommends(message, actors, c)),
        asks=tuple(asks),
        plainly=tuple(c for c in cues("meant") if c.first <= 1 and set(after(message, c, 1)) <= _ENDS),
        **deciding,
    )


def must(message: Message, cue: Cue) -> bool:
    """ "I have to", "we need to"."""
    words = before(message, cue, 3)
    return "to" in words and bool({"have", "need", "has", "got", "must", "needs"} & set(words))


def _denied(message: Message, cue: Cue) -> bool:
    clause = message.clause(cue.first)
    return any(k in NEGATIONS for k in message.keys(range(max(clause[0], cue.first - 3), cue.first)))


def _nobody_above(message: Message, cue: Cue) -> bool:
    """ "No one above me", "nobody is over me"."""
    words = before(message, cue, 3)
    nobody = "noone" in words or words[-2:] == ["no", "one"] or words[-3:-1] == ["no", "one"]
    return nobody and cue.last - cue.first <= 1 and "me" in words_of(message, cue)


def _deciding(message: Message, actors: Sequence[Actor], said_otherwise: Sequence[Cue]) -> dict[str, Cues]:
    found: dict[str, list[Cue]] = {part: [] for part in _DECIDING.values()}
    for cue in labelled(message, "authority", "decide"):
        if any(o.first <= cue.first and cue.last <= o.last for o in said_otherwise):
            continue
        if cue.first == cue.last and set(after(message, cue, 1)) & word_lists()["deciding_body"]:
            continue
        actor, denied = doer(message, actors, cue)
        if actor is not None and (part := _DECIDING.get((actor.kind, denied))):
            found[part].append(cue)
    return {part: tuple(cues) for part, cues in found.items()}


def _recommends(message: Message, actors: Sequence[Actor], cue: Cue) -> bool:
    actor, no = doer(message, actors, cue)
    following = after(message, cue, 2)
    if no or _denied(message, cue) or (following[:1] == ["from"] and following[1:] != ["me"]):
        return False
    mine = {"my", "i"} & {*before(message, cue, 3), *words_of(message, cue)}
    return actor is None or actor.kind in ("self", "we") or bool(mine)


def _asking(
    message: Message, actors: Sequence[Actor], nobody: Sequence[Cue], *, cannot: bool
) -> tuple[list[Cue], list[Cue]]:
    """Whom the speaker asks, and `nobody` as it stands after that: "I can't sign without asking" asks, "I don't ask
    my boss" asks nobody."""
    asks: list[Cue] = []
    free = list(nobody)
    for cue in labelled(message, "authority", "ask"):
        first = message.tokens[cue.first].key
        if clash := [o for o in free if o.first <= cue.first <= o.last or o.first <= cue.last <= o.last]:
            if cannot and first == "without":
                free = [o for o in free if o not in clash]
                asks.append(cue)
        elif _asks_somebody(message, actors, cue):
            actor, no = doer(message, actors, cue)
            mine = actor is not None and actor.kind == "self"
            asks_nobody = no and mine and first not in ("not", "without") and not _can_not(message, cue)
            (free if asks_nobody else asks).append(cue)
    return asks, free


def _asks_somebody(message: Message, actors: Sequence[Actor], cue: Cue) -> bool:
    sentence = message.sentences[cue.first]
    following = [a for a in actors if a.first >= cue.first and message.sentences[a.first] == sentence]
    if following and following[0].kind == "self" and 0 < following[0].first - cue.last <= 2:
        return False  # "ask me"
    words, lists = words_of(message, cue), word_lists()
    return (
        any(a.kind in ("other", "together") for a in following)
        or (len(words) > 1 and bool(lists["asking_for"] & set(words)))
        or words[0] in lists["asking"]
        or must(message, cue)
    )


def _can_not(message: Message, cue: Cue) -> bool:
    words = before(message, cue, 8)
    return any(words[i : i + 2] in (["can", "not"], ["could", "not"]) for i in range(len(words)))
