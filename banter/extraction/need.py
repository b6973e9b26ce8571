"""Need: a concrete problem of the speaker's own, with or without a measure; else a wish; else curiosity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from banter.extraction.dates import find_dates
from banter.extraction.hedges import conditions, evidence, hedges, negated, tidy
from banter.extraction.matching import NUMBER, Cue, Message, labelled, read_message, word_lists
from banter.extraction.money import find_money
from scoring.model import Answer, Evidence

_ASKS = (
    "what",
    "how",
    "who",
    "where",
    "when",
    "why",
    "can",
    "could",
    "is",
    "are",
    "do",
    "does",
    "will",
    "would",
    "which",
)
_SOFT = (
    "maybe",
    "perhaps",
    "possibly",
    "guess",
    "suppose",
    "might",
    "nice",
    "not",
    "unsure",
    "would",
    "hope",
    "hoping",
)
_YEAR = re.compile(r"(19|20)\d\d$")
#: Words of other questions' answers: a message of these alone says nothing about a need.
_OTHER_TALK = frozenset(
    [
        "signature",
        "budget",
        "ceo",
        "cfo",
        "cto",
        "boss",
        "manager",
        "director",
        "owner",
        "board",
        "decide",
        "decides",
        "decision",
        "sign",
        "signs",
        "approve",
        "approved",
        "approval",
        "asap",
        "price",
        "pricing",
        "cost",
        "demo",
        "trial",
        "brochure",
        "bot",
        "robot",
        "human",
        "person",
        "call",
        "email",
        "address",
        "name",
        "number",
        "fine",
        "thanks",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "january",
        "february",
    ]
)


def read_need(text: str, today: date, asked: bool) -> Answer:
    """The need answer in `text`; the caller has dealt with refusals."""
    message = read_message(text, tuple((s.start, s.end) for s in find_money(text) if s.marked))
    content = _content(message)
    problems = _problems(message)
    fine, curious = labelled(message, "need", "fine"), labelled(message, "need", "curious")
    wishes, solves = labelled(message, "need", "wish"), labelled(message, "need", "solve")
    process = [i for i in content if message.tokens[i].key in word_lists()["process"]]
    if _somebody_elses(message) and not (asked and curious):
        return _answer(text, "unclear", "vague", "tentative")
    if fine and not [p for p in problems if not _inside(p, fine)]:
        if asked and wishes and "but" in message.keys(range(len(message.tokens))):
            return _answer(text, "general", "vague", "tentative", evidence(message, "wish", wishes))
        if asked:
            return _answer(text, "curious", "vague", "negative", evidence(message, "negation", fine))
        return _answer(text, "unclear", "vague", "tentative")
    problems = [p for p in problems if not _inside(p, [*fine, *curious])]
    if _is_question(message) and not problems:
        return _answer(text, "unclear", "vague", "tentative")
    measures = _measures(message, today, problems)
    events = labelled(message, "need", "event")
    concrete = [i for i in content if not any(c.first <= i <= c.last for c in [*curious, *problems])]
    concrete += [c.first for c in events]
    if problems and (concrete or measures) and (asked or _explicit(message, problems, process, measures)):
        return _problem(message, problems, measures, today)
    if asked and labelled(message, "need", "law") and measures_day(text, today):
        return _problem(message, labelled(message, "need", "law"), measures, today)
    if asked and solves and process and not curious:
        return _problem(message, solves, measures, today)
    if not asked:
        return _answer(text, "unclear", "vague", "tentative")
    if curious:
        return _answer(text, "curious", "vague", "tentative", evidence(message, "hedge", curious))
    counted = [m for m in measures if any(message.tokens[i].key[0].isdigit() for i in range(m.first, m.last + 1))]
    if (measures and process) or (counted and concrete and not _off_topic(message)):
        return _problem(message, measures, measures, today)
    if process and not wishes and not _off_topic(message):
        cues = [Cue("process", i, i, message.tokens[i].start, message.tokens[i].end) for i in process]
        return _problem(message, cues, measures, today)
    if wishes or (problems and not concrete):
        return _answer(text, "general", "vague", _mood(message), evidence(message, "wish", wishes or problems))
    if (generic := _generic(message)) and not _off_topic(message):
        return _answer(text, "general", "vague", _mood(message), evidence(message, "wish", generic))
    if _own_statement(message, concrete):
        cue = Cue("statement", 0, len(message.tokens) - 1, message.tokens[0].start, message.tokens[-1].end)
        if numbers := _bare_numbers(message, today, labelled(message, "need", "size")):
            found = evidence(message, "problem", [cue]) + evidence(message, "measure", numbers)
            return _answer(text, "quantified", "precise", "intending", found)
        return _answer(text, "specific", "precise", "intending", evidence(message, "problem", [cue]))
    if _plain_no(message):
        return _answer(text, "curious", "vague", "tentative", [Evidence(text, 0, len(text), "hedge")])
    return _answer(text, "unclear", "vague", "tentative")


def _answer(text: str, band: str, specificity: str, commitment: str, found: Sequence[Evidence] = ()) -> Answer:
    return Answer("need", band, specificity, commitment, text, tidy(found))


def measures_day(text: str, today: date) -> bool:
    """Whether a day still to come is named."""
    return any(s.last and s.last >= today and s.precise for s in find_dates(text, today))


def _content(message: Message) -> list[int]:
    """Words that name something of somebody's own work: neither grammar nor part of anybody's wish."""
    lists = word_lists()
    skip = lists["generic"] | lists["function"]
    return [
        i
        for i, t in enumerate(message.tokens)
        if t.key.isalpha() and len(t.key) > 2 and t.key not in skip and t.key != NUMBER
    ]


def _problems(message: Message) -> list[Cue]:
    """Problem words that are not denied."""
    found = []
    for cue in labelled(message, "need", "problem"):
        if cue.first == cue.last and negated(message, cue.first, 2) and not _told(message, cue):
            continue
        found.append(cue)
    return found


def _told(message: Message, cue: Cue) -> bool:
    """ "Nobody chases unpaid invoices" and "not paid" tell of a problem although they deny something."""
    before = message.keys(range(max(0, cue.first - 2), cue.first))
    return "noone" in before


def _inside(cue: Cue, others: list[Cue]) -> bool:
    return any(o.first <= cue.first and cue.last <= o.last for o in others)


def _somebody_elses(message: Message) -> bool:
    foreign = labelled(message, "need", "foreign")
    if not foreign:
        return False
    keys = message.keys(range(len(message.tokens)))
    ours = [i for i, k in enumerate(keys) if k in ("our", "we", "us")]
    outside = [i for i in ours if message.sentences[i] not in {message.sentences[c.first] for c in foreign}
               or message.clauses[i] > message.clauses[foreign[-1].last]]  # fmt: skip
    former = any(w in message.text.lower() for w in ("job", "company", "employer", "worked", "last place", "old place"))
    return not (outside and not former) and not (outside and "now" in keys)


def _is_question(message: Message) -> bool:
    words = [t.key for t in message.tokens if t.key.isalpha()]
    return bool(words) and message.text.rstrip().endswith("?") and (words[0] in _ASKS or len(words) <= 6)


def _measures(message: Message, today: date, problems: list[Cue]) -> list[Cue]:
    size = labelled(message, "need", "size")
    found = []
    for cue in labelled(message, "need", "measure"):
        keys = message.keys(range(cue.first, cue.last + 1))
        if any(_YEAR.match(k) for k in keys) or _inside(cue, size):
            continue
        if any(s.first <= cue.first <= s.last for s in size) and not any(p.first > cue.last for p in problems):
            continue
        if keys == ["double"] or (
            keys[:1] == ["double"]
            and "book" in " ".join(message.keys(range(cue.first, min(cue.last + 2, len(message.tokens)))))
        ):
            continue
        if _future_date(message, cue, today):
            continue
        found.append(cue)
    if problems:
        found += _bare_numbers(message, today, size)
    return found


def _bare_numbers(message: Message, today: date, size: list[Cue]) -> list[Cue]:
    """ "A backlog of 400": beside a problem any number counts that is no year, date, head count or name."""
    dates = find_dates(message.text, today)
    found = []
    for i, token in enumerate(message.tokens):
        plain = re.sub(r"[.,](?=\d{3})", "", token.key)
        if not plain.isdigit() or len(plain) > 6 or _YEAR.match(token.key) or token.key in ("365", "360"):
            continue
        if any(s.first <= i <= s.last for s in size) or any(d.start <= token.start < d.end for d in dates):
            continue
        if message.text[max(0, token.start - 1) : token.start] in ("/", "@", "-") or message.tokens[
            i - 1 if i else 0
        ].key in ("q", "excel", "office", "sap", "windows", "version"):
            continue
        found.append(Cue("measure", i, i, token.start, token.end))
    return found


def _future_date(message: Message, cue: Cue, today: date) -> bool:
    """ "In 3 months" or "by 1 March" is when, not how much."""
    before = message.keys(range(max(0, cue.first - 1), cue.first))
    return before in (["in"], ["by"], ["within"], ["since"]) and any(
        s.start <= cue.start < s.end for s in find_dates(message.text, today)
    )


def _explicit(message: Message, problems: list[Cue], process: list[int], measures: list[Cue]) -> bool:
    """Unasked, a problem needs the speaker's own work: a process of theirs, or "we", "our", "my" beside it."""
    keys = message.keys(range(len(message.tokens)))
    sentences = {message.sentences[p.first] for p in problems}
    own = any(k in ("we", "our", "my", "us", "i") and message.sentences[i] in sentences for i, k in enumerate(keys))
    strong = [
        p
        for p in problems
        if message.tokens[p.first].key
        not in (
            "not",
            "no",
            "never",
            "behind",
            "late",
            "issue",
            "issues",
            "hard",
            "bad",
            "expire",
            "expires",
            "expired",
            "runs",
            "run",
            "gap",
        )
    ]
    near = any(message.sentences[i] in sentences for i in process)
    return bool(strong) and (near or (own and bool(measures) and not set(keys) & _OTHER_TALK))


def _problem(message: Message, problems: list[Cue], measures: list[Cue], today: date) -> Answer:
    found = evidence(message, "problem", problems)
    law = labelled(message, "need", "law")
    days = [s for s in find_dates(message.text, today) if s.last and s.last >= today and s.precise and s.kind != "past"]
    if law and days:
        found += [Evidence(s.text, s.start, s.end, "date") for s in days] + evidence(message, "consequence", law)
        return _answer(message.text, "quantified", "precise", "committed", found)
    mood = "tentative" if _tentative(message) else "intending"
    if measures:
        found += evidence(message, "measure", measures)
        return _answer(message.text, "quantified", "precise", mood, found)
    return _answer(message.text, "specific", "precise", mood, found)


def _tentative(message: Message) -> bool:
    soft = [
        c
        for c in hedges(message)
        if message.tokens[c.first].key in ("maybe", "perhaps", "possibly", "might")
        or "guess" in message.text[c.start : c.end]
    ]
    return any(c.first <= 1 for c in soft) or "would be nice" in message.text.lower()


def _mood(message: Message) -> str:
    soft = [c for c in hedges(message) if set(message.keys(range(c.first, c.last + 1))) & set(_SOFT)]
    return "tentative" if soft or conditions(message) else "intending"


def _generic(message: Message) -> list[Cue]:
    words = word_lists()["generic"]
    return [
        Cue("generic", i, i, t.start, t.end) for i, t in enumerate(message.tokens) if t.key in words and len(t.key) > 4
    ]


def _off_topic(message: Message) -> bool:
    words = {t.key for t in message.tokens}
    return bool(labelled(message, "need", "profile")) or bool(words & _OTHER_TALK)


def _own_statement(message: Message, concrete: list[int]) -> bool:
    """A longer statement about "our" work, asked for a problem, is one, although no rule knows its words."""
    keys = message.keys(range(len(message.tokens)))
    own = any(k in ("our", "we", "us", "my", "i") for k in keys)
    return own and len(concrete) >= 2 and len(keys) >= 6 and not _off_topic(message) and "?" not in keys


def _plain_no(message: Message) -> bool:
    words = [t.key for t in message.tokens if t.key.isalpha()]
    return words in (["no"], ["nothing"], ["none"], ["no", "reason"], ["nothing", "really"])
