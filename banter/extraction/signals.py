"""What one message says on one dimension: band, specificity, commitment, the words it rests on, the value."""

from __future__ import annotations

from datetime import date

from banter.extraction.authority import read_authority
from banter.extraction.budget import read_budget
from banter.extraction.fallback import likeliest
from banter.extraction.hedges import evidence, refusals, tidy
from banter.extraction.matching import Message, labelled, read_message, word_lists
from banter.extraction.need import read_need
from banter.extraction.timeline import read_timeline
from scoring.model import Answer, Dimension, Evidence

#: Longer texts are read to here; the channel lets no more than 2,000 characters in.
_LONGEST = 4_000
#: How sure the model must be to speak.
_SURE = {"budget": 0.4, "authority": 0.4, "need": 0.4, "timeline": 0.5}

#: That money is approved is worth most, so the model needs to be surer of it.
_SURE_OF_MONEY = 0.75


def read_answer(
    dimension: Dimension,
    text: str,
    *,
    today: date,
    asked: bool = True,
    question: str = "",
    day_first: bool = False,
    currency: str | None = None,
) -> Answer:
    """What `text`, said on `today`, says on `dimension`; `docs/labels.md` defines the labels. Never raises on a text.

    `asked`: the text answers the question of this dimension, so "me", "yes" or "30" count; else only explicit words
    do, and the rest is `unclear`. `question` is what was asked, where known. `day_first`: 3/4 is the third of April.
    `currency` (ISO 4217) is what a bare figure is taken to be in; None leaves it open.
    """
    said = text[:_LONGEST]
    if dimension == "budget":
        answer = read_budget(said, today, asked, question, day_first, currency)
    elif dimension == "authority":
        answer = read_authority(said, asked, question)
    elif dimension == "need":
        answer = read_need(said, today, asked)
    else:
        answer = read_timeline(said, today, asked, day_first, question)
    message = read_message(said)
    if asked and answer.band == "unclear" and not answer.evidence and not refusals(message):
        answer = _likeliest(answer, message)
    if asked and not _outweighs_refusal(answer) and (refused := refusals(message)):
        found = tidy(evidence(message, "refusal", refused))
        return Answer(dimension, "declined", "vague", "negative", text, found)
    return Answer(dimension, answer.band, answer.specificity, answer.commitment, text, answer.evidence, answer.value)


#: What a band that the model gives is most often said like: specificity, commitment.
_USUAL = {
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


def _likeliest(answer: Answer, message: Message) -> Answer:
    """Where the rules are silent the small model guesses; it never makes up an amount, a measure or a date."""
    if _somebody_elses(answer.dimension, message) or _too_short(message) or message.text.rstrip().endswith("?"):
        return answer
    band, probability = likeliest(answer.dimension, message)
    if band not in _USUAL or probability < _SURE[answer.dimension]:
        return answer
    if answer.dimension == "budget" and band == "approved" and probability < _SURE_OF_MONEY:
        band = "exploring"
    specificity, commitment = _USUAL[band]
    if answer.dimension != "need" and specificity == "some" and _names_somebody(message):
        specificity = "precise"
    words = [t for t in message.tokens if t.key.isalnum()]
    if not words:
        return answer
    start, end = words[0].start, words[-1].end
    found = (Evidence(message.text[start:end], start, end, "statement"),)
    return Answer(answer.dimension, band, specificity, commitment, answer.text, found)


def _somebody_elses(dimension: Dimension, message: Message) -> bool:
    """The rules are silent on purpose: another's figure, a former employer's problem."""
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
