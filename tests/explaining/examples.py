"""Explanations for the tests: leads by whatever rubric, as if it counted when they were scored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from banter.explaining.explain import explain
from banter.explaining.explanation import Explanation
from banter.leads.facts import Facts, Labelled, Mail, Place, Size
from banter.leads.model import Lead
from banter.leads.override import Override
from banter.leads.playbook import Playbook
from banter.leads.published import edition
from banter.leads.qualify import qualify
from scoring.fit import Profile
from scoring.known import Event
from scoring.model import Evidence
from scoring.profile import profile_from
from scoring.rubric import Rubric, rubric_from
from tests.dashboard.examples import ALL, BUDGET, HOSTILE, HOSTILE_LEAD, NEED, NOW, RULES, lead


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


_HANDOFF = {"strong_fit": 70, "moderate_fit": 30, "strong_intent": 85, "moderate_intent": 55, "enough": ["need"]}
EVERYTHING = rubric_from(
    "bant",
    {
        "version": 1,
        "points": {name: dict(bands) for name, bands in RULES.rubric.points.items()},
        "thresholds": {"qualified": 75, "warm": 40},
        "signals": {"budget": {"precise": 2, "tentative": -3}, "need": {"precise": 4}},
        "behaviour": {
            "half_life": 7,
            "points": {"pricing_page": 20, "return": {"each": 3, "most": 9}, "trial_started": 15},
        },
        "negatives": {"free_mail": {"when": {"mail": ["free"]}, "points": -5}},
        "caps": {"signals": 3, "behaviour": 25},
        "fit": {"adds": 15},
        "deals": {"high_ticket": {"when": {"budget_range": "20000+"}, "qualified": 90, "warm": 50}},
        "handoff": _HANDOFF,
        "border": 4,
    },
)
PROFILE = profile_from(
    {
        "industry": {"weight": 30, "fits": ["accounting"], "disqualifies": ["tobacco"]},
        "size": {"weight": 20, "fits": "10-50"},
        "region": {"weight": 10, "fits": ["gb"]},
        "current_tool": {"weight": 10, "fits": ["excel"]},
    }
)
#: Every part on.
WHOLE = under(RULES, EVERYTHING, PROFILE)
FACTS = Facts(
    industry=Labelled("accounting", (Evidence("we are accountants", 0, 18, "industry"),), at=NOW.date()),
    sizes=(Size("people", 55, 55, evidence=(Evidence("55 people", 0, 9, "size"),)),),
    place=Place("US", source="phone"),
    mail=Mail("mail.example", "free"),
)
SEEN = (
    Event("pricing_page", NOW - timedelta(days=5, hours=1), "https://a.example/pricing"),
    Event("return", NOW - timedelta(days=2), "https://a.example/"),
    Event("trial_started", NOW - timedelta(days=1), "starter"),
)
HEDGED = replace(BUDGET, commitment="tentative")


def with_everything(one: Lead, **changes: Any) -> Lead:
    """The lead with facts and events of every kind, scored by everything."""
    return qualify(replace(one, **{"facts": FACTS, "events": SEEN, **changes}), WHOLE)


RUDE = (Event("pricing_page", NOW, HOSTILE),)

LEADS: tuple[Lead, ...] = (
    *(with_everything(one) for one in ALL),
    with_everything(lead("hedged", 11, NEED, HEDGED)),
    with_everything(lead("ruled_out", 12, NEED, BUDGET), facts=replace(FACTS, industry=Labelled("tobacco"))),
    with_everything(lead("unknown", 13, NEED, BUDGET), facts=Facts(), events=()),
    with_everything(lead("poor", 14), facts=Facts(mail=FACTS.mail), events=()),
    with_everything(lead("of_test", 15, NEED, BUDGET), test=True),
    replace(lead("new", 16), score=None, route=None),
    with_everything(replace(HOSTILE_LEAD, id="l_rude", conversation="c_rude"), events=RUDE),
)
