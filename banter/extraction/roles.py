"""The speaker's own title and role: "Finance Director", "ops manager here", "I run the shop"; never "my CFO"."""

from __future__ import annotations

from functools import lru_cache

from banter.extraction.facts_rules import OWN, Marks, is_end, lists
from banter.leads.facts import SENIORITIES, Role

_FOLLOWS = frozenset((",", "at", "of", "for", "in", "from", "with", "-", "–", "(", "here", "@"))
_OTHERS = frozenset(("she", "he", "they", "who", "which"))
_NO_BUSINESS_AFTER = frozenset(("for", "at", "in", "with", "to", "and", "through", "past", "by"))


def find_role(marks: Marks) -> Role | None:
    """The title as said and where it stands in the company, or None when the speaker names none of their own."""
    titles = _titles(marks)
    for number, (first, last) in enumerate(titles):
        first = _with_adjectives(marks, first)
        if _is_own(marks, first, last) and not marks.of_others(first):
            first = _without_article(marks, first)
            seniority, function = _rank(marks, first, last)
            if number + 1 < len(titles) and marks.key(last + 1) == "and" and titles[number + 1][0] == last + 2:
                last = titles[number + 1][1]  # "vet and part owner": the higher one says where they stand
                other, what = _rank(marks, titles[number + 1][0], last)
                ranks = [rank for rank in (seniority, other) if rank]
                seniority, function = min(ranks, key=SENIORITIES.index, default=None), function or what
            return Role(marks.written(first, last), seniority, function, (marks.evidence(first, last, "role"),))
    return _runs(marks)


@lru_cache(maxsize=1)
def _heads() -> dict[str, str]:
    return {word: seniority for seniority in SENIORITIES for word in lists()[f"head_{seniority}"]}


def _titles(marks: Marks) -> list[tuple[int, int]]:
    """Every title in the message, anybody's, as tokens (first, last)."""
    spans = [(hit.first, hit.last) for hit in marks.of("title")]
    spans += [(i, i) for i, key in enumerate(marks.keys) if key in _heads() and marks.key(i + 1) not in ("'s", "’s")]
    inside = lists()["modifier"] | lists()["area"]
    functions = {i for hit in marks.of("function") for i in range(hit.first, hit.last + 1)}
    grown: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        start = marks.sentence(first).start
        while first > start and (
            marks.key(first - 1) in inside
            or first - 1 in functions
            or (marks.key(first - 1) in ("'s", "’s") and marks.key(first - 2) in _heads())
            or (marks.key(first) in ("'s", "’s") and marks.key(first - 1) in _heads())
        ):
            first -= 1
        last = _of_what(marks, last, functions)
        if grown and first <= grown[-1][1] + 1 and first > grown[-1][0]:
            first = grown.pop()[0]
        elif grown and first <= grown[-1][0]:
            grown.pop()
        grown.append((first, last))
    return grown


def _with_adjectives(marks: Marks, first: int) -> int:
    """Where a title at the head of a line begins: "Freelance wedding photographer here"."""
    start = marks.sentence(first).start
    lead = range(start, first)
    plain = all(marks.key(i).isalpha() and marks.key(i) not in lists()["role_no_adjective"] for i in lead)
    named = any(marks.key(i) in lists()["role_greets"] or marks.key(i) in OWN for i in lead)
    return start if 0 < len(lead) <= 2 and plain and not named else first


def _of_what(marks: Marks, last: int, functions: set[int]) -> int:
    """The end of "head of ecommerce", "VP of sales and marketing", "manager, operations"."""
    if marks.key(last) not in lists()["role_takes_of"]:
        return last + 1 if last + 1 in functions and marks.key(last) in ("vp", "svp", "evp", "head") else last
    at = last + 1
    if marks.key(at) not in ("of", "for"):
        return at if at in functions and marks.key(last) in ("vp", "svp", "evp", "head") else last
    at += 2 if marks.key(at + 1) in ("the", "our") else 1
    if at in functions or marks.key(at) in lists()["modifier"]:
        while at + 1 in functions or (marks.key(at + 1) == "and" and at + 2 in functions):
            at += 1
        return at
    known = at < len(marks.keys) and marks.key(at).isalpha() and marks.key(at) not in ("a", "an", "it", "this", "my")
    return at if known and marks.key(last) in ("head", "director", "vp", "chief") else last


def _is_own(marks: Marks, first: int, last: int) -> bool:
    return _said_of_me(marks, first) or _heads_the_line(marks, first, last)


def _said_of_me(marks: Marks, first: int) -> bool:
    """ "I'm the ...", "my role is ...", "as CFO, I"; an unknown word may stand between ("the night porter manager")."""
    if any(hit.last >= first - 3 and hit.last < first for hit in marks.of("past_me")):
        return False
    for hit in marks.of("role"):
        gap = first - 1 - hit.last
        if hit.name != "am" or hit.first not in marks.sentence(first):
            continue
        if gap == 0 or (
            gap == 1 and marks.key(hit.last + 1) not in lists()["role_between"] and marks.key(hit.last + 1).isalpha()
        ):
            was = marks.keys[hit.first : hit.last + 1]
            as_well = was[0] in ("as", "being") and marks.key(hit.first - 1) in ("well", "same", "such", "far")
            wished = marks.key(hit.first - 1) in ("if", "wish", "not", "when", "imagine")
            return "was" not in was and not as_well and not wished
    return False


def _heads_the_line(marks: Marks, first: int, last: int) -> bool:
    """ "Plant manager, we make parts", "CFO here", "Controller at Acme", "Pat Doe, CFO", "coach and co-owner"."""
    sentence = marks.sentence(first)
    lead = [i for i in range(sentence.start, first) if marks.key(i) not in lists()["role_greets"]]
    after = marks.key(last + 1)
    if after == "here" and (not lead or marks.key(first - 1) == ","):
        return True
    name = len(lead) in (1, 2, 3) and all(marks.capital(i) for i in lead) and marks.key(first - 1) == ","
    pair = len(lead) == 2 and marks.key(lead[-1]) == "and"
    if lead and not name and not pair:
        return False
    if is_end(after):  # alone it may name somebody else, who approves
        return bool(lead) or len(marks.sentence(first)) < len(marks.keys) - 1
    if after not in _FOLLOWS and after not in lists()["role_doing"]:
        return (
            marks.key(last + 2) in (",", "here")
            and after.isalpha()
            and after not in lists()["role_verbs"] | {"and", "or"}
        )
    rest = [marks.key(i) for i in marks.clause(last + 2)] if last + 2 < len(marks.keys) else []
    if after == ",":
        return not rest or rest[0] not in _OTHERS
    return not any(key in lists()["role_verbs"] for key in rest if key not in ("do",)) or "here" in rest


def _without_article(marks: Marks, first: int) -> int:
    while marks.key(first) in ("the", "a", "an"):
        first += 1
    return first


def _rank(marks: Marks, first: int, last: int) -> tuple[str | None, str | None]:
    span = range(first, last + 1)
    whole = marks.inside("title", span)
    heads = [_heads()[marks.key(i)] for i in span if marks.key(i) in _heads()]
    before_of = next((i for i in span if marks.key(i) in ("of", "for", "to")), last + 1)
    early = [_heads()[marks.key(i)] for i in range(first, before_of) if marks.key(i) in _heads()]
    if whole:
        seniority: str | None = max(whole, key=lambda hit: (hit.last - hit.first, hit.last)).name
    else:
        known = early or heads
        seniority = known[-1] if known else None
    functions = marks.inside("function", span)
    return seniority, functions[-1].name if functions else None


def _runs(marks: Marks) -> Role | None:
    """ "I run the shop", "I run finance", "I manage the restaurant", "I do the books"."""
    for hit in marks.of("runs"):
        keys = marks.keys[hit.first : hit.last + 1]
        start = next((k for k, key in enumerate(keys) if key not in ("i", "am", "also", "actually", "basically")), 0)
        skip = (
            "just",
            "only",
            "now",
            "mainly",
            "mostly",
            "usually",
            "pretty",
            "much",
            "co",
            "have",
            "it",
            "is",
            "this",
        )
        while start < len(keys) - 1 and keys[start] in (*skip, "a"):
            start += 1
        if keys[start] in ("run", "founded") and any(key in _NO_BUSINESS_AFTER for key in keys[start + 1 : -1]):
            continue
        first = hit.first + start
        venture = [h.name for h in marks.inside("function", range(first, hit.last + 1))]
        function = venture[-1] if venture and hit.name != "owner" else None
        return Role(marks.written(first, hit.last), hit.name, function, (marks.evidence(hit.first, hit.last, "role"),))
    return None
