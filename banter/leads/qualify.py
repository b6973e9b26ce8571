"""Answers -> score -> route, put on the lead. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from scoring.model import DIMENSIONS, RouteName
from scoring.route import route
from scoring.score import score


def qualify(lead: Lead, playbook: Playbook) -> Lead:
    """The lead with its score and route as the rubric in force gives them. The route is final once nothing is open."""
    points = score(lead.answers, playbook.rubric)
    settled = not lead.questions_left and lead.awaiting not in DIMENSIONS
    called_back = lead.callback and points.total < playbook.rubric.qualified  # a person calls, whatever it adds up to
    where = route(
        points,
        playbook.rubric,
        lead.answers,
        final=settled,
        disqualified=lead.disqualifier,
        elsewhere=None if settled and not called_back else cast("RouteName | None", lead.elsewhere),
    )
    return replace(lead, score=points, route=where)
