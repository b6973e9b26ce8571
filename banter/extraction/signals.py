"""What one message says on one dimension: band, specificity, commitment, the words it rests on, the value."""

from __future__ import annotations

import math
from datetime import date

from banter.extraction.authority import read_authority
from banter.extraction.budget import read_budget
from banter.extraction.fallback import chances
from banter.extraction.hedges import conditions, evidence, hedges, refusals, tidy
from banter.extraction.matching import Message, labelled, read_message, word_lists
from banter.extraction.money import find_money
from banter.extraction.need import read_need
from banter.extraction.timeline import read_timeline
from scoring.model import Answer, Dimension, Evidence, Money

#: Longer texts are read to here; the channel lets no more than 2,000 characters in.
_LONGEST = 4_000
#: How much more the rules' word weighs than the model's, as a logarithm; by far the most where dates are counted.
_TRUST = {"budget": 1.2, "authority": 1.5, "need": 0.7, "timeline": 2.0}
#: Where the rules are silent: what their silence weighs, and how sure the model must then be to speak.
_SILENCE = 0.3
_SURE = 0.3
_SURE_OF_REFUSAL = 0.6
#: What the rules know best: figures, refusals and answers of a word or three weigh this much more.
_PLAIN = 1.5
_FEW = 4
#: Bands that stand on something counted, which the model cannot make up.
_COUNTED = {
    "budget": ("amount", "approved_amount"),
    "authority": (),
    "need": ("quantified",),
    "timeline": ("within_60_days", "within_120_days", "within_year"),
}


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
    if dimension == "budget":
        answer = read_budget(said, today, asked, question, day_first, currency)
    elif dimension == "authority":
        answer = read_authority(said, asked, question)
    elif dimension == "need":
        answer = read_need(said, today, asked)
    else:
        answer = read_timeline(said, today, asked, day_first, question, fiscal_year_start)
    message = read_message(said)
    if asked and not _outweighs_refusal(answer) and (refused := refusals(message)):
        found = tidy(evidence(message, "refusal", refused))
        answer = Answer(dimension, "declined", "vague", "negative", text, found)
    if asked:
        answer = _weighed(answer, message)
    return Answer(dimension, answer.band, answer.specificity, answer.commitment, text, answer.evidence, answer.value)


#: What a band that the model gives is most often said like: specificity, commitment.
_USUAL = {
    "amount": ("precise", "intending"),
    "approved_amount": ("precise", "committed"),
    "quantified": ("precise", "intending"),
    "approved": ("some", "committed"),
    "exploring": ("some", "tentative"),
    "final": ("some", "committed"),
    "shared": ("precise", "intending"),
    "influence": ("precise", "intending"),
    "specific": ("precise", "intending"),
    "general": ("vague", "intending"),
    "curious": ("vague", "tentative"),
    "someday": ("vague", "tentative"),
    "none": ("some", "negative"),
    "declined": ("vague", "negative"),
}


def _weighed(answer: Answer, message: Message) -> Answer:
    """What rules and model say together; the model never makes up an amount, a measure or a date."""
    silent = answer.band == "unclear"
    if _too_short(message) or (silent and _somebody_elses(answer.dimension, message)):
        return answer
    if message.text.rstrip().endswith("?") and silent:
        return answer
    chance = chances(answer.dimension, message)
    trust = _TRUST[answer.dimension] * (_SILENCE if silent else 1.0)
    if not silent and (answer.value is not None or answer.band == "declined" or len(message.tokens) <= _FEW):
        trust += _PLAIN
    scores = {
        band: math.log(share + 1e-9) + trust * (band == answer.band)
        for band, share in chance.items()
        if band == answer.band or _possible(answer, band, message)
    }
    band = max(scores, key=lambda b: scores[b])
    if band == answer.band or (silent and chance[band] < _SURE):
        return answer
    return _put(answer, band, message)


def _possible(answer: Answer, band: str, message: Message) -> bool:
    if band == "declined":
        return chances(answer.dimension, message)[band] >= _SURE_OF_REFUSAL
    if band not in _COUNTED[answer.dimension]:
        return True
    if answer.dimension == "budget":
        return bool(_figures(answer, message))
    return answer.dimension == "need" and any(c.isdigit() for c in message.text)


def _figures(answer: Answer, message: Message) -> list[tuple[Money, int, int]]:
    if isinstance(answer.value, Money):
        span = next((e for e in answer.evidence if e.kind == "money"), answer.evidence[0])
        return [(answer.value, span.start, span.end)]
    return [(s.money, s.start, s.end) for s in find_money(message.text) if s.marked and s.money.max != 0]


def _put(answer: Answer, band: str, message: Message) -> Answer:
    """The answer in the band that the model gives, said as such answers mostly are."""
    text, dimension = answer.text, answer.dimension
    if band == "unclear":
        return Answer(dimension, "unclear", "vague", "tentative", text)
    words = [t for t in message.tokens if any(c.isalnum() for c in t.key)]
    found = [Evidence(message.text[(a := words[0].start) : (b := words[-1].end)], a, b, "statement")]
    if band == "declined":
        return Answer(dimension, "declined", "vague", "negative", text, tuple(found))
    specificity, commitment = _USUAL[band]
    value = None
    if band in _COUNTED["budget"]:
        value, start, end = _figures(answer, message)[-1]
        found = [Evidence(message.text[start:end], start, end, "money")]
    dated = dimension == "budget" and labelled(message, "budget", "precise")
    if specificity == "some" and (dated or _names_somebody(message)):
        specificity = "precise"
    if band in ("amount", "influence") and (hedges(message) or conditions(message)):
        commitment = "tentative"
    if band == "shared" and labelled(message, "authority", "mandate"):
        commitment = "committed"
    if band == "none" and dimension == "authority" and _has_to(message):
        commitment = "tentative"
    return Answer(dimension, band, specificity, commitment, text, tuple(found), value)


def _has_to(message: Message) -> bool:
    """ "I would have to ask" is open, "somebody else decides" is not."""
    keys = {t.key for t in message.tokens}
    return bool(keys & {"i", "we", "me"}) and bool(keys & {"ask", "check", "would", "talk", "discuss", "convince"})


def _somebody_elses(dimension: Dimension, message: Message) -> bool:
    """The rules are silent on purpose: another's figure, a former employer's problem."""
    if dimension == "budget" and not any(t.key[:1].isdigit() for t in message.tokens):
        return False
    file, label = ("budget", "other") if dimension == "budget" else ("need", "foreign")
    if dimension == "timeline":
        file, label = "timeline", "past"
    return bool(labelled(message, file, label))


def _too_short(message: Message) -> bool:
    """A figure or a single word gives the model nothing to go by."""
    return sum(token.key.isalpha() and len(token.key) > 1 for token in message.tokens) < 2


def _names_somebody(message: Message) -> bool:
    people = word_lists()["role"] | word_lists()["dept"]
    return any(token.key in people for token in message.tokens)


def _outweighs_refusal(answer: Answer) -> bool:
    """A message that refuses and yet says something firm ("it's allocated, how much is private") says that."""
    if answer.dimension == "need":
        return answer.band in ("quantified",)
    if answer.dimension == "authority":
        return answer.band in ("final", "shared") and answer.commitment == "committed"
    return (
        answer.band not in ("unclear", "exploring", "none", "someday") and answer.value is not None
    ) or answer.band in (
        "approved",
        "approved_amount",
    )
