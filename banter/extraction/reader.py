"""One message, read once: the real `banter.leads.reading.Reader`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from banter.extraction.acts import Means, read_doing
from banter.extraction.disqualify import find_disqualifier
from banter.extraction.openers import read_opener
from banter.leads.reading import Reading
from scoring.model import Dimension

#: The channel lets no longer text in; what comes by another way is read to here.
_LONGEST = 2_000


class SpacyReader:
    """Reads messages by phrases and patterns that are data. Deterministic; keeps nothing between messages."""

    def __init__(
        self, *, day_first: bool = False, currency: str | None = None, competitor_names: tuple[str, ...] = ()
    ) -> None:
        self._day_first = day_first
        self._currency = currency
        self._competitor_names = competitor_names
        # Patterns are compiled at their first use, which takes seconds: not while the first visitor waits.
        self.read("hi, 10k by May", open_question="budget", known={}, today=date(2026, 1, 1), topic_hint=None)

    def read(
        self,
        text: str,
        *,
        open_question: str | None,
        known: Mapping[Dimension, str],
        today: date,
        topic_hint: str | None,
    ) -> Reading:
        """As `banter.leads.reading.Reader.read`. `corrects` holds only dimensions of `known`."""
        said = text[:_LONGEST]
        means = Means(today, known, topic_hint, self._day_first, self._currency, self._competitor_names)
        doing = read_doing(said, open_question, means)
        return Reading(
            text=text,
            acts=doing.acts,
            answers=doing.answers,
            corrects=doing.corrects,
            topics=doing.topics,
            opener=read_opener(said),
            disqualifier=find_disqualifier(said),
            contact=doing.contact,
            wish=doing.wish,
        )
