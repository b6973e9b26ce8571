"""What is known of a lead -> score -> route, put on the lead. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from banter.leads.known import known_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from scoring.model import DIMENSIONS, RouteName
from scoring.verdict import Verdict, judge


def qualify(lead: Lead, playbook: Playbook) -> Lead:
    """The lead with its score and route as the rubric in force gives them. The route is final once nothing is open."""
    made = verdict(lead, playbook)
    return replace(lead, score=made.score, route=made.route)


def verdict(lead: Lead, playbook: Playbook) -> Verdict:
    """All that the rubric in force says of a lead."""
    settled = not lead.questions_left and lead.awaiting not in DIMENSIONS
    made = judge(
        lead.answers,
        playbook.rubric,
        known_of(lead, playbook),
        playbook.profile,
        final=settled,
        disqualified=lead.disqualifier,
    )
    called_back = lead.callback and made.segment != "hot"  # a person calls, whatever it adds up to
    elsewhere = None if settled and not called_back else cast("RouteName | None", lead.elsewhere)
    return replace(made, elsewhere=elsewhere)
