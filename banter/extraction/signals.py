"""What one message says on one dimension: band, specificity, commitment, the words it rests on, the value."""

from __future__ import annotations

from datetime import date

from banter.extraction.authority import read_authority
from banter.extraction.budget import read_budget
from banter.extraction.hedges import evidence, refusals, tidy
from banter.extraction.matching import read_message
from banter.extraction.need import read_need
from banter.extraction.timeline import read_timeline
from scoring.model import Answer, Dimension

#: Longer texts are read to here; the channel lets no more than 2,000 characters in.
_LONGEST = 4_000


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
        answer = read_timeline(said, today, asked, day_first)
    if asked and not _outweighs_refusal(answer) and (refused := refusals(read_message(said))):
        found = tidy(evidence(read_message(said), "refusal", refused))
        return Answer(dimension, "declined", "vague", "negative", text, found)
    return Answer(dimension, answer.band, answer.specificity, answer.commitment, text, answer.evidence, answer.value)


def _outweighs_refusal(answer: Answer) -> bool:
    """A message that refuses and yet says something firm ("it's allocated, how much is private") says that."""
    if answer.dimension == "need":
        return answer.band in ("quantified",)
    if answer.dimension == "authority":
        return answer.band in ("final", "shared") and answer.commitment == "committed"
    return (
        answer.band not in ("unclear", "exploring", "none", "someday")
        and answer.value is not None
        or answer.band
        in (
            "approved",
            "approved_amount",
        )
    )
