"""What holds the speaker back, and how pressing it is, by phrases that are data."""

from __future__ import annotations

from banter.extraction.facts_rules import Hit, Marks
from banter.leads.facts import URGENCIES, Labelled


def find_objections(marks: Marks) -> tuple[tuple[Labelled, ...], tuple[str, ...]]:
    """The objections raised, one of each kind, and those denied ("objection:price")."""
    denied = {hit.name: hit for hit in marks.of("denied")}
    found: dict[str, Labelled] = {}
    for hit in marks.of("objection"):
        turned = denied.get(hit.name)
        if turned is not None and _touch(turned, hit):
            continue
        if _turned_round(marks, hit):
            denied.setdefault(hit.name, hit)
            continue
        found.setdefault(hit.name, Labelled(hit.name, (marks.evidence(hit.first, hit.last, "objection"),)))
    return tuple(found.values()), tuple(f"objection:{name}" for name in denied if name not in found)


def _touch(one: Hit, other: Hit) -> bool:
    return one.first <= other.last + 1 and other.first <= one.last + 1


def _turned_round(marks: Marks, hit: Hit) -> bool:
    """True for "not too expensive", "no problem with switching costs"."""
    return any(d.last < hit.first <= d.last + 2 or d.first <= hit.first <= d.last for d in marks.of("denies")) or (
        marks.key(hit.first - 1) in ("not", "no", "never") and hit.name not in ("timing", "no_need", "trust")
    )


def find_urgency(marks: Marks) -> Labelled | None:
    """How pressing it is: the strongest word counts, and of a strong and a weak one the last."""
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
