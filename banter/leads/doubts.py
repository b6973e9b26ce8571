"""Two things that cannot both be true: the visitor is asked once which one holds. Until then the last word counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from banter.leads.model import Lead
from banter.leads.playbook import Conversation
from banter.leads.questions import unanswered
from banter.leads.quoting import own_words
from banter.leads.reading import Reading
from scoring.model import Answer, Dimension, Money

#: Bands that rule each other out; others may both be true of different days ("still comparing", "about 10k").
_CONTRARY: Mapping[Dimension, tuple[tuple[frozenset[str], frozenset[str]], ...]] = {
    "budget": ((frozenset({"none"}), frozenset({"amount", "approved", "approved_amount"})),),
    "authority": (
        (frozenset({"final"}), frozenset({"influence", "none"})),
        (frozenset({"shared"}), frozenset({"none"})),
    ),
    "need": ((frozenset({"curious"}), frozenset({"quantified", "specific"})),),
    "timeline": (
        (frozenset({"within_60_days"}), frozenset({"within_year", "someday"})),
        (frozenset({"within_120_days"}), frozenset({"someday"})),
    ),
}
_LONGEST = 60


def doubtful(lead: Lead, before: Mapping[Dimension, Answer], reading: Reading, rules: Conversation) -> Dimension | None:
    """The answer of `lead` that contradicts what was said `before`, if that may be asked: once for each, within the
    limit of questions."""
    for dimension in reading.contradicts:
        old, new = before.get(dimension), lead.answers.get(dimension)
        if old is None or new is None or dimension in lead.doubted or not contradict(old, new):
            continue
        open_questions = sum(1 for d in unanswered(lead, rules) if d not in lead.asked)
        if len(lead.asked) + 1 + open_questions <= rules.most_questions:
            return dimension
    return None


def contradict(old: Answer, new: Answer) -> bool:
    """Whether two answers to one question cannot both hold."""
    if not (old.said and new.said):
        return False
    for one, other in _CONTRARY[new.dimension]:
        if (old.band in one and new.band in other) or (old.band in other and new.band in one):
            return True
    if isinstance(old.value, Money) and isinstance(new.value, Money) and "exploring" not in (old.band, new.band):
        return _apart(old.value, new.value)
    return False


def raised(lead: Lead, dimension: Dimension, old: Answer) -> Lead:
    """The lead with the question which of the two holds put to it."""
    new = lead.answers[dimension]
    return replace(
        lead,
        asked=(*lead.asked, dimension),
        doubted=(*lead.doubted, dimension),
        doubt=old,
        before=_words(old),
        about=_words(_since(old, new)),
        probe="doubt",
        tries=0,
    )


def puts_off(lead: Lead, reading: Reading) -> bool:
    """Whether a reply to "which of the two?" does something else: a question of theirs, small talk, nonsense."""
    assert lead.doubt is not None
    tells = reading.which is not None or reading.agrees is not None or lead.doubt.dimension in reading.answers
    return not tells and not reading.answers and not reading.leaves


def settled(lead: Lead, reading: Reading) -> Lead:
    """The lead after the reply: the earlier answer when that was picked, else the later one, which counts already."""
    old = lead.doubt
    if old is not None and reading.which == "former" and old.dimension not in reading.answers:
        lead = replace(lead, answers={**lead.answers, old.dimension: old})
    return replace(lead, doubt=None, before="", about="", probe="")


def _since(old: Answer, new: Answer) -> Answer:
    """The part of the later answer that was said after the earlier one, where it rests on both."""
    earlier = f"{old.text}\n"
    if not new.text.startswith(earlier):
        return new
    shift = len(earlier)
    found = tuple(replace(e, start=e.start - shift, end=e.end - shift) for e in new.evidence if e.start >= shift)
    return replace(new, text=new.text[shift:], evidence=found)


def _words(answer: Answer) -> str:
    """An answer in the visitor's own words, short enough to be said back."""
    return own_words(answer, _LONGEST) or answer.band.replace("_", " ")


def _apart(old: Money, new: Money) -> bool:
    """Amounts with nothing in common, of one currency and period as far as is known."""
    if old.currency and new.currency and old.currency != new.currency:
        return True
    if old.period and new.period and old.period != new.period:
        return False  # "2k a month", "24k a year"
    low, high = _bounds(old)
    other_low, other_high = _bounds(new)
    return other_low > high or other_high < low


def _bounds(money: Money) -> tuple[float, float]:
    least = money.min if money.min is not None else 0.0
    return least, money.max if money.max is not None else float("inf")
