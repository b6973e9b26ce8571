"""What a message says on other questions than the open one: read from the clauses that are about them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from banter.extraction.corrections import found_out
from banter.extraction.glance import Glance, Means, only, read_own, read_unasked, without
from banter.extraction.period_ends import work_at_period_ends
from banter.extraction.subjects import Clause
from scoring.model import DIMENSIONS, Answer, Dimension, Timing

#: A clause is about a dimension from this chance on, or where none is likelier.
_ABOUT = 0.4
#: Without one of these a figure said in passing is a count.
_OF_MONEY = re.compile(
    r"[£$€¥₹]|\d\s?[km]\b|\d{4}|\d[.,]\d{3}|\b(?:grand|quid|bucks|thousand|hundred|million|lakh|crore|budget\w*|spend\w*"
    r"|pay\w*|pounds?|dollars?|euros?|francs?|rupees?|[a-z]{0,2}eur|usd|gbp|chf|cad|aud|inr|approved|allocated"
    r"|signed off|set aside|cost\w*|price\w*|money|afford|figures)\b",
    re.IGNORECASE,
)
_JUST_NO = re.compile(
    r"\W*(?:(?:hm+|um|sorry|well|er)\W+)*(?:no|nope|nah|no thanks?|no thank you|no thx|rather not|no no"
    r"|(?:no\W+)?not (?:now|yet|interested|for me)"
    r"|i['’]?m (?:good|fine|ok))"
    r"(?:\W+(?:i['’]?m (?:good|fine|ok)|thanks?|thank you|thx|sorry|mate|pls|please))*\W*",
    re.I,
)
_NO_WAY = re.compile(r"\W*(?:no|nope|not?)\s+(?:e-?mails?|phones?|calls?|numbers?|contact|address|meetings?)\W*", re.I)
_TO_SPEND = re.compile(
    r"\b(?:budget\w*|spen[dt]\w*|pay\w*|afford|invest\w*|approved|allocated|signed off|set aside|reserved|released"
    r"|earmarked|available|put aside|have|got|there is|go up to|go as high|offer)\b|there['’]s",
    re.I,
)
#: A longer reply says itself what its figure is.
_SHORT = 8
#: "25k, not 20k": the last words say what it is not.
_TAKEN_BACK = re.compile(r"\W*(?:and |so )?(?:not|no longer|instead of|rather than)\b", re.I)
_FIGURED = ("amount", "approved_amount")
#: A message of more words tells a story, with many people and times in it.
_STORY = 60
#: Alone these name nobody who decides: customers ask too, and hours are counted all together.
_NAMES_NOBODY = re.compile(r"\W*(?:asks?|asked|asking|approved|all together|together|both|all|i|as i said)\W*", re.I)
_BY_ITSELF = re.compile(
    r"\W*(?:and )?(?:we |i )?(?:(?:need|want|needed|wanted) (?:it|this) )?"
    r"(?:asap|as soon as (?:possible|you can|we can)|immediately|right away|straight ?away|now|the sooner the better"
    r"|yesterday)(?: please)?\W*",
    re.I,
)
_BREAK = re.compile(r"[.!?;]+(?=\s)|\n+")
_MOVED = re.compile(
    r"(?:\b(?:moved|pushed|shifted|slipped|postponed|delayed|changed|put back|brought forward|is now|now is)\b"
    r"|, not (?:in |the |on |by )+(?:\w+ ){0,4}\w+\W*$)",
    re.I,
)


def just_no(text: str) -> bool:
    """True for a flat no to a request: "no", "nope", "no thanks", "no email"."""
    return _JUST_NO.fullmatch(text) is not None or _NO_WAY.fullmatch(text) is not None


def moves_it(text: str) -> bool:
    """True when what was said before is said to have moved."""
    return _MOVED.search(text) is not None


def clauses_about(seen: Glance, dimension: Dimension) -> list[tuple[int, int]]:
    """The offsets of the clauses that are about `dimension`; the likeliest one where none surely is."""
    found = [c for c in seen.clauses if c.subject == dimension or c.chances[dimension] > _ABOUT]
    if not found and seen.clauses:
        found = [max(seen.clauses, key=lambda clause: clause.chances[dimension])]
    return _offsets(seen, found)


def clauses_about_others(seen: Glance, others: Iterable[Dimension]) -> list[tuple[int, int]]:
    """The offsets of the clauses that speak of one of `others` and not of the open question."""
    wanted, ours = frozenset(others), seen.open_question
    told = [clause for clause in seen.clauses if clause.subject in wanted]
    return _offsets(seen, [clause for clause in told if not (ours in DIMENSIONS and clause.chances[ours] > _ABOUT)])


def read_elsewhere(seen: Glance, dimension: Dimension, corrects: bool, means: Means) -> Answer | None:
    """What the message says on `dimension`, or None where that is not clear. `corrects`: the last clause about it
    counts before all of them, for those before it may name what is no longer true."""
    spans = clauses_about(seen, dimension)
    all_said = seen.said
    if dimension == "timeline":
        all_said = without(all_said, work_at_period_ends(all_said, asked=False))
    if dimension == "authority":
        all_said = without(all_said, found_out(all_said))
    if dimension == "authority" and len(all_said.split()) > _STORY:
        return _said_in_a_story(seen, spans, means)
    heard = [only(all_said, spans), all_said]
    if not any(c.isalnum() for c in heard[0]):
        return None  # what is asked about it is not said about it
    if corrects and len(spans) > 1 and not _TAKEN_BACK.match(seen.said[slice(*spans[-1])]):
        heard.insert(0, only(all_said, spans[-1:]))
    for said in dict.fromkeys(heard):
        if said.strip():
            if dimension == "authority" and (plain := read_unasked(dimension, said, means)).said:
                return replace(plain, text=seen.text)  # here the rules are right more often than the model
            answer, by_rule, _ = read_own(dimension, said, means)
            for each in (answer, by_rule):
                if dimension == "authority" and _names_nobody(each):
                    continue
                if each.said and each.evidence and not _only_urgent(each, said, means):
                    if each.band in _FIGURED and by_rule.value is None:
                        continue  # a figure that is not theirs to spend: "4,200 gone"
                    if each.band in _FIGURED and _is_a_cost(seen):
                        continue  # "2,000 a month", to how much that loses them
                    if each.band in _FIGURED and not _OF_MONEY.search(said):
                        continue  # "about 20 a month", said of invoices
                    return replace(each, text=seen.text)
    return None


def _is_a_cost(seen: Glance) -> bool:
    """True for a bare figure where the problem was asked about: nothing says that it may be spent."""
    return seen.open_question == "need" and len(seen.text.split()) <= _SHORT and not _TO_SPEND.search(seen.text)


def _names_nobody(answer: Answer) -> bool:
    """True where a rule knows no word in it, or none about deciding."""
    told = [evidence.text for evidence in answer.evidence if evidence.kind != "statement"]
    return all(_NAMES_NOBODY.fullmatch(text) for text in told)


def _said_in_a_story(seen: Glance, spans: Iterable[tuple[int, int]], means: Means) -> Answer | None:
    """Who decides, where a long message speaks of many people: in plain words within one sentence, or not at all."""
    for start, end in _sentences(seen.said, spans):
        plain = read_unasked("authority", only(seen.said, [(start, end)]), means)
        if plain.said:
            return replace(plain, text=seen.text)
    return None


def _sentences(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences that hold `spans`, each once."""
    breaks = [0, *(match.end() for match in _BREAK.finditer(text)), len(text)]
    found = [(max(at for at in breaks if at <= start), min(at for at in breaks if at >= end)) for start, end in spans]
    return list(dict.fromkeys(found))


def _only_urgent(answer: Answer, said: str, means: Means) -> bool:
    """True for "it's urgent", said in passing: that names no day, and the question is still to be asked. "asap." as a
    clause of its own among others tells when."""
    if _BY_ITSELF.fullmatch(said):
        return False
    if answer.band != "within_60_days" or (isinstance(answer.value, Timing) and answer.value.days_max is not None):
        return False
    return not read_unasked("timeline", said, means).said


def _offsets(seen: Glance, found: Iterable[Clause]) -> list[tuple[int, int]]:
    return [(clause.start, clause.end) for clause in found]
