"""Timeline: by when it is needed, counted to the latest day meant, and how firmly."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.hedges import conditions, evidence, hedges, negated, tidy
from banter.extraction.matching import Cue, Message, labelled, read_message
from banter.extraction.period_ends import work_at_period_ends
from banter.extraction.timeline_choice import MOST, after_correction, not_this, says_again, the_one_meant, token_at
from scoring.model import Answer, Evidence, Timing

_BANDS = ((60, "within_60_days"), (120, "within_120_days"), (365, "within_year"))
_PLAINLY_URGENT = ("asap", "as soon as possible")
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
#: "30", "90": round numbers alone are days, as sales people count them; of a "6" nobody knows what it is.
_DAYS_ALONE = re.compile(r"\s*(30|45|60|75|90|120|150|180)\s*[.!]?\s*")
_SLASHED = re.compile(r"\b\d{1,3} ?/ ?(\d{1,3}) ?(day|week|month)s?\b", re.I)
_LEADS_TO_A_DATE = ("by", "before", "until", "till", "in", "within", "on", "for", "latest", "this", "from")
_COUNTED_IN = ("day", "dys", "week", "weeek", "wk", "month", "mnth", "mth", "mo", "quarter", "year", "yr", "yaer")
#: A verb and the time that it speaks of stand at most so many words apart.
_NEAR = 5
_ASKS = ("how", "what", "can", "is", "do", "does", "will", "would", "could", "are")


@lru_cache(maxsize=64)
def _dates(
    text: str, today: date, day_first: bool, fiscal_year_start: int = 1, asked: bool = False
) -> tuple[DateSpan, ...]:
    return tuple(find_dates(text, today, day_first=day_first, fiscal_year_start=fiscal_year_start, asked=asked))


def names_a_time(text: str, today: date) -> bool:
    """Whether `text` names a day or a period with an end, past or to come."""
    return any(span.precise and span.last for span in _dates(text, today, False))


def read_timeline(
    text: str, today: date, asked: bool, day_first: bool, question: str = "", fiscal_year_start: int = 1
) -> Answer:
    """The timeline answer in `text`; the caller has dealt with refusals. `fiscal_year_start`: the month, 1 to 12."""
    if asked and (bare := _DAYS_ALONE.fullmatch(text)):
        days = int(bare[1])
        found = [Evidence(bare[1], bare.start(1), bare.end(1), "date")]
        return _answer(text, _band(days), "some", "intending", found, Timing(days, today + timedelta(days=days)))
    message = read_message(text)
    every = [*_dates(text, today, day_first, fiscal_year_start, asked), *_one_or_two(message, today)]
    spans = [s for s in every if _counts(message, s, today, asked)]
    spans = after_correction(message, spans, today)
    dated = [s for s in spans if s.last is not None]
    soft = labelled(message, "timeline", "soft")
    must = [
        c
        for c in labelled(message, "timeline", "must")
        if not negated(message, c.first, 2) and not any(o.first <= c.first <= o.last for o in soft)
    ]
    doubts = [*hedges(message), *conditions(message)]
    if asked and (later := labelled(message, "timeline", "defer")):
        return _answer(text, "someday", "some", "tentative", evidence(message, "hedge", later), Timing(None))
    if asked:
        dated += _loose(message, dated, today)
    if dated and not not_this(message, dated):
        return _dated(message, dated, must, doubts, today)
    if not asked and not _plainly_about_time(message, spans):
        return _answer(text, "unclear", "vague", "tentative")
    noplans = labelled(message, "timeline", "noplans")
    event = [c for c in labelled(message, "timeline", "when") if not _able(message, c)]
    if asked and event:
        return _answer(text, "someday", "some", "tentative", evidence(message, "hedge", event), Timing(None))
    urgent, soon = _urgent(message, spans), labelled(message, "timeline", "soon")
    months = labelled(message, "timeline", "fewmonths")
    someday = labelled(message, "timeline", "someday")
    if noplans and asked:
        return _answer(text, "someday", "some", "negative", evidence(message, "negation", noplans))
    if urgent and not (someday and _denied(message, urgent)):
        firm = "committed" if must and not doubts else "tentative" if doubts else "intending"
        return _answer(text, "within_60_days", "some", firm, evidence(message, "date", urgent), Timing(None))
    if soon and not _denied(message, soon):
        found = evidence(message, "date", soon)
        return _answer(text, "within_60_days", "some", "tentative" if doubts else "intending", found, Timing(None))
    if months and asked:
        found = evidence(message, "date", months)
        return _answer(text, "within_120_days", "some", "tentative" if doubts else "intending", found, Timing(None))
    undated = [s for s in spans if s.kind == "undated"]
    if asked and (someday or undated):
        found = evidence(message, "hedge", someday)
        found += [Evidence(s.text, s.start, s.end, "date") for s in undated]
        return _answer(text, "someday", _narrowed(message), "tentative", found, Timing(None))
    words = [t for t in message.tokens if t.key.isalpha()]
    settles = question.lower().split()[:1] not in (["when"], ["how"], ["what"])
    other = {"budget", "money", "funds", "idea", "boss"} & {t.key for t in words}
    if asked and settles and words and len(words) <= 2 and words[0].key == "no" and not other:
        flat = [Evidence(text[words[0].start : words[0].end], words[0].start, words[0].end, "negation")]
        return _answer(text, "someday", "some", "negative", flat)
    return _answer(text, "unclear", "vague", "tentative")


def _loose(message: Message, dated: list[DateSpan], today: date) -> list[DateSpan]:
    """Amounts of time that the grammar takes for none: "I would put it at four months", "so say four weeks"."""
    if not any(word in message.text.lower() for word in _COUNTED_IN):
        return []
    found = [s for s in find_dates(message.text, today, asked=True, loose=True) if s.kind == "duration"]
    found = [s for s in found if not any(s.start < d.end and d.start < s.end for d in dated)]
    cues = labelled(message, "timeline", "again")
    found = [s for s in found[-MOST:] if _counts(message, s, today, True)]
    if dated:
        return [s for s in found if s.precise and any(says_again(message, c, token_at(message, s.start)) for c in cues)]
    return [] if labelled(message, "timeline", "noplans", "someday") else found


def _answer(
    text: str,
    band: str,
    specificity: str,
    commitment: str,
    found: list[Evidence] | None = None,
    value: Timing | None = None,
) -> Answer:
    return Answer("timeline", band, specificity, commitment, text, tidy(found or []), value)


def _counts(message: Message, span: DateSpan, today: date, asked: bool) -> bool:
    """Whether the time is one that they need it by: not past, not a measure, not when to call."""
    if span.kind == "past" or (span.last is not None and span.last < today):
        return False
    index, last = token_at(message, span.start), token_at(message, span.end - 1)
    here = set(message.clause(index)) | set(message.clause(last))
    for cue in labelled(message, "timeline", "measure", "offtopic"):
        if cue.first <= last and index <= cue.last and cue.label == "measure":
            continue
        if cue.first in here and (not asked or cue.label == "measure"):
            return False
    if _question(message, index) and not labelled(message, "timeline", "want"):
        return False
    if _bygone(message, index, span) or is_work(message.text, span, asked):
        return False
    past = [c for c in labelled(message, "timeline", "past") if c.first in here and c.first < last]
    if past and "looking" in message.keys(range(index)):
        return False
    if past and span.kind == "duration":
        return False
    if asked:
        return True
    if span.kind in ("urgent", "undated"):
        return span.kind == "urgent" and span.text.lower() in _PLAINLY_URGENT
    sentence = message.sentences[index]
    live = [c for c in labelled(message, "timeline", "live") if message.sentences[c.first] == sentence]
    before = message.keys(range(max(0, index - 2), last + 1))
    return bool(live) and any(k in _LEADS_TO_A_DATE or k == "next" for k in before)


def _bygone(message: Message, index: int, span: DateSpan) -> bool:
    """ "We started in June", "if we had signed in June": the June that was, or might have been."""
    if span.last is None or "next" in span.text.lower() or "this" in span.text.lower():
        return False
    near = [c for c in labelled(message, "timeline", "bygone") if c.first < index and index - c.last <= _NEAR]
    return any(message.sentences[c.last] == message.sentences[index] for c in near)


def is_work(text: str, span: DateSpan, asked: bool) -> bool:
    """ "Month end takes us 8 days": the work done then, and no day."""
    return any(start < span.end and span.start < end for start, end in work_at_period_ends(text, asked=asked))


def _question(message: Message, index: int) -> bool:
    number = message.sentences[index]
    keys = [t.key for t, s in zip(message.tokens, message.sentences, strict=False) if s == number]
    return bool(keys) and keys[-1] == "?" and keys[0] in _ASKS


def _one_or_two(message: Message, today: date) -> list[DateSpan]:
    """ "In a month or two", "30/60 days": the longer one is meant."""
    found = []
    for cue in labelled(message, "timeline", "ortwo"):
        days = 2 * _UNITS[message.tokens[cue.first + 1].key]
        last = today + timedelta(days)
        found.append(DateSpan(cue.start, cue.end, message.text[cue.start : cue.end], today, last, "duration", True))
    for match in _SLASHED.finditer(message.text):
        last = today + timedelta(int(match.group(1)) * _UNITS[match.group(2).lower()])
        found.append(DateSpan(match.start(), match.end(), match.group(), today, last, "duration", True))
    return found


def _band(days: int) -> str:
    return next((name for limit, name in _BANDS if days <= limit), "someday")


def _dated(message: Message, dated: list[DateSpan], must: list[Cue], doubts: list[Cue], today: date) -> Answer:
    chosen = the_one_meant(message, dated, today)
    assert chosen.last is not None
    days = (chosen.last - today).days
    band = _band(days)
    found = [Evidence(chosen.text, chosen.start, chosen.end, "date")]
    hedged = [d for d in doubts if not _part_of(d, chosen)]
    if hedged or (message.text.rstrip().endswith("?") and len(message.tokens) <= 4):
        commitment = "tentative"
        found += evidence(message, "hedge", hedged)
    elif must:
        commitment = "committed"
        found += evidence(message, "deadline", must)
    else:
        commitment = "tentative" if band == "someday" and _loosely(message) else "intending"
    return _answer(
        message.text,
        band,
        "precise" if chosen.precise or any(c.isdigit() for c in chosen.text) else "some",
        commitment,
        found,
        Timing(days, chosen.last),
    )


def _loosely(message: Message) -> bool:
    return (
        bool({"sometime", "eventually", "someday", "so", "earliest", "point"} & {t.key for t in message.tokens})
        or "some time" in message.text.lower()
    )


def _part_of(cue: Cue, span: DateSpan) -> bool:
    """ "May" the month is not "may" the hedge."""
    return span.start <= cue.start and cue.end <= span.end


def _plainly_about_time(message: Message, spans: list[DateSpan]) -> bool:
    """Unasked, only wanting it at once counts: "need it asap"."""
    return bool(
        [
            c
            for c in labelled(message, "timeline", "urgent")
            if message.text[c.start : c.end].lower().strip(".") in ("asap", "as soon as possible")
        ]
    )


def _urgent(message: Message, spans: list[DateSpan]) -> list[Cue]:
    found = labelled(message, "timeline", "urgent")
    if any(t.key.startswith("depend") for t in message.tokens):
        found = [
            c for c in found if message.tokens[c.first].key not in ("quickly", "quick", "fast", "rapidly", "quickest")
        ]
    return found


def _able(message: Message, cue: Cue) -> bool:
    """ "As soon as we can" is urgent; "as soon as the contract is signed we can start" is too."""
    following = set(message.keys(range(cue.last, len(message.tokens))))
    return bool(following & {"can", "start", "ready", "able"})


def _denied(message: Message, cues: list[Cue]) -> bool:
    before = [message.tokens[i].key for c in cues for i in range(max(0, c.first - 3), c.first)]
    return any(k in ("not", "no", "never", "nothing") for k in before)


def _narrowed(message: Message) -> str:
    return "some" if labelled(message, "timeline", "narrow") else "vague"
