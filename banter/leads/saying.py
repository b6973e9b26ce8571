"""What a turn wants said: names of responses in domain.yml with what fills them. No text lives in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from banter.leads.model import Lead
from banter.leads.playbook import Company, Playbook
from scoring.model import DIMENSIONS


@dataclass(frozen=True)
class Say:
    """`response` is a response of domain.yml; `values` fill its {placeholders} beside those of the company."""

    response: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Heard:
    """A message's outcome: the lead after it, what to say in order, then which question to ask in which wording.

    `ask` is `need | budget | authority | timeline | slot | contact`, or None when nothing is left to ask. `wording` is
    `first`, `again` (after a digression), `probe` or `probe_figure` (a follow-up to a vague answer).
    """

    lead: Lead
    say: tuple[Say, ...]
    ask: str | None
    wording: str = "first"


#: The form's slots in domain.yml; "slot" would be a confusing name for one of Rasa's slots.
FORM_SLOTS: Mapping[str, str] = {**{str(d): str(d) for d in DIMENSIONS}, "slot": "meeting_time", "contact": "contact"}


def form_slots(heard: Heard, playbook: Playbook) -> dict[str, str | float | None]:
    """The dialogue's slots after a turn: a question's slot is empty while it is open or still to come."""
    slots: dict[str, str | float | None] = {}
    for dimension in DIMENSIONS:
        answer = heard.lead.answers.get(dimension)
        slots[dimension] = None if answer is None or heard.ask == dimension else answer.band
    slots["meeting_time"] = None if heard.ask == "slot" else "settled"
    slots["contact"] = None if heard.ask == "contact" else "settled"
    slots["framework"] = playbook.conversation.framework
    slots["wording"] = heard.wording
    slots["turns"] = float(heard.lead.turns)
    slots["requested_slot"] = FORM_SLOTS[heard.ask] if heard.ask else None
    return slots


def company_values(company: Company) -> dict[str, str]:
    """What any response may name of the company."""
    return {
        "company": company.name,
        "product": company.product,
        "price": company.price,
        "how_it_works": company.how_it_works,
        "competitors": company.competitors,
        "privacy": company.privacy,
        "privacy_url": company.privacy_url or company.website,
        "material_url": company.material_url or company.website,
        "website": company.website,
        "email": company.email,
        "phone": company.phone or company.email,
        "hours": company.hours_text,
    }


def is_open(company: Company, now: datetime) -> bool:
    """True inside the company's opening hours, in its own time zone."""
    local = now.astimezone(company.timezone)
    if local.date() in company.days_off:
        return False
    clock = local.time()
    return any(h.weekday == local.weekday() and h.opens <= clock < h.closes for h in company.hours)
