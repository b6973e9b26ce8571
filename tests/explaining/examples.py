"""Explanations for the tests: leads by whatever rubric, as if it counted when they were scored."""

from __future__ import annotations

from dataclasses import replace

from banter.explaining.explanation import Explanation, explain
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.leads.published import edition
from scoring.fit import Profile
from scoring.rubric import Rubric


def under(playbook: Playbook, rubric: Rubric, profile: Profile | None = None) -> Playbook:
    """The playbook with this rubric in force."""
    return replace(
        playbook,
        rubrics={**playbook.rubrics, rubric.framework: rubric},
        conversation=replace(playbook.conversation, framework=rubric.framework),
        profile=playbook.profile if profile is None else profile,
    )


def explained_by(lead: Lead, playbook: Playbook, *overrides: Override) -> Explanation:
    """Explained while `playbook` counts, and nothing else was ever published."""
    return explain(lead, edition(lead.score.rubric if lead.score else None, None, playbook), playbook, overrides)
