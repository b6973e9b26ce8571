"""What one message says on one dimension: band, specificity, commitment, the words it rests on, the value."""

from __future__ import annotations

from datetime import date

from scoring.model import Answer, Dimension


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
    return Answer(dimension, "unclear", "vague", "tentative", text)
