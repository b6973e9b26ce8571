"""What the speaker works with today, and which competitors they name and how: using, leaving, past, comparing."""

from __future__ import annotations

import re

from banter.extraction.facts_rules import OWN, Hit, Marks, is_end, lists
from banter.extraction.spelling import common_words
from banter.leads.facts import Product

_REACH = 9
_AFTER = 3
_TITLES = frozenset(
    ("mr", "mrs", "ms", "miss", "dr", "sir", "ai", "it", "i", "ok", "hr", "ceo", "cfo", "we", "our", "my")
)
_JOINTS = frozenset((",", "and", "&", "+", "plus", "/", "or"))
_NAME = re.compile(r"[A-Z][\w&.+-]*|[a-z]+[A-Z]\w*")


def find_products(marks: Marks) -> tuple[tuple[Product, ...], tuple[Product, ...], tuple[str, ...]]:
    """Tools of today, competitors, and what is denied ("tool:Salesforce")."""
    tools: dict[str, Product] = {}
    rivals: dict[str, Product] = {}
    denied: list[str] = []
    mentions = [(hit, "rival") for hit in marks.of("rival")]
    taken = {i for hit, _ in mentions for i in range(hit.first, hit.last + 1)}
    for kind in ("tool", "known"):
        for hit in marks.of(kind):
            if taken.isdisjoint(range(hit.first, hit.last + 1)) and _is_product(marks, hit, kind):
                mentions.append((hit, kind))
                taken.update(range(hit.first, hit.last + 1))
    mentions += [(hit, "new") for hit in _unlisted(marks, taken)]
    mentions += [(hit, "new") for hit in _beside(marks, [hit for hit, _ in mentions], taken)]
    mentions.sort(key=lambda mention: mention[0].first)
    listed = _only_a_list(marks, [hit for hit, _ in mentions])
    for hit, kind in mentions:
        use = "using" if listed else _use(marks, hit, kind)
        evidence = (marks.evidence(hit.first, hit.last, "product"),)
        if use == "not":
            denied += [f"tool:{hit.name}", f"competitor:{hit.name}"]
            continue
        if use in ("using", "leaving"):
            tools[hit.name] = Product(hit.name, use, evidence)
        elif use == "past":
            denied.append(f"tool:{hit.name}")
        if use is not None and (kind == "rival" or (kind != "tool" and use in ("leaving", "past", "comparing"))):
            rivals[hit.name] = Product(hit.name, use, evidence)
    kept = tuple(name for name in denied if name[name.index(":") + 1 :] not in tools)
    return tuple(tools.values()), tuple(rivals.values()), kept


def _is_product(marks: Marks, hit: Hit, kind: str) -> bool:
    """A name that is an ordinary word too ("Close", "Access") needs its capital."""
    if kind == "tool" or hit.first != hit.last or marks.key(hit.first) not in common_words():
        return True
    if hit.name == "Excel":
        return marks.capital(hit.first) or marks.key(hit.first - 1) in ("in", "on", "use", "with", "and", "using", ",")
    follows = marks.key(hit.last + 1) in ("for", "is", "plus", ",", "does")
    return marks.capital(hit.first) and (follows or not marks.opens(hit.first))


def _only_a_list(marks: Marks, hits: list[Hit]) -> bool:
    """True for "Shopify plus Klaviyo plus Xero": nothing but names."""
    if len(hits) < 2:
        return False
    named = {i for hit in hits for i in range(hit.first, hit.last + 1)}
    return all(i in named or key in lists()["product_lists"] or is_end(key) for i, key in enumerate(marks.keys))


def _use(marks: Marks, hit: Hit, kind: str) -> str | None:
    """How the speaker stands to the product; None where it is only mentioned and no competitor."""
    sentence = marks.sentence(hit.first)
    cues = [c for c in marks.of("use") if c.first in sentence]
    near = [c for c in cues if c.last < hit.first <= c.last + _REACH and c.name in _BEFORE]
    after = [c for c in cues if 0 < c.first - hit.last <= _AFTER and c.name in ("after", "left")]
    if marks.of_others(hit.first) or any(
        c.name == "others" and c.last < hit.first and not _own_between(marks, c, hit) for c in cues
    ):
        return "named" if kind == "rival" else None
    last = near[-1] if near else None
    # the same words may be two cues: "moved off" is past, "on" within it is using; the longer and the stronger counts
    if last is not None:
        rivalling = [c for c in near if c.last >= last.first and c.first <= last.last]
        last = min(rivalling, key=lambda c: (_BEFORE.index(c.name), c.first - c.last))
    if marks.denied(hit.first, 3) and (last is None or last.name in ("using", "not")):
        return "not"
    if kind == "tool" and last is not None and last.name == "using" and hit.name == "in-house system":
        return "using"
    if last is not None and last.name == "using" and marks.key(last.first - 1) == "to":
        return "named" if kind == "rival" else None  # "we would like to use"
    if last is not None and last.name == "using" and any(c.name == "left" for c in after):
        return "leaving"
    if last is not None and last.name == "past" and _moved_to(marks, last, hit):
        return "using"
    if last is not None:
        return last.name
    if any(c.name == "left" for c in after):
        return "leaving"
    if any(c.name == "after" for c in after) and marks.opens(hit.first):
        return "using"
    if kind == "tool":
        return "using"
    return "named" if kind == "rival" else None


_BEFORE = ("not", "leaving", "past", "comparing", "using")


def _moved_to(marks: Marks, cue: Hit, hit: Hit) -> bool:
    """ "we moved off Sage to Xero": the second one is today's."""
    return "to" in marks.keys[cue.last + 1 : hit.first]


def _own_between(marks: Marks, cue: Hit, hit: Hit) -> bool:
    return any(key in OWN for key in marks.keys[cue.last + 1 : hit.first])


def _unlisted(marks: Marks, taken: set[int]) -> list[Hit]:
    """Names on no list, right after "we use", "we left" or "we compared", or before "is what we use": with a capital,
    and no place and no ordinary word."""
    found: list[Hit] = []
    places = {i for hit in marks.of("place") for i in range(hit.first, hit.last + 1)}
    for cue in marks.of("use"):
        if _introduces(marks, cue):
            first = cue.last + 1
            for _ in range(3):  # "Harvest and Deltek"
                last = _name_end(marks, first, taken | places)
                if last < first:
                    break
                found.append(Hit(marks.written(first, last).rstrip("."), first, last))
                taken.update(range(first, last + 1))
                if marks.key(last + 1) not in ("and", "or", ",", "&"):
                    break
                first = last + 2
    for cue in marks.of("use"):
        if cue.name == "after" and marks.keys[cue.first : cue.last + 1] in (("is", "our"), ("is", "what")):
            first = marks.sentence(cue.first).start
            if _name_end(marks, first, taken | places) == cue.first - 1 >= first:
                found.append(Hit(marks.written(first, cue.first - 1), first, cue.first - 1))
    return found


def _beside(marks: Marks, named: list[Hit], taken: set[int]) -> list[Hit]:
    """Names on no list that are said in one breath with a product: "Xero and Zorbit", "Zorbit, Slack"."""
    found: list[Hit] = []
    places = {i for hit in marks.of("place") for i in range(hit.first, hit.last + 1)}
    for hit in named:
        at = hit.last + 1
        while marks.key(at) in _JOINTS:
            at += 1
        last = _name_end(marks, at, taken | places) if at > hit.last + 1 else -1
        if at <= last and last - at < 2:
            found.append(Hit(marks.written(at, last).rstrip("."), at, last))
            taken.update(range(at, last + 1))
        before = hit.first - 1
        while marks.key(before) in _JOINTS:
            before -= 1
        if (
            0 <= before < hit.first - 1
            and not marks.opens(before)
            and _name_end(marks, before, taken | places) == before
        ):
            found.append(Hit(marks.written(before, before), before, before))
            taken.add(before)
    return found


def _introduces(marks: Marks, cue: Hit) -> bool:
    """True when a name right behind the cue is a product: "we use", "we're on", "we evaluated"; not "we have"."""
    words = marks.keys[cue.first : cue.last + 1]
    if marks.key(cue.first - 1) == "to" or cue.name in ("not", "others", "after", "left"):
        return False
    if cue.name == "using":
        named = _name_end(marks, cue.last + 1, set())
        inner = named > cue.last and any(char.isupper() for char in marks.written(cue.last + 1, named)[1:])
        on = words[-1] in ("on", "with") and words[0] in lists()["product_standing"]
        return words[-1] in ("use", "using", "uses") or on or (inner and words[-1] in ("have", "got"))
    return words[0] in lists()["product_verbs"]


def _may_name(marks: Marks, index: int) -> bool:
    """True for a word that looks like a name; in a message all in capitals none does."""
    written = marks.written(index, index)
    if len(written) < 2 or marks.key(index) in _TITLES or _NAME.fullmatch(written) is None:
        return False
    return not (written.isupper() and len(written) > 3 and marks.text.isupper())


def _name_end(marks: Marks, first: int, taken: set[int]) -> int:
    """The last token of a name that begins at `first`; before it when there is none."""
    last = first
    while last < len(marks.keys) and last not in taken and _may_name(marks, last):
        last += 1
    ordinary = all(key in common_words() or key in lists()["product_months"] for key in marks.keys[first:last])
    return first - 1 if last == first or (ordinary and last - first < 2) else last - 1
