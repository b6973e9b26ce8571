"""What is known of a lead -> score -> route, put on the lead. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from banter.leads.known import known_of
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from scoring.model import DIMENSIONS, RouteName, Score
from scoring.verdict import Verdict, judge

#: Where a lead belongs with a person of the team, who was told so.
WITH_TEAM = ("book", "handover")
#: Rules whose points come and go with time.
_FADING = ("behaviour", "caps", "floor")


def qualify(lead: Lead, playbook: Playbook) -> Lead:
    """The lead with its score and route as the rubric in force gives them. The route is final once nothing is open.
    Who belongs with the team is not taken away from it by points that fade: they keep what they came with."""
    made = verdict(lead, playbook)
    if lead.score is not None and lead.route is not None and lead.route.final and lead.route.name in WITH_TEAM:
        faded = made.route.name not in WITH_TEAM and _but_for_deeds(made.score) == _but_for_deeds(lead.score)
        if faded and made.route.final and made.score.disqualified is None:
            return lead
    return replace(lead, score=made.score, route=made.route)


def _but_for_deeds(score: Score) -> tuple[object, ...]:
    """All that a score rests on but what they did."""
    lines = [(line.rule, line.points) for line in score.lines if line.group not in _FADING]
    return (score.rubric, score.thresholds, score.fit, score.disqualified, *lines)


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
