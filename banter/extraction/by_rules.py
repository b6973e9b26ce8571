"""What the rules alone read of an answer: the patterns, and the grammars of money and time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from banter.extraction.authority import read_authority
from banter.extraction.budget import read_budget
from banter.extraction.hedges import evidence, refusals, tidy
from banter.extraction.matching import read_message
from banter.extraction.need import read_need
from banter.extraction.timeline import read_timeline
from scoring.model import Answer, Dimension


@dataclass(frozen=True)
class Manner:
    """How figures and days are to be taken; see `signals.read_answer`."""

    day_first: bool = False
    currency: str | None = None
    fiscal_year_start: int = 1


def read_by_rules(dimension: Dimension, text: str, today: date, asked: bool, question: str, manner: Manner) -> Answer:
    """The answer as far as rules go; `unclear` where none of them speaks."""
    if dimension == "budget":
        answer = read_budget(text, today, asked, question, manner.day_first, manner.currency)
    elif dimension == "authority":
        answer = read_authority(text, asked, question)
    elif dimension == "need":
        answer = read_need(text, today, asked)
    else:
        answer = read_timeline(text, today, asked, manner.day_first, question, manner.fiscal_year_start)
    message = read_message(text)
    if asked and not _outweighs_refusal(answer) and (refused := refusals(message)):
        return Answer(dimension, "declined", "vague", "negative", text, tidy(evidence(message, "refusal", refused)))
    return answer


def _outweighs_refusal(answer: Answer) -> bool:
    """A message that refuses and yet says something firm ("it's allocated, how much is private") says that."""
    if answer.dimension == "need":
        return answer.band == "quantified"
    if answer.dimension == "authority":
        return answer.band in ("final", "shared") and answer.commitment == "committed"
    firm = answer.band not in ("unclear", "exploring", "none", "someday") and answer.value is not None
    return firm or answer.band in ("approved", "approved_amount")
