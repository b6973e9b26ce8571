"""What one message says on one dimension: band, specificity, commitment, the words it rests on, the value.

The rules and the grammars read first. Asked outright, a trained model weighs what they found together with the words
and the build of the message, and gives the labels; it makes up no amount and no date. Unasked, the rules stand alone:
they speak only where the words are plain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from banter.extraction.authority_bare import is_flat_no
from banter.extraction.budget_figure import last_marked
from banter.extraction.budget_standing import denies_approval
from banter.extraction.by_rules import Manner, read_by_rules
from banter.extraction.dates import DateSpan, find_dates
from banter.extraction.linear import Linear, load
from banter.extraction.marking import marked
from banter.extraction.matching import Message, labelled, read_message
from banter.extraction.money import find_money
from banter.extraction.signs import Signs, signs, with_band
from banter.extraction.timeline import is_work
from banter.extraction.timeline_choice import the_one_meant
from scoring.model import Answer, Dimension, Evidence, Money, Timing

#: Longer texts are read to here; the channel lets no more than 2,000 characters in.
_LONGEST = 4_000
_WORD = re.compile(r"[^\W\d_]{2}")
_MYSELF = frozenset(("me", "mine", "myself", "alone"))
_APPROVED = ("approved_amount", "approved")
_FIGURED = ("amount", "approved_amount")
_LIMITS = ((60, "within_60_days"), (120, "within_120_days"), (365, "within_year"))
_DATED = tuple(band for _, band in _LIMITS)
#: "Soon" needs no count, these do.
_COUNTED = _DATED[1:]


@dataclass(frozen=True)
class Seen:
    """An answer before it is judged: what the rules say, the message with its amounts as one word each, its signs, the
    times it names, and the amount or the day that counts, where there is one."""

    rule: Answer
    message: Message
    signs: Signs
    dates: tuple[DateSpan, ...]
    figure: Money | None
    when: Timing | None


def read_answer(
    dimension: Dimension,
    text: str,
    *,
    today: date,
    asked: bool = True,
    question: str = "",
    day_first: bool = False,
    currency: str | None = None,
    fiscal_year_start: int = 1,
) -> Answer:
    """What `text`, said on `today`, says on `dimension`; `docs/labels.md` defines the labels. Never raises on a text.

    `asked`: the text answers the question of this dimension, so "me", "yes" or "30" count; else only explicit words
    do, and the rest is `unclear`. `question` is what was asked, where known. `day_first`: 3/4 is the third of April.
    `currency` (ISO 4217) is what a bare figure is taken to be in; None leaves it open. `fiscal_year_start` is the first
    month, 1 to 12, of the year that "FY27" names by the year it ends in.
    """
    said = text[:_LONGEST]
    manner = Manner(day_first, currency, fiscal_year_start)
    if asked and not by_rules_alone(dimension, said, question):
        answer = judge(see(dimension, said, today, question, manner), load(dimension), load(f"{dimension}_evidence"))
    else:
        answer = read_by_rules(dimension, said, today, asked, question, manner)
    return Answer(dimension, answer.band, answer.specificity, answer.commitment, text, answer.evidence, answer.value)


def by_rules_alone(dimension: Dimension, text: str, question: str) -> bool:
    """Whether a text gives the model nothing to go by: figures and signs alone, or a no whose sense is the
    question's."""
    return not _WORD.search(text) or (dimension == "authority" and is_flat_no(text, question))


def see(
    dimension: Dimension, text: str, today: date, question: str, manner: Manner, *, weighs_question: bool = True
) -> Seen:
    """All that `judge` goes by, of an answer that was asked for. Not `weighs_question`: the rules alone go by it."""
    rule = read_by_rules(dimension, text, today, True, question, manner)
    amounts = {(span.start, span.end) for span in find_money(text) if span.marked}
    if isinstance(rule.value, Money):  # "between 8 and 12", where money was asked for
        amounts |= {(e.start, e.end) for e in rule.evidence if e.kind == "money"}
    message = read_message(text, tuple(sorted(amounts)))
    dates = find_dates(
        text,
        today,
        day_first=manner.day_first,
        fiscal_year_start=manner.fiscal_year_start,
        asked=dimension == "timeline",
    )
    asked = [token.key for token in read_message(question[:_LONGEST]).tokens] if weighs_question else []
    return Seen(
        rule,
        message,
        signs(dimension, message, rule, asked),
        tuple(dates),
        _figure(rule, message, manner) if dimension == "budget" else None,
        _when(rule, message, dates, today) if dimension == "timeline" else None,
    )


def judge(seen: Seen, model: Linear, marker: Linear) -> Answer:
    """The labels that `model` gives, and the words that `marker` says they rest on."""
    dimension, text = seen.rule.dimension, seen.message.text
    band = _band(seen, model.chances("band", seen.signs))
    if band == "unclear":
        return Answer(dimension, band, "vague", "tentative", text)
    evidence = marked(marker, dimension, band, seen.message, [(span.start, span.end) for span in seen.dates])
    if seen.rule.band == "unclear":  # no rule speaks for it: a guess from the whole statement
        evidence = tuple(Evidence(e.text, e.start, e.end, "statement") for e in evidence)
    if band == "declined":
        return Answer(dimension, band, "vague", "negative", text, evidence)
    told = with_band(seen.signs, band)
    value: Money | Timing | None = seen.figure if band in _FIGURED else None
    if dimension == "timeline":
        counts = seen.when is not None and seen.when.days_max is not None and band == band_of(seen.when.days_max)
        value = seen.when if counts else Timing(None)
    if value is not None:
        evidence = _with_the_value(evidence, seen.rule)
    return Answer(
        dimension, band, model.best("specificity", told), model.best("commitment", told), text, evidence, value
    )


def band_of(days: int) -> str:
    """The timeline band of a number of days from the day of the conversation."""
    return next((band for limit, band in _LIMITS if days <= limit), "someday")


def _band(seen: Seen, chances: dict[str, float]) -> str:
    """The likeliest band of those that what was counted allows: no amount without a figure, no other day than read."""
    allowed = dict(chances)
    if seen.rule.dimension == "budget" and seen.figure is None:
        allowed = {band: chance for band, chance in allowed.items() if band not in _FIGURED}
    if seen.rule.dimension == "budget" and denies_approval(seen.message):
        allowed = {band: chance for band, chance in allowed.items() if band not in _APPROVED}
    if seen.rule.dimension == "authority" and _names_another(seen):
        del allowed["final"]
    if seen.rule.dimension == "timeline" and seen.rule.band == "unclear" and seen.when is None:
        allowed = {band: chance for band, chance in allowed.items() if band not in _COUNTED}
        if any(span.kind == "past" for span in seen.dates):
            allowed = {band: chance for band, chance in allowed.items() if band not in _DATED}
    if seen.when is not None and seen.when.days_max is not None:
        likeliest = max(allowed[band] for band in _DATED)
        allowed = {band: chance for band, chance in allowed.items() if band not in _DATED}
        counted = band_of(seen.when.days_max)
        allowed[counted] = max(likeliest, allowed.get(counted, 0.0))
    return max(allowed, key=lambda band: allowed[band])


def _names_another(seen: Seen) -> bool:
    """ "I'm the controller, and the CFO signs": a title, and somebody else who decides, who is not the speaker after
    all."""
    keys = [token.key for token in seen.message.tokens]
    himself = keys.count("i") > 1 or not _MYSELF.isdisjoint(keys)
    return seen.rule.band != "final" and not himself and bool(labelled(seen.message, "authority", "another"))


def _figure(rule: Answer, message: Message, manner: Manner) -> Money | None:
    """The amount that the rules chose, else the last one said."""
    if isinstance(rule.value, Money):
        return rule.value
    money = last_marked(message, find_money(message.text))
    if money is None:
        return None
    return money if money.currency else Money(money.min, money.max, manner.currency, money.period)


def _when(rule: Answer, message: Message, dates: Sequence[DateSpan], today: date) -> Timing | None:
    """The day that the rules chose, else the likeliest one said that is not past."""
    if isinstance(rule.value, Timing):
        return rule.value
    said = [span for span in dates if span.last is not None and span.last >= today and span.kind != "past"]
    said = [span for span in said if not is_work(message.text, span, True)]
    last = the_one_meant(message, said, today).last if said else None
    return Timing((last - today).days, last) if last else None


def _with_the_value(evidence: tuple[Evidence, ...], rule: Answer) -> tuple[Evidence, ...]:
    """With the words of the amount or the day, which the value was read from."""
    source = [e for e in rule.evidence if e.kind in ("money", "date")]
    apart = [e for e in source if not any(e.start < found.end and found.start < e.end for found in evidence)]
    return tuple(sorted((*evidence, *apart), key=lambda e: e.start))
