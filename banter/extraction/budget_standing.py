"""What stands of the money: approved, waited for, open, refused. The last word wins."""

from __future__ import annotations

from banter.extraction.hedges import corrected_from, denied_denial, negated
from banter.extraction.matching import Cue, Message, find, labelled

#: Before an approval these say that it has not happened yet.
_UNDECIDED = frozenset(
    [
        "if",
        "once",
        "soon",
        "unless",
        "until",
        "when",
        "hope",
        "hoping",
        "hopefully",
        "expect",
        "would",
        "should",
        "could",
        "might",
        "maybe",
        "before",
        "assuming",
    ]
)
TAKEN = frozenset(
    [
        "withdrawn",
        "revoked",
        "rescinded",
        "reversed",
        "reallocated",
        "clawed",
        "vetoed",
        "cancelled",
        "frozen",
        "pulled",
        "rejected",
        "refused",
        "denied",
        "declined",
        "axed",
        "scrapped",
    ]
)
#: What money that is approved is; "the money is not there".
_STANDS = frozenset(["there", "available", "approved", "official"])
#: Asked for; an approval that is told afterwards settles it.
_ASKED_FOR = frozenset(["proposed", "requested", "applied", "submitted", "asked", "pitched", "put"])


def standing(message: Message) -> tuple[list[Cue], list[Cue], list[Cue], list[Cue]]:
    """What is approved, what waits, what is open, what is refused; the last word wins after a correction."""
    cut = corrected_from(message) or 0
    groups: dict[str, list[Cue]] = {"approved": [], "waits": [], "notyet": [], "exploring": [], "none": []}
    for cue in find(message, "budget"):
        if cue.label in groups:
            groups[cue.label].append(cue)
    groups["waits"] = [c for c in groups["waits"] if not _answered(message, c, groups["approved"])]
    if groups["approved"] and (unnamed := labelled(message, "budget", "unnamed")):
        beside = {message.clauses[c.first] for c in unnamed} - {message.clauses[c.first] for c in groups["approved"]}
        for name in ("waits", "notyet", "exploring"):
            groups[name] = [
                c for c in groups[name] if not inside(c, unnamed) and message.clauses[c.first] not in beside
            ]
    had = [c for c in groups["waits"] if _already_had(message, c)]
    waits = [c for c in groups["waits"] if c not in had]
    groups["approved"] += had
    refused = denied_denial(message)
    notyet = list(groups["notyet"])
    none = [] if refused else [c for c in groups["none"] if not inside(c, notyet) and not _double(message, c)]
    if refused:
        notyet += groups["none"]
    none = [c for c in none if not _idle(message, c)]
    unsure = labelled(message, "budget", "unsure")
    notyet += unsure
    none = [c for c in none if not inside(c, unsure)]
    approved = []
    for cue in groups["approved"]:
        if inside(cue, waits) or inside(cue, none) or inside(cue, unsure):
            continue
        if inside(cue, notyet) or negated(message, cue.first, 5):
            notyet.append(cue)
        elif _conditional(message, cue):
            waits = [*waits, cue]
        else:
            approved.append(cue)
    taken = [c for c in none if message.tokens[c.last].key in TAKEN or message.tokens[c.first].key in TAKEN]
    if taken and approved and taken[0].first > approved[-1].last:
        approved = []
    if cut:
        later = [c for c in (*approved, *waits, *notyet, *none) if c.first >= cut]
        if later:
            approved, waits, notyet, none = ([c for c in g if c.first >= cut] for g in (approved, waits, notyet, none))
    if waits and approved and max(c.last for c in waits) > max(c.last for c in approved):
        firm = [c for c in approved if not any(message.sentences[c.first] == message.sentences[w.first] for w in waits)]
        approved = firm
    return approved, [*waits, *notyet], [*groups["exploring"], *notyet], none


def denies_approval(message: Message) -> bool:
    """ "It isn't approved", with nothing approved beside it: plain words that no likelihood outweighs."""
    if standing(message)[0]:
        return False
    told = any(message.tokens[cue.last].key in _STANDS for cue in labelled(message, "budget", "notyet"))
    return told or any(_denied(message, cue) for cue in labelled(message, "budget", "approved"))


def _denied(message: Message, cue: Cue) -> bool:
    """ "Not approved", but not "ah no, it's approved"."""
    before = message.keys(range(max(message.clause(cue.first)[0], cue.first - 5), cue.first))
    return negated(message, cue.first, 5) and "not" in before


def _answered(message: Message, cue: Cue, approved: list[Cue]) -> bool:
    """ "It was proposed and the board said yes"."""
    asked_for = _ASKED_FOR & set(message.keys(range(cue.first, cue.last + 1)))
    return bool(asked_for) and any(
        c.first > cue.last and not _conditional(message, c) and not negated(message, c.first, 5) for c in approved
    )


def _already_had(message: Message, cue: Cue) -> bool:
    """ "I have sign-off from my director" is done; "I have to get sign-off" is not."""
    before = message.keys(range(max(0, cue.first - 2), cue.first))
    words = message.tokens[cue.first].key
    return (
        words in ("sign", "approval", "permission", "ok", "okay")
        and bool({"have", "got", "has", "received"} & set(before))
        and "to" not in before
    )


def _idle(message: Message, cue: Cue) -> bool:
    """ "Nothing" settles it alone, not in "they delivered nothing" or "nothing to do with money"."""
    if message.keys(range(cue.first, cue.last + 1)) != ["nothing"]:
        return False
    if message.keys(range(cue.last + 1, min(cue.last + 3, len(message.tokens)))) == ["to", "do"]:
        return True
    before = message.keys(range(max(0, cue.first - 2), cue.first))
    return cue.first > 1 and before[-1].isalpha() and not {"have", "is", "got", "there", "has"} & set(before)


def _double(message: Message, cue: Cue) -> bool:
    """ "not zero", "never without budget"."""
    return message.tokens[cue.first].key not in ("not", "no", "nothing", "never") and negated(message, cue.first, 3)


def _conditional(message: Message, cue: Cue) -> bool:
    before = message.keys(range(max(message.clause(cue.first)[0], cue.first - 6), cue.first))
    after = message.keys(range(cue.last + 1, min(cue.last + 3, len(message.tokens))))
    return bool({"if", "once", "provided", "unless"} & set(after) or _UNDECIDED & set(before))


def inside(cue: Cue, others: list[Cue]) -> bool:
    return any(o is not cue and o.first <= cue.last and cue.first <= o.last for o in others)
