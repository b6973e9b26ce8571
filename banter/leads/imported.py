"""Facts that an import from a CRM tells of leads: whom they are about, and what a lead is that knows them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from banter.leads.facts import Facts
from banter.leads.joining import normal_email
from banter.leads.model import Lead
from banter.leads.playbook import Playbook
from banter.leads.qualify import WITH_TEAM, qualify

#: What facts are kept under, the surest first: a person's address or number, the domain of a company, and the domain
#: that a colleague's address shows.
Kind = Literal["email", "phone", "domain", "colleague"]
Key = tuple[Kind, str]
KINDS: tuple[Kind, ...] = ("email", "phone", "domain", "colleague")


@dataclass(frozen=True)
class Import:
    """One file that was imported. `kept`: how many addresses know something by it still."""

    number: int
    file: str
    at: datetime
    kept: int = 0


def keys_of(lead: Lead) -> tuple[Key, ...]:
    """What facts about the lead may be kept under, the surest first. Free mail has a domain that is nobody's."""
    keys: list[Key] = []
    if (email := normal_email(lead.contact.email)) is not None:
        keys.append(("email", email))
    if lead.contact.phone:
        keys.append(("phone", lead.contact.phone))
    mail = lead.facts.mail
    if email is not None and mail is not None and mail.kind == "business" and not mail.meant:
        keys += [("domain", mail.domain), ("colleague", mail.domain)]
    return tuple(keys)


def of_company(facts: Facts) -> Facts:
    """What is as true of everybody who works there."""
    return replace(facts, role=None)


def told_of(keys: Iterable[Key], found: Mapping[Key, Facts]) -> Facts:
    """What is told under these keys together: what the surest does not tell, the next one may."""
    facts = Facts()
    for key in keys:
        more = found.get(key, Facts())
        facts = replace(
            facts,
            role=facts.role or more.role,
            company=facts.company or more.company,
            sizes=facts.sizes or more.sizes,
            industry=facts.industry or more.industry,
            place=facts.place or more.place,
            tools=facts.tools or more.tools,
            pains=facts.pains or more.pains,
        )
    return facts


@dataclass(frozen=True)
class Filled:
    """A lead with what was imported. `rescored`: its points were made again. `elsewhere`: an ended conversation that
    would go there now, and stays where it is."""

    lead: Lead
    rescored: bool = False
    elsewhere: str | None = None


def filled(lead: Lead, facts: Facts, playbook: Playbook) -> Filled:
    """The lead as it is once it knows that. A conversation that has ended keeps its route, whatever comes of it, and
    its points if they are an older rubric's, no longer go with that route, or were kept for the team."""
    knows = replace(lead, imported=facts)
    if lead.score is None or lead.route is None or not _counts_facts(playbook):
        return Filled(knows)
    again = qualify(knows, playbook)
    assert again.score is not None
    assert again.route is not None
    if lead.status == "open" and not lead.route.final:
        return Filled(again, rescored=again.score != lead.score)
    if again.score.rubric != lead.score.rubric:
        return Filled(knows)
    if again.route.name != lead.route.name:
        return Filled(knows, elsewhere=again.route.name)
    if _kept_for_team(lead):
        return Filled(knows)
    return Filled(again, rescored=again.score != lead.score)


def _kept_for_team(lead: Lead) -> bool:
    """Whether it kept the points that it came with, whatever it did since (`requalifying.noticed`)."""
    settled = lead.route is not None and lead.route.final and lead.route.name in WITH_TEAM
    return settled and any(event.at > lead.changed_at for event in lead.events)


def _counts_facts(playbook: Playbook) -> bool:
    parts = playbook.rubric.parts
    return bool(playbook.profile.traits or parts.negatives or parts.disqualifiers or parts.deals)
