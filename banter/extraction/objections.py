"""What holds the speaker back, and how pressing it is, by phrases that are data."""

from __future__ import annotations

from collections.abc import Mapping

from banter.extraction.facts_rules import Hit, Marks
from banter.extraction.leanings import Leaning
from banter.leads.facts import OBJECTIONS, URGENCIES, Labelled

#: From this margin on a leaning is believed, and below that one a rule is not: chosen on authors left out.
BELIEVED = {"objection": -0.2, "urgency": -0.1, "pain": -0.25}
DOUBTED = {"objection": -0.9, "urgency": -1.1, "pain": -0.75}

_AUXILIARIES = frozenset(("is", "are", "was", "do", "does", "will", "would", "can", "could", "should", "has", "have"))


def find_objections(marks: Marks, leanings: Mapping[str, Leaning]) -> tuple[tuple[Labelled, ...], tuple[str, ...]]:
    """The objections raised, one of each kind, and those denied ("objection:price")."""
    denied = {hit.name: hit for hit in marks.of("denied") if not _asks_if_not(marks, hit.first)}
    found: dict[str, Labelled] = {}
    for hit in marks.of("objection"):
        turned = denied.get(hit.name)
        if turned is not None and _touch(turned, hit):
            continue
        if _turned_round(marks, hit):
            denied.setdefault(hit.name, hit)
            continue
        if not doubted(f"objection.{hit.name}", leanings):
            found.setdefault(hit.name, Labelled(hit.name, (marks.evidence(hit.first, hit.last, "objection"),)))
    for name in OBJECTIONS:
        leaning = leanings.get(f"objection.{name}")
        if name not in found and name not in denied and leaning is not None and leaning.margin > BELIEVED["objection"]:
            found[name] = Labelled(name, (marks.evidence(leaning.first, leaning.last, "objection"),))
    return tuple(found.values()), tuple(f"objection:{name}" for name in denied if name not in found)


def doubted(label: str, leanings: Mapping[str, Leaning]) -> bool:
    """True where the model is sure that a rule is wrong."""
    leaning = leanings.get(label)
    return leaning is not None and leaning.margin < DOUBTED[label.split(".")[0]]


def _touch(one: Hit, other: Hit) -> bool:
    return one.first <= other.last + 1 and other.first <= one.last + 1


def _asks_if_not(marks: Marks, index: int) -> bool:
    """True in "isn't that too expensive?", which fears what it asks."""
    sentence = marks.sentence(index)
    begins = marks.keys[sentence.start : sentence.start + 3]
    asked = marks.key(sentence.stop - 1) == "?" or len(marks.keys) == sentence.stop
    return asked and begins[0] in _AUXILIARIES and "not" in begins[1:]


def _turned_round(marks: Marks, hit: Hit) -> bool:
    """True for "not too expensive", "no problem with switching costs"."""
    if _asks_if_not(marks, hit.first):
        return False
    return any(d.last < hit.first <= d.last + 2 or d.first <= hit.first <= d.last for d in marks.of("denies")) or (
        marks.key(hit.first - 1) in ("not", "no", "never") and hit.name not in ("timing", "no_need", "trust")
    )


def find_urgency(marks: Marks, leanings: Mapping[str, Leaning]) -> Labelled | None:
    """How pressing it is, by the rules, else by the leaning of a sentence."""
    by_rule = _urgency_by_rule(marks)
    if by_rule is not None and not doubted(f"urgency.{by_rule.name}", leanings):
        return by_rule
    leant = [(leanings[f"urgency.{name}"], name) for name in URGENCIES if f"urgency.{name}" in leanings]
    if not leant:
        return None
    leaning, name = max(leant, key=lambda pair: pair[0].margin)
    if leaning.margin <= BELIEVED["urgency"]:
        return None
    return Labelled(name, (marks.evidence(leaning.first, leaning.last, "urgency"),))


def _urgency_by_rule(marks: Marks) -> Labelled | None:
    """The strongest word counts, and of a strong and a weak one the last."""
    best: tuple[int, Labelled] | None = None
    tied = [hit for hit in marks.of("urgency") if hit.name == "none"]
    for hit in marks.of("urgency"):
        level = hit.name
        if any(_touch(hit, other) for other in tied) or level not in URGENCIES:
            continue
        if any(h.name == "theirs" and h.first == hit.last + 1 for h in marks.of("urgency_of")):
            continue
        turned = any(h.first < hit.first <= h.last + 1 for h in marks.of("unhurried"))
        if turned and level != "low":
            level = "low"
        rank = 2 if level in ("high", "low") else 1
        if best is None or rank >= best[0]:
            best = rank, Labelled(level, (marks.evidence(hit.first, hit.last, "urgency"),))
    return best[1] if best else None
