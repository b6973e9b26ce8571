"""The speaker's own industry, by the playbook's list: "we're a dental practice", "in construction"."""

from __future__ import annotations

from collections.abc import Collection

from banter.extraction.facts_rules import Hit, Marks, lists
from banter.leads.facts import Labelled, Named

_REACH = 5
_FEW = 4
_LAST_WORDS = frozenset(("in", "from", "at", "of"))


def find_industry(marks: Marks, names: Collection[str], company: Named | None = None) -> Labelled | None:
    """The first industry that the speaker says to be in, by name, by what they do, or by the name of their company;
    never that of customers, suppliers or a past employer. `names` are those of the playbook."""
    best: tuple[int, Hit] | None = None
    for hit in marks.of("industry"):
        strength = _strength(marks, hit)
        if strength and (best is None or strength > best[0]):
            best = strength, hit
    if best is None:
        return _by_doing(marks, names) or _by_company(marks, names, company)
    hit = best[1]
    return Labelled(hit.name, (marks.evidence(hit.first, hit.last, "industry"),))


def _by_doing(marks: Marks, names: Collection[str]) -> Labelled | None:
    """ "We make metal parts", "we sell vitamins online"."""
    for hit in marks.of("doing"):
        if hit.name in names and not marks.of_others(hit.first) and not marks.denied(hit.first):
            return Labelled(hit.name, (marks.evidence(hit.first, hit.last, "industry"),))
    return None


def _by_company(marks: Marks, names: Collection[str], company: Named | None) -> Labelled | None:
    """ "Lakeview Dental", "Big Plains Hauling": the trade in a company's name."""
    spans = [(piece.start, piece.end) for piece in company.evidence] if company else []
    tokens = marks.message.tokens
    for start, end in spans:
        inside = [
            hit
            for hit in (*marks.of("industry"), *marks.of("trade_name"))
            if start <= tokens[hit.first].start and tokens[hit.last].end <= end and hit.name in names
        ]
        if inside:
            hit = inside[-1]
            return Labelled(hit.name, (marks.evidence(hit.first, hit.last, "industry"),))
    return None


def _strength(marks: Marks, hit: Hit) -> int:
    """0 when it is not theirs; more for what names a business than for a mere activity."""
    if marks.of_others(hit.first) or marks.denied(hit.first, 4) or any(h.name == "was" for h in marks.of("past_me")):
        return 0
    if hit.first == hit.last and marks.key(hit.first) in ("shop", "store") and marks.key(hit.first - 1) == "the":
        return 0  # "I run the shop" may be a garage
    before = marks.key(hit.first - 1)
    if before in ("her", "his", "their", "your") or (
        before in ("the", "works") and marks.key(hit.last) in lists()["hired"]
    ):
        return 0  # "its her shop", "in the bank", "the works council"
    if marks.key(hit.last + 1) in ("project", "projects", "trip", "homework", "essay", "loan"):
        return 0
    after = any(h.first == hit.last + 1 for h in marks.of("trade_after"))
    firm = after or _singular(marks.key(hit.last)) in lists()["establishment"]
    clause = marks.clause(hit.first)
    lead = [marks.key(i) for i in range(clause.start, hit.first) if marks.key(i) not in lists()["trade_plain"]]
    rest = [marks.key(i) for i in range(hit.last + 1 + after, clause.stop)]
    if not lead and (firm or not rest or rest[0] in (",", ".", *_LAST_WORDS)) and _opens_talk_of_self(rest):
        return 2 if firm else 1
    sentence = marks.sentence(hit.first)
    short = len([i for i in clause if marks.key(i).isalnum()]) <= _FEW
    bare = short and not any(marks.key(i) in ("the", "my", "our", "your") for i in clause)
    if bare and _headed(marks, sentence):
        return 2 if firm else 1  # "Controller at Acme, wholesale distributor"
    near = [h for h in marks.of("trade_cue") if 0 < hit.first - h.last <= _REACH and h.first in sentence]
    if firm and any(_own_cue(marks, cue, hit) for cue in near):
        return 3
    inside = any(h.last == hit.first - 1 for h in marks.of("trade_in"))
    if inside or (not firm and any(_activity(marks, cue, hit) for cue in near)):
        return 1
    return 0


def _headed(marks: Marks, sentence: range) -> bool:
    """True where the sentence begins with a title: then what hangs on with commas is the speaker's."""
    heads = frozenset().union(*(words for name, words in lists().items() if name.startswith("head_")))
    return any(marks.key(i) in heads for i in list(sentence)[:4])


def _opens_talk_of_self(rest: list[str]) -> bool:
    """A clause that is the trade and where it is: "construction, Leeds", "law firm here"."""
    return not rest or rest[0] in (",", ".", "-", "(", "here", *_LAST_WORDS) or len(rest) <= 1


def _own_cue(marks: Marks, cue: Hit, hit: Hit) -> bool:
    words = marks.keys[cue.first : cue.last + 1]
    if words[0] in ("our", "my") or (words[0] in ("for", "of", "with") and words[-1] in ("our", "my")):
        hired = marks.key(hit.last) in lists()["hired"] or _singular(marks.key(hit.last)) in lists()["hired"]
        return not hired or "family" in words
    if words[0] in ("in", "at", "as") and words[-1] in ("the", "our", "my"):
        return False  # "a fault in the paint shop"
    if words[0] in ("for", "with", "of"):  # "the app for restaurants", "Founder of a marketing agency"
        return any(
            h.last < cue.first and cue.first - h.last < 4 for h in marks.of("title", "function", "role", "runs")
        ) or (_after_a_head(marks, cue.first))
    between = marks.keys[cue.last + 1 : hit.first]
    return not any(
        key in ("for", "with", "from", "by", "to", "and", ",", "not", "no", "than", "like") for key in between
    )


def _after_a_head(marks: Marks, index: int) -> bool:
    heads = frozenset().union(*(words for name, words in lists().items() if name.startswith("head_")))
    return any(key in heads for key in marks.keys[max(0, index - 3) : index])


def _activity(marks: Marks, cue: Hit, hit: Hit) -> bool:
    """ "we do landscaping", "I am in logistics": an activity right behind the cue."""
    words = marks.keys[cue.first : cue.last + 1]
    return (
        hit.first == cue.last + 1 and words[0] in ("we", "i") and words[-1] in ("do", "in", "into", "at", "run", "own")
    )


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
