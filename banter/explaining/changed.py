"""The counterfactual as a sentence: the least that would have sent the lead elsewhere. Pure."""

from __future__ import annotations

from banter.explaining import words
from banter.leads import plain
from banter.leads.model import Lead
from scoring.change import Being, Change, Instead
from scoring.model import Framework

UNDECIDED = "Nothing has been decided yet."
NOT_BY_POINTS = "No answer would have: it does not depend on points."
NOTHING_WOULD = "No answers would have, and nothing else that your profile asks for."


def said(change: Change, lead: Lead, framework: Framework) -> str:
    """`Authority: recommends (15) instead of has the final say (25): 70 points, route Warm nurture.` What is known of a
    trait is told in the lead's own words, where there are any."""
    changes = [*(_answer(one, lead, framework) for one in change.answers), *map(_trait, change.traits)]
    fit = f", fit {change.fit}%" if change.traits else ""
    return f"{' and '.join(changes)}: {change.total} points{fit}, route {plain.ROUTES[change.route]}."


def _answer(one: Instead, lead: Lead, framework: Framework) -> str:
    bands = plain.BANDS[one.dimension]
    was = bands[one.was] if one.was else plain.missing(lead.answers.get(one.dimension), one.dimension in lead.asked)
    return (
        f"{words.criterion(one.dimension, framework)}: {bands[one.band]} ({one.gained}) instead of {was} ({one.points})"
    )


def _trait(one: Being) -> str:
    was = ", ".join(word for fact in one.was for word in fact.words or (fact.plain,))
    instead = f" instead of {was}" if was else " (not known yet)"
    return f"{words.trait(one.about)}: {one.fact.plain}{instead}"
